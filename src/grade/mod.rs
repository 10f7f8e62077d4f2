//! From total scores to grades: class breaks by the method the project names.
//!
//! GB/T 18507-2014 orders units on the axis of their total scores and cuts it; grade 1 is the best, one score has exactly one grade.
//! A method is a file. Each keeps the rule it is defined with for a total that equals a limit; the product's own rule is half-open
//! `[lower, upper)`: a total equal to a limit belongs to the better grade. `grade = grades − class` with
//! class 0 the lowest, so the worst is always number `grades`. Where there are fewer distinct totals than grades, natural breaks make fewer
//! classes, counted from the worst; the number axis, the frequency curve and the profile refuse; the other methods may leave other grades
//! empty.

mod axis;
pub mod clean;
mod equal;
mod frequency;
mod given;
mod gvf;
mod histogram;
mod natural;
mod optimum;
pub mod parcels;
mod profile;
mod quantile;
mod sections;
mod spread;
mod units;
mod windows;

pub use frequency::{Curve, MOST_CURVE_BINS, Valley, usual as usual_curve};
pub use gvf::gvf;
pub use histogram::LARGEST_BINS;
pub use profile::{Fall, Profile, Sample, Sections, profiles};
pub use sections::MOST_DIRECTIONS;
pub use units::{Ground, Units};

use crate::land::{Fault, Outcome};
use crate::say;

/// The most grades one use may have.
pub const MOST_GRADES: u8 = 30;

/// How the axis of totals is cut.
#[derive(Clone, Debug, PartialEq)]
pub enum Method {
    /// Natural breaks (Fisher–Jenks), the exact optimum over every distinct total; half-open.
    Natural,
    /// The exact optimum over a histogram of `bins` equal bins; a total has the class of its bin.
    NaturalHistogram { bins: usize },
    /// Equal numbers of units: quantiles of type 7; a total has as its class the number of breaks strictly below it.
    Quantile,
    /// Equal stretches of the axis between the lowest and the highest total; half-open.
    EqualInterval,
    /// The limits the project file states, ascending, one fewer than grades; half-open.
    Given(Vec<f64>),
    /// The widest gaps between totals that leave every class `least_share` of the area (总分数轴确定法); half-open.
    NumberAxis { least_share: f64 },
    /// The deepest valleys of the histogram by area, in bins of `bin` points, smoothed by `smoothing` points (总分频率曲线法); half-open.
    FrequencyCurve { bin: f64, smoothing: f64 },
    /// The steepest falls along section lines (总分剖面图法); half-open.
    Profile(Sections),
}

impl Method {
    /// The method's word in project files and on the command line.
    pub fn word(&self) -> &'static str {
        match self {
            Method::Natural => "natural",
            Method::NaturalHistogram { .. } => "natural-histogram",
            Method::Quantile => "quantile",
            Method::EqualInterval => "equal-interval",
            Method::Given(_) => "given",
            Method::NumberAxis { .. } => "number-axis",
            Method::FrequencyCurve { .. } => "frequency-curve",
            Method::Profile(_) => "profile",
        }
    }
}

/// Units with their grades, and what the cut is worth.
#[derive(Clone, Debug, PartialEq)]
pub struct Graded {
    /// One per total, in the order given; 1 is the best.
    pub grades: Vec<u8>,
    /// Score limits between the classes, ascending; one fewer than classes. `limits[c]` divides class `c` from class `c + 1`.
    pub limits: Vec<f64>,
    /// Goodness of variance fit, `1 − SSW/SST`.
    pub gvf: f64,
    /// Units per grade; `counts[0]` belongs to grade 1. As long as there are grades.
    pub counts: Vec<usize>,
}

impl Graded {
    /// The score limits of a grade: the lower one (`None` for the worst grade) and the upper one (`None` for the highest class).
    /// Both `None` for a grade that has no class because there are too few distinct totals.
    pub fn span(&self, grade: u8) -> (Option<f64>, Option<f64>) {
        let Some(class) = self.counts.len().checked_sub(usize::from(grade)) else { return (None, None) };
        if class > self.limits.len() {
            return (None, None);
        }
        let lower = class.checked_sub(1).map(|below| self.limits[below]);
        (lower, self.limits.get(class).copied())
    }
}

