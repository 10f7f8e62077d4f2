//! Numbers out of attribute columns, whatever they were typed as, with a finding for each that was not plainly a number.

use super::finding::Code;
use super::reading::Reading;
use crate::land::column::Value;
use crate::land::{Values, number};
use crate::say;
use crate::space::Point;
use std::ops::RangeInclusive;

/// What a number must be, and how to say where it stands.
pub(super) struct Wanted<'a> {
    pub layer: &'a str,
    pub field: &'a str,
    /// Values outside are findings.
    pub range: RangeInclusive<f64>,
    /// Whether a row without a value is a finding (else it stays NaN).
    pub needed: bool,
    /// What a unit behind a number multiplies it by; `None` where the unit is not known.
    pub unit: fn(&str) -> Option<f64>,
    /// Whether the file holds text only (CSV), so that a bare number in it is nothing to tell of.
    pub plain_text: bool,
}

/// A field without units: only a bare number counts.
pub(super) fn no_unit(unit: &str) -> Option<f64> {
    unit.is_empty().then_some(1.0)
}

/// The numbers of a column; NaN where there is none. Rows that a policy leaves out are marked in `used`; `name` and `at` tell of a row
/// how findings call it and where it lies.
pub(super) fn read(
    reading: &mut Reading<'_>,
    values: &Values,
    wanted: &Wanted<'_>,
    used: &mut [bool],
    name: &dyn Fn(usize) -> String,
    at: &dyn Fn(usize) -> Option<Point>,
) -> Vec<f64> {
    let field = wanted.field;
    let mut numbers = Vec::with_capacity(values.len());
    for (row, used) in used.iter_mut().enumerate() {
        let mut note = |code, detail| {
            if *used {
                *used &= reading.row(code, wanted.layer, name(row), at(row), detail);
            }
        };
        let value = match values.get(row) {
            Value::Int(number) => number as f64,
            Value::Real(number) => number,
            Value::None => {
                if wanted.needed {
                    note(Code::MissingValue, say!("{field} has no value", "{field} 没有值"));
                }
                f64::NAN
            }
            Value::Text(text) => {
                match number::parse(text).and_then(|typed| Some(typed.value * (wanted.unit)(&typed.unit)?)) {
                    Some(value) if wanted.plain_text && text.parse::<f64>().is_ok() => value,
                    Some(value) => {
                        note(
                            Code::NumberInText,
                            say!(
                                "{field} is the text \"{text}\", read as {value}",
                                "{field} 为文本「{text}」,读作 {value}"
                            ),
                        );
                        value
                    }
                    None => {
                        note(Code::NotANumber, say!("{field} is \"{text}\"", "{field} 为「{text}」"));
                        f64::NAN
                    }
                }
            }
        };
        if !value.is_nan() && !wanted.range.contains(&value) {
            let (low, high) = (wanted.range.start(), wanted.range.end());
            note(
                Code::OutOfRange,
                say!(
                    "{field} is {value}, not between {low} and {high}",
                    "{field} 为 {value},不在 {low} 至 {high} 之间"
                ),
            );
        }
        numbers.push(value);
    }
    numbers
}
