//! The price index as a table: a column `quarter` and one per use.

use super::plan::{Project, UsePlan};
use crate::land::date::Quarter;
use crate::land::{Fault, Outcome, Text};
use crate::say;
use std::collections::BTreeMap;
use std::io::Read;
use std::path::Path;

type Rows = Vec<(String, Vec<f64>)>;

impl Project {
    /// The values of an index file by quarter, in the order of the uses.
    ///
    /// # Errors
    /// `bad-index`.
    pub fn index_of_file(&self, path: &Path) -> Outcome<BTreeMap<Quarter, Vec<f64>>> {
        let bad = |(what, help)| Fault::new("bad-index", what, help).at(path.display());
        by_quarter(read(path, &self.uses).map_err(bad)?).map_err(bad)
    }

    /// The same of the text a release holds; empty of an empty one.
    ///
    /// # Errors
    /// `bad-index`.
    pub fn index_of_text(&self, text: &str) -> Outcome<BTreeMap<Quarter, Vec<f64>>> {
        if text.is_empty() {
            return Ok(BTreeMap::new());
        }
        let bad = |(what, help)| Fault::new("bad-index", what, help).at("index.csv");
        by_quarter(rows(text.as_bytes(), "index.csv", &self.uses).map_err(bad)?).map_err(bad)
    }
}

/// The values of an index as CSV by use, for programs that know no project: a column `quarter` and one per use key. A blank cell is no value.
///
/// # Errors
/// `bad-index`.
pub fn index_by_use(text: &str, place: &str) -> Outcome<BTreeMap<String, Vec<(Quarter, f64)>>> {
    let bad = |what: Text| Fault::new("bad-index", what, help()).at(place);
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let headers = reader.headers().map_err(|e| bad(say!("{e}", "{e}")))?.clone();
    let names: Vec<&str> = headers.iter().map(|header| header.trim_start_matches('\u{feff}').trim()).collect();
    let at = names.iter().position(|name| *name == "quarter");
    let at = at.ok_or_else(|| bad(say!("there is no column `quarter`", "没有 quarter 列")))?;
    let mut index: BTreeMap<String, Vec<(Quarter, f64)>> = BTreeMap::new();
    for record in reader.records() {
        let record = record.map_err(|e| bad(say!("{e}", "{e}")))?;
        let written = &record[at];
        let quarter = Quarter::parse(written).ok_or_else(|| {
            bad(say!("\"{written}\" is no quarter such as 2025Q4", "「{written}」不是 2025Q4 这样的季度"))
        })?;
        for (name, cell) in
            names.iter().zip(&record).filter(|(name, cell)| **name != "quarter" && !cell.trim().is_empty())
        {
            let value = cell.trim().parse().ok().filter(|value: &f64| *value > 0.0 && value.is_finite());
            let value = value.ok_or_else(|| {
                bad(say!("{quarter}, {name}: \"{cell}\" is no positive number", "{quarter} {name}:「{cell}」不是正数"))
            })?;
            let own = index.entry((*name).to_string()).or_default();
            if own.iter().any(|(known, _)| *known == quarter) {
                return Err(bad(say!("{quarter} stands there twice for {name}", "{name} 的 {quarter} 重复出现")));
            }
            own.push((quarter, value));
        }
    }
    Ok(index)
}

/// What is wrong, and what to do.
type Wrong = (Text, Text);

fn by_quarter(rows: Rows) -> Result<BTreeMap<Quarter, Vec<f64>>, Wrong> {
    let mut index = BTreeMap::new();
    for (written, values) in rows {
        let sound = values.iter().all(|value| *value > 0.0 && value.is_finite());
        let quarter = Quarter::parse(&written).filter(|_| sound).ok_or_else(|| {
            (
                say!(
                    "\"{written}\" needs a quarter such as 2025Q4 and one positive value per use",
                    "「{written}」须为 2025Q4 这样的季度,且每种用途一个正数"
                ),
                help(),
            )
        })?;
        if index.insert(quarter, values).is_some() {
            return Err((
                say!("{quarter} stands there twice", "{quarter} 重复出现"),
                say!("keep one row of it", "请只保留一行"),
            ));
        }
    }
    Ok(index)
}

fn help() -> Text {
    say!(
        "write CSV with a column `quarter` and one column per use key",
        "请写 CSV:一列 quarter,每种用途一列(用途键作列名)"
    )
}

/// The rows of an index file as they are written.
pub(super) fn read(path: &Path, uses: &[UsePlan]) -> Result<Rows, Wrong> {
    let shown = path.display().to_string();
    let file =
        std::fs::File::open(path).map_err(|e| (say!("cannot read {shown}: {e}", "无法读取 {shown}:{e}"), help()))?;
    rows(file, &shown, uses)
}

fn rows(from: impl Read, shown: &str, uses: &[UsePlan]) -> Result<Rows, Wrong> {
    let mut reader = csv::Reader::from_reader(from);
    let headers = reader.headers().map_err(|e| (say!("{shown}: {e}", "{shown}:{e}"), help()))?.clone();
    let column = |name: &str| headers.iter().position(|header| header.trim_start_matches('\u{feff}') == name);
    let quarter = column("quarter")
        .ok_or_else(|| (say!("{shown} has no column `quarter`", "{shown} 没有 quarter 列"), help()))?;
    let mut columns = Vec::new();
    for plan in uses {
        let key = &plan.land_use.key;
        columns
            .push(column(key).ok_or_else(|| (say!("{shown} has no column `{key}`", "{shown} 没有 {key} 列"), help()))?);
    }
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|e| (say!("{shown}: {e}", "{shown}:{e}"), help()))?;
        let values = columns.iter().map(|&at| record[at].trim().parse().unwrap_or(f64::NAN)).collect();
        rows.push((record[quarter].to_string(), values));
    }
    Ok(rows)
}