/// What a method hands over: the class of every total (0 is the lowest) and the limits between classes.
struct Split {
    classes: Vec<u8>,
    limits: Vec<f64>,
}

/// Grades the totals of one use. Equal totals always get equal grades; the result does not depend on the number of threads. No totals give
/// no grades and counts of zero.
///
/// # Errors
/// `grade-count` unless there are 1 to [`MOST_GRADES`] grades; `total-not-finite` naming the first such total and their number; what the
/// method says: `grade-limits` for given limits, `grade-bins` for the histogram and the curve, `grade-share` and `breaks-infeasible` for the
/// number axis, `too-few-valleys` for the curve, `no-ground`, `profile-lines`, `too-few-falls` and `breaks-infeasible` for the profile,
/// `area-not-usable` for each of the three.
///
/// # Panics
/// Where areas or features are given and are not one per total.
pub fn grade<'a>(units: impl Into<Units<'a>>, grades: u8, method: &Method) -> Outcome<Graded> {
    let units = &units.into();
    let totals = units.totals;
    assert!(units.areas.is_none_or(|areas| areas.len() == totals.len()), "an area per total");
    assert!(units.ground.is_none_or(|ground| ground.features.len() == totals.len()), "a feature per total");
    check(totals, grades)?;
    let split = match method {
        Method::Natural => natural::split(totals, grades),
        Method::NaturalHistogram { bins } => histogram::split(totals, grades, *bins)?,
        Method::Quantile => quantile::split(totals, grades),
        Method::EqualInterval => equal::split(totals, grades),
        Method::Given(limits) => given::split(totals, grades, limits)?,
        Method::NumberAxis { least_share } => axis::split(units, grades, *least_share)?,
        Method::FrequencyCurve { bin, smoothing } => frequency::split(units, grades, *bin, *smoothing)?,
        Method::Profile(sections) => profile::split(units, grades, sections)?,
    };
    let Split { classes, limits } = split;
    let gvf = gvf(totals, &classes);
    let mut counts = vec![0; usize::from(grades)];
    let grades: Vec<u8> = classes.into_iter().map(|class| grades - class).collect();
    for &grade in &grades {
        counts[usize::from(grade) - 1] += 1;
    }
    Ok(Graded { grades, limits, gvf, counts })
}

/// The product's rule: half-open intervals, so the class is the number of limits at or below the total.
fn half_open(totals: &[f64], limits: &[f64]) -> Vec<u8> {
    totals.iter().map(|total| limits.iter().filter(|limit| *limit <= total).count() as u8).collect()
}

/// The lowest and the highest total; `None` without totals.
fn range(totals: &[f64]) -> Option<(f64, f64)> {
    let (&first, rest) = totals.split_first()?;
    Some(rest.iter().fold((first, first), |(low, high), &total| (low.min(total), high.max(total))))
}

fn check(totals: &[f64], grades: u8) -> Outcome<()> {
    if !(1..=MOST_GRADES).contains(&grades) {
        return Err(Fault::new(
            "grade-count",
            say!("{grades} grades are asked for", "要求划分{grades}个级别"),
            say!("ask for 1 to {MOST_GRADES} grades", "级别数请取1至{MOST_GRADES}"),
        ));
    }
    // Far beyond any score: squares of totals stay finite.
    let usable = |total: f64| total.abs() <= 1e100;
    if let Some(at) = totals.iter().position(|&total| !usable(total)) {
        let bad = totals.iter().filter(|&&total| !usable(total)).count();
        let (unit, total) = (at + 1, totals[at]);
        return Err(Fault::new(
            "total-not-finite",
            say!(
                "{bad} values are no numbers that can be cut (up to 1e100); the first is {total:e}, number {unit}",
                "有{bad}个数值不能用于划分(绝对值不超过 1e100);第一个是第{unit}个,值为{total:e}"
            ),
            say!(
                "check it; of a use, the factor scores of that unit",
                "请检查该数值;按用途划分时请检查该单元的因素分值"
            ),
        ));
    }
    Ok(())
}

#[cfg(test)]
#[path = "grade_tests.rs"]
mod tests;
