//! The rule: which of the grades below a parcel is the parcel's.

use crate::land::Decided;

/// Less ground than this, in m², is no part of a parcel to speak of: corners of two layers differ by millimetres.
pub const LEAST: f64 = 0.01;

/// Sums that differ by less, m² or m, are equal: below is rounding.
pub(super) const ROUNDING: f64 = 1e-6;

/// What of a parcel lies in a grade.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Part {
    pub grade: u8,
    /// m².
    pub ground: f64,
    /// Metres of street front; 0 where none was measured.
    pub front: f64,
}

/// The grade and what gave it: by front where there is any, else by ground; of equals the better grade. Parts are sorted by grade.
pub fn decide(parts: &[Part]) -> (u8, Decided) {
    let counted = || parts.iter().filter(|part| part.ground >= LEAST);
    match (counted().next(), counted().nth(1)) {
        (None, _) => (0, Decided::No),
        (Some(only), None) => (only.grade, Decided::Whole),
        _ if counted().any(|part| part.front > ROUNDING) => (most(counted(), |part| part.front), Decided::Frontage),
        _ => (most(counted(), |part| part.ground), Decided::Area),
    }
}

/// The first grade whose value is the greatest, or as good as it.
fn most<'a>(parts: impl Iterator<Item = &'a Part> + Clone, value: fn(&Part) -> f64) -> u8 {
    let greatest = parts.clone().map(value).fold(0.0, f64::max);
    parts.clone().find(|part| value(part) >= greatest - ROUNDING).map_or(0, |part| part.grade)
}
