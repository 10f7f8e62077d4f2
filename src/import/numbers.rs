//! Numbers of a foreign table, typed or as text, with or without a unit.

use super::mapping::{Fields, Mapping};
use super::notes::Notes;
use super::source::{Rows, text_of};
use crate::ingest::finding::Code;
use crate::land::column::Value;
use crate::land::heading::{USUAL_PRICE_UNIT, unit_of_table};
use crate::land::{Fault, Outcome, money, number};
use crate::say;
use std::collections::BTreeMap;

/// What a cell holds.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Cell {
    /// Nothing, or a dash that tables print for it.
    Blank,
    Number {
        value: f64,
        /// What stood behind it; empty where nothing did.
        unit: String,
    },
    /// A text that is no number.
    Text(String),
}

/// Reads a cell.
pub(super) fn cell(value: Value<'_>) -> Cell {
    match value {
        Value::Int(whole) => Cell::Number { value: whole as f64, unit: String::new() },
        Value::Real(value) => Cell::Number { value, unit: String::new() },
        Value::None | Value::Text(_) => {
            let text = text_of(value);
            if matches!(&*text, "" | "/" | "-" | "--" | "—" | "——" | "\\") {
                return Cell::Blank;
            }
            match number::parse(&text) {
                Some(number::Typed { value, unit }) => Cell::Number { value, unit },
                None => Cell::Text(text.into_owned()),
            }
        }
    }
}

/// A price as it was read.
#[derive(Clone, Copy, Debug)]
pub(super) struct Price {
    /// 元/㎡; NaN where there is none.
    pub value: f64,
    /// 元/㎡ in one of the unit it came in; NaN where there is no price.
    pub per_unit: f64,
}

impl Price {
    pub const NONE: Price = Price { value: f64::NAN, per_unit: f64::NAN };
}

/// Prices in 元/㎡, with the units met on the way.
pub(super) struct Prices {
    last_places: LastPlaces,
    /// 元/㎡ in one unit of a price that bears none.
    per_unit: f64,
    /// How many prices bore each unit.
    units: BTreeMap<String, usize>,
    unit: String,
    /// Whether nothing names that unit.
    assumed: bool,
    /// How many prices bore none.
    plain: usize,
}

impl Prices {
    /// # Errors
    /// `unknown-unit`; `unit-conflict` where a heading of the prices, or a line above the table, tells another.
    pub fn new(mapping: &Mapping, above: &[String]) -> Outcome<Prices> {
        let headings: Vec<&str> = mapping.price.iter().flat_map(Fields::names).map(String::as_str).collect();
        let named = unit_of_table(mapping.price_unit.as_deref(), &headings, above)?;
        let (assumed, unit) = (named.is_none(), named.unwrap_or_else(|| USUAL_PRICE_UNIT.to_string()));
        let per_unit = number::yuan_per_square_metre(&unit).ok_or_else(|| {
            Fault::new(
                "unknown-unit",
                say!("\"{unit}\" is no price unit known here", "不认识价格单位「{unit}」"),
                say!("write 元/㎡, 万元/亩, 万元/公顷 or 元/亩", "请写 元/㎡、万元/亩、万元/公顷 或 元/亩"),
            )
        })?;
        Ok(Prices { last_places: LastPlaces::default(), per_unit, units: BTreeMap::new(), unit, assumed, plain: 0 })
    }

    /// The price of a cell: none where it is blank, `Err` with what is wrong where it is no price.
    pub fn read(&mut self, value: Value<'_>) -> Result<Price, (Code, String)> {
        match cell(value) {
            Cell::Blank => Ok(Price::NONE),
            Cell::Text(text) => Err((Code::NotANumber, text)),
            Cell::Number { value, unit } => {
                let factor = if unit.is_empty() {
                    self.plain += 1;
                    self.per_unit
                } else {
                    // Among prices of another unit a bare 元 tells no area.
                    let told = unit.contains('/') || self.unit == USUAL_PRICE_UNIT;
                    let factor = number::yuan_per_square_metre(&unit).filter(|_| told);
                    let factor = factor.ok_or_else(|| (Code::NotANumber, format!("{value} {unit}")))?;
                    *self.units.entry(unit).or_default() += 1;
                    factor
                };
                let price = times(value, factor);
                if price > 0.0 {
                    self.last_places.note(value, factor);
                    Ok(Price { value: price, per_unit: factor })
                } else {
                    Err((Code::OutOfRange, value.to_string()))
                }
            }
        }
    }

