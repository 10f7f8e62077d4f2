//! Mean ± k standard deviations, once.

use super::{OutlierRule, Reason, Verdict, mean_and_deviation};

/// Sets aside prices with `|price − mean| > k · deviation` (n − 1), where there are at least `min_n`.
pub(super) fn screen(prices: &[f64], k: f64, min_n: usize) -> Vec<Verdict> {
    let n = prices.len();
    let Some((mean, deviation)) = mean_and_deviation(prices).filter(|_| n >= min_n) else {
        return vec![Verdict::Kept; n];
    };
    let verdict = |price: &f64| {
        let distance = (price - mean).abs();
        if distance > k * deviation {
            let rule = OutlierRule::KSigma { k, min_n };
            let statistic = distance / deviation;
            Verdict::SetAside(Reason { rule, statistic, limit: k, mean, deviation, n, round: 1 })
        } else {
            Verdict::Kept
        }
    };
    prices.iter().map(verdict).collect()
}
