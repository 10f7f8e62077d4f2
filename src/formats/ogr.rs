//! Layers that GDAL writes, feature by feature: what has no writer of its own here.

use super::Table;
use super::table::{CellKind, Cells};
use crate::land::column::Value;
use crate::land::{Fault, Outcome, cancel};
use crate::say;
use crate::space::{Crs, Kind, wkb};
use gdal::Dataset;
use gdal::errors::GdalError;
use gdal::spatial_ref::{AxisMappingStrategy, SpatialRef};
use gdal::vector::{Feature, FieldDefn, Geometry, LayerAccess, LayerOptions, OGRFieldType, OGRwkbGeometryType};

/// Features between two looks at whether the work was cancelled.
const STEP: usize = 4096;

/// Adds a table as a layer; geometries are of the multi-part type throughout where any has several parts. `place` is what faults call the target.
///
/// # Errors
/// `gdal`, `cancelled`.
pub(super) fn add(dataset: &mut Dataset, table: &Table<'_>, options: &[&str], place: &str) -> Outcome<()> {
    let failed = |error: GdalError| fault(&error, &table.name, place);
    let srs = table.crs.filter(|_| table.shapes.is_some()).map(spatial_ref).transpose().map_err(failed)?;
    let multi = table.shapes.is_some_and(|shapes| shapes.iter().any(|shape| shape.parts() > 1));
    let ty = table.shapes.map_or(OGRwkbGeometryType::wkbNone, |shapes| geometry_type(shapes.kind, multi));
    let how = LayerOptions { name: &table.name, srs: srs.as_ref(), ty, options: Some(options) };
    let layer = dataset.create_layer(how).map_err(failed)?;
    for field in &table.fields {
        let defined = FieldDefn::new(&field.name, field_type(&field.cells)).map_err(failed)?;
        defined.add_to_layer(&layer).map_err(failed)?;
    }
    let mut bytes = Vec::new();
    for row in 0..table.rows {
        if row % STEP == 0 {
            cancel::checkpoint()?;
        }
        let mut feature = Feature::new(layer.defn()).map_err(failed)?;
        for (at, field) in table.fields.iter().enumerate() {
            match field.cells.get(row) {
                Value::None => feature.set_field_null(at),
                Value::Int(value) => feature.set_field_integer64(at, value),
                Value::Real(value) => feature.set_field_double(at, value),
                Value::Text(value) => feature.set_field_string(at, &value.replace('\0', " ")),
            }
            .map_err(failed)?;
        }
        if let Some(shape) = table.shapes.map(|shapes| shapes.get(row)).filter(|shape| !shape.is_empty()) {
            bytes.clear();
            wkb::write(shape, multi, &mut bytes);
            let geometry = Geometry::from_wkb(&bytes).map_err(failed)?;
            feature.set_geometry(geometry).map_err(failed)?;
        }
        feature.create(&layer).map_err(failed)?;
    }
    Ok(())
}

pub(super) fn fault(error: &GdalError, name: &str, place: &str) -> Fault {
    Fault::new(
        "gdal",
        say!("GDAL cannot write the layer \"{name}\": {error}", "GDAL 无法写出图层「{name}」:{error}"),
        say!(
            "check the target, the names of the layer and its fields, and its coordinate reference system",
            "请检查写出位置、图层名、字段名和坐标系"
        ),
    )
    .at(place)
}

pub(super) fn spatial_ref(crs: &Crs) -> Result<SpatialRef, GdalError> {
    let mut srs = match crs.epsg {
        Some(code) => SpatialRef::from_epsg(code)?,
        None => SpatialRef::from_wkt(&crs.wkt)?,
    };
    srs.set_axis_mapping_strategy(AxisMappingStrategy::TraditionalGisOrder);
    Ok(srs)
}

pub(super) fn geometry_type(kind: Kind, multi: bool) -> OGRwkbGeometryType::Type {
    match (kind, multi) {
        (Kind::Point, false) => OGRwkbGeometryType::wkbPoint,
        (Kind::Point, true) => OGRwkbGeometryType::wkbMultiPoint,
        (Kind::Line, false) => OGRwkbGeometryType::wkbLineString,
        (Kind::Line, true) => OGRwkbGeometryType::wkbMultiLineString,
        (Kind::Polygon, false) => OGRwkbGeometryType::wkbPolygon,
        (Kind::Polygon, true) => OGRwkbGeometryType::wkbMultiPolygon,
    }
}

pub(super) fn field_type(cells: &Cells<'_>) -> OGRFieldType::Type {
    match (cells, cells.kind()) {
        // Grades fit 32 bits, which more readers take as whole numbers.
        (Cells::Small(_), _) => OGRFieldType::OFTInteger,
        (_, CellKind::Int) => OGRFieldType::OFTInteger64,
        (_, CellKind::Real) => OGRFieldType::OFTReal,
        (_, CellKind::Text) => OGRFieldType::OFTString,
    }
}
