//! Natural breaks (自然断点): the cut with the least squared spread inside the classes, exact for any number of totals.

use super::units::Axis;
use super::{Split, half_open, optimum};

/// Equal totals are one value with a weight, so no cut can part them. A limit is the smallest total of the class above it: no sampling, no
/// rounding, and half-open intervals give every total its class.
pub(super) fn split(totals: &[f64], grades: u8) -> Split {
    let Axis { values, weights } = Axis::of(&totals.into());
    let starts = optimum::starts(&values, &weights, usize::from(grades));
    let limits: Vec<f64> = starts.iter().skip(1).map(|&start| values[start]).collect();
    Split { classes: half_open(totals, &limits), limits }
}

#[cfg(test)]
#[path = "natural_tests.rs"]
mod tests;
