//! The area that two polygons share, without building their intersection.
//!
//! The plane below an edge, taken with the sign of the edge's direction, sums over a polygon's edges to the polygon itself. So the shared
//! area is the sum over all pairs of edges of the signed area below both: the integral of the lower of two straight lines. No edge is ever
//! split and no topology is built, so shared, touching and collinear edges need no special case (docs/decisions/0004).

use super::clip::ring_to_box;
use super::measure::{Side, ring_side, ring_sign};
use super::{Extent, Point, Ring, Shape};

/// An edge seen from above: over the interval `[left, right]` it runs at `height + slope · (x − left)`.
#[derive(Clone, Copy, Debug)]
struct Edge {
    left: f64,
    right: f64,
    height: f64,
    slope: f64,
    sign: f64,
}

/// Scratch space for [`Overlap::area`], kept by a worker between calls.
#[derive(Default)]
pub struct Overlap {
    unit_edges: Vec<Edge>,
    zone_edges: Vec<Edge>,
    clipped: Vec<Point>,
    scratch: Vec<Point>,
}

/// A zone's rings as far as they matter inside a window.
pub struct ZonePart {
    rings: Vec<(Vec<Point>, f64)>,
}

impl ZonePart {
    /// Drops every vertex that, with both its neighbours, lies beyond one side of the window. Inside the window the zone stays exactly
    /// what it was, to the bit: the edges that reach it are kept as they are.
    pub fn new(zone: Shape<'_>, window: Extent) -> ZonePart {
        let rings = zone
            .rings()
            .filter_map(|ring| {
                let points = reduce(ring, window);
                (points.len() >= 4).then(|| (points, ring_sign(ring)))
            })
            .collect();
        ZonePart { rings }
    }

    pub fn is_empty(&self) -> bool {
        self.rings.is_empty()
    }

    /// Whether an edge of the zone reaches the box; a box no edge reaches lies wholly inside or wholly outside.
    fn edge_reaches(&self, extent: Extent) -> bool {
        self.rings.iter().any(|(points, _)| points.windows(2).any(|pair| Extent::of(pair).touches(extent)))
    }

    fn covers(&self, point: Point) -> bool {
        let inside = self.rings.iter().filter(|(points, _)| ring_side(points, point) != Side::Outside).count();
        inside % 2 == 1
    }
}

impl Overlap {
    /// The area in m² that a unit of area `unit_area` and box `extent` shares with a zone. Depends on the unit and the zone alone, not on
    /// the window the zone was reduced to.
    pub fn area(&mut self, unit: Shape<'_>, unit_area: f64, extent: Extent, zone: &ZonePart) -> f64 {
        if !zone.edge_reaches(extent) {
            return if zone.covers(extent.min) { unit_area } else { 0.0 };
        }
        self.zone_edges.clear();
        for (points, sign) in &zone.rings {
            ring_to_box(points, extent, &mut self.clipped, &mut self.scratch);
            push_edges(&mut self.zone_edges, &self.clipped, *sign, extent.min);
        }
        if self.zone_edges.is_empty() {
            return 0.0;
        }
        self.unit_edges.clear();
        for ring in unit.rings() {
            push_edges(&mut self.unit_edges, ring.points, ring_sign(ring), extent.min);
        }
        let sum: f64 = self.unit_edges.iter().map(|edge| edge.sign * below_both(edge, &self.zone_edges)).sum();
        sum.clamp(0.0, unit_area)
    }
}

impl Overlap {
    /// The area in m² that two polygons share, as unrounded sums give it (a touching pair may come out some 1e-9 m² off 0). `window` is
    /// what their boxes share: only edges above or below it are looked at, so neighbours cost a few pairs of edges.
    pub fn area_of_pair(&mut self, one: Shape<'_>, other: Shape<'_>, window: Extent) -> f64 {
        push_edges_over(&mut self.unit_edges, one, window);
        push_edges_over(&mut self.zone_edges, other, window);
        self.unit_edges.iter().map(|edge| edge.sign * below_both(edge, &self.zone_edges)).sum::<f64>().max(0.0)
    }
}

