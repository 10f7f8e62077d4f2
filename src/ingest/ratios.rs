//! A table of values set and prices paid, row by row, for a ratio study.

use super::readers::table::{self, TextEncoding};
use crate::land::column::Value;
use crate::land::heading::heading;
use crate::land::number::{self, yuan_per_square_metre};
use crate::land::quantity::{Quantity, scaled};
use crate::land::{Fault, Outcome, Text, Values};
use crate::say;
use std::path::Path;

/// The columns of the table.
#[derive(Clone, Copy, Debug)]
pub struct Wanted<'a> {
    /// The sheet of a workbook; the only one where none is named.
    pub sheet: Option<&'a str>,
    pub value: &'a str,
    pub price: &'a str,
    pub group: Option<&'a str>,
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
    let raw = table::read(path, table::Options { sheet: wanted.sheet, ..table::Options::default() })?;
    let column = |name: &str| raw.column(name).map_err(|fault| fault.at(path.display()));
    let (values, prices) = (column(wanted.value)?, column(wanted.price)?);
    let groups = wanted.group.map(column).transpose()?;
    let mut ratios = Ratios::default();
    ratios.notes.extend(raw.encoding.as_ref().and_then(TextEncoding::told));
    ratios.notes.extend(raw.told());
    let units = [wanted.value, wanted.price].map(|name| unit(raw.full_name(name)));
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
    for (unit, name) in units.iter().zip([wanted.value, wanted.price]) {
        if let Some(Unit { name: unit, factor, .. }) = unit.as_ref().filter(|unit| unit.factor != 1.0) {
            ratios.notes.push(say!("{name} is in {unit}: × {factor}", "{name} 的单位为 {unit}:× {factor}"));
        }
    }
    let [of_value, of_price] = units.map(|unit| unit.map_or(1.0, |unit| unit.factor));
    for (row, &line) in raw.lines.iter().enumerate() {
        let group = groups.map_or(String::new(), |groups| groups.get(row).to_string());
        match (amount(values, row, wanted.value, of_value), amount(prices, row, wanted.price, of_price)) {
            (Ok(value), Ok(price)) => ratios.rows.push(Row { line, value, price, group }),
            (Err(what), _) | (_, Err(what)) => ratios.without.push((line, what)),
        }
    }
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

/// A number in the column's unit, or with its own unit of price or money typed behind it.
fn amount(values: &Values, row: usize, column: &str, factor: f64) -> Result<f64, Text> {
    match values.get(row) {
        Value::Int(number) => Ok(scaled(number as f64, factor)),
        Value::Real(number) => Ok(scaled(number, factor)),
        Value::None => Err(say!("{column} is empty", "{column} 为空")),
        Value::Text(text) => {
            let own = |unit: &str| match unit {
                "" => Some(factor),
                unit => Quantity::Money.factor(unit).or_else(|| yuan_per_square_metre(unit)),
            };
            let typed = number::parse(text).and_then(|typed| Some(scaled(typed.value, own(&typed.unit)?)));
            typed.ok_or_else(|| say!("{column} is \"{text}\", not a number", "{column} 为「{text}」,不是数值"))
        }
    }
}
