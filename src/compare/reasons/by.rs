//! Reasons added up: by use and grade, and by use and district. Means are over the pairs that kept their use, weighted by the area in common.

use super::{Measure, Reasons, of_one_use};
use crate::compare::Comparison;
use std::collections::BTreeMap;

/// The mean change of the prices of a use in a grade (of the new release), 元/㎡, and its parts.
#[derive(Clone, Debug, PartialEq)]
pub struct ByGrade {
    /// Its place among the comparison's uses.
    pub land_use: u8,
    /// `None` for the whole use.
    pub grade: Option<u8>,
    pub mean: Mean,
}

/// The same in a district.
#[derive(Clone, Debug, PartialEq)]
pub struct ByDistrict {
    pub land_use: u8,
    /// Empty where units lie in none.
    pub district: String,
    pub mean: Mean,
}

/// A mean change and its parts, by group.
#[derive(Clone, Debug, PartialEq)]
pub struct Mean {
    pub pairs: usize,
    /// m² in common.
    pub area: f64,
    pub change: f64,
    pub parts: Vec<f64>,
}

impl Reasons {
    /// Each use as a whole, then each of its grades.
    pub fn by_grade(&self, comparison: &Comparison<'_>) -> Vec<ByGrade> {
        let means =
            self.means(comparison, |land_use, grade, _| [Some((land_use, None)), Some((land_use, Some(grade)))]);
        means.into_iter().map(|((land_use, grade), mean)| ByGrade { land_use, grade, mean }).collect()
    }

    /// Each use in each district, by the names of the districts; nothing without districts.
    pub fn by_district(&self, comparison: &Comparison<'_>) -> Vec<ByDistrict> {
        if self.homes.is_empty() {
            return Vec::new();
        }
        let name = |home: u32| match home {
            u32::MAX => String::new(),
            home => self.districts.get(home as usize).to_string(),
        };
        let means = self.means(comparison, |land_use, _, pair| [Some((land_use, name(self.homes[pair]))), None]);
        means.into_iter().map(|((land_use, district), mean)| ByDistrict { land_use, district, mean }).collect()
    }

    /// Means of the pairs with a split price, by the keys `key` gives for a use, a grade and a pair.
    fn means<K: Ord + Clone>(
        &self,
        comparison: &Comparison<'_>,
        key: impl Fn(u8, u8, usize) -> [Option<K>; 2],
    ) -> Vec<(K, Mean)> {
        let mut members: BTreeMap<K, Vec<(usize, f64)>> = BTreeMap::new();
        for (pair, &at) in self.pairs.iter().enumerate() {
            let change = &comparison.changes[at as usize];
            let priced = !(change.price_old.is_nan() || change.price_new.is_nan() || self.undetermined[pair]);
            // What a unit of another use cost before is no price of this one.
            let Some(land_use) = change.use_new.filter(|_| priced && of_one_use(change)) else { continue };
            // Without areas every pair counts alike.
            let area = if change.shared.is_nan() { 1.0 } else { change.shared };
            for key in key(land_use, change.grade_new, pair).into_iter().flatten() {
                members.entry(key).or_default().push((pair, area));
            }
        }
        let mean = |(key, pairs): (K, Vec<(usize, f64)>)| {
            let (change, parts) = self.of(Measure::Price).mean(pairs.iter().copied())?;
            let area = pairs.iter().map(|(_, area)| area).sum();
            Some((key, Mean { pairs: pairs.len(), area, change, parts }))
        };
        members.into_iter().filter_map(mean).collect()
    }
}
