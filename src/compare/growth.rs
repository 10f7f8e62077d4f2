//! How prices grew: per use and grade from the price tables, for the city with own and with fixed old areas, and over the matched units.
//!
//! Growth is (P₁ − P₀) / P₀. The city mean with own areas, Σ P·A / Σ A of each release, also moves when land changes its grade; with the old
//! areas kept fixed (Laspeyres, Σ P₁·A₀ / Σ P₀·A₀) only prices move it.

use super::changes::{Change, growth_of};
use super::connotation::Verdict;
use super::grade_cells::{Cell, cells};
use super::pair_growth::{self, PairGrowth, Passed};
use super::side::Side;
use super::uses::{Places, UseLink};
use crate::land::Text;
use crate::say;
use serde::Serialize;

/// The prices of a grade.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct GradeGrowth {
    pub grade: u8,
    /// Whether the release has the grade.
    pub in_old: bool,
    pub in_new: bool,
    /// 元/㎡ as published.
    pub price_old: Option<f64>,
    pub price_new: Option<f64>,
    /// %; 0 where the two are one price within the use's tolerance.
    pub growth_pct: Option<f64>,
    /// What became of the cell; `None` where nothing did, and where prices are not compared.
    pub change: Option<CellChange>,
    /// Flagged: |growth| above the options' limit.
    pub price_jump: bool,
    /// m²; 0 where the tables state none.
    pub area_old: f64,
    pub area_new: f64,
    /// Of the matched ground that was of this grade, whatever its grade is now.
    pub ground: PairGrowth,
}

/// What became of a cell of a price table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum CellChange {
    /// Only the new release has a price for it.
    Added,
    /// Only the old release has one.
    Removed,
    /// The price differs.
    Changed,
}

impl CellChange {
    /// The word in files.
    pub fn name(self) -> &'static str {
        match self {
            CellChange::Added => "added",
            CellChange::Removed => "removed",
            CellChange::Changed => "changed",
        }
    }

    /// The word for readers.
    pub fn title(self) -> Text {
        match self {
            CellChange::Added => say!("added", "新增"),
            CellChange::Removed => say!("removed", "取消"),
            CellChange::Changed => say!("changed", "变动"),
        }
    }
}

/// The prices of a use.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct UseGrowth {
    /// The use's key.
    pub land_use: String,
    pub name: String,
    pub in_old: bool,
    pub in_new: bool,
    /// Whether growth is given.
    pub compared: bool,
    /// Whether it is given although premises differ.
    pub different_connotation: bool,
    /// 元/㎡: prices that differ by no more count as one ([`Verdict::tolerance`]).
    pub tolerance: f64,
    pub grades: Vec<GradeGrowth>,
    /// 元/㎡, over own areas; `None` where areas or prices are missing.
    pub mean_old: Option<f64>,
    pub mean_new: Option<f64>,
    /// % of the means over own areas; `None` where a grade of both releases has a price in one of them only.
    pub growth_own_pct: Option<f64>,
    /// % over fixed old areas, of the grades priced in both releases.
    pub growth_fixed_pct: Option<f64>,
    /// The share of the old priced area that these grades are.
    pub fixed_share: Option<f64>,
    /// % by which the mean moved because land changed its grade: (1 + own) / (1 + fixed) − 1; `None` unless all old area is covered.
    pub regrading_pct: Option<f64>,
    pub units: PairGrowth,
}

impl UseGrowth {
    /// Whether a price or a grade differs, or stands in one release only. Prices that may not be compared do not count.
    pub fn differs(&self) -> bool {
        self.grades.iter().any(|grade| grade.in_old != grade.in_new || grade.change.is_some())
    }

    /// Cells of the price table with a flag.
    pub fn price_jumps(&self) -> usize {
        self.grades.iter().filter(|grade| grade.price_jump).count()
    }

    /// Cells of the price table that changed so.
    pub fn cells(&self, change: CellChange) -> usize {
        self.grades.iter().filter(|grade| grade.change == Some(change)).count()
    }
}

