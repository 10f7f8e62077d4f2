//! Where a best cut can lie, from a coarse look at many values.
//!
//! Values are taken in runs. The best cut between runs bounds the least cost from above. What a cut costs at least, wherever in its runs it
//! lies, follows from the same recursion with every class shorn of the runs it begins in: cost below a start only grows, and spread above it
//! only shrinks, while the start moves right. Limits that cost more at least than that cut does are no limits of a best one: what is left
//! out changes nothing.

use super::spread::{Layer, Sums};
use std::ops::RangeInclusive;

/// Values in a run.
const RUN: usize = 64;

/// The fewest runs worth a coarse look.
const FEWEST_RUNS: usize = 64;

/// Of the squares of all values: far more than sums of squares are rounded by.
const ROUNDING: f64 = 1e-11;

/// For each limit from the lowest up, how many values can lie below it in a best cut into `classes` (two or more, no more than values).
pub(super) fn of(sums: &Sums, classes: usize) -> Vec<RangeInclusive<usize>> {
    let count = sums.count();
    if count < RUN * FEWEST_RUNS.max(classes) {
        return all(count, classes);
    }
    let ends: Vec<usize> = (0..count).step_by(RUN).chain([count]).collect();
    let coarse = sums.at(&ends);
    let runs = coarse.count();
    let most = between_runs(&coarse, classes) + ROUNDING * sums.square();
    let below = at_least(&coarse, classes);
    let above = at_least(&coarse.reversed(), classes);
    let mut windows: Vec<RangeInclusive<usize>> = all(count, classes)
        .into_iter()
        .zip(1..)
        .map(|(every, limit)| {
            // Between the ends of run and run + 1.
            let possible = |&run: &usize| below[limit - 1][run] + above[classes - limit - 1][runs - run - 1] <= most;
            let (least, highest) = ((0..runs).find(possible), (0..runs).rev().find(possible));
            match (least, highest) {
                (Some(least), Some(highest)) => ends[least].max(*every.start())..=ends[highest + 1].min(*every.end()),
                _ => every,
            }
        })
        .collect();
    // A limit lies above the one before it.
    for at in 1..windows.len() {
        windows[at] = (*windows[at].start()).max(windows[at - 1].start() + 1)..=*windows[at].end();
    }
    for at in (1..windows.len()).rev() {
        windows[at - 1] = *windows[at - 1].start()..=(*windows[at - 1].end()).min(windows[at].end() - 1);
    }
    windows
}

/// Where the limits can lie for any values: every class has one at least.
pub(super) fn all(count: usize, classes: usize) -> Vec<RangeInclusive<usize>> {
    (1..classes).map(|below| below..=count - (classes - below)).collect()
}

/// The cost of the best cut between runs.
fn between_runs(coarse: &Sums, classes: usize) -> f64 {
    let runs = coarse.count();
    let mut cost: Vec<f64> = (1..=runs).map(|end| coarse.spread_from_first(end)).collect();
    for below in 1..classes {
        (cost, _) = Layer::new(coarse, below, &cost).costs(below + 1..=runs);
    }
    cost[cost.len() - 1]
}

/// Entry `c` for each number of runs from 0: what that many runs cost at least in `c + 1` classes.
fn at_least(coarse: &Sums, classes: usize) -> Vec<Vec<f64>> {
    let runs = coarse.count();
    let mut layers = vec![(0..=runs).map(|end| coarse.spread_from_first(end)).collect::<Vec<f64>>()];
    for _ in 1..classes - 1 {
        let before = &layers[layers.len() - 1];
        // A class that begins in a run has what follows the run at least; the classes below have what lies before it.
        let (costs, _) = Layer::new(coarse, 1, &before[..runs]).costs(2..=runs);
        // It may begin in the last run too, and cost nothing.
        let least = costs.iter().zip(&before[1..]).map(|(cost, before)| cost.min(*before));
        layers.push([0.0, 0.0].into_iter().chain(least).collect());
    }
    layers
}
