//! Equal intervals: the axis between the lowest and the highest total in equal stretches.

use super::{Split, half_open, range};

/// Totals are whole numbers of 10⁻⁹ points; limits are brought to that grid, so that a total of 0.3 is not below a limit of 0.3.
fn on_grid(limit: f64) -> f64 {
    (limit * 1e9).round() / 1e9
}

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
