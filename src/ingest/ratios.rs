//! A table of values set and prices paid, row by row, for a ratio study.

use super::readers::table::{self, TextEncoding};
use crate::land::column::Value;
use crate::land::number::{self, yuan_per_square_metre};
use crate::land::{Outcome, Text, Values};
use crate::say;
use std::path::Path;

/// The columns of the table.
#[derive(Clone, Copy, Debug)]
pub struct Wanted<'a> {
    /// The sheet of a workbook; the only one where none is named.
    pub sheet: Option<&'a str>,
    pub value: &'a str,
    pub price: &'a str,
    pub group: Option<&'a str>,
}

/// One row.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// In the file, from 1.
    pub line: u32,
    pub value: f64,
    pub price: f64,
    /// Empty where groups are not asked for.
    pub group: String,
}

/// The table.
#[derive(Debug, Default)]
pub struct Ratios {
    /// Rows with two numbers; either may be 0 or less.
    pub rows: Vec<Row>,
    /// The lines of the others, each with what is wrong.
    pub without: Vec<(u32, Text)>,
    /// What was assumed about the file.
    pub notes: Vec<Text>,
}

/// Reads it: `.csv`, `.txt`, `.tsv` or a workbook.
///
/// # Errors
/// What the readers say; `missing-field` with the columns there are.
pub fn read(path: &Path, wanted: Wanted<'_>) -> Outcome<Ratios> {
    let raw = table::read(path, table::Options { sheet: wanted.sheet, ..table::Options::default() })?;
    let column = |name: &str| raw.column(name).map_err(|fault| fault.at(path.display()));
    let (values, prices) = (column(wanted.value)?, column(wanted.price)?);
    let groups = wanted.group.map(column).transpose()?;
    let mut ratios = Ratios::default();
    ratios.notes.extend(raw.encoding.as_ref().and_then(TextEncoding::told));
    ratios.notes.extend(raw.told());
    for (row, &line) in raw.lines.iter().enumerate() {
        let group = groups.map_or(String::new(), |groups| groups.get(row).to_string());
        match (amount(values, row, wanted.value), amount(prices, row, wanted.price)) {
            (Ok(value), Ok(price)) => ratios.rows.push(Row { line, value, price, group }),
            (Err(what), _) | (_, Err(what)) => ratios.without.push((line, what)),
        }
    }
    Ok(ratios)
}

/// A number, with its own unit of price where one is typed behind it.
fn amount(values: &Values, row: usize, column: &str) -> Result<f64, Text> {
    match values.get(row) {
        Value::Int(number) => Ok(number as f64),
        Value::Real(number) => Ok(number),
        Value::None => Err(say!("{column} is empty", "{column} 为空")),
        Value::Text(text) => {
            let typed = number::parse(text).and_then(|typed| Some(typed.value * yuan_per_square_metre(&typed.unit)?));
            typed.ok_or_else(|| say!("{column} is \"{text}\", not a number", "{column} 为「{text}」,不是数值"))
        }
    }
}
