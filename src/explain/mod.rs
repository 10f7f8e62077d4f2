//! One unit's account: where its score, its grade and its price come from, as text, as JSON and as columns for all units.

mod account;
mod columns;
mod columns_price;
mod price;
mod text;
mod text_price;
mod text_rules;

pub use account::account;
pub use columns::columns;
pub use price::Prices;
pub use text::text;

use crate::release::{GroupJudged, Judged, LevelHead, State};
use serde::Serialize;
use std::sync::Arc;

/// Everything a unit's grade and price follow from. The factors' contributions add up to `total` exactly: both are whole numbers of
/// 10⁻⁹ points.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Account {
    pub release: String,
    pub state: State,
    pub id: String,
    #[serde(rename = "use")]
    pub land_use: String,
    pub use_name: String,
    /// m².
    pub area: f64,
    /// `centroid`, `surface` or `vertices`: where in the unit distances are taken. With `vertices` the facilities are those of the
    /// centroid, the score is the mean over all places.
    pub scored_at: &'static str,
    /// The place, in the project's system.
    pub place: [f64; 2],
    pub factors: Vec<FactorAccount>,
    /// What the groups (因素) add: the sums of their factors'. Absent where there are none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub groups: Vec<GroupAccount>,
    /// Where the weights come from judgements: how consistent those are.
    pub judged: Option<Judged>,
    /// The same of judgements inside groups.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub judged_inside: Vec<GroupJudged>,
    /// 0–100.
    pub total: f64,
    /// 1 is the best.
    pub grade: u8,
    /// The grade the total gives, where the clean-up of small patches changed it; the two steps below start from it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub grade_by_total: Option<u8>,
    pub grades: u8,
    /// The method of the breaks, and why it or its limits were chosen; `null` where the project file does not say.
    pub method: String,
    pub reason: Option<String>,
    /// The way to the next better and the next worse grade; `null` for the best and the worst.
    pub better: Option<Step>,
    pub worse: Option<Step>,
    /// That of the use and grade, shared by all their units.
    pub price: Option<Arc<PriceAccount>>,
}

/// A score limit and how many points lie between it and the total.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Step {
    pub grade: u8,
    pub limit: f64,
    pub points: f64,
}

/// What the factors of a group add together.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct GroupAccount {
    pub key: String,
    pub name: String,
    pub weight: f64,
    pub contribution: f64,
}

/// A factor's place inside a group.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct InGroup {
    /// The group's key.
    pub group: String,
    /// weight = `group_weight` × `weight_inside`.
    pub group_weight: f64,
    pub weight_inside: f64,
}

/// What one factor adds.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FactorAccount {
    pub key: String,
    pub name: String,
    /// 0–100.
    pub score: f64,
    pub weight: f64,
    /// weight × score, in whole 10⁻⁹ points so that all add up to the total.
    pub contribution: f64,
    /// Absent where it belongs to none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub in_group: Option<InGroup>,
    pub source: Source,
}

/// What the score comes from.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum Source {
    /// Facilities: per level the one that decides, and how levels come together (`sum` or `max`, at most 100).
    Reach {
        combine: &'static str,
        levels: Vec<LevelAccount>,
        /// What radii and scores by rule came to; absent where none is.
        #[serde(skip_serializing_if = "Vec::is_empty")]
        by_rule: Vec<LevelHead>,
        /// The coefficient of directions with a road; absent where the factor has none.
        #[serde(skip_serializing_if = "Option::is_none")]
        directions: Option<DirectionsAccount>,
    },
    /// Areas the unit shares ground with; the rest has the default score.
    /// `field` holds their category, index or score; `scale` is that of an index.
    Areas { field: String, scale: Option<ScaleAccount>, areas: Vec<AreaAccount>, uncovered: f64, default: Option<f64> },
    /// The raster's value at the place, `null` where it has none; its unit as the file names it, ° of slopes.
    Raster { value: Option<f64>, unit: String, scale: ScaleAccount, default: Option<f64> },
    /// The raster is not at hand; the score is the one on record.
    Recorded,
}

impl Source {
    /// Of areas: the ground outside them in m² and the default score it has. `None` where no default takes part.
    fn default_used(&self) -> Option<(f64, f64)> {
        let Source::Areas { areas, uncovered, default: Some(default), .. } = self else { return None };
        (*uncovered > 1e-6 || areas.is_empty()).then_some((*uncovered, *default))
    }
}

/// How an index or a raster's value becomes 0–100 points.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct ScaleAccount {
    /// Values from here down count as this one.
    pub low: f64,
    /// Values from here up count as this one.
    pub high: f64,
    /// `high-is-good`, `high-is-bad`, or `middle-is-best`: both ends score 0.
    pub direction: &'static str,
    /// The range that scores 100 where the middle is best; absent elsewhere.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub best: Option<[f64; 2]>,
}

/// A level, class or function layer of a factor.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LevelAccount {
    pub level: String,
    /// Metres.
    pub radius: f64,
    /// Metres that distances to the level's lines are reduced by: half a road's width; 0 where there is none.
    pub half_width: f64,
    /// `linear`: f·(1 − d/D); `exponential`: f^(1 − d/D).
    pub form: &'static str,
    /// `null` where none reaches the unit.
    pub facility: Option<FacilityAccount>,
}

/// The directions that have a road near the place; the score of the levels is multiplied by the coefficient.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DirectionsAccount {
    /// Metres within which roads count.
    pub within: f64,
    /// Of `north`, `east`, `south`, `west`.
    pub directions: Vec<&'static str>,
    pub coefficient: f64,
}

