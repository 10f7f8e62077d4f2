//! Numbers out of attribute columns, whatever they were typed as, with a finding for each that was not plainly a number.

use super::finding::Code;
use super::reading::Reading;
use crate::land::column::Value;
use crate::land::quantity::scaled;
use crate::land::{Text, Values, number};
use crate::say;
use crate::space::Point;
use std::ops::RangeInclusive;

/// What a number must be, and how to say where it stands.
pub(super) struct Wanted<'a> {
    pub layer: &'a str,
    pub field: &'a str,
    /// Values outside are findings.
    pub range: RangeInclusive<f64>,
    /// Whether a value outside the range can be used at all, where the policy says so.
    pub usable: fn(f64) -> bool,
    /// Whether a row without a value is a finding (else it stays NaN).
    pub needed: bool,
    /// What a unit behind a number multiplies it by; `None` where the unit is not known.
    pub unit: fn(&str) -> Option<f64>,
    /// Whether the file knows nothing but text: then a bare number is no finding.
    pub plain_text: bool,
    /// Of a column of texts the rows whose cell is a number in the file: they are no finding either. Empty where none is known.
    pub number_cells: &'a [bool],
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
        let mut note = |code, detail, usable: bool| {
            if !*used {
                return;
            }
            let (name, at) = (name(row), at(row));
            *used = match usable {
                true => reading.row(code, wanted.layer, name, at, detail),
                false => reading.row_without(code, wanted.layer, name, at, detail),
            };
        };
        let value = match values.get(row) {
            Value::Int(number) => number as f64,
            Value::Real(number) => number,
            Value::None => {
                if wanted.needed {
                    note(Code::MissingValue, say!("{field} has no value", "{field} 没有值"), false);
                }
                f64::NAN
            }
            Value::Text(text) => {
                let typed = number::parse(text)
                    .and_then(|typed| Some((scaled(typed.value, (wanted.unit)(&typed.unit)?), typed)));
                match typed {
                    Some((value, typed)) => {
                        let number_cell = wanted.number_cells.get(row).is_some_and(|number| *number);
                        // Of text alone: digits, a point, commas between thousands are as bare as a number can be there.
                        let bare = typed.unit.is_empty() && text.is_ascii();
                        if !(bare && (wanted.plain_text || number_cell)) {
                            let detail = say!(
                                "{field} is the text \"{text}\", read as {value}",
                                "{field} 为文本「{text}」,读作 {value}"
                            );
                            note(Code::NumberInText, detail, true);
                        }
                        value
                    }
                    None => {
                        note(Code::NotANumber, say!("{field} is \"{text}\"", "{field} 为「{text}」"), false);
                        f64::NAN
                    }
                }
            }
        };
        if !value.is_nan() && !wanted.range.contains(&value) {
            let Text { en, zh } = limits(&wanted.range, value);
            let detail = say!("{field} is {value}, {en}", "{field} 为 {value},{zh}");
            note(Code::OutOfRange, detail, (wanted.usable)(value));
        }
        numbers.push(value);
    }
    numbers
}

/// Every number above 0 that is finite, and stays so when it is multiplied by `factor`.
pub(super) fn positive(factor: f64) -> RangeInclusive<f64> {
    f64::MIN_POSITIVE..=f64::MAX / factor.max(1.0)
}

/// What a value should have been.
fn limits(range: &RangeInclusive<f64>, value: f64) -> Text {
    let (low, high) = (range.start(), range.end());
    match (*low <= f64::MIN_POSITIVE, *high > 1e300) {
        (true, true) if value > 0.0 => say!("not a finite number", "不是有限的数"),
        (true, true) => say!("not above 0", "应大于 0"),
        _ => say!("not between {low} and {high}", "不在 {low} 至 {high} 之间"),
    }
}
