//! Whether several groups differ: analysis of variance, and by ranks.

use super::chi_square;
use super::fisher::upper_tail;

/// One-way analysis of variance.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Variance {
    /// Mean square between groups over that within.
    pub f: f64,
    pub between: f64,
    pub within: f64,
    /// Degrees of freedom between and within.
    pub freedom: (f64, f64),
    /// The probability of an F so large or larger where groups do not differ.
    pub p: f64,
}

/// `F = (SSB / (k − 1)) / (SSW / (n − k))`. `None` with fewer than two groups or no freedom within.
pub fn variance(groups: &[Vec<f64>]) -> Option<Variance> {
    let groups: Vec<&Vec<f64>> = groups.iter().filter(|group| !group.is_empty()).collect();
    let n = groups.iter().map(|group| group.len()).sum::<usize>() as f64;
    let k = groups.len() as f64;
    if k < 2.0 || n <= k {
        return None;
    }
    let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len() as f64;
    let whole = groups.iter().map(|group| group.iter().sum::<f64>()).sum::<f64>() / n;
    let mut between = 0.0;
    let mut within = 0.0;
    for group in groups {
        let own = mean(group);
        between += group.len() as f64 * (own - whole) * (own - whole);
        within += group.iter().map(|value| (value - own) * (value - own)).sum::<f64>();
    }
    let freedom = (k - 1.0, n - k);
    let (between, within) = (between / freedom.0, within / freedom.1);
    let f = between / within;
    Some(Variance { f, between, within, freedom, p: upper_tail(f, freedom) })
}

/// The test of Kruskal and Wallis (1952).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ranks {
    pub h: f64,
    pub freedom: f64,
    /// By the chi-square distribution, which H follows from about five values per group on.
    pub p: f64,
}

/// `H = (12 / (n(n+1)) Σ R_i²/n_i − 3(n+1)) / (1 − Σ(t³ − t)/(n³ − n))`. `None` with fewer than two groups, or where all values are equal.
pub fn ranks(groups: &[Vec<f64>]) -> Option<Ranks> {
    let groups: Vec<&Vec<f64>> = groups.iter().filter(|group| !group.is_empty()).collect();
    let mut all: Vec<(f64, usize)> =
        groups.iter().enumerate().flat_map(|(at, group)| group.iter().map(move |value| (*value, at))).collect();
    let n = all.len() as f64;
    if groups.len() < 2 {
        return None;
    }
    all.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    let (mut sums, mut ties, mut before) = (vec![0.0; groups.len()], 0.0, 0.0);
    for equal in all.chunk_by(|a, b| a.0 == b.0) {
        let size = equal.len() as f64;
        equal.iter().for_each(|(_, group)| sums[*group] += before + (size + 1.0) / 2.0);
        ties += size * size * size - size;
        before += size;
    }
    let spread: f64 = sums.iter().zip(&groups).map(|(sum, group)| sum * sum / group.len() as f64).sum();
    let correction = 1.0 - ties / (n * n * n - n);
    if correction <= 0.0 {
        return None;
    }
    let h = (12.0 / (n * (n + 1.0)) * spread - 3.0 * (n + 1.0)) / correction;
    let freedom = groups.len() as f64 - 1.0;
    Some(Ranks { h, freedom, p: chi_square::upper_tail(h, freedom) })
}

#[cfg(test)]
#[path = "groups_tests.rs"]
mod tests;
