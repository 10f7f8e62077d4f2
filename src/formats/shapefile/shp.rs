//! The geometry of a shapefile and its index (ESRI Shapefile Technical Description, July 1998).

use crate::formats::tally::Tally;
use crate::scale;
use crate::space::measure::twice_signed_area;
use crate::space::{Extent, Kind, Point, Shape, Shapes};
use std::ops::Range;

/// Bytes of the header of both files.
pub(super) const HEADER: u64 = 100;
/// Bytes of a record's entry in the index.
pub(super) const INDEX_ENTRY: u64 = 8;

/// What the whole layer is: its type, its box, and where each chunk of records begins.
pub(super) struct Plan {
    kind: ShapeType,
    extent: Extent,
    /// The offset of each chunk's first record, and of the end.
    starts: Vec<u64>,
    chunk: usize,
    /// Features whose coordinates are no numbers.
    pub bad_places: Tally,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum ShapeType {
    Point = 1,
    Line = 3,
    Polygon = 5,
    MultiPoint = 8,
}

/// Looks at every feature once.
pub(super) fn plan(shapes: &Shapes, chunk: usize) -> Plan {
    let several = || shapes.iter().any(|shape| shape.points().len() > 1);
    let kind = match shapes.kind {
        Kind::Point if several() => ShapeType::MultiPoint,
        Kind::Point => ShapeType::Point,
        Kind::Line => ShapeType::Line,
        Kind::Polygon => ShapeType::Polygon,
    };
    let parts = scale::chunks(shapes.len(), chunk, |range| {
        let (mut bytes, mut extent, mut bad) = (0, Extent::EMPTY, Tally::default());
        for row in range {
            let shape = shapes.get(row);
            bytes += 8 + kind.content_length(shape);
            if is_drawn(shape) {
                extent = extent.union(shape.extent());
            } else if !shape.is_empty() {
                bad.note(row);
            }
        }
        (bytes as u64, extent, bad)
    });
    let mut plan = Plan { kind, extent: Extent::EMPTY, starts: vec![HEADER], chunk, bad_places: Tally::default() };
    let mut end = HEADER;
    for (bytes, extent, bad) in parts {
        end += bytes;
        plan.starts.push(end);
        plan.extent = if extent.is_empty() { plan.extent } else { plan.extent.union(extent) };
        plan.bad_places.join(bad);
    }
    plan
}

impl Plan {
    /// Bytes of the whole `.shp` file.
    pub fn length(&self) -> u64 {
        self.starts.last().copied().unwrap_or(HEADER)
    }

    /// The header of a file of `length` bytes.
    pub fn header(&self, length: u64) -> Vec<u8> {
        let mut out = Vec::with_capacity(HEADER as usize);
        out.extend_from_slice(&9994_i32.to_be_bytes());
        out.extend_from_slice(&[0; 20]);
        out.extend_from_slice(&words(length).to_be_bytes());
        out.extend_from_slice(&1000_i32.to_le_bytes());
        out.extend_from_slice(&(self.kind as i32).to_le_bytes());
        let extent = if self.extent.is_empty() { Extent::of(&[Point::default()]) } else { self.extent };
        push_extent(&mut out, extent);
        out.extend_from_slice(&[0; 32]);
        out
    }

    /// The records of one chunk, and their entries in the index.
    pub fn records(&self, shapes: &Shapes, range: Range<usize>) -> (Vec<u8>, Vec<u8>) {
        let chunk = range.start / self.chunk;
        let (start, end) = (self.starts[chunk], self.starts[chunk + 1]);
        let mut records = Vec::with_capacity((end - start) as usize);
        let mut index = Vec::with_capacity(range.len() * INDEX_ENTRY as usize);
        for row in range {
            let shape = shapes.get(row);
            let length = words(self.kind.content_length(shape) as u64).to_be_bytes();
            index.extend_from_slice(&words(start + records.len() as u64).to_be_bytes());
            index.extend_from_slice(&length);
            records.extend_from_slice(&(row as i32 + 1).to_be_bytes());
            records.extend_from_slice(&length);
            self.kind.push(&mut records, shape);
        }
        debug_assert_eq!(records.len() as u64, end - start);
        (records, index)
    }
}

/// A length or an offset in 16-bit words; the caller has checked that the file stays below 2 GB.
fn words(bytes: u64) -> i32 {
    (bytes / 2) as i32
}

/// Whether a feature has a geometry that can be written; others get the null shape.
fn is_drawn(shape: Shape<'_>) -> bool {
    !shape.is_empty() && shape.points().iter().all(|point| point.x.is_finite() && point.y.is_finite())
}

impl ShapeType {
    fn content_length(self, shape: Shape<'_>) -> usize {
        if !is_drawn(shape) {
            return 4;
        }
        match self {
            ShapeType::Point => 20,
            ShapeType::MultiPoint => 40 + 16 * shape.points().len(),
            ShapeType::Line | ShapeType::Polygon => 44 + 4 * shape.ring_count() + 16 * shape.points().len(),
        }
    }

    fn push(self, out: &mut Vec<u8>, shape: Shape<'_>) {
        if !is_drawn(shape) {
            out.extend_from_slice(&0_i32.to_le_bytes());
            return;
        }
        out.extend_from_slice(&(self as i32).to_le_bytes());
        if self == ShapeType::Point {
            push_places(out, shape.points().iter());
            return;
        }
        push_extent(out, shape.extent());
        if self != ShapeType::MultiPoint {
            out.extend_from_slice(&(shape.ring_count() as i32).to_le_bytes());
        }
        out.extend_from_slice(&(shape.points().len() as i32).to_le_bytes());
        if self == ShapeType::MultiPoint {
            push_places(out, shape.points().iter());
            return;
        }
        let mut first = 0;
        for ring in shape.rings() {
            out.extend_from_slice(&(first as i32).to_le_bytes());
            first += ring.points.len();
        }
        for (at, ring) in shape.rings().enumerate() {
            // Exterior rings run clockwise, holes counter-clockwise, the opposite of RFC 7946.
            let doubled = if self == ShapeType::Polygon { twice_signed_area(ring.points) } else { 0.0 };
            if doubled != 0.0 && (doubled < 0.0) != (ring.outer || at == 0) {
                push_places(out, ring.points.iter().rev());
            } else {
                push_places(out, ring.points.iter());
            }
        }
    }
}

fn push_places<'a>(out: &mut Vec<u8>, points: impl Iterator<Item = &'a Point>) {
    for point in points {
        let mut bytes = [0; 16];
        bytes[..8].copy_from_slice(&point.x.to_le_bytes());
        bytes[8..].copy_from_slice(&point.y.to_le_bytes());
        out.extend_from_slice(&bytes);
    }
}

fn push_extent(out: &mut Vec<u8>, extent: Extent) {
    push_places(out, [extent.min, extent.max].iter());
}
