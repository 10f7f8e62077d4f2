//! A geometry as GeoPackages hold it: a header with the system and the box, then WKB (OGC 12-128, "GeoPackageBinary").

use crate::space::{Extent, Kind, Shape, wkb};

const LITTLE_ENDIAN: u8 = 0x01;
const WITH_BOX: u8 = 0x02;
const EMPTY: u8 = 0x10;

/// Appends the blob of a feature in box `extent`; points carry no box, it would only repeat them.
pub fn write(shape: Shape<'_>, extent: Extent, srs_id: i32, multi: bool, out: &mut Vec<u8>) {
    let boxed = !shape.is_empty() && (shape.kind != Kind::Point || multi);
    let flags = LITTLE_ENDIAN | if boxed { WITH_BOX } else { 0 } | if shape.is_empty() { EMPTY } else { 0 };
    out.extend_from_slice(&[b'G', b'P', 0, flags]);
    out.extend_from_slice(&srs_id.to_le_bytes());
    if boxed {
        for value in [extent.min.x, extent.max.x, extent.min.y, extent.max.y] {
            out.extend_from_slice(&value.to_le_bytes());
        }
    }
    match shape.kind {
        Kind::Point if shape.is_empty() && !multi => {
            // A point without place, in the type the layer declares: POINT (NaN NaN).
            out.extend_from_slice(&[1, 1, 0, 0, 0]);
            out.extend_from_slice(&f64::NAN.to_le_bytes());
            out.extend_from_slice(&f64::NAN.to_le_bytes());
        }
        Kind::Line if shape.is_empty() && !multi => out.extend_from_slice(&[1, 2, 0, 0, 0, 0, 0, 0, 0]),
        _ => wkb::write(shape, multi, out),
    }
}
