//! Which lines of streets a parcel or a place fronts on.
//!
//! An edge is front where a street runs along it near by, on its outer side.

use super::index::BoxIndex;
use super::measure::{ring_sign, squared_distance_to_segment};
use super::{Extent, Point, Shape, Shapes};

/// A street this far inside an edge, in metres, is still before it: lines of streets are no surveyed boundaries.
const ON_EDGE: f64 = 0.5;

/// The sine of 30°: a street that turns away from an edge by more is not along it.
const SLANT: f64 = 0.5;

/// A piece of outline.
pub struct Edge {
    pub start: Point,
    pub middle: Point,
    pub length: f64,
    /// Unit vectors along it and into the parcel.
    pub along: Point,
    pub inward: Point,
}

impl Edge {
    /// The edges of a polygon that have a length.
    pub fn all(parcel: Shape<'_>) -> impl Iterator<Item = Edge> {
        parcel.rings().flat_map(|ring| {
            let sign = ring_sign(ring);
            ring.points.windows(2).filter_map(move |pair| Edge::new(pair[0], pair[1], sign))
        })
    }

    /// `sign` is that of its ring: 1 where the parcel is on its left.
    fn new(a: Point, b: Point, sign: f64) -> Option<Edge> {
        let length = a.distance(b);
        let along = Point::new((b.x - a.x) / length, (b.y - a.y) / length);
        let inward = Point::new(-along.y * sign, along.x * sign);
        let middle = Point::new((a.x + b.x) / 2.0, (a.y + b.y) / 2.0);
        (length > 0.0).then_some(Edge { start: a, middle, length, along, inward })
    }

    /// How far inside the edge's line a place is.
    fn depth(&self, place: Point) -> f64 {
        (place.x - self.start.x) * self.inward.x + (place.y - self.start.y) * self.inward.y
    }
}

/// The straight pieces of streets.
pub struct Fronts {
    pieces: Vec<[Point; 2]>,
    /// The line each piece is of.
    line: Vec<u32>,
    index: BoxIndex,
}

impl Fronts {
    pub fn new(lines: &Shapes) -> Fronts {
        let (mut pieces, mut line) = (Vec::new(), Vec::new());
        for (number, shape) in lines.iter().enumerate() {
            let pairs = shape.rings().flat_map(|ring| ring.points.windows(2).map(|pair| [pair[0], pair[1]]));
            pieces.extend(pairs.filter(|[a, b]| a != b));
            line.resize(pieces.len(), number as u32);
        }
        let index = BoxIndex::new(pieces.iter().map(|piece| Extent::of(piece)));
        Fronts { pieces, line, index }
    }

    /// The lines that run along an edge before it, no farther than `within` metres from its middle, with their distances.
    pub fn along<'a>(
        &'a self,
        edge: &'a Edge,
        within: f64,
        near: &'a mut Vec<u32>,
    ) -> impl Iterator<Item = (u32, f64)> + 'a {
        let here = edge.middle;
        self.index.touching(Extent { min: here, max: here }.grown(within), near);
        near.iter().filter_map(move |&at| {
            let [a, b] = self.pieces[at as usize];
            let (dx, dy) = (b.x - a.x, b.y - a.y);
            let square = dx * dx + dy * dy;
            let along = (((here.x - a.x) * dx + (here.y - a.y) * dy) / square).clamp(0.0, 1.0);
            let nearest = Point::new(a.x + along * dx, a.y + along * dy);
            let turn = edge.along.x * dy - edge.along.y * dx;
            let distance = here.distance(nearest);
            let before = distance <= within && turn * turn < SLANT * SLANT * square && edge.depth(nearest) <= ON_EDGE;
            before.then_some((self.line[at as usize], distance))
        })
    }

    /// The lines that run along any edge of a polygon, with the least distance of each; by number.
    pub fn of_shape(&self, shape: Shape<'_>, within: f64) -> Vec<(u32, f64)> {
        let (mut found, mut near) = (Vec::new(), Vec::new());
        Edge::all(shape).for_each(|edge| found.extend(self.along(&edge, within, &mut near)));
        nearest_of_each(found)
    }

    /// The lines within `within` metres of a place, with their distances; by number.
    pub fn of_point(&self, place: Point, within: f64) -> Vec<(u32, f64)> {
        let mut near = Vec::new();
        self.index.touching(Extent { min: place, max: place }.grown(within), &mut near);
        let found = near.into_iter().map(|at| {
            let [a, b] = self.pieces[at as usize];
            (self.line[at as usize], squared_distance_to_segment(place, a, b).sqrt())
        });
        nearest_of_each(found.filter(|(_, distance)| *distance <= within).collect())
    }
}

fn nearest_of_each(mut found: Vec<(u32, f64)>) -> Vec<(u32, f64)> {
    found.sort_unstable_by(|one, other| one.0.cmp(&other.0).then(one.1.total_cmp(&other.1)));
    found.dedup_by_key(|one| one.0);
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::space::Kind;

    fn lines(all: &[[(f64, f64); 2]]) -> Fronts {
        let mut lines = Shapes::new(Kind::Line);
        for line in all {
            lines.push_ring(&line.map(|(x, y)| Point::new(x, y)), true);
            lines.end_feature();
        }
        Fronts::new(&lines)
    }

    /// A block of 40 × 30 m, 12 m from a street below it and 25 m from one at its right.
    #[test]
    fn a_parcel_fronts_on_the_lines_along_its_edges() {
        let mut block = Shapes::new(Kind::Polygon);
        let corners = [(0.0, 12.0), (40.0, 12.0), (40.0, 42.0), (0.0, 42.0), (0.0, 12.0)];
        block.push_ring(&corners.map(|(x, y)| Point::new(x, y)), true);
        block.end_feature();
        let fronts = lines(&[[(-100.0, 0.0), (100.0, 0.0)], [(65.0, -100.0), (65.0, 100.0)]]);
        assert_eq!(fronts.of_shape(block.get(0), 20.0), [(0, 12.0)]);
        assert_eq!(fronts.of_shape(block.get(0), 25.0), [(0, 12.0), (1, 25.0)]);
        assert_eq!(fronts.of_shape(block.get(0), 11.9), []);
        assert_eq!(fronts.of_point(Point::new(20.0, 27.0), 30.0), [(0, 27.0)]);
        // One that ends before the block, one that meets it at a right angle, one through it.
        let none = lines(&[[(-60.0, 10.0), (-5.0, 10.0)], [(20.0, 0.0), (20.0, 11.0)], [(20.0, -50.0), (20.0, 50.0)]]);
        assert_eq!(none.of_shape(block.get(0), 10.0), []);
    }
}
