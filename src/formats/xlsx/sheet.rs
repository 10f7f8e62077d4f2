//! One sheet: notes, header, rows, totals, and how it looks and prints.

use super::{Missed, Sheet, names};
use crate::formats::{Field, Table, shown};
use crate::land::column::Value;
use crate::land::{Fault, Lang, cancel, date};
use rust_xlsxwriter::{Color, ExcelDateTime, Format, FormatAlign, FormatBorder, Worksheet, XlsxError};
use std::ops::Range;

/// The most UTF-16 units of a cell's text.
const LONGEST_TEXT: usize = 32_767;
/// Numbers keep 15 digits in a spreadsheet.
const LARGEST_INTEGER: u64 = 999_999_999_999_999;
/// Rows looked at for the widths of columns.
const LOOKED_AT: usize = 1000;
/// Widths in characters.
const NARROWEST: usize = 6;
const WIDEST: usize = 60;

/// Which rows of the table a sheet has.
pub(super) struct Place {
    pub range: Range<usize>,
    /// Whether it is the table's last sheet, which has totals and the notes below.
    pub last: bool,
}

/// Why a sheet was left.
pub(super) enum Stop {
    Book(XlsxError),
    Run(Fault),
}

impl From<XlsxError> for Stop {
    fn from(error: XlsxError) -> Stop {
        Stop::Book(error)
    }
}

/// The rows of each sheet the table takes; one sheet at least.
pub(super) fn ranges(sheet: &Sheet<'_>, most_rows: usize) -> Vec<Range<usize>> {
    let around = usize::from(sheet.heading.is_some())
        + sheet.notes_above.len()
        + 1
        + usize::from(sheet.totals.is_some())
        + sheet.notes_below.len();
    let room = most_rows.saturating_sub(around).max(1);
    let rows = sheet.table.rows;
    (0..rows.div_ceil(room).max(1)).map(|at| at * room..((at + 1) * room).min(rows)).collect()
}

/// How one column's cells look.
struct Look {
    is_date: bool,
    body: Format,
    aside: Format,
    total: Format,
}

/// Fills a sheet from top to bottom.
pub(super) fn fill(
    page: &mut Worksheet,
    sheet: &Sheet<'_>,
    place: &Place,
    lang: Lang,
    missed: &mut Missed,
) -> Result<(), Stop> {
    let table = sheet.table;
    let mut at = 0;
    if let Some(heading) = &sheet.heading {
        let large = Format::new().set_bold().set_font_size(14);
        page.write_string_with_format(at, 0, names::cut(heading, LONGEST_TEXT), &large)?;
        at += 1;
    }
    for note in &sheet.notes_above {
        page.write_string(at, 0, names::cut(note, LONGEST_TEXT))?;
        at += 1;
    }
    let head = Format::new()
        .set_bold()
        .set_text_wrap()
        .set_align(FormatAlign::Center)
        .set_align(FormatAlign::VerticalCenter)
        .set_border_bottom(FormatBorder::Thin);
    let header = at;
    for (column, field) in (0..).zip(&table.fields) {
        page.set_column_width(column, width(table, field, sheet.totals.as_deref(), column, lang) as f64)?;
        page.write_string_with_format(at, column, shown::header(field, lang), &head)?;
    }
    at += 1;
    let looks: Vec<Look> = table.fields.iter().map(|field| look(field, sheet.dates)).collect();
    for row in place.range.clone() {
        if row % 4096 == 0 {
            cancel::checkpoint().map_err(Stop::Run)?;
        }
        for (column, (field, look)) in (0..).zip(table.fields.iter().zip(&looks)) {
            let aside = sheet.set_aside.get(row).is_some_and(|aside| *aside);
            let format = if aside { &look.aside } else { &look.body };
            let value = field.cells.get(row);
            let day = if let (true, Value::Text(text)) = (look.is_date, value) { day(text) } else { None };
            match day {
                Some(day) => {
                    page.write_datetime_with_format(at, column, day, format)?;
                }
                None => cell(page, (at, column), value, field.decimals, format, row, missed)?,
            }
        }
        at += 1;
    }
    if let Some(totals) = sheet.totals.as_ref().filter(|_| place.last) {
        for (column, ((field, look), total)) in (0..).zip(table.fields.iter().zip(&looks).zip(totals)) {
            cell(page, (at, column), *total, field.decimals, &look.total, table.rows, missed)?;
        }
        at += 1;
    }
    for note in sheet.notes_below.iter().filter(|_| place.last) {
        page.write_string(at, 0, names::cut(note, LONGEST_TEXT))?;
        at += 1;
    }
    let last_column = u16::try_from(table.fields.len().saturating_sub(1)).unwrap_or(u16::MAX);
    page.set_freeze_panes(header + 1, 0)?;
    page.set_repeat_rows(header, header)?;
    page.set_print_area(0, 0, at.saturating_sub(1), last_column)?;
    // A4, as wide as one page, as many pages long as it takes.
    page.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0);
    page.set_footer("&C&P / &N");
    Ok(())
}

