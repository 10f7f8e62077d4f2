//! What each object was in the release before.

use super::objects::Objects;
use crate::compare::{Comparison, tenths};
use crate::space::index::BoxIndex;
use crate::space::{Extent, measure};
use std::collections::BTreeMap;

/// By object: grade and price then, and growth.
pub(super) struct Previous {
    /// 0 where it was not there.
    pub grades: Vec<u8>,
    /// 元/㎡; NaN where there was none.
    pub prices: Vec<f64>,
    /// As [`tenths`]; `None` where prices may not be compared.
    pub growth: Vec<Option<i32>>,
    /// How many units it was; the one with most of its ground counts.
    pub parts: Vec<u8>,
}

impl Previous {
    pub fn of(comparison: &Comparison<'_>, objects: &Objects<'_>) -> Previous {
        let count = objects.len();
        let mut found = Previous {
            grades: vec![0; count],
            prices: vec![f64::NAN; count],
            growth: vec![None; count],
            parts: vec![0; count],
        };
        if objects.kind == "unit" {
            found.of_units(comparison)
        } else {
            found.of_parcels(comparison, objects)
        }
        found
    }

    /// The growth as the page's column holds it: -32768 where it is not told.
    pub fn growth_column(&self) -> Vec<u8> {
        let most = i32::from(i16::MAX);
        let value = |growth: &Option<i32>| growth.map_or(i16::MIN, |growth| growth.clamp(-most, most) as i16);
        self.growth.iter().flat_map(|growth| value(growth).to_le_bytes()).collect()
    }

    fn of_units(&mut self, comparison: &Comparison<'_>) {
        for (row, own) in comparison.of_units().into_iter().enumerate() {
            let Some((change, count)) = own.filter(|(change, _)| change.old.is_some()) else { continue };
            self.grades[row] = change.grade_old;
            self.prices[row] = change.price_old;
            self.growth[row] = tenths(change.growth);
            self.parts[row] = count.min(usize::from(u8::MAX)) as u8;
        }
    }

    /// By identifier and use; a parcel with a new number was the one that held its middle.
    fn of_parcels(&mut self, comparison: &Comparison<'_>, objects: &Objects<'_>) {
        let (old, new) = (comparison.old.release, comparison.new.release);
        let parcels = &old.map.parcels;
        let key_of = |land_use: u8| old.uses[usize::from(land_use)].key.as_str();
        let known: BTreeMap<(String, &str), usize> =
            (0..parcels.len()).map(|row| ((parcels.ids.show(row), key_of(parcels.uses[row])), row)).collect();
        let index = BoxIndex::of_shapes(&parcels.shapes);
        let by_place = old.head.crs.same_as(&new.head.crs);
        let holder = |row: usize, key: &str| {
            let place = measure::point_on_surface(objects.shapes.get(row)).filter(|_| by_place)?;
            let mut near = Vec::new();
            index.touching(Extent { min: place, max: place }, &mut near);
            near.sort_unstable();
            let holds =
                |then: &usize| key_of(parcels.uses[*then]) == key && measure::covers(parcels.shapes.get(*then), place);
            near.into_iter().map(|then| then as usize).find(holds)
        };
        for row in 0..objects.len() {
            let land_use = usize::from(objects.uses[row]);
            let key = new.uses[land_use].key.as_str();
            let found = known.get(&(objects.ids.show(row), key)).copied().or_else(|| holder(row, key));
            let Some(then) = found else { continue };
            self.grades[row] = parcels.grades[then];
            let (before, after) = (parcels.prices.get(then).copied(), new.map.parcels.prices.get(row).copied());
            self.prices[row] = before.unwrap_or(f64::NAN);
            let place = comparison.uses.iter().position(|link| link.new.map(usize::from) == Some(land_use));
            if place.is_some_and(|place| comparison.verdicts[place].comparable) {
                let growth = before.zip(after).map_or(f64::NAN, |(before, after)| (after - before) / before * 100.0);
                self.growth[row] = tenths(growth);
            }
        }
    }
}
