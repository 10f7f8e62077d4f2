//! The parcels that get one grade each.

use super::Source;

/// Parcels laid over the graded units.
#[derive(Debug)]
pub struct ParcelsPlan {
    pub source: Source,
    pub id: String,
    /// `None` where a parcel gets a grade for every use.
    pub use_field: Option<String>,
    /// What decides by frontage; `None` where the larger area does.
    pub front: Option<FrontPlan>,
}

/// Street fronts.
#[derive(Debug)]
pub struct FrontPlan {
    /// Lines.
    pub streets: Source,
    /// How near to a street an edge is front, in metres.
    pub within: f64,
}
