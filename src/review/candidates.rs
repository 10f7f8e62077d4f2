//! Candidates for the price of every grade, side by side: averages, models of price over grade or score, what each rests on.

use super::evidence::Evidence;
use super::place_candidates::{self, Place};
use crate::land::Text;
use crate::price::level::Priced;
use crate::price::model::{Fit, Form};
use crate::release::{Connotation, Decided, PriceCell, Release, SampleRow};
use std::collections::BTreeMap;

/// The candidates of one use.
#[derive(Clone, Debug, PartialEq)]
pub struct Candidates {
    pub land_use: usize,
    pub grades: Vec<Row>,
    /// Areas and streets with prices of their own, where the release has them.
    pub areas: Vec<Place>,
    pub streets: Vec<Place>,
    /// None where grades have different premises.
    pub models: Vec<Model>,
    /// Whether grades have different set plot ratios or development: their prices are not held against each other then.
    pub mixed: bool,
}

/// One grade.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    pub grade: u8,
    pub evidence: Evidence,
    pub published: Option<f64>,
    /// How the price of a grade without samples was filled.
    pub filled: Option<Text>,
    /// Where people decided on the price.
    pub decided: Option<Decided>,
    /// The published price over that of the next worse priced grade.
    pub step: Option<f64>,
}

/// What a model is fitted on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Basis {
    /// Every used sample; X counts grades from the worst, 1.
    Samples,
    /// The means of the grades; X as above.
    Means,
    /// Every used sample; X is the total score of its unit.
    Scores,
}

/// A model of price.
#[derive(Clone, Debug, PartialEq)]
pub struct Model {
    pub basis: Basis,
    pub fit: Fit,
    /// Whether prices rise with X, significantly at 5 %, and no grade is worth nothing or less.
    pub usable: bool,
    /// Per grade of the use: the price of the curve, without smearing; `None` where it has no X.
    pub prices: Vec<Option<f64>>,
    /// Per grade: mean of (price of a sample − price of the curve) over the price of the curve; `None` without samples.
    pub residuals: Vec<Option<f64>>,
}

const FORMS: [Form; 4] = [Form::Linear, Form::Exponential, Form::Power, Form::Logarithmic];
const LEVEL: f64 = 0.05;

/// One account per use that has samples, or areas or streets with prices.
pub fn candidates(release: &Release) -> Vec<Candidates> {
    let totals = totals_of_samples(release);
    let all = (0..release.uses.len()).filter_map(|land_use| of_use(release, land_use, &totals));
    all.collect()
}

/// The total score of the unit of each sample; NaN where there is none.
fn totals_of_samples(release: &Release) -> Vec<f64> {
    let units = &release.units;
    let mut wanted: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    release.samples.iter().enumerate().for_each(|(at, sample)| wanted.entry(&sample.unit).or_default().push(at));
    let mut totals = vec![f64::NAN; release.samples.len()];
    if units.totals.is_empty() {
        return totals;
    }
    for unit in 0..units.len() {
        for &at in wanted.get(&*units.ids.show(unit)).into_iter().flatten() {
            totals[at] = units.totals[unit];
        }
    }
    totals
}

