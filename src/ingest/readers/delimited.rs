//! Delimited text: UTF-8, UTF-16 with a mark, GBK or what the user says; commas, semicolons or tabs.

use super::table::{Options, RawTable, TextEncoding, is_note, no_header, unnamed};
use super::two_rows::{self, Joined};
use crate::ingest::encoding::{Whole, by_user, decode, of_text};
use crate::land::column::Value;
use crate::land::{Column, Fault, Outcome, Texts, Values};
use crate::say;
use encoding_rs::Encoding;
use std::path::Path;

/// Lines told by number; a table that is wrong throughout has them by the thousand.
const TOLD: usize = 6;

/// Texts shown for an encoding that the bytes told.
const EVIDENCE: usize = 5;

pub(super) fn read(path: &Path, options: Options<'_>) -> Outcome<RawTable> {
    let bytes = std::fs::read(path)
        .map_err(|error| Fault::io(say!("the table cannot be read", "无法读取表格"), path, &error))?;
    let (encoding, asked) = match options.encoding {
        Some(name) => (by_user(name)?, false),
        None => of_text(&bytes),
    };
    let text = text_of(&bytes, encoding).map_err(|line| undecodable(path, line, encoding))?;
    let header = options.header.or_else(|| below_titles(&text));
    let mut table = parse(&text, path, header, options.keep_uneven)?;
    let evidence = if asked { evidence(&table) } else { Vec::new() };
    table.encoding = Some(TextEncoding { name: encoding.name(), evidence });
    Ok(table)
}

/// The first texts beyond ASCII, column names before cells.
fn evidence(table: &RawTable) -> Vec<String> {
    let names = table.columns.iter().map(|column| column.name.as_str());
    let cells = (0..table.len()).flat_map(|row| {
        table.columns.iter().filter_map(move |column| match column.values.get(row) {
            Value::Text(text) => Some(text),
            Value::None | Value::Int(_) | Value::Real(_) => None,
        })
    });
    let mut found: Vec<String> = Vec::new();
    for text in names.chain(cells).filter(|text| !text.is_ascii()) {
        if !found.iter().any(|seen| seen == text) {
            found.push(text.to_string());
        }
        if found.len() == EVIDENCE {
            break;
        }
    }
    found
}

/// The text of a file in the encoding it is in, and the separator of its cells.
pub(super) fn text(path: &Path) -> Outcome<(String, u8)> {
    let bytes = std::fs::read(path)
        .map_err(|error| Fault::io(say!("the table cannot be read", "无法读取表格"), path, &error))?;
    let (encoding, _) = of_text(&bytes);
    let text = text_of(&bytes, encoding).map_err(|line| undecodable(path, line, encoding))?;
    let separator = delimiter(&text);
    Ok((text, separator))
}

/// The text without its byte order mark; the line of the first byte that is no text otherwise.
fn text_of(bytes: &[u8], encoding: &'static Encoding) -> Result<String, u32> {
    let marked = Encoding::for_bom(bytes).filter(|(marked, _)| *marked == encoding);
    let bytes = &bytes[marked.map_or(0, |(_, length)| length)..];
    match decode(bytes, encoding, false) {
        (text, Whole::Yes) => Ok(text.into_owned()),
        (text, _) => {
            // A mark in the text itself is a character like others: the first line that decodes badly is asked for.
            let lines = bytes.split(|byte| *byte == b'\n');
            let bad = lines.into_iter().position(|line| decode(line, encoding, false).1 != Whole::Yes);
            let bad = bad.or_else(|| text.lines().position(|line| line.contains('\u{fffd}')));
            Err(bad.unwrap_or(0) as u32 + 1)
        }
    }
}

fn undecodable(path: &Path, line: u32, encoding: &'static Encoding) -> Fault {
    let name = encoding.name();
    Fault::new(
        "undecodable-text",
        say!("the line is no {name} text", "该行不是 {name} 文字"),
        say!("state the table's encoding, such as GBK or UTF-8", "请指定表格的编码,如 GBK 或 UTF-8"),
    )
    .at(format!("{}:{line}", path.display()))
}

