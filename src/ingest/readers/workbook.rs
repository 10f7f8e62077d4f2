//! A sheet of a workbook (XLSX and its kin): numbers stay numbers, dates become ISO texts, formulas give the value they last had.

use super::table::{Options, RawTable, is_note, no_header, unnamed};
use super::two_rows::{self, Joined};
use crate::land::{Column, Fault, Outcome, Text, Values};
use crate::say;
use calamine::{Data, Dimensions, ExcelDateTime, Range, Reader, Sheets, open_workbook_auto};
use std::fs::File;
use std::io::BufReader;
use std::path::Path;

/// The names of a workbook's sheets, in its order.
///
/// # Errors
/// `io`, `unreadable-workbook`.
pub(in crate::ingest) fn sheets(path: &Path) -> Outcome<Vec<String>> {
    Ok(open(path)?.sheet_names())
}

fn open(path: &Path) -> Outcome<Sheets<BufReader<File>>> {
    if let Err(error) = File::open(path) {
        return Err(Fault::io(say!("the workbook cannot be opened", "无法打开工作簿"), path, &error));
    }
    open_workbook_auto(path).map_err(|error| unreadable(path, &error))
}

fn unreadable(path: &Path, error: &calamine::Error) -> Fault {
    Fault::new(
        "unreadable-workbook",
        say!("the workbook cannot be read: {error}", "无法读取工作簿:{error}"),
        say!("save it again as .xlsx, without a password", "请另存为不带密码的 .xlsx"),
    )
    .at(path.display())
}

pub(super) fn read(path: &Path, options: Options<'_>) -> Outcome<RawTable> {
    let mut workbook = open(path)?;
    let sheets = workbook.sheet_names();
    let sheet = match options.sheet {
        Some(name) => sheets
            .iter()
            .find(|sheet| *sheet == name)
            .ok_or_else(|| say!("there is no sheet \"{name}\"", "没有名为「{name}」的工作表")),
        None if sheets.len() == 1 => Ok(&sheets[0]),
        None => Err(say!("the workbook has several sheets and none is named", "工作簿有多个工作表,未指定用哪一个")),
    };
    let sheet = sheet.map_err(|what| missing(path, what, &sheets))?;
    let (range, merged) = cells(&mut workbook, sheet, path)?;
    parse(range, &merged, sheet, path, options.header)
}

fn missing(path: &Path, what: Text, sheets: &[String]) -> Fault {
    let listed = sheets.join(", ");
    Fault::new("missing-sheet", what, say!("its sheets are: {listed}", "现有工作表:{listed}")).at(path.display())
}

/// The cells of a sheet and its merged areas.
fn cells(workbook: &mut Sheets<BufReader<File>>, sheet: &str, path: &Path) -> Outcome<(Range<Data>, Vec<Dimensions>)> {
    let range = workbook.worksheet_range(sheet).map_err(|error| unreadable(path, &error))?;
    let merged = match workbook {
        Sheets::Xlsx(book) => book.merge_cells_by_sheet_name(sheet).map_err(calamine::Error::Xlsx),
        Sheets::Xls(book) => book.merge_cells_by_sheet_name(sheet).map_err(calamine::Error::Xls),
        // Of these calamine tells no merges.
        Sheets::Xlsb(_) | Sheets::Ods(_) => Ok(Vec::new()),
    };
    Ok((range, merged.map_err(|error| unreadable(path, &error))?))
}

/// The cells of a sheet's rows, each with its line.
pub(super) type Lines = Vec<(u32, Vec<String>)>;

/// The cells of each sheet, or of the one named, as texts, each row with its line; areas merged over several rows are filled.
pub(super) fn grids(path: &Path, sheet: Option<&str>) -> Outcome<Vec<(String, Lines)>> {
    let mut workbook = open(path)?;
    let mut sheets = workbook.sheet_names();
    if let Some(name) = sheet {
        if !sheets.iter().any(|sheet| sheet == name) {
            return Err(missing(path, say!("there is no sheet \"{name}\"", "没有名为「{name}」的工作表"), &sheets));
        }
        sheets.retain(|sheet| sheet == name);
    }
    let mut grids = Vec::new();
    for sheet in sheets {
        let (mut range, merged) = cells(&mut workbook, &sheet, path)?;
        fill_merged(&mut range, &merged, 1);
        let top = range.start().map_or(0, |(top, _)| top);
        let rows = range.rows().zip(top + 1..).map(|(row, line)| (line, row.iter().map(text_of).collect())).collect();
        grids.push((sheet, rows));
    }
    Ok(grids)
}

