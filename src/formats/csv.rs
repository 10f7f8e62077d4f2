//! CSV: a table as data for programs, or with titles and rounded numbers for people.

use super::stream::{self, Sink};
use super::tally::Tally;
use super::{Part, Table, Written, guard, shown};
use crate::land::column::Value;
use crate::land::{Fault, Lang, Outcome, Text};
use crate::say;
use std::collections::BTreeSet;
use std::ops::Range;
use std::path::Path;

/// Rows formatted in one piece of work.
const CHUNK: usize = 4096;

/// How a CSV file is written.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// Whether it starts with a byte order mark, by which spreadsheets know UTF-8. What spreadsheets open has no formulas: texts that one
    /// would take for a formula, or for a number it would cut, get a leading `'`.
    pub bom: bool,
    pub header: Header,
    /// Whether numbers are rounded to the decimals their field is shown with; otherwise they are in full.
    pub rounded: bool,
}

/// The first line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Header {
    /// Field names: for programs; without a byte order mark texts stand as they are.
    Names,
    /// Titles with units: for people, so texts that a spreadsheet would take for a formula get a leading `'`.
    Titles(Lang),
}

impl Options {
    /// Whether a spreadsheet is likely to open it.
    fn guards(&self) -> bool {
        self.bom || self.header != Header::Names
    }
}

impl Default for Options {
    fn default() -> Options {
        Options { bom: true, header: Header::Names, rounded: false }
    }
}

/// What the cells lost.
#[derive(Default)]
struct Missed {
    rounded: Tally,
    guarded: Tally,
    long: Tally,
    codes: Tally,
    infinite: Tally,
}

/// Writes a table as CSV (RFC 4180, UTF-8); missing values are empty cells.
///
/// # Errors
/// `duplicate-field` where two names of a header are equal, `csv` where the text cannot be made, `io` where the file cannot be
/// written, `cancelled`.
pub fn write(table: &Table<'_>, target: &Path, options: &Options) -> Outcome<Written> {
    let mut writing = Writing::start(table, target, options)?;
    writing.add(table)?;
    writing.finish(table)
}

/// A CSV file that grows table by table, for tables that are too large to hold at once. All have the fields of the first.
pub struct Writing<'a> {
    target: &'a Path,
    options: &'a Options,
    part: Part,
    sink: Sink,
    missed: Missed,
    rows: usize,
}

