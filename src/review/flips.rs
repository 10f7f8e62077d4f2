//! How many units change their grade where one weight is a little off.

use super::Scored;
use super::margin::changed_total;
use crate::scale;

/// Units that would change their grade, and their area, for one weight of one use.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Flip {
    pub land_use: usize,
    pub factor: usize,
    /// Parts of 1.
    pub change: f64,
    pub units: usize,
    /// m².
    pub area: f64,
}

/// For each use and each factor with a weight in it: what `step` less and `step` more of that weight would change. A weight never leaves
/// 0 to 1: where it would, it goes to the end.
pub fn flips(scored: &Scored<'_>, step: f64) -> Vec<Flip> {
    let cases: Vec<Flip> = scored
        .uses
        .iter()
        .enumerate()
        .flat_map(|(land_use, head)| {
            let weighted = head.weights.iter().enumerate().filter(|(_, weight)| **weight > 0.0 && **weight < 1.0);
            weighted.flat_map(move |(factor, weight)| {
                let ends = [(-step).max(-weight), step.min(1.0 - weight)];
                ends.map(|change| Flip { land_use, factor, change, units: 0, area: 0.0 })
            })
        })
        .collect();
    let chunks = scale::chunks(scored.len(), 8192, |chunk| {
        let mut found = vec![(0usize, 0.0f64); cases.len()];
        for unit in chunk {
            let (head, row, total) = (scored.head(unit), scored.row(unit), scored.totals[unit]);
            let land_use = usize::from(scored.use_of[unit]);
            let class = Scored::class(&head.limits, total);
            for (case, found) in cases.iter().zip(&mut found).filter(|(case, _)| case.land_use == land_use) {
                let moved = changed_total(head.weights[case.factor], row[case.factor], total, case.change);
                if Scored::class(&head.limits, moved) != class {
                    found.0 += 1;
                    found.1 += if scored.areas[unit].is_nan() { 0.0 } else { scored.areas[unit] };
                }
            }
        }
        found
    });
    let mut cases = cases;
    for chunk in chunks {
        for (case, (units, area)) in cases.iter_mut().zip(chunk) {
            case.units += units;
            case.area += area;
        }
    }
    cases
}

#[cfg(test)]
#[path = "flips_tests.rs"]
mod tests;