/// Gives the cells of areas that are merged over several rows below the line `header` the value of their first cell; counts them.
fn fill_merged(range: &mut Range<Data>, merged: &[Dimensions], header: u32) -> usize {
    let (Some(first), Some(last)) = (range.start(), range.end()) else { return 0 };
    let mut filled = 0;
    // Lines count from 1, rows from 0: the row below the header has the header's line as its number.
    for area in merged.iter().filter(|area| area.start.0 >= header && area.end.0 > area.start.0) {
        let value = range.get_value(area.start).cloned().unwrap_or_default();
        if text_of(&value).is_empty() {
            continue;
        }
        for row in area.start.0..=area.end.0.min(last.0) {
            for column in area.start.1.max(first.1)..=area.end.1.min(last.1) {
                if (row, column) != area.start {
                    range.set_value((row, column), value.clone());
                    filled += 1;
                }
            }
        }
    }
    filled
}

fn parse(
    mut range: Range<Data>,
    merged: &[Dimensions],
    sheet: &str,
    path: &Path,
    header: Option<u32>,
) -> Outcome<RawTable> {
    let (top, left) = range.start().ok_or_else(|| no_header(path))?;
    let blank = |row: &[Data]| row.iter().all(|cell| text_of(cell).is_empty());
    let header = header.or_else(|| below_titles(&range, top));
    let header = header.or_else(|| range.rows().zip(top + 1..).find(|(row, _)| !blank(row)).map(|(_, line)| line));
    let merged = fill_merged(&mut range, merged, header.unwrap_or(u32::MAX));
    // Rows above the first used cell are not in the range.
    let mut rows = range.rows().zip(top + 1..).skip_while(|(row, line)| match header {
        Some(header) => *line < header,
        None => blank(row),
    });
    let found = rows.next().filter(|(row, line)| header.is_none_or(|header| *line == header) && !blank(row));
    let (names, header_line) = found.ok_or_else(|| no_header(path))?;
    let mut rows = rows.peekable();
    let (names, made_of, names_at) = match rows.peek().and_then(|(lower, _)| two_rows(names, lower)) {
        None => (names.iter().map(text_of).collect(), Vec::new(), None),
        Some(Joined { names, over }) => (names, over, rows.next().map(|(_, lower)| (header_line, lower))),
    };
    let titles = range.rows().zip(top + 1..).take_while(|(_, line)| *line < header_line);
    let above = titles.flat_map(|(row, _)| row.iter().map(text_of)).filter(|text| !text.is_empty()).collect();
    let (mut kept, mut lines, mut blanks) = (Vec::new(), Vec::new(), 0);
    for (row, line) in rows {
        if blank(row) {
            blanks += 1;
            continue;
        }
        kept.push(row);
        lines.push(line);
    }
    let (mut columns, mut number_cells, mut faults) = (Vec::new(), Vec::new(), Vec::new());
    let mut over = Vec::new();
    for (number, name) in names.into_iter().enumerate() {
        let cells = || kept.iter().map(|row| &row[number]);
        if !name.is_empty() {
            let values = values_of(cells);
            // One word among the numbers makes texts of them all; which of them were numbers is not forgotten.
            let texts = matches!(values, Values::Text(_));
            number_cells.push(cells().filter(|_| texts).map(|cell| number_of(cell).is_some()).collect());
            columns.push(Column { name, values });
            over.extend(made_of.get(number).cloned());
        } else if cells().any(|cell| !text_of(cell).is_empty()) {
            faults.push(unnamed(path, header_line, number + left as usize));
        }
    }
    match Fault::of_all(faults) {
        Some(fault) => Err(fault),
        None => {
            let name = sheet.to_string();
            Ok(RawTable {
                uneven: Vec::new(),
                name,
                columns,
                above,
                lines,
                blank: blanks,
                encoding: None,
                number_cells,
                merged,
                units_at: None,
                names_at,
                over,
            })
        }
    }
}