fn of_use(release: &Release, land_use: usize, totals: &[f64]) -> Option<Candidates> {
    let own: Vec<(usize, &SampleRow)> = release
        .samples
        .iter()
        .enumerate()
        .filter(|(_, sample)| usize::from(sample.use_index) == land_use && sample.corrected > 0.0)
        .collect();
    let (areas, streets) = (place_candidates::areas(release, land_use), place_candidates::streets(release, land_use));
    if own.is_empty() && areas.is_empty() && streets.is_empty() {
        return None;
    }
    let cells: Vec<&PriceCell> = release.cells.iter().filter(|cell| usize::from(cell.use_index) == land_use).collect();
    let mut grades: Vec<Row> = cells.iter().map(|cell| row(cell, &own)).collect();
    let priced: Vec<(usize, f64)> =
        grades.iter().enumerate().filter_map(|(at, row)| Some((at, row.published?))).collect();
    let premises = |at: usize| {
        let own = release.uses[land_use].connotation.as_ref();
        let of = |own: &Connotation| {
            (own.plot_ratio_of(cells[at].grade).to_bits(), own.development_of(cells[at].grade).to_string())
        };
        own.map(of)
    };
    let mixed = (1..cells.len()).any(|at| premises(at) != premises(0));
    for pair in priced.windows(2).filter(|pair| premises(pair[0].0) == premises(pair[1].0)) {
        grades[pair[0].0].step = Some(pair[0].1 / pair[1].1);
    }
    let rank = |grade: u8| (cells.len() + 1) as f64 - f64::from(grade);
    let used = || own.iter().filter(|(_, sample)| sample.used);
    let samples: Vec<(f64, f64)> = used().map(|(_, sample)| (rank(sample.grade), sample.corrected)).collect();
    let means: Vec<(f64, f64)> = grades.iter().filter_map(|row| Some((rank(row.grade), row.evidence.mean?))).collect();
    let scores: Vec<(f64, f64)> =
        used().filter(|(at, _)| totals[*at] > 0.0).map(|(at, sample)| (totals[*at], sample.corrected)).collect();
    let of_units = scores_of_grades(release, land_use, cells.len());
    let mut models = Vec::new();
    for (basis, points) in [(Basis::Samples, &samples), (Basis::Means, &means), (Basis::Scores, &scores)] {
        for form in FORMS.into_iter().filter(|_| !mixed) {
            let Some(fit) = Fit::of(points, form) else { continue };
            let x = |grade: u8| match basis {
                Basis::Scores => of_units[usize::from(grade) - 1],
                _ => Some(rank(grade)),
            };
            let prices: Vec<Option<f64>> = cells.iter().map(|cell| x(cell.grade).map(|x| fit.price(x))).collect();
            let residual = |grade: u8| {
                let at = |&(at, sample): &(usize, &SampleRow)| match basis {
                    Basis::Scores => (totals[at], sample.corrected),
                    _ => (rank(sample.grade), sample.corrected),
                };
                let of_grade = used().filter(|(_, sample)| sample.grade == grade).map(at).filter(|(x, _)| *x > 0.0);
                let above = |(x, price): (f64, f64)| price / fit.price(x) - 1.0;
                let shares: Vec<f64> = of_grade.filter(|(x, _)| fit.price(*x) > 0.0).map(above).collect();
                (!shares.is_empty()).then(|| shares.iter().sum::<f64>() / shares.len() as f64)
            };
            let residuals = cells.iter().map(|cell| residual(cell.grade)).collect();
            let positive = prices.iter().flatten().all(|price| *price > 0.0);
            let usable = fit.slope > 0.0 && fit.p < LEVEL && positive;
            models.push(Model { basis, fit, usable, prices, residuals });
        }
    }
    Some(Candidates { land_use, grades, areas, streets, models, mixed })
}

fn row(cell: &PriceCell, own: &[(usize, &SampleRow)]) -> Row {
    let priced: Vec<Priced> = own
        .iter()
        .filter(|(_, sample)| sample.grade == cell.grade)
        .map(|(_, sample)| Priced { price: sample.corrected, area: sample.area, kept: sample.used })
        .collect();
    Row {
        grade: cell.grade,
        evidence: Evidence::of(&priced),
        published: cell.published,
        filled: cell.filled.clone(),
        decided: cell.decided.clone(),
        step: None,
    }
}

/// The mean total of the units of each grade, by area.
fn scores_of_grades(release: &Release, land_use: usize, grades: usize) -> Vec<Option<f64>> {
    let units = &release.units;
    let mut sums = vec![(0.0, 0.0); grades];
    for unit in (0..units.len()).filter(|&unit| usize::from(units.uses[unit]) == land_use && !units.totals.is_empty()) {
        let (grade, total, area) = (usize::from(units.grades[unit]), units.totals[unit], units.areas[unit]);
        if (1..=grades).contains(&grade) && total > 0.0 && area > 0.0 {
            sums[grade - 1].0 += total * area;
            sums[grade - 1].1 += area;
        }
    }
    sums.into_iter().map(|(sum, area)| (area > 0.0).then(|| sum / area)).collect()
}
