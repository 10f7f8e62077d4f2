//! The prices of a release held against its samples: a ratio study per use and per grade, separation, place, back-test, chasing.

use super::back_test::{self, Way};
use crate::land::{Fault, Outcome, Text};
use crate::project::Project;
use crate::quality::chasing::{self, Change};
use crate::quality::neighbours::{self, Separation};
use crate::quality::place::{self, Moran};
use crate::quality::{Limits, Pair, Study, study};
use crate::release::{Connotation, PlaceRow, PlaceRows, PriceCell, Release, SampleRow};
use crate::say;
use crate::space::Point;
use std::collections::BTreeMap;
use std::path::Path;

pub use super::back_test::BackTest;

/// What the samples of a use say of its prices.
#[derive(Clone, Debug, PartialEq)]
pub struct OfUse {
    pub land_use: usize,
    /// Of the samples that were used.
    pub study: Study,
    /// Of these and of those set aside as outliers: nothing trimmed.
    pub untrimmed: Study,
    /// Of the samples whose ground is valued by the price of its grade.
    pub grades: Vec<OfGrade>,
    /// Of those in areas, and on streets, with prices of their own; `None` without any.
    pub areas: Option<Study>,
    pub streets: Option<Study>,
    pub separation: Separation,
    /// Share of the variance of prices that a rising curve over the total scores explains.
    pub monotone_share: Option<f64>,
    /// Over the ratios of the used samples in their places.
    pub moran: Option<Moran>,
    pub back_test: Option<BackTest>,
    /// Since an earlier release, where one was given.
    pub change: Option<Change>,
}

/// One grade.
#[derive(Clone, Debug, PartialEq)]
pub struct OfGrade {
    pub grade: u8,
    pub study: Study,
    /// How the price was come by where its own samples do not carry it.
    pub inferred: Option<Text>,
}

/// One account per use that has prices.
///
/// # Errors
/// `no-prices` for a release without prices or without samples; `other-premises` where an earlier release is given and its prices have other
/// premises.
pub fn quality(release: &Release, earlier: Option<&Release>, limits: &Limits) -> Outcome<Vec<OfUse>> {
    let priced = release.cells.iter().any(|cell| cell.published.is_some());
    if !priced || !release.samples.iter().any(|sample| sample.corrected > 0.0) {
        return Err(Fault::new(
            "no-prices",
            say!("the release holds no prices with samples", "该成果没有带样点的地价"),
            say!(
                "take a priced release, or a table with --ratios FILE --value COLUMN --price COLUMN",
                "请使用含样点的定价成果,或用 --ratios 文件 --value 列 --price 列"
            ),
        ));
    }
    let ways = back_test::ways(release)?;
    let mut found = Vec::new();
    for (land_use, way) in ways.iter().enumerate() {
        let cells: Vec<&PriceCell> =
            release.cells.iter().filter(|cell| usize::from(cell.use_index) == land_use).collect();
        if cells.iter().all(|cell| cell.published.is_none()) {
            continue;
        }
        let change = earlier.map(|earlier| change(release, earlier, land_use, limits)).transpose()?.flatten();
        found.push(of_use(release, (land_use, way), &cells, change, limits));
    }
    Ok(found)
}

