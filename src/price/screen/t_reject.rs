//! The t test of one doubtful price against the rest (t 检验法), repeated.

use super::{OutlierRule, Reason, Verdict, mean_and_deviation};
use crate::statistics::student;

/// The price furthest from the mean is held against mean and deviation of the others: it goes where `|x − x̄'|/(s'·√(1 + 1/(n − 1)))` is
/// above t at α/2 on each side with n − 2 degrees of freedom. Of equally far prices the first goes; each round judges those still kept.
pub(super) fn screen(prices: &[f64], alpha: f64, min_n: usize) -> Vec<Verdict> {
    let mut verdicts = vec![Verdict::Kept; prices.len()];
    let mut kept: Vec<usize> = (0..prices.len()).collect();
    for round in 1.. {
        let n = kept.len();
        let left: Vec<f64> = kept.iter().map(|&at| prices[at]).collect();
        let Some((centre, _)) = mean_and_deviation(&left).filter(|_| n >= min_n.max(4)) else { break };
        let distance = |at: usize| (left[at] - centre).abs();
        let furthest = (1..n).fold(0, |furthest, at| if distance(at) > distance(furthest) { at } else { furthest });
        let others: Vec<f64> = (0..n).filter(|at| *at != furthest).map(|at| left[at]).collect();
        let Some((mean, deviation)) = mean_and_deviation(&others) else { break };
        let own = (left[furthest] - mean).abs();
        // Equal others and one that differs: infinitely far out.
        let statistic = if own == 0.0 { 0.0 } else { own / (deviation * (1.0 + 1.0 / (n as f64 - 1.0)).sqrt()) };
        let limit = student::upper_point(alpha / 2.0, n as f64 - 2.0);
        if statistic <= limit {
            break;
        }
        let rule = OutlierRule::TReject { alpha, min_n };
        let at = kept.remove(furthest);
        verdicts[at] = Verdict::SetAside(Reason { rule, statistic, limit, mean, deviation, n, round });
    }
    verdicts
}
