//! How far the growth of units spreads: quantiles of the matched units of a use, and of its grades.

use super::changes::Change;
use crate::statistics::quantile::quantile;
use serde::Serialize;
use std::collections::BTreeMap;

/// The shares of units whose growth lies below a quantile.
pub const SHARES: [f64; 7] = [0.0, 0.05, 0.25, 0.5, 0.75, 0.95, 1.0];

/// The growth of matched units, each counting once, %.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Quantiles {
    /// Its place among the comparison's uses.
    #[serde(skip)]
    pub land_use: u8,
    /// The new grade; `None` for the whole use.
    pub grade: Option<u8>,
    pub pairs: usize,
    /// By [`SHARES`].
    pub growth_pct: [f64; 7],
}

/// Each use as a whole, then each of its grades; of the pairs whose prices are compared.
pub(super) fn quantiles(changes: &[Change]) -> Vec<Quantiles> {
    let mut groups: BTreeMap<(u8, Option<u8>), Vec<f64>> = BTreeMap::new();
    for change in changes.iter().filter(|change| !change.growth.is_nan()) {
        let Some(land_use) = change.use_new else { continue };
        for grade in [None, Some(change.grade_new)] {
            groups.entry((land_use, grade)).or_default().push(change.growth);
        }
    }
    let of = |((land_use, grade), mut growth): ((u8, Option<u8>), Vec<f64>)| {
        growth.sort_unstable_by(f64::total_cmp);
        let growth_pct = SHARES.map(|share| quantile(&growth, share));
        Quantiles { land_use, grade, pairs: growth.len(), growth_pct }
    };
    groups.into_iter().map(of).collect()
}

#[cfg(test)]
mod tests {
    use crate::compare::fixture::release;
    use crate::compare::{Options, compare};
    use crate::land::progress::Unwatched;

    /// Five units of one use at 100 元/㎡ grow by 10, 20, 30, 40 and 50 %. The median is 30; a quarter lies at place 1 of 0–4: 20; the 5 %
    /// quantile at place 0.2: 10 + 0.2 · 10 = 12. By hand. Grade 1 has the first three: median 20.
    #[test]
    fn quantiles_of_units_by_hand() {
        let units = |prices: [f64; 5]| {
            let unit = |at: usize| {
                let x = at as f64 * 10.0;
                (["a", "b", "c", "d", "e"][at], 0u8, [x, 0.0, x + 10.0, 10.0], if at < 3 { 1u8 } else { 2 }, prices[at])
            };
            release("r", &[unit(0), unit(1), unit(2), unit(3), unit(4)])
        };
        let (old, new) = (units([100.0; 5]), units([110.0, 120.0, 130.0, 140.0, 150.0]));
        let comparison = compare(&old, &new, &Options::default(), &Unwatched).expect("releases that can be compared");
        let [whole, first, second] = &comparison.quantiles[..] else { panic!("{:?}", comparison.quantiles) };
        assert_eq!((whole.grade, whole.pairs, whole.growth_pct), (None, 5, [10.0, 12.0, 20.0, 30.0, 40.0, 48.0, 50.0]));
        assert_eq!((first.grade, first.pairs, first.growth_pct[3]), (Some(1), 3, 20.0));
        assert_eq!((second.grade, second.pairs, second.growth_pct[3]), (Some(2), 2, 45.0));
    }
}
