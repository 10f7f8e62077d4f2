//! Tables of samples, prices and ratings: delimited text or a sheet of a workbook, column by column, each row with its line.

use super::{delimited, workbook};
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
}

/// Reads a table: `.xlsx`, `.xlsm`, `.xlsb`, `.xls` and `.ods` as workbooks, anything else as text with commas, semicolons or tabs.
///
/// # Errors
/// `io`, `unreadable-workbook`, `missing-sheet` (with the sheets there are), `no-header`, `undecodable-text`, `wrong-field-count` and
/// `unnamed-column`, each with file and line; `unknown-encoding`.
pub fn read(path: &Path, options: Options<'_>) -> Outcome<RawTable> {
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_ascii_lowercase()).unwrap_or_default();
    match ending.as_str() {
        "xlsx" | "xlsm" | "xlsb" | "xls" | "ods" => workbook::read(path, options),
        _ => delimited::read(path, options),
    }
}

impl RawTable {
    /// What is said of merged cells; `None` where there are none.
    pub fn told_of_merged(&self) -> Option<Text> {
        let count = self.merged;
        (count > 0).then(|| {
            say!(
                "{count} cells are merged with one above or beside them and have its value",
                "{count} 个单元格属合并单元格,取合并区域首格的值"
            )
        })
    }

    pub fn len(&self) -> usize {
        self.lines.len()
    }

    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// Which rows of a column of texts are numbers in the file; empty where that is not known.
    pub fn number_cells(&self, name: &str) -> &[bool] {
        let place = self.columns.iter().position(|column| column.name == name);
        place.and_then(|place| self.number_cells.get(place)).map_or(&[], Vec::as_slice)
    }

    /// The column of a name.
    ///
    /// # Errors
    /// `missing-field` with the names there are; `ambiguous-field` where two columns bear the name.
    pub fn column(&self, name: &str) -> Outcome<&Values> {
        let mut named = self.columns.iter().filter(|column| column.name == name);
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
