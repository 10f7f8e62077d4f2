//! Well-known binary, read straight into flat arrays and written from them (little-endian, two-dimensional).

use super::{Kind, Point, Ring, Shape, Shapes};

/// What a geometry's bytes turned out to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Read {
    /// Appended as the next feature; `lifted` says that it carried heights or measures, which were left out, `closed` that a ring's last
    /// point was not its first and the first was added.
    Done { lifted: bool, closed: bool },
    /// The geometry has no coordinates: an empty feature was appended.
    Empty,
    /// Another kind of geometry than the layer's, by its WKB type number: an empty feature was appended.
    OtherKind(u32),
    /// The bytes end early or make no sense: an empty feature was appended.
    Broken,
}

/// Appends one geometry as the next feature of `shapes`. A ring whose last point is not its first is closed.
pub fn read(bytes: &[u8], shapes: &mut Shapes) -> Read {
    let mut cursor = Cursor { bytes, at: 0, little: true };
    let mut changes = Changes::default();
    let before = shapes.point_count();
    let outcome = read_geometry(&mut cursor, shapes, &mut changes, true);
    if !matches!(outcome, Some(Ok(()))) {
        shapes.drop_unfinished();
    }
    shapes.end_feature();
    match outcome {
        Some(Ok(())) if shapes.point_count() == before => Read::Empty,
        Some(Ok(())) => Read::Done { lifted: changes.lifted, closed: changes.closed },
        Some(Err(other)) => Read::OtherKind(other),
        None => Read::Broken,
    }
}

#[derive(Default)]
struct Changes {
    lifted: bool,
    closed: bool,
}

struct Cursor<'a> {
    bytes: &'a [u8],
    at: usize,
    little: bool,
}

impl Cursor<'_> {
    fn take<const N: usize>(&mut self) -> Option<[u8; N]> {
        let taken = self.bytes.get(self.at..self.at + N)?.try_into().ok()?;
        self.at += N;
        Some(taken)
    }

    fn u32(&mut self) -> Option<u32> {
        let bytes = self.take()?;
        Some(if self.little { u32::from_le_bytes(bytes) } else { u32::from_be_bytes(bytes) })
    }

    fn f64(&mut self) -> Option<f64> {
        let bytes = self.take()?;
        Some(if self.little { f64::from_le_bytes(bytes) } else { f64::from_be_bytes(bytes) })
    }

    /// A count of things that take at least `size` bytes each: refused where the bytes cannot hold them.
    fn count(&mut self, size: usize) -> Option<usize> {
        let count = self.u32()? as usize;
        (count.checked_mul(size)? <= self.bytes.len() - self.at).then_some(count)
    }
}

/// `None`: broken bytes. `Some(Err(type))`: another kind.
fn read_geometry(
    cursor: &mut Cursor<'_>,
    shapes: &mut Shapes,
    changes: &mut Changes,
    top: bool,
) -> Option<Result<(), u32>> {
    cursor.little = cursor.take::<1>()?[0] == 1;
    let code = cursor.u32()?;
    // ISO: +1000 Z, +2000 M, +3000 ZM; extended: high bits.
    let extended = code & 0xe000_0000;
    if extended & 0x2000_0000 != 0 {
        cursor.u32()?;
    }
    let iso = (code & 0x0fff_ffff) / 1000;
    let extra = usize::from(iso == 1 || iso == 3 || extended & 0x8000_0000 != 0)
        + usize::from(iso == 2 || iso == 3 || extended & 0x4000_0000 != 0);
    changes.lifted |= extra > 0;
    let code = (code & 0x0fff_ffff) % 1000;
    match (code, shapes.kind) {
        (1, Kind::Point) => {
            let point = read_point(cursor, extra)?;
            if point.x.is_nan() && point.y.is_nan() {
                return Some(Ok(()));
            }
            shapes.push_ring(&[point], true);
        }
        (2, Kind::Line) => {
            if read_points(cursor, extra, shapes)? > 0 {
                shapes.end_ring(true);
            }
        }
        (3, Kind::Polygon) => {
            for ring in 0..cursor.count(4)? {
                read_ring(cursor, extra, shapes, changes, ring == 0)?;
            }
        }
        // A polygon that may have arcs, each ring a geometry of its own: read where all are straight.
        (10, Kind::Polygon) => {
            for ring in 0..cursor.count(9)? {
                cursor.little = cursor.take::<1>()?[0] == 1;
                if (cursor.u32()? & 0x0fff_ffff) % 1000 != 2 {
                    return Some(Err(code));
                }
                read_ring(cursor, extra, shapes, changes, ring == 0)?;
            }
        }
        (4, Kind::Point) | (5 | 11, Kind::Line) | (6 | 12, Kind::Polygon) if top => {
            for _ in 0..cursor.count(9)? {
                match read_geometry(cursor, shapes, changes, false)? {
                    Ok(()) => {}
                    other => return Some(other),
                }
            }
        }
        (other, _) => return Some(Err(other)),
    }
    Some(Ok(()))
}

