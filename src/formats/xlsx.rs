//! Excel workbooks: tables for people, one or more sheets, with notes and totals.

mod names;
mod print;
mod reckoning;
mod sheet;
mod steady;

use super::tally::Tally;
use super::{Part, Table, Written};
use crate::land::column::Value;
use crate::land::{Fault, Lang, Outcome, Text};
use crate::say;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};
use std::collections::BTreeSet;
use std::io::BufWriter;
use std::path::Path;
use steady::Steady;

pub use reckoning::{Cell, Row, reckoning};

/// The most rows of a sheet.
const MOST_ROWS: usize = 1_048_576;
/// The most columns of a sheet.
const MOST_COLUMNS: usize = 16_384;
/// Beyond this many cells a sheet's rows go to disk as they are written.
const MANY_CELLS: usize = 100_000;

/// How a workbook is written.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options {
    /// The language of headers.
    pub lang: Lang,
}

/// One table of a workbook. Numbers of fields with decimals are rounded to them, half up; what is shown is what the cell holds.
pub struct Sheet<'a> {
    pub table: &'a Table<'a>,
    /// The sheet's name; a table's own title where it is `None`.
    pub title: Option<Text>,
    /// A title above everything, large and bold.
    pub heading: Option<String>,
    /// Lines above the table, one row each.
    pub notes_above: Vec<String>,
    /// Lines below the table, one row each.
    pub notes_below: Vec<String>,
    /// A last row, one value per field.
    pub totals: Option<Vec<Value<'a>>>,
    /// Names of text fields whose `YYYY-MM-DD` texts become dates; other texts in them stay texts.
    pub dates: &'static [&'static str],
    /// Rows shown in grey, by number; none where empty.
    pub set_aside: Vec<bool>,
    /// Cells of text columns that are numbers or dates all the same, by row and column.
    pub typed: Vec<Typed>,
    /// Whether fields in `%` become cells that Excel itself takes for percentages: 0.5 shown as 50%.
    pub percent_cells: bool,
    /// Whether the header gets Excel's filter.
    pub filter: bool,
    /// So many first columns say what a row is of; a table wider than a page has them on each.
    pub leading: u16,
    /// Cells that reckon their number again from others; where there are any, numbers are shown with their decimals and kept in full.
    pub formulas: Option<&'a Formulas<'a>>,
}

/// The formula of the cell of a table's row and column, both from 0, which stands in a line of the sheet, from 1; `None` where it has none.
pub type Formulas<'a> = dyn Fn(usize, usize, u32) -> Option<String> + Sync + 'a;

/// A cell whose kind is not its column's.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Typed {
    /// Of the table, from 0.
    pub row: usize,
    pub column: usize,
    pub value: Plain,
}

/// What it holds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Plain {
    Number(f64),
    Date(jiff::civil::Date),
}

impl<'a> Sheet<'a> {
    /// A table alone.
    pub fn plain(table: &'a Table<'a>) -> Sheet<'a> {
        Sheet {
            table,
            title: None,
            heading: None,
            notes_above: Vec::new(),
            notes_below: Vec::new(),
            totals: None,
            dates: &[],
            set_aside: Vec::new(),
            typed: Vec::new(),
            percent_cells: false,
            filter: false,
            leading: 1,
            formulas: None,
        }
    }
}

/// What the workbook's cells lost.
#[derive(Default)]
struct Missed {
    rounded: Tally,
    long_integers: Tally,
    infinite: Tally,
    cut: Tally,
    /// Sheets whose name is not their title, as `title → name`.
    renamed: Vec<String>,
    /// Tables on several sheets, as `title (sheets)`.
    split: Vec<String>,
}

