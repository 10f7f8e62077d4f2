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
use std::ops::Range;
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

/// A GeoParquet file of this program, whose rows are not read yet.
pub struct Stored<'a> {
    path: &'a Path,
    metadata: ArrowReaderMetadata,
}

/// Reads a GeoParquet file of this program.
///
/// # Errors
/// `io`, `parquet` where the file is no such Parquet, `cancelled`.
pub fn read(path: &Path) -> Outcome<Sheet> {
    let stored = Stored::open(path)?;
    let mut sheet = stored.empty(&|_| true, stored.rows())?;
    let groups = stored.metadata.metadata().num_row_groups();
    let decode = |groups: Range<usize>| stored.decode(groups, ProjectionMask::all());
    stream::in_order(groups, 1, decode, |batches| {
        batches.iter().try_for_each(|batch| append(&mut sheet, batch, path))
    })?;
    Ok(sheet)
}

impl Stored<'_> {
    /// # Errors
    /// `io`, `parquet`.
    pub fn open(path: &Path) -> Outcome<Stored<'_>> {
        let options = ArrowReaderOptions::new().with_skip_arrow_metadata(true);
        let metadata = ArrowReaderMetadata::load(&file(path)?, options).map_err(|error| failed(&error, path))?;
        Ok(Stored { path, metadata })
    }

    /// The file's key–value metadata.
    pub fn notes(&self) -> BTreeMap<String, String> {
        let pairs = self.metadata.metadata().file_metadata().key_value_metadata();
        pairs.into_iter().flatten().filter_map(|pair| Some((pair.key.clone(), pair.value.clone()?))).collect()
    }

    /// Hands over the wanted columns of one piece of the table after another, several at once; the results in order. Other columns are not
    /// decoded, and no more pieces than are in work are held.
    ///
    /// # Errors
    /// As [`read`], and those of `make`.
    pub fn pieces<T: Send>(
        &self,
        wanted: &(dyn Fn(&str) -> bool + Sync),
        make: impl Fn(Sheet) -> Outcome<T> + Sync,
    ) -> Outcome<Vec<T>> {
        let columns = self.metadata.schema().fields().iter().enumerate().filter(|(_, field)| wanted(field.name()));
        let columns: Vec<usize> = columns.map(|(at, _)| at).collect();
        let mask = ProjectionMask::roots(self.metadata.parquet_schema(), columns);
        let piece = |groups: Range<usize>| {
            let batches = self.decode(groups, mask.clone())?;
            let mut sheet = self.empty(wanted, batches.iter().map(RecordBatch::num_rows).sum())?;
            batches.iter().try_for_each(|batch| append(&mut sheet, batch, self.path))?;
            make(sheet)
        };
        let mut made = Vec::new();
        stream::in_order(self.metadata.metadata().num_row_groups(), 1, piece, |piece| {
            made.push(piece);
            Ok(())
        })?;
        Ok(made)
    }

    fn rows(&self) -> usize {
        usize::try_from(self.metadata.metadata().file_metadata().num_rows()).unwrap_or(0)
    }

    fn decode(&self, groups: Range<usize>, mask: ProjectionMask) -> Outcome<Vec<RecordBatch>> {
        let builder = ParquetRecordBatchReaderBuilder::new_with_metadata(file(self.path)?, self.metadata.clone());
        let decode = || -> Result<Vec<RecordBatch>, ParquetError> {
            let batches =
                builder.with_projection(mask).with_batch_size(BATCH).with_row_groups(groups.collect()).build()?;
            Ok(batches.collect::<Result<_, _>>()?)
        };
        decode().map_err(|error| failed(&error, self.path))
    }

    /// A table of the wanted columns without rows, with room for these.
    fn empty(&self, wanted: &dyn Fn(&str) -> bool, rows: usize) -> Outcome<Sheet> {
        let mut sheet = Sheet { columns: Vec::new(), shapes: None, notes: self.notes(), rows: 0 };
        for field in self.metadata.schema().fields().iter().filter(|field| wanted(field.name())) {
            let name = field.name();
            if name == GEOMETRY {
                let kind = sheet.notes.get("geo").and_then(|text| geo::kind(text));
                sheet.shapes = Some(Shapes::new(kind.ok_or_else(|| foreign(self.path, name))?));
            } else {
                let values = arrays::empty(field.data_type(), rows).ok_or_else(|| foreign(self.path, name))?;
                sheet.columns.push(Column { name: name.clone(), values });
            }
        }
        Ok(sheet)
    }
}

fn file(path: &Path) -> Outcome<File> {
    File::open(path).map_err(|error| Fault::io(say!("cannot read the file", "无法读取文件"), path, &error))
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
