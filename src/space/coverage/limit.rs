//! The ground that gaps are closed within.

use super::Point;
use crate::space::index::BoxIndex;
use crate::space::{Extent, Shapes};

/// What lies as near to the border as this many metres lies within.
const ON: f64 = 1e-6;

/// Polygons, for the question whether a triangle leaves them.
pub struct Limit {
    segments: Vec<(Point, Point)>,
    index: BoxIndex,
    right: f64,
}

impl Limit {
    pub fn new(shapes: &Shapes) -> Limit {
        let rings = shapes.iter().flat_map(|shape| shape.rings().map(|ring| ring.points.to_vec()).collect::<Vec<_>>());
        let segments: Vec<(Point, Point)> =
            rings.flat_map(|ring| ring.windows(2).map(|pair| (pair[0], pair[1])).collect::<Vec<_>>()).collect();
        let index = BoxIndex::new(segments.iter().map(|&(a, b)| Extent::of(&[a, b])));
        Limit { segments, index, right: shapes.extent().max.x + 1.0 }
    }

    /// Whether a triangle that runs against the clock lies within: no border passes through it, and its middle is inside.
    pub(super) fn holds(&self, corners: [Point; 3], near: &mut Vec<u32>) -> bool {
        self.index.touching(Extent::of(&corners), near);
        if near.is_empty() {
            return true;
        }
        if near.iter().any(|&at| passes(corners, self.segments[at as usize])) {
            return false;
        }
        let [a, b, c] = corners;
        self.contains(Point::new((a.x + b.x + c.x) / 3.0, (a.y + b.y + c.y) / 3.0), near)
    }

    /// By the crossings of a line eastwards.
    fn contains(&self, place: Point, near: &mut Vec<u32>) -> bool {
        self.index.touching(Extent::of(&[place, Point::new(self.right, place.y)]).grown(ON), near);
        let mut inside = false;
        for &at in near.iter() {
            let (a, b) = self.segments[at as usize];
            if off(place, a, b) <= ON {
                return true;
            }
            if (a.y > place.y) != (b.y > place.y) {
                let x = (b.x - a.x) * (place.y - a.y) / (b.y - a.y) + a.x;
                inside ^= place.x < x;
            }
        }
        inside
    }
}

/// Whether a piece of the segment lies inside the triangle, farther from its sides than counts as on them.
fn passes(corners: [Point; 3], (a, b): (Point, Point)) -> bool {
    let (mut start, mut end) = (0.0_f64, 1.0_f64);
    for at in 0..3 {
        let (from, to) = (corners[at], corners[(at + 1) % 3]);
        let length = from.distance(to);
        let inward = |p: Point| ((to.x - from.x) * (p.y - from.y) - (to.y - from.y) * (p.x - from.x)) / length - ON;
        let (one, other) = (inward(a), inward(b));
        match (one > 0.0, other > 0.0) {
            (false, false) => return false,
            (true, true) => {}
            (false, true) => start = start.max(one / (one - other)),
            (true, false) => end = end.min(one / (one - other)),
        }
    }
    start < end
}

/// The distance of a place from a segment.
pub(super) fn off(place: Point, a: Point, b: Point) -> f64 {
    let (dx, dy) = (b.x - a.x, b.y - a.y);
    let squared = dx * dx + dy * dy;
    let along = if squared > 0.0 { ((place.x - a.x) * dx + (place.y - a.y) * dy) / squared } else { 0.0 };
    let along = along.clamp(0.0, 1.0);
    place.distance(Point::new(a.x + along * dx, a.y + along * dy))
}
