//! One sheet: notes, header, rows, totals, and how it looks and prints.

use super::print::{LINE, Print, lines_of, note, paged, places, width};
use super::{Missed, Plain, Sheet, names};
use crate::formats::table::CellKind;
use crate::formats::{Field, shown};
use crate::land::column::Value;
use crate::land::{Fault, Lang, cancel, date, money};
use jiff::civil::Date;
use rust_xlsxwriter::{Color, ExcelDateTime, Format, FormatAlign, FormatBorder, Formula, Worksheet, XlsxError};
use std::ops::Range;

/// The most UTF-16 units of a cell's text.
pub(super) const LONGEST_TEXT: usize = 32_767;
/// Numbers keep 15 digits in a spreadsheet.
const LARGEST_INTEGER: u64 = 999_999_999_999_999;

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
    /// Decimals that numbers are rounded to.
    rounds: Option<u8>,
    is_date: bool,
    /// Whether the cells hold hundredths of the values.
    percent: bool,
    body: Format,
    aside: Format,
    /// The same for texts longer than the widest column.
    wrapped: [Format; 2],
    total: Format,
}

/// How cells look whose kind is not their column's.
struct TypedLooks {
    number: Format,
    date: Format,
}

impl TypedLooks {
    fn new() -> TypedLooks {
        TypedLooks { number: Format::new(), date: Format::new().set_num_format("yyyy-mm-dd") }
    }
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
    let widths: Vec<usize> = (0..)
        .zip(&table.fields)
        .map(|(column, field)| width(table, field, sheet.totals.as_deref(), column, lang))
        .collect();
    let print = Print::of(&widths);
    let mut at = 0;
    if let Some(heading) = &sheet.heading {
        let large = Format::new().set_bold().set_font_size(14);
        page.write_string_with_format(at, 0, names::cut(heading, LONGEST_TEXT), &large)?;
        at += 1;
    }
    for text in &sheet.notes_above {
        note(page, at, text, &widths[..print.first_page])?;
        at += 1;
    }
    let head = Format::new()
        .set_bold()
        .set_text_wrap()
        .set_align(FormatAlign::Center)
        .set_align(FormatAlign::VerticalCenter)
        .set_border_bottom(FormatBorder::Thin);
    let header = at;
    let mut lines = 1;
    for (column, (field, &width)) in (0..).zip(table.fields.iter().zip(&widths)) {
        let title = title(sheet, field, lang);
        lines = lines.max(places(&title).div_ceil(width.saturating_sub(1).max(1)));
        page.set_column_width(column, width as f64)?;
        page.write_string_with_format(at, column, title, &head)?;
    }
    if lines > 1 {
        page.set_row_height(at, LINE * lines as f64)?;
    }
    at += 1;
    let looks: Vec<Look> = table.fields.iter().map(|field| look(field, sheet)).collect();
    let typed_looks = TypedLooks::new();
    for row in place.range.clone() {
        if row % 4096 == 0 {
            cancel::checkpoint().map_err(Stop::Run)?;
        }
        // A row as high as its longest text: not every program fits heights by itself.
        let lines = table.fields.iter().map(|field| lines_of(field.cells.get(row))).max().unwrap_or(1);
        if lines > 1 {
            page.set_row_height(at, LINE * lines as f64)?;
        }
        for (column, (field, look)) in (0..).zip(table.fields.iter().zip(&looks)) {
            let aside = sheet.set_aside.get(row).is_some_and(|aside| *aside);
            let format = if aside { &look.aside } else { &look.body };
            let value = field.cells.get(row);
            let format =
                if lines > 1 && matches!(value, Value::Text(_)) { &look.wrapped[usize::from(aside)] } else { format };
            if let Some(typed) =
                sheet.typed.iter().find(|typed| typed.row == row && typed.column == usize::from(column))
            {
                typed_cell(page, (at, column), typed.value, &typed_looks)?;
                continue;
            }
            let formula = sheet.formulas.and_then(|formulas| formulas(row, usize::from(column), at + 1));
            if let (Some(formula), Value::Real(result)) = (formula, value)
                && result.is_finite()
            {
                let formula = Formula::new(formula).set_result(result.to_string());
                page.write_formula_with_format(at, column, formula, format)?;
                continue;
            }
            let day = if let (true, Value::Text(text)) = (look.is_date, value) { day_of(text) } else { None };
            match day {
                Some(day) => {
                    page.write_datetime_with_format(at, column, day, format)?;
                }
                None => cell(page, (at, column), value, look, format, row, missed)?,
            }
        }
        at += 1;
    }
    if let Some(totals) = sheet.totals.as_ref().filter(|_| place.last) {
        for (column, (look, total)) in (0..).zip(looks.iter().zip(totals)) {
            cell(page, (at, column), *total, look, &look.total, table.rows, missed)?;
        }
        at += 1;
    }
    for text in sheet.notes_below.iter().filter(|_| place.last) {
        note(page, at, text, &widths[..print.first_page])?;
        at += 1;
    }
    let last_column = u16::try_from(table.fields.len().saturating_sub(1)).unwrap_or(u16::MAX);
    page.set_freeze_panes(header + 1, 0)?;
    if sheet.filter {
        let rows = u32::try_from(place.range.len()).unwrap_or(u32::MAX);
        page.autofilter(header, 0, header.saturating_add(rows), last_column)?;
    }
    page.set_print_area(0, 0, at.saturating_sub(1), last_column)?;
    paged(page, sheet, header, print)?;
    page.set_footer("&C&P / &N");
    Ok(())
}

