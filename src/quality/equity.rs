//! Vertical equity: is dear land valued like cheap land?

use super::intervals::{self, Interval, of_draws};
use super::level::weighted_mean;
use super::pairs::{Pair, Pairs};
use crate::statistics::student;

/// Price-related differential: mean ratio over weighted mean ratio. Above 1 dear land is valued low (regressive).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Prd {
    pub prd: f64,
    /// By the bootstrap, with the number of draws.
    pub interval: Option<(Interval, usize)>,
}

/// Price-related bias: how much the ratio changes, as a part of the median, where the value doubles. Below 0 dear land is valued low.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Prb {
    pub prb: f64,
    /// Of the slope.
    pub error: f64,
    pub interval: Interval,
    /// Two-sided, of such a slope or a steeper one where there is no bias.
    pub p: f64,
}

/// `None` without pairs.
pub fn prd(pairs: &Pairs, confidence: f64) -> Option<Prd> {
    let of = |pairs: &[Pair]| {
        let mean = pairs.iter().map(|pair| pair.ratio()).sum::<f64>() / pairs.len() as f64;
        mean / weighted_mean(pairs)
    };
    (!pairs.is_empty())
        .then(|| Prd { prd: of(&pairs.pairs), interval: intervals::of_draws(&pairs.pairs, confidence, of) })
}

/// The value a pair stands at: half its price, half its value brought to the level of prices, `½·S + ½·A/m`.
pub fn proxy(pair: Pair, median: f64) -> f64 {
    0.5 * pair.price + 0.5 * pair.value / median
}

/// The slope of `(r − m)/m` over `log₂ V`, V the proxy of [`proxy`], by least squares. `None` for fewer than three pairs, or where all
/// values or all ratios are equal: then there is no bias to find.
pub fn prb(pairs: &Pairs, confidence: f64) -> Option<Prb> {
    let (n, median) = (pairs.len() as f64, pairs.median());
    if pairs.len() < 3 {
        return None;
    }
    let points: Vec<(f64, f64)> =
        pairs.pairs.iter().map(|&pair| (libm::log2(proxy(pair, median)), (pair.ratio() - median) / median)).collect();
    let mean = |of: fn(&(f64, f64)) -> f64| points.iter().map(of).sum::<f64>() / n;
    let (x_mean, y_mean) = (mean(|point| point.0), mean(|point| point.1));
    let xx: f64 = points.iter().map(|(x, _)| (x - x_mean).powi(2)).sum();
    let yy: f64 = points.iter().map(|(_, y)| (y - y_mean).powi(2)).sum();
    let xy: f64 = points.iter().map(|(x, y)| (x - x_mean) * (y - y_mean)).sum();
    // Equal but for the rounding of divisions and logarithms.
    if xx <= 1e-24 * n || yy <= 1e-24 * n {
        return None;
    }
    let slope = xy / xx;
    let rest: f64 = points.iter().map(|(x, y)| (y - y_mean - slope * (x - x_mean)).powi(2)).sum();
    let freedom = n - 2.0;
    let error = (rest / freedom / xx).sqrt();
    let half = student::upper_point((1.0 - confidence) / 2.0, freedom) * error;
    let p = if error > 0.0 { 2.0 * student::upper_tail((slope / error).abs(), freedom) } else { 0.0 };
    Some(Prb { prb: slope, error, interval: Interval { low: slope - half, high: slope + half, confidence }, p })
}

/// Modified Kakwani index: the Gini coefficient of values in the order of prices over that of prices (Quintos 2020). Below 1 dear land is
/// valued low. `None` where all prices are equal.
pub fn mki(pairs: &Pairs) -> Option<f64> {
    let prices: Vec<f64> = pairs.pairs.iter().map(|pair| pair.price).collect();
    let values: Vec<f64> = level_values(&pairs.pairs);
    let of_prices = gini(&prices);
    (of_prices > 1e-12).then(|| gini(&values) / of_prices)
}

/// The interval of [`mki`] over seeded bootstrap samples, with the number of draws.
pub fn mki_interval(pairs: &Pairs, confidence: f64) -> Option<(Interval, usize)> {
    let numbers: Vec<u32> = (0..pairs.len() as u32).collect();
    of_draws(&numbers, confidence, |drawn| {
        // Pairs are in the order of prices, so that a draw needs no sorting.
        let mut counts = vec![0u32; pairs.len()];
        drawn.iter().for_each(|number| counts[*number as usize] += 1);
        let times = |(pair, count): (&Pair, &u32)| std::iter::repeat_n(*pair, *count as usize);
        let drawn: Vec<Pair> = pairs.pairs.iter().zip(&counts).flat_map(times).collect();
        let of_prices = gini(&drawn.iter().map(|pair| pair.price).collect::<Vec<f64>>());
        if of_prices > 1e-12 { gini(&level_values(&drawn)) / of_prices } else { f64::NAN }
    })
}

/// The values in the order of prices; those of equal prices share their mean, so that no order among them counts.
fn level_values(pairs: &[Pair]) -> Vec<f64> {
    let mut values = Vec::with_capacity(pairs.len());
    for equal in pairs.chunk_by(|one, other| one.price == other.price) {
        let mean = equal.iter().map(|pair| pair.value).sum::<f64>() / equal.len() as f64;
        values.extend(equal.iter().map(|_| mean));
    }
    values
}

/// `2 Σ i·x_i / (n Σ x) − (n + 1)/n` of numbers in their order, i from 1.
fn gini(ordered: &[f64]) -> f64 {
    let n = ordered.len() as f64;
    let ranked: f64 = (1..).zip(ordered).map(|(rank, value): (u32, _)| f64::from(rank) * value).sum();
    let sum: f64 = ordered.iter().sum();
    2.0 * ranked / (n * sum) - (n + 1.0) / n
}
