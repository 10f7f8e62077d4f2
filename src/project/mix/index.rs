//! The price index of one project, gone on with that of the other: samples of the new release may be later than the old index goes.

use crate::land::date::Quarter;
use crate::project::Project;
use std::collections::{BTreeMap, BTreeSet};

/// Values by quarter, in the order of a mixture's uses.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Spliced(BTreeMap<Quarter, Vec<f64>>);

impl Spliced {
    /// The index of `own` for the uses of these keys. Quarters it lacks are those of `other`, brought to its level by the nearest quarter
    /// that both have (chain linking); a use it lacks is that of `other`. `None` where `own` has no index.
    pub fn of(uses: &[String], own: &Project, other: &Project) -> Option<Spliced> {
        let series = |project: &Project| -> Vec<BTreeMap<Quarter, f64>> {
            let index = project.prices.as_ref().map(|prices| &prices.index);
            let at = |key: &String| project.uses.iter().position(|plan| plan.land_use.key == *key);
            let of_use = |key: &String| {
                let Some(at) = at(key) else { return BTreeMap::new() };
                index.into_iter().flatten().map(|(quarter, values)| (*quarter, values[at])).collect()
            };
            uses.iter().map(of_use).collect()
        };
        own.prices.as_ref().filter(|prices| !prices.index.is_empty())?;
        let joined: Vec<BTreeMap<Quarter, f64>> =
            series(own).into_iter().zip(series(other)).map(|(own, other)| linked(own, &other)).collect();
        // A quarter that one use lacks would leave a hole in the table.
        let quarters: BTreeSet<Quarter> = joined.iter().flat_map(|of_use| of_use.keys().copied()).collect();
        let row = |quarter: Quarter| {
            let values = joined.iter().map(|of_use| of_use.get(&quarter).copied());
            Some((quarter, values.collect::<Option<Vec<f64>>>()?))
        };
        Some(Spliced(quarters.into_iter().filter_map(row).collect()))
    }

    /// As a project file writes it.
    pub fn table(&self) -> BTreeMap<String, Vec<f64>> {
        self.0.iter().map(|(quarter, values)| (quarter.to_string(), values.clone())).collect()
    }
}

fn linked(own: BTreeMap<Quarter, f64>, other: &BTreeMap<Quarter, f64>) -> BTreeMap<Quarter, f64> {
    if own.is_empty() {
        return other.clone();
    }
    let common: Vec<Quarter> = own.keys().filter(|quarter| other.contains_key(quarter)).copied().collect();
    let mut joined = own.clone();
    for (&quarter, &value) in other.iter().filter(|(quarter, _)| !own.contains_key(quarter)) {
        let after = common.iter().find(|link| **link > quarter);
        let before = common.iter().rev().find(|link| **link < quarter);
        // Later quarters hang on the last common one, earlier ones on the first.
        if let Some(link) = before.or(after) {
            joined.insert(quarter, value * own[link] / other[link]);
        }
    }
    joined
}