/// One entry per use.
pub(super) fn by_use(
    old: &Side<'_>,
    new: &Side<'_>,
    (changes, passed): (&[Change], &[(u32, u32, f64)]),
    links: &[UseLink],
    verdicts: &[Verdict],
    price_jump: f64,
    notes: &mut Vec<Text>,
) -> Vec<UseGrowth> {
    let passed = ground_that_passed(old, new, passed, links, verdicts);
    let pairs = pair_growth::by_use_and_grade(changes, &passed, links.len());
    let one = |(place, (link, verdict)): (usize, (&UseLink, &Verdict))| {
        let (before, after) = (cells(old, link.old, notes), cells(new, link.new, notes));
        let (then, now) = (before.len(), after.len());
        if link.old.is_some() && link.new.is_some() && then > 0 && now > 0 && then != now {
            let name = &link.name;
            notes.push(say!(
                "{name}: {then} grades became {now}; grades of one number need not be the same ground",
                "{name}:级别由 {then} 个变为 {now} 个,同号级别未必是同一范围"
            ));
        }
        let own = of_use(link, verdict, &before, &after, price_jump, &pairs[place]);
        tell_half_priced(&own, notes);
        own
    };
    links.iter().zip(verdicts).enumerate().map(one).collect()
}

/// Ground that passed within a use whose prices are compared, where both are known.
fn ground_that_passed(
    old: &Side<'_>,
    new: &Side<'_>,
    passed: &[(u32, u32, f64)],
    links: &[UseLink],
    verdicts: &[Verdict],
) -> Vec<Passed> {
    let places = Places::new(links);
    let known = |&(one, two, area): &(u32, u32, f64)| {
        let (one, two) = (one as usize, two as usize);
        let land_use = places.old(old.uses[one]);
        let verdict = verdicts.get(usize::from(land_use)).filter(|verdict| verdict.comparable)?;
        let (price_old, price_new) = (old.price(one), new.price(two));
        let price_new = if verdict.same_price(price_old, price_new) { price_old } else { price_new };
        let priced = price_old.is_finite() && price_new.is_finite() && land_use == places.new_use(new.uses[two]);
        priced.then_some(Passed { land_use, grade_old: old.grades[one], price_old, price_new, area })
    };
    passed.iter().filter_map(known).collect()
}

fn of_use(
    link: &UseLink,
    verdict: &Verdict,
    before: &[Cell],
    after: &[Cell],
    price_jump: f64,
    units: &pair_growth::OfUse,
) -> UseGrowth {
    let mut numbers: Vec<u8> = before.iter().chain(after).map(|cell| cell.grade).collect();
    numbers.sort_unstable();
    numbers.dedup();
    let compared = verdict.comparable;
    let grades: Vec<GradeGrowth> = numbers
        .into_iter()
        .map(|grade| {
            let find = |cells: &[Cell]| cells.iter().find(|cell| cell.grade == grade).copied();
            let (one, two) = (find(before), find(after));
            let (price_old, price_new) = (one.and_then(|cell| cell.price), two.and_then(|cell| cell.price));
            let judged = |(old, new)| if verdict.same_price(old, new) { pct(old, old) } else { pct(old, new) };
            let growth_pct = price_old.zip(price_new).filter(|_| compared).and_then(judged);
            // A cell that one release alone has is told whatever the premises.
            let change = match (price_old, price_new) {
                (None, Some(_)) if compared || one.is_none() => Some(CellChange::Added),
                (Some(_), None) if compared || two.is_none() => Some(CellChange::Removed),
                (Some(old), Some(new)) if compared && !verdict.same_price(old, new) => Some(CellChange::Changed),
                _ => None,
            };
            GradeGrowth {
                grade,
                in_old: one.is_some(),
                in_new: two.is_some(),
                price_old,
                price_new,
                growth_pct,
                change,
                price_jump: growth_pct.is_some_and(|growth| growth.abs() > price_jump),
                area_old: one.map_or(0.0, |cell| cell.area),
                area_new: two.map_or(0.0, |cell| cell.area),
                ground: units.by_grade.get(&grade).cloned().unwrap_or_default(),
            }
        })
        .collect();
    let (mean_old, mean_new) = (mean(before), mean(after));
    // Where a price is the same within the tolerance, its old form stands for both, so that rounding moves no mean.
    let judged = mean(&as_judged(after, &grades));
    let whole = compared && half_priced(&grades).next().is_none();
    let growth_own_pct = mean_old.zip(judged).filter(|_| whole).and_then(|(old, new)| pct(old, new));
    let (fixed, share) = if compared { laspeyres(&grades) } else { (None, None) };
    let regrading_pct = growth_own_pct
        .zip(fixed)
        .filter(|_| share.is_some_and(|share| share >= 1.0 - 1e-9))
        .map(|(own, fixed)| ((1.0 + own / 100.0) / (1.0 + fixed / 100.0) - 1.0) * 100.0);
    UseGrowth {
        land_use: link.key.clone(),
        name: link.name.clone(),
        in_old: link.old.is_some(),
        in_new: link.new.is_some(),
        compared,
        different_connotation: verdict.despite,
        tolerance: if compared { verdict.tolerance } else { 0.0 },
        grades,
        mean_old,
        mean_new,
        growth_own_pct,
        growth_fixed_pct: fixed,
        fixed_share: share,
        regrading_pct,
        units: units.all.clone(),
    }
}

