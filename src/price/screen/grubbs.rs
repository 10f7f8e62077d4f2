//! Grubbs' test for one outlier, repeated: the price furthest from the mean goes if it lies further out than chance allows.

use super::{OutlierRule, Reason, Verdict, mean_and_deviation};
use crate::statistics::student;

/// Of equally far prices the first goes. Each round judges the prices still kept.
pub(super) fn screen(prices: &[f64], alpha: f64, min_n: usize) -> Vec<Verdict> {
    let mut verdicts = vec![Verdict::Kept; prices.len()];
    let mut kept: Vec<usize> = (0..prices.len()).collect();
    for round in 1.. {
        let left: Vec<f64> = kept.iter().map(|&at| prices[at]).collect();
        let n = left.len();
        let Some((mean, deviation)) = mean_and_deviation(&left).filter(|(_, deviation)| *deviation > 0.0) else {
            break;
        };
        if n < min_n.max(3) {
            break;
        }
        let distance = |at: usize| (left[at] - mean).abs();
        let furthest = (1..n).fold(0, |furthest, at| if distance(at) > distance(furthest) { at } else { furthest });
        let (statistic, limit) = (distance(furthest) / deviation, limit(n, alpha));
        if statistic <= limit {
            break;
        }
        let rule = OutlierRule::Grubbs { alpha, min_n };
        let at = kept.remove(furthest);
        verdicts[at] = Verdict::SetAside(Reason { rule, statistic, limit, mean, deviation, n, round });
    }
    verdicts
}

/// Two-sided critical value `(n − 1)/√n · √(t²/(n − 2 + t²))` with t at tail `α/(2n)` and n − 2 degrees of freedom (Grubbs 1969).
pub(super) fn limit(n: usize, alpha: f64) -> f64 {
    let n = n as f64;
    let t = student::upper_point(alpha / (2.0 * n), n - 2.0);
    (n - 1.0) / n.sqrt() * (t * t / (n - 2.0 + t * t)).sqrt()
}
