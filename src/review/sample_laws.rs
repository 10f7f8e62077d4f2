//! What the samples themselves say of their corrections: how price follows the plot ratio, and whether sources agree.

use crate::land::transaction::Kind;
use crate::release::{Release, SampleRow};
use crate::statistics::pairs::{Above, above};
use crate::statistics::student;

/// P = A_grade · R^b fitted over the used samples of a use, before the correction for the plot ratio: ln P on ln R inside grades.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PlotRatioFit {
    pub samples: usize,
    /// b, its standard error, and the probability of one as far from 0 by chance (Student, two-sided).
    pub power: f64,
    pub error: f64,
    pub p: f64,
    /// The share of the spread inside grades that the plot ratio explains.
    pub r2: f64,
}

impl PlotRatioFit {
    /// Whether land is dearer and floor cheaper the more floor stands on it, beyond chance at 5 %: what a table of plot ratios says.
    pub fn is_usable(&self) -> bool {
        self.power > 0.0 && self.power < 1.0 && self.p < 0.05
    }
}

/// The fit; `None` with fewer than ten samples that tell a plot ratio, or where it is the same inside every grade.
pub fn plot_ratio(release: &Release, land_use: usize) -> Option<PlotRatioFit> {
    let own =
        used(release, land_use).filter(|sample| sample.plot_ratio > 0.0 && sample.detail.development.abs() == 0.0);
    let mut points: Vec<(u8, f64, f64)> = own
        .map(|sample| {
            let before = sample.corrected / sample.k_plot_ratio;
            (sample.grade, libm::log(sample.plot_ratio), libm::log(before))
        })
        .collect();
    if points.len() < 10 {
        return None;
    }
    points.sort_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)).then(a.2.total_cmp(&b.2)));
    let (mut xx, mut xy, mut yy, mut grades) = (0.0, 0.0, 0.0, 0);
    for of_grade in points.chunk_by(|a, b| a.0 == b.0) {
        let count = of_grade.len() as f64;
        let mean = |of: fn(&(u8, f64, f64)) -> f64| of_grade.iter().map(of).sum::<f64>() / count;
        let (x, y) = (mean(|point| point.1), mean(|point| point.2));
        for point in of_grade {
            let (dx, dy) = (point.1 - x, point.2 - y);
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
    Some(PlotRatioFit { samples: points.len(), power, error, p, r2: 1.0 - left / yy })
}

/// Two types of transactions held against each other: prices over the mean of their grade, by ranks (Wilcoxon, Mann, Whitney).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sources {
    pub one: Kind,
    pub other: Kind,
    pub counts: (usize, usize),
    /// The share of pairs in which the first is dearer.
    pub share: f64,
    /// Two-sided.
    pub p: f64,
}

/// Every pair of types with at least five used samples each.
pub fn sources(release: &Release, land_use: usize) -> Vec<Sources> {
    const LEAST: usize = 5;
    let mean = |grade: u8| {
        let prices: Vec<f64> =
            used(release, land_use).filter(|sample| sample.grade == grade).map(|sample| sample.corrected).collect();
        prices.iter().sum::<f64>() / prices.len() as f64
    };
    let means: Vec<f64> = (0..=u8::MAX).map(mean).collect();
    let of_kind = |kind: Kind| {
        let own = used(release, land_use).filter(|sample| sample.detail.kind == kind.key());
        (kind, own.map(|sample| sample.corrected / means[usize::from(sample.grade)]).collect::<Vec<f64>>())
    };
    let kinds: Vec<(Kind, Vec<f64>)> =
        Kind::ALL.into_iter().map(of_kind).filter(|(_, prices)| prices.len() >= LEAST).collect();
    let mut found = Vec::new();
    for (at, (one, prices)) in kinds.iter().enumerate() {
        for (other, others) in &kinds[at + 1..] {
            // From both sides, so that neither order of the two has the correction for continuity on its side.
            let tails = [above(prices, others), above(others, prices)];
            let [Some(Above { share, p, .. }), Some(Above { p: back, .. })] = tails else { continue };
            let counts = (prices.len(), others.len());
            found.push(Sources { one: *one, other: *other, counts, share, p: (2.0 * p.min(back)).min(1.0) });
        }
    }
    found
}

fn used(release: &Release, land_use: usize) -> impl Iterator<Item = &SampleRow> {
    let own =
        move |sample: &&SampleRow| usize::from(sample.use_index) == land_use && sample.used && sample.corrected > 0.0;
    release.samples.iter().filter(own)
}

#[cfg(test)]
#[path = "sample_laws_tests.rs"]
mod tests;
