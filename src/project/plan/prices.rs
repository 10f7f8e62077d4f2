//! What the file says of prices, checked.

use super::{PlacesPlan, Source, StreetsPlan};
use crate::land::Text;
use crate::land::date::Quarter;
use crate::land::money::Rounding;
use crate::land::quantity::Quantity;
use crate::project::file::GradePremises;
use crate::project::system::Order;
use crate::say;
use std::collections::BTreeMap;
use std::path::PathBuf;

/// The connotation (基准地价内涵) of a use's price.
#[derive(Clone, Debug, PartialEq)]
pub struct ConnotationPlan {
    pub term: f64,
    pub rate: f64,
    /// NaN where it is not stated.
    pub building_rate: f64,
    pub plot_ratio: f64,
    pub plot_ratio_table: Vec<[f64; 2]>,
    pub kind: PriceKind,
    pub development: String,
    /// Empty where it is not stated, as the two below.
    pub right: String,
    pub classification: String,
    pub scope: String,
    pub meaning: Meaning,
    pub by_grade: Vec<GradePremises>,
}

/// What a benchmark price says of the prices in its grade.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// 平均价
    Mean,
    /// 最低价
    Minimum,
    /// 价格区间
    Range,
}

impl Meaning {
    pub fn key(self) -> &'static str {
        match self {
            Meaning::Mean => "mean",
            Meaning::Minimum => "minimum",
            Meaning::Range => "range",
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PriceKind {
    /// 地面地价: yuan per m² of land.
    Ground,
    /// 楼面地价: yuan per m² of floor.
    Floor,
}

impl PriceKind {
    pub fn key(self) -> &'static str {
        match self {
            PriceKind::Ground => "ground",
            PriceKind::Floor => "floor",
        }
    }
}

#[derive(Debug)]
pub struct PricePlan {
    pub samples: SamplesPlan,
    /// Index values by quarter, in the order of the uses; empty where prices are not brought to a date.
    pub index: BTreeMap<Quarter, Vec<f64>>,
    pub base_quarter: Option<Quarter>,
    pub index_reading: IndexReading,
    /// The order of the corrections as stated.
    pub order: Option<[CorrectionStep; 6]>,
    /// The file the index was read from.
    pub index_file: Option<PathBuf>,
    /// The file of the correction system.
    pub corrections_file: Option<PathBuf>,
    pub outliers: OutlierPlan,
    pub statistic: Statistic,
    pub fill: FillPlan,
    pub fill_below: usize,
    pub rounding: Rounding,
    pub decided: Vec<DecidedPlan>,
    /// Ratios of neighbouring grades' prices that raise no question.
    pub ratio_band: [f64; 2],
    pub areas: Option<PlacesPlan>,
    pub streets: Option<StreetsPlan>,
}

/// A price that people decided on.
#[derive(Clone, Debug, PartialEq)]
pub struct DecidedPlan {
    pub use_index: u8,
    pub grade: u8,
    /// 元/㎡.
    pub price: f64,
    pub reason: String,
}

#[derive(Debug)]
pub struct SamplesPlan {
    pub source: Source,
    pub id: String,
    pub use_field: Option<String>,
    /// `None` where prices follow from figures only.
    pub price: Option<String>,
    pub date: Option<String>,
    pub plot_ratio: Option<String>,
    pub term: Option<String>,
    pub area: Option<MeasuredPlan>,
    /// The unit of the prices as the project names it; else a heading or a title may.
    pub unit: Option<String>,
    /// Of land or of floor, as the project names it; else a heading or a title may.
    pub price_kind: Option<PriceKind>,
    pub xy: Option<(String, String)>,
    pub grade: Option<String>,
    pub kind: Option<String>,
    pub figures: Vec<FigurePlan>,
    pub condition: Option<String>,
    pub region: Option<String>,
    pub development: Option<String>,
    pub depth: Option<String>,
    pub blanks: Vec<String>,
    /// The line of the column names, from 1, where the project names it.
    pub header: Option<u32>,
}

/// A column of amounts.
#[derive(Clone, Debug, PartialEq)]
pub struct MeasuredPlan {
    pub field: String,
    /// As the project names it; else the heading may.
    pub unit: Option<String>,
}

/// The column of a figure that prices are derived from.
#[derive(Clone, Debug, PartialEq)]
pub struct FigurePlan {
    pub key: &'static str,
    pub quantity: Quantity,
    pub column: MeasuredPlan,
}

/// How an index by quarters is read on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IndexReading {
    /// The value of the day's quarter.
    Quarter,
    /// Between the values at the ends of the quarters, month by month.
    Month,
}

/// A step on a sample's way to the connotation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CorrectionStep {
    Date,
    Term,
    PlotRatio,
    Condition,
    Region,
    Development,
}

impl CorrectionStep {
    /// Every step.
    pub const ALL: [CorrectionStep; 6] = [
        CorrectionStep::Condition,
        CorrectionStep::Development,
        CorrectionStep::Date,
        CorrectionStep::Term,
        CorrectionStep::PlotRatio,
        CorrectionStep::Region,
    ];

    /// In the order taken where a project states none: back the way parcels are valued, so that there and back is where one started.
    pub fn usual(parcels: Order) -> [CorrectionStep; 6] {
        let [condition, development, date, term, plot_ratio, region] = CorrectionStep::ALL;
        match parcels {
            Order::AfterAll => CorrectionStep::ALL,
            Order::BeforeTerm => [condition, term, development, date, plot_ratio, region],
        }
    }

    /// Its word in files.
    pub fn key(self) -> &'static str {
        match self {
            CorrectionStep::Date => "date",
            CorrectionStep::Term => "term",
            CorrectionStep::PlotRatio => "plot-ratio",
            CorrectionStep::Condition => "condition",
            CorrectionStep::Region => "region",
            CorrectionStep::Development => "development",
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum OutlierPlan {
    KSigma { sigma: f64, least_samples: usize },
    Grubbs { significance: f64, least_samples: usize },
    Robust { limit: f64, least_samples: usize },
    TReject { significance: f64, least_samples: usize },
    BySize { significance: f64 },
    None,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Statistic {
    Mean,
    Median,
    AreaWeightedMean,
    Mode,
    Lowest,
}

impl Statistic {
    pub const ALL: [Statistic; 5] =
        [Statistic::Mean, Statistic::Median, Statistic::AreaWeightedMean, Statistic::Mode, Statistic::Lowest];

    /// The word in files.
    pub fn key(self) -> &'static str {
        match self {
            Statistic::Mean => "mean",
            Statistic::Median => "median",
            Statistic::AreaWeightedMean => "area-weighted-mean",
            Statistic::Mode => "mode",
            Statistic::Lowest => "lowest",
        }
    }

    /// For readers.
    pub fn text(self) -> Text {
        match self {
            Statistic::Mean => say!("mean", "平均值"),
            Statistic::Median => say!("median", "中位数"),
            Statistic::AreaWeightedMean => say!("mean weighted by area", "面积加权平均值"),
            Statistic::Mode => say!("mode of grouped prices", "分组众数"),
            Statistic::Lowest => say!("lowest price", "最低价"),
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FillPlan {
    NearestGrade,
    Interpolate,
    LinearModel,
    ExponentialModel,
    PowerModel,
    LogarithmicModel,
    Leave,
}