    /// Tells of the units that were turned into 元/㎡, and how finely each was written.
    pub fn tell(self, notes: &mut Notes) -> LastPlaces {
        if self.plain > 0 && self.assumed {
            let (unit, count) = (&self.unit, self.plain);
            notes.layer(
                Code::UnitAssumed,
                say!(
                    "{count} prices are taken as {unit}: neither the mapping (`price_unit`), nor a heading or title, nor the cells name a unit",
                    "{count} 个价格按 {unit} 读取:映射(price_unit)、表头、表题与单元格均未注明单位"
                ),
            );
        }
        if self.plain > 0 && self.per_unit != 1.0 {
            let (unit, factor, count) = (self.unit, self.per_unit, self.plain);
            notes.layer(
                Code::UnitConverted,
                say!("{count} prices in {unit}, times {factor}", "{count} 个价格单位为 {unit},乘以 {factor}"),
            );
        }
        for (unit, count) in self.units {
            let factor = number::yuan_per_square_metre(&unit).unwrap_or(f64::NAN);
            notes.layer(
                Code::UnitConverted,
                say!(
                    "{count} prices with {unit} behind them, times {factor}",
                    "{count} 个价格后带单位 {unit},乘以 {factor}"
                ),
            );
        }
        self.last_places
    }
}

/// How finely the prices of each unit are written.
#[derive(Default)]
pub(super) struct LastPlaces {
    /// 元/㎡ in one of the unit, and the most decimals met.
    decimals: Vec<(f64, u32)>,
}

impl LastPlaces {
    fn note(&mut self, value: f64, per_unit: f64) {
        // Numbers lose the zeros at their end, so that all prices of a unit are looked at together.
        let decimals = money::decimal_of(value).map_or(0, |decimal| decimal.normalize().scale());
        match self.decimals.iter_mut().find(|(known, _)| *known == per_unit) {
            Some((_, most)) => *most = decimals.max(*most),
            None => self.decimals.push((per_unit, decimals)),
        }
    }

    /// What the last decimal place of a unit of so many 元/㎡ is worth, in 元/㎡; NaN where the unit is 元/㎡ itself.
    pub fn of(&self, per_unit: f64) -> f64 {
        let found = self.decimals.iter().find(|(known, _)| *known == per_unit && per_unit != 1.0);
        found.map_or(f64::NAN, |&(_, decimals)| times(per_unit, money::place(decimals)))
    }
}

/// A product in decimals, so that 36.6 万元/亩 are 549 元/㎡.
fn times(value: f64, factor: f64) -> f64 {
    let exact = money::decimal_of(value).zip(money::decimal_of(factor)).and_then(|(one, other)| one.checked_mul(other));
    exact.and_then(|product| product.normalize().to_string().parse().ok()).unwrap_or(value * factor)
}

/// Tells of a field of a layer that holds its numbers as text.
pub(super) fn tell_of_text(rows: &Rows, field: &str, notes: &mut Notes) {
    let values = rows.column(field);
    let typed = |row: &usize| matches!(values.get(*row), Value::Text(text) if number::parse(text).is_some());
    let count = (0..rows.len()).filter(|&row| !rows.is_number_cell(field, row)).filter(typed).count();
    if count > 0 && !rows.plain_text {
        notes.row(
            Code::NumberInText,
            "",
            None,
            say!("the field {field} holds {count} numbers as text", "字段 {field} 有 {count} 个数字以文本填写"),
        );
    }
}

/// The area of each row, m²; NaN where none is told.
pub(super) fn areas(rows: &Rows, field: &str, labels: &[String], keep: &mut [bool], notes: &mut Notes) -> Vec<f64> {
    tell_of_text(rows, field, notes);
    let values = rows.column(field);
    let mut areas = vec![f64::NAN; rows.len()];
    for row in 0..rows.len() {
        let mut told = |code, detail| keep[row] &= notes.row(code, &labels[row], None, detail);
        match cell(values.get(row)) {
            Cell::Number { value, unit }
                if value > 0.0 && matches!(unit.as_str(), "" | "㎡" | "m²" | "m2" | "平方米") =>
            {
                areas[row] = value;
            }
            Cell::Number { value, unit } if value > 0.0 => {
                told(Code::NotANumber, say!("area {value} {unit}: not in m²", "面积 {value} {unit}:单位不是 ㎡"));
            }
            Cell::Number { value, .. } => told(Code::OutOfRange, say!("area {value}", "面积 {value}")),
            Cell::Text(text) => told(Code::NotANumber, say!("area \"{text}\"", "面积「{text}」")),
            Cell::Blank => told(Code::MissingValue, say!("no area in {field}", "{field} 缺少面积")),
        }
    }
    areas
}