/// The edges over the window's stretch of x, cut to it, about the window's corner.
fn push_edges_over(edges: &mut Vec<Edge>, shape: Shape<'_>, window: Extent) {
    edges.clear();
    let (origin, width) = (window.min, window.max.x - window.min.x);
    for ring in shape.rings() {
        let before = edges.len();
        let Some(&first) = ring.points.first() else { continue };
        let (mut a, mut doubled) = (Point::new(first.x - origin.x, first.y - origin.y), 0.0);
        for point in &ring.points[1..] {
            let b = Point::new(point.x - origin.x, point.y - origin.y);
            doubled += a.x * b.y - b.x * a.y;
            let (low, high, sign) = if a.x < b.x { (a, b, -1.0) } else { (b, a, 1.0) };
            let (left, right) = (low.x.max(0.0), high.x.min(width));
            if left < right {
                let slope = (high.y - low.y) / (high.x - low.x);
                edges.push(Edge { left, right, height: low.y + slope * (left - low.x), slope, sign });
            }
            a = b;
        }
        // As `ring_sign`: exterior rings count up and holes down, whichever way they run.
        if (doubled >= 0.0) != ring.outer {
            edges[before..].iter_mut().for_each(|edge| edge.sign = -edge.sign);
        }
    }
}

/// The ring closed, less the vertices that lie beyond one side of the window together with both neighbours.
fn reduce(ring: Ring<'_>, window: Extent) -> Vec<Point> {
    let points = ring.points;
    let mut kept: Vec<Point> = Vec::new();
    for (at, &point) in points.iter().enumerate() {
        let next = points.get(at + 1).copied();
        let dropped = match (kept.last(), next) {
            (Some(&before), Some(next)) => beyond(before, window) & beyond(point, window) & beyond(next, window) != 0,
            _ => false,
        };
        if !dropped {
            kept.push(point);
        }
    }
    let all_beyond = kept.iter().fold(0b1111, |sides, &point| sides & beyond(point, window)) != 0;
    if all_beyond { Vec::new() } else { kept }
}

/// The sides of the window a point lies beyond, one bit each.
fn beyond(point: Point, window: Extent) -> u8 {
    u8::from(point.x < window.min.x)
        | u8::from(point.x > window.max.x) << 1
        | u8::from(point.y < window.min.y) << 2
        | u8::from(point.y > window.max.y) << 3
}

fn push_edges(edges: &mut Vec<Edge>, ring: &[Point], ring_sign: f64, origin: Point) {
    for pair in ring.windows(2) {
        let (a, b) = (pair[0], pair[1]);
        if a.x == b.x {
            continue;
        }
        let (left, right, sign) = if a.x < b.x { (a, b, -ring_sign) } else { (b, a, ring_sign) };
        edges.push(Edge {
            left: left.x - origin.x,
            right: right.x - origin.x,
            height: left.y - origin.y,
            slope: (right.y - left.y) / (right.x - left.x),
            sign,
        });
    }
}

/// The signed area below one edge and below the zone's edges.
fn below_both(edge: &Edge, zone: &[Edge]) -> f64 {
    let mut sum = 0.0;
    for other in zone {
        let (from, to) = (edge.left.max(other.left), edge.right.min(other.right));
        if from >= to {
            continue;
        }
        let (a0, a1) = (edge.height + edge.slope * (from - edge.left), edge.height + edge.slope * (to - edge.left));
        let (b0, b1) =
            (other.height + other.slope * (from - other.left), other.height + other.slope * (to - other.left));
        sum += other.sign * (to - from) * lower_mean(a0, a1, b0, b1);
    }
    sum
}

/// The mean of the lower of two straight lines that run from `a0` to `a1` and from `b0` to `b1`.
fn lower_mean(a0: f64, a1: f64, b0: f64, b1: f64) -> f64 {
    let (start, end) = (a0 - b0, a1 - b1);
    if start <= 0.0 && end <= 0.0 {
        return (a0 + a1) / 2.0;
    }
    if start >= 0.0 && end >= 0.0 {
        return (b0 + b1) / 2.0;
    }
    let crossing = start / (start - end);
    let (first, second) = if start < 0.0 { (a0, b1) } else { (b0, a1) };
    let met = a0 + (a1 - a0) * crossing;
    (first + met) / 2.0 * crossing + (met + second) / 2.0 * (1.0 - crossing)
}

#[cfg(test)]
#[path = "overlap_tests.rs"]
mod tests;
