//! How firm a grade is: the smallest change of one weight that would change it, the others keeping their proportions.
//!
//! Raising the weight of factor k by δ leaves 1 − W_k − δ for the others. With S = Σ W_i F_i the total becomes
//! S' = S + δ · (F_k − S) / (1 − W_k): a straight line in δ, so the δ at which it meets a limit L is (L − S)(1 − W_k) / (F_k − S).

use super::Scored;
use crate::scale;

/// The smallest change that moves a unit to another grade.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Margin {
    /// The change of the weight, parts of 1; below 0 where less weight does it.
    pub change: f64,
    /// The factor's number.
    pub factor: u32,
    /// Whether the unit would rise to a better grade.
    pub better: bool,
}

/// The margin of every unit; `None` where no change of one weight moves it.
pub fn margins(scored: &Scored<'_>) -> Vec<Option<Margin>> {
    scale::map(scored.len(), |unit| {
        let head = scored.head(unit);
        of_unit(&head.weights, scored.row(unit), scored.totals[unit], &head.limits)
    })
}

/// The margin of one unit. Factors without weight stay without; of equal changes the first factor's counts.
pub fn of_unit(weights: &[f64], scores: &[f64], total: f64, limits: &[f64]) -> Option<Margin> {
    let class = Scored::class(limits, total);
    let lower = class.checked_sub(1).map(|at| (limits[at], false));
    let upper = limits.get(class).map(|&limit| (limit, true));
    let mut least: Option<Margin> = None;
    for (factor, (&weight, &score)) in weights.iter().zip(scores).enumerate() {
        let slope = (score - total) / (1.0 - weight);
        if weight <= 0.0 || weight >= 1.0 || slope == 0.0 {
            continue;
        }
        for (limit, better) in [lower, upper].into_iter().flatten() {
            let change = (limit - total) / slope;
            let possible = (0.0..=1.0).contains(&(weight + change));
            if possible && least.is_none_or(|least| change.abs() < least.change.abs()) {
                least = Some(Margin { change, factor: factor as u32, better });
            }
        }
    }
    least
}

/// The total after a change of one weight.
pub fn changed_total(weight: f64, score: f64, total: f64, change: f64) -> f64 {
    total + change * (score - total) / (1.0 - weight)
}

#[cfg(test)]
#[path = "margin_tests.rs"]
mod tests;
