//! How wide columns are, how high rows, and how a sheet breaks over pages.

use super::sheet::LONGEST_TEXT;
use super::{Sheet, names};
use crate::formats::{Field, Table, shown};
use crate::land::Lang;
use crate::land::column::Value;
use rust_xlsxwriter::{Format, FormatAlign, Worksheet, XlsxError};

/// Rows looked at for the widths of columns.
const LOOKED_AT: usize = 1000;
/// Widths in characters.
const NARROWEST: usize = 6;
const WIDEST: usize = 60;

/// Percent that a printed sheet is made smaller at most: of 11 points 7 are left.
const SMALLEST: u16 = 65;

/// How a sheet is printed: lying down, as many pages long as it takes.
#[derive(Clone, Copy)]
pub(super) struct Print {
    /// As Excel numbers them: 9 is A4, 8 is A3.
    paper: u8,
    /// Whether it is one page wide.
    whole: bool,
    /// How many of its columns the first page holds.
    pub(super) first_page: usize,
}

impl Print {
    /// A4 where its text stays legible on it, else A3, else several pages of A4.
    pub(super) fn of(widths: &[usize]) -> Print {
        // Columns take 7 pixels a character and 5 beside; 10.29 inches of 96 pixels lie between the margins of A4, 15.14 between those of A3.
        const A4: usize = 988;
        const A3: usize = 1453;
        let pixels = |widths: &[usize]| widths.iter().map(|width| 7 * width + 5).sum::<usize>();
        let fits = |room: usize, widths: &[usize]| 100 * room >= usize::from(SMALLEST) * pixels(widths);
        let on = |paper: u8| Print { paper, whole: true, first_page: widths.len() };
        match (fits(A4, widths), fits(A3, widths)) {
            (true, _) => on(9),
            (false, true) => on(8),
            (false, false) => {
                let first_page = (1..=widths.len()).rev().find(|count| fits(A4, &widths[..*count])).unwrap_or(1);
                Print { paper: 9, whole: false, first_page }
            }
        }
    }
}

/// A note, over as many lines as it takes within the columns of the first page.
pub(super) fn note(page: &mut Worksheet, at: u32, text: &str, widths: &[usize]) -> Result<(), XlsxError> {
    let text = names::cut(text, LONGEST_TEXT);
    let room = widths.iter().sum::<usize>().saturating_sub(2).max(1);
    let lines = places_of_all(text).div_ceil(room);
    let last = u16::try_from(widths.len().saturating_sub(1)).unwrap_or(u16::MAX);
    if lines <= 1 || last == 0 {
        page.write_string(at, 0, text)?;
        return Ok(());
    }
    page.merge_range(at, 0, at, last, text, &Format::new().set_text_wrap().set_align(FormatAlign::Top))?;
    page.set_row_height(at, (LINE * lines as f64).min(409.0))?;
    Ok(())
}

/// One page wide where the text stays legible, else several with the heading and the leading columns on each.
pub(super) fn paged(page: &mut Worksheet, sheet: &Sheet<'_>, header: u32, print: Print) -> Result<(), XlsxError> {
    page.set_landscape().set_paper_size(print.paper);
    if print.whole {
        page.set_repeat_rows(header, header)?;
        page.set_print_fit_to_pages(1, 0);
        return Ok(());
    }
    page.set_repeat_rows(0, header)?;
    page.set_repeat_columns(0, sheet.leading.saturating_sub(1))?;
    page.set_print_scale(SMALLEST).set_page_order(false);
    Ok(())
}

/// A column as wide as its header, its total and its first thousand values.
pub(super) fn width(
    table: &Table<'_>,
    field: &Field<'_>,
    totals: Option<&[Value<'_>]>,
    column: u16,
    lang: Lang,
) -> usize {
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
    // A header breaks into two lines where what stands below it is narrow, no narrower than its unit.
    let header = shown::header(field, lang);
    let unit = header.rfind(['(', '(']).map_or(0, |at| places(&header[at..]));
    let header = match places(&header) {
        all if all <= SHORT => all,
        all => all.div_ceil(2).max(SHORT).max(unit),
    };
    let widest = rows.chain(total).chain([header]).max().unwrap_or(0);
    (widest + 2).clamp(NARROWEST, WIDEST)
}

/// Places of a header that stands in one line in any case.
const SHORT: usize = 10;

/// The height of a line, points.
pub(super) const LINE: f64 = 15.0;

/// How many lines a value takes in the widest column.
pub(super) fn lines_of(value: Value<'_>) -> usize {
    match value {
        Value::Text(text) if text.len() > WIDEST => {
            let places: usize = places_of_all(text);
            // Words and brackets do not break anywhere: a line holds a little less.
            if places > WIDEST - 2 { places.div_ceil(WIDEST - 8).min(27) } else { 1 }
        }
        _ => 1,
    }
}

/// The places a text takes in a fixed-width font, two for everything from the CJK blocks on: of no more than the widest column shows.
pub(super) fn places(text: &str) -> usize {
    text.chars().take(WIDEST).map(place).sum()
}

fn places_of_all(text: &str) -> usize {
    text.chars().map(place).sum()
}

fn place(character: char) -> usize {
    if character >= '\u{2E80}' { 2 } else { 1 }
}
