//! Tables of samples, prices and ratings: delimited text or a sheet of a workbook, column by column, each row with its line.

use super::two_rows::Over;
use super::{delimited, workbook};
use crate::land::heading::{heading, price_unit};
use crate::land::quantity::Quantity;
use crate::land::{Column, Fault, Outcome, Text, Values};
use crate::say;
use std::path::Path;

/// A table as it is in its file.
#[derive(Clone, Debug)]
pub struct RawTable {
    /// The sheet's name, or the file's without its ending.
    pub name: String,
    /// In the file's order; two may bear one name. Texts are trimmed. Of text files every column is text, so that no code loses its
    /// zeros; of workbooks a column of numbers only is whole or real numbers, and dates are texts such as `2024-03-05`.
    pub columns: Vec<Column>,
    /// The texts above the column names: titles, notes, a unit.
    pub above: Vec<String>,
    /// The line of each row in its file, from 1.
    pub lines: Vec<u32>,
    /// Rows of empty cells, passed over.
    pub blank: usize,
    /// Of a text file: the encoding it was read with.
    pub encoding: Option<TextEncoding>,
    /// Of a workbook, for each column, which rows of a column of texts are numbers in their cell; empty for other columns and files.
    pub number_cells: Vec<Vec<bool>>,
    /// Of a workbook: cells of the rows that took their value from the cell they are merged with.
    pub merged: usize,
    /// The line below the column names that held their units, which stand in brackets behind the names now.
    pub units_at: Option<u32>,
    /// The two lines of a header of two rows.
    pub names_at: Option<(u32, u32)>,
    /// Of such a header, for each column its name with the heading above it.
    pub over: Vec<Over>,
    /// Rows with more or fewer cells than the header, by line, with their count: all their cells are empty here. Only where they were
    /// asked for.
    pub uneven: Vec<(u32, usize)>,
}

/// The encoding of a text file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextEncoding {
    pub name: &'static str,
    /// Where the bytes alone told it: some texts as they read, for a person to judge. Empty where it was stated.
    pub evidence: Vec<String>,
}

impl TextEncoding {
    /// What to say of an encoding that nobody stated.
    pub fn told(&self) -> Option<Text> {
        let (name, evidence) = (self.name, self.evidence.join(" · "));
        (!self.evidence.is_empty())
            .then(|| say!("the text is read as {name}: {evidence}", "文字按 {name} 读取:{evidence}"))
    }
}

/// How a table is to be read, where the file does not tell.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options<'a> {
    /// The sheet of a workbook; the only one where none is named.
    pub sheet: Option<&'a str>,
    /// The line of the column names, from 1; where none is given the first that is not blank, in a workbook below lines of a single cell
    /// (a title, a unit).
    pub header: Option<u32>,
    /// The encoding of a text file.
    pub encoding: Option<&'a str>,
    /// Whether rows of a text file with more or fewer cells than the header are kept and listed; else they are a fault.
    pub keep_uneven: bool,
}

/// Reads a table: `.xlsx`, `.xlsm`, `.xlsb`, `.xls` and `.ods` as workbooks, anything else as text with commas, semicolons or tabs.
///
/// # Errors
/// `io`, `unreadable-workbook`, `missing-sheet` (with the sheets there are), `no-header`, `undecodable-text`, `wrong-field-count` and
/// `unnamed-column`, each with file and line; `unknown-encoding`.
pub fn read(path: &Path, options: Options<'_>) -> Outcome<RawTable> {
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_ascii_lowercase()).unwrap_or_default();
    let table = match ending.as_str() {
        "xlsx" | "xlsm" | "xlsb" | "xls" | "ods" => workbook::read(path, options),
        _ => delimited::read(path, options),
    };
    table.map(|table| table.with_units().with_headings())
}

impl RawTable {
    /// What is said of merged cells, of a header of two rows and of a row of units.
    pub fn told(&self) -> Vec<Text> {
        let count = self.merged;
        let merged = (count > 0).then(|| {
            say!(
                "{count} cells are merged with one above or beside them and have its value",
                "{count} 个单元格属合并单元格,取合并区域首格的值"
            )
        });
        let units =
            self.units_at.map(|line| say!("line {line} holds the units of the columns", "第 {line} 行为各列的单位"));
        merged.into_iter().chain(self.told_of_names()).chain(units).collect()
    }

