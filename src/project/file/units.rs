//! `[units]` as it is written.

use schemars::JsonSchema;
use serde::Deserialize;

/// The grading units (定级单元): polygons of a layer as they are, or units the program makes inside the graded area.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Units {
    /// The layer of units; left out where `make` stands.
    pub source: Option<String>,
    pub layer: Option<String>,
    pub crs: Option<String>,
    pub encoding: Option<String>,
    /// The field that identifies a unit.
    pub id: Option<String>,
    /// The field that holds the use; left out where the project has one use only, or every unit is graded for every use.
    #[serde(rename = "use")]
    pub use_field: Option<String>,
    /// Whether every unit is graded for every use (false; always so where `make` stands). Units are then called `ID-USE`.
    pub every_use: Option<bool>,
    /// Fields carried through to the outputs.
    #[serde(default)]
    pub keep: Vec<String>,
    /// `grid` (网格法), `quadtree` (动态网格法) or `overlay` (叠置法): units are made to tile the graded area.
    pub make: Option<String>,
    /// Grid: the side of a cell in metres.
    pub size: Option<f64>,
    /// Quadtree: the side of the largest cell in metres (500).
    pub largest: Option<f64>,
    /// Quadtree: no cell is smaller than this many metres (50).
    pub smallest: Option<f64>,
    /// Quadtree: a cell is split where the total or a main factor differs by more than this many points inside it (100 / the most grades of a use).
    pub spread: Option<f64>,
    /// Quadtree: the factors a cell must be even in; the two heaviest of each use where left out.
    pub main_factors: Option<Vec<String>>,
    /// Overlay: the layers whose polygons are laid over one another.
    pub layers: Option<Vec<OverlayLayer>>,
    /// Made units smaller than this many m² join a neighbour (a tenth of a smallest cell; 100 for an overlay).
    pub least_area: Option<f64>,
    /// Made units narrower than this many metres join a neighbour (0; 2 for an overlay).
    pub least_width: Option<f64>,
    /// `centroid` (default), `surface` or `vertices` (mean over centroid and vertices).
    pub score_at: Option<String>,
    /// Overlaps smaller than this many m² are not looked at. `none` leaves the search for overlaps out.
    pub overlaps: Option<Overlaps>,
    /// Overlaps narrower than this many metres are slivers (0.1).
    pub sliver_width: Option<f64>,
    /// The share of a unit that may lie outside the graded area without a finding (0.001).
    pub outside_share: Option<f64>,
}

/// A polygon layer of an overlay.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OverlayLayer {
    pub source: String,
    pub layer: Option<String>,
    pub crs: Option<String>,
    pub encoding: Option<String>,
    /// The field a polygon is called by in the identifiers of units; its number in the file where left out.
    pub label: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Overlaps {
    Area(f64),
    Word(String),
}
