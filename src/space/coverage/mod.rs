//! Polygons that lie side by side, with every edge two of them share held once: what is beside what, and what many of them make together.
//!
//! The rings of all polygons become half-edges between numbered vertices; a half-edge has its polygon to the left. Vertices nearer to each
//! other than the tolerance are one, and an edge that passes a neighbour's vertex is cut there, so that the two half-edges of a shared edge
//! always meet. From then on nothing is computed with coordinates but the turn at a vertex: what is dissolved has no gap and no overlap
//! where the polygons have none.

mod cells;
mod close;
mod dissolve;
mod limit;
mod lines;
mod neighbours;
mod sets;
mod settle;
mod share;
mod simplify;
mod split;
mod trace;
mod twins;
mod vertices;

pub use close::Closed;
pub use dissolve::Zones;
pub use limit::Limit;
pub use lines::BorderLine;
pub use neighbours::Border;
pub use sets::Sets;
pub use vertices::Numbering;

use super::{Point, Shapes, measure};

/// No number.
pub(super) const NONE: u32 = u32::MAX;

/// Half-edges of polygons over common vertices.
pub struct Coverage {
    vertices: Vec<Point>,
    /// Where each half-edge starts and ends.
    from: Vec<u32>,
    to: Vec<u32>,
    /// The part of a polygon to the left of each.
    part: Vec<u32>,
    /// The half-edge that runs the other way between the same vertices; [`NONE`] where nothing is beside.
    twin: Vec<u32>,
    /// The feature each part belongs to.
    feature: Vec<u32>,
    features: usize,
    /// Metres.
    tolerance: f64,
}

impl Coverage {
    /// Takes polygons in, in the order given (neighbours near each other make it fast; the result is the same).
    /// `tolerance` in metres: vertices as near as that are one, edges as near as that to a vertex pass through it.
    pub fn new(shapes: &Shapes, order: &[u32], tolerance: f64) -> Coverage {
        let mut coverage = vertices::half_edges(shapes, order, tolerance);
        coverage.pair();
        coverage.split();
        coverage
    }

    /// The number of half-edges.
    pub fn len(&self) -> usize {
        self.from.len()
    }

    pub fn is_empty(&self) -> bool {
        self.from.is_empty()
    }

    /// The number of features it was made of.
    pub fn features(&self) -> usize {
        self.features
    }

    /// The feature to the left of a half-edge.
    fn feature_of(&self, edge: u32) -> usize {
        self.feature[self.part[edge as usize] as usize] as usize
    }

    /// The feature to the right of a half-edge.
    fn beside(&self, edge: u32) -> Option<usize> {
        let twin = self.twin[edge as usize];
        (twin != NONE).then(|| self.feature_of(twin))
    }

    fn ends(&self, edge: u32) -> (Point, Point) {
        let edge = edge as usize;
        (self.vertices[self.from[edge] as usize], self.vertices[self.to[edge] as usize])
    }

    fn length(&self, edge: u32) -> f64 {
        let (a, b) = self.ends(edge);
        a.distance(b)
    }
}

#[cfg(test)]
#[path = "coverage_tests.rs"]
mod tests;