    fn told_of_names(&self) -> Option<Text> {
        let (upper, lower) = self.names_at?;
        let shown = self.over.iter().filter(|over| !over.heading.is_empty());
        let shown: Vec<String> = shown.map(|over| format!("{} {}", over.heading, over.name)).collect();
        let list = shown.join(", ");
        Some(say!("lines {upper} and {lower} are one header: {list}", "第 {upper}、{lower} 行合为列名:{list}"))
    }

    /// A first row of nothing but units belongs to the names.
    fn with_units(mut self) -> RawTable {
        let cells: Vec<String> = self.columns.iter().map(|column| self.cell(&column.values)).collect();
        // Below dates a row of units has the way they are written, below numbers without a unit a dash.
        let is_form = |cell: &String| {
            let bare = cell.trim_matches(['(', ')', '\u{ff08}', '\u{ff09}', '[', ']']);
            let forms = ["年月日", "年-月-日", "年/月/日", "日", "-", "—", "/", "无"];
            // Of coordinates and depths.
            let lengths = ["m", "M", "米", "度", "°", "km", "千米", "公里"];
            forms.contains(&bare) || lengths.contains(&bare)
        };
        let is_unit = |cell: &String| unit_of(cell).is_some() || is_form(cell);
        let filled = cells.iter().filter(|cell| !cell.is_empty());
        // Some units are words too, names and categories among them; one that is nothing else makes the row one of units.
        let sure = |cell: &String| ["元", "㎡", "m2", "m²", "公顷", "亩"].iter().any(|part| cell.contains(part));
        if self.lines.is_empty() || !cells.iter().any(sure) || !filled.clone().all(is_unit) {
            return self;
        }
        let others: Vec<u32> = (1..self.lines.len() as u32).collect();
        for (column, cell) in self.columns.iter_mut().zip(&cells) {
            if let Some(unit) = unit_of(cell).filter(|_| heading(&column.name).unit.is_none()) {
                column.name = format!("{}({unit})", column.name);
            }
            column.values = column.values.gather(&others);
        }
        for cells in self.number_cells.iter_mut().filter(|cells| !cells.is_empty()) {
            cells.remove(0);
        }
        self.above.push(cells.join(" "));
        self.units_at = Some(self.lines.remove(0));
        self
    }

    /// What headings over several columns say of all of them belongs to the name of each.
    fn with_headings(mut self) -> RawTable {
        for (column, over) in self.columns.iter_mut().zip(&self.over) {
            if let Some(name) = over.completed(&column.name) {
                column.name = name;
            }
        }
        self
    }

    fn cell(&self, values: &Values) -> String {
        if values.is_empty() { String::new() } else { values.get(0).to_string().trim().to_string() }
    }

    /// What a column is called in the table: its name, or its name with the unit that stood below.
    pub fn full_name<'a>(&'a self, name: &'a str) -> &'a str {
        self.place(name).map_or(name, |at| &self.columns[at].name)
    }

