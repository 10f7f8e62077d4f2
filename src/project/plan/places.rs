//! Areas and streets that have prices of their own.

use super::Source;

/// Polygons or lines with prices of their own.
#[derive(Clone, Debug, PartialEq)]
pub struct PlacesPlan {
    pub source: Source,
    pub id: String,
    pub name: Option<String>,
    /// `None` where each is for every use.
    pub use_field: Option<String>,
    pub least_samples: usize,
    /// The fields of a decided price and its reason.
    pub decided: Option<(String, String)>,
}

/// Streets (路线价区段).
#[derive(Clone, Debug, PartialEq)]
pub struct StreetsPlan {
    pub places: PlacesPlan,
    pub standard_depth: DepthPlan,
    /// How near to its line a parcel fronts on it, metres.
    pub within: f64,
    /// The depth of a strip as a part of the standard depth, and the share of each strip; `None` for the usual rule.
    pub strips: Option<(f64, Vec<f64>)>,
}

/// The depth that a street's price is for.
#[derive(Clone, Debug, PartialEq)]
pub enum DepthPlan {
    /// Metres.
    Same(f64),
    Field(String),
}
