//! The correction system of a use, ready to read coefficients from: each with the row it came from.

mod build;
mod check;
mod development;
pub(super) mod factors;
mod parts;
mod plot_ratio;
mod row;
mod tables;
mod term;

pub use build::{System, build};
pub use check::{Doubt, rising};
pub use development::Development;
pub use factors::{FactorTable, Step, amplitude};
pub use plot_ratio::{Form as PlotRatioForm, PlotRatioLaw};
pub use row::{Period, Row};
pub use tables::{Form, Table};
pub use term::{TermLaw, refit};

use crate::land::money::along;

/// A coefficient as it was read.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    pub k: f64,
    pub row: Row,
    /// The value lies outside the table: its end was taken.
    pub clamped: bool,
}

/// Whether a part that may be for some grades only is for this one.
pub(super) fn is_for(grades: Option<&Vec<u8>>, grade: u8) -> bool {
    grades.is_none_or(|grades| grades.contains(&grade))
}

/// Reads a table by straight lines, the ends outside it.
fn between(rows: &[[f64; 2]], value: f64) -> Option<Reading> {
    let (first, last) = (rows.first()?, rows.last()?);
    if value <= first[0] || value >= last[0] {
        let end = if value <= first[0] { first } else { last };
        return Some(Reading { k: end[1], row: Row::At(*end), clamped: value != end[0] });
    }
    let above = rows.partition_point(|row| row[0] <= value);
    let (low, high) = (rows[above - 1], rows[above]);
    if low[0] == value {
        return Some(Reading { k: low[1], row: Row::At(low), clamped: false });
    }
    let k = along(low, high, value);
    Some(Reading { k, row: Row::Between(low, high), clamped: false })
}

#[cfg(test)]
#[path = "system_tests.rs"]
mod tests;