/// A header of two rows of texts.
fn two_rows(upper: &[Data], lower: &[Data]) -> Option<Joined> {
    let texts = |row: &[Data]| row.iter().map(text_of).collect::<Vec<_>>();
    let all_texts = lower.iter().all(|cell| matches!(cell, Data::String(_) | Data::Empty));
    if all_texts { two_rows::joined(&texts(upper), &texts(lower)) } else { None }
}

/// The line of the column names where lines of a single cell stand above them: a title, a unit, a note. It has several cells, all texts;
/// `None` where the first line that is not blank is no title.
fn below_titles(range: &Range<Data>, top: u32) -> Option<u32> {
    let filled = |row: &[Data]| row.iter().filter(|cell| !text_of(cell).is_empty()).count();
    let is_title = |row: &[Data]| {
        let texts: Vec<String> = row.iter().map(text_of).collect();
        filled(row) == 1 || is_note(texts.iter().map(String::as_str))
    };
    let mut rows = range.rows().zip(top + 1..).filter(|(row, _)| filled(row) > 0).peekable();
    rows.peek().filter(|(row, _)| is_title(row))?;
    let (names, line) = rows.find(|(row, _)| !is_title(row))?;
    names.iter().all(|cell| matches!(cell, Data::String(_) | Data::Empty)).then_some(line)
}

/// Whole numbers where all are, else reals where all are numbers, else texts.
fn values_of<'a, I: Iterator<Item = &'a Data>>(cells: impl Fn() -> I) -> Values {
    let filled = || cells().filter(|cell| !text_of(cell).is_empty());
    if filled().next().is_none() || !filled().all(|cell| number_of(cell).is_some()) {
        return Values::Text(cells().map(text_of).collect());
    }
    if filled().all(|cell| number_of(cell).is_some_and(is_whole)) {
        return Values::Int(cells().map(|cell| number_of(cell).map(|number| number as i64)).collect());
    }
    Values::Real(cells().map(|cell| number_of(cell).unwrap_or(f64::NAN)).collect())
}

fn number_of(cell: &Data) -> Option<f64> {
    match cell {
        Data::Int(number) => Some(*number as f64),
        Data::Float(number) => Some(*number),
        _ => None,
    }
}

/// Whether a number is whole and small enough to be exact.
fn is_whole(number: f64) -> bool {
    number.fract() == 0.0 && number.abs() < 9_007_199_254_740_992.0
}

/// A cell as text; errors as Excel shows them (`#DIV/0!`), so that they are found where a number is wanted.
fn text_of(cell: &Data) -> String {
    match cell {
        Data::Int(number) => number.to_string(),
        Data::Float(number) if is_whole(*number) => (*number as i64).to_string(),
        Data::Float(number) => zmij::Buffer::new().format(*number).to_string(),
        Data::String(text) => text.trim().to_string(),
        Data::Bool(value) => value.to_string(),
        Data::DateTime(moment) => iso(moment),
        Data::DateTimeIso(text) | Data::DurationIso(text) => text.clone(),
        Data::Error(error) => error.to_string(),
        Data::Empty => String::new(),
    }
}

/// `2024-03-05`, with the time of day where there is one; a duration in days, as Excel holds it.
fn iso(moment: &ExcelDateTime) -> String {
    if moment.is_duration() {
        return zmij::Buffer::new().format(moment.as_f64()).to_string();
    }
    let (year, month, day, hour, minute, second, _) = moment.to_ymd_hms_milli();
    let date = format!("{year:04}-{month:02}-{day:02}");
    if (hour, minute, second) == (0, 0, 0) { date } else { format!("{date}T{hour:02}:{minute:02}:{second:02}") }
}
