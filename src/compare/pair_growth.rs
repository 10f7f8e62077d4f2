//! How the matched units of a use grew, all of them and by the grade their ground had: the index of what can be found again.

use super::changes::{Change, growth_of};
use serde::Serialize;
use std::collections::BTreeMap;

/// The growth of the matched units of a use.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct PairGrowth {
    /// Pairs with both prices within the use.
    pub pairs: usize,
    pub up: usize,
    pub flat: usize,
    pub down: usize,
    /// % each pair counting once.
    pub mean_pct: Option<f64>,
    /// % of the whole value on common ground: Σ P₁·A / Σ P₀·A − 1; `None` where an area is unknown.
    pub by_area_pct: Option<f64>,
}

/// The growth of the matched units of a use, and of those that were of each grade.
#[derive(Clone, Debug, Default)]
pub(super) struct OfUse {
    pub all: PairGrowth,
    pub by_grade: BTreeMap<u8, PairGrowth>,
}

/// What is summed of pairs, in the order of the changes.
#[derive(Clone, Copy, Default)]
struct Sums {
    pairs: usize,
    up: usize,
    flat: usize,
    down: usize,
    growth: f64,
    /// Σ P₀·A and Σ P₁·A; an unknown area makes both NaN, and so no mean.
    old: f64,
    new: f64,
}

impl Sums {
    fn add(&mut self, change: &Change) {
        self.pairs += 1;
        self.up += usize::from(change.growth > 0.0);
        self.flat += usize::from(change.growth == 0.0);
        self.down += usize::from(change.growth < 0.0);
        self.growth += change.growth;
        self.old += change.price_old * change.shared;
        let price_new = if change.price_changed { change.price_new } else { change.price_old };
        self.new += price_new * change.shared;
    }

    fn growth(self) -> PairGrowth {
        let Sums { pairs, up, flat, down, .. } = self;
        PairGrowth {
            pairs,
            up,
            flat,
            down,
            mean_pct: (pairs > 0).then(|| self.growth / pairs as f64),
            by_area_pct: Some(growth_of(self.old, self.new)).filter(|growth| growth.is_finite()),
        }
    }
}

/// Ground that passed between units, with what it was and is.
pub(super) struct Passed {
    /// Place among the uses compared.
    pub land_use: u8,
    pub grade_old: u8,
    pub price_old: f64,
    pub price_new: f64,
    /// m².
    pub area: f64,
}

/// Per use, in the order of the uses compared. Ground that passed at moved boundaries counts by its area and makes no pair.
pub(super) fn by_use_and_grade(changes: &[Change], passed: &[Passed], uses: usize) -> Vec<OfUse> {
    let mut all = vec![Sums::default(); uses];
    let mut by_grade: Vec<BTreeMap<u8, Sums>> = vec![BTreeMap::new(); uses];
    for change in changes.iter().filter(|change| !change.growth.is_nan()) {
        let Some(place) = change.use_new.map(usize::from) else { continue };
        all[place].add(change);
        by_grade[place].entry(change.grade_old).or_default().add(change);
    }
    for Passed { land_use, grade_old, price_old, price_new, area } in passed {
        let place = usize::from(*land_use);
        for own in [&mut all[place], by_grade[place].entry(*grade_old).or_default()] {
            own.old += price_old * area;
            own.new += price_new * area;
        }
    }
    let of_grades = |sums: BTreeMap<u8, Sums>| sums.into_iter().map(|(grade, sums)| (grade, sums.growth())).collect();
    all.into_iter().zip(by_grade).map(|(all, own)| OfUse { all: all.growth(), by_grade: of_grades(own) }).collect()
}
