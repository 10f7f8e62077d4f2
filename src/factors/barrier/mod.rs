//! Barriers (阻隔): rivers, railways and motorways that influence does not cross but at crossings.
//!
//! The distance between two places is that of the shortest way that crosses no wall: straight where nothing is between, else by way of
//! crossings and round the corners and ends of walls. A shortest way turns at corners only, and only where the wall bulges towards it, so
//! corners with a wedge of more than 180° free and the two ends of every crossing are all the places to look at.

mod nodes;
mod ways;

pub use ways::{Seed, Stop, Ways};

use crate::space::index::BoxIndex;
use crate::space::{Extent, Kind, Point, Shapes};

/// How far off a wall the ways pass its corners, m: far above rounding, far below what matters.
pub const CLEARANCE: f64 = 0.01;

/// Walls with the places where a way may turn.
pub struct Barriers {
    pub(super) walls: Vec<[Point; 2]>,
    index: BoxIndex,
    pub(super) nodes: Vec<Node>,
    nodes_index: BoxIndex,
}

/// A place where a way may turn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Node {
    pub place: Point,
    /// The directions of the outermost walls at a corner; ways that turn about it leave both on one side.
    pub(super) walls: Option<[Point; 2]>,
    /// The other end of a crossing, and the crossing's number.
    pub(super) crossing: Option<(u32, u32)>,
}

/// The places where walls may be crossed.
pub struct Crossings<'a> {
    /// Points near a wall, or lines across it.
    pub shapes: &'a Shapes,
    /// How far from a point a wall is crossed, m.
    pub within: f64,
}

impl Barriers {
    /// Walls from lines, and from the edges of polygons, which nothing passes through.
    pub fn new(walls: &[&Shapes], crossings: &[Crossings<'_>]) -> Barriers {
        let mut segments: Vec<[Point; 2]> = Vec::new();
        for shapes in walls.iter().filter(|shapes| shapes.kind != Kind::Point) {
            for ring in shapes.iter().flat_map(|shape| shape.rings().collect::<Vec<_>>()) {
                segments
                    .extend(ring.points.windows(2).filter(|pair| pair[0] != pair[1]).map(|pair| [pair[0], pair[1]]));
            }
        }
        // Whichever way a line was drawn, and however often: the walls are the same.
        segments.iter_mut().for_each(|wall| wall.sort_by(compare));
        segments.sort_by(|one, other| compare(&one[0], &other[0]).then(compare(&one[1], &other[1])));
        segments.dedup();
        let index = BoxIndex::new(segments.iter().map(|wall| Extent::of(wall)));
        let mut barriers = Barriers { walls: segments, index, nodes: Vec::new(), nodes_index: BoxIndex::new([]) };
        barriers.nodes = nodes::corners(&barriers.walls);
        let mut number = 0;
        for crossings in crossings {
            for shape in crossings.shapes.iter() {
                nodes::cross(&mut barriers, shape, crossings.within, number);
                number += 1;
            }
        }
        barriers.nodes_index = BoxIndex::new(barriers.nodes.iter().map(|node| Extent::of(&[node.place])));
        barriers
    }

    pub fn is_empty(&self) -> bool {
        self.walls.is_empty()
    }

    /// Whether a wall stands between two places.
    pub fn blocked(&self, a: Point, b: Point, found: &mut Vec<u32>) -> bool {
        self.index.touching(Extent::of(&[a, b]), found);
        found.iter().any(|&wall| parts(self.walls[wall as usize], a, b))
    }

    /// The walls that may touch a box, into `found`.
    pub fn touching(&self, extent: Extent, found: &mut Vec<u32>) {
        self.index.touching(extent, found);
    }

    pub fn wall(&self, number: u32) -> [Point; 2] {
        self.walls[number as usize]
    }
}

fn compare(one: &Point, other: &Point) -> std::cmp::Ordering {
    one.x.total_cmp(&other.x).then(one.y.total_cmp(&other.y))
}

/// Twice the signed area of a triangle: above 0 where `c` lies to the left of the way from `a` to `b`.
pub fn side(a: Point, b: Point, c: Point) -> f64 {
    (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x)
}

/// The place of a segment nearest to a point.
pub fn foot(place: Point, a: Point, b: Point) -> Point {
    let (dx, dy) = (b.x - a.x, b.y - a.y);
    let squared = dx * dx + dy * dy;
    if squared == 0.0 {
        return a;
    }
    let along = (((place.x - a.x) * dx + (place.y - a.y) * dy) / squared).clamp(0.0, 1.0);
    Point::new(a.x + along * dx, a.y + along * dy)
}

/// Whether a wall parts two places. Where walls meet, exactly one of them counts; a place on a wall is on neither side.
pub fn parts([from, to]: [Point; 2], a: Point, b: Point) -> bool {
    let (of_from, of_to) = (side(a, b, from) >= 0.0, side(a, b, to) >= 0.0);
    if of_from == of_to {
        return false;
    }
    let (of_a, of_b) = (side(from, to, a), side(from, to, b));
    of_a * of_b < 0.0
}

#[cfg(test)]
#[path = "barrier_tests.rs"]
mod tests;
