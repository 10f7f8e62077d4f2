//! What the samples themselves say of their sources: whether these agree.

use crate::land::transaction::Kind;
use crate::release::{Release, SampleRow};
use crate::statistics::pairs::{Above, above};

/// Two types of transactions held against each other: prices over the mean of their grade, by ranks (Wilcoxon, Mann, Whitney).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sources {
    pub one: Kind,
    pub other: Kind,
    pub counts: (usize, usize),
    /// The share of pairs in which the first is dearer.
    pub share: f64,
    /// Two-sided.
    pub p: f64,
}

/// Every pair of types with at least five used samples each.
pub fn sources(release: &Release, land_use: usize) -> Vec<Sources> {
    const LEAST: usize = 5;
    let mean = |grade: u8| {
        let prices: Vec<f64> =
            used(release, land_use).filter(|sample| sample.grade == grade).map(|sample| sample.corrected).collect();
        prices.iter().sum::<f64>() / prices.len() as f64
    };
    let means: Vec<f64> = (0..=u8::MAX).map(mean).collect();
    let of_kind = |kind: Kind| {
        let own = used(release, land_use).filter(|sample| sample.detail.kind == kind.key());
        (kind, own.map(|sample| sample.corrected / means[usize::from(sample.grade)]).collect::<Vec<f64>>())
    };
    let kinds: Vec<(Kind, Vec<f64>)> =
        Kind::ALL.into_iter().map(of_kind).filter(|(_, prices)| prices.len() >= LEAST).collect();
    let mut found = Vec::new();
    for (at, (one, prices)) in kinds.iter().enumerate() {
        for (other, others) in &kinds[at + 1..] {
            // From both sides, so that neither order of the two has the correction for continuity on its side.
            let tails = [above(prices, others), above(others, prices)];
            let [Some(Above { share, p, .. }), Some(Above { p: back, .. })] = tails else { continue };
            let counts = (prices.len(), others.len());
            found.push(Sources { one: *one, other: *other, counts, share, p: (2.0 * p.min(back)).min(1.0) });
        }
    }
    found
}

pub(super) fn used(release: &Release, land_use: usize) -> impl Iterator<Item = &SampleRow> {
    let own =
        move |sample: &&SampleRow| usize::from(sample.use_index) == land_use && sample.used && sample.corrected > 0.0;
    release.samples.iter().filter(own)
}

#[cfg(test)]
#[path = "sample_laws_tests.rs"]
mod tests;
