//! Why prices and grades changed: the change of every unit, split among the inputs that changed (docs/reasons.md).
//!
//! Who recomputes hands in what units come to with some groups of inputs of the new release and the rest of the old one; here the
//! parts are made of it, and added up by grade and by district.

mod by;
mod parts;
mod plan;
mod summary;

#[cfg(test)]
#[path = "reasons_tests.rs"]
mod tests;

pub use by::{ByDistrict, ByGrade, Mean};
pub use parts::Parts;
pub use plan::{Plan, Set, Way};
pub use summary::ReasonsSummary;

use super::{Change, Comparison, Side};
use crate::land::{Fault, IdColumn, Outcome, Text, Texts};
use crate::release::UnitRows;
use crate::say;
use std::collections::BTreeMap;
use std::collections::HashMap;

/// A group of inputs that may be the reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    pub key: String,
    pub title: Text,
    /// Whether it decides which units there are.
    pub units: bool,
}

/// What a unit is worth: the steps its numbers are split in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    /// 元/㎡, in hundredths.
    Price,
    /// Points, in millionths.
    Total,
    /// Grades, in ten thousandths.
    Grade,
}

impl Measure {
    pub const ALL: [Measure; 3] = [Measure::Price, Measure::Total, Measure::Grade];

    fn per(self) -> f64 {
        match self {
            Measure::Price => 100.0,
            Measure::Total => 1e6,
            Measure::Grade => 1e4,
        }
    }
}

/// Whether both units of a pair are of one use.
fn of_one_use(change: &Change) -> bool {
    change.use_old == change.use_new
}

/// The change of every pair of units, split.
#[derive(Clone, Debug, PartialEq)]
pub struct Reasons {
    pub way: Way,
    /// The groups in which the releases differ, in the order they are taken.
    pub groups: Vec<Reason>,
    /// Of each pair its place among the comparison's changes.
    pub pairs: Vec<u32>,
    /// By [`Measure`].
    of: [Parts; 3],
    /// Pairs whose price no group alone explains: on the way there was none.
    pub undetermined: Vec<bool>,
    /// The district of each pair's unit, as its place among the names; `u32::MAX` where it lies in none. Empty without districts.
    pub homes: Vec<u32>,
    pub districts: Texts,
}

impl Reasons {
    pub fn of(&self, measure: Measure) -> &Parts {
        &self.of[measure as usize]
    }

    /// How many pairs changed their grade within a use mainly by each group, or by several whose parts are equal.
    pub fn of_grades(&self, comparison: &Comparison<'_>) -> BTreeMap<Vec<usize>, usize> {
        let mut counts = BTreeMap::new();
        let grade = self.of(Measure::Grade);
        // Parts that cancel change no grade.
        let one_use = |pair: &usize| of_one_use(&comparison.changes[self.pairs[*pair] as usize]);
        let changed = (0..self.pairs.len()).filter(|pair| grade.change(*pair) != 0.0).filter(one_use);
        let leading = changed.map(|pair| grade.leading(pair)).filter(|groups| !groups.is_empty());
        leading.for_each(|groups| *counts.entry(groups).or_insert(0) += 1);
        counts
    }

    /// Whether the price of a change differs, by the change's place.
    pub fn moved(&self, change: usize) -> bool {
        self.pair(change).is_some_and(|pair| self.of(Measure::Price).change(pair) != 0.0)
    }

    /// The pair of a change, by the change's place.
    pub fn pair(&self, change: usize) -> Option<usize> {
        self.pairs.binary_search(&(change as u32)).ok()
    }
}

/// Reasons in the making.
pub struct Splitting<'a> {
    comparison: &'a Comparison<'a>,
    plan: Plan,
    groups: Vec<Reason>,
    pairs: Vec<u32>,
    /// Unrounded parts by [`Measure`], row by row.
    raw: [Vec<f64>; 3],
    undetermined: Vec<bool>,
    /// The row of each of the side's rows in the units handed in, where they differ.
    rows: [Option<Vec<u32>>; 2],
    seen: [bool; 2],
}

