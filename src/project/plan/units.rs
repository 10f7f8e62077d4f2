//! The grading units: where they come from and where they are scored.

use super::Source;

#[derive(Debug)]
pub struct UnitsPlan {
    pub origin: UnitsOrigin,
    /// Whether every unit is graded for every use.
    pub every_use: bool,
    pub score_at: ScoreAt,
    /// The least overlap between units that is reported, m²; `None` leaves the search out.
    pub overlaps: Option<f64>,
    /// Overlaps narrower than this, m, are slivers.
    pub sliver_width: f64,
    /// The share of a unit that may lie outside the graded area without a finding.
    pub outside_share: f64,
}

#[derive(Debug)]
pub enum UnitsOrigin {
    /// Polygons of a layer as they are.
    Given(GivenUnits),
    /// Tiles of the graded area.
    Made(MadeUnits),
}

#[derive(Debug)]
pub struct GivenUnits {
    pub source: Source,
    pub id: String,
    /// `None` where the project has one use, or every unit is graded for every use.
    pub use_field: Option<String>,
    pub keep: Vec<String>,
}

#[derive(Debug)]
pub struct MadeUnits {
    pub way: Way,
    /// Smaller ones (m²) join a neighbour.
    pub least_area: f64,
    /// Narrower ones (m) join a neighbour.
    pub least_width: f64,
}

/// How units are made.
#[derive(Debug)]
pub enum Way {
    /// 网格法: cells of `size` metres.
    Grid { size: f64 },
    /// 动态网格法: cells are split while they are uneven.
    Quadtree(QuadtreePlan),
    /// 叠置法: polygons of several layers laid over one another.
    Overlay(Vec<OverlayPlan>),
}

#[derive(Debug)]
pub struct QuadtreePlan {
    /// Metres.
    pub largest: f64,
    pub smallest: f64,
    /// Points a total or main factor may differ by inside a cell.
    pub spread: f64,
    /// Main factors, by their numbers; the two heaviest of each use where the project names none.
    pub main: Option<Vec<usize>>,
}

#[derive(Debug)]
pub struct OverlayPlan {
    pub source: Source,
    pub label: Option<String>,
}

/// Where in a unit point, line and raster factors are evaluated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ScoreAt {
    /// The area centroid, also where it falls outside a concave unit.
    Centroid,
    /// The centroid, or a point inside where the centroid is not.
    Surface,
    /// The mean over the centroid and every vertex.
    Vertices,
}

impl UnitsPlan {
    pub fn given(&self) -> Option<&GivenUnits> {
        match &self.origin {
            UnitsOrigin::Given(given) => Some(given),
            UnitsOrigin::Made(_) => None,
        }
    }

    pub fn made(&self) -> Option<&MadeUnits> {
        match &self.origin {
            UnitsOrigin::Given(_) => None,
            UnitsOrigin::Made(made) => Some(made),
        }
    }

    /// The layers they come from or are made from.
    pub fn sources(&self) -> impl Iterator<Item = &Source> {
        let (given, laid) = match &self.origin {
            UnitsOrigin::Given(given) => (Some(&given.source), &[][..]),
            UnitsOrigin::Made(MadeUnits { way: Way::Overlay(layers), .. }) => (None, layers.as_slice()),
            UnitsOrigin::Made(_) => (None, &[][..]),
        };
        given.into_iter().chain(laid.iter().map(|layer| &layer.source))
    }

    /// What the identifier's field is called in outputs.
    pub fn id(&self) -> &str {
        self.given().map_or("id", |given| &given.id)
    }
}

impl Way {
    /// The word in project files.
    pub fn word(&self) -> &'static str {
        match self {
            Way::Grid { .. } => "grid",
            Way::Quadtree(_) => "quadtree",
            Way::Overlay(_) => "overlay",
        }
    }
}
