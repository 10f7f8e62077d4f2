//! Checks how scores are cut into grades: the method and what it needs.

use super::check::Problems;
use super::file::{Breaks, BreaksTable};
use super::lines::Step;
use super::plan::BreaksPlan;
use crate::say;

/// The most bins a histogram may have; the grading stage's own limit.
pub(super) const MOST_BINS: f64 = 10_000.0;

/// Natural breaks where nothing is written.
pub(super) fn breaks(written: Option<&Breaks>, steps: &[Step<'_>], problems: &mut Problems<'_>) -> BreaksPlan {
    let plain;
    let table = match written {
        None => return BreaksPlan::Natural,
        Some(Breaks::Detailed(table)) => table,
        Some(Breaks::Method(method)) => {
            plain = BreaksTable { method: method.clone(), bins: None, limits: None, reason: None };
            &plain
        }
    };
    let bins = table.bins.unwrap_or(1024);
    problems.within(steps, "bins", bins as f64, 2.0, MOST_BINS);
    let numbers = [("natural", 0), ("natural-histogram", 1), ("quantile", 2), ("equal-interval", 3), ("given", 4)];
    match problems.word(steps, Some(&table.method), &numbers) {
        0 => BreaksPlan::Natural,
        1 => BreaksPlan::NaturalHistogram { bins },
        2 => BreaksPlan::Quantile,
        3 => BreaksPlan::EqualInterval,
        _ => {
            let limits = table.limits.clone().unwrap_or_default();
            if limits.is_empty() || limits.windows(2).any(|pair| pair[0] >= pair[1]) {
                problems.add(
                    "bad-limits",
                    steps,
                    say!("given breaks need ascending `limits`", "given 分级需要递增的 limits"),
                    say!("write limits = [20, 35, 50, 70]", "请写 limits = [20, 35, 50, 70]"),
                );
            }
            BreaksPlan::Given(limits)
        }
    }
}

/// Given limits divide one grade from the next.
pub(super) fn limits_fit(limits: &[f64], grades: u8, steps: &[Step<'_>], problems: &mut Problems<'_>) {
    let (count, wanted) = (limits.len(), usize::from(grades).saturating_sub(1));
    if count != wanted && !limits.is_empty() {
        problems.add(
            "bad-limits",
            steps,
            say!("there are {count} limits for {grades} grades", "{grades} 个级别写了 {count} 个界限"),
            say!("write {wanted} limits, one fewer than grades", "请写 {wanted} 个界限,比级别数少 1"),
        );
    }
}
