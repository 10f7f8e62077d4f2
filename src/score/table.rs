//! The scores of all units, and the fixed-point arithmetic that makes contributions add up exactly to totals.

/// Scores of units × factors, and totals.
#[derive(Debug, Default)]
pub struct ScoreTable {
    /// Factors per row.
    pub factors: usize,
    /// Row-major: the score of unit `u` on factor `f`, 0–100, stands at `u · factors + f`.
    pub scores: Vec<f64>,
    /// Total scores 0–100, multiples of 10⁻⁹.
    pub totals: Vec<f64>,
}

impl ScoreTable {
    /// The factor scores of a unit.
    pub fn row(&self, unit: usize) -> &[f64] {
        &self.scores[unit * self.factors..(unit + 1) * self.factors]
    }
}

/// What a factor adds to a total, in 10⁻⁹ points.
#[inline]
pub fn contribution(weight: f64, score: f64) -> i64 {
    (weight * score * 1e9).round() as i64
}

/// A total or contribution in points.
#[inline]
pub fn points(nano: i64) -> f64 {
    nano as f64 / 1e9
}

/// The total of a unit: the sum of its factors' contributions, S = Σ W_i · F_i (GB/T 18507, unit total score).
#[inline]
pub fn total(weights: &[f64], scores: &[f64]) -> f64 {
    if scores.iter().any(|score| score.is_nan()) {
        return f64::NAN;
    }
    points(weights.iter().zip(scores).map(|(&weight, &score)| contribution(weight, score)).sum())
}
