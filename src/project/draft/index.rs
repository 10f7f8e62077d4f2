//! The price index of a draft, and whether it can bring the samples to the base date.

use super::prices::Sales;
use super::quote::comment;
use super::uses::DraftUse;
use super::{LayerInfo, LayerKind};
use crate::land::date::{self, Quarter};

/// A CSV file with index values by quarter.
pub(super) struct Index {
    pub path: String,
    pub last: Quarter,
    first: Quarter,
    columns: Vec<String>,
}

/// The first CSV file with a column `quarter` that begins and ends in a quarter.
pub(super) fn index(layers: &[LayerInfo]) -> Option<Index> {
    let tables =
        layers.iter().filter(|info| info.kind == LayerKind::Table && info.path.to_lowercase().ends_with(".csv"));
    tables.into_iter().find_map(|info| {
        let quarter = info.fields.iter().find(|field| field.name == "quarter")?;
        let columns = info.fields.iter().map(|field| field.name.clone()).collect();
        let first = Quarter::parse(quarter.samples.first()?)?;
        Some(Index { path: info.path.clone(), columns, first, last: Quarter::parse(&quarter.last)? })
    })
}

impl Index {
    /// The day after the last quarter.
    pub fn base_date(&self) -> String {
        let Quarter { year, quarter } = self.last;
        let (year, month) = if quarter == 4 { (year + 1, 1) } else { (year, quarter * 3 + 1) };
        format!("{year}-{month:02}-01")
    }
}

/// The index where it has a column for each use and reaches over the sales, else what is missing, in both languages.
pub(super) fn fitting(index: Option<Index>, sales: &Sales<'_>, uses: &[DraftUse]) -> Result<Index, String> {
    let columns: Vec<&str> = uses.iter().map(|land_use| land_use.key.as_str()).collect();
    let Some(index) = index else {
        let columns = comment(&columns.join(", "));
        return Err(format!(
            "needs a price index: [prices] index = \"….csv\" with the columns quarter, {columns}; without it no correction for date / 须有地价指数表(CSV,列为 quarter 及上述用途键)才能写 date,否则不作期日修正"
        ));
    };
    let path = comment(&index.path);
    let missing: Vec<&str> = columns.into_iter().filter(|key| !index.columns.iter().any(|c| c == key)).collect();
    if !missing.is_empty() {
        let missing = comment(&missing.join(", "));
        return Err(format!(
            "the index {path} has no column {missing}; with it write [prices] index and date / 指数表 {path} 缺少列 {missing},补全后再写 index 与 date"
        ));
    }
    let first = sales.date.and_then(|field| date::parse(field.samples.first()?)).map(Quarter::of);
    let last = sales.latest().map(Quarter::of);
    if first.is_some_and(|first| first < index.first) || last.is_some_and(|last| last > index.last) {
        let (from, to) = (index.first, index.last);
        let shown = |quarter: Option<Quarter>| quarter.map_or_else(|| "?".to_string(), |quarter| quarter.to_string());
        let (first, last) = (shown(first), shown(last));
        return Err(format!(
            "the index {path} runs from {from} to {to}, the sales from {first} to {last}; complete it, then write [prices] index and date / 指数表 {path} 为 {from} 至 {to},样点为 {first} 至 {last},补全后再写 index 与 date"
        ));
    }
    Ok(index)
}
