//! The fast way into drivers that hand out columns (GeoPackage, FlatGeobuf): Arrow batches instead of features.

use super::vector::{RawLayer, Trouble, unreadable};
use crate::land::{Fault, Outcome, Values, cancel};
use crate::say;
use crate::space::wkb;
use arrow::array::{Array, AsArray, RecordBatch, RecordBatchReader};
use arrow::compute::cast;
use arrow::datatypes::{DataType, Float64Type, Int64Type};
use arrow::ffi_stream::{ArrowArrayStreamReader, FFI_ArrowArrayStream};
use gdal::cpl::CslStringList;
use gdal::vector::{Layer, LayerAccess};
use std::ffi::c_char;
use std::path::Path;

/// Appends every feature of the layer to `raw`, whose columns are named and typed already.
pub(super) fn read(layer: &mut Layer<'_>, raw: &mut RawLayer, path: &Path) -> Outcome<()> {
    let mut options = CslStringList::new();
    let include = options.set_name_value("INCLUDE_FID", "YES");
    include.map_err(|error| unreadable(path, &error))?;
    let mut stream = FFI_ArrowArrayStream::empty();
    let pointer: *mut FFI_ArrowArrayStream = &mut stream;
    // SAFETY: both types are the C struct of the Arrow stream interface; GDAL fills in the empty one it is given.
    unsafe { layer.read_arrow_stream(pointer.cast(), &options) }.map_err(|error| unreadable(path, &error))?;
    stream.get_last_error = Some(said);
    let reader = ArrowArrayStreamReader::try_new(stream).map_err(|error| broken(path, &error))?;
    let schema = reader.schema();
    let place = |name: &str| schema.fields().iter().position(|field| field.name() == name);
    let geometry = schema.fields().iter().position(|field| {
        field.metadata().get("ARROW:extension:name").is_some_and(|name| name == "ogc.wkb" || name == "geoarrow.wkb")
    });
    let places: Vec<Option<usize>> = raw.columns.iter().map(|column| place(&column.name)).collect();
    let count = usize::try_from(layer.feature_count()).unwrap_or(0);
    let mut empty = 0;
    for batch in reader {
        cancel::checkpoint()?;
        let batch = batch.map_err(|error| broken(path, &error))?;
        // Where SQLite meets a damaged page, GDAL hands out batches without rows for ever.
        empty = if batch.num_rows() == 0 { empty + 1 } else { 0 };
        if empty > 1 {
            return Err(damaged(path, raw.rows.len()));
        }
        if raw.rows.is_empty() {
            raw.shapes.reserve(count, 0);
            raw.rows.reserve(count);
        }
        push_geometries(&batch, geometry.or_else(|| place("wkb_geometry")).or_else(|| place("geom")), raw, path)?;
        for (column, place) in raw.columns.iter_mut().zip(&places) {
            let array = place.map(|place| batch.column(place)).ok_or_else(|| absent(path, &column.name))?;
            push_values(&mut column.values, array, path)?;
        }
        let fids = batch.column(0);
        let first = raw.rows.len() as u64;
        match fids.as_primitive_opt::<Int64Type>() {
            Some(fids) => raw.rows.extend(fids.values().iter().map(|fid| *fid as u64)),
            None => raw.rows.extend(first..first + batch.num_rows() as u64),
        }
    }
    Ok(())
}

/// What is said of a batch that cannot be read: of a damaged GeoPackage GDAL says nothing, and the reader of the stream needs a word.
extern "C" fn said(_: *mut FFI_ArrowArrayStream) -> *const c_char {
    c"a row cannot be read".as_ptr()
}

fn push_geometries(batch: &RecordBatch, place: Option<usize>, raw: &mut RawLayer, path: &Path) -> Outcome<()> {
    let array = place.map(|place| batch.column(place)).ok_or_else(|| absent(path, "geometry"))?;
    let array = array.as_binary_opt::<i32>().ok_or_else(|| absent(path, "geometry"))?;
    for row in 0..array.len() {
        let feature = raw.shapes.len();
        if array.is_null(row) {
            raw.shapes.end_feature();
            raw.troubles.push((feature, Trouble::Null));
        } else {
            let troubles = Trouble::of(wkb::read(array.value(row), &mut raw.shapes));
            raw.troubles.extend(troubles.map(|trouble| (feature, trouble)));
        }
    }
    Ok(())
}

fn push_values(values: &mut Values, array: &dyn Array, path: &Path) -> Outcome<()> {
    let wanted = match values {
        Values::Int(_) => DataType::Int64,
        Values::Real(_) => DataType::Float64,
        Values::Text(_) => DataType::Utf8,
    };
    let cast = (array.data_type() != &wanted).then(|| cast(array, &wanted)).transpose();
    let cast = cast.map_err(|error| broken(path, &error))?;
    let array = cast.as_deref().unwrap_or(array);
    match values {
        Values::Int(values) => values.extend(array.as_primitive::<Int64Type>().iter()),
        Values::Real(values) => {
            values.extend(array.as_primitive::<Float64Type>().iter().map(|value| value.unwrap_or(f64::NAN)));
        }
        Values::Text(values) => {
            array.as_string::<i32>().iter().for_each(|text| values.push(text.unwrap_or_default()));
        }
    }
    Ok(())
}

fn broken(path: &Path, error: &arrow::error::ArrowError) -> Fault {
    Fault::new(
        "unreadable-file",
        say!("GDAL's columns cannot be read: {error}", "无法读取 GDAL 的列数据:{error}"),
        say!("check that the file is whole", "请确认文件完整"),
    )
    .at(path.display())
}

fn damaged(path: &Path, read: usize) -> Fault {
    Fault::new(
        "unreadable-file",
        say!(
            "the layer breaks off after {read} features: the file is damaged",
            "图层在 {read} 个要素后中断:文件已损坏"
        ),
        say!("copy the file again, or mend it with a GIS program", "请重新复制该文件,或用 GIS 软件修复"),
    )
    .at(path.display())
}

fn absent(path: &Path, name: &str) -> Fault {
    Fault::new(
        "unreadable-file",
        say!("the column {name} is missing from GDAL's batches", "GDAL 的数据批中缺少列 {name}"),
        say!("check that the file is whole", "请确认文件完整"),
    )
    .at(path.display())
}