impl<'a> Writing<'a> {
    /// # Errors
    /// As [`write()`].
    pub fn start(table: &Table<'_>, target: &'a Path, options: &'a Options) -> Outcome<Writing<'a>> {
        let header = header(table, options)?;
        let part = Part::new(target)?;
        let mut sink = Sink::create(part.path())?;
        sink.write(&header)?;
        Ok(Writing { target, options, part, sink, missed: Missed::default(), rows: 0 })
    }

    /// Adds the table's rows.
    ///
    /// # Errors
    /// As [`write()`].
    pub fn add(&mut self, table: &Table<'_>) -> Outcome<()> {
        self.rows += table.rows;
        let Writing { options, sink, missed, .. } = self;
        stream::in_order(
            table.rows,
            CHUNK,
            |rows| lines(table, options, rows),
            |(bytes, chunk)| {
                missed.rounded.join(chunk.rounded);
                missed.guarded.join(chunk.guarded);
                missed.long.join(chunk.long);
                missed.codes.join(chunk.codes);
                missed.infinite.join(chunk.infinite);
                sink.write(&bytes)
            },
        )
    }

    /// Puts the file in its place.
    ///
    /// # Errors
    /// As [`write()`].
    pub fn finish(self, table: &Table<'_>) -> Outcome<Written> {
        drop(self.sink);
        let replaced = self.part.commit()?;
        let losses = losses(table, self.options, &self.missed);
        Ok(Written { path: self.target.to_path_buf(), beside: Vec::new(), rows: self.rows, replaced, losses })
    }
}

fn header(table: &Table<'_>, options: &Options) -> Outcome<Vec<u8>> {
    let mut titles = Vec::with_capacity(table.fields.len());
    let mut seen = BTreeSet::new();
    for field in &table.fields {
        let name = &field.name;
        if options.header == Header::Names && !seen.insert(name) {
            return Err(Fault::new(
                "duplicate-field",
                say!("two fields are named \"{name}\"", "有两个字段都叫「{name}」"),
                say!("give one of them another name", "请给其中一个改名"),
            )
            .at(&table.name));
        }
        titles.push(match options.header {
            Header::Names if !options.bom => name.clone(),
            Header::Names => guard::shown(name).into_owned(),
            Header::Titles(lang) => guard::shown(&shown::header(field, lang)).into_owned(),
        });
    }
    let mut writer = writer(if options.bom { "\u{FEFF}".as_bytes().to_vec() } else { Vec::new() });
    writer.write_record(&titles).map_err(|error| failed(&error))?;
    finish(writer)
}

fn lines(table: &Table<'_>, options: &Options, rows: Range<usize>) -> Outcome<(Vec<u8>, Missed)> {
    let mut writer = writer(Vec::with_capacity(rows.len() * table.fields.len() * 12));
    let mut missed = Missed::default();
    for row in rows {
        for field in &table.fields {
            let written = match field.cells.get(row) {
                Value::None => writer.write_field(""),
                Value::Int(value) => writer.write_field(value.to_string()),
                Value::Real(value) => writer.write_field(real(value, field.decimals, options, row, &mut missed)),
                Value::Text(value) if !options.guards() => writer.write_field(value),
                Value::Text(value) if options.bom && guard::is_long_number(value) => {
                    missed.long.note(row);
                    writer.write_field(format!("'{value}"))
                }
                Value::Text(value) => {
                    if options.bom && guard::is_code(value) {
                        missed.codes.note(row);
                    }
                    if guard::is_formula(value) {
                        missed.guarded.note(row);
                    }
                    writer.write_field(guard::shown(value).as_ref())
                }
            };
            written.map_err(|error| failed(&error))?;
        }
        writer.write_record(None::<&[u8]>).map_err(|error| failed(&error))?;
    }
    Ok((finish(writer)?, missed))
}

fn real(value: f64, decimals: Option<u8>, options: &Options, row: usize, missed: &mut Missed) -> String {
    if value.is_infinite() {
        missed.infinite.note(row);
    }
    match decimals.filter(|_| options.rounded && value.is_finite()) {
        None => shown::full(value),
        Some(decimals) => {
            let (round, printed) = shown::rounded(value, decimals);
            if round != value {
                missed.rounded.note(row);
            }
            printed
        }
    }
}

fn writer(out: Vec<u8>) -> ::csv::Writer<Vec<u8>> {
    ::csv::WriterBuilder::new().terminator(::csv::Terminator::CRLF).from_writer(out)
}

fn finish(writer: ::csv::Writer<Vec<u8>>) -> Outcome<Vec<u8>> {
    writer.into_inner().map_err(|error| failed(&error.into_error().into()))
}

fn failed(error: &::csv::Error) -> Fault {
    Fault::new(
        "csv",
        say!("cannot make the CSV text: {error}", "无法生成 CSV 文本:{error}"),
        say!("run the command again", "请重新运行命令"),
    )
}

fn losses(table: &Table<'_>, options: &Options, missed: &Missed) -> Vec<Text> {
    let mut losses = Vec::new();
    if table.shapes.is_some() {
        losses.push(say!("CSV holds no geometry; it is left out", "CSV 不保存几何,几何未写入"));
    }
    let described = |field: &super::Field<'_>| !field.unit.is_empty() || field.title != Text::same(field.name.clone());
    if options.header == Header::Names && table.fields.iter().any(described) {
        losses.push(say!(
            "the header has field names only: titles and units are left out",
            "表头只有字段名:字段标题和单位未写入"
        ));
    }
    if let (count, Some(row)) = (missed.rounded.count, missed.rounded.first_row()) {
        losses.push(say!(
            "{count} numbers are rounded half up to the decimals shown (first in row {row})",
            "{count} 个数值按显示的小数位数四舍五入(首见于第 {row} 行)"
        ));
    }
    if let (count, Some(row)) = (missed.guarded.count, missed.guarded.first_row()) {
        losses.push(say!(
            "{count} texts that a spreadsheet would take for a formula start with ' (first in row {row})",
            "{count} 个会被电子表格当作公式的文本前加了 '(首见于第 {row} 行)"
        ));
    }
    if let (count, Some(row)) = (missed.long.count, missed.long.first_row()) {
        losses.push(say!(
            "{count} texts of more than 15 digits, which a spreadsheet would take for numbers and cut, start with ' (first in row {row})",
            "{count} 个超过 15 位、会被电子表格当作数值截断的数字文本前加了 '(首见于第 {row} 行)"
        ));
    }
    if let (count, Some(row)) = (missed.codes.count, missed.codes.first_row()) {
        losses.push(say!(
            "{count} codes such as 0001 or 1E5 become other numbers where a spreadsheet opens the file by itself (first in row {row}): import the column as text, or use the workbook",
            "{count} 个形如 0001、1E5 的编号在电子表格直接打开时会变成别的数(首见于第 {row} 行):请按文本列导入,或使用工作簿"
        ));
    }
    if let (count, Some(row)) = (missed.infinite.count, missed.infinite.first_row()) {
        losses.push(say!(
            "{count} infinite numbers are written as inf, which spreadsheets take for text (first in row {row})",
            "{count} 个无穷大数值写为 inf,电子表格视为文本(首见于第 {row} 行)"
        ));
    }
    losses
}

#[cfg(test)]
#[path = "csv_tests.rs"]
mod tests;