/// The facility that decides.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FacilityAccount {
    /// Its identifier or name in the layer; the layer and the feature's number in it (`stops #12`) where it has none.
    pub id: String,
    /// Metres to the facility itself: a road's axis.
    pub to_axis: f64,
    /// Metres that count: `to_axis` less the half width, not below 0.
    pub distance: f64,
    pub function_score: f64,
    /// The share of the function score that arrives.
    pub attenuation: f64,
    /// The effect score.
    pub effect: f64,
    /// The way goes round barriers.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub detour: bool,
    /// The crossing such a way takes first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub crossing: Option<String>,
    /// How it is reached, where distances run along the network; absent elsewhere.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub network: Option<NetworkAccount>,
}

/// How a facility is reached where distances run along the network.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case", tag = "way")]
pub enum NetworkAccount {
    /// Straight: that is shorter than the two accesses together, or the place lies inside.
    Straight,
    /// Metres from the place to the network, along it, and from it to the facility: `to_axis` in all.
    Along { access: f64, along: f64, source_access: f64 },
}

/// An area the unit shares ground with.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AreaAccount {
    pub id: String,
    /// Its category or index, as the layer has it; `null` where the layer has the score itself.
    pub value: Option<String>,
    /// m² in common.
    pub area: f64,
    pub score: f64,
    /// Of a score made of several fields: its pieces. Absent elsewhere.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub pieces: Vec<PieceAccount>,
}

/// A service or an index: it adds index × score points.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PieceAccount {
    pub name: String,
    /// Its effect index.
    pub index: f64,
    /// 0–100.
    pub score: f64,
}

/// The benchmark price of the unit's use and grade, with every coefficient that led to it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PriceAccount {
    /// 元/㎡, as published; `null` where the grade has no price.
    pub price: Option<f64>,
    /// 万元/亩.
    pub price_per_mu: Option<f64>,
    /// The connotation (基准地价内涵).
    pub term: f64,
    pub plot_ratio: f64,
    pub price_kind: String,
    pub development: String,
    /// The right that is priced, the classification of the use, the ground the price holds for, and what it is of the prices in its grade (`mean`,
    /// `minimum`, `range`); empty where not stated.
    pub right: String,
    pub classification: String,
    pub scope: String,
    pub meaning: String,
    pub rate: f64,
    pub base_date: Option<String>,
    /// `mean`, `median` or `area-weighted-mean` of the kept samples, before rounding.
    pub statistic: &'static str,
    pub unrounded: Option<f64>,
    /// Rounded once, half up, to multiples of this many 元/㎡; `null` where not rounded.
    pub rounded_to: Option<f64>,
    pub samples: usize,
    pub kept: usize,
    /// `null` where no sample is kept.
    pub coefficients: Option<Coefficients>,
    /// How a grade without samples got its price, in both languages.
    pub filled: Option<Bilingual>,
    /// The file with the price index, where its values are not at hand.
    pub index_file: Option<String>,
    /// The samples of the unit's use and grade.
    /// Where people decided on the price: what the rules gave, and why.
    pub decided: Option<DecidedAccount>,
    pub sales: Vec<SaleAccount>,
}

/// A price that people decided on.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DecidedAccount {
    /// 元/㎡; `null` where the rules give none.
    pub computed: Option<f64>,
    pub reason: String,
}

/// The correction coefficients' means over the kept samples.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Coefficients {
    pub k_date: f64,
    pub k_plot_ratio: f64,
    pub k_term: f64,
}

/// A sample: corrected = price × k_date × k_plot_ratio × k_term, with the corrections of `further` where there are any, in the order of the
/// project.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SaleAccount {
    pub id: String,
    pub unit: String,
    pub price: f64,
    pub date: String,
    pub plot_ratio: f64,
    pub term: f64,
    pub k_date: f64,
    /// The index values `k_date` comes from; `null` where they are not at hand or do not give it.
    pub index: Option<IndexAccount>,
    pub k_plot_ratio: f64,
    pub k_term: f64,
    /// Corrections of fewer projects; `null` where there are none.
    pub further: Option<FurtherAccount>,
    /// How the price follows from the transaction; empty where the table tells it.
    pub derivation: Vec<DerivationStep>,
    pub corrected: f64,
    pub used: bool,
    pub outcome: Bilingual,
}

/// Corrections for the circumstances of the sale, its place and its development.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FurtherAccount {
    /// 100 over the score of the circumstances, and of the place.
    pub k_condition: f64,
    pub k_region: f64,
    /// Added for services that lack, 元/㎡.
    pub development: f64,
    /// The order of all corrections: `condition`, `date` …
    pub order: Vec<&'static str>,
}

/// One figure on the way from a transaction to its price.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DerivationStep {
    pub name: Bilingual,
    pub formula: String,
    pub value: f64,
}

/// The date correction: `at_base` / `at_sale`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct IndexAccount {
    /// Such as `2025Q4`.
    pub base_quarter: String,
    pub at_base: f64,
    pub sale_quarter: String,
    pub at_sale: f64,
}

/// A sentence in both languages.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Bilingual {
    pub en: String,
    pub zh: String,
}

impl From<&crate::land::Text> for Bilingual {
    fn from(text: &crate::land::Text) -> Bilingual {
        Bilingual { en: text.en.clone(), zh: text.zh.clone() }
    }
}

#[cfg(test)]
#[path = "explain_tests.rs"]
mod tests;
