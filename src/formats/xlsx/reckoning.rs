//! A sheet that reckons: texts, numbers, and formulas that give the numbers again.

use super::{Steady, fault};
use crate::formats::{Part, Written};
use crate::land::Outcome;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatAlign, Formula, Workbook, Worksheet, XlsxError};
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

/// One row; a heading is bold. A row of one text is read across the sheet.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Row {
    pub cells: Vec<Cell>,
    pub heading: bool,
    /// Decimals that its numbers are shown with; as many as they have where it says none.
    pub decimals: Option<u8>,
}

/// Widths in characters, and the height of a line in points.
const WIDEST: usize = 48;
const LINE: f64 = 15.0;

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

/// Sheets are printed one page wide, on A4 lying down.
fn fill(page: &mut Worksheet, rows: &[Row]) -> Result<(), XlsxError> {
    const A4: u8 = 9;
    page.set_paper_size(A4).set_landscape().set_print_fit_to_pages(1, 0);
    let widths = widths(rows);
    for (column, width) in (0..).zip(&widths) {
        page.set_column_width(column, *width as f64)?;
    }
    let (last, across) = (widths.len().saturating_sub(1), widths.iter().sum::<usize>().max(1));
    for (at, row) in (0..).zip(rows) {
        let plain = if row.heading { Format::new().set_bold() } else { Format::new() };
        let (wrapped, shown) = (plain.clone().set_text_wrap().set_align(FormatAlign::Top), number_format(row));
        let number = shown.map_or_else(|| plain.clone(), |shown| plain.clone().set_num_format(shown));
        if let ([Cell::Text(text)], true) = (&row.cells[..], last > 0) {
            page.merge_range(at, 0, at, last as u16, text, &wrapped)?;
            page.set_row_height(at, LINE * columns(text).div_ceil(across).max(1) as f64)?;
            continue;
        }
        let mut lines = 1;
        for (column, cell) in (0..).zip(&row.cells) {
            match cell {
                Cell::Empty => {}
                Cell::Text(text) => {
                    page.write_string_with_format(at, column, text, &wrapped)?;
                    lines = lines.max(columns(text).div_ceil(widths[usize::from(column)] - 2));
                }
                Cell::Number(value) => drop(page.write_number_with_format(at, column, *value, &number)?),
                Cell::Formula(formula, result) => {
                    let formula = Formula::new(formula).set_result(result.to_string());
                    page.write_formula_with_format(at, column, formula, &number)?;
                }
            }
        }
        page.set_row_height(at, LINE * lines as f64)?;
    }
    // The title stays in sight.
    page.set_freeze_panes(1, 0)?;
    Ok(())
}

fn number_format(row: &Row) -> Option<String> {
    let decimals = usize::from(row.decimals?);
    Some(if decimals == 0 { "0".to_string() } else { format!("0.{:0<decimals$}", "") })
}

/// What each column takes, in characters.
fn widths(rows: &[Row]) -> Vec<usize> {
    let mut widths: Vec<usize> = Vec::new();
    for row in rows {
        for (column, cell) in row.cells.iter().enumerate() {
            let width = match cell {
                Cell::Text(text) if row.cells.len() > 1 => columns(text),
                _ => 12,
            };
            widths.resize(widths.len().max(column + 1), 6);
            widths[column] = widths[column].max(width.min(WIDEST) + 2);
        }
    }
    widths
}

/// A Chinese character takes two columns.
fn columns(text: &str) -> usize {
    text.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum()
}
