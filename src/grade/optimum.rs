//! Fisher's optimal partition of ascending weighted values into classes, by dynamic programming that divides and conquers.
//!
//! `best[c][end] = min over start of best[c − 1][start] + spread(start, end)` (Fisher 1958). The best start never moves left while the end
//! moves right, so the middle end bounds the starts of both halves: k·n·log n steps instead of k·n² (Wang & Song 2011). Both halves are
//! filled at once by different threads; neither reads what the other writes, so the answer is the same for any number of them.
//! Of many values only the ends that a best cut can pass are costed (`windows`).

use super::spread::{Layer, Sums};
use super::windows;
use std::ops::RangeInclusive;

/// The first value of every class, lowest class first (so the first is 0); fewer classes where there are fewer values.
/// Among cuts that are equally good as computed, the one whose last class starts first wins.
pub(super) fn starts(values: &[f64], weights: &[f64], classes: usize) -> Vec<usize> {
    let count = values.len();
    let classes = classes.min(count);
    if classes <= 1 {
        return vec![0; classes];
    }
    let sums = Sums::of(values, weights);
    within(&sums, &windows::of(&sums, classes))
}

/// The first value of every class, where every limit lies in its window.
fn within(sums: &Sums, windows: &[RangeInclusive<usize>]) -> Vec<usize> {
    let mut cost: Vec<f64> = windows[0].clone().map(|end| sums.spread_from_first(end)).collect();
    let mut chosen: Vec<Vec<u32>> = Vec::new();
    for pair in windows.windows(2) {
        let (costs, starts) = Layer::new(sums, *pair[0].start(), &cost).costs(pair[1].clone());
        cost = costs;
        chosen.push(starts);
    }
    let (_, last) = Layer::new(sums, *windows[windows.len() - 1].start(), &cost).least(sums.count());
    let mut starts = vec![last];
    for (start, ends) in chosen.iter().zip(&windows[1..]).rev() {
        let end = starts[starts.len() - 1];
        starts.push(start[end - ends.start()] as usize);
    }
    starts.push(0);
    starts.reverse();
    starts
}

#[cfg(test)]
#[path = "optimum_tests.rs"]
mod tests;
