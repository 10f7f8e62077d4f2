//! The prices of a draft: a layer of samples, and a table of index values by quarter.

use super::quote::{comment, quoted};
use super::uses::DraftUse;
use super::{FieldInfo, LayerInfo, LayerKind, fields};
use crate::land::date::Quarter;
use crate::land::number::yuan_per_square_metre;
use std::fmt::Write;

/// A layer of samples with the fields it must have.
pub(super) struct Sales<'a> {
    info: &'a LayerInfo,
    id: &'a FieldInfo,
    price: &'a FieldInfo,
}

/// A CSV file with index values by quarter.
pub(super) struct Index {
    pub path: String,
    columns: Vec<String>,
    last: Quarter,
}

/// The samples' fields; `None` where there is no price or no place.
pub(super) fn samples(info: &LayerInfo) -> Option<Sales<'_>> {
    if info.kind == LayerKind::Table {
        return None;
    }
    let price = fields::find(info, fields::PRICE)?;
    let id = fields::find(info, fields::ID).or_else(|| info.fields.first())?;
    Some(Sales { info, id, price })
}

/// The first CSV file with a column `quarter` that ends in a quarter.
pub(super) fn index(layers: &[LayerInfo]) -> Option<Index> {
    let tables =
        layers.iter().filter(|info| info.kind == LayerKind::Table && info.path.to_lowercase().ends_with(".csv"));
    tables.into_iter().find_map(|info| {
        let quarter = info.fields.iter().find(|field| field.name == "quarter")?;
        let columns = info.fields.iter().map(|field| field.name.clone()).collect();
        Some(Index { path: info.path.clone(), columns, last: Quarter::parse(&quarter.last)? })
    })
}

impl Index {
    /// The day after the last quarter.
    pub fn base_date(&self) -> Option<String> {
        let Quarter { year, quarter } = self.last;
        let (year, month) = if quarter == 4 { (year + 1, 1) } else { (year, quarter * 3 + 1) };
        Some(format!("{year}-{month:02}-01"))
    }
}

pub(super) fn write(out: &mut String, sales: &Sales<'_>, index: Option<&Index>, uses: &[DraftUse]) {
    let info = sales.info;
    let _ = write!(
        out,
        "\n[prices]\noutliers = \"grubbs\"\nstatistic = \"mean\"\nfill = \"leave\"  # ? or \"nearest-grade\", \"interpolate\" / 无样点级别的处理\n\
         rounding = 1  # 元/㎡\n"
    );
    if let Some(index) = index {
        let missing: Vec<&str> = uses
            .iter()
            .map(|land_use| land_use.key.as_str())
            .filter(|key| !index.columns.iter().any(|c| c == key))
            .collect();
        if missing.is_empty() {
            let (path, last) = (quoted(&index.path), index.last);
            let _ = writeln!(out, "index = {path}\nbase_quarter = \"{last}\"  # ? the last of the index / 指数末季度");
        } else {
            let (path, missing) = (comment(&index.path), comment(&missing.join(", ")));
            let _ = writeln!(out, "# ? {path} has no column for / 缺少列: {missing}");
        }
    }
    let (count, source) = (info.features, info.source_lines());
    let _ = write!(out, "\n[prices.samples]  # {count} samples / 样点\n{source}");
    let mark = if fields::find(info, fields::ID).is_some() { "" } else { "  # ?" };
    let _ = writeln!(out, "id = {}{mark}", quoted(&sales.id.name));
    let mut named = |key: &str, names: &[&str]| {
        if let Some(field) = fields::find(info, names) {
            let _ = writeln!(out, "{key} = {}", quoted(&field.name));
        }
    };
    if uses.iter().any(|land_use| !land_use.values.is_empty()) {
        named("use", fields::USE);
    }
    named("price", &[sales.price.name.to_lowercase().as_str()]);
    named("date", fields::DATE);
    named("plot_ratio", fields::PLOT_RATIO);
    named("term", fields::TERM);
    named("area", fields::AREA);
    let told = fields::find(info, fields::UNIT).filter(|field| !field.more);
    match told.map(|field| field.samples.as_slice()) {
        Some([unit]) if yuan_per_square_metre(unit).is_some() => {
            let _ = writeln!(out, "unit = {}", quoted(unit));
        }
        _ => out.push_str("unit = \"元/㎡\"  # ? / 价格单位\n"),
    }
}
