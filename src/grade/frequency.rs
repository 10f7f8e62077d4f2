//! The frequency curve (总分频率曲线法): how much ground has which total, smoothed, cut in its valleys.
//!
//! GB/T 18507-2014 names the method; bins, kernel and the order of valleys are one reading of it (docs/methods/breaks.md).

use super::units::{Axis, Units, on_grid};
use super::{Split, half_open};
use crate::land::{Fault, Outcome};
use crate::say;

/// The most bins of a curve.
pub const MOST_CURVE_BINS: usize = 20_000;

/// The kernel reaches so many bandwidths to each side; beyond lies less than a ten-thousandth of it.
const REACH: f64 = 4.0;

/// Heights are compared in this part of the highest, so that rounding makes no valley.
const TICKS: f64 = 1e9;

/// How much ground has which total.
#[derive(Clone, Debug, PartialEq)]
pub struct Curve {
    /// Where the first bin starts: a multiple of `bin`.
    pub start: f64,
    /// The width of a bin, points.
    pub bin: f64,
    /// Area per bin (units, where no areas are given); empty bins stand at both ends, as far as the kernel reaches.
    pub raw: Vec<f64>,
    /// The same, smoothed; its sum is that of `raw`.
    pub smoothed: Vec<f64>,
    /// The local minima of the smoothed curve, ascending by total.
    pub valleys: Vec<Valley>,
}

/// A place where the smoothed curve is lower than on both sides.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Valley {
    /// The middle of the valley's floor, points.
    pub at: f64,
    /// How far one must rise from it before a lower place is reached, on the side where that is less.
    pub depth: f64,
}

impl Curve {
    /// Counts, smooths and finds the valleys. `bin` is the width of a bin, `smoothing` the standard deviation of the kernel, both in points;
    /// without smoothing (0) the curve is the histogram itself. A total is in bin ⌊total/bin⌋.
    ///
    /// # Errors
    /// `grade-bins` where the bins are no positive width or more than [`MOST_CURVE_BINS`], or the smoothing is negative;
    /// `area-not-usable`.
    pub fn of<'a>(units: impl Into<Units<'a>>, bin: f64, smoothing: f64) -> Outcome<Curve> {
        let units = units.into();
        units.check_areas()?;
        let axis = Axis::of(&units);
        let (Some(&low), Some(&high)) = (axis.values.first(), axis.values.last()) else {
            return Ok(Curve { start: 0.0, bin, raw: Vec::new(), smoothed: Vec::new(), valleys: Vec::new() });
        };
        let number = |total: f64| on_grid(total / bin).floor();
        let reach = (REACH * smoothing / bin).ceil();
        let (first, last) = (number(low) - reach - 1.0, number(high) + reach + 1.0);
        let fits = bin > 0.0 && smoothing >= 0.0 && last - first < MOST_CURVE_BINS as f64 && first.abs() < 1e15;
        if !fits {
            return Err(too_many(bin, smoothing, high - low));
        }
        let mut raw = vec![0.0; (last - first) as usize + 1];
        for (value, weight) in axis.values.iter().zip(&axis.weights) {
            raw[(number(*value) - first) as usize] += weight;
        }
        let smoothed = smooth(&raw, &kernel(smoothing / bin));
        let valleys = valleys(&smoothed);
        let valleys = valleys
            .into_iter()
            .map(|(twice, depth)| Valley { at: on_grid((first + (twice as f64 + 1.0) / 2.0) * bin), depth });
        Ok(Curve { start: on_grid(first * bin), bin, valleys: valleys.collect(), raw, smoothed })
    }
}

/// A bin and a smoothing for so many grades where none is stated: a round bin of which some two hundred span the totals, and the strongest
/// smoothing, from a tenth of their range down, that leaves a valley for every limit. `None` where none does.
pub fn usual<'a>(units: impl Into<Units<'a>>, grades: u8) -> Option<(f64, f64)> {
    const BINS: f64 = 200.0;
    const STRONGEST: f64 = 0.1;
    const STEP: f64 = 0.8;
    let units = units.into();
    let (low, high) = units
        .totals
        .iter()
        .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), total| (low.min(*total), high.max(*total)));
    let wanted = usize::from(grades.saturating_sub(1));
    let bin = round_below((high - low) / BINS).filter(|bin| *bin > 1e-9)?;
    let raw = Curve::of(units, bin, (high - low) * STRONGEST).ok()?.raw;
    let mut bandwidth = (high - low) * STRONGEST / bin;
    while bandwidth >= 0.5 {
        // As printed: two digits say it.
        let shown = two_digits(bandwidth * bin);
        if valleys(&smooth(&raw, &kernel(shown / bin))).len() >= wanted {
            return Some((bin, shown));
        }
        bandwidth *= STEP;
    }
    None
}

/// 1, 2 or 5 times a power of ten, the greatest that is no more.
fn round_below(rough: f64) -> Option<f64> {
    if !(rough.is_finite() && rough > 0.0) {
        return None;
    }
    let power = rough.log10().floor() as i32;
    let text = |times: u8| format!("{times}e{power}").parse::<f64>().ok();
    [5, 2, 1].into_iter().filter_map(text).find(|bin| *bin <= rough)
}

fn two_digits(value: f64) -> f64 {
    format!("{value:.1e}").parse().unwrap_or(value)
}

