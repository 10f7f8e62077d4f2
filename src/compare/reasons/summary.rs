//! Reasons in short, for programs.

use super::{Mean, Reasons, Way};
use crate::compare::Comparison;
use serde::Serialize;
use std::collections::BTreeMap;

/// What `--json` prints of reasons; 元/㎡.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ReasonsSummary {
    /// `ordered` or `shapley`.
    pub way: &'static str,
    /// The groups of inputs that differ, in their order.
    pub groups: Vec<String>,
    /// Pairs whose price is not split.
    pub undetermined: usize,
    pub by_grade: Vec<Row>,
    pub by_district: Vec<Row>,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Row {
    #[serde(rename = "use")]
    pub land_use: String,
    /// `null` for the whole use.
    pub grade: Option<u8>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub district: Option<String>,
    pub pairs: usize,
    /// m² in common.
    pub area: f64,
    pub change: f64,
    /// By group; they add up to the change.
    pub parts: BTreeMap<String, f64>,
}

impl Reasons {
    pub fn summary(&self, comparison: &Comparison<'_>) -> ReasonsSummary {
        let keys: Vec<String> = self.groups.iter().map(|group| group.key.clone()).collect();
        let row = |land_use: u8, grade: Option<u8>, district: Option<String>, mean: &Mean| Row {
            land_use: comparison.uses[usize::from(land_use)].key.clone(),
            grade,
            district,
            pairs: mean.pairs,
            area: mean.area,
            change: mean.change,
            parts: keys.iter().cloned().zip(mean.parts.iter().copied()).collect(),
        };
        let by_grade = self.by_grade(comparison);
        let by_district = self.by_district(comparison);
        ReasonsSummary {
            way: match self.way {
                Way::Ordered => "ordered",
                Way::Shapley => "shapley",
            },
            undetermined: self.undetermined.iter().filter(|undetermined| **undetermined).count(),
            by_grade: by_grade.iter().map(|it| row(it.land_use, it.grade, None, &it.mean)).collect(),
            by_district: by_district
                .iter()
                .map(|it| row(it.land_use, None, Some(it.district.clone()), &it.mean))
                .collect(),
            groups: keys,
        }
    }
}
