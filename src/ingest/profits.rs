//! Business samples (经营样点): a table of yearly profits per area of land, with the place or the unit of each, for differential income.

use super::headed::{Headed, Number, UNIT, USE, Wanted};
use crate::land::{Fault, Outcome, Text};
use crate::say;
use std::path::Path;

/// The table.
#[derive(Debug, Default)]
pub struct Profits {
    pub rows: Vec<Profit>,
    /// What the table has columns for.
    pub coordinates: bool,
    pub industries: bool,
    pub capital: bool,
    pub wages: bool,
    /// What was assumed about the table, and what of it is not used.
    pub notes: Vec<Text>,
}

/// One row. Amounts are yearly, in 元 per ㎡ of land.
#[derive(Clone, Debug, PartialEq)]
pub struct Profit {
    /// In the file, from 1.
    pub line: u32,
    pub id: String,
    /// East and north in the release's system.
    pub x: Number,
    pub y: Number,
    /// Empty where the table tells none, as the use and the industry.
    pub unit: String,
    pub land_use: String,
    pub industry: String,
    pub profit: Number,
    pub capital: Number,
    pub wages: Number,
}

const ID: &[&str] =
    &["id", "sample", "sampleid", "sample_id", "样点编号", "样点号", "样点", "企业编号", "编号", "序号", "no", "no."];
const X: &[&str] = &["x", "east", "easting", "x坐标", "东坐标", "东向坐标"];
const Y: &[&str] = &["y", "north", "northing", "y坐标", "北坐标", "北向坐标"];
const INDUSTRY: &[&str] = &["industry", "sector", "trade", "行业", "行业类型", "行业类别", "行业名称"];
const PROFIT: &[&str] = &[
    "profit",
    "profits",
    "单位面积利润",
    "单位面积年利润",
    "单位面积纯利润",
    "单位土地利润",
    "单位用地利润",
    "地均利润",
    "利润",
];
const CAPITAL: &[&str] =
    &["capital", "单位面积资金", "单位面积资本", "单位面积资金占用", "单位面积资金占用额", "资金", "资本"];
const WAGES: &[&str] =
    &["wages", "wage", "labour", "labor", "单位面积工资", "单位面积工资额", "单位面积劳动", "工资", "劳动"];

/// Reads the table.
///
/// # Errors
/// As [`Headed::read`]; `missing-field` where neither units nor both coordinates are there; `unknown-unit`.
pub fn read(path: &Path, sheet: Option<&str>) -> Outcome<Profits> {
    let wanted = |title, names, needed| Wanted { title, names, needed };
    let columns = [
        wanted(say!("samples", "样点编号"), ID, false),
        wanted(say!("x", "x 坐标"), X, false),
        wanted(say!("y", "y 坐标"), Y, false),
        wanted(say!("units", "单元编号"), UNIT, false),
        wanted(say!("uses", "用途"), USE, false),
        wanted(say!("industries", "行业"), INDUSTRY, false),
        wanted(say!("profits", "单位面积利润"), PROFIT, true),
        wanted(say!("capital", "单位面积资金"), CAPITAL, false),
        wanted(say!("wages", "单位面积工资"), WAGES, false),
    ];
    let mut table = Headed::read(path, sheet, &columns)?;
    let coordinates = table.has(1) && table.has(2);
    if !coordinates && !table.has(3) {
        return Err(Fault::new(
            "missing-field",
            say!("no column tells where the samples lie", "没有说明样点位置的列"),
            say!("give x and y in the release's system, or unit", "请给出成果坐标系中的 x、y,或单元编号"),
        )
        .at(path.display()));
    }
    let place = |fault: Fault| fault.at(path.display());
    let mut factor = |column| table.yuan_per_square_metre(column).map_err(place);
    let (profit, capital, wages) = (factor(6)?, factor(7)?, factor(8)?);
    let row = |row: usize| Profit {
        line: table.line(row),
        id: table.text(0, row),
        x: table.plain(1, row),
        y: table.plain(2, row),
        unit: table.text(3, row),
        land_use: table.text(4, row),
        industry: table.text(5, row),
        profit: table.amount(6, row, profit),
        capital: table.amount(7, row, capital),
        wages: table.amount(8, row, wages),
    };
    Ok(Profits {
        rows: (0..table.len()).map(row).collect(),
        coordinates,
        industries: table.has(5),
        capital: table.has(7),
        wages: table.has(8),
        notes: table.notes,
    })
}

#[cfg(test)]
#[path = "profits_tests.rs"]
mod tests;