/// Cuts in the deepest valleys; of equally deep ones the lower. Half-open.
pub(super) fn split(units: &Units<'_>, grades: u8, bin: f64, smoothing: f64) -> Outcome<Split> {
    let curve = Curve::of(*units, bin, smoothing)?;
    let wanted = usize::from(grades) - 1;
    if wanted == 0 || units.totals.is_empty() {
        return Ok(Split { classes: vec![0; units.totals.len()], limits: Vec::new() });
    }
    if curve.valleys.len() < wanted {
        return Err(too_few(curve.valleys.len(), grades));
    }
    let depths = in_ticks(curve.valleys.iter().map(|valley| valley.depth), highest(&curve.smoothed));
    let mut deepest: Vec<usize> = (0..depths.len()).collect();
    deepest.sort_by_key(|&valley| (-depths[valley], valley));
    let mut limits: Vec<f64> = deepest[..wanted].iter().map(|&valley| curve.valleys[valley].at).collect();
    limits.sort_by(f64::total_cmp);
    Ok(Split { classes: half_open(units.totals, &limits), limits })
}

/// A Gaussian kernel by bins, from its middle outwards; all its weights together are 1.
fn kernel(deviation: f64) -> Vec<f64> {
    if deviation == 0.0 {
        return vec![1.0];
    }
    let reach = (REACH * deviation).ceil() as usize;
    let half: Vec<f64> = (0..=reach).map(|at| libm::exp(-0.5 * (at as f64 / deviation).powi(2))).collect();
    let whole = half[0] + 2.0 * half[1..].iter().sum::<f64>();
    half.iter().map(|weight| weight / whole).collect()
}

/// The sides are added pairwise, so that a curve read backwards is smoothed to the same digits.
fn smooth(raw: &[f64], kernel: &[f64]) -> Vec<f64> {
    let at = |place: Option<usize>| place.and_then(|place| raw.get(place)).copied().unwrap_or(0.0);
    let height = |bin: usize| {
        let sides = kernel.iter().enumerate().skip(1);
        let sides = sides.map(|(away, weight)| weight * (at(bin.checked_sub(away)) + at(Some(bin + away))));
        kernel[0] * raw[bin] + sides.sum::<f64>()
    };
    (0..raw.len()).map(height).collect()
}

/// Heights in ticks of the highest.
fn in_ticks(heights: impl Iterator<Item = f64>, highest: f64) -> Vec<i64> {
    heights.map(|height| (height / highest * TICKS).round() as i64).collect()
}

fn highest(heights: &[f64]) -> f64 {
    heights.iter().copied().fold(0.0, f64::max)
}

/// The valleys: twice the place of the middle of the floor, in bins, and the depth. Heights that differ by less than a tick are level. From
/// a floor one walks to each side until the ground is lower (to the left: as low), and remembers the highest place on the way; the depth
/// is how far the lower of the two lies above the floor.
fn valleys(smoothed: &[f64]) -> Vec<(usize, f64)> {
    let highest = highest(smoothed);
    if highest == 0.0 {
        return Vec::new();
    }
    let ticks = in_ticks(smoothed.iter().copied(), highest);
    let (mut found, mut start) = (Vec::new(), 0);
    for level in ticks.chunk_by(|a, b| a == b) {
        let end = start + level.len();
        let floor = ticks[start];
        if start > 0 && end < ticks.len() && ticks[start - 1] > floor && ticks[end] > floor {
            let left = (0..start).rev().take_while(|bin| ticks[*bin] > floor).max_by_key(|bin| ticks[*bin]);
            let right = (end..ticks.len()).take_while(|bin| ticks[*bin] >= floor).max_by_key(|bin| ticks[*bin]);
            let rim = left.into_iter().chain(right).min_by_key(|bin| ticks[*bin]).unwrap_or(start);
            found.push((start + end - 1, smoothed[rim] - smoothed[start]));
        }
        start = end;
    }
    found
}

fn too_many(bin: f64, smoothing: f64, range: f64) -> Fault {
    Fault::new(
        "grade-bins",
        say!(
            "no frequency curve of totals over {range} points has bins of {bin} and a smoothing of {smoothing} points",
            "总分跨度为 {range} 分时,频率曲线的组距不能为 {bin} 分、平滑带宽不能为 {smoothing} 分"
        ),
        say!(
            "give a bin above 0 and a smoothing from 0 up that make at most {MOST_CURVE_BINS} bins",
            "组距应大于 0,平滑带宽不小于 0,且分组数不超过 {MOST_CURVE_BINS}"
        ),
    )
}

fn too_few(found: usize, grades: u8) -> Fault {
    let (wanted, possible) = (grades - 1, found + 1);
    Fault::new(
        "too-few-valleys",
        say!(
            "valleys of the frequency curve: {found}; {grades} grades need {wanted}",
            "频率曲线有{found}个谷点,划分{grades}个级别需要{wanted}个"
        ),
        match possible {
            1 => say!("lower the smoothing or the bin, or take another method", "请减小平滑带宽或组距,或改用其他方法"),
            _ => say!(
                "lower the smoothing or the bin, ask for {possible} grades or fewer, or take another method",
                "请减小平滑带宽或组距,或将级别数减至{possible}以内,或改用其他方法"
            ),
        },
    )
}

#[cfg(test)]
#[path = "frequency_tests.rs"]
mod tests;
