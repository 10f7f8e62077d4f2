//! Differential income (级差收益测算, GB/T 18507): whether the profits of businesses follow the grades.
//!
//! Y is the yearly profit per ㎡ of land, X the grade counted from the worst (worst = 1).

use super::income_models::{Model, model};
use super::left_out::{LeftOut, Why, unit_of, use_of};
use crate::ingest::headed::Number;
use crate::ingest::profits::{Profit, Profits};
use crate::release::Release;
use crate::space::covering::{Spot, covering, exchanged};
use crate::space::{Extent, Point, Shapes};
use crate::statistics::groups::{self, Ranks, Variance};
use std::collections::BTreeMap;

/// What the samples say.
#[derive(Debug, Default)]
pub struct Income {
    /// Rows of the table.
    pub rows: usize,
    /// Samples placed in a graded unit of their use: by use, grade, identifier and profit.
    pub samples: Vec<Sample>,
    /// One per use that has samples, in the release's order.
    pub uses: Vec<OfUse>,
    /// In the order of their lines.
    pub left_out: Vec<LeftOut>,
}

/// A sample in its unit. 元 per ㎡ and year; capital and wages NaN where they are not told.
#[derive(Clone, Debug, PartialEq)]
pub struct Sample {
    pub line: u32,
    pub id: String,
    /// Its unit's number in the release.
    pub unit: usize,
    pub land_use: u8,
    pub grade: u8,
    pub industry: String,
    pub profit: f64,
    pub capital: f64,
    pub wages: f64,
}

/// The samples of a use.
#[derive(Debug)]
pub struct OfUse {
    pub land_use: usize,
    /// From the best grade to the worst that has samples.
    pub groups: Vec<Group>,
    /// The same by industry, where the table tells industries.
    pub industries: Vec<(String, Vec<Group>)>,
    /// Neighbouring grades with samples whose means do not fall from the better to the worse.
    pub disorder: Vec<(u8, u8)>,
    pub variance: Option<Variance>,
    pub ranks: Option<Ranks>,
    /// Samples whose profit is not positive, which no logarithm takes.
    pub not_positive: usize,
    /// Y = A(1 + r)^X, and with capital and wages where the table tells them.
    pub models: Vec<Model>,
}

/// The profits of one grade.
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    pub grade: u8,
    /// Ascending.
    pub profits: Vec<f64>,
    pub mean: f64,
    /// The mean less that of the worst grade with samples: the differential income.
    pub difference: f64,
}

/// Places the samples and computes everything.
pub fn check(release: &Release, profits: &Profits) -> Income {
    let (mut samples, mut left_out) = placed(release, profits);
    // An order of their own, so that the order of the rows changes no digit.
    samples.sort_by(|a, b| {
        let numbers = |sample: &Sample| [sample.profit, sample.capital, sample.wages];
        let unequal = numbers(a).into_iter().zip(numbers(b)).map(|(a, b)| a.total_cmp(&b)).find(|order| order.is_ne());
        let unequal = unequal.unwrap_or(std::cmp::Ordering::Equal);
        (a.land_use, a.grade, &a.id)
            .cmp(&(b.land_use, b.grade, &b.id))
            .then(unequal)
            .then(a.unit.cmp(&b.unit))
            .then_with(|| a.industry.cmp(&b.industry))
            .then(a.line.cmp(&b.line))
    });
    let same = |a: &Sample, b: &Sample| {
        let bits = |sample: &Sample| [sample.profit, sample.capital, sample.wages].map(f64::to_bits);
        !a.id.is_empty() && a.id == b.id && a.unit == b.unit && a.industry == b.industry && bits(a) == bits(b)
    };
    samples.dedup_by(|later, kept| {
        let again = same(later, kept);
        if again {
            left_out.push(LeftOut { line: later.line, why: Why::RepeatedSample, value: later.id.clone() });
        }
        again
    });
    left_out.sort_by_key(|row| row.line);
    let uses = (0..release.uses.len()).filter_map(|at| of_use(release, at, &samples, profits)).collect();
    Income { rows: profits.rows.len(), samples, uses, left_out }
}

fn placed(release: &Release, profits: &Profits) -> (Vec<Sample>, Vec<LeftOut>) {
    let only = (release.uses.len() == 1).then_some(0);
    let read: Vec<Result<Site, (Why, String)>> = profits.rows.iter().map(|row| site(release, row, only)).collect();
    let spots: Vec<Spot> = read.iter().flatten().filter_map(|site| site.spot).collect();
    let mut found = match &release.units.shapes {
        Some(shapes) => covering(shapes, &release.units.uses, &spots),
        None => vec![None; spots.len()],
    }
    .into_iter();
    let extent = release.units.shapes.as_ref().map_or(Extent::EMPTY, Shapes::extent);
    let (mut samples, mut left_out) = (Vec::new(), Vec::new());
    for (row, site) in profits.rows.iter().zip(read) {
        let place = site.as_ref().ok().and_then(|site| site.spot).map(|spot| (spot, found.next().flatten()));
        match site.and_then(|site| sample(release, row, &site, place, extent)) {
            Ok(sample) => samples.push(sample),
            Err((why, value)) => left_out.push(LeftOut { line: row.line, why, value }),
        }
    }
    (samples, left_out)
}

