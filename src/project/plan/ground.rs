//! What stands on the ground between units and sources, and how grades are drawn on it.

use super::{ParcelsPlan, Source};

/// What influence does not cross.
#[derive(Debug)]
pub struct BarrierPlan {
    pub key: String,
    pub name: String,
    pub source: Source,
    pub crossings: Option<CrossingsPlan>,
}

#[derive(Debug)]
pub struct CrossingsPlan {
    pub source: Source,
    /// Metres.
    pub within: f64,
    pub label: Option<String>,
}

/// The lines that distances are measured along.
#[derive(Debug)]
pub struct NetworkPlan {
    pub source: Source,
    /// Metres.
    pub snap: f64,
}

/// How grades are cleaned up and drawn as zones.
#[derive(Debug)]
pub struct ZonesPlan {
    /// m²; 0 leaves small patches as they are.
    pub smallest_area: f64,
    /// Metres; 0 leaves gaps between units open.
    pub close_gaps: f64,
    /// Metres; 0 leaves lines as they are.
    pub simplify: f64,
    /// Metres.
    pub snap: f64,
    /// The districts' layer and the field with their names.
    pub districts: Option<(Source, String)>,
    /// Parcels that get one grade each.
    pub parcels: Option<ParcelsPlan>,
}