fn parse(text: &str, path: &Path, header: Option<u32>, keep_uneven: bool) -> Outcome<RawTable> {
    // Lines above the header may hold anything, quotes that never close among them: they are cut off before parsing.
    let above = header.unwrap_or(1).saturating_sub(1) as usize;
    let start = if above == 0 { Some(0) } else { text.match_indices('\n').nth(above - 1).map(|(at, _)| at + 1) };
    let lines = text.lines().count();
    let missing = || header.map_or_else(|| no_header(path), |line| no_such_line(path, line, lines));
    if header == Some(0) {
        return Err(missing());
    }
    let body = &text[start.ok_or_else(missing)?..];
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter(body))
        .from_reader(body.as_bytes());
    let mut records = reader.records().peekable();
    let broken = |error: csv::Error| broken(path, &error);
    let mut lines_of = Lines { body, at: 0, line: above as u32 + 1 };
    let blank = |record: &csv::StringRecord| record.iter().all(|cell| cell.trim().is_empty());
    let (names, header_line) = loop {
        let record = records.next().ok_or_else(missing)?.map_err(broken)?;
        let line = lines_of.of(&record);
        // A header asked for by its line is that line; lines without a character are passed over by the parser.
        if header.is_some_and(|header| line != header) || header.is_some() && blank(&record) {
            return Err(no_header(path));
        }
        if !blank(&record) {
            break (record, line);
        }
    };
    let cells = |record: &csv::StringRecord, most: usize| -> Vec<String> {
        let within =
            |(at, cell): (usize, &str)| (at < most || !cell.trim().is_empty()).then(|| cell.trim().to_string());
        record.iter().enumerate().filter_map(within).collect()
    };
    let names = cells(&names, usize::MAX);
    let next = records.peek().and_then(|next| next.as_ref().ok());
    let joined = next.and_then(|next| two_rows::joined(&names, &cells(next, names.len())));
    let (mut over, mut names_at) = (Vec::new(), None);
    let names = match joined {
        None => names,
        Some(Joined { names, over: made_of }) => {
            let lower = records.next().transpose().map_err(broken)?;
            (over, names_at) = (made_of, lower.map(|lower| (header_line, lines_of.of(&lower))));
            names
        }
    };
    let mut columns: Vec<Texts> = names.iter().map(|_| Texts::default()).collect();
    let (mut lines, mut blanks, mut wrong, mut named) = (Vec::new(), 0, Vec::new(), vec![false; columns.len()]);
    for record in records {
        let record = record.map_err(broken)?;
        let line = lines_of.of(&record);
        if blank(&record) {
            blanks += 1;
            continue;
        }
        // A remark between rows, as above them, is no row.
        let alone = || record.iter().skip(1).all(|cell| cell.trim().is_empty());
        if record.get(0).is_some_and(is_comment) && (record.len() != columns.len() || alone()) {
            blanks += 1;
            continue;
        }
        let surplus = record.iter().skip(columns.len()).any(|cell| !cell.trim().is_empty());
        let uneven = record.len() < columns.len() || surplus;
        if uneven {
            wrong.push((line, record.len()));
            if !keep_uneven {
                continue;
            }
        }
        // Nothing tells which cell of an uneven row is of which column: it has none.
        let known = if uneven { 0 } else { usize::MAX };
        let cells = record.iter().take(known).chain(std::iter::repeat(""));
        for ((column, cell), named) in columns.iter_mut().zip(cells).zip(&mut named) {
            let cell = cell.trim();
            *named |= !cell.is_empty();
            column.push(cell);
        }
        lines.push(line);
    }
    let nameless = names.iter().zip(&named).enumerate().filter(|(_, (name, used))| **used && name.is_empty());
    let uneven = if keep_uneven { std::mem::take(&mut wrong) } else { Vec::new() };
    let mut faults: Vec<Fault> = wrong_counts(path, &wrong, columns.len()).into_iter().collect();
    faults.extend(nameless.map(|(column, _)| unnamed(path, header_line, column)));
    if let Some(fault) = Fault::of_all(faults) {
        return Err(fault);
    }
    let over = names.iter().zip(over).filter(|(name, _)| !name.is_empty()).map(|(_, over)| over).collect();
    let columns = names.into_iter().zip(columns).filter(|(name, _)| !name.is_empty());
    let columns = columns.map(|(name, texts)| Column { name, values: Values::Text(texts) }).collect();
    let name = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let above = text[..text.len() - body.len()].lines().flat_map(|line| line.split([',', '\t', ';']));
    let above = above.map(|cell| cell.trim().trim_matches('"').to_string()).filter(|cell| !cell.is_empty()).collect();
    Ok(RawTable {
        name,
        columns,
        above,
        lines,
        blank: blanks,
        encoding: None,
        number_cells: Vec::new(),
        uneven,
        merged: 0,
        units_at: None,
        names_at,
        over,
    })
}

