//! The geometry column and the `geo` metadata that describes it (GeoParquet 1.1).

use super::GEOMETRY;
use crate::space::{Crs, Kind, Shapes, wkb};
use arrow::array::{ArrayRef, LargeBinaryArray};
use arrow::buffer::{Buffer, NullBuffer, OffsetBuffer, ScalarBuffer};
use serde_json::{Value, json};
use std::ops::Range;
use std::sync::Arc;

/// The geometries of some rows as WKB; a feature without coordinates is null.
pub(super) fn array(shapes: &Shapes, rows: Range<usize>) -> ArrayRef {
    let mut bytes = Vec::new();
    let mut offsets = Vec::with_capacity(rows.len() + 1);
    let mut present = Vec::with_capacity(rows.len());
    offsets.push(0i64);
    for row in rows {
        let shape = shapes.get(row);
        present.push(!shape.is_empty());
        if !shape.is_empty() {
            wkb::write(shape, false, &mut bytes);
        }
        offsets.push(bytes.len() as i64);
    }
    let nulls = NullBuffer::from(present);
    let nulls = (nulls.null_count() > 0).then_some(nulls);
    Arc::new(LargeBinaryArray::new(OffsetBuffer::new(ScalarBuffer::from(offsets)), Buffer::from_vec(bytes), nulls))
}

/// The metadata: version, the one geometry column, its encoding, types, extent and system (PROJJSON; null where PROJ has none).
pub(super) fn metadata(shapes: &Shapes, crs: Option<&Crs>) -> String {
    let crs = crs.and_then(Crs::projjson).and_then(|text| serde_json::from_str::<Value>(&text).ok());
    let mut column = json!({
        "encoding": "WKB",
        "geometry_types": types(shapes),
        "edges": "planar",
        "crs": crs,
    });
    let extent = shapes.extent();
    if !extent.is_empty() {
        column["bbox"] = json!([extent.min.x, extent.min.y, extent.max.x, extent.max.y]);
    }
    let mut columns = serde_json::Map::new();
    columns.insert(GEOMETRY.to_string(), column);
    json!({ "version": "1.1.0", "primary_column": GEOMETRY, "columns": columns }).to_string()
}

/// The geometry types there are, the simple one first; the kind's simple type where nothing has coordinates.
fn types(shapes: &Shapes) -> Vec<&'static str> {
    let [simple, multi] = names(shapes.kind);
    let several = shapes.iter().any(|shape| shape.parts() > 1);
    let single = shapes.iter().any(|shape| shape.parts() == 1);
    match (single, several) {
        (true, true) => vec![simple, multi],
        (false, true) => vec![multi],
        (_, false) => vec![simple],
    }
}

fn names(kind: Kind) -> [&'static str; 2] {
    match kind {
        Kind::Point => ["Point", "MultiPoint"],
        Kind::Line => ["LineString", "MultiLineString"],
        Kind::Polygon => ["Polygon", "MultiPolygon"],
    }
}

/// The kind of a file's geometries by its `geo` metadata; `None` where they are of several kinds or none is stated.
pub(super) fn kind(metadata: &str) -> Option<Kind> {
    let metadata: Value = serde_json::from_str(metadata).ok()?;
    let types = metadata.pointer(&format!("/columns/{GEOMETRY}/geometry_types"))?.as_array()?;
    let of = |name: &Value| {
        [Kind::Point, Kind::Line, Kind::Polygon].into_iter().find(|kind| names(*kind).iter().any(|known| name == known))
    };
    let first = of(types.first()?)?;
    types.iter().all(|name| of(name) == Some(first)).then_some(first)
}
