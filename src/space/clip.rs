//! Polygons cut to axis-parallel boxes.

use super::coverage::Coverage;
use super::{Extent, Kind, Point, Shape, Shapes};

/// Sutherland–Hodgman: the closed ring cut to the box, into `out`. Where it leaves the box and comes back, stretches along the box's sides
/// join the pieces; run there and back, they enclose nothing and cancel in signed sums.
pub fn ring_to_box(ring: &[Point], extent: Extent, out: &mut Vec<Point>, scratch: &mut Vec<Point>) {
    cut(ring, out, |p| p.x - extent.min.x, |a, b| Point::new(extent.min.x, level(a.x, a.y, b.x, b.y, extent.min.x)));
    cut(out, scratch, |p| extent.max.x - p.x, |a, b| Point::new(extent.max.x, level(a.x, a.y, b.x, b.y, extent.max.x)));
    cut(scratch, out, |p| p.y - extent.min.y, |a, b| Point::new(level(a.y, a.x, b.y, b.x, extent.min.y), extent.min.y));
    cut(out, scratch, |p| extent.max.y - p.y, |a, b| Point::new(level(a.y, a.x, b.y, b.x, extent.max.y), extent.max.y));
    std::mem::swap(out, scratch);
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
