//! A factor as it is written.

use schemars::JsonSchema;
use serde::Deserialize;
use std::collections::BTreeMap;

/// A factor. Which keys apply depends on `kind`; the project check names those that do not.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Factor {
    pub key: String,
    pub name: Option<String>,
    /// Which factor of the standard it is, by its id in the rule file.
    pub standard: Option<String>,
    /// The group (因素) it belongs to.
    pub group: Option<String>,
    /// `centre`, `point`, `line`, `area` or `raster`.
    pub kind: String,
    pub source: String,
    pub layer: Option<String>,
    pub crs: Option<String>,
    pub encoding: Option<String>,
    /// `linear` or `exponential`.
    pub attenuation: Option<String>,
    /// Whether a place at exactly the radius is still reached: `outside` (default, e = 0) or `inside`.
    pub at_radius: Option<String>,
    /// A facility's score is the level's score × scale / 100: the field with its scale, 0–100, or the fields of the indicators it comes from.
    pub scale: Option<Scale>,
    /// The field that tells the level, class or type.
    pub level_field: Option<String>,
    pub levels: Option<Vec<Level>>,
    /// Point: the field with the grade of a facility, such as 一级.
    pub grade_field: Option<String>,
    /// The coefficient, 0–1, that each grade multiplies the function score by.
    pub grades: Option<BTreeMap<String, f64>>,
    /// The area of the city in m², for radii by rule; that of `project.graded_area` where left out.
    pub city_area: Option<f64>,
    /// Centre: the field with the service distance in metres, for `radius = "farthest"`.
    pub service_field: Option<String>,
    /// Line: whose length `radius = "area-over-length"` takes: `own` (default) or `own-and-higher`.
    pub influence: Option<String>,
    /// Line: a coefficient by the number of directions that have a road.
    pub directions: Option<Directions>,
    /// `sum` or `max` over levels (points: sum, lines: max).
    pub combine: Option<String>,
    /// The field that names a feature in explanations; the row's number where left out.
    pub label: Option<String>,
    /// Area: the field with the score, 0–100.
    pub score: Option<String>,
    /// Area: the field with a category, scored by `categories`.
    pub category: Option<String>,
    pub categories: Option<BTreeMap<String, f64>>,
    /// Area: the field with an index to normalise. Raster: `value` or `slope`.
    pub value: Option<String>,
    /// `high-is-good` or `high-is-bad`.
    pub direction: Option<String>,
    /// The value that scores 0 (or 100 where high is bad); the least value met where left out.
    pub low: Option<f64>,
    pub high: Option<f64>,
    /// Percentiles that cap the values before scaling, such as `[2, 98]`.
    pub percentiles: Option<[f64; 2]>,
    /// The range that scores 100; it falls to 0 at `low` and at `high`.
    pub best: Option<[f64; 2]>,
    /// Area: services with their index, level and rate (基础设施完善度).
    pub services: Option<Vec<Service>>,
    /// Whether the rates of `services` are percentages.
    pub percent: Option<bool>,
    /// Area: several indices, each normalised, weighed together (环境质量).
    pub items: Option<Vec<Item>>,
    /// Area and raster: the score where the layer says nothing.
    pub default: Option<f64>,
    /// The keys of the barriers that distances go round: centre, point and line.
    #[serde(default)]
    pub barriers: Vec<String>,
    /// Centre and point: `straight` (default) or `network`, along the lines of `[network]`.
    pub distance: Option<String>,
}

/// A service such as water supply: its part of the score is 100 · index · level · rate.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Service {
    pub name: String,
    /// Its effect index; those of all services sum to 1.
    pub index: f64,
    /// How good it is, 0–1: a field or a number.
    pub level: Amount,
    /// How surely it is had, 0–1 or in percent: a field or a number.
    pub rate: Amount,
}

/// A number for every feature, or the field that holds it.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Amount {
    Number(f64),
    Field(String),
}

/// One of several indices that are normalised and weighed together.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Item {
    pub field: String,
    pub name: Option<String>,
    /// Its effect index; those of all items sum to 1.
    pub index: f64,
    /// `high-is-good` or `high-is-bad`.
    pub direction: Option<String>,
    pub low: Option<f64>,
    pub high: Option<f64>,
    pub percentiles: Option<[f64; 2]>,
    pub best: Option<[f64; 2]>,
}

#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Level {
    /// The value of `level_field`; every feature where left out.
    pub level: Option<LevelKey>,
    /// The grade it is for; every grade where left out.
    pub grade: Option<LevelKey>,
    pub name: Option<String>,
    /// Influence radius in metres, or the rule it follows from: `geometric`, `farthest` (centres), `area-over-length` (lines).
    pub radius: Number,
    /// Function score, 0–100; of centres also `mean`, that of the scale indices of the level's members.
    pub score: Number,
    /// Half the width of a road in metres: distances count from its edge.
    pub half_width: Option<f64>,
}

/// A number, or the rule it follows from.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Number {
    Number(f64),
    Rule(String),
}

/// How many of the four directions have a road near a place (方向系数).
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Directions {
    /// Roads within this many metres count.
    pub within: f64,
    /// For one (or no), two, three and four directions.
    pub coefficients: [f64; 4],
}

#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum LevelKey {
    Number(i64),
    Text(String),
}

/// A facility's scale: a field with the index, or a list of indicators such as sales and floor area, all with a weight or none.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Scale {
    Index(String),
    Indicators(Vec<Indicator>),
}

/// An indicator of scale: a field, or a field with its weight.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Indicator {
    Field(String),
    Weighted(WeightedIndicator),
}

#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WeightedIndicator {
    pub field: String,
    /// A part of 1; the weights of all indicators sum to 1.
    pub weight: f64,
}