fn read_ring(
    cursor: &mut Cursor<'_>,
    extra: usize,
    shapes: &mut Shapes,
    changes: &mut Changes,
    outer: bool,
) -> Option<()> {
    let start = shapes.point_count();
    if read_points(cursor, extra, shapes)? > 0 {
        let first = shapes.points()[start];
        if shapes.points().last() != Some(&first) {
            shapes.push_point(first);
            changes.closed = true;
        }
        shapes.end_ring(outer);
    }
    Some(())
}

fn read_point(cursor: &mut Cursor<'_>, extra: usize) -> Option<Point> {
    let point = Point { x: cursor.f64()?, y: cursor.f64()? };
    for _ in 0..extra {
        cursor.f64()?;
    }
    Some(point)
}

fn read_points(cursor: &mut Cursor<'_>, extra: usize, shapes: &mut Shapes) -> Option<usize> {
    let count = cursor.count(16 + 8 * extra)?;
    if extra == 0 && cursor.little {
        let bytes = &cursor.bytes[cursor.at..cursor.at + 16 * count];
        for pair in bytes.chunks_exact(16) {
            let x = f64::from_le_bytes(pair[..8].try_into().expect("8 of 16 bytes"));
            let y = f64::from_le_bytes(pair[8..].try_into().expect("8 of 16 bytes"));
            shapes.push_point(Point { x, y });
        }
        cursor.at += 16 * count;
    } else {
        for _ in 0..count {
            let point = read_point(cursor, extra)?;
            shapes.push_point(point);
        }
    }
    Some(count)
}

/// Appends the WKB of a feature. Features of one part become simple geometries, unless `multi` asks for the multi-part type throughout;
/// an empty feature becomes an empty geometry.
pub fn write(shape: Shape<'_>, multi: bool, out: &mut Vec<u8>) {
    let base = match shape.kind {
        Kind::Point => 1u32,
        Kind::Line => 2,
        Kind::Polygon => 3,
    };
    if shape.parts() == 1 && !multi {
        header(base, out);
        write_part(&mut shape.rings().peekable(), shape.kind, shape.ring_count(), out);
        return;
    }
    if shape.parts() == 0 && !multi && base == 3 {
        header(base, out);
        out.extend_from_slice(&0u32.to_le_bytes());
        return;
    }
    header(base + 3, out);
    out.extend_from_slice(&(shape.parts() as u32).to_le_bytes());
    let mut rings = shape.rings().peekable();
    while rings.peek().is_some() {
        header(base, out);
        let count = 1 + rings.clone().skip(1).take_while(|ring| !ring.outer).count();
        write_part(&mut rings, shape.kind, count, out);
    }
}

fn header(code: u32, out: &mut Vec<u8>) {
    out.push(1);
    out.extend_from_slice(&code.to_le_bytes());
}

fn write_part<'a>(rings: &mut impl Iterator<Item = Ring<'a>>, kind: Kind, count: usize, out: &mut Vec<u8>) {
    if kind == Kind::Polygon {
        out.extend_from_slice(&(count as u32).to_le_bytes());
    }
    for ring in rings.take(count) {
        if kind != Kind::Point {
            out.extend_from_slice(&(ring.points.len() as u32).to_le_bytes());
        }
        for point in ring.points {
            out.extend_from_slice(&point.x.to_le_bytes());
            out.extend_from_slice(&point.y.to_le_bytes());
        }
    }
}

#[cfg(test)]
#[path = "wkb_tests.rs"]
mod tests;