/// Grades of both releases that one of them has no price of.
fn half_priced(grades: &[GradeGrowth]) -> impl Iterator<Item = &GradeGrowth> {
    let measured = |grade: &&GradeGrowth| grade.area_old > 0.0 && grade.area_new > 0.0;
    let half = |grade: &&GradeGrowth| grade.price_old.is_some() != grade.price_new.is_some();
    grades.iter().filter(|grade| grade.in_old && grade.in_new).filter(measured).filter(half)
}

fn tell_half_priced(own: &UseGrowth, notes: &mut Vec<Text>) {
    let grades: Vec<String> = half_priced(&own.grades).map(|grade| grade.grade.to_string()).collect();
    if own.compared && !grades.is_empty() {
        let (name, list) = (&own.name, grades.join(", "));
        notes.push(say!(
            "{name}: grades {list} have a price in one release only, so the means over own areas are not of the same grades and no growth is given",
            "{name}:{list} 级只有一期有价格,两期按各自面积的平均价所含级别不同,不计算涨跌幅"
        ));
    }
}

fn pct(old: f64, new: f64) -> Option<f64> {
    Some(growth_of(old, new)).filter(|growth| growth.is_finite())
}

/// The new cells, with the old price where it counts as the same.
fn as_judged(after: &[Cell], grades: &[GradeGrowth]) -> Vec<Cell> {
    let judged = |cell: &Cell| {
        let same = grades.iter().find(|grade| grade.grade == cell.grade && grade.change.is_none());
        let price = same.and_then(|grade| grade.price_old).filter(|_| cell.price.is_some()).or(cell.price);
        Cell { price, ..*cell }
    };
    after.iter().map(judged).collect()
}

/// Σ P·A / Σ A over the priced grades.
fn mean(cells: &[Cell]) -> Option<f64> {
    let (value, area) = cells
        .iter()
        .filter_map(|cell| cell.price.map(|price| (price * cell.area, cell.area)))
        .fold((0.0, 0.0), |sum, part| (sum.0 + part.0, sum.1 + part.1));
    (area > 0.0).then(|| value / area)
}

/// Growth over the old areas, and the share of them it covers.
fn laspeyres(grades: &[GradeGrowth]) -> (Option<f64>, Option<f64>) {
    let (mut old, mut new, mut covered, mut all) = (0.0, 0.0, 0.0, 0.0);
    for grade in grades {
        let Some(before) = grade.price_old else { continue };
        all += grade.area_old;
        if let Some(after) = grade.price_new {
            old += before * grade.area_old;
            let after = if grade.change.is_none() { before } else { after };
            new += after * grade.area_old;
            covered += grade.area_old;
        }
    }
    (pct(old, new), (all > 0.0).then(|| covered / all))
}

#[cfg(test)]
#[path = "growth_tests.rs"]
mod tests;
