//! Separation of the grades: does a better grade sell dearer, and how much of the prices do the grades explain?

use super::intervals::median_of;
use crate::statistics::{groups, pairs as ranks};

/// Two neighbouring grades that have samples.
#[derive(Clone, Debug, PartialEq)]
pub struct Border {
    pub better: u8,
    pub worse: u8,
    /// Median of the better over median of the worse.
    pub ratio: f64,
    /// Overlap of the two distributions: 1 less the greatest distance between them (where they cross once, the area they share).
    pub overlap: f64,
    /// One-sided probability of such ranks where the better is not dearer (Mann and Whitney); `None` where all prices are equal.
    pub p: Option<f64>,
    /// The same, as several borders are tested at once (Holm 1979).
    pub p_adjusted: Option<f64>,
}

/// What the prices of all grades of a use say together.
#[derive(Clone, Debug, PartialEq)]
pub struct Separation {
    pub borders: Vec<Border>,
    /// One-sided probability of such an order where grades do not differ (Jonckheere 1954, Terpstra 1952).
    pub trend: Option<Trend>,
    /// Share of the variance of ln price between grades.
    pub eta2: Option<f64>,
    /// The same by ranks, H/(n − 1).
    pub epsilon2: Option<f64>,
}

/// The test of ordered alternatives.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Trend {
    /// Pairs of prices of different grades in the right order, ties half.
    pub j: f64,
    pub z: f64,
    pub p: f64,
}

impl Trend {
    /// Whether the rise is shown at 5 %.
    pub fn is_shown(&self) -> bool {
        self.p < 0.05
    }
}

/// `grades` holds the grade and the prices of each group, the best grade first; empty groups are stepped over.
pub fn separation(grades: &[(u8, Vec<f64>)]) -> Separation {
    let present: Vec<&(u8, Vec<f64>)> = grades.iter().filter(|(_, prices)| !prices.is_empty()).collect();
    let mut borders: Vec<Border> = present
        .windows(2)
        .map(|pair| {
            let ((better, dear), (worse, cheap)) = (pair[0], pair[1]);
            Border {
                better: *better,
                worse: *worse,
                ratio: median_of(dear) / median_of(cheap),
                overlap: overlap(dear, cheap),
                p: ranks::above(dear, cheap).map(|above| above.p),
                p_adjusted: None,
            }
        })
        .collect();
    adjust(&mut borders);
    let logarithms: Vec<Vec<f64>> =
        present.iter().map(|(_, prices)| prices.iter().map(|price| libm::log(*price)).collect()).collect();
    let prices: Vec<Vec<f64>> = present.iter().map(|(_, prices)| prices.clone()).collect();
    let n = prices.iter().map(Vec::len).sum::<usize>() as f64;
    let eta2 = groups::variance(&logarithms).map(|found| {
        let (between, within) = (found.between * found.freedom.0, found.within * found.freedom.1);
        between / (between + within)
    });
    let epsilon2 = groups::ranks(&prices).map(|found| found.h / (n - 1.0));
    Separation { borders, trend: trend(&prices), eta2: eta2.filter(|share| !share.is_nan()), epsilon2 }
}

/// Holm's step-down: the smallest p counts once for every test, the next for those left; none below the one before.
fn adjust(borders: &mut [Border]) {
    let mut order: Vec<(f64, usize)> =
        borders.iter().enumerate().filter_map(|(at, border)| border.p.map(|p| (p, at))).collect();
    order.sort_by(|one, other| one.0.total_cmp(&other.0).then(one.1.cmp(&other.1)));
    let (count, mut before) = (order.len(), 0.0_f64);
    for (place, (p, at)) in order.into_iter().enumerate() {
        before = before.max(((count - place) as f64 * p).min(1.0));
        borders[at].p_adjusted = Some(before);
    }
}