/// A day of a year Excel knows.
fn day(date: Date) -> Option<ExcelDateTime> {
    let [month, day] = [date.month(), date.day()].map(i8::unsigned_abs);
    ExcelDateTime::from_ymd(u16::try_from(date.year()).ok()?, month, day).ok()
}

/// The day a text is, as it stands in a release.
fn day_of(text: &str) -> Option<ExcelDateTime> {
    date::parse(text).filter(|date| date.to_string() == text).and_then(day)
}

fn is_percent(sheet: &Sheet<'_>, field: &Field<'_>) -> bool {
    sheet.percent_cells && field.unit == "%" && field.cells.kind() == CellKind::Real
}

/// What stands above a column; percentages say so in every cell.
fn title(sheet: &Sheet<'_>, field: &Field<'_>, lang: Lang) -> String {
    if is_percent(sheet, field) { field.title.in_lang(lang).to_string() } else { shown::header(field, lang) }
}

fn look(field: &Field<'_>, sheet: &Sheet<'_>) -> Look {
    let (is_date, percent) = (sheet.dates.contains(&field.name.as_str()), is_percent(sheet, field));
    let zeros = |decimals: u8| "0".repeat(usize::from(decimals));
    let body = match (field.cells.kind(), field.decimals) {
        (CellKind::Text, _) if is_date => Format::new().set_num_format("yyyy-mm-dd"),
        (_, Some(decimals @ 1..)) if percent => Format::new().set_num_format(format!("0.{}%", zeros(decimals))),
        (_, _) if percent => Format::new().set_num_format("0%"),
        // Marked as text, so that a cell edited by hand keeps its leading zeros.
        (CellKind::Text, _) => Format::new().set_num_format("@"),
        (CellKind::Int, _) | (CellKind::Real, Some(0)) => Format::new().set_num_format("0"),
        (CellKind::Real, Some(decimals)) => Format::new().set_num_format(format!("0.{}", zeros(decimals))),
        (CellKind::Real, None) => Format::new(),
    };
    let total = body.clone().set_bold().set_border_top(FormatBorder::Thin);
    let aside = body.clone().set_font_color(Color::Gray).set_italic();
    // A "@" cell of a long text would be cut off in print.
    let wrapped = [&body, &aside].map(|format| format.clone().set_text_wrap().set_align(FormatAlign::Top));
    let rounds = field.decimals.filter(|_| sheet.formulas.is_none());
    Look { rounds, is_date, percent, body, aside, wrapped, total }
}

fn cell(
    page: &mut Worksheet,
    (row, column): (u32, u16),
    value: Value<'_>,
    look: &Look,
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
            let kept = look.rounds.map_or(value, |decimals| shown::rounded(value, decimals).0);
            if kept != value {
                missed.rounded.note(source);
            }
            let kept = if look.percent { money::round_half_up(kept / 100.0, 12) } else { kept };
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

fn typed_cell(
    page: &mut Worksheet,
    (row, column): (u32, u16),
    value: Plain,
    looks: &TypedLooks,
) -> Result<(), XlsxError> {
    match value {
        Plain::Number(number) => page.write_number_with_format(row, column, number, &looks.number)?,
        Plain::Date(date) => match day(date) {
            Some(day) => page.write_datetime_with_format(row, column, day, &looks.date)?,
            None => page.write_string(row, column, date.to_string())?,
        },
    };
    Ok(())
}
