//! GeoParquet 1.1: a table in columns, compressed, with its geometry as WKB; what every analytic engine reads fast.
//!
//! Row groups are encoded on every core and appended in order; they depend on the table alone, so the bytes do too.

mod arrays;
mod geo;
mod read;

pub use read::{Sheet, Stored, read};

use super::{Cells, Part, Table, Written, stream};
use crate::land::{Fault, Outcome, Values};
use crate::say;
use ::arrow::datatypes::{DataType, Schema, SchemaRef};
use ::parquet::arrow::ArrowSchemaConverter;
use ::parquet::arrow::arrow_writer::{ArrowColumnChunk, ArrowRowGroupWriterFactory, compute_leaves};
use ::parquet::basic::{Compression, ZstdLevel};
use ::parquet::errors::ParquetError;
use ::parquet::file::metadata::KeyValue;
use ::parquet::file::properties::{EnabledStatistics, WriterProperties};
use ::parquet::file::writer::SerializedFileWriter;
use ::parquet::schema::types::ColumnPath;
use std::collections::BTreeSet;
use std::fs::File;
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

/// The column of the geometry.
pub const GEOMETRY: &str = "geometry";
/// The most rows of a row group, and the coordinates after which it holds fewer.
const GROUP_ROWS: usize = 65_536;
const GROUP_POINTS: usize = 4 << 20;

/// Writes a table. Missing values (NaN, empty texts, grade 0, features without coordinates) are nulls; `notes` are further key–value
/// metadata of the file.
///
/// # Errors
/// `duplicate-field` where two columns have one name (upper and lower case alike, as SQL engines take them), `parquet`, `io`, `cancelled`.
pub fn write(table: &Table<'_>, target: &Path, notes: &[(&str, String)]) -> Outcome<Written> {
    let schema = schema(table)?;
    let part = Part::new(target)?;
    let failed = |error: ParquetError| failed(&error, target);
    let parquet_schema = ArrowSchemaConverter::new().convert(&schema).map_err(failed)?;
    let properties = Arc::new(properties(table, notes).map_err(failed)?);
    let file = File::create(part.path()).map_err(|error| stream::fault(part.path(), &error))?;
    let mut writer = SerializedFileWriter::new(file, parquet_schema.root_schema_ptr(), properties).map_err(failed)?;
    let groups = ArrowRowGroupWriterFactory::new(&writer, Arc::clone(&schema));
    stream::in_order(
        table.rows,
        group_rows(table),
        |rows| encode(table, &schema, &groups, rows).map_err(failed),
        |columns| append(&mut writer, columns).map_err(failed),
    )?;
    writer.close().map_err(failed)?;
    let replaced = part.commit()?;
    Ok(Written { path: target.to_path_buf(), beside: Vec::new(), rows: table.rows, replaced, losses: Vec::new() })
}

fn schema(table: &Table<'_>) -> Outcome<SchemaRef> {
    let mut columns: Vec<_> = table.fields.iter().map(arrays::field).collect();
    if table.shapes.is_some() {
        columns.push(::arrow::datatypes::Field::new(GEOMETRY, DataType::LargeBinary, true));
    }
    let mut seen = BTreeSet::new();
    for name in columns.iter().map(|column| column.name()) {
        if !seen.insert(name.to_lowercase()) {
            return Err(Fault::new(
                "duplicate-field",
                say!("two fields are named \"{name}\"", "有两个字段都叫「{name}」"),
                say!("give one of them another name", "请给其中一个改名"),
            )
            .at(&table.name));
        }
    }
    Ok(Arc::new(Schema::new(columns)))
}

/// Large geometries make smaller groups, so that a few of them fit in memory.
fn group_rows(table: &Table<'_>) -> usize {
    let points = table.shapes.map_or(0, |shapes| shapes.point_count() / table.rows.max(1));
    (GROUP_POINTS / points.max(1)).clamp(256, GROUP_ROWS)
}

fn properties(table: &Table<'_>, notes: &[(&str, String)]) -> Result<WriterProperties, ParquetError> {
    let path = |name: &str| ColumnPath::new(vec![name.to_string()]);
    let mut metadata: Vec<KeyValue> = Vec::new();
    if let Some(shapes) = table.shapes {
        metadata.push(KeyValue::new("geo".to_string(), geo::metadata(shapes, table.crs)));
    }
    metadata.extend(notes.iter().map(|(key, value)| KeyValue::new((*key).to_string(), value.clone())));
    let mut properties = WriterProperties::builder()
        .set_compression(Compression::ZSTD(ZstdLevel::try_new(1)?))
        .set_dictionary_enabled(false)
        .set_statistics_enabled(EnabledStatistics::Chunk)
        .set_column_statistics_enabled(path(GEOMETRY), EnabledStatistics::None)
        .set_key_value_metadata(Some(metadata));
    for field in table.fields.iter().filter(|field| repeats(&field.cells)) {
        properties = properties.set_column_dictionary_enabled(path(&field.name), true);
    }
    Ok(properties.build())
}

/// Whether a column is likely to hold few different values.
fn repeats(cells: &Cells<'_>) -> bool {
    match cells {
        Cells::Small(_) | Cells::Code { .. } | Cells::Values(Values::Text(_)) | Cells::Own(Values::Text(_)) => true,
        Cells::Int(_) | Cells::Real { .. } | Cells::Text(_) | Cells::Values(_) | Cells::Own(_) => false,
    }
}

fn encode(
    table: &Table<'_>,
    schema: &Schema,
    groups: &ArrowRowGroupWriterFactory,
    rows: Range<usize>,
) -> Result<Vec<ArrowColumnChunk>, ParquetError> {
    // Every column is flat, so it has one writer.
    let writers = groups.create_column_writers(0)?;
    let mut chunks = Vec::with_capacity(writers.len());
    for ((number, column), mut writer) in schema.fields().iter().enumerate().zip(writers) {
        let array = match (table.fields.get(number), table.shapes) {
            (Some(field), _) => arrays::of_cells(&field.cells, rows.clone()),
            (None, Some(shapes)) => geo::array(shapes, rows.clone()),
            (None, None) => continue,
        };
        for leaf in compute_leaves(column, &array)? {
            writer.write(&leaf)?;
        }
        chunks.push(writer.close()?);
    }
    Ok(chunks)
}

fn append(writer: &mut SerializedFileWriter<File>, columns: Vec<ArrowColumnChunk>) -> Result<(), ParquetError> {
    let mut group = writer.next_row_group()?;
    for column in columns {
        column.append_to_row_group(&mut group)?;
    }
    group.close().map(|_| ())
}

/// The fault of a Parquet file: the disk's where the disk is the cause.
fn failed(error: &ParquetError, path: &Path) -> Fault {
    if let ParquetError::External(cause) = error
        && let Some(error) = cause.downcast_ref::<std::io::Error>()
    {
        return stream::fault(path, error);
    }
    Fault::new(
        "parquet",
        say!("the Parquet file cannot be written or read: {error}", "无法读写 Parquet 文件:{error}"),
        say!("check the disk and the file, then run again", "请检查磁盘和文件后重试"),
    )
    .at(path.display())
}

#[cfg(test)]
#[path = "geoparquet_tests.rs"]
mod tests;