fn of_use(
    release: &Release,
    (land_use, way): (usize, &Way),
    cells: &[&PriceCell],
    change: Option<Change>,
    limits: &Limits,
) -> OfUse {
    let published = |grade: u8| cells.iter().find(|cell| cell.grade == grade).and_then(|cell| cell.published);
    let samples = || {
        let of_use = |sample: &&SampleRow| usize::from(sample.use_index) == land_use && sample.corrected > 0.0;
        release.samples.iter().filter(of_use)
    };
    // What is held against each sale is the price that its ground is valued by: of its street, of its area, of its grade.
    let own: Vec<(&SampleRow, Pair)> = samples()
        .filter_map(|sample| {
            Some((
                sample,
                placed(release, sample).map_or_else(
                    || Some(Pair { value: published(sample.grade)?, price: sample.corrected }),
                    |(_, pair)| Some(pair),
                )?,
            ))
        })
        .collect();
    let by_place = |sample: &SampleRow| placed(release, sample).map(|(ground, _)| ground);
    // Grades are told apart by prices at the connotation alone.
    let plain: Vec<(&SampleRow, Pair)> = samples()
        .filter_map(|sample| Some((sample, Pair { value: published(sample.grade)?, price: sample.corrected })))
        .collect();
    let used = || own.iter().filter(|(sample, _)| sample.used);
    let of_ground = |wanted: Ground| {
        let pairs: Vec<Pair> =
            used().filter(|(sample, _)| by_place(sample) == Some(wanted)).map(|(_, pair)| *pair).collect();
        (!pairs.is_empty()).then(|| study(pairs, limits))
    };
    let method = method(release);
    let grades = cells.iter().map(|cell| {
        let of_grade = used().filter(|(sample, _)| sample.grade == cell.grade && by_place(sample).is_none());
        let study = study(of_grade.map(|(_, pair)| *pair), limits);
        let inferred = inferred(cell, &method, study.n, limits.least_priced);
        OfGrade { grade: cell.grade, study, inferred }
    });
    let by_grade: Vec<(u8, Vec<f64>)> = cells
        .iter()
        .map(|cell| {
            let own = plain.iter().filter(|(sample, _)| sample.used && sample.grade == cell.grade);
            (cell.grade, own.map(|(_, pair)| pair.price).collect())
        })
        .collect();
    let by_grade = comparable(release, land_use, by_grade);
    let places: Vec<(Point, f64)> = used().map(|(sample, pair)| (sample.place, pair.ratio())).collect();
    OfUse {
        land_use,
        study: study(used().map(|(_, pair)| *pair), limits),
        untrimmed: study(own.iter().map(|(_, pair)| *pair), limits),
        grades: grades.collect(),
        areas: of_ground(Ground::Area),
        streets: of_ground(Ground::Street),
        separation: neighbours::separation(&by_grade),
        monotone_share: scored(release, &plain),
        moran: place::moran(&places),
        back_test: back_test::back_test(way, &own),
        change,
    }
}

/// Ground with a price of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Ground {
    Area,
    Street,
}

/// What a sale on a street, or in an area, with a price of its own is held against: on a street both at the standard depth.
fn placed(release: &Release, sample: &SampleRow) -> Option<(Ground, Pair)> {
    let price = |rows: &PlaceRows, id: &str| {
        let own = |row: &&PlaceRow| row.use_index == sample.use_index && row.id == id;
        rows.rows.iter().filter(|_| !id.is_empty()).find(own)?.published.filter(|price| *price > 0.0)
    };
    let (places, detail) = (&release.map.places, &sample.detail);
    if let Some(value) = price(&places.streets, &detail.street).filter(|_| detail.street_price > 0.0) {
        return Some((Ground::Street, Pair { value, price: detail.street_price }));
    }
    price(&places.areas, &detail.area).map(|value| (Ground::Area, Pair { value, price: sample.corrected }))
}

/// The grades whose prices may be held against one another: those of the premises that most of them have, where grades are set otherwise.
fn comparable(release: &Release, land_use: usize, by_grade: Vec<(u8, Vec<f64>)>) -> Vec<(u8, Vec<f64>)> {
    let Some(premises) = release.uses[land_use].connotation.as_ref().filter(|own| !own.by_grade.is_empty()) else {
        return by_grade;
    };
    let key = |grade: u8| (premises.plot_ratio_of(grade).to_bits(), premises.development_of(grade));
    let count = |wanted: u8| by_grade.iter().filter(|(grade, _)| key(*grade) == key(wanted)).count();
    // Of equally many, those of the better grade.
    let Some(most) = by_grade.iter().map(|(grade, _)| *grade).rev().max_by_key(|grade| count(*grade)) else {
        return by_grade;
    };
    by_grade.into_iter().filter(|(grade, _)| key(*grade) == key(most)).collect()
}

/// What makes one price of the samples of a grade.
fn method(release: &Release) -> Text {
    let project = Project::sealed(&release.head.project, Path::new("project.toml")).ok();
    match project.and_then(|project| project.prices) {
        Some(plan) => {
            let Text { en, zh } = plan.statistic.text();
            say!("{en} of its samples", "样点{zh}")
        }
        None => say!("taken over from its source", "取自来源"),
    }
}

