//! The level: do values lie where prices lie?

use super::intervals::{self, Interval, mean_and_deviation};
use super::pairs::{Pair, Pairs};
use crate::statistics::student;

/// The three middles of the ratios, each with its interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Level {
    pub median: f64,
    pub mean: f64,
    /// Σ value / Σ price.
    pub weighted_mean: f64,
    /// By order statistics, exact.
    pub median_interval: Option<Interval>,
    /// By Student's t.
    pub mean_interval: Option<Interval>,
    /// Of a ratio of means, by Student's t.
    pub weighted_mean_interval: Option<Interval>,
}

/// `None` without pairs.
pub fn level(pairs: &Pairs, confidence: f64) -> Option<Level> {
    let ratios = &pairs.ratios;
    let mean = mean_and_deviation(ratios).map(|(mean, _)| mean).or_else(|| ratios.first().copied())?;
    Some(Level {
        median: pairs.median(),
        mean,
        weighted_mean: weighted_mean(&pairs.pairs),
        median_interval: intervals::of_median(ratios, confidence),
        mean_interval: intervals::of_mean(ratios, confidence),
        weighted_mean_interval: of_weighted_mean(&pairs.pairs, confidence),
    })
}

pub fn weighted_mean(pairs: &[Pair]) -> f64 {
    let sum = |of: fn(&Pair) -> f64| pairs.iter().map(of).sum::<f64>();
    sum(|pair| pair.value) / sum(|pair| pair.price)
}

/// The variance of a ratio of sums: Σ(A − R·S)² / (n(n − 1)) / S̄² (Cochran, Sampling Techniques).
fn of_weighted_mean(pairs: &[Pair], confidence: f64) -> Option<Interval> {
    let n = pairs.len() as f64;
    if pairs.len() < 2 {
        return None;
    }
    let ratio = weighted_mean(pairs);
    let residuals: f64 = pairs.iter().map(|pair| (pair.value - ratio * pair.price).powi(2)).sum();
    let price = pairs.iter().map(|pair| pair.price).sum::<f64>() / n;
    let error = (residuals / (n * (n - 1.0))).sqrt() / price;
    let half = student::upper_point((1.0 - confidence) / 2.0, n - 1.0) * error;
    Some(Interval { low: ratio - half, high: ratio + half, confidence })
}
