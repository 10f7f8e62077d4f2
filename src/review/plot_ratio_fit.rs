//! How price follows the plot ratio among the samples themselves: the laws of a correction system fitted to them.

use super::sample_laws::used;
use crate::release::Release;
use crate::statistics::student;

/// Fewer samples tell nothing.
const LEAST: usize = 10;

/// P = A_grade · (R/R0)^b fitted over the used samples of a use, before the correction for the plot ratio: ln P on ln R inside grades.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PowerFit {
    pub samples: usize,
    /// b, its standard error, and the probability of one as far from 0 by chance (Student, two-sided).
    pub power: f64,
    pub error: f64,
    pub p: f64,
    /// The share of the spread of ln P inside grades that the plot ratio explains.
    pub r2: f64,
    /// The same of prices over the mean of their grade, to be held against that of other laws.
    pub r2_price: f64,
    /// Whether land is dearer and floor cheaper the more floor stands on it, beyond chance at 5 %: what a table of plot ratios says.
    pub usable: bool,
}

/// P = A_grade · k(R), k = 1 + s·(R − R0) up to the set plot ratio R0 and 1 + c·ln(R/R0) above, fitted by least squares of prices over
/// the mean of their grade.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LinearLogFit {
    /// Below and above the set plot ratio.
    pub samples: [usize; 2],
    pub slope: f64,
    pub c: f64,
    pub r2_price: f64,
    /// Whether land is dearer and floor cheaper the more floor stands on it, up to the largest plot ratio sold.
    pub usable: bool,
}

/// A sample as both laws see it.
struct Point {
    grade: u8,
    /// The plot ratio, and the set one of its grade.
    ratio: f64,
    set: f64,
    /// Before the correction for the plot ratio, 元/㎡; and over the mean of its grade.
    price: f64,
    relative: f64,
}

/// The power; `None` with fewer than ten samples that tell a plot ratio, or where it is the same inside every grade.
pub fn power(release: &Release, land_use: usize) -> Option<PowerFit> {
    let points = points(release, land_use)?;
    let (mut xx, mut xy, mut yy, mut grades) = (0.0, 0.0, 0.0, 0);
    for of_grade in points.chunk_by(|a, b| a.grade == b.grade) {
        let logs: Vec<(f64, f64)> =
            of_grade.iter().map(|it| (libm::log(it.ratio / it.set), libm::log(it.price))).collect();
        let count = logs.len() as f64;
        let (x, y) =
            (logs.iter().map(|log| log.0).sum::<f64>() / count, logs.iter().map(|log| log.1).sum::<f64>() / count);
        for log in logs {
            let (dx, dy) = (log.0 - x, log.1 - y);
            xx += dx * dx;
            xy += dx * dy;
            yy += dy * dy;
        }
        grades += 1;
    }
    let freedom = points.len() as f64 - f64::from(grades) - 1.0;
    if xx < 1e-9 || yy <= 0.0 || freedom < 1.0 {
        return None;
    }
    let power = xy / xx;
    let left = (yy - power * xy).max(0.0);
    let error = (left / freedom / xx).sqrt();
    let p = 2.0 * student::upper_tail((power / error).abs(), freedom);
    let r2_price = explained(&points, &|it| libm::pow(it.ratio / it.set, power));
    let of_land = if is_floor(release, land_use) { power + 1.0 } else { power };
    let usable = of_land > 0.0 && of_land < 1.0 && p < 0.05;
    Some(PowerFit { samples: points.len(), power, error, p, r2: 1.0 - left / yy, r2_price, usable })
}

