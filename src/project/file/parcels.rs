//! `[grading.parcels]` as it is written.

use super::Source;
use schemars::JsonSchema;
use serde::Deserialize;

/// Parcels (宗地) that each get one grade of their use.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Parcels {
    pub source: String,
    pub layer: Option<String>,
    pub crs: Option<String>,
    pub encoding: Option<String>,
    /// The field that identifies a parcel.
    pub id: String,
    /// The field that holds the use; left out, a parcel gets a grade for every use.
    #[serde(rename = "use")]
    pub use_field: Option<String>,
    /// `area` (default: the grade with most of its ground) or `frontage` (the grade along most metres of its street front; by area where it
    /// has none).
    pub rule: Option<String>,
    /// Frontage: the lines of streets.
    pub streets: Option<Source>,
    /// Frontage: how near to a street an edge is front, in metres (20).
    pub front_within: Option<f64>,
}
