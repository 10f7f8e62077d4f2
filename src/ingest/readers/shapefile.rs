//! What GDAL does not tell of a shapefile's table: texts cut inside a character, cells of number fields that are no numbers, deleted
//! records.

use super::vector::RawLayer;
use crate::ingest::dbf::{Dbf, sibling};
use crate::land::{Outcome, Values};
use std::path::Path;

pub(in crate::ingest) fn is_shapefile(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("shp"))
}

/// dBASE gives a field's name ten bytes.
pub(super) const NAME_WIDTH: usize = 10;

/// A UTF-8 text of a field `width` bytes wide without the U+FFFD that stands for half a character at its end, where the field was full.
/// GDAL leaves out such an end itself where it recodes the text; UTF-8 it hands on as it is.
pub(in crate::ingest) fn without_cut_end(text: &str, width: usize) -> &str {
    // One to three bytes are left of a character of UTF-8.
    let whole = text.strip_suffix('\u{fffd}').filter(|kept| (kept.len() + 1..=kept.len() + 3).contains(&width));
    whole.unwrap_or(text)
}

/// Counts the deleted records, and turns each number column that holds anything else into texts, as they stand in the file: GDAL reads
/// `1,5` as 1. `fields` are the columns' numbers in the table. One pass over the table is what number columns cost.
pub(super) fn complete(raw: &mut RawLayer, fields: &[usize], path: &Path) -> Outcome<()> {
    let Some(table) = sibling(path, "dbf") else { return Ok(()) };
    let dbf = Dbf::open(&table)?;
    raw.deleted = dbf.records().saturating_sub(raw.rows.len());
    let numbers = raw.columns.iter().zip(fields).filter(|(column, _)| !matches!(column.values, Values::Text(_)));
    let numbers: Vec<usize> = numbers.map(|(_, field)| *field).collect();
    let mut odd: Vec<(usize, u64, String)> = Vec::new();
    let whole = |field| {
        let column = fields.iter().position(|known| *known == field).map(|at| &raw.columns[at].values);
        matches!(column, Some(Values::Int(_)))
    };
    let whole: Vec<(usize, bool)> = numbers.iter().map(|&field| (field, whole(field))).collect();
    dbf.each_number(&numbers, |row, field, cell| {
        let text = String::from_utf8_lossy(cell);
        if !is_number(&text, whole.contains(&(field, true))) {
            // GDAL counts the records, deleted ones among them, from 0.
            odd.push((field, row as u64 - 1, text.into_owned()));
        }
    })?;
    for (column, field) in fields.iter().enumerate() {
        let row = |place: &u64| raw.rows.binary_search(place).ok();
        let found = odd.iter().filter(|(of, ..)| of == field).filter_map(|(_, place, text)| {
            // 3.7 among whole numbers is a number all the same.
            row(place).map(|row| (row, text.clone(), text.parse::<f64>().is_ok()))
        });
        let found: Vec<_> = found.collect();
        if !found.is_empty() {
            raw.keep_as_texts(column, found);
        }
    }
    Ok(())
}

/// Whether a cell is what GDAL reads from it: in a field of whole numbers, a fraction of zeros is none.
fn is_number(text: &str, whole: bool) -> bool {
    if !whole {
        return text.parse::<f64>().is_ok();
    }
    let (integer, zeros) = text.split_once('.').unwrap_or((text, ""));
    integer.parse::<i64>().is_ok() && zeros.bytes().all(|digit| digit == b'0')
}

#[cfg(test)]
#[path = "shapefile_tests.rs"]
mod tests;
