//! Natural breaks on a histogram: the exact optimum over bins of equal width, whose cost does not grow with the number of units.
//!
//! A bin counts as its number, a whole number, so that engines agree to the last unit; the arithmetic is that of the side-by-side job's
//! definition (benches/side-by-side): literal dynamic programming in doubles, the first minimum of an ascending scan.

use super::{Split, range};
use crate::land::{Fault, Outcome};
use crate::say;

/// The most bins: beyond it the dynamic programming takes longer than the exact method over all totals.
pub const LARGEST_BINS: usize = 10_000;

/// A natural break is the upper edge of the highest occupied bin of a class; a total has the class of its bin.
pub(super) fn split(totals: &[f64], grades: u8, bins: usize) -> Outcome<Split> {
    if !(2..=LARGEST_BINS).contains(&bins) {
        return Err(Fault::new(
            "grade-bins",
            say!("natural breaks on a histogram of {bins} bins", "自然断点直方图的分组数为{bins}"),
            say!(
                "ask for 2 to {LARGEST_BINS} bins, or for natural breaks without a histogram, which are exact",
                "分组数请取2至{LARGEST_BINS},或改用不经直方图的精确自然断点"
            ),
        ));
    }
    let Some((low, high)) = range(totals).filter(|(low, high)| high > low) else {
        return Ok(Split { classes: vec![0; totals.len()], limits: Vec::new() });
    };
    let width = (high - low) / bins as f64;
    let bin_of = |total: f64| (((total - low) / width).floor() as usize).min(bins - 1);
    let mut counts = vec![0_usize; bins];
    for &total in totals {
        counts[bin_of(total)] += 1;
    }
    let occupied: Vec<usize> = (0..bins).filter(|&bin| counts[bin] > 0).collect();
    let weights: Vec<f64> = occupied.iter().map(|&bin| counts[bin] as f64).collect();
    let ends = class_ends(&occupied, &weights, usize::from(grades));
    let last_bins: Vec<usize> = ends.iter().map(|&end| occupied[end - 1]).collect();
    let below_highest = &last_bins[..last_bins.len() - 1];
    let class_of_bin: Vec<u8> =
        (0..bins).map(|bin| below_highest.iter().filter(|&&last| last < bin).count() as u8).collect();
    Ok(Split {
        classes: totals.iter().map(|&total| class_of_bin[bin_of(total)]).collect(),
        limits: below_highest.iter().map(|&last| low + width * (last + 1) as f64).collect(),
    })
}

/// One past the last occupied bin of every class, lowest class first.
fn class_ends(bins: &[usize], weights: &[f64], classes: usize) -> Vec<usize> {
    let count = bins.len();
    let classes = classes.min(count);
    let (mut w, mut s, mut q) = (vec![0.0; count + 1], vec![0.0; count + 1], vec![0.0; count + 1]);
    for (at, (&bin, &weight)) in bins.iter().zip(weights).enumerate() {
        let value = bin as f64;
        w[at + 1] = w[at] + weight;
        s[at + 1] = s[at] + weight * value;
        q[at + 1] = q[at] + weight * value * value;
    }
    let spread = |start: usize, end: usize| {
        let sum = s[end] - s[start];
        (q[end] - q[start]) - sum * sum / (w[end] - w[start])
    };
    let mut cost: Vec<f64> = (0..=count).map(|end| if end == 0 { f64::INFINITY } else { spread(0, end) }).collect();
    let mut chosen = vec![vec![0; count + 1]];
    for below in 1..classes {
        let (mut next, mut starts) = (vec![f64::INFINITY; count + 1], vec![0; count + 1]);
        for end in below + 1..=count {
            for (start, candidate) in (below..end).map(|start| (start, cost[start] + spread(start, end))) {
                if candidate < next[end] {
                    next[end] = candidate;
                    starts[end] = start;
                }
            }
        }
        cost = next;
        chosen.push(starts);
    }
    let mut ends = Vec::with_capacity(classes);
    let mut end = count;
    for starts in chosen.iter().rev() {
        ends.push(end);
        end = starts[end];
    }
    ends.reverse();
    ends
}

#[cfg(test)]
#[path = "histogram_tests.rs"]
mod tests;
