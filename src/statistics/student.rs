//! Student's t distribution: the point that a given tail lies beyond.

use super::beta;

/// The `t` that a Student variable with `freedom` degrees of freedom exceeds with probability `tail` (0 < tail < 1/2): bisection on the
/// upper tail `½·I_x(ν/2, ½)`, `x = ν/(ν + t²)`, until two neighbouring numbers enclose it (DLMF 8.17).
pub fn upper_point(tail: f64, freedom: f64) -> f64 {
    let (mut low, mut high) = (0.0, 1.0);
    while upper_tail(high, freedom) > tail && high < 1e150 {
        low = high;
        high *= 2.0;
    }
    loop {
        let middle = low + (high - low) / 2.0;
        if middle <= low || middle >= high {
            return middle;
        }
        if upper_tail(middle, freedom) > tail { low = middle } else { high = middle }
    }
}

/// The probability of exceeding `t` ≥ 0.
pub fn upper_tail(t: f64, freedom: f64) -> f64 {
    let square = t * t;
    let x = freedom / (freedom + square);
    let rest = square / (freedom + square);
    0.5 * beta::regularised(x, rest, freedom / 2.0, 0.5)
}

#[cfg(test)]
#[path = "student_tests.rs"]
mod tests;
