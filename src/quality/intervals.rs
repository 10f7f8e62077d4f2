//! Intervals a statistic lies in with a stated confidence.

use super::pairs::middle;
use crate::land::random::Random;
use crate::scale;
use crate::statistics::quantile::quantile;
use crate::statistics::{beta, chi_square, student};

/// Where a statistic lies, with what confidence.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    pub low: f64,
    pub high: f64,
    /// A part of 1: of order statistics what they truly cover, at least what was asked for.
    pub confidence: f64,
}

impl Interval {
    pub fn overlaps(&self, low: f64, high: f64) -> bool {
        self.low <= high && self.high >= low
    }
}

/// The exact interval of a share, `found` of `n`, in percent (Clopper and Pearson 1934).
pub fn of_share(found: usize, n: usize, confidence: f64) -> Interval {
    let tail = (1.0 - confidence) / 2.0;
    let (k, n) = (found as f64, n as f64);
    let at = |share: f64, a: f64, b: f64| beta::regularised(share, 1.0 - share, a, b);
    // Both tails are monotone in the share.
    let low = if found == 0 { 0.0 } else { solved(0.0, 1.0, |share| at(share, k, n - k + 1.0) < tail) };
    let high = if k >= n { 1.0 } else { solved(0.0, 1.0, |share| at(share, k + 1.0, n - k) < 1.0 - tail) };
    Interval { low: 100.0 * low, high: 100.0 * high, confidence }
}

/// The interval of a coefficient of variation (a part of 1), in percent: `K / √(((u + 2)/n − 1)·K² + u/(n − 1))` with u the points of χ² with
/// n − 1 degrees of freedom (Vangel 1996). `None` below two values, or where the upper end is not bounded.
pub fn of_variation(variation: f64, n: usize, confidence: f64) -> Option<Interval> {
    if n < 2 {
        return None;
    }
    let (tail, n) = ((1.0 - confidence) / 2.0, n as f64);
    let point = |upper: f64| solved(0.0, 20.0 * n + 100.0, |value| chi_square::upper_tail(value, n - 1.0) > upper);
    let end = |u: f64| {
        let below = ((u + 2.0) / n - 1.0) * variation * variation + u / (n - 1.0);
        (below > 0.0).then(|| 100.0 * variation / below.sqrt())
    };
    Some(Interval { low: end(point(tail))?, high: end(point(1.0 - tail))?, confidence })
}

/// Where `below` turns from true to false between two values, to the last digits of a double.
fn solved(mut low: f64, mut high: f64, below: impl Fn(f64) -> bool) -> f64 {
    for _ in 0..200 {
        let middle = f64::midpoint(low, high);
        if below(middle) { low = middle } else { high = middle }
    }
    f64::midpoint(low, high)
}

/// The interval of the median between two order statistics, exact by the binomial distribution of how many values lie below it. `None` where
/// even the lowest and the highest value do not cover it with that confidence: below five values at 90 %, below six at 95 %.
pub fn of_median(sorted: &[f64], confidence: f64) -> Option<Interval> {
    let n = sorted.len();
    let tail = (1.0 - confidence) / 2.0;
    // P(fewer than `rank` of n lie below the median).
    let below = |rank: usize| binomial_half(n, rank);
    if n == 0 || below(1) > tail {
        return None;
    }
    let (mut rank, mut over) = (1, n / 2 + 1);
    while over - rank > 1 {
        let between = rank + (over - rank) / 2;
        if below(between) <= tail { rank = between } else { over = between }
    }
    let covered = 1.0 - 2.0 * below(rank);
    Some(Interval { low: sorted[rank - 1], high: sorted[n - rank], confidence: covered })
}

/// `P(X ≤ rank − 1)` of X ~ B(n, ½), as `I_½(n − rank + 1, rank)` (DLMF 8.17.5).
fn binomial_half(n: usize, rank: usize) -> f64 {
    beta::regularised(0.5, 0.5, (n - rank + 1) as f64, rank as f64)
}

/// `mean ± t·s/√n`; `None` for fewer than two values.
pub fn of_mean(values: &[f64], confidence: f64) -> Option<Interval> {
    let (mean, deviation) = mean_and_deviation(values)?;
    let n = values.len() as f64;
    let half = student::upper_point((1.0 - confidence) / 2.0, n - 1.0) * deviation / n.sqrt();
    Some(Interval { low: mean - half, high: mean + half, confidence })
}

/// Mean and sample standard deviation (n − 1); `None` for fewer than two values.
pub fn mean_and_deviation(values: &[f64]) -> Option<(f64, f64)> {
    if values.len() < 2 {
        return None;
    }
    let n = values.len() as f64;
    let first = values[0];
    let mean = first + values.iter().map(|value| value - first).sum::<f64>() / n;
    let squares: f64 = values.iter().map(|value| (value - mean) * (value - mean)).sum();
    Some((mean, (squares / (n - 1.0)).sqrt()))
}

/// Draws of as many things as there are, with replacement.
const DRAWS: usize = 1000;
/// So many things are drawn in all at most; large samples are drawn less often.
const MOST: usize = 100_000_000;

/// The interval between the percentiles of a statistic over seeded bootstrap samples (Efron 1979): for statistics whose distribution is not
/// known. `None` below five things, or where the statistic is not defined for a draw. The second is the number of draws.
pub fn of_draws<T: Copy + Sync>(
    things: &[T],
    confidence: f64,
    statistic: impl Fn(&[T]) -> f64 + Sync,
) -> Option<(Interval, usize)> {
    let n = things.len();
    if n < 5 {
        return None;
    }
    let draws = DRAWS.min(MOST / n).max(100);
    let draw = |at: usize| {
        let mut random = Random::new(20_141, &[n as u64, at as u64]);
        let drawn: Vec<T> = (0..n).map(|_| things[random.below(n)]).collect();
        statistic(&drawn)
    };
    let mut found: Vec<f64> = scale::chunks(draws, 16, |range| range.map(draw).collect::<Vec<f64>>()).concat();
    if found.iter().any(|value| value.is_nan()) {
        return None;
    }
    scale::sort(&mut found);
    let tail = (1.0 - confidence) / 2.0;
    Some((Interval { low: quantile(&found, tail), high: quantile(&found, 1.0 - tail), confidence }, draws))
}

/// The median of numbers in any order.
pub fn median_of(values: &[f64]) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_unstable_by(f64::total_cmp);
    middle(&sorted)
}
