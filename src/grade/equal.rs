//! Equal intervals: the axis between the lowest and the highest total in equal stretches.

use super::units::on_grid;
use super::{Split, half_open, range};

/// Half-open; where all totals are equal there is no axis to cut, and all are in the lowest class.
pub(super) fn split(totals: &[f64], grades: u8) -> Split {
    let limits = match range(totals) {
        Some((low, high)) if high > low => {
            // Of a range as small as the grid the limits stay as they come.
            let exact = |at: u8| low + (high - low) * f64::from(at) / f64::from(grades);
            let limit = |at: u8| if high - low < 1e-3 { exact(at) } else { on_grid(exact(at)) };
            (1..grades).map(limit).collect()
        }
        _ => Vec::new(),
    };
    Split { classes: half_open(totals, &limits), limits }
}
