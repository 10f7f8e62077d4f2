//! How the file writes prices: their connotation, the samples' way to them.

use super::{PricePlaces, Samples};
use schemars::JsonSchema;
use serde::Deserialize;
use std::collections::BTreeMap;

/// The connotation of a use's benchmark price and its correction tables.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct UsePrice {
    /// Years of the statutory maximum term.
    pub term: f64,
    /// The land capitalisation rate, 0.06 for 6 %.
    pub rate: f64,
    /// The capitalisation rate of buildings, for samples of rents.
    pub building_rate: Option<f64>,
    /// The set plot ratio.
    pub plot_ratio: f64,
    /// `[[plot ratio, coefficient], …]`, ascending.
    pub plot_ratio_table: Option<Vec<[f64; 2]>>,
    /// `ground` (default, 元 per m² of land) or `floor`.
    pub kind: Option<String>,
    /// Services outside and on the site, such as `六通一平`.
    pub development: Option<String>,
    /// The right that is priced, such as `国有建设用地使用权出让`.
    pub right: Option<String>,
    /// The classification its use is of, with its version.
    pub classification: Option<String>,
    /// The ground the prices hold for, such as `中心城区建成区`.
    pub scope: Option<String>,
    /// `mean` (default), `minimum` or `range`.
    pub meaning: Option<String>,
    /// Where grades differ from their use.
    #[serde(default)]
    pub by_grade: Vec<GradePremises>,
}

/// What is set otherwise for some grades.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GradePremises {
    pub grades: Vec<u8>,
    pub plot_ratio: Option<f64>,
    pub development: Option<String>,
}

/// Sale samples and how they become benchmark prices.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Prices {
    pub samples: Samples,
    /// The price index: a CSV file with a column `quarter` and one per use.
    pub index: Option<String>,
    /// The index in the file itself: quarter → values in the order of the uses.
    pub index_table: Option<BTreeMap<String, Vec<f64>>>,
    /// `by-size` (default), `grubbs`, `k-sigma`, `robust`, `t-reject` or `none`.
    pub outliers: Option<String>,
    /// k of the k-sigma rule (3), the limit of the robust rule (3.5).
    pub sigma: Option<f64>,
    /// The level of Grubbs' test and of the t test (0.05).
    pub significance: Option<f64>,
    /// The least number of samples an outlier rule needs.
    pub least_samples: Option<usize>,
    /// `mean` (default), `median`, `area-weighted-mean`, `mode` or `lowest`.
    pub statistic: Option<String>,
    /// `interpolate` (default), `nearest-grade`, `leave`, `linear-model`, `exponential-model`, `power-model` or `logarithmic-model`.
    pub fill: Option<String>,
    /// With fewer kept samples a grade is filled as one without any; 1 (default) fills those without alone.
    pub fill_below: Option<usize>,
    /// Prices are rounded to multiples of this many 元/㎡; 0 leaves them as computed. Default 1.
    pub rounding: Option<f64>,
    /// The quarter prices are brought to; the base date's where left out.
    pub base_quarter: Option<String>,
    /// How the index is read: `quarter` (default, the value of the quarter) or `month` (between the ends of quarters, month by month).
    pub index_reading: Option<String>,
    /// The order of the corrections: `date`, `term`, `plot-ratio`, `condition`, `region`, `development`, each once.
    pub order: Option<Vec<String>>,
    /// Prices that people decided on in place of the computed ones, each with its reason.
    #[serde(default)]
    pub decided: Vec<DecidedPrice>,
    /// The ratios of a grade's price to the next worse one's that raise no question; `[1.1, 2]` where left out.
    pub ratio_band: Option<[f64; 2]>,
    /// Homogeneous areas (区片) with prices of their own.
    pub areas: Option<PricePlaces>,
    /// Streets with prices of their own (路线价).
    pub streets: Option<PricePlaces>,
    /// The correction system (修正体系): a TOML file with the tables a parcel is valued by.
    pub corrections: Option<String>,
}

/// A price that people decided on.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DecidedPrice {
    #[serde(rename = "use")]
    pub land_use: String,
    pub grade: u8,
    /// 元/㎡.
    pub price: f64,
    pub reason: String,
}
