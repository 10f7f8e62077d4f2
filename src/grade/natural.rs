//! Natural breaks (自然断点): the cut with the least squared spread inside the classes, exact for any number of totals.

use super::{Split, half_open, optimum};
use crate::scale;

/// Equal totals are one value with a weight, so no cut can part them. A limit is the smallest total of the class above it: no sampling, no
/// rounding, and half-open intervals give every total its class.
pub(super) fn split(totals: &[f64], grades: u8) -> Split {
    // −0 and 0 are the same score: adding 0 makes them the same bits.
    let mut sorted: Vec<f64> = totals.iter().map(|total| total + 0.0).collect();
    scale::sort(&mut sorted);
    let (mut values, mut weights) = (Vec::with_capacity(sorted.len()), Vec::with_capacity(sorted.len()));
    for equals in sorted.chunk_by(|a, b| a == b) {
        values.push(equals[0]);
        weights.push(equals.len() as f64);
    }
    let starts = optimum::starts(&values, &weights, usize::from(grades));
    let limits: Vec<f64> = starts.iter().skip(1).map(|&start| values[start]).collect();
    Split { classes: half_open(totals, &limits), limits }
}

#[cfg(test)]
#[path = "natural_tests.rs"]
mod tests;
