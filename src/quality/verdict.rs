//! Whether a statistic is acceptable.

use super::intervals::Interval;
use crate::land::Text;
use crate::say;

/// What is said of a statistic.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The value lies within its limits.
    Met,
    /// The value lies outside, but its interval reaches the limits: a breach is not shown.
    NotShown,
    /// The whole interval, or a value that has none, lies outside.
    Failed,
    /// Too few pairs to judge by.
    NotTested,
    /// Not defined for these pairs.
    Undefined,
}

impl Verdict {
    /// By the value and its interval.
    pub fn of(value: Option<f64>, interval: Option<Interval>, [low, high]: [f64; 2], tested: bool) -> Verdict {
        match value.filter(|value| !value.is_nan()) {
            None => Verdict::Undefined,
            Some(_) if !tested => Verdict::NotTested,
            Some(value) if (low..=high).contains(&value) => Verdict::Met,
            Some(_) if interval.is_some_and(|interval| interval.overlaps(low, high)) => Verdict::NotShown,
            Some(_) => Verdict::Failed,
        }
    }

    pub fn word(self) -> &'static str {
        match self {
            Verdict::Met => "met",
            Verdict::NotShown => "breach-not-shown",
            Verdict::Failed => "failed",
            Verdict::NotTested => "not-tested",
            Verdict::Undefined => "undefined",
        }
    }

    pub fn text(self) -> Text {
        match self {
            Verdict::Met => say!("met", "符合"),
            Verdict::NotShown => say!("breach not shown", "未显示超限"),
            Verdict::Failed => say!("failed", "超限"),
            Verdict::NotTested => say!("too few to test", "样本不足,不作判定"),
            Verdict::Undefined => say!("not defined", "无法计算"),
        }
    }
}