    /// The column of a name; where it has none by that name, of the name before its unit was added, or with the heading above it.
    fn place(&self, name: &str) -> Option<usize> {
        let exact = self.columns.iter().position(|column| column.name == name);
        if exact.is_some() || self.units_at.is_none() && self.names_at.is_none() {
            return exact;
        }
        let wanted = squeezed(name);
        let bare = |name: String| {
            let rest = name.strip_prefix(&wanted);
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('(') && rest.ends_with(')'))
        };
        let own = |at: usize| squeezed(&self.columns[at].name);
        let over = |at: usize| self.over.get(at).filter(|over| !over.heading.is_empty());
        let below = |at: usize| over(at).is_some_and(|over| squeezed(&over.name) == wanted);
        let whole = |at: usize| over(at).is_some_and(|over| bare(squeezed(&over.heading) + &squeezed(&over.name)));
        let columns = || 0..self.columns.len();
        let only = |at: &usize| columns().filter(|other| below(*other)).count() == 1 && below(*at);
        let found = columns().find(|&at| bare(own(at))).or_else(|| columns().find(only));
        found.or_else(|| columns().find(|&at| whole(at)))
    }

    pub fn len(&self) -> usize {
        self.lines.len()
    }

    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// Which rows of a column of texts are numbers in the file; empty where that is not known.
    pub fn number_cells(&self, name: &str) -> &[bool] {
        self.place(name).and_then(|place| self.number_cells.get(place)).map_or(&[], Vec::as_slice)
    }

    /// The column of a name.
    ///
    /// # Errors
    /// `missing-field` with the names there are; `ambiguous-field` where two columns bear the name.
    pub fn column(&self, name: &str) -> Outcome<&Values> {
        let full = self.full_name(name);
        let mut named = self.columns.iter().filter(|column| column.name == full);
        let (first, second) = (named.next(), named.next());
        match (first, second) {
            (Some(column), None) => Ok(&column.values),
            (Some(_), Some(_)) => Err(Fault::new(
                "ambiguous-field",
                say!("two columns are named \"{name}\"", "有两列都名为「{name}」"),
                say!("rename one of them in the table", "请在表中改名其中一列"),
            )),
            (None, _) => {
                let names = self.columns.iter().map(|column| column.name.as_str()).collect::<Vec<_>>().join(", ");
                Err(Fault::new(
                    "missing-field",
                    say!("there is no column \"{name}\"", "没有名为「{name}」的列"),
                    say!("the columns are: {names}", "现有的列:{names}"),
                ))
            }
        }
    }
}

/// Whether a line of several cells is a note above the table, as `填表单位:某局 … 单位:万元/亩`, and no line of column names.
pub(super) fn is_note<'a>(cells: impl Iterator<Item = &'a str>) -> bool {
    const NOTED: [&str; 3] = ["单位", "日期", "时间"];
    let noted = |cell: &str| {
        cell.split_once([':', '\u{ff1a}']).is_some_and(|(what, _)| NOTED.iter().any(|own| what.ends_with(own)))
    };
    cells.into_iter().any(noted)
}

/// A name without its blanks.
fn squeezed(name: &str) -> String {
    name.split_whitespace().collect()
}

/// The unit a cell is, with or without brackets; `None` where it is none.
pub(super) fn unit_of(cell: &str) -> Option<&str> {
    let bare = cell.trim_start_matches(['(', '\u{ff08}', '[']).trim_end_matches([')', '\u{ff09}', ']']).trim();
    let bare = bare.strip_prefix("单位").map_or(bare, |rest| rest.trim_start_matches([':', '\u{ff1a}', ' ']).trim());
    let known = [Quantity::Money, Quantity::Yearly, Quantity::Area, Quantity::Years, Quantity::Share];
    let known = known.iter().any(|quantity| quantity.factor(bare).is_some()) || price_unit(bare).is_some();
    (known && !bare.is_empty()).then_some(bare)
}

/// The table has no line to take column names from.
pub(super) fn no_header(path: &Path) -> Fault {
    Fault::new(
        "no-header",
        say!("the table has no line with column names", "表中没有列名行"),
        say!("write the column names in one line above the data", "请在数据上方写一行列名"),
    )
    .at(path.display())
}

/// A column has values but no name.
pub(super) fn unnamed(path: &Path, line: u32, column: usize) -> Fault {
    let letters = letters(column);
    Fault::new(
        "unnamed-column",
        say!("column {letters} has values but no name", "{letters} 列有值但没有列名"),
        say!("name it in the header line, or clear it", "请在列名行写上名称,或清空该列"),
    )
    .at(format!("{}:{line}", path.display()))
}

/// A column's letters in a spreadsheet: 0 is A, 26 is AA.
fn letters(column: usize) -> String {
    let (mut rest, mut letters) = (column + 1, Vec::new());
    while rest > 0 {
        letters.push(b'A' + ((rest - 1) % 26) as u8);
        rest = (rest - 1) / 26;
    }
    letters.iter().rev().map(|letter| char::from(*letter)).collect()
}

#[cfg(test)]
#[path = "table_tests.rs"]
mod tests;