/// How a price was come by that fewer samples than `least` carry; of a filled or decided one, that way.
fn inferred(cell: &PriceCell, method: &Text, n: usize, least: usize) -> Option<Text> {
    if n >= least {
        return None;
    }
    let way = match (&cell.decided, &cell.filled) {
        _ if cell.published.is_none() => return Some(say!("no price", "无地价")),
        (Some(decided), _) => decided.text(),
        (None, Some(filled)) => filled.clone(),
        (None, None) if cell.kept > n => {
            let kept = cell.kept;
            if n == 0 {
                return Some(say!(
                    "its {kept} samples speak for areas and streets, and are judged there",
                    "其 {kept} 个样点均用于区片与路线价,在该处检验"
                ));
            }
            return Some(say!(
                "{n} of its {kept} samples are judged here: the others speak for areas and streets",
                "其 {kept} 个样点中 {n} 个在此检验,其余用于区片与路线价"
            ));
        }
        (None, None) => method.clone(),
    };
    let Text { en, zh } = way;
    Some(say!(
        "price by inference, {n} samples, fewer than {least}: {en}",
        "样点 {n} 个,不足 {least} 个,地价为推算:{zh}"
    ))
}

/// Totals of the units the used samples lie in, with the prices.
fn scored(release: &Release, own: &[(&SampleRow, Pair)]) -> Option<f64> {
    let units = &release.units;
    if units.totals.is_empty() {
        return None;
    }
    let wanted: BTreeMap<&str, Vec<f64>> = own.iter().filter(|(sample, _)| sample.used).fold(
        BTreeMap::new(),
        |mut all: BTreeMap<&str, Vec<f64>>, (sample, pair)| {
            all.entry(&sample.unit).or_default().push(pair.price);
            all
        },
    );
    let mut points = Vec::new();
    for unit in 0..units.len() {
        if let Some(prices) = wanted.get(&*units.ids.show(unit)) {
            let total = units.totals[unit];
            points.extend(prices.iter().filter(|_| !total.is_nan()).map(|price| (total, *price)));
        }
    }
    neighbours::monotone_share(&points)
}

fn change(release: &Release, earlier: &Release, land_use: usize, limits: &Limits) -> Outcome<Option<Change>> {
    let head = &release.uses[land_use];
    let Some(before) = earlier.uses.iter().position(|old| old.key == head.key) else { return Ok(None) };
    let same = |old: &Connotation, new: &Connotation| {
        let equal = |old: f64, new: f64| old == new || old.is_nan() && new.is_nan();
        // What only one of them states is not known to differ.
        let alike = |old: &str, new: &str| old == new || old.is_empty() || new.is_empty();
        equal(old.term, new.term)
            && equal(old.plot_ratio, new.plot_ratio)
            && old.kind == new.kind
            && old.by_grade == new.by_grade
            && alike(&old.development, &new.development)
            && alike(&old.meaning, &new.meaning)
            && alike(&old.right, &new.right)
    };
    let premises = (&earlier.uses[before].connotation, &head.connotation);
    if let (Some(old), Some(new)) = premises
        && !same(old, new)
    {
        let name = &head.name;
        return Err(Fault::new(
            "other-premises",
            say!(
                "the prices of {name} in the two releases have other premises: term, plot ratio, kind, development, right or meaning",
                "{name} 两期地价的内涵不同(年期、容积率、地价类型、开发程度、权利或含义)"
            ),
            say!("give an earlier release of the same premises", "请给出内涵相同的前期成果"),
        ));
    }
    let priced = |release: &Release, of: usize| -> BTreeMap<String, f64> {
        let units = &release.units;
        let own = (0..units.len()).filter(|&unit| usize::from(units.uses[unit]) == of && !units.prices.is_empty());
        own.filter(|&unit| units.prices[unit] > 0.0)
            .map(|unit| (units.ids.show(unit).to_string(), units.prices[unit]))
            .collect()
    };
    let (old, new) = (priced(earlier, before), priced(release, land_use));
    let sold: std::collections::BTreeSet<&str> = release
        .samples
        .iter()
        .filter(|sample| sample.used && usize::from(sample.use_index) == land_use)
        .map(|sample| sample.unit.as_str())
        .collect();
    let (mut of_sold, mut of_unsold) = (Vec::new(), Vec::new());
    for (id, price) in &new {
        if let Some(before) = old.get(id) {
            let group = if sold.contains(id.as_str()) { &mut of_sold } else { &mut of_unsold };
            group.push(price / before - 1.0);
        }
    }
    // Of a handful of units nothing is judged.
    let enough = of_sold.len().min(of_unsold.len()) >= limits.least_tested;
    let change = chasing::change(&of_sold, &of_unsold, &limits.chasing);
    Ok(change.map(|change| Change { suspicious: change.suspicious && enough, ..change }))
}
