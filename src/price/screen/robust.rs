//! Robust z: the distance from the median in median absolute deviations, once; several outliers do not hide one another.

use super::{OutlierRule, Reason, Verdict};

/// What makes the median absolute deviation of a normal distribution its standard deviation.
const NORMAL: f64 = 0.6745;

/// Sets aside prices with `0.6745·|price − median|/MAD` above the limit (Iglewicz & Hoaglin 1993), where there are at least `min_n`. Where
/// half the prices or more are equal the deviation is 0 and nothing is set aside.
pub(super) fn screen(prices: &[f64], limit: f64, min_n: usize) -> Vec<Verdict> {
    let n = prices.len();
    let middle = median(prices);
    let away: Vec<f64> = prices.iter().map(|price| (price - middle).abs()).collect();
    let deviation = median(&away);
    if n < min_n.max(3) || deviation.is_nan() || deviation <= 0.0 {
        return vec![Verdict::Kept; n];
    }
    let verdict = |away: &f64| {
        let statistic = NORMAL * away / deviation;
        if statistic > limit {
            let rule = OutlierRule::Robust { limit, min_n };
            Verdict::SetAside(Reason { rule, statistic, limit, mean: middle, deviation, n, round: 1 })
        } else {
            Verdict::Kept
        }
    };
    away.iter().map(verdict).collect()
}

fn median(values: &[f64]) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_unstable_by(f64::total_cmp);
    let half = sorted.len() / 2;
    match sorted.len() {
        0 => f64::NAN,
        count if count % 2 == 1 => sorted[half],
        _ => f64::midpoint(sorted[half - 1], sorted[half]),
    }
}
