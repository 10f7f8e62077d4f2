//! Small tables cell by cell, for those whose rows have names as their columns have, or whose first cell is empty.

use super::delimited::{self, Lines};
use super::workbook;
use crate::land::{Fault, Outcome};
use crate::say;
use std::path::Path;

/// The cells of a text file or of a sheet.
#[derive(Clone, Debug, Default)]
pub struct Grid {
    /// The sheet's name; empty of a text file.
    pub name: String,
    /// The file, and the sheet of a workbook.
    pub place: String,
    /// Rows with something in them.
    pub rows: Vec<Row>,
}

/// A row with its line in the file, from 1.
#[derive(Clone, Debug)]
pub struct Row {
    pub line: u32,
    /// Trimmed, without line breaks; none behind the last that has something in it.
    cells: Vec<String>,
}

/// Reads the table of a text file (commas, semicolons or tabs), or every sheet of a workbook that has something in it, or the one named.
///
/// # Errors
/// `io`, `unreadable-workbook`, `missing-sheet`, `undecodable-text`, `wrong-field-count`; `no-header` where no cell is filled.
pub fn read(path: &Path, sheet: Option<&str>) -> Outcome<Vec<Grid>> {
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_ascii_lowercase()).unwrap_or_default();
    let mut grids = match ending.as_str() {
        "xlsx" | "xlsm" | "xlsb" | "xls" | "ods" => {
            let sheets = workbook::grids(path, sheet)?.into_iter();
            sheets.map(|(name, rows)| Grid::of(format!("{}, {name}", path.display()), name, rows)).collect()
        }
        _ if sheet.is_some() => {
            let what = say!("a text file has no sheets", "文本文件没有工作表");
            return Err(Fault::new("missing-sheet", what, say!("name none", "请不要指定工作表")).at(path.display()));
        }
        _ => vec![Grid::of(path.display().to_string(), String::new(), text(path)?)],
    };
    grids.retain(|grid| !grid.rows.is_empty());
    if grids.is_empty() {
        return Err(Fault::new(
            "no-header",
            say!("the table is empty", "表中没有内容"),
            say!("give a table with the names of factors in its first row", "请给出首行为因素名称的表"),
        )
        .at(path.display()));
    }
    Ok(grids)
}

fn text(path: &Path) -> Outcome<workbook::Lines> {
    let (text, separator) = delimited::text(path)?;
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(separator).from_reader(text.as_bytes());
    let mut lines = Lines { body: &text, at: 0, line: 1 };
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| delimited::broken(path, &error))?;
        rows.push((lines.of(&record), record.iter().map(str::to_string).collect()));
    }
    Ok(rows)
}

impl Grid {
    fn of(place: String, name: String, rows: workbook::Lines) -> Grid {
        let rows = rows.into_iter().map(|(line, cells)| Row::of(line, cells));
        Grid { name, place, rows: rows.filter(|row| row.len() > 0).collect() }
    }

    /// Where a row stands.
    pub fn at(&self, row: &Row) -> String {
        format!("{}:{}", self.place, row.line)
    }
}

#[expect(clippy::len_without_is_empty, reason = "a row of a grid is never empty")]
impl Row {
    fn of(line: u32, cells: Vec<String>) -> Row {
        // A name broken over lines inside its cell is one name.
        let plain = |cell: &String| cell.lines().map(str::trim).collect::<Vec<_>>().join(" ").trim().to_string();
        let mut cells: Vec<String> = cells.iter().map(plain).collect();
        cells.truncate(cells.iter().rposition(|cell| !cell.is_empty()).map_or(0, |last| last + 1));
        Row { line, cells }
    }

    /// How many cells there are up to the last that has something in it.
    pub fn len(&self) -> usize {
        self.cells.len()
    }

    /// The text of a cell; empty where there is none.
    pub fn cell(&self, at: usize) -> &str {
        self.cells.get(at).map_or("", String::as_str)
    }

    /// How many cells have something in them.
    pub fn filled(&self) -> usize {
        self.cells.iter().filter(|cell| !cell.is_empty()).count()
    }
}
