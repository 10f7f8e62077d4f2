//! What a checked project file means: the plan every stage works from. A [`Project`] exists only if it checked.

use super::rules::Standard;
use crate::land::{Fault, Outcome, Use};
use crate::say;
use crate::space::{Crs, Point};
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::path::PathBuf;

mod factor;
mod ground;
mod parcels;
mod places;
mod prices;
mod units;
mod weights;

pub use factor::*;
pub use ground::{BarrierPlan, CrossingsPlan, NetworkPlan, ZonesPlan};
pub use parcels::*;
pub use places::*;
pub use prices::*;
pub use units::*;
pub use weights::*;

/// A checked project.
#[derive(Debug)]
pub struct Project {
    /// The file it was read from.
    pub path: PathBuf,
    /// Its text, which goes into every release.
    pub text: String,
    pub name: String,
    /// The projected CRS of all work, in metres.
    pub crs: Crs,
    pub base_date: Option<Date>,
    /// `large`, `medium` or `small`.
    pub city_size: Option<String>,
    /// The rules the project is held against.
    pub rules: Option<Standard>,
    /// The rule file, where the project has its own.
    pub rules_file: Option<PathBuf>,
    pub graded_area: Option<Source>,
    pub units: UnitsPlan,
    pub uses: Vec<UsePlan>,
    /// 因素; none where weights stand on one layer.
    pub groups: Vec<GroupPlan>,
    pub factors: Vec<FactorPlan>,
    pub barriers: Vec<BarrierPlan>,
    pub network: Option<NetworkPlan>,
    pub alternatives: Vec<AlternativePlan>,
    pub zones: ZonesPlan,
    pub prices: Option<PricePlan>,
    /// Policy words by finding code, as written.
    pub policy: BTreeMap<String, String>,
    pub release: ReleasePlan,
}

/// A layer to read.
#[derive(Clone, Debug, PartialEq)]
pub struct Source {
    pub path: PathBuf,
    pub layer: Option<String>,
    pub crs: Option<Crs>,
    pub encoding: Option<String>,
}

#[derive(Debug)]
pub struct UsePlan {
    pub land_use: Use,
    pub grades: u8,
    pub breaks: BreaksPlan,
    /// Why these breaks, where the file says so.
    pub reason: Option<String>,
    /// The scheme whose rules the use is held against.
    pub scheme: Option<String>,
    pub weights: WeightsPlan,
    pub price: Option<ConnotationPlan>,
}

#[derive(Clone, Debug, PartialEq)]
pub enum BreaksPlan {
    Natural,
    NaturalHistogram { bins: usize },
    Quantile,
    EqualInterval,
    Given(Vec<f64>),
    NumberAxis { least_share: f64 },
    FrequencyCurve { bin: f64, smoothing: f64 },
    Profile(SectionsPlan),
}

/// Section lines of the profile, as the file gives them.
#[derive(Clone, Debug, PartialEq)]
pub struct SectionsPlan {
    /// Empty for rays from the centre.
    pub lines: Vec<Vec<Point>>,
    pub centre: Option<Point>,
    pub directions: u16,
    /// Metres.
    pub step: f64,
    /// Samples; odd.
    pub window: u16,
}

impl BreaksPlan {
    /// The method's word in project files.
    pub fn word(&self) -> &'static str {
        match self {
            BreaksPlan::Natural => "natural",
            BreaksPlan::NaturalHistogram { .. } => "natural-histogram",
            BreaksPlan::Quantile => "quantile",
            BreaksPlan::EqualInterval => "equal-interval",
            BreaksPlan::Given(_) => "given",
            BreaksPlan::NumberAxis { .. } => "number-axis",
            BreaksPlan::FrequencyCurve { .. } => "frequency-curve",
            BreaksPlan::Profile(_) => "profile",
        }
    }
}

#[derive(Debug)]
pub struct AlternativePlan {
    pub key: String,
    pub breaks: BreaksPlan,
}

#[derive(Debug)]
pub struct ReleasePlan {
    pub folder: PathBuf,
    pub name: String,
    pub formats: Vec<String>,
    pub gbk: bool,
    pub supersedes: Option<String>,
}

impl Project {
    /// The uses by their spellings in the data.
    pub fn use_of(&self, spelling: &str) -> Option<u8> {
        let spelling = spelling.trim();
        self.uses
            .iter()
            .position(|plan| plan.land_use.spellings.iter().any(|known| known == spelling))
            .map(|at| at as u8)
    }

    pub fn factor_keys(&self) -> Vec<String> {
        self.factors.iter().map(|factor| factor.key.clone()).collect()
    }

    /// The price plan, or why there is none.
    ///
    /// # Errors
    /// `no-prices` where the project file has no `[prices]`.
    pub fn price_plan(&self) -> Outcome<&PricePlan> {
        self.prices.as_ref().ok_or_else(|| {
            Fault::new(
                "no-prices",
                say!("the project has no [prices]", "项目文件没有 [prices] 部分"),
                say!(
                    "add [prices] with its samples, or use `landgrade grade`",
                    "请补充 [prices] 及样点,或改用 `landgrade grade`"
                ),
            )
            .at(self.path.display())
        })
    }
}
