//! The street front of a parcel, in metres by the grade of the unit just inside.
//!
//! What is front is told by [`crate::space::fronts`]. It is cut where the line a centimetre inside it passes from unit to unit: no point is
//! sampled.

use super::shares::{Kernel, Sheets};
use crate::space::fronts::{Edge, Fronts};
use crate::space::{Point, Shape, Shapes};

/// How far inside its edge the parcel is looked at, in metres: corners of two layers differ by millimetres.
const INSIDE: f64 = 0.01;

/// The streets that parcels may front on.
pub struct Streets {
    fronts: Fronts,
    /// Metres.
    within: f64,
}

impl Streets {
    /// The lines of streets, and how near an edge must be to be front.
    pub fn new(lines: &Shapes, within: f64) -> Streets {
        Streets { fronts: Fronts::new(lines), within }
    }

    /// Whether a street runs along the edge, before it.
    fn before(&self, edge: &Edge, near: &mut Vec<u32>) -> bool {
        self.fronts.along(edge, self.within, near).next().is_some()
    }
}

/// Metres of an edge, as seen just inside, that lie in a unit. The line is cut where it meets the unit's outline; a corner on it counts as
/// beyond it, so that what it passes is in one unit only.
fn inside(edge: &Edge, unit: Shape<'_>, crossings: &mut Vec<f64>) -> f64 {
    crossings.clear();
    let place = |point: Point| {
        let (x, y) = (point.x - edge.start.x, point.y - edge.start.y);
        (x * edge.along.x + y * edge.along.y, x * edge.inward.x + y * edge.inward.y - INSIDE)
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
    let cut = |s: f64| s.clamp(0.0, edge.length);
    crossings.chunks_exact(2).map(|pair| cut(pair[1]) - cut(pair[0])).sum()
}

/// Measures the front of a parcel whose ground was shared out, into its parts.
pub(super) fn measure(sheets: &Sheets<'_>, streets: &Streets, parcel: Shape<'_>, kernel: &mut Kernel) {
    let Kernel { under, parts, crossings, streets: near, .. } = kernel;
    for edge in Edge::all(parcel) {
        if !streets.before(&edge, near) {
            continue;
        }
        for &(unit, _) in under.iter() {
            let metres = inside(&edge, sheets.units.shapes.get(unit as usize), crossings);
            let grade = sheets.units.grades[unit as usize];
            if let Ok(at) = parts.binary_search_by_key(&grade, |part| part.grade) {
                parts[at].front += metres;
            }
        }
    }
}
