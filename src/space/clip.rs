//! Polygons cut to axis-parallel boxes.

use super::coverage::Coverage;
use super::{Extent, Kind, Point, Shape, Shapes};

/// Sutherland–Hodgman: the closed ring cut to the box, into `out`; empty where nothing of it is left. Where it leaves the box and comes back,
/// the shortest stretch along the box's sides joins the pieces, so that the way it takes outside changes nothing; stretches that several
/// pieces run along there and back enclose nothing and cancel in signed sums.
pub fn ring_to_box(ring: &[Point], extent: Extent, out: &mut Vec<Point>, scratch: &mut Vec<Point>) {
    cut(ring, out, |p| p.x - extent.min.x, |a, b| Point::new(extent.min.x, level(a.x, a.y, b.x, b.y, extent.min.x)));
    cut(out, scratch, |p| extent.max.x - p.x, |a, b| Point::new(extent.max.x, level(a.x, a.y, b.x, b.y, extent.max.x)));
    cut(scratch, out, |p| p.y - extent.min.y, |a, b| Point::new(level(a.y, a.x, b.y, b.x, extent.min.y), extent.min.y));
    cut(out, scratch, |p| extent.max.y - p.y, |a, b| Point::new(level(a.y, a.x, b.y, b.x, extent.max.y), extent.max.y));
    std::mem::swap(out, scratch);
    tidy(out, extent);
}

/// Leaves out what a closed ring runs along the box's sides there and back, and corners between two stretches of one side; starts it at its
/// lowest corner.
fn tidy(ring: &mut Vec<Point>, extent: Extent) {
    let on = |value: fn(&Point) -> f64, side: f64, points: [Point; 3]| points.iter().all(|point| value(point) == side);
    let along = |points: [Point; 3]| {
        on(|p| p.x, extent.min.x, points)
            || on(|p| p.x, extent.max.x, points)
            || on(|p| p.y, extent.min.y, points)
            || on(|p| p.y, extent.max.y, points)
    };
    ring.pop();
    let mut count = 0;
    for at in 0..ring.len() {
        let point = ring[at];
        while count >= 2 && along([ring[count - 2], ring[count - 1], point]) {
            count -= 1;
        }
        if count == 0 || ring[count - 1] != point {
            ring[count] = point;
            count += 1;
        }
    }
    let mut first = 0;
    while count - first >= 3 {
        let (a, b) = (ring[count - 2], ring[count - 1]);
        if b == ring[first] || along([a, b, ring[first]]) {
            count -= 1;
        } else if along([b, ring[first], ring[first + 1]]) {
            first += 1;
        } else {
            break;
        }
    }
    if count - first < 3 {
        ring.clear();
        return;
    }
    ring.truncate(count);
    ring.drain(..first);
    let lower = |a: &Point, b: &Point| a.x.total_cmp(&b.x).then(a.y.total_cmp(&b.y));
    let lowest = (0..ring.len()).min_by(|&a, &b| lower(&ring[a], &ring[b])).unwrap_or(0);
    ring.rotate_left(lowest);
    ring.push(ring[0]);
}

fn level(x0: f64, y0: f64, x1: f64, y1: f64, x: f64) -> f64 {
    y0 + (y1 - y0) * ((x - x0) / (x1 - x0))
}

fn cut(ring: &[Point], out: &mut Vec<Point>, inner: impl Fn(Point) -> f64, cross: impl Fn(Point, Point) -> Point) {
    out.clear();
    for pair in ring.windows(2) {
        let (a, b) = (pair[0], pair[1]);
        let (a_in, b_in) = (inner(a) >= 0.0, inner(b) >= 0.0);
        if a_in {
            out.push(a);
        }
        if a_in != b_in {
            out.push(cross(a, b));
        }
    }
    if let Some(&first) = out.first() {
        out.push(first);
    }
}

/// A polygon cut to a box, as one feature whose pieces may hang together by stretches along the box's sides; see [`parts`]. Crossings with
/// the box's sides lie on them to the bit.
pub fn to_box(shape: Shape<'_>, extent: Extent) -> Shapes {
    let (mut cut, mut ring_points, mut scratch) = (Shapes::new(Kind::Polygon), Vec::new(), Vec::new());
    for ring in shape.rings().filter(|ring| Extent::of(ring.points).touches(extent)) {
        ring_to_box(ring.points, extent, &mut ring_points, &mut scratch);
        if ring_points.len() >= 4 {
            cut.push_ring(&ring_points, ring.outer);
        }
    }
    cut.end_feature();
    cut
}

/// The connected parts of a feature, each a polygon of its own: what runs there and back is gone, rings that lie along each other are one.
pub fn parts(shape: Shape<'_>, tolerance: f64) -> Shapes {
    let mut one = Shapes::new(Kind::Polygon);
    one.push_shape(shape);
    Coverage::new(&one, &[0], tolerance).dissolve(&[1], 0.0).shapes
}

#[cfg(test)]
#[path = "clip_tests.rs"]
mod tests;
