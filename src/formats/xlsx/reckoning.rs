//! A sheet that reckons: texts, numbers, and formulas that give the numbers again.

use super::{Steady, fault};
use crate::formats::{Part, Written};
use crate::land::Outcome;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Formula, Workbook, Worksheet, XlsxError};
use std::io::BufWriter;
use std::path::Path;

/// What a cell holds.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    Empty,
    /// Text as it is: never a formula, whatever it begins with.
    Text(String),
    Number(f64),
    /// A formula, and the number it gives.
    Formula(String, f64),
}

/// One row; a heading is bold.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    pub cells: Vec<Cell>,
    pub heading: bool,
}

/// Writes a workbook of such sheets, each with a name. The same rows give the same bytes.
///
/// # Errors
/// `xlsx`, `io`.
pub fn reckoning(sheets: &[(String, Vec<Row>)], target: &Path) -> Outcome<Written> {
    let part = Part::new(target)?;
    let failed = |error: XlsxError| fault(&error, part.path());
    let mut book = Workbook::new();
    let day = ExcelDateTime::from_ymd(2000, 1, 1).map_err(failed)?;
    book.set_properties(&DocProperties::new().set_creation_datetime(&day));
    for (name, rows) in sheets {
        let page = book.add_worksheet();
        page.set_name(name).map_err(failed)?;
        fill(page, rows).map_err(failed)?;
    }
    let mut file = Steady::create(part.path()).map_err(|error| crate::formats::stream::fault(part.path(), &error))?;
    book.save_to_writer(BufWriter::with_capacity(1 << 16, &mut file)).map_err(failed)?;
    file.close().map_err(|error| crate::formats::stream::fault(part.path(), &error))?;
    let replaced = part.commit()?;
    let rows = sheets.iter().map(|(_, rows)| rows.len()).sum();
    Ok(Written { path: target.to_path_buf(), beside: Vec::new(), rows, replaced, losses: Vec::new() })
}

fn fill(page: &mut Worksheet, rows: &[Row]) -> Result<(), XlsxError> {
    let bold = Format::new().set_bold();
    let plain = Format::new();
    let mut widths: Vec<usize> = Vec::new();
    for (at, row) in (0..).zip(rows) {
        let format = if row.heading { &bold } else { &plain };
        for (column, cell) in (0..).zip(&row.cells) {
            match cell {
                Cell::Empty => {}
                Cell::Text(text) => drop(page.write_string_with_format(at, column, text, format)?),
                Cell::Number(number) => drop(page.write_number_with_format(at, column, *number, format)?),
                Cell::Formula(formula, result) => {
                    let formula = Formula::new(formula).set_result(result.to_string());
                    page.write_formula_with_format(at, column, formula, format)?;
                }
            }
            let width = match cell {
                Cell::Text(text) if row.cells.len() > 1 => text.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum(),
                _ => 10,
            };
            let column = usize::from(column);
            widths.resize(widths.len().max(column + 1), 6);
            widths[column] = widths[column].max(width);
        }
    }
    for (column, width) in (0..).zip(widths) {
        page.set_column_width(column, width.min(60) as f64 + 2.0)?;
    }
    Ok(())
}
