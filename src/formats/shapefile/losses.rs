//! What a shapefile could not hold, told in sentences.

use super::columns::{Column, LONGEST_TEXT, Layout};
use super::{dbf, shp};
use crate::formats::Table;
use crate::formats::tally::Tally;
use crate::land::Text;
use crate::say;

/// Every loss of this file, one sentence each.
pub(super) fn of(
    table: &Table<'_>,
    columns: &[Column],
    plan: &shp::Plan,
    missed: &dbf::Missed,
    has_prj: bool,
) -> Vec<Text> {
    let mut losses = Vec::new();
    losses.extend(names(table, columns));
    if table.fields.iter().any(|field| !field.unit.is_empty() || field.title != Text::same(field.name.clone())) {
        losses.push(say!(
            "full titles and units stand in the dictionary …_fields.csv, not in the shapefile",
            "字段全称和单位写在 …_fields.csv 说明表中,Shapefile 本身没有"
        ));
    }
    losses.extend(decimals(columns));
    losses.extend(numbers(columns, missed));
    losses.extend(texts(missed));
    if let Some((count, row)) = some(plan.bad_places) {
        losses.push(say!(
            "{count} features have coordinates that are no numbers; they get no geometry (first in row {row})",
            "{count} 个要素的坐标不是有效数值,未写几何(首见于第 {row} 行)"
        ));
    }
    if !has_prj {
        losses.push(say!(
            "no .prj file: the layer has no coordinate reference system that ArcGIS can spell",
            "没有 .prj 文件:图层没有可用 ArcGIS 格式表示的坐标系"
        ));
    }
    losses
}

fn some(tally: Tally) -> Option<(usize, usize)> {
    Some((tally.count, tally.first_row()?))
}

fn names(table: &Table<'_>, columns: &[Column]) -> Option<Text> {
    let changed: Vec<String> = table
        .fields
        .iter()
        .zip(columns)
        .filter(|(field, column)| field.name != column.name.shown)
        .map(|(field, column)| format!("{} → {}", field.name, column.name.shown))
        .collect();
    let list = changed.join(", ");
    (!changed.is_empty()).then(|| say!("field names are cut to 10 bytes: {list}", "字段名截至 10 字节:{list}"))
}

fn decimals(columns: &[Column]) -> Option<Text> {
    let inexact: Vec<String> = columns
        .iter()
        .filter(|column| column.inexact)
        .map(|column| format!("{} ({})", column.name.shown, column.layout.decimals()))
        .collect();
    let list = inexact.join(", ");
    (!inexact.is_empty()).then(|| {
        say!("numbers are rounded to the decimals in brackets: {list}", "数值四舍五入到括号内的小数位数:{list}")
    })
}

fn numbers(columns: &[Column], missed: &dbf::Missed) -> Vec<Text> {
    let mut losses = Vec::new();
    let (mut missing, mut rounded) = (Tally::default(), Tally::default());
    for column in columns {
        if column.layout != Layout::Text {
            missing.join(column.missing);
        }
        rounded.join(column.rounded_integers);
    }
    if let Some((count, row)) = some(missing) {
        losses.push(say!(
            "{count} missing numbers are blank; some programs (ArcGIS) show them as 0 (first in row {row})",
            "{count} 个缺失数值写为空白;部分软件(如 ArcGIS)显示为 0(首见于第 {row} 行)"
        ));
    }
    if let Some((count, row)) = some(rounded) {
        losses.push(say!(
            "{count} whole numbers are beyond 2^53; programs that read them as doubles round them (first in row {row})",
            "{count} 个整数超过 2^53;以双精度读取的软件会将其取整(首见于第 {row} 行)"
        ));
    }
    if let Some((count, row)) = some(missed.infinite) {
        losses.push(say!(
            "{count} infinite numbers are blank (first in row {row})",
            "{count} 个无穷大数值写为空白(首见于第 {row} 行)"
        ));
    }
    losses
}

fn texts(missed: &dbf::Missed) -> Vec<Text> {
    let mut losses = Vec::new();
    if let Some((count, row)) = some(missed.cut) {
        losses.push(say!(
            "{count} texts are cut to {LONGEST_TEXT} bytes (first in row {row})",
            "{count} 个文本截至 {LONGEST_TEXT} 字节(首见于第 {row} 行)"
        ));
    }
    if let (Some((count, row)), Some(character)) = (some(missed.foreign), missed.example) {
        let shown = character.escape_debug();
        let code = u32::from(character);
        losses.push(say!(
            "{count} texts have characters the encoding lacks, written as ? (first: {shown}, U+{code:04X}, in row {row})",
            "{count} 个文本含该编码没有的字符,写为 ?(首例:{shown},U+{code:04X},第 {row} 行)"
        ));
    }
    if let Some((count, row)) = some(missed.padded) {
        losses.push(say!(
            "{count} texts begin or end with spaces, which a shapefile does not keep (first in row {row})",
            "{count} 个文本以空格开头或结尾,Shapefile 不保留(首见于第 {row} 行)"
        ));
    }
    losses
}
