//! The term (年期): by the formula, or by a printed table.

use super::{Reading, Row, between};
use crate::price::correct::Term;

/// The coefficient of so many remaining years.
#[derive(Clone, Debug, PartialEq)]
pub struct TermLaw {
    pub term: Term,
    /// Statutory years and the rate, as the formula has them.
    pub years: f64,
    pub rate: f64,
    /// Rows by years, in place of the formula.
    pub table: Option<Vec<[f64; 2]>>,
}

impl TermLaw {
    /// `None` unless the years are a positive number. More than the statutory years are taken as these, and told.
    pub fn at(&self, years: f64) -> Option<Reading> {
        if !(years > 0.0 && years.is_finite()) {
            return None;
        }
        let inside = years.min(self.years);
        let mut reading = match &self.table {
            Some(rows) => between(rows, inside)?,
            None => {
                let row = Row::Term { rate: self.rate, years: inside, statutory: self.years };
                Reading { k: self.term.from_statutory(inside)?, row, clamped: false }
            }
        };
        reading.clamped |= inside != years;
        Some(reading)
    }
}

/// The one rate that fits a printed table best: the least of the largest differences, found by golden section between 0.1 and 50 %; with
/// that difference. `None` without rows below the statutory years.
pub fn refit(rows: &[[f64; 2]], years: f64) -> Option<(f64, f64)> {
    let inner: Vec<&[f64; 2]> = rows.iter().filter(|row| row[0] > 0.0 && row[0] < years).collect();
    if inner.is_empty() {
        return None;
    }
    let away = |rate: f64| {
        let Ok(term) = Term::new(rate, years) else { return f64::INFINITY };
        let off = |row: &&[f64; 2]| (term.from_statutory(row[0]).unwrap_or(f64::NAN) - row[1]).abs();
        inner.iter().map(off).fold(0.0, f64::max)
    };
    let ratio = (5.0_f64.sqrt() - 1.0) / 2.0;
    let (mut low, mut high) = (0.001, 0.5);
    for _ in 0..100 {
        let (one, other) = (high - ratio * (high - low), low + ratio * (high - low));
        if away(one) <= away(other) { high = other } else { low = one }
    }
    let rate = f64::midpoint(low, high);
    Some((rate, away(rate)))
}

/// The rate of a table without one of its rows, and the coefficient that rate gives there.
pub struct Without {
    pub rate: f64,
    pub at_row: f64,
}

/// The one row without which a printed table is of one rate to `printed`, where there is exactly one; of three rows below the statutory years at least.
pub fn misprint(rows: &[[f64; 2]], years: f64, printed: f64) -> Option<([f64; 2], Without)> {
    let inner: Vec<[f64; 2]> = rows.iter().copied().filter(|row| row[0] > 0.0 && row[0] < years).collect();
    if inner.len() < 3 {
        return None;
    }
    let mut found = inner.iter().enumerate().filter_map(|(at, row)| {
        let others: Vec<[f64; 2]> =
            inner.iter().enumerate().filter(|(other, _)| *other != at).map(|(_, row)| *row).collect();
        let (rate, off) = refit(&others, years)?;
        let at_row = Term::new(rate, years).ok()?.from_statutory(row[0])?;
        (off <= printed).then_some((*row, Without { rate, at_row }))
    });
    let first = found.next();
    first.filter(|_| found.next().is_none())
}
