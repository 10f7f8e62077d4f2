//! Development (开发程度): what services cost that a parcel has beyond the set ones, or lacks.

use crate::land::Text;
use crate::land::services::{Service, Services};
use crate::project::system::CostUnit;
use crate::say;
use std::collections::BTreeMap;

/// Costs by service.
#[derive(Clone, Debug, PartialEq)]
pub struct Development {
    pub unit: CostUnit,
    pub costs: BTreeMap<Service, f64>,
}

/// The correction, 元/㎡, and what it is made of.
#[derive(Clone, Debug, PartialEq)]
pub struct Difference {
    pub amount: f64,
    pub row: Text,
    /// Services that differ and have no cost in the table.
    pub unknown: Vec<Service>,
}

impl Development {
    /// Costs of services beyond `set` added, of missing ones taken off. Percentages are of the benchmark price.
    pub fn between(&self, set: &Services, own: &Services, benchmark: f64) -> Difference {
        let (mut amount, mut unknown, mut parts) = (0.0, Vec::new(), Vec::new());
        for &service in set.symmetric_difference(own) {
            let Some(&cost) = self.costs.get(&service) else {
                unknown.push(service);
                continue;
            };
            // A table of what is missing prints its costs below 0.
            let cost = cost.abs();
            let yuan = match self.unit {
                CostUnit::Yuan => cost,
                CostUnit::Percent => benchmark * cost / 100.0,
            };
            let sign = if own.contains(&service) { 1.0 } else { -1.0 };
            amount += sign * yuan;
            let mark = if sign > 0.0 { "+" } else { "−" };
            let unit = if self.unit == CostUnit::Percent { "%" } else { "" };
            parts.push((service.text(), format!(" {mark}{cost}{unit}")));
        }
        let list = |of: fn(&Text) -> &str| {
            parts.iter().map(|(text, cost)| format!("{}{cost}", of(text))).collect::<Vec<_>>().join("; ")
        };
        let row = match parts.is_empty() {
            true => say!("as set", "与设定相同"),
            false => Text { en: list(|text| &text.en), zh: list(|text| &text.zh) },
        };
        Difference { amount, row, unknown }
    }
}
