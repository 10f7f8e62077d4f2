//! Influence that fades with distance: facilities, roads and centres as groups of sources, each group under one law of attenuation.
//!
//! Within a group the greatest effect counts (the maximum within a level or type); groups add up or the greatest counts; 100 caps. Groups
//! that are grades of one type count as one.

mod barred;
mod build;
mod by_network;
mod directions;
mod near;
mod past;
mod rules;
mod scale;

pub use barred::{Barred, NearBarred};
pub use build::build;
pub(crate) use build::{field_of, text_of};
pub use by_network::{NearNetwork, OnNetwork};
pub use directions::{Directions, NearDirections, Through};
pub use near::Near;
pub use rules::resolve;

use super::attenuation::Attenuation;
use crate::project::plan::Combine;
use crate::space::index::BoxIndex;
use crate::space::{Point, Shapes};

/// A factor made of groups.
pub struct Reach {
    pub groups: Vec<Group>,
    pub combine: Combine,
    /// Whether some groups are grades of one type, of which the greatest counts.
    graded: bool,
    /// What the directions with a road near a place make of its score.
    pub directions: Option<Directions>,
}

/// The sources of one level, class, type or function layer.
pub struct Group {
    /// What readers call it.
    pub name: String,
    pub law: Attenuation,
    /// The function score of a full-scale source.
    pub score: f64,
    /// Distances count from this far off a line: half a road's width.
    pub half_width: f64,
    /// Whether it is of the type of the group before it, only of another grade.
    pub same_type: bool,
    pub sources: Sources,
    /// Every source's feature and function score, by feature.
    functions: Vec<(u32, f64)>,
    index: BoxIndex,
    /// What stands between sources and places, if anything does.
    pub barred: Option<Barred>,
    /// The network distances run along, if they do.
    pub on_network: Option<OnNetwork>,
}

impl Group {
    fn function_score(&self, feature: u32) -> f64 {
        let found = self.functions.binary_search_by_key(&feature, |(known, _)| *known);
        found.map_or(f64::NAN, |at| self.functions[at].1)
    }
}

/// Sources cut into segments; a point is a segment of no length.
#[derive(Default)]
pub struct Sources {
    pub segments: Vec<Segment>,
    /// Polygons among the sources: inside one the distance is 0.
    pub polygons: Option<Polygons>,
}

/// A piece of a source.
#[derive(Clone, Copy, Debug)]
pub struct Segment {
    pub a: Point,
    pub b: Point,
    /// See [`Attenuation::strength`].
    pub strength: f64,
    /// The layer's feature it belongs to.
    pub feature: u32,
}

/// Polygon sources, for the test whether a place lies inside.
pub struct Polygons {
    pub shapes: Shapes,
    pub strengths: Vec<f64>,
    pub features: Vec<u32>,
    index: BoxIndex,
}

/// The source that decides a group's effect at a place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Decisive {
    pub feature: u32,
    /// Metres to the source itself: a road's axis.
    pub to_axis: f64,
    /// Metres that count: less the half width, not below 0.
    pub distance: f64,
    /// The source's function score f.
    pub function_score: f64,
    /// The effect score e.
    pub effect: f64,
    /// Whether the way goes round barriers, and the number of the crossing it takes first.
    pub detour: bool,
    pub crossing: Option<u32>,
    /// How the place is reached, where distances run along a network.
    pub network: Option<NetworkWay>,
}

/// How a place is reached where distances run along a network.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum NetworkWay {
    /// The straight line is shorter than the two accesses together, or the place lies inside the source.
    Straight,
    /// Metres from the place to the network, along it, and from it to the source.
    Along { access: f64, along: f64, source_access: f64 },
}

/// What is near a window, of one group.
pub trait NearGroup {
    /// A place, with what else must be known of it.
    type Spot: Copy + Into<Point>;

    /// The greatest effect of the group at a place, and with `RECORD` the source it comes from.
    fn effect<const RECORD: bool>(&mut self, group: &Group, spot: Self::Spot) -> (f64, Option<Decisive>);
}

impl Reach {
    /// Whether barriers stand before its sources.
    pub fn is_barred(&self) -> bool {
        self.groups.iter().any(|group| group.barred.is_some())
    }

    /// The factor's score from its groups' effects, 0–100.
    pub fn combined(&self, effects: impl Iterator<Item = f64>) -> f64 {
        let joined = match self.combine {
            Combine::Sum if self.graded => {
                let (sum, greatest) = effects.zip(&self.groups).fold((0.0, 0.0), |(sum, greatest), (effect, group)| {
                    if group.same_type { (sum, f64::max(greatest, effect)) } else { (sum + greatest, effect) }
                });
                sum + greatest
            }
            Combine::Sum => effects.sum::<f64>(),
            Combine::Max => effects.fold(0.0, f64::max),
        };
        joined.min(100.0)
    }
}
