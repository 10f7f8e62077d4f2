//! Further coefficients (宽度、深度、形状、街角、面积、楼层 …): by a number or by a word.

use super::{Reading, Row, between, is_for};
use crate::price::street::DepthRule;
use crate::project::system::Effect;
use std::collections::BTreeMap;

/// A table of some grades or all.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    pub key: String,
    pub name: String,
    pub grades: Option<Vec<u8>>,
    pub form: Form,
    pub into: Effect,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Form {
    Rows(Vec<[f64; 2]>),
    Classes(BTreeMap<String, f64>),
    /// The standard depth, m, and the rule.
    Depth(f64, DepthRule),
}

impl Table {
    pub fn is_for(&self, grade: u8) -> bool {
        is_for(self.grades.as_ref(), grade)
    }

    /// The coefficient of a condition; `None` for a word the table does not have, or what is no number.
    pub fn at(&self, condition: &str) -> Option<Reading> {
        let condition = condition.trim();
        match &self.form {
            Form::Rows(rows) => {
                // No measure of a parcel is 0 or less, unless the table itself has such rows.
                let first = rows.first().map_or(0.0, |row| row[0]);
                let told = |value: &f64| value.is_finite() && (*value > 0.0 || *value >= first);
                between(rows, condition.parse().ok().filter(told)?)
            }
            Form::Depth(standard, rule) => {
                let depth: f64 = condition.parse().ok().filter(|depth: &f64| *depth > 0.0 && depth.is_finite())?;
                let inside = depth.min(rule.deepest() * standard);
                let k = rule.average(inside / standard)?;
                let strip = rule.strip(inside / standard);
                let row =
                    Row::Depth { depth: inside, k, strip, ends: rule.strip_ends(strip).map(|end| end * standard) };
                Some(Reading { k, row, clamped: inside != depth })
            }
            Form::Classes(classes) => {
                let k = *classes.get(condition)?;
                Some(Reading { k, row: Row::Class { word: condition.to_string(), k }, clamped: false })
            }
        }
    }
}
