//! The ladder of values: the ratios of cheap, middling and dear land held side by side (vertical equity indicator), and along all values.

use super::equity::proxy;
use super::intervals::{Interval, mean_and_deviation, of_median};
use super::pairs::{Pairs, middle};
use crate::statistics::groups;

/// Groups of so many pairs or fewer are weak evidence.
pub const WEAK: usize = 10;

/// Pairs of like value.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    pub count: usize,
    /// The least and the greatest proxy of the group.
    pub from: f64,
    pub to: f64,
    pub median: f64,
    /// The standard error of the median, `median · √(π/2) · s(ln r)/√n`; NaN for one pair.
    pub error: f64,
}

/// Vertical equity indicator: how much higher the median ratio of the dearest group is than that of the cheapest, in percent of the median
/// of all. Below 0 dear land is valued low (IAAO 2026, appendix E, as MPAC computes it).
#[derive(Clone, Debug, PartialEq)]
pub struct Vei {
    pub vei: f64,
    /// At 90 %: 1.645 standard errors of the difference.
    pub interval: Interval,
    pub steps: Vec<Step>,
    /// The probability of such groups where they do not differ (Kruskal and Wallis): beside the indicator, never in its place.
    pub p: Option<f64>,
}

/// How many groups a study of so many pairs has: 2 from 20, 4 from 51, 10 from 501; none below 20.
pub fn groups_of(pairs: usize) -> Option<usize> {
    match pairs {
        0..20 => None,
        20..51 => Some(2),
        51..501 => Some(4),
        _ => Some(10),
    }
}

/// The last pair of each group, counted from 1: `⌊P/100·(N − 1) + 1⌋` at the percentile P.
pub fn ends(pairs: usize, groups: usize) -> Vec<usize> {
    // Whole numbers, so that no percentile is a last bit short of a rank.
    (1..=groups).map(|group| group * (pairs - 1) / groups + 1).collect()
}

/// `None` below 20 pairs. Pairs of equal proxy stand in the order of their ratios.
pub fn vei(pairs: &Pairs) -> Option<Vei> {
    let count = groups_of(pairs.len())?;
    let median = pairs.median();
    let ladder = ladder(pairs);
    let (mut steps, mut ratios, mut from) = (Vec::new(), Vec::new(), 0);
    for end in ends(pairs.len(), count) {
        let group = &ladder[from..end];
        let mut own: Vec<f64> = group.iter().map(|(_, ratio)| *ratio).collect();
        own.sort_unstable_by(f64::total_cmp);
        let logarithms: Vec<f64> = own.iter().map(|ratio| libm::log(*ratio)).collect();
        let own_median = middle(&own);
        let deviation = mean_and_deviation(&logarithms).map_or(f64::NAN, |(_, deviation)| deviation);
        let error = own_median * std::f64::consts::FRAC_PI_2.sqrt() * deviation / (own.len() as f64).sqrt();
        let (from_value, to) = (group[0].0, group[group.len() - 1].0);
        steps.push(Step { count: own.len(), from: from_value, to, median: own_median, error });
        ratios.push(own);
        from = end;
    }
    let (first, last) = (&steps[0], &steps[count - 1]);
    let difference = last.median - first.median;
    let half = 1.645 * first.error.hypot(last.error);
    let percent = |part: f64| 100.0 * part / median;
    let interval = Interval { low: percent(difference - half), high: percent(difference + half), confidence: 0.90 };
    let p = groups::ranks(&ratios).map(|ranks| ranks.p);
    Some(Vei { vei: percent(difference), interval, steps, p })
}

/// Proxy and ratio of every pair, by proxy.
fn ladder(pairs: &Pairs) -> Vec<(f64, f64)> {
    let median = pairs.median();
    let mut ladder: Vec<(f64, f64)> = pairs.pairs.iter().map(|&pair| (proxy(pair, median), pair.ratio())).collect();
    crate::scale::sort_by(&mut ladder, |one, other| one.0.total_cmp(&other.0).then(one.1.total_cmp(&other.1)));
    ladder
}

/// A stretch of values whose ratios lie elsewhere than all.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stretch {
    /// The least and the greatest proxy.
    pub from: f64,
    pub to: f64,
    /// The median of the window furthest from the median of all.
    pub median: f64,
}

/// Vertical equity along all values: the stretches where the median of a moving window lies, with its whole exact 90 % interval, more than
/// `apart` (a part of 1) from the median of all. A window has a tenth of the pairs, 15 at least; `None` below 30 pairs.
pub fn stretches(pairs: &Pairs, apart: f64) -> Option<Vec<Stretch>> {
    let n = pairs.len();
    if n < 30 {
        return None;
    }
    let (median, ladder, width) = (pairs.median(), ladder(pairs), (n / 10).max(15));
    let off = |start: usize| {
        let mut own: Vec<f64> = ladder[start..start + width].iter().map(|(_, ratio)| *ratio).collect();
        own.sort_unstable_by(f64::total_cmp);
        let band = of_median(&own, 0.90)?;
        (!band.overlaps(median * (1.0 - apart), median * (1.0 + apart))).then(|| middle(&own))
    };
    // A tenth of a window from one to the next: windows that follow one another share most of their pairs.
    let stride = (width / 10).max(1);
    let mut found: Vec<Stretch> = Vec::new();
    for start in (0..=n - width).step_by(stride) {
        let Some(own) = off(start) else { continue };
        let (from, to) = (ladder[start].0, ladder[start + width - 1].0);
        match found.last_mut() {
            Some(last) if from <= last.to && (own > median) == (last.median > median) => {
                last.to = to;
                if (own - median).abs() > (last.median - median).abs() {
                    last.median = own;
                }
            }
            _ => found.push(Stretch { from, to, median: own }),
        }
    }
    Some(found)
}
