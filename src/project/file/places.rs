//! `[prices.areas]` and `[prices.streets]` as they are written.

use schemars::JsonSchema;
use serde::Deserialize;

/// A layer of homogeneous areas (区片), polygons, or of streets (路线价区段), lines, that have prices of their own.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PricePlaces {
    pub source: String,
    pub layer: Option<String>,
    pub crs: Option<String>,
    pub encoding: Option<String>,
    /// The field that identifies an area or street.
    pub id: String,
    /// The field with its name.
    pub name: Option<String>,
    /// The field that holds the use it is for; left out, it is for every use.
    #[serde(rename = "use")]
    pub use_field: Option<String>,
    /// With fewer kept samples the price of the grade stands (3).
    pub least_samples: Option<usize>,
    /// The field with a price that people decided on, 元/㎡; where it is empty the price is computed.
    pub price: Option<String>,
    /// The field with the reason of that price.
    pub reason: Option<String>,
    /// Streets: the depth their price is for (标准深度), metres.
    pub standard_depth: Option<f64>,
    /// Streets: the field with that depth, where streets differ.
    pub depth_field: Option<String>,
    /// Streets: how near to its line a parcel fronts on it, metres (20).
    pub within: Option<f64>,
    /// Streets: the depth of a strip as a part of the standard depth (0.25).
    pub strip: Option<f64>,
    /// Streets: the value of each strip, percent of a parcel of the standard depth; 四三二一 and 九八七六 where left out.
    pub shares: Option<Vec<f64>>,
}
