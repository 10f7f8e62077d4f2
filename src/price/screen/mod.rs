//! Screening sale prices for outliers: each price is kept or set aside with the reason; none is deleted.

mod grubbs;
mod k_sigma;
mod robust;
mod t_reject;

use super::spread::mean_and_deviation;
use crate::land::{Fault, Outcome, Text};
use crate::say;

/// The rule that sets prices aside, used on the corrected prices of one use and grade.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum OutlierRule {
    /// Every price is kept.
    #[default]
    None,
    /// Once: prices further than `k` sample standard deviations from the mean, where there are at least `min_n` prices.
    /// No price of `n` can lie further than (n − 1)/√n deviations out, so `k = 3` never fires for 10 prices or fewer.
    KSigma { k: f64, min_n: usize },
    /// Grubbs' test, two-sided at level `alpha`, again and again until it finds none or fewer than `min_n` prices are left.
    Grubbs { alpha: f64, min_n: usize },
    /// Once: prices whose robust z lies above `limit`.
    Robust { limit: f64, min_n: usize },
    /// The t test of the furthest price against the rest, two-sided at level `alpha`, repeated.
    TReject { alpha: f64, min_n: usize },
    /// By the number of prices: nothing below four, Grubbs' test at level `alpha` up to thirty, three deviations above.
    BySize { alpha: f64 },
}

/// Up to so many prices [`OutlierRule::BySize`] takes Grubbs' test, and so many deviations above.
const FEW: usize = 30;
const DEVIATIONS: f64 = 3.0;

impl OutlierRule {
    /// Whether the rule's numbers make sense.
    ///
    /// # Errors
    /// `outlier-rule` where they do not: below one deviation every price might go; a deviation needs two prices, Grubbs' test three.
    pub fn check(self) -> Outcome<()> {
        let (valid, what, help) = match self {
            OutlierRule::None => return Ok(()),
            OutlierRule::KSigma { k, min_n } => (
                k.is_finite() && k >= 1.0 && min_n >= 2,
                say!(
                    "the outlier rule is {k} standard deviations from {min_n} prices on",
                    "异常值规则为{k}倍标准差,最少样点数{min_n}"
                ),
                say!("take 1 deviation or more and at least 2 prices", "倍数不小于1,最少样点数不小于2"),
            ),
            OutlierRule::Robust { limit, min_n } => (
                limit.is_finite() && limit >= 1.0 && min_n >= 3,
                say!(
                    "the outlier rule is a robust z of {limit} from {min_n} prices on",
                    "异常值规则为稳健 z 值{limit},最少样点数{min_n}"
                ),
                say!("take a limit such as 3.5 and at least 3 prices", "限值可取3.5,最少样点数不小于3"),
            ),
            OutlierRule::Grubbs { alpha, .. } | OutlierRule::TReject { alpha, .. } | OutlierRule::BySize { alpha } => {
                let least = match self {
                    OutlierRule::Grubbs { min_n, .. } | OutlierRule::TReject { min_n, .. } => min_n,
                    _ => 4,
                };
                (
                    alpha > 0.0 && alpha < 0.5 && least >= 3,
                    say!(
                        "the outlier rule is a test at level {alpha} from {least} prices on",
                        "异常值规则为显著性水平{alpha}的检验,最少样点数{least}"
                    ),
                    say!("take a level such as 0.05 and at least 3 prices", "显著性水平可取0.05,最少样点数不小于3"),
                )
            }
        };
        if valid { Ok(()) } else { Err(Fault::new("outlier-rule", what, help)) }
    }
}

/// What became of a price.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Verdict {
    Kept,
    SetAside(Reason),
}

impl Verdict {
    pub fn is_kept(&self) -> bool {
        matches!(self, Verdict::Kept)
    }
}

/// Why a price was set aside: its distance from the mean in standard deviations, and the limit it passed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Reason {
    pub rule: OutlierRule,
    /// `|price − mean| / deviation`.
    pub statistic: f64,
    pub limit: f64,
    /// Mean and sample standard deviation of the prices it was judged among, and their number.
    pub mean: f64,
    pub deviation: f64,
    pub n: usize,
    /// 1 for the first price set aside in its cell by a repeated rule, 2 for the next; 1 for a rule used once.
    pub round: usize,
}

impl Reason {
    /// The reason as a sentence.
    pub fn text(&self) -> Text {
        let Reason { statistic, limit, mean, deviation, n, round, .. } = self;
        // As many decimals as tell the two apart.
        let places =
            (3..12).find(|places| format!("{statistic:.places$}") != format!("{limit:.places$}")).unwrap_or(12);
        let exact = |value: &f64| format!("{value:.places$}");
        let (statistic, critical) = (exact(statistic), exact(limit));
        match self.rule {
            OutlierRule::Grubbs { alpha, .. } => say!(
                "Grubbs test, level {alpha}, round {round}: {statistic} deviations from the mean {mean:.2} of {n} prices (deviation {deviation:.2}), limit {critical}",
                "格拉布斯检验(显著性水平{alpha},第{round}轮):与{n}个样点均值{mean:.2}相差{statistic}倍标准差(标准差{deviation:.2}),临界值{critical}"
            ),
            OutlierRule::Robust { .. } => say!(
                "robust z {statistic} from the median {mean:.2} of {n} prices (MAD {deviation:.2}), limit {limit}",
                "稳健 z 值 {statistic}({n}个样点中位数{mean:.2},绝对中位差{deviation:.2}),限值{limit}"
            ),
            OutlierRule::TReject { alpha, .. } => say!(
                "t test against the other prices, level {alpha}, round {round}: {statistic} from their mean {mean:.2} (deviation {deviation:.2}, {n} prices with it), limit {critical}",
                "t 检验(显著性水平{alpha},第{round}轮):与其余样点均值{mean:.2}比较为{statistic}(标准差{deviation:.2},含本样点{n}个),临界值{critical}"
            ),
            OutlierRule::KSigma { .. } | OutlierRule::BySize { .. } | OutlierRule::None => say!(
                "k-sigma test: {statistic} deviations from the mean {mean:.2} of {n} prices (deviation {deviation:.2}), limit {limit}",
                "k 倍标准差法:与{n}个样点均值{mean:.2}相差{statistic}倍标准差(标准差{deviation:.2}),限值{limit}倍"
            ),
        }
    }
}

/// One verdict per price, in the order given. The rule must have passed [`OutlierRule::check`].
pub fn screen(prices: &[f64], rule: OutlierRule) -> Vec<Verdict> {
    match rule {
        OutlierRule::None => vec![Verdict::Kept; prices.len()],
        OutlierRule::KSigma { k, min_n } => k_sigma::screen(prices, k, min_n),
        OutlierRule::Grubbs { alpha, min_n } => grubbs::screen(prices, alpha, min_n),
        OutlierRule::Robust { limit, min_n } => robust::screen(prices, limit, min_n),
        OutlierRule::TReject { alpha, min_n } => t_reject::screen(prices, alpha, min_n),
        OutlierRule::BySize { alpha } if prices.len() <= FEW => grubbs::screen(prices, alpha, 4),
        OutlierRule::BySize { .. } => k_sigma::screen(prices, DEVIATIONS, FEW),
    }
}

#[cfg(test)]
#[path = "screen_tests.rs"]
mod tests;