impl<'a> Splitting<'a> {
    /// For the pairs of a comparison; the sets of [`Plan::sets`] are then handed in, in any order.
    pub fn new(comparison: &'a Comparison<'a>, groups: Vec<Reason>, way: Way) -> Splitting<'a> {
        let places = comparison.changes.iter().zip(0u32..);
        let pairs: Vec<u32> =
            places.filter(|(change, _)| change.old.is_some() && change.new.is_some()).map(|(_, at)| at).collect();
        Splitting {
            raw: [0, 1, 2].map(|_| vec![0.0; pairs.len() * groups.len()]),
            undetermined: vec![false; pairs.len()],
            plan: Plan::new(way, groups.len()),
            comparison,
            groups,
            pairs,
            rows: [None, None],
            seen: [false; 2],
        }
    }

    pub fn sets(&self) -> &[Set] {
        &self.plan.sets
    }

    /// Takes in what units come to with a set of groups.
    ///
    /// # Errors
    /// `not-reproduced` where the old or the new inputs do not give what their release holds.
    pub fn take(&mut self, set: Set, units: &UnitRows) -> Outcome<()> {
        let of_new = self.groups.iter().enumerate().any(|(group, reason)| reason.units && set >> group & 1 == 1);
        let side = if of_new { &self.comparison.new } else { &self.comparison.old };
        if !self.seen[usize::from(of_new)] {
            self.rows[usize::from(of_new)] = rows(side, units)?;
            self.seen[usize::from(of_new)] = true;
        }
        let rows = self.rows[usize::from(of_new)].as_deref();
        let row = |own: u32| rows.map_or(own as usize, |rows| rows[own as usize] as usize);
        if set == 0 {
            reproduced(&self.comparison.old, units, row)?;
        }
        if set == self.plan.whole() {
            let same_units = self.groups.iter().all(|reason| !reason.units);
            let of_side = &self.comparison.new;
            let own = if same_units { self::rows(of_side, units)? } else { self.rows[1].clone() };
            reproduced(of_side, units, |row| own.as_ref().map_or(row as usize, |own| own[row as usize] as usize))?;
        }
        let count = self.groups.len();
        let by: Vec<f64> = (0..count).map(|group| self.plan.coefficient(set, group)).collect();
        for (pair, &at) in self.pairs.iter().enumerate() {
            let change = &self.comparison.changes[at as usize];
            let own = if of_new { change.new } else { change.old };
            let Some(own) = own else { continue };
            let unit = row(own);
            let price = units.prices.get(unit).copied().unwrap_or(f64::NAN);
            self.undetermined[pair] |= price.is_nan();
            let values = [price, units.totals.get(unit).copied().unwrap_or(f64::NAN), f64::from(units.grades[unit])];
            for (raw, value) in self.raw.iter_mut().zip(values) {
                let parts = &mut raw[pair * count..(pair + 1) * count];
                parts.iter_mut().zip(&by).filter(|(_, by)| **by != 0.0).for_each(|(part, by)| *part += by * value);
            }
        }
        Ok(())
    }

    /// The parts, once every set was taken in. `district` gives the home of a row of the new side.
    pub fn done(self, homes: Option<(Vec<u32>, Texts)>) -> Reasons {
        let comparison = self.comparison;
        let count = self.groups.len();
        let ends = |of: &dyn Fn(&Side<'_>, u32) -> f64| {
            let changes = self.pairs.iter().map(|&at| &comparison.changes[at as usize]);
            let both = changes.map(|change| {
                let value = |side: &Side<'_>, row: Option<u32>| row.map_or(f64::NAN, |row| of(side, row));
                (value(&comparison.old, change.old), value(&comparison.new, change.new))
            });
            both.unzip::<f64, f64, Vec<f64>, Vec<f64>>()
        };
        let values: [(Vec<f64>, Vec<f64>); 3] = [
            ends(&|side, row| side.price(row as usize)),
            ends(&|side, row| side.total(row as usize)),
            ends(&|side, row| f64::from(side.grades[row as usize])),
        ];
        // Without both prices there is no change to split.
        let (old, new) = &values[0];
        let undetermined = self.undetermined.iter().zip(old.iter().zip(new));
        let undetermined = undetermined.map(|(missing, (old, new))| *missing && !(old.is_nan() || new.is_nan()));
        let undetermined: Vec<bool> = undetermined.collect();
        let mut raw = self.raw.into_iter();
        let of = Measure::ALL.map(|measure| {
            let (old, new) = &values[measure as usize];
            Parts::exact(old, new, raw.next().unwrap_or_default(), count, measure.per())
        });
        let (all, districts) = homes.unwrap_or_default();
        let home = |&at: &u32| {
            comparison.changes[at as usize].new.and_then(|row| all.get(comparison.new.own_row(row as usize)))
        };
        let homes = match all.is_empty() {
            true => Vec::new(),
            false => self.pairs.iter().map(|at| home(at).copied().unwrap_or(u32::MAX)).collect(),
        };
        Reasons { way: self.plan.way, groups: self.groups, pairs: self.pairs, of, undetermined, homes, districts }
    }
}

/// Where the rows of a side stand in units computed again; `None` where they stand the same.
fn rows(side: &Side<'_>, units: &UnitRows) -> Outcome<Option<Vec<u32>>> {
    let same = match (side.ids.as_ref(), &units.ids) {
        (IdColumn::Int(one), IdColumn::Int(other)) => one == other,
        (IdColumn::Text(one), IdColumn::Text(other)) => one == other,
        _ => false,
    };
    if same {
        return Ok(None);
    }
    let again: HashMap<String, u32> = (0..units.len()).map(|row| (units.ids.show(row), row as u32)).collect();
    let row = |row: usize| again.get(&side.ids.show(row)).copied().ok_or_else(|| not_reproduced(side, row));
    (0..side.len()).map(row).collect::<Outcome<Vec<u32>>>().map(Some)
}

/// Whether units computed again are those of the release.
fn reproduced(side: &Side<'_>, units: &UnitRows, row: impl Fn(u32) -> usize) -> Outcome<()> {
    let same = |one: f64, other: f64| one == other || one.is_nan() && other.is_nan();
    let differs = |&own: &u32| {
        let (own, again) = (own as usize, row(own));
        let price = units.prices.get(again).copied().unwrap_or(f64::NAN);
        side.grades[own] != units.grades[again] || !same(side.price(own), price)
    };
    match (0..side.len() as u32).find(differs) {
        Some(unit) => Err(not_reproduced(side, unit as usize)),
        None => Ok(()),
    }
}

fn not_reproduced(side: &Side<'_>, row: usize) -> Fault {
    let (name, unit) = (&side.release.head.name, side.ids.show(row));
    Fault::new(
        "not-reproduced",
        say!(
            "the inputs at hand do not give the release {name}: unit {unit} differs",
            "现有输入不能重现成果 {name}:单元 {unit} 不一致"
        ),
        say!(
            "landgrade verify RELEASE --inputs FOLDER --replay tells what changed since the sealing",
            "可用 landgrade verify 成果 --inputs 文件夹 --replay 查看封存后的改动"
        ),
    )
}
