//! The number axis (总分数轴确定法): totals marked on an axis, cut where it is sparse.
//!
//! GB/T 18507-2014 names the method; how gaps are chosen is one reading of it (docs/methods/breaks.md). Widest first: the widest gap is cut,
//! then the next, each unless the classes that can still be made would be too few. Of all cuts that leave every class its share this is the
//! one whose gaps, from the widest down, are the widest. The greatest sum of gaps is not sought: it may pass over the widest gap for two
//! middling ones, which nobody who looks at the axis would do.

use super::units::{Axis, Units, middle};
use super::{Split, half_open};
use crate::land::{Fault, Outcome};
use crate::say;
use std::collections::BinaryHeap;

/// Gaps are compared in this part of the range of totals, so that rounding in the last digit decides between no two equal ones.
const TICKS: f64 = 1e12;

/// Shares may miss the least one by so much of the whole: sums of areas are rounded.
const ROUNDING: f64 = 1e-12;

pub(super) fn split(units: &Units<'_>, grades: u8, least_share: f64) -> Outcome<Split> {
    if !(0.0..1.0).contains(&least_share) {
        return Err(Fault::new(
            "grade-share",
            say!("the least share of a class is {least_share}", "每级最小面积比例为 {least_share}"),
            say!("give a share from 0 to below 1, such as 0.03", "请给出 0 至 1(不含)之间的比例,如 0.03"),
        ));
    }
    units.check_areas()?;
    let axis = Axis::of(units);
    let starts = starts(&axis, usize::from(grades), least_share)?;
    let limits: Vec<f64> = starts.iter().map(|&start| middle(axis.values[start - 1], axis.values[start])).collect();
    Ok(Split { classes: half_open(units.totals, &limits), limits })
}

/// A gap that might be cut: its width, then how near to the lower end it lies.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Gap {
    width: u64,
    before: std::cmp::Reverse<usize>,
}

/// The first value of every class but the lowest, ascending.
fn starts(axis: &Axis, classes: usize, least_share: f64) -> Outcome<Vec<usize>> {
    let count = axis.values.len();
    if classes <= 1 || count == 0 {
        return Ok(Vec::new());
    }
    let shares = Shares::new(axis, least_share);
    let possible = shares.most_classes(0, count, classes);
    if possible < classes {
        return Err(infeasible(classes, possible.max(1), least_share));
    }
    let range = axis.values[count - 1] - axis.values[0];
    let width = |at: usize| ((axis.values[at] - axis.values[at - 1]) / range * TICKS).round() as u64;
    // A gap that leaves too little on one side is never cut.
    let candidates = (1..count).filter(|&at| shares.enough(0, at) && shares.enough(at, count));
    let gaps: Vec<Gap> = candidates.map(|at| Gap { width: width(at), before: std::cmp::Reverse(at) }).collect();
    let mut widest = BinaryHeap::from(gaps);
    // The ends of the stretches between chosen cuts, and how many classes each stretch can still make.
    let (mut ends, mut rooms) = (vec![0, count], vec![possible]);
    while ends.len() <= classes {
        let Gap { before, .. } = widest.pop().expect("as long as more classes can be made, a gap is left to be cut");
        let at = before.0;
        let stretch = ends.partition_point(|&end| end <= at) - 1;
        let (start, end) = (ends[stretch], ends[stretch + 1]);
        if start == at {
            continue;
        }
        let (below, above) = (shares.most_classes(start, at, classes), shares.most_classes(at, end, classes));
        let room: usize = rooms.iter().sum::<usize>() - rooms[stretch] + below + above;
        if below > 0 && above > 0 && room >= classes {
            ends.insert(stretch + 1, at);
            rooms.splice(stretch..=stretch, [below, above]);
        }
    }
    Ok(ends[1..ends.len() - 1].to_vec())
}

/// Running weights, and the least a class needs.
struct Shares {
    before: Vec<f64>,
    least: f64,
}

impl Shares {
    fn new(axis: &Axis, least_share: f64) -> Shares {
        let mut before = Vec::with_capacity(axis.weights.len() + 1);
        let mut sum = 0.0;
        before.push(sum);
        for weight in &axis.weights {
            sum += weight;
            before.push(sum);
        }
        Shares { before, least: (least_share - ROUNDING) * sum }
    }

    fn enough(&self, start: usize, end: usize) -> bool {
        end > start && self.before[end] - self.before[start] >= self.least
    }

    /// How many classes a stretch of values can make, counted up to `wanted`: each as short as its share allows, from the lowest on. Every
    /// smaller number can be made too, by joining neighbours.
    fn most_classes(&self, start: usize, end: usize, wanted: usize) -> usize {
        let (mut classes, mut from) = (0, start);
        while from < end && classes < wanted {
            let ends = from + 1..=end;
            let short = self.before[ends.clone()].partition_point(|before| before - self.before[from] < self.least);
            if short == ends.count() {
                break;
            }
            classes += 1;
            from += 1 + short;
        }
        classes
    }
}

fn infeasible(classes: usize, possible: usize, least_share: f64) -> Fault {
    let percent = super::units::on_grid(least_share * 100.0);
    Fault::new(
        "breaks-infeasible",
        say!(
            "the gaps between the totals allow {possible} grades with {percent} % of the area each, not {classes}",
            "总分之间的间隔最多可划出{possible}个面积各不小于 {percent}% 的级别,不能划出{classes}个"
        ),
        say!(
            "lower least_share, ask for {possible} grades or fewer, or take another method",
            "请减小 least_share,或将级别数减至{possible}以内,或改用其他方法"
        ),
    )
}

#[cfg(test)]
#[path = "axis_tests.rs"]
mod tests;
