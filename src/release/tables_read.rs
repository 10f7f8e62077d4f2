//! The price cells, samples and findings of a release read back from their CSV, exactly.

use super::content::UseHead;
use super::priced::{Decided, PriceCell};
use crate::ingest::finding::{Action, Code, Finding, Findings};
use crate::land::{Fault, Outcome, Text};
use crate::say;
use crate::space::Point;
use std::path::Path;
use std::str::FromStr;

/// Reads `prices.csv`.
///
/// # Errors
/// `csv` naming row and column of what cannot be read.
pub fn prices(path: &Path, uses: &[UseHead]) -> Outcome<Vec<PriceCell>> {
    each_row(path, |row| {
        let interval = (row.maybe("interval_low")?, row.maybe("interval_high")?);
        let filled = row.text("filled")?;
        Ok(PriceCell {
            use_index: row.land_use(uses)?,
            grade: row.number("grade")?,
            units: row.number("units")?,
            area: row.real("area")?,
            samples: row.number("samples")?,
            kept: row.number("kept")?,
            raw: row.maybe("raw")?,
            deviation: row.maybe("deviation")?,
            lowest: row.maybe("lowest")?,
            highest: row.maybe("highest")?,
            interval: interval.0.zip(interval.1),
            published: row.maybe("published")?,
            filled: (filled != Text::default()).then_some(filled),
            decided: match row.later("reason") {
                "" => None,
                reason => Some(Decided {
                    computed: Some(row.later_real("computed")?).filter(|value| !value.is_nan()),
                    reason: reason.to_string(),
                }),
            },
        })
    })
}

/// Reads `findings.csv`.
///
/// # Errors
/// As [`prices`].
pub fn findings(path: &Path) -> Outcome<Findings> {
    let mut findings = Findings::default();
    findings.extend(each_row(path, |row| {
        let place = row.maybe("x")?.zip(row.maybe("y")?);
        Ok(Finding {
            code: Code::parse(row.cell("code")?).ok_or_else(|| row.unreadable("code"))?,
            layer: row.cell("layer")?.to_string(),
            feature: row.cell("feature")?.to_string(),
            place: place.map(|(x, y)| Point::new(x, y)),
            detail: row.text("detail")?,
            action: Action::parse(row.cell("action")?).ok_or_else(|| row.unreadable("action"))?,
        })
    })?);
    Ok(findings)
}

/// One line of a table.
pub(super) struct Row<'a> {
    header: &'a csv::StringRecord,
    cells: &'a csv::StringRecord,
    path: &'a Path,
}

pub(super) fn each_row<T>(path: &Path, read: impl Fn(&Row<'_>) -> Outcome<T>) -> Outcome<Vec<T>> {
    let broken = |error: csv::Error| {
        Fault::new(
            "csv",
            say!("the table cannot be read: {error}", "无法读取表格:{error}"),
            say!("give a file that a release holds", "请给出成果包中的文件"),
        )
        .at(path.display())
    };
    let mut reader = csv::Reader::from_path(path).map_err(broken)?;
    let header = reader.headers().map_err(broken)?.clone();
    let mut rows = Vec::new();
    for cells in reader.records() {
        rows.push(read(&Row { header: &header, cells: &cells.map_err(broken)?, path })?);
    }
    Ok(rows)
}

impl Row<'_> {
    pub fn cell(&self, column: &str) -> Outcome<&str> {
        let at = self.header.iter().position(|name| name == column);
        at.and_then(|at| self.cells.get(at)).ok_or_else(|| self.unreadable(column))
    }

    /// As [`Row::cell`], empty where the table has no such column: it was made before there was one.
    pub fn later(&self, column: &str) -> &str {
        let at = self.header.iter().position(|name| name == column);
        at.and_then(|at| self.cells.get(at)).unwrap_or_default()
    }

    /// As [`Row::real`], NaN where the table has no such column.
    pub fn later_real(&self, column: &str) -> Outcome<f64> {
        if self.later(column).is_empty() { Ok(f64::NAN) } else { self.number(column) }
    }

    pub fn number<N: FromStr>(&self, column: &str) -> Outcome<N> {
        self.cell(column)?.parse().map_err(|_| self.unreadable(column))
    }

    /// A real number; NaN where the cell is empty.
    pub fn real(&self, column: &str) -> Outcome<f64> {
        if self.cell(column)?.is_empty() { Ok(f64::NAN) } else { self.number(column) }
    }

    fn maybe(&self, column: &str) -> Outcome<Option<f64>> {
        Ok(Some(self.real(column)?).filter(|value| !value.is_nan()))
    }

    /// A text in both languages.
    pub fn text(&self, column: &str) -> Outcome<Text> {
        let zh = self.cell(&format!("{column}_zh"))?.to_string();
        Ok(Text { zh, en: self.cell(&format!("{column}_en"))?.to_string() })
    }

    pub fn land_use(&self, uses: &[UseHead]) -> Outcome<u8> {
        let key = self.cell("use")?;
        let at = uses.iter().position(|entry| entry.key == key);
        at.and_then(|at| u8::try_from(at).ok()).ok_or_else(|| self.unreadable("use"))
    }

    pub fn unreadable(&self, column: &str) -> Fault {
        // The row's number under the header: line numbers would count the breaks within texts.
        let row = self.cells.position().map_or(0, csv::Position::record);
        Fault::new(
            "csv",
            say!("the column \"{column}\" is missing or unreadable", "缺少列「{column}」或其内容无法读取"),
            say!("give a file that a release holds", "请给出成果包中的文件"),
        )
        .at(format!("{}, row {row}", self.path.display()))
    }
}

#[cfg(test)]
#[path = "tables_tests.rs"]
mod tests;
