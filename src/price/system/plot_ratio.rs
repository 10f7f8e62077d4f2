//! The plot ratio (容积率): a table, a power law, or straight below the set ratio and logarithmic above.

use super::{Reading, Row, between, is_for};
use crate::land::money::{along, quotient, round_half_up};
use crate::project::system;

/// How the price of land follows its plot ratio, as a coefficient that is 1 at the set one.
#[derive(Clone, Debug, PartialEq)]
pub struct PlotRatioLaw {
    pub grades: Option<Vec<u8>>,
    /// The set plot ratio.
    pub set: f64,
    pub form: Form,
    /// Outside it the ends are taken.
    pub range: Option<[f64; 2]>,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Form {
    /// Rows, and the coefficient of the table at the set ratio, by which all are divided.
    Table(Vec<[f64; 2]>, f64),
    /// b of (R/R0)^b.
    Power(f64),
    /// s and c of 1 + s·(R − R0) and 1 + c·ln(R/R0).
    LinearLog(f64, f64),
}

impl PlotRatioLaw {
    /// The law of a file's entry at the set plot ratio; `None` unless exactly one form is given and the ratio is positive.
    pub fn of(raw: &system::PlotRatioLaw, set: f64) -> Option<PlotRatioLaw> {
        let form = form(raw, set).filter(|_| set > 0.0)?;
        Some(PlotRatioLaw { grades: raw.grades.clone(), set, form, range: raw.range })
    }

    pub fn is_for(&self, grade: u8) -> bool {
        is_for(self.grades.as_ref(), grade)
    }

    /// The coefficient at a plot ratio; `None` unless the ratio is positive and the law gives a positive coefficient.
    pub fn at(&self, ratio: f64) -> Option<Reading> {
        if !(ratio > 0.0 && ratio.is_finite()) {
            return None;
        }
        let [low, high] = self.range.unwrap_or([0.0, f64::INFINITY]);
        let inside = ratio.clamp(low, high);
        let set = self.set;
        let mut reading = match &self.form {
            Form::Table(rows, at_set) => {
                let mut found = between(rows, inside)?;
                found.k = quotient(found.k, *at_set);
                if *at_set != 1.0 {
                    found.row = match found.row {
                        Row::At(low) => Row::Over { low, high: None, at_set: *at_set, set },
                        Row::Between(low, high) => Row::Over { low, high: Some(high), at_set: *at_set, set },
                        other => other,
                    };
                }
                found
            }
            Form::Power(b) => {
                let k = libm::pow(inside / set, *b);
                Reading { k, row: Row::Power { ratio: inside, set, power: *b }, clamped: false }
            }
            Form::LinearLog(slope, _) if inside <= set => {
                let k = along([set, 1.0], [set + 1.0, 1.0 + slope], inside);
                Reading { k, row: Row::Linear { ratio: inside, set, slope: *slope }, clamped: false }
            }
            Form::LinearLog(_, c) => {
                let k = 1.0 + c * libm::log(inside / set);
                Reading { k, row: Row::Logarithmic { ratio: inside, set, c: *c }, clamped: false }
            }
        };
        reading.clamped |= inside != ratio;
        Some(reading).filter(|reading| reading.k > 0.0)
    }

    /// What brings a price at a plot ratio to the set one: of a table its coefficient there over that at the ratio, else the inverse of the
    /// law's. With `decimals` the inverse of what parcels are valued by, so that there and back is where one started.
    pub fn to_set(&self, ratio: f64, decimals: Option<u32>) -> Option<(f64, bool)> {
        let reading = self.at(ratio)?;
        let k = match (&self.form, decimals) {
            (Form::Table(rows, at_set), None) => {
                let [low, high] = self.range.unwrap_or([0.0, f64::INFINITY]);
                quotient(*at_set, between(rows, ratio.clamp(low, high))?.k)
            }
            (_, None) => 1.0 / reading.k,
            (_, Some(decimals)) => quotient(1.0, round_half_up(reading.k, decimals)),
        };
        Some((k, reading.clamped))
    }

    /// Plot ratios at which the law is looked at: its rows, or a walk through its range.
    pub(super) fn marks(&self) -> Vec<f64> {
        match (&self.form, self.range) {
            (Form::Table(rows, _), _) => rows.iter().map(|row| row[0]).collect(),
            (_, range) => {
                let [low, high] = range.unwrap_or([self.set / 4.0, self.set * 4.0]);
                (0..=40).map(|at| low + (high - low) * f64::from(at) / 40.0).filter(|ratio| *ratio > 0.0).collect()
            }
        }
    }
}

/// The law of a file's entry; `None` unless exactly one form is given.
pub(super) fn form(raw: &system::PlotRatioLaw, set: f64) -> Option<Form> {
    match (&raw.table, raw.power, raw.linear_log) {
        (Some(rows), None, None) => {
            let at_set = between(rows, set)?.k;
            Some(Form::Table(rows.clone(), at_set))
        }
        (None, Some(power), None) => Some(Form::Power(power)),
        (None, None, Some([slope, c])) => Some(Form::LinearLog(slope, c)),
        _ => None,
    }
}
