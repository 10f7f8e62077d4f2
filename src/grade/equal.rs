//! Equal intervals: the axis between the lowest and the highest total in equal stretches.

use super::units::on_grid;
use super::{Split, half_open, range};

/// Half-open; where all totals are equal there is no axis to cut, and all are in the lowest class.
pub(super) fn split(totals: &[f64], grades: u8) -> Split {
    let limits = match range(totals) {
        Some((low, high)) if high > low => {
            (1..grades).map(|at| on_grid(low + (high - low) * f64::from(at) / f64::from(grades))).collect()
        }
        _ => Vec::new(),
    };
    Split { classes: half_open(totals, &limits), limits }
}
