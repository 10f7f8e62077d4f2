//! The street front of a parcel, in metres by the grade of the unit just inside.
//!
//! An edge is front where a street runs along it near by, on its outer side. It is cut where the line a centimetre inside it passes from unit
//! to unit: no point is sampled.

use super::shares::{Kernel, Sheets};
use crate::space::index::BoxIndex;
use crate::space::measure::ring_sign;
use crate::space::{Extent, Point, Shape, Shapes};

/// How far inside its edge the parcel is looked at, in metres: corners of two layers differ by millimetres.
const INSIDE: f64 = 0.01;

/// A street this far inside an edge, in metres, is still before it: lines of streets are no surveyed boundaries.
const ON_EDGE: f64 = 0.5;

/// The sine of 30°: a street that turns away from an edge by more is not along it.
const SLANT: f64 = 0.5;

/// The straight pieces of streets.
pub struct Streets {
    pieces: Vec<[Point; 2]>,
    index: BoxIndex,
    /// Metres.
    within: f64,
}

impl Streets {
    /// The pieces of lines, and how near an edge must be to be front.
    pub fn new(lines: &Shapes, within: f64) -> Streets {
        let pairs = lines.iter().flat_map(|line| line.rings().flat_map(|ring| ring.points.windows(2)));
        let pieces: Vec<[Point; 2]> = pairs.map(|pair| [pair[0], pair[1]]).filter(|[a, b]| a != b).collect();
        let index = BoxIndex::new(pieces.iter().map(|piece| Extent::of(piece)));
        Streets { pieces, index, within }
    }

    /// Whether a street runs along the edge, before it.
    fn before(&self, edge: &Edge, near: &mut Vec<u32>) -> bool {
        let here = edge.middle;
        self.index.touching(Extent { min: here, max: here }.grown(self.within), near);
        near.iter().any(|&at| {
            let [a, b] = self.pieces[at as usize];
            let (dx, dy) = (b.x - a.x, b.y - a.y);
            let square = dx * dx + dy * dy;
            let along = (((here.x - a.x) * dx + (here.y - a.y) * dy) / square).clamp(0.0, 1.0);
            let nearest = Point::new(a.x + along * dx, a.y + along * dy);
            let turn = edge.along.x * dy - edge.along.y * dx;
            here.distance(nearest) <= self.within
                && turn * turn < SLANT * SLANT * square
                && edge.depth(nearest) <= ON_EDGE
        })
    }
}

/// A piece of outline.
struct Edge {
    start: Point,
    middle: Point,
    length: f64,
    /// Unit vectors along it and into the parcel.
    along: Point,
    inward: Point,
}

impl Edge {
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

    /// Metres of it, as seen just inside, that lie in a unit. The line is cut where it meets the unit's outline; a corner on it counts as
    /// beyond it, so that what it passes is in one unit only.
    fn inside(&self, unit: Shape<'_>, crossings: &mut Vec<f64>) -> f64 {
        crossings.clear();
        let place = |point: Point| {
            let (x, y) = (point.x - self.start.x, point.y - self.start.y);
            (x * self.along.x + y * self.along.y, x * self.inward.x + y * self.inward.y - INSIDE)
        };
        for ring in unit.rings() {
            let mut ends = ring.points.iter().map(|&point| place(point));
            let Some(mut from) = ends.next() else { continue };
            for to in ends {
                if (from.1 > 0.0) != (to.1 > 0.0) {
                    crossings.push(from.0 + (to.0 - from.0) * (from.1 / (from.1 - to.1)));
                }
                from = to;
            }
        }
        crossings.sort_unstable_by(f64::total_cmp);
        let cut = |s: f64| s.clamp(0.0, self.length);
        crossings.chunks_exact(2).map(|pair| cut(pair[1]) - cut(pair[0])).sum()
    }
}

/// Measures the front of a parcel whose ground was shared out, into its parts.
pub(super) fn measure(sheets: &Sheets<'_>, streets: &Streets, parcel: Shape<'_>, kernel: &mut Kernel) {
    let Kernel { under, parts, crossings, streets: near, .. } = kernel;
    for ring in parcel.rings() {
        let sign = ring_sign(ring);
        let edges = ring.points.windows(2).filter_map(|pair| Edge::new(pair[0], pair[1], sign));
        for edge in edges {
            if !streets.before(&edge, near) {
                continue;
            }
            for &(unit, _) in under.iter() {
                let metres = edge.inside(sheets.units.shapes.get(unit as usize), crossings);
                let grade = sheets.units.grades[unit as usize];
                if let Ok(at) = parts.binary_search_by_key(&grade, |part| part.grade) {
                    parts[at].front += metres;
                }
            }
        }
    }
}
