//! Where ways may turn: the corners and ends of walls, and the ends of crossings.

use super::{Barriers, CLEARANCE, Node, compare, foot, side};
use crate::space::{Extent, Kind, Point, Shape};
use std::f64::consts::{PI, TAU};

/// Wedges barely over 180° are straight walls with rounding.
const BENT: f64 = 1e-6;

/// A node in every wedge of more than 180° between the walls that meet at a place, a little off the place.
pub(super) fn corners(walls: &[[Point; 2]]) -> Vec<Node> {
    let mut ends: Vec<(Point, Point)> = walls.iter().flat_map(|&[from, to]| [(from, to), (to, from)]).collect();
    ends.sort_by(|one, other| compare(&one.0, &other.0).then(compare(&one.1, &other.1)));
    let mut nodes = Vec::new();
    for ends in ends.chunk_by(|one, other| one.0 == other.0) {
        let place = ends[0].0;
        let mut angles: Vec<f64> = ends.iter().map(|(_, far)| libm::atan2(far.y - place.y, far.x - place.x)).collect();
        angles.sort_by(f64::total_cmp);
        for (at, &angle) in angles.iter().enumerate() {
            let next = angles.get(at + 1).copied().unwrap_or(angles[0] + TAU);
            if next - angle <= PI + BENT {
                continue;
            }
            let middle = (angle + next) / 2.0;
            let towards = |angle: f64| Point::new(libm::cos(angle), libm::sin(angle));
            let off = towards(middle);
            nodes.push(Node {
                place: Point::new(place.x + off.x * CLEARANCE, place.y + off.y * CLEARANCE),
                walls: Some([towards(angle), towards(next)]),
                crossing: None,
            });
        }
    }
    nodes
}

/// Adds the two ends of a crossing: of a line its own, of a point the places beyond the walls within reach, straight across the nearest.
pub(super) fn cross(barriers: &mut Barriers, shape: Shape<'_>, within: f64, number: u32) {
    let ends = match shape.kind {
        Kind::Line => shape.points().first().zip(shape.points().last()).map(|(&a, &b)| [a, b]),
        Kind::Point => shape.points().first().and_then(|&place| across(barriers, place, within)),
        Kind::Polygon => None,
    };
    if let Some(ends) = ends {
        let first = barriers.nodes.len() as u32;
        for (at, place) in ends.into_iter().enumerate() {
            let other = first + 1 - at as u32;
            barriers.nodes.push(Node { place, walls: None, crossing: Some((other, number)) });
        }
    }
}

/// The ends of a crossing at a point.
fn across(barriers: &Barriers, place: Point, within: f64) -> Option<[Point; 2]> {
    let mut near = Vec::new();
    barriers.touching(Extent::of(&[place]).grown(within), &mut near);
    let foot = |[from, to]: [Point; 2]| foot(place, from, to);
    let nearest = near.iter().copied().min_by(|&one, &other| {
        let distance = |wall: u32| foot(barriers.wall(wall)).distance(place);
        distance(one).total_cmp(&distance(other)).then(one.cmp(&other))
    })?;
    let [from, to] = barriers.wall(nearest);
    if foot([from, to]).distance(place) > within {
        return None;
    }
    let length = from.distance(to);
    let normal = Point::new(-(to.y - from.y) / length, (to.x - from.x) / length);
    // Along the normal through the point, how far the walls within reach lie on either side of it.
    let at = |along: f64| Point::new(place.x + normal.x * along, place.y + normal.y * along);
    let (start, end) = (at(-within), at(within));
    let (mut low, mut high) = (f64::INFINITY, f64::NEG_INFINITY);
    for &wall in &near {
        let [from, to] = barriers.wall(wall);
        let (of_from, of_to) = (side(start, end, from), side(start, end, to));
        if (of_from >= 0.0) != (of_to >= 0.0) {
            let share = of_from / (of_from - of_to);
            let (x, y) = (from.x + share * (to.x - from.x), from.y + share * (to.y - from.y));
            let along = (x - place.x) * normal.x + (y - place.y) * normal.y;
            if along.abs() <= within {
                (low, high) = (low.min(along), high.max(along));
            }
        }
    }
    (low <= high).then(|| [at(low - CLEARANCE), at(high + CLEARANCE)])
}