/// Where a sample is looked for.
struct Site {
    /// Told by its identifier.
    unit: Option<usize>,
    /// Told by coordinates, of this use.
    spot: Option<Spot>,
}

/// By the unit where the row tells one, else by the coordinates.
fn site(release: &Release, row: &Profit, only: Option<u8>) -> Result<Site, (Why, String)> {
    let land_use = use_of(release, &row.land_use).map_err(|why| (why, row.land_use.clone()))?;
    if !row.unit.is_empty() {
        let unit = unit_of(release, &row.unit, land_use).map_err(|why| (why, row.unit.clone()))?;
        return Ok(Site { unit: Some(unit), spot: None });
    }
    match (&row.x, &row.y) {
        (Number::Value(x), Number::Value(y)) => {
            let kind = land_use.or(only).ok_or((Why::NeedsUse, row.id.clone()))?;
            Ok(Site { unit: None, spot: Some(Spot { place: Point::new(*x, *y), kind }) })
        }
        (Number::Bad(text), _) | (_, Number::Bad(text)) => Err((Why::BadPlace, text.clone())),
        _ => Err((Why::NoPlace, row.id.clone())),
    }
}

fn sample(
    release: &Release,
    row: &Profit,
    site: &Site,
    place: Option<(Spot, Option<usize>)>,
    extent: Extent,
) -> Result<Sample, (Why, String)> {
    let units = &release.units;
    let unit = match (site.unit, place) {
        (Some(unit), _) => unit,
        (None, Some((spot, Some(unit)))) if units.uses[unit] == spot.kind => unit,
        (None, Some((_, Some(unit)))) => return Err((Why::OtherUse, units.ids.show(unit))),
        (None, Some((spot, None))) if exchanged(spot.place, extent) => return Err((Why::Exchanged, row.id.clone())),
        (None, _) => return Err((Why::Outside, row.id.clone())),
    };
    let profit = match &row.profit {
        Number::Value(profit) => *profit,
        Number::Blank => return Err((Why::NoAmount, row.id.clone())),
        Number::Bad(text) => return Err((Why::BadAmount, text.clone())),
    };
    if let (Number::Bad(text), _) | (_, Number::Bad(text)) = (&row.capital, &row.wages) {
        return Err((Why::BadAmount, text.clone()));
    }
    if units.grades[unit] == 0 {
        return Err((Why::NoGrade, units.ids.show(unit)));
    }
    Ok(Sample {
        line: row.line,
        id: row.id.clone(),
        unit,
        land_use: units.uses[unit],
        grade: units.grades[unit],
        industry: row.industry.clone(),
        profit,
        capital: row.capital.value(),
        wages: row.wages.value(),
    })
}

fn of_use(release: &Release, land_use: usize, samples: &[Sample], table: &Profits) -> Option<OfUse> {
    let own: Vec<&Sample> = samples.iter().filter(|sample| usize::from(sample.land_use) == land_use).collect();
    if own.is_empty() {
        return None;
    }
    let all = by_grade(&own);
    let mut by_industry: BTreeMap<&str, Vec<&Sample>> = BTreeMap::new();
    for sample in own.iter().filter(|_| table.industries) {
        by_industry.entry(&sample.industry).or_default().push(sample);
    }
    let industries = by_industry.iter().map(|(name, members)| ((*name).to_string(), by_grade(members))).collect();
    let values: Vec<Vec<f64>> = all.iter().map(|group| group.profits.clone()).collect();
    let grades = release.uses[land_use].grades;
    let mut models = vec![model(&own, grades, (false, false))];
    if table.capital || table.wages {
        models.push(model(&own, grades, (table.capital, table.wages)));
    }
    let disorder = all.windows(2).filter(|pair| pair[0].mean <= pair[1].mean);
    Some(OfUse {
        land_use,
        disorder: disorder.map(|pair| (pair[0].grade, pair[1].grade)).collect(),
        industries,
        variance: groups::variance(&values),
        ranks: groups::ranks(&values),
        not_positive: own.iter().filter(|sample| sample.profit <= 0.0).count(),
        models,
        groups: all,
    })
}

/// The samples of each grade that has some, from the best; they come in the order of their grades.
fn by_grade(samples: &[&Sample]) -> Vec<Group> {
    let group = |own: &[&Sample]| {
        let mut profits: Vec<f64> = own.iter().map(|sample| sample.profit).collect();
        profits.sort_by(f64::total_cmp);
        Group {
            grade: own[0].grade,
            mean: profits.iter().sum::<f64>() / profits.len() as f64,
            profits,
            difference: 0.0,
        }
    };
    let mut groups: Vec<Group> = samples.chunk_by(|a, b| a.grade == b.grade).map(group).collect();
    let worst = groups.last().map_or(0.0, |group| group.mean);
    groups.iter_mut().for_each(|group| group.difference = group.mean - worst);
    groups
}

#[cfg(test)]
#[path = "income_tests.rs"]
mod tests;