/// The straight and the logarithmic part; `None` with fewer than ten samples that tell a plot ratio, with fewer than three on either side
/// of the set one, or where that is not known.
pub fn linear_log(release: &Release, land_use: usize) -> Option<LinearLogFit> {
    const SIDE: usize = 3;
    let points = points(release, land_use)?;
    let below = |it: &Point| (it.ratio - it.set).min(0.0);
    let above = |it: &Point| libm::log((it.ratio / it.set).max(1.0));
    let samples =
        [points.iter().filter(|it| below(it) < 0.0).count(), points.iter().filter(|it| above(it) > 0.0).count()];
    if samples.iter().any(|count| *count < SIDE) || points.iter().any(|it| it.set.is_nan() || it.set <= 0.0) {
        return None;
    }
    let law = |[slope, c]: [f64; 2]| move |it: &Point| 1.0 + slope * below(it) + c * above(it);
    // In turn the levels of the grades for the law, and the law for the levels: each step is exact, the sum of squares never rises.
    let mut now = [0.0, 0.0];
    for _ in 0..20_000 {
        let levels = levels(&points, &law(now));
        let part = |of: &dyn Fn(&Point) -> f64| {
            let (mut top, mut bottom) = (0.0, 0.0);
            for (it, level) in points.iter().zip(&levels) {
                let x = level * of(it);
                top += x * (it.relative - level);
                bottom += x * x;
            }
            top / bottom
        };
        let next = [part(&below), part(&above)];
        let moved = (next[0] - now[0]).abs() + (next[1] - now[1]).abs();
        now = next;
        if moved < 1e-13 {
            break;
        }
    }
    let [slope, c] = now;
    if !(slope.is_finite() && c.is_finite()) {
        return None;
    }
    Some(LinearLogFit {
        samples,
        slope,
        c,
        r2_price: explained(&points, &law(now)),
        usable: is_usable(&points, &law(now), is_floor(release, land_use)),
    })
}

/// The samples that tell a plot ratio and had no development added, by grade; `None` where there are too few.
fn points(release: &Release, land_use: usize) -> Option<Vec<Point>> {
    let premises = release.uses[land_use].connotation.as_ref();
    let own =
        used(release, land_use).filter(|sample| sample.plot_ratio > 0.0 && sample.detail.development.abs() == 0.0);
    let mut points: Vec<Point> = own
        .map(|sample| Point {
            grade: sample.grade,
            ratio: sample.plot_ratio,
            set: premises.map_or(1.0, |premises| premises.plot_ratio_of(sample.grade)),
            price: sample.corrected / sample.k_plot_ratio,
            relative: f64::NAN,
        })
        .collect();
    points.sort_by(|a, b| a.grade.cmp(&b.grade).then(a.ratio.total_cmp(&b.ratio)).then(a.price.total_cmp(&b.price)));
    for of_grade in points.chunk_by_mut(|a, b| a.grade == b.grade) {
        let mean = of_grade.iter().map(|it| it.price).sum::<f64>() / of_grade.len() as f64;
        of_grade.iter_mut().for_each(|it| it.relative = it.price / mean);
    }
    (points.len() >= LEAST).then_some(points)
}

/// The level of each sample's grade that fits a law best.
fn levels(points: &[Point], law: &dyn Fn(&Point) -> f64) -> Vec<f64> {
    let mut levels = Vec::with_capacity(points.len());
    for of_grade in points.chunk_by(|a, b| a.grade == b.grade) {
        let (mut top, mut bottom) = (0.0, 0.0);
        for it in of_grade {
            let k = law(it);
            top += k * it.relative;
            bottom += k * k;
        }
        levels.extend(std::iter::repeat_n(top / bottom, of_grade.len()));
    }
    levels
}

/// The share of the spread of relative prices inside grades that a law explains.
fn explained(points: &[Point], law: &dyn Fn(&Point) -> f64) -> f64 {
    let levels = levels(points, law);
    let squares = |of: &dyn Fn(&Point, f64) -> f64| -> f64 {
        points.iter().zip(&levels).map(|(it, level)| (it.relative - of(it, *level)).powi(2)).sum()
    };
    1.0 - squares(&|it, level| level * law(it)) / squares(&|_, _| 1.0)
}

/// Whether the price of the land rises and that of the floor falls from each plot ratio sold to the next, grade by grade.
fn is_usable(points: &[Point], law: &dyn Fn(&Point) -> f64, floor: bool) -> bool {
    points.windows(2).filter(|pair| pair[0].grade == pair[1].grade && pair[0].ratio < pair[1].ratio).all(|pair| {
        let [(low, k_low), (high, k_high)] = [&pair[0], &pair[1]].map(|it| (it.ratio, law(it)));
        let (land, of_floor) = match floor {
            true => ([k_low * low, k_high * high], [k_low, k_high]),
            false => ([k_low, k_high], [k_low / low, k_high / high]),
        };
        k_low > 0.0 && land[1] > land[0] && of_floor[1] < of_floor[0]
    })
}

fn is_floor(release: &Release, land_use: usize) -> bool {
    release.uses[land_use].connotation.as_ref().is_some_and(|premises| premises.kind == "floor")
}

#[cfg(test)]
#[path = "plot_ratio_fit_tests.rs"]
mod tests;