/// The line of the column names where lines of a single cell, or remarks, stand above them: a title, a unit, a note. It has several cells, none of them a
/// number; `None` where the first line that is not blank is no title.
fn below_titles(text: &str) -> Option<u32> {
    let start: String = text.lines().take(10).fold(String::new(), |lines, line| lines + line + "\n");
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(most_used(start.as_bytes()))
        .from_reader(start.as_bytes());
    let mut lines = Lines { body: &start, at: 0, line: 1 };
    let mut titled = false;
    for record in reader.records() {
        let record = record.ok()?;
        let line = lines.of(&record);
        let filled: Vec<&str> = record.iter().map(str::trim).filter(|cell| !cell.is_empty()).collect();
        match filled.len() {
            0 => {}
            1 => titled = true,
            _ if is_note(filled.iter().copied()) || is_comment(filled[0]) => titled = true,
            _ => return (titled && !filled.iter().any(|cell| cell.parse::<f64>().is_ok())).then_some(line),
        }
    }
    None
}

/// The line that column names are said to stand in is not there.
fn no_such_line(path: &Path, line: u32, lines: usize) -> Fault {
    Fault::new(
        "no-header",
        say!(
            "the file has no line {line} to take column names from: it has {lines}",
            "文件没有第 {line} 行可作列名:共 {lines} 行"
        ),
        say!("lines are counted from 1", "行号从 1 起"),
    )
    .at(path.display())
}

/// Whether a line is a remark, as programs write them: a # with words behind it. A # by itself is a name for numbers.
fn is_comment(first: &str) -> bool {
    first.strip_prefix('#').is_some_and(|rest| rest.starts_with([' ', '#', '!']))
}

/// The text is no table.
pub(super) fn broken(path: &Path, error: &csv::Error) -> Fault {
    Fault::new(
        "wrong-field-count",
        say!("the table cannot be parsed: {error}", "无法解析表格:{error}"),
        say!("check quotes and separators", "请检查引号和分隔符"),
    )
    .at(path.display())
}

/// Counts lines up to each record. The reader's own count stands before the line feed that ends the record before.
pub(super) struct Lines<'a> {
    pub(super) body: &'a str,
    pub(super) at: usize,
    pub(super) line: u32,
}

impl Lines<'_> {
    pub(super) fn of(&mut self, record: &csv::StringRecord) -> u32 {
        let bytes = self.body.as_bytes();
        let mut start = record.position().map_or(self.at, |position| position.byte() as usize);
        while matches!(bytes.get(start), Some(b'\r' | b'\n')) {
            start += 1;
        }
        self.line += bytes[self.at..start].iter().filter(|byte| **byte == b'\n').count() as u32;
        self.at = start;
        self.line
    }
}

/// Lines with more or fewer fields than the header: the first few by number, the others counted.
fn wrong_counts(path: &Path, wrong: &[(u32, usize)], wanted: usize) -> Option<Fault> {
    let (line, found) = wrong.first()?;
    let more: Vec<String> = wrong.iter().skip(1).take(TOLD - 1).map(|(line, _)| line.to_string()).collect();
    let (others, count) = (more.join(", "), wrong.len() - 1);
    let dots = if count > more.len() { " …" } else { "" };
    let what = if more.is_empty() {
        say!("the line has {found} fields, the header {wanted}", "该行有 {found} 个字段,列名行有 {wanted} 个")
    } else {
        say!(
            "the line has {found} fields, the header {wanted}; so are {count} further lines off: {others}{dots}",
            "该行有 {found} 个字段,列名行有 {wanted} 个;另有 {count} 行不符:{others}{dots}"
        )
    };
    let help = say!("put text that holds the separator between double quotes", "含分隔符的文字请用双引号括起");
    Some(Fault::new("wrong-field-count", what, help).at(format!("{}:{line}", path.display())))
}

/// The separator that stands most often in the first line, outside quotes; a comma where none does.
pub(super) fn delimiter(text: &str) -> u8 {
    most_used(text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default().as_bytes())
}

fn most_used(text: &[u8]) -> u8 {
    let (mut counts, mut quoted) = ([0usize; 3], false);
    for byte in text.iter().copied() {
        match byte {
            b'"' => quoted = !quoted,
            b',' if !quoted => counts[0] += 1,
            b';' if !quoted => counts[1] += 1,
            b'\t' if !quoted => counts[2] += 1,
            _ => {}
        }
    }
    let most = counts.iter().max().copied().unwrap_or(0);
    [b',', b';', b'\t']
        .into_iter()
        .zip(counts)
        .find(|(_, count)| *count == most)
        .map_or(b',', |(separator, _)| separator)
}
