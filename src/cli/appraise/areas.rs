//! Areas as tables of parcels have them: in ㎡, or in the unit that the heading or the cell names.

use super::twice;
use landgrade::ingest::subjects::Subjects;
use landgrade::land::above;
use landgrade::land::heading::heading;
use landgrade::land::quantity::{Quantity, scaled};
use landgrade::land::{Fault, Outcome, Text, number};
use landgrade::say;
use std::collections::BTreeMap;

/// What the area is called among conditions; the first is its key.
const AREA: [&str; 4] = ["area", "面积", "宗地面积", "土地面积"];

/// ㎡: no parcel is larger than 100 000 km².
const LARGEST: f64 = 1e11;

/// How the column of areas is read.
pub(super) struct Areas {
    /// What a number without a unit of its own is multiplied by to be ㎡.
    factor: f64,
    pub told: Vec<Text>,
}

impl Areas {
    /// # Errors
    /// `unknown-unit` where the heading names one that is not known.
    pub fn of(subjects: &Subjects) -> Outcome<Areas> {
        let (mut factor, mut told) = (1.0, Vec::new());
        let written = subjects.heading("area").unwrap_or_default();
        if let Some(unit) = heading(written).unit {
            let known = Quantity::Area.units();
            factor = Quantity::Area.factor(&unit).ok_or_else(|| {
                Fault::new(
                    "unknown-unit",
                    say!("the heading \"{written}\" names a unit that is not known", "表头「{written}」的单位不认识"),
                    say!("write one of: {known}", "请写下列单位之一:{known}"),
                )
            })?;
        } else if let Some((unit, other)) = unit_above(subjects).filter(|_| subjects.heading("area").is_some()) {
            factor = other;
            told.push(say!("areas are in {unit}, as a line above the table says", "按表格上方说明,面积单位为 {unit}"));
        } else if subjects.shapes.is_none() && !written.is_empty() {
            told.push(say!("{written} names no unit: taken as m²", "{written} 未注明单位,按 ㎡ 读取"));
        }
        if factor != 1.0 {
            told.push(say!("{written} × {factor} = m²", "{written} × {factor} = ㎡"));
        }
        let is_text = |row: &usize| subjects.number("area", *row).is_none();
        let own = |row: &usize| {
            is_text(row) && number::parse(&subjects.text("area", *row)).is_some_and(|typed| !typed.unit.is_empty())
        };
        let count = (0..subjects.len()).filter(own).count();
        if count > 0 {
            told.push(say!(
                "areas with a unit of their own, brought to m²: {count}",
                "自带单位的面积 {count} 个,已换算为 ㎡"
            ));
        }
        Ok(Areas { factor, told })
    }

    /// The area of a number without a unit of its own in ㎡.
    pub fn plain(&self, value: f64) -> f64 {
        scaled(value, self.factor)
    }

    /// The area of a cell in ㎡, converted ones to the millionth; `None` where it is no number, or one of a unit that is not known.
    pub fn read(&self, text: &str) -> Option<f64> {
        let typed = number::parse(text)?;
        let factor = if typed.unit.is_empty() { self.factor } else { Quantity::Area.factor(&typed.unit)? };
        Some(scaled(typed.value, factor))
    }
}

fn unit_above(subjects: &Subjects) -> Option<(String, f64)> {
    let unit = above::unit_of(&subjects.above, Quantity::Area)?;
    let factor = Quantity::Area.factor(&unit)?;
    Some((unit, factor))
}

/// A condition that is told: of an area its unit, which its name may bear or a line above the table, stands with the number then.
pub(super) fn named(key: String, value: String, above: &[String]) -> (String, String) {
    let told = heading(&key);
    if !AREA.contains(&told.name.as_str()) {
        return (key, value);
    }
    let bare = number::parse(&value).is_some_and(|typed| typed.unit.is_empty());
    let unit = told.unit.or_else(|| above::unit_of(above, Quantity::Area)).filter(|_| bare).unwrap_or_default();
    (AREA[0].to_string(), value + &unit)
}

/// The area among conditions is the parcel's own, ㎡: taken out of them, beside the one told otherwise.
///
/// # Errors
/// `bad-area`; `bad-setting` where both are told and differ.
pub(super) fn taken(conditions: &mut BTreeMap<String, String>, told: Option<f64>) -> Outcome<Option<f64>> {
    let Some(text) = conditions.remove(AREA[0]) else { return Ok(told) };
    let typed = number::parse(&text);
    let area = typed.and_then(|typed| Some(scaled(typed.value, Quantity::Area.factor(&typed.unit)?)));
    let area = area.ok_or_else(|| {
        let known = Quantity::Area.units();
        Fault::new(
            "bad-area",
            say!("\"{text}\" is no area", "「{text}」不是面积"),
            say!("write a number, in m² or with one of: {known}", "请写数值(㎡),或附单位:{known}"),
        )
    })?;
    match (checked(Some(area))?, told) {
        (Some(one), Some(other)) if one != other => Err(twice(AREA[0], &format!("{other} m²"), &text)),
        (area, _) => Ok(area),
    }
}

/// Refuses what is no area.
///
/// # Errors
/// `bad-area`.
pub(super) fn checked(area: Option<f64>) -> Outcome<Option<f64>> {
    match area {
        Some(area) if !(area > 0.0 && area <= LARGEST) => Err(Fault::new(
            "bad-area",
            say!(
                "the area is {area} m², not a number above 0 and up to {LARGEST}",
                "面积为 {area} ㎡,应大于 0 且不超过 {LARGEST}"
            ),
            say!("mend it, or leave it out", "请更正,或不填"),
        )),
        area => Ok(area),
    }
}