fn overlap(one: &[f64], other: &[f64]) -> f64 {
    let sorted = |values: &[f64]| {
        let mut sorted = values.to_vec();
        sorted.sort_unstable_by(f64::total_cmp);
        sorted
    };
    let (one, other) = (sorted(one), sorted(other));
    let share = |values: &[f64], at: f64| values.partition_point(|value| *value <= at) as f64 / values.len() as f64;
    let apart = one.iter().chain(&other).map(|&at| (share(&one, at) - share(&other, at)).abs()).fold(0.0, f64::max);
    1.0 - apart
}

/// Jonckheere and Terpstra's test that prices rise towards the first group, with the variance for ties (Hollander, Wolfe & Chicken 2014).
/// `None` below two groups or three prices, and where all prices are equal.
pub fn trend(groups: &[Vec<f64>]) -> Option<Trend> {
    let n = groups.iter().map(Vec::len).sum::<usize>() as f64;
    if groups.len() < 2 || n < 3.0 {
        return None;
    }
    let mut j = 0.0;
    for (at, better) in groups.iter().enumerate() {
        for worse in &groups[at + 1..] {
            j += ranks::above(better, worse).map_or(0.5 * (better.len() * worse.len()) as f64, |found| found.u);
        }
    }
    let mut all: Vec<f64> = groups.concat();
    all.sort_unstable_by(f64::total_cmp);
    let sizes: Vec<f64> = groups.iter().map(|group| group.len() as f64).collect();
    let ties: Vec<f64> = all.chunk_by(|one, other| one == other).map(|equal| equal.len() as f64).collect();
    let sum = |sizes: &[f64], of: fn(f64) -> f64| sizes.iter().map(|&size| of(size)).sum::<f64>();
    let one = |m: f64| m * (m - 1.0) * (2.0 * m + 5.0);
    let two = |m: f64| m * (m - 1.0) * (m - 2.0);
    let three = |m: f64| m * (m - 1.0);
    let mean = (n * n - sum(&sizes, |m| m * m)) / 4.0;
    let variance = (one(n) - sum(&sizes, one) - sum(&ties, one)) / 72.0
        + sum(&sizes, two) * sum(&ties, two) / (36.0 * two(n))
        + sum(&sizes, three) * sum(&ties, three) / (8.0 * three(n));
    if variance <= 1e-12 {
        return None;
    }
    let z = (j - mean) / variance.sqrt();
    Some(Trend { j, z, p: 0.5 * libm::erfc(z / std::f64::consts::SQRT_2) })
}

/// The share of the variance of prices that the best rising curve over the scores explains (isotonic regression by pooling adjacent
/// violators). Points are (score, price). `None` below three points or where all prices are equal.
pub fn monotone_share(points: &[(f64, f64)]) -> Option<f64> {
    let n = points.len() as f64;
    if points.len() < 3 {
        return None;
    }
    let mut sorted = points.to_vec();
    sorted.sort_by(|one, other| one.0.total_cmp(&other.0).then(one.1.total_cmp(&other.1)));
    // Blocks of (sum, count); equal scores are one block from the start.
    let mut blocks: Vec<(f64, f64)> = Vec::new();
    for equal in sorted.chunk_by(|one, other| one.0 == other.0) {
        blocks.push((equal.iter().map(|(_, price)| price).sum(), equal.len() as f64));
        while let [.., (sum_before, count_before), (sum, count)] = blocks[..] {
            if sum_before / count_before <= sum / count {
                break;
            }
            blocks.truncate(blocks.len() - 2);
            blocks.push((sum_before + sum, count_before + count));
        }
    }
    let fitted = blocks.iter().flat_map(|(sum, count)| std::iter::repeat_n(sum / count, *count as usize));
    let rest: f64 = sorted.iter().zip(fitted).map(|((_, price), fit)| (price - fit).powi(2)).sum();
    let mean = sorted.iter().map(|(_, price)| price).sum::<f64>() / n;
    let all: f64 = sorted.iter().map(|(_, price)| (price - mean).powi(2)).sum();
    (all > 0.0).then(|| (1.0 - rest / all).max(0.0))
}