/// A date as it stands in a release, of a year Excel knows.
fn day(text: &str) -> Option<ExcelDateTime> {
    let day = date::parse(text).filter(|day| day.to_string() == text)?;
    let (year, month, day) =
        (u16::try_from(day.year()).ok()?, u8::try_from(day.month()).ok()?, u8::try_from(day.day()).ok()?);
    ExcelDateTime::from_ymd(year, month, day).ok()
}

fn look(field: &Field<'_>, dates: &[&str]) -> Look {
    use crate::formats::table::CellKind;
    let is_date = dates.contains(&field.name.as_str());
    let body = match (field.cells.kind(), field.decimals) {
        (CellKind::Text, _) if is_date => Format::new().set_num_format("yyyy-mm-dd"),
        // Marked as text, so that a cell edited by hand keeps its leading zeros.
        (CellKind::Text, _) => Format::new().set_num_format("@"),
        (CellKind::Int, _) | (CellKind::Real, Some(0)) => Format::new().set_num_format("0"),
        (CellKind::Real, Some(decimals)) => {
            Format::new().set_num_format(format!("0.{}", "0".repeat(usize::from(decimals))))
        }
        (CellKind::Real, None) => Format::new(),
    };
    let total = body.clone().set_bold().set_border_top(FormatBorder::Thin);
    let aside = body.clone().set_font_color(Color::Gray).set_italic();
    Look { is_date, body, aside, total }
}

fn cell(
    page: &mut Worksheet,
    (row, column): (u32, u16),
    value: Value<'_>,
    decimals: Option<u8>,
    format: &Format,
    source: usize,
    missed: &mut Missed,
) -> Result<(), XlsxError> {
    match value {
        Value::None => {
            page.write_blank(row, column, format)?;
        }
        Value::Int(value) if value.unsigned_abs() > LARGEST_INTEGER => {
            missed.long_integers.note(source);
            page.write_string_with_format(row, column, value.to_string(), format)?;
        }
        Value::Int(value) => {
            page.write_number_with_format(row, column, value as f64, format)?;
        }
        Value::Real(value) if !value.is_finite() => {
            missed.infinite.note(source);
            page.write_blank(row, column, format)?;
        }
        Value::Real(value) => {
            let kept = decimals.map_or(value, |decimals| shown::rounded(value, decimals).0);
            if kept != value {
                missed.rounded.note(source);
            }
            page.write_number_with_format(row, column, kept, format)?;
        }
        Value::Text(value) => {
            let kept = names::cut(value, LONGEST_TEXT);
            if kept.len() < value.len() {
                missed.cut.note(source);
            }
            page.write_string_with_format(row, column, kept, format)?;
        }
    }
    Ok(())
}

/// A column as wide as its header, its total and its first thousand values.
fn width(table: &Table<'_>, field: &Field<'_>, totals: Option<&[Value<'_>]>, column: u16, lang: Lang) -> usize {
    let of_value = |value: Value<'_>| match value {
        Value::None => 0,
        Value::Int(value) => value.to_string().len(),
        Value::Real(value) => field
            .decimals
            .filter(|_| value.is_finite())
            .map_or_else(|| shown::full(value).len(), |decimals| shown::rounded(value, decimals).1.len()),
        Value::Text(value) => places(value),
    };
    let rows = (0..table.rows.min(LOOKED_AT)).map(|row| of_value(field.cells.get(row)));
    let total = totals.and_then(|totals| totals.get(usize::from(column))).map(|total| of_value(*total));
    let widest = rows.chain(total).chain([places(&shown::header(field, lang))]).max().unwrap_or(0);
    (widest + 2).clamp(NARROWEST, WIDEST)
}

/// The places a text takes in a fixed-width font, two for everything from the CJK blocks on.
fn places(text: &str) -> usize {
    text.chars().take(WIDEST).map(|character| if character >= '\u{2E80}' { 2 } else { 1 }).sum()
}
