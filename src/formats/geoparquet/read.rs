//! Reads back what [`super::write`] wrote: the same values, bit for bit.

use super::{GEOMETRY, arrays, failed, geo};
use crate::formats::stream;
use crate::land::{Column, Fault, Outcome, Values};
use crate::say;
use crate::space::{Shapes, wkb};
use arrow::array::{ArrayRef, AsArray, RecordBatch};
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::{ArrowReaderMetadata, ArrowReaderOptions, ParquetRecordBatchReaderBuilder};
use parquet::errors::ParquetError;
use std::collections::BTreeMap;
use std::fs::File;
use std::path::Path;

/// Rows decoded at a time, few enough that texts and geometries stay far below the 2 GiB of one array.
const BATCH: usize = 4096;

/// A table as it was read. Nulls are NaN, `None` or empty texts; a null geometry is a feature without coordinates.
#[derive(Debug)]
pub struct Sheet {
    pub columns: Vec<Column>,
    pub shapes: Option<Shapes>,
    /// The file's key–value metadata, `geo` among it.
    pub notes: BTreeMap<String, String>,
    pub rows: usize,
}

impl Sheet {
    /// Takes a column out of the table.
    pub fn take(&mut self, name: &str) -> Option<Values> {
        let at = self.columns.iter().position(|column| column.name == name)?;
        Some(self.columns.swap_remove(at).values)
    }
}

/// Reads a GeoParquet file of this program.
///
/// # Errors
/// `io`, `parquet` where the file is no such Parquet, `cancelled`.
pub fn read(path: &Path) -> Outcome<Sheet> {
    read_columns(path, &|_| true)
}

/// As [`read`], but only the columns whose names are wanted: the others are not decoded.
///
/// # Errors
/// As [`read`].
pub fn read_columns(path: &Path, wanted: &(dyn Fn(&str) -> bool + Sync)) -> Outcome<Sheet> {
    let open =
        || File::open(path).map_err(|error| Fault::io(say!("cannot read the file", "无法读取文件"), path, &error));
    let options = ArrowReaderOptions::new().with_skip_arrow_metadata(true);
    let metadata = ArrowReaderMetadata::load(&open()?, options).map_err(|error| failed(&error, path))?;
    let mut sheet = empty(&metadata, wanted, path)?;
    let columns = metadata.schema().fields().iter().enumerate().filter(|(_, field)| wanted(field.name()));
    let columns: Vec<usize> = columns.map(|(at, _)| at).collect();
    let mask = ProjectionMask::roots(metadata.parquet_schema(), columns);
    stream::in_order(
        metadata.metadata().num_row_groups(),
        1,
        |groups| {
            let builder = ParquetRecordBatchReaderBuilder::new_with_metadata(open()?, metadata.clone());
            let decode = || -> Result<Vec<RecordBatch>, ParquetError> {
                let batches = builder
                    .with_projection(mask.clone())
                    .with_batch_size(BATCH)
                    .with_row_groups(groups.collect())
                    .build()?;
                Ok(batches.collect::<Result<_, _>>()?)
            };
            decode().map_err(|error| failed(&error, path))
        },
        |batches| batches.iter().try_for_each(|batch| append(&mut sheet, batch, path)),
    )?;
    Ok(sheet)
}

fn empty(metadata: &ArrowReaderMetadata, wanted: &dyn Fn(&str) -> bool, path: &Path) -> Outcome<Sheet> {
    let file = metadata.metadata().file_metadata();
    let notes: BTreeMap<String, String> = file
        .key_value_metadata()
        .into_iter()
        .flatten()
        .filter_map(|pair| Some((pair.key.clone(), pair.value.clone()?)))
        .collect();
    let mut sheet = Sheet { columns: Vec::new(), shapes: None, notes, rows: 0 };
    let rows = usize::try_from(file.num_rows()).unwrap_or(0);
    for field in metadata.schema().fields().iter().filter(|field| wanted(field.name())) {
        let name = field.name();
        if name == GEOMETRY {
            let kind = sheet.notes.get("geo").and_then(|text| geo::kind(text));
            sheet.shapes = Some(Shapes::new(kind.ok_or_else(|| foreign(path, name))?));
        } else {
            let values = arrays::empty(field.data_type(), rows).ok_or_else(|| foreign(path, name))?;
            sheet.columns.push(Column { name: name.clone(), values });
        }
    }
    Ok(sheet)
}

fn append(sheet: &mut Sheet, batch: &RecordBatch, path: &Path) -> Outcome<()> {
    let mut columns = sheet.columns.iter_mut();
    for (field, array) in batch.schema_ref().fields().iter().zip(batch.columns()) {
        let fits = match &mut sheet.shapes {
            Some(shapes) if field.name() == GEOMETRY => append_shapes(shapes, array),
            _ => columns.next().is_some_and(|column| arrays::append(&mut column.values, array)),
        };
        if !fits {
            return Err(foreign(path, field.name()));
        }
    }
    sheet.rows += batch.num_rows();
    Ok(())
}

fn append_shapes(shapes: &mut Shapes, array: &ArrayRef) -> bool {
    let Some(array) = array.as_binary_opt::<i32>() else { return false };
    array.iter().all(|bytes| match bytes {
        None => {
            shapes.end_feature();
            true
        }
        Some(bytes) => matches!(wkb::read(bytes, shapes), wkb::Read::Done { .. } | wkb::Read::Empty),
    })
}

fn foreign(path: &Path, column: &str) -> Fault {
    Fault::new(
        "parquet",
        say!("the column \"{column}\" is not one this program wrote", "列「{column}」不是本程序写出的"),
        say!("give a file that a release holds", "请给出成果包中的文件"),
    )
    .at(path.display())
}
