//! Geometry in GeoJSON's words.

use crate::formats::digits;
use crate::space::measure::twice_signed_area;
use crate::space::{Kind, Point, Shape};

/// How coordinates are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Print {
    /// Shortest digits that read back the same; rings as they are.
    Full,
    /// At most 8 decimals; exterior rings counter-clockwise, holes clockwise (RFC 7946, section 3.1.6).
    Degrees,
}

/// Appends a feature's geometry, its coordinates taken from `points` (as many as the shape has, in its order); gives how
/// many rings were turned. The shape must not be empty.
pub(super) fn push(out: &mut Vec<u8>, shape: Shape<'_>, points: &[Point], print: Print) -> usize {
    match shape.kind {
        Kind::Point if points.len() == 1 => {
            out.extend_from_slice(b"{\"type\":\"Point\",\"coordinates\":");
            place(out, points[0], print);
            out.push(b'}');
            0
        }
        Kind::Point => {
            out.extend_from_slice(b"{\"type\":\"MultiPoint\",\"coordinates\":");
            places(out, points.iter(), print);
            out.push(b'}');
            0
        }
        Kind::Line => {
            lines(out, shape, points, print);
            0
        }
        Kind::Polygon => polygons(out, shape, points, print),
    }
}

fn lines(out: &mut Vec<u8>, shape: Shape<'_>, points: &[Point], print: Print) {
    let several = shape.ring_count() > 1;
    let (head, tail): (&[u8], &[u8]) = if several {
        (b"{\"type\":\"MultiLineString\",\"coordinates\":[", b"]}")
    } else {
        (b"{\"type\":\"LineString\",\"coordinates\":", b"}")
    };
    out.extend_from_slice(head);
    for (at, (path, _)) in rings(shape, points).enumerate() {
        if at > 0 {
            out.push(b',');
        }
        places(out, path.iter(), print);
    }
    out.extend_from_slice(tail);
}

fn polygons(out: &mut Vec<u8>, shape: Shape<'_>, points: &[Point], print: Print) -> usize {
    let several = rings(shape, points).filter(|(_, outer)| *outer).count() > 1;
    let (head, tail): (&[u8], &[u8]) = if several {
        (b"{\"type\":\"MultiPolygon\",\"coordinates\":[[", b"]]}")
    } else {
        (b"{\"type\":\"Polygon\",\"coordinates\":[", b"]}")
    };
    out.extend_from_slice(head);
    let mut turned = 0;
    for (at, (ring, outer)) in rings(shape, points).enumerate() {
        match (at, outer) {
            (0, _) => {}
            (_, true) => out.extend_from_slice(b"],["),
            (_, false) => out.push(b','),
        }
        let doubled = if print == Print::Degrees { twice_signed_area(ring) } else { 0.0 };
        if doubled != 0.0 && (doubled > 0.0) != outer {
            turned += 1;
            places(out, ring.iter().rev(), print);
        } else {
            places(out, ring.iter(), print);
        }
    }
    out.extend_from_slice(tail);
    turned
}

/// The rings of the shape cut from `points`, and whether each opens a polygon; the first always does.
fn rings<'a>(shape: Shape<'a>, points: &'a [Point]) -> impl Iterator<Item = (&'a [Point], bool)> {
    let mut rest = points;
    shape.rings().enumerate().map(move |(at, ring)| {
        let (own, after) = rest.split_at(ring.points.len());
        rest = after;
        (own, ring.outer || at == 0)
    })
}

fn places<'a>(out: &mut Vec<u8>, points: impl Iterator<Item = &'a Point>, print: Print) {
    out.push(b'[');
    for (at, &point) in points.enumerate() {
        if at > 0 {
            out.push(b',');
        }
        place(out, point, print);
    }
    out.push(b']');
}

fn place(out: &mut Vec<u8>, point: Point, print: Print) {
    out.push(b'[');
    number(out, point.x, print);
    out.push(b',');
    number(out, point.y, print);
    out.push(b']');
}

fn number(out: &mut Vec<u8>, value: f64, print: Print) {
    match print {
        Print::Full => out.extend_from_slice(zmij::Buffer::new().format_finite(value).as_bytes()),
        Print::Degrees => digits::push_fixed(out, value, 8),
    }
}
