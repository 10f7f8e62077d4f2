//! A column's heading taken apart: the name, and the unit that stands in brackets or at its end, as `成交单价(万元/亩)`.

use crate::land::number::yuan_per_square_metre;

/// A heading without its unit.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Heading {
    /// In small and half-width letters, without blanks and brackets.
    pub name: String,
    /// As written, in small and half-width letters.
    pub unit: Option<String>,
}

/// Price units that stand at the end of a heading without brackets.
const BARE: [&str; 7] = ["万元/公顷", "万元/亩", "元/平方米", "元/亩", "元/㎡", "元/m2", "元/m²"];

pub(super) fn heading(written: &str) -> Heading {
    let plain: String =
        written.chars().map(half_width).filter(|c| !c.is_whitespace()).collect::<String>().to_lowercase();
    let (name, unit) = match plain.split_once(['(', '[', '【']) {
        Some((name, behind)) => (name, Some(behind.trim_end_matches([')', ']', '】']))),
        None => match BARE.iter().find(|unit| plain.ends_with(*unit)) {
            Some(unit) => (&plain[..plain.len() - unit.len()], Some(*unit)),
            None => (plain.as_str(), None),
        },
    };
    let name = name.trim_end_matches(['_', '-', '/', ':']);
    // A heading that is a bracket only keeps it as its name.
    if name.is_empty() {
        return Heading { name: plain.clone(), unit: None };
    }
    Heading { name: name.to_string(), unit: unit.filter(|unit| !unit.is_empty()).map(str::to_string) }
}

/// The unit as a project file takes it, where it is one of a price per area.
pub(super) fn price_unit(unit: &str) -> Option<String> {
    let mut unit = unit.replace("m^2", "m2").replace("sqm", "m2");
    for yuan in ["yuan/", "cny/", "rmb/", "¥/"] {
        unit = unit.replace(yuan, "元/");
    }
    (unit.contains('/') && yuan_per_square_metre(&unit).is_some()).then_some(unit)
}

/// Whether the unit is one of area in square metres.
pub(super) fn square_metres(unit: &str) -> bool {
    matches!(unit, "㎡" | "m2" | "m²" | "m^2" | "平方米" | "平米" | "sqm")
}

fn half_width(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        other => other,
    }
}
