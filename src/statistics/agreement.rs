//! How far two judges agree beyond chance: Cohen's weighted kappa.

use std::collections::BTreeMap;

/// What a disagreement weighs; 0 where two grades are equal.
pub type Weight = fn(u8, u8) -> f64;

/// The square of the difference: two grades off weigh as much as four times one off. With these weights kappa is the intraclass correlation
/// of the two judges but for terms of order 1/n (Fleiss and Cohen 1973).
pub fn quadratic(one: u8, other: u8) -> f64 {
    let difference = f64::from(one) - f64::from(other);
    difference * difference
}

/// Cohen (1968): `κ = 1 − Σ v·p_observed / Σ v·p_chance`, where chance gives each judge the grades as often as he gave them, independently
/// of the other. `None` for fewer than two pairs, or where chance leaves nothing to disagree about.
pub fn kappa(pairs: &[(u8, u8)], weight: Weight) -> Option<f64> {
    let n = pairs.len() as f64;
    let observed = pairs.iter().map(|&(one, other)| weight(one, other)).sum::<f64>() / n;
    let first = counts(pairs.iter().map(|pair| pair.0));
    let second = counts(pairs.iter().map(|pair| pair.1));
    let mut chance = 0.0;
    for (one, times) in &first {
        for (other, its_times) in &second {
            chance += times * its_times * weight(*one, *other);
        }
    }
    chance /= n * n;
    (pairs.len() > 1 && chance > 0.0).then(|| 1.0 - observed / chance)
}

/// Each grade given, with how often.
fn counts(grades: impl Iterator<Item = u8>) -> BTreeMap<u8, f64> {
    let mut counts = BTreeMap::new();
    grades.for_each(|grade| *counts.entry(grade).or_default() += 1.0);
    counts
}

#[cfg(test)]
#[path = "agreement_tests.rs"]
mod tests;
