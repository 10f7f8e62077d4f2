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

/// 10⁻¹⁵ points in one of 10⁻⁹ points.
const FINE: i64 = 1_000_000;

/// The highest total, in 10⁻⁹ points: weights may miss a sum of 1 by a millionth.
const HIGHEST: i64 = 100_000_000_000;

/// Weight × score in 10⁻¹⁵ points: whole numbers, so that their sum is the same in any order.
#[inline]
fn fine(weight: f64, score: f64) -> i64 {
    (weight * score * 1e15).round() as i64
}

/// The total in 10⁻⁹ points: the sum Σ W_i · F_i, rounded once (half up), at most 100 points.
#[inline]
pub fn total_nano(weights: &[f64], scores: &[f64]) -> i64 {
    rounded(weights.iter().zip(scores).map(|(&weight, &score)| fine(weight, score)).sum())
}

/// 10⁻¹⁵ points in 10⁻⁹ points.
#[inline]
fn rounded(sum: i64) -> i64 {
    (sum + FINE / 2).div_euclid(FINE).min(HIGHEST)
}

/// What each factor adds to the total, in 10⁻⁹ points. They add up to [`total_nano`]: each product is cut off, and what the sum then misses
/// goes to those that lost most, the first of equals.
pub fn contributions(weights: &[f64], scores: &[f64]) -> Vec<i64> {
    let products: Vec<i64> = weights.iter().zip(scores).map(|(&weight, &score)| fine(weight, score)).collect();
    let mut parts: Vec<i64> = products.iter().map(|product| product.div_euclid(FINE)).collect();
    let missing = total_nano(weights, scores) - parts.iter().sum::<i64>();
    let mut by_loss: Vec<usize> = (0..parts.len()).collect();
    by_loss.sort_by_key(|&factor| std::cmp::Reverse(products[factor].rem_euclid(FINE)));
    by_loss.iter().take(missing.max(0) as usize).for_each(|&factor| parts[factor] += 1);
    // Cut at 100 points: the largest gives way.
    if let Some(largest) = parts.iter_mut().max_by_key(|part| **part).filter(|_| missing < 0) {
        *largest += missing;
    }
    parts
}

/// A total or contribution in points.
#[inline]
pub fn points(nano: i64) -> f64 {
    nano as f64 / 1e9
}

/// The total of a unit: S = Σ W_i · F_i (GB/T 18507, unit total score).
#[inline]
pub fn total(weights: &[f64], scores: &[f64]) -> f64 {
    if scores.iter().any(|score| score.is_nan()) {
        return f64::NAN;
    }
    points(total_nano(weights, scores))
}

/// As [`total`], of a unit whose scores stand in columns, each with its weight.
#[inline]
pub fn total_of_columns(columns: &[(f64, &[f64])], unit: usize) -> f64 {
    let (mut sum, mut known) = (0, true);
    for (weight, column) in columns {
        sum += fine(*weight, column[unit]);
        known &= !column[unit].is_nan();
    }
    if known { points(rounded(sum)) } else { f64::NAN }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Thirds of 70 are 23.333333333 each; the total is 70, and one of them gives 23.333333334.
    #[test]
    fn equal_weights_lose_nothing_of_the_total() {
        let third = [1.0 / 3.0; 3];
        assert_eq!(total(&third, &[70.0; 3]), 70.0);
        assert_eq!(contributions(&third, &[70.0; 3]), [23_333_333_334, 23_333_333_333, 23_333_333_333]);
        for factors in 1..=30 {
            let weights = vec![1.0 / f64::from(factors); factors as usize];
            for score in [100.0, 70.0, 33.3, 0.0] {
                let scores = vec![score; factors as usize];
                assert_eq!(total(&weights, &scores), score, "{factors} factors of {score}");
                assert_eq!(points(contributions(&weights, &scores).iter().sum()), score);
            }
        }
    }

    /// docs/methods/total.md: 40 + 13.65 + 6.666666667.
    #[test]
    fn what_the_sum_misses_goes_to_the_product_that_lost_most() {
        let (weights, scores) = ([0.5, 0.3, 0.2], [80.0, 45.5, 33.333_333_333_3]);
        assert_eq!(contributions(&weights, &scores), [40_000_000_000, 13_650_000_000, 6_666_666_667]);
        assert_eq!(total(&weights, &scores), 60.316_666_667);
    }

    #[test]
    fn weights_that_sum_to_a_little_more_do_not_lift_a_total_above_100() {
        let weights = [0.5, 0.500_000_9];
        assert_eq!(total(&weights, &[100.0, 100.0]), 100.0);
        assert_eq!(contributions(&weights, &[100.0, 100.0]).iter().sum::<i64>(), HIGHEST);
    }
}
