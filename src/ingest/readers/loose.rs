//! What stands in the number columns of a GeoPackage that is no number: SQLite holds any value in any column, and GDAL reads a text there
//! as 0 and 3.7 among whole numbers as 3, without a word.

use super::vector::{RawLayer, unreadable};
use crate::land::{Outcome, Values};
use gdal::Dataset;
use gdal::vector::LayerAccess;
use gdal::vector::sql::Dialect;
use std::path::Path;

/// Turns each number column that holds anything else into texts, as they stand in the file. One look through the table for all columns is
/// what a sound layer pays (0.2 s a million).
pub(super) fn keep_texts(dataset: &Dataset, raw: &mut RawLayer, path: &Path) -> Outcome<()> {
    let table = quoted(&raw.name);
    let odd: Vec<Option<String>> = raw.columns.iter().map(|column| odd(&column.name, &column.values)).collect();
    let any = odd.iter().flatten().map(String::as_str).collect::<Vec<_>>().join(" OR ");
    if any.is_empty() {
        return Ok(());
    }
    let ask = |question: String| dataset.execute_sql(question, None, Dialect::DEFAULT);
    // A view has no rows to number; it is read as GDAL reads it.
    let first = ask(format!("SELECT CAST(rowid AS TEXT) AS place FROM {table} WHERE {any} LIMIT 1"));
    if !matches!(first.map(|answer| answer.is_some_and(|mut answer| answer.features().next().is_some())), Ok(true)) {
        return Ok(());
    }
    let mut rows: Vec<(u64, usize)> = Vec::new();
    for (column, odd) in odd.iter().enumerate() {
        let Some(odd) = odd else { continue };
        let field = quoted(&raw.columns[column].name);
        let wanted = format!("CAST(rowid AS TEXT) AS place, CAST({field} AS TEXT) AS value, typeof({field}) AS kind");
        let question = format!("SELECT {wanted} FROM {table} WHERE {odd}");
        let Ok(Some(mut answer)) = ask(question) else { continue };
        let mut told: Vec<(u64, String, bool)> = Vec::new();
        for feature in answer.features() {
            let text = |field| feature.field_as_string(field).map_err(|error| unreadable(path, &error));
            if let (Some(Ok(place)), Some(value), kind) = (text(0)?.map(|place| place.parse()), text(1)?, text(2)?) {
                told.push((place, value, kind.as_deref() == Some("real")));
            }
        }
        if told.is_empty() {
            continue;
        }
        if rows.is_empty() {
            rows = raw.rows.iter().zip(0..).map(|(&place, row)| (place, row)).collect();
            rows.sort_unstable();
        }
        let found = told.into_iter().filter_map(|(place, value, number)| {
            let at = rows.binary_search_by_key(&place, |(place, _)| *place).ok()?;
            Some((rows[at].1, value, number))
        });
        raw.keep_as_texts(column, found.collect());
    }
    Ok(())
}

/// The condition of SQL for a value of a number column that is no such number.
fn odd(name: &str, values: &Values) -> Option<String> {
    let kinds = match values {
        Values::Int(_) => "'integer', 'null'",
        Values::Real(_) => "'integer', 'real', 'null'",
        Values::Text(_) => return None,
    };
    Some(format!("typeof({}) NOT IN ({kinds})", quoted(name)))
}

/// A name in SQL.
fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}
