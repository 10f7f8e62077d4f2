//! Development (开发程度): what services cost that a parcel has beyond the set ones, or lacks.

use super::Row;
use crate::land::services::{Service, Services};
use crate::project::system::CostUnit;
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
    pub row: Row,
    /// Services that differ and have no cost in the table.
    pub unknown: Services,
}

impl Development {
    /// Costs of services beyond `set` added, of missing ones taken off. Percentages are of the benchmark price; costs are per m² of land, so of
    /// a price of floor they are divided by the plot ratio, `floor`.
    pub fn between(&self, set: Services, own: Services, benchmark: f64, floor: Option<f64>) -> Difference {
        let (mut amount, mut unknown, mut parts) = (0.0, Services::default(), Vec::new());
        for service in set.differing(own).iter() {
            let Some(&cost) = self.costs.get(&service) else {
                unknown.insert(service);
                continue;
            };
            // A table of what is missing prints its costs below 0.
            let cost = cost.abs();
            let yuan = match self.unit {
                CostUnit::Yuan => cost / floor.unwrap_or(1.0),
                CostUnit::Percent => benchmark * cost / 100.0,
            };
            amount += if own.contains(service) { yuan } else { -yuan };
            parts.push((service, own.contains(service), cost));
        }
        Difference { amount, row: Row::Costs(parts, self.unit, floor.filter(|_| self.unit == CostUnit::Yuan)), unknown }
    }

    /// What brings a sale price to the set services. `rest` is what the price is still multiplied by: a percentage is of the price that
    /// comes out at the end, as of parcels it is of the benchmark they start from, so that there and back is where one started.
    pub fn taken_off(&self, set: Services, own: Services, price: f64, rest: f64, floor: Option<f64>) -> Difference {
        match self.unit {
            CostUnit::Yuan => {
                let difference = self.between(set, own, price, floor);
                // What a parcel has beyond the set ones is worth more; to bring it there it is taken off.
                Difference { amount: 0.0 - difference.amount, ..difference }
            }
            CostUnit::Percent => {
                let difference = self.between(set, own, 1.0, None);
                Difference { amount: price / (1.0 + difference.amount * rest) - price, ..difference }
            }
        }
    }
}
