//! Parcel boundaries as open rings of millimetre points: what two of them share, their union, and whether one is well shaped.

use crate::space::Point;
use crate::space::measure::squared_distance_to_segment;

/// The most vertices a parcel has.
pub(super) const MOST_VERTICES: usize = 12;

/// The least distance between a vertex and an edge that does not end in it, in metres.
const CLEARANCE: f64 = 0.4;

/// Rounded to the millimetre, as cadastral coordinates are kept.
pub(super) fn millimetre(point: Point) -> Point {
    Point::new((point.x * 1000.0).round() / 1000.0, (point.y * 1000.0).round() / 1000.0)
}

/// Positive where the way a → b → c turns left.
pub(super) fn turn(a: Point, b: Point, c: Point) -> f64 {
    (b.x - a.x) * (c.y - a.y) - (c.x - a.x) * (b.y - a.y)
}

/// The signed area of an open ring in m², about its first point.
pub(super) fn area(ring: &[Point]) -> f64 {
    let Some(&origin) = ring.first() else { return 0.0 };
    ring.windows(2).map(|pair| turn(origin, pair[0], pair[1])).sum::<f64>() / 2.0
}

/// The area centroid of an open ring.
pub(super) fn centroid(ring: &[Point]) -> Point {
    let origin = ring[0];
    let (mut doubled, mut x, mut y) = (0.0, 0.0, 0.0);
    for pair in ring.windows(2) {
        let cross = turn(origin, pair[0], pair[1]);
        doubled += cross;
        x += cross * (pair[0].x + pair[1].x - 2.0 * origin.x);
        y += cross * (pair[0].y + pair[1].y - 2.0 * origin.y);
    }
    Point::new(origin.x + x / (3.0 * doubled), origin.y + y / (3.0 * doubled))
}

/// Whether no two edges cross, and every vertex keeps clear of the edges it does not belong to.
pub(super) fn well_shaped(ring: &[Point]) -> bool {
    let count = ring.len();
    let end = |edge: usize| if edge + 1 == count { 0 } else { edge + 1 };
    for edge in 0..count {
        let (a, b) = (ring[edge], ring[end(edge)]);
        for vertex in (0..count).filter(|&vertex| vertex != edge && vertex != end(edge)) {
            if squared_distance_to_segment(ring[vertex], a, b) < CLEARANCE * CLEARANCE {
                return false;
            }
            let (c, d) = (ring[vertex], ring[end(vertex)]);
            if turn(a, b, c) * turn(a, b, d) < 0.0 && turn(c, d, a) * turn(c, d, b) < 0.0 {
                return false;
            }
        }
    }
    area(ring) > 0.0
}

/// What is left of two neighbours' rings without the stretch they share: each from the end of the shared stretch to its start.
/// `None` where they share nothing or more than one stretch.
pub(super) fn without_shared(one: &[Point], other: &[Point]) -> Option<(Vec<Point>, Vec<Point>)> {
    Some((rest(one, other)?, rest(other, one)?))
}

fn rest(ring: &[Point], neighbour: &[Point]) -> Option<Vec<Point>> {
    let count = ring.len();
    let after = |at: usize, ring: &[Point]| ring[(at + 1) % ring.len()];
    let shared: Vec<bool> = (0..count)
        .map(|edge| {
            (0..neighbour.len()).any(|at| neighbour[at] == after(edge, ring) && after(at, neighbour) == ring[edge])
        })
        .collect();
    let mut starts = (0..count).filter(|&edge| !shared[edge] && shared[(edge + count - 1) % count]);
    let start = starts.next()?;
    if starts.next().is_some() {
        return None;
    }
    let own = shared.iter().filter(|shared| !**shared).count();
    Some((0..=own).map(|step| ring[(start + step) % count]).collect())
}

/// The union of two neighbours that share one stretch of boundary.
pub(super) fn union(one: &[Point], other: &[Point]) -> Option<Vec<Point>> {
    let (mut ring, rest) = without_shared(one, other)?;
    ring.pop();
    ring.extend_from_slice(&rest[..rest.len() - 1]);
    Some(ring).filter(|ring| ring.len() <= MOST_VERTICES && well_shaped(ring))
}

/// Two neighbours after their common boundary was moved: a straight line between its ends, bent in the middle by `bend` of its length
/// (to the left of the first one's boundary when positive).
pub(super) fn shifted(one: &[Point], other: &[Point], bend: f64) -> Option<(Vec<Point>, Vec<Point>)> {
    let (mut one, mut other) = without_shared(one, other)?;
    let (&to, &from) = (one.first()?, one.last()?);
    let middle = millimetre(Point::new(
        (from.x + to.x) / 2.0 - (to.y - from.y) * bend,
        (from.y + to.y) / 2.0 + (to.x - from.x) * bend,
    ));
    one.push(middle);
    other.push(middle);
    [&one, &other]
        .iter()
        .all(|ring| ring.len() >= 4 && ring.len() <= MOST_VERTICES && well_shaped(ring))
        .then_some((one, other))
}

#[cfg(test)]
#[path = "ring_tests.rs"]
mod tests;