/// Writes a workbook; a table longer than a sheet goes on in further ones. The same tables give the same bytes.
///
/// # Errors
/// `too-many-fields` where a table is wider than a sheet, `bad-totals` where totals do not match their fields, `xlsx` where the
/// workbook cannot be made, `io` where the file cannot be written, `cancelled`.
pub fn write(sheets: &[Sheet<'_>], target: &Path, options: &Options) -> Outcome<Written> {
    write_within(sheets, target, options, MOST_ROWS)
}

fn write_within(sheets: &[Sheet<'_>], target: &Path, options: &Options, most_rows: usize) -> Outcome<Written> {
    for sheet in sheets {
        check(sheet)?;
    }
    let part = Part::new(target)?;
    let failed = |error: XlsxError| fault(&error, part.path());
    let mut book = Workbook::new();
    // A fixed day, so that equal tables have equal bytes.
    let day = ExcelDateTime::from_ymd(2000, 1, 1).map_err(failed)?;
    book.set_properties(&DocProperties::new().set_creation_datetime(&day));
    if let Some(folder) = part.path().parent().filter(|folder| !folder.as_os_str().is_empty()) {
        // Rows under way go where the workbook will be, so that one disk decides.
        book.set_tempdir(folder).map_err(failed)?;
    }
    let mut missed = Missed::default();
    let mut taken = BTreeSet::new();
    let mut rows = 0;
    for sheet in sheets {
        let title = sheet.title.as_ref().unwrap_or(&sheet.table.title).in_lang(options.lang);
        let ranges = sheet::ranges(sheet, most_rows);
        if ranges.len() > 1 {
            missed.split.push(format!("{title} ({})", ranges.len()));
        }
        for (at, range) in ranges.iter().enumerate() {
            let name = names::sheet_name(title, at, &mut taken);
            if at == 0 && name != title {
                missed.renamed.push(format!("{title} → {name}"));
            }
            let many = range.len() * sheet.table.fields.len() > MANY_CELLS;
            let page =
                if many { book.add_worksheet_with_constant_memory().map_err(failed)? } else { book.add_worksheet() };
            page.set_name(&name).map_err(failed)?;
            let place = sheet::Place { range: range.clone(), last: at + 1 == ranges.len() };
            sheet::fill(page, sheet, &place, options.lang, &mut missed).map_err(|stop| match stop {
                sheet::Stop::Book(error) => failed(error),
                sheet::Stop::Run(fault) => fault,
            })?;
        }
        rows += sheet.table.rows;
    }
    let mut file = Steady::create(part.path()).map_err(|error| super::stream::fault(part.path(), &error))?;
    book.save_to_writer(BufWriter::with_capacity(1 << 16, &mut file)).map_err(failed)?;
    file.close().map_err(|error| super::stream::fault(part.path(), &error))?;
    let replaced = part.commit()?;
    Ok(Written { path: target.to_path_buf(), beside: Vec::new(), rows, replaced, losses: losses(sheets, &missed) })
}

fn check(sheet: &Sheet<'_>) -> Outcome<()> {
    let fields = sheet.table.fields.len();
    if fields > MOST_COLUMNS {
        return Err(Fault::new(
            "too-many-fields",
            say!("{fields} fields; a sheet holds {MOST_COLUMNS}", "共 {fields} 个字段,工作表最多 {MOST_COLUMNS} 列"),
            say!("write fewer fields, or CSV", "请减少字段,或改写为 CSV"),
        )
        .at(&sheet.table.name));
    }
    match sheet.totals.as_ref().map(Vec::len).filter(|totals| *totals != fields) {
        None => Ok(()),
        Some(totals) => Err(Fault::new(
            "bad-totals",
            say!("{totals} totals for {fields} fields", "{fields} 个字段却有 {totals} 个合计值"),
            say!("give one total per field", "请为每个字段给出一个合计值"),
        )
        .at(&sheet.table.name)),
    }
}

/// The fault of a workbook: the disk's where the disk is the cause.
fn fault(error: &XlsxError, path: &Path) -> Fault {
    let mut cause: Option<&dyn std::error::Error> = Some(error);
    while let Some(own) = cause {
        if let Some(io) = own.downcast_ref::<std::io::Error>() {
            return super::stream::fault(path, io);
        }
        cause = own.source();
    }
    Fault::new(
        "xlsx",
        say!("cannot make the workbook: {error}", "无法生成工作簿:{error}"),
        say!("check the table's titles and values, or write CSV", "请检查表的标题和数值,或改写为 CSV"),
    )
    .at(path.display())
}

fn losses(sheets: &[Sheet<'_>], missed: &Missed) -> Vec<Text> {
    let mut losses = Vec::new();
    if sheets.iter().any(|sheet| sheet.table.shapes.is_some()) {
        losses.push(say!("a workbook holds no geometry; it is left out", "工作簿不保存几何,几何未写入"));
    }
    if let (count, Some(row)) = (missed.rounded.count, missed.rounded.first_row()) {
        losses.push(say!(
            "{count} numbers are rounded half up to the decimals shown (first in row {row})",
            "{count} 个数值按显示的小数位数四舍五入(首见于第 {row} 行)"
        ));
    }
    if let (count, Some(row)) = (missed.long_integers.count, missed.long_integers.first_row()) {
        losses.push(say!(
            "{count} whole numbers of more than 15 digits are written as text (first in row {row})",
            "{count} 个超过 15 位的整数写为文本(首见于第 {row} 行)"
        ));
    }
    if let (count, Some(row)) = (missed.infinite.count, missed.infinite.first_row()) {
        losses.push(say!(
            "{count} infinite numbers are left empty (first in row {row})",
            "{count} 个无穷大数值留空(首见于第 {row} 行)"
        ));
    }
    if let (count, Some(row)) = (missed.cut.count, missed.cut.first_row()) {
        losses.push(say!(
            "{count} texts are cut to the 32767 characters of a cell (first in row {row})",
            "{count} 个文本截至单元格上限 32767 个字符(首见于第 {row} 行)"
        ));
    }
    let (renamed, split) = (missed.renamed.join(", "), missed.split.join(", "));
    if !renamed.is_empty() {
        losses.push(say!("sheets are named as Excel allows: {renamed}", "工作表名按 Excel 规则调整:{renamed}"));
    }
    if !split.is_empty() {
        losses.push(say!(
            "tables longer than a sheet go on in further sheets: {split}",
            "超过单表行数上限的表分为多个工作表:{split}"
        ));
    }
    losses
}

#[cfg(test)]
#[path = "xlsx_tests.rs"]
mod tests;
