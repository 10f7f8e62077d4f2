//! A table of values set and prices paid, row by row, for a ratio study.

use super::readers::table::{self, TextEncoding};
use super::samples::sum_word;
use crate::land::above;
use crate::land::column::Value;
use crate::land::heading::{heading, is_unknown_price, price_kind, unknown_above, unknown_unit};
use crate::land::number::{self, yuan_per_square_metre};
use crate::land::quantity::{Quantity, scaled};
use crate::land::{Fault, Outcome, Text, Values, grade};
use crate::say;
use std::collections::BTreeMap;
use std::path::Path;

/// The columns of the table.
#[derive(Clone, Copy, Debug)]
pub struct Wanted<'a> {
    /// The sheet of a workbook; the only one where none is named.
    pub sheet: Option<&'a str>,
    pub value: &'a str,
    pub price: &'a str,
    pub group: Option<&'a str>,
    /// The line of the column names, where it is not the first.
    pub header: Option<u32>,
    /// Of a text file.
    pub encoding: Option<&'a str>,
}

/// One row.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// In the file, from 1.
    pub line: u32,
    pub value: f64,
    pub price: f64,
    /// Empty where groups are not asked for.
    pub group: String,
}

/// The table.
#[derive(Debug, Default)]
pub struct Ratios {
    /// Rows with two numbers; either may be 0 or less.
    pub rows: Vec<Row>,
    /// The lines of the others, each with what is wrong.
    pub without: Vec<(u32, Text)>,
    /// What was assumed about the file.
    pub notes: Vec<Text>,
}

/// Reads it: `.csv`, `.txt`, `.tsv` or a workbook.
///
/// # Errors
/// What the readers say; `missing-field` with the columns there are.
pub fn read(path: &Path, wanted: Wanted<'_>) -> Outcome<Ratios> {
    let Wanted { sheet, header, encoding, .. } = wanted;
    let raw = table::read(path, table::Options { sheet, header, encoding, keep_uneven: true })?;
    let column = |name: &str| raw.column(name).map_err(|fault| fault.at(path.display()));
    let (values, prices) = (column(wanted.value)?, column(wanted.price)?);
    let groups = wanted.group.map(column).transpose()?;
    let mut ratios = Ratios::default();
    ratios.notes.extend(raw.encoding.as_ref().and_then(TextEncoding::told));
    ratios.notes.extend(raw.told());
    for name in [wanted.value, wanted.price] {
        let full = raw.full_name(name);
        if let Some(unit) = heading(full).unit.filter(|unit| is_unknown_price(unit)) {
            return Err(unknown_unit(full, &unit).at(path.display()));
        }
    }
    if let Some(odd) = above::unknown_money(&raw.above) {
        return Err(unknown_above(&odd).at(path.display()));
    }
    let units = [wanted.value, wanted.price].map(|name| unit(raw.full_name(name)).or_else(|| unit_above(&raw.above)));
    if let [Some(one), Some(other)] = &units
        && one.per_metre != other.per_metre
    {
        let (one, other) = (&one.name, &other.name);
        return Err(Fault::new(
            "unit-conflict",
            say!("values are in {one}, prices in {other}", "评估值单位为 {one},价格单位为 {other}"),
            say!("give both as amounts, or both as prices per area", "请统一为总价或单价"),
        )
        .at(path.display()));
    }
    let headings = [wanted.value, wanted.price].map(|name| raw.full_name(name));
    if let [Some((one, _)), Some((other, _))] = headings.map(|heading| price_kind(&[heading], &[]))
        && one != other
    {
        let (value, price) = (headings[0], headings[1]);
        return Err(Fault::new(
            "kind-conflict",
            say!(
                "\"{value}\" tells {one} prices, \"{price}\" {other} ones",
                "「{value}」与「{price}」一为地面地价,一为楼面地价"
            ),
            say!("bring both to one kind by the plot ratios", "请先按容积率换算为同一类型"),
        )
        .at(path.display()));
    }
    for (unit, name) in units.iter().zip([wanted.value, wanted.price]) {
        if let Some(Unit { name: unit, factor, .. }) = unit.as_ref().filter(|unit| unit.factor != 1.0) {
            ratios.notes.push(say!("{name} is in {unit}: × {factor}", "{name} 的单位为 {unit}:× {factor}"));
        }
    }
    let pairs = [(&units[0], wanted.value, &units[1]), (&units[1], wanted.price, &units[0])];
    for (_, silent, told) in pairs.iter().filter(|(own, _, _)| own.is_none()) {
        if let Some(told) = told {
            let base = if told.per_metre { "元/㎡" } else { "元" };
            ratios.notes.push(say!("{silent} names no unit: taken as {base}", "{silent} 未注明单位,按 {base} 读取"));
        }
    }
    // What one of two columns tells holds for the other, whose numbers are compared with it.
    let per_metre = units.iter().flatten().map(|unit| unit.per_metre).next();
    let is_yuan = |unit: &Option<Unit>| unit.as_ref().is_none_or(|unit| unit.name.starts_with('元'));
    let [of_value, of_price] = units.each_ref().map(|unit| Expected {
        factor: unit.as_ref().map_or(1.0, |unit| unit.factor),
        per_metre,
        yuan: is_yuan(unit),
    });
    for (row, &line) in raw.lines.iter().enumerate() {
        if let Some((_, found)) = raw.uneven.iter().find(|(own, _)| *own == line) {
            let wanted = raw.columns.len();
            ratios.without.push((
                line,
                say!("it has {found} cells, the header {wanted}", "有 {found} 个单元格,列名行有 {wanted} 个"),
            ));
            continue;
        }
        let id = raw.columns.first().map_or(Value::None, |column| column.values.get(row));
        if let Some(word) = sum_word(id, &raw.columns, row) {
            ratios
                .without
                .push((line, say!("\"{word}\" heads a sum or an average of other lines", "「{word}」为合计或平均行")));
            continue;
        }
        let group = groups.map_or(String::new(), |groups| groups.get(row).to_string());
        match (amount(values, row, wanted.value, of_value), amount(prices, row, wanted.price, of_price)) {
            (Ok((_, Some(one))), Ok((_, Some(other)))) if one != other => ratios
                .without
                .push((line, say!("one number is a sum, the other a price per area", "一个为总额,另一个为单价"))),
            (Ok((value, _)), Ok((price, _))) => ratios.rows.push(Row { line, value, price, group }),
            (Err(what), _) | (_, Err(what)) => ratios.without.push((line, what)),
        }
    }
    ratios.notes.extend(one_name_per_grade(&mut ratios.rows));
    Ok(ratios)
}

/// The unit a heading tells.
struct Unit {
    name: String,
    /// Of 元 or 元/㎡.
    factor: f64,
    per_metre: bool,
}

fn unit(name: &str) -> Option<Unit> {
    let name = heading(name).unit.filter(|unit| !unit.is_empty())?;
    let of = |factor: f64, per_metre: bool| Unit { name: name.clone(), factor, per_metre };
    let money = Quantity::Money.factor(&name).map(|factor| of(factor, false));
    money.or_else(|| yuan_per_square_metre(&name).map(|factor| of(factor, true)))
}

/// The unit that lines above the table name.
fn unit_above(lines: &[String]) -> Option<Unit> {
    let price = above::price_unit(lines).and_then(|name| {
        let factor = yuan_per_square_metre(&name)?;
        Some(Unit { name, factor, per_metre: true })
    });
    price.or_else(|| {
        let name = above::unit_of(lines, Quantity::Money)?;
        let factor = Quantity::Money.factor(&name)?;
        Some(Unit { name, factor, per_metre: false })
    })
}

/// What the numbers of a column are.
#[derive(Clone, Copy)]
struct Expected {
    /// Of 元 or 元/㎡, for a number without a unit.
    factor: f64,
    /// Whether prices per area, or sums; `None` where nothing tells.
    per_metre: Option<bool>,
    /// Whether a bare 元 can be its unit.
    yuan: bool,
}

impl Expected {
    /// What one of a unit typed behind a number is; `None` for one of another kind than the column's.
    fn factor(self, unit: &str) -> Option<f64> {
        if unit.is_empty() {
            return Some(self.factor);
        }
        let per_metre = unit.contains('/');
        match (per_metre, self.per_metre) {
            (true, Some(true) | None) => yuan_per_square_metre(unit),
            (false, Some(false) | None) => Quantity::Money.factor(unit),
            // 1250元 among prices in 元/㎡; among others it tells no area.
            (false, Some(true)) => (unit == "元" && self.yuan).then_some(1.0),
            (true, Some(false)) => None,
        }
    }
}

/// A number in the column's unit, or with its own unit of the same kind typed behind it; with whether it is a price per area, where that is
/// told.
fn amount(values: &Values, row: usize, column: &str, expected: Expected) -> Result<(f64, Option<bool>), Text> {
    let plain = |number: f64| Ok((scaled(number, expected.factor), expected.per_metre));
    match values.get(row) {
        Value::Int(number) => plain(number as f64),
        Value::Real(number) => plain(number),
        Value::None => Err(say!("{column} is empty", "{column} 为空")),
        Value::Text(text) => {
            let Some(typed) = number::parse(text) else {
                return Err(say!("{column} is \"{text}\", not a number", "{column} 为「{text}」,不是数值"));
            };
            let kind = if typed.unit.is_empty() { expected.per_metre } else { Some(typed.unit.contains('/')) };
            let kind = expected.per_metre.or(kind);
            let factor = expected.factor(&typed.unit);
            // 10 000 is no amount of a unit called 000.
            if typed.unit.starts_with(|c: char| c.is_ascii_digit()) {
                return Err(say!("{column} is \"{text}\", not a number", "{column} 为「{text}」,不是数值"));
            }
            factor.map(|factor| (scaled(typed.value, factor), kind)).ok_or_else(|| {
                say!(
                    "{column} is \"{text}\", no amount in the unit of the others",
                    "{column} 为「{text}」,与本列单位不同类"
                )
            })
        }
    }
}

/// One grade spelled in several ways (一级, Ⅰ, 1级) becomes one group, called as most of its rows call it.
fn one_name_per_grade(rows: &mut [Row]) -> Vec<Text> {
    let mut spellings: BTreeMap<u8, BTreeMap<String, usize>> = BTreeMap::new();
    for row in rows.iter().filter(|row| !row.group.is_empty()) {
        let Some(grade) = grade::parse(&row.group) else { continue };
        *spellings.entry(grade).or_default().entry(row.group.clone()).or_default() += 1;
    }
    let mut notes = Vec::new();
    let mut names: BTreeMap<String, String> = BTreeMap::new();
    for own in spellings.values().filter(|own| own.len() > 1) {
        let Some(name) = own.iter().rev().max_by_key(|(_, count)| **count).map(|(name, _)| name.clone()) else {
            continue;
        };
        let others: Vec<&str> = own.keys().filter(|other| **other != name).map(String::as_str).collect();
        let list = others.join(", ");
        notes.push(say!("the groups {list} are the grade {name}", "分组 {list} 即级别 {name}"));
        names.extend(own.keys().map(|other| (other.clone(), name.clone())));
    }
    for row in rows {
        if let Some(name) = names.get(&row.group) {
            row.group.clone_from(name);
        }
    }
    notes
}

#[cfg(test)]
#[path = "ratios_tests.rs"]
mod tests;
