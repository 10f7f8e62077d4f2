//! Ratios in space: do they lie high or low together (Moran's I)?

use crate::space::index::BoxIndex;
use crate::space::{Extent, Point};

/// Moran's I over the nearest neighbours of every sample, each neighbour weighing the same.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Moran {
    /// 1 where neighbours are alike, near `expected` where they are not more alike than any.
    pub i: f64,
    /// −1/(n − 1).
    pub expected: f64,
    pub z: f64,
    /// Two-sided, by the normal distribution under random placing.
    pub p: f64,
    pub neighbours: usize,
}

/// Neighbours of a sample.
const NEIGHBOURS: usize = 8;

/// Of samples (place, ratio), those without a place left out; `None` for fewer than ten, or where all ratios are equal. Of neighbours at one distance those with the lower
/// number count, in the order of places and ratios.
pub fn moran(samples: &[(Point, f64)]) -> Option<Moran> {
    let placed = samples.iter().copied().filter(|(place, _)| place.x.is_finite() && place.y.is_finite());
    let mut samples: Vec<(Point, f64)> = placed.collect();
    if samples.len() < NEIGHBOURS + 2 {
        return None;
    }
    samples.sort_by(|(a, one), (b, other)| a.x.total_cmp(&b.x).then(a.y.total_cmp(&b.y)).then(one.total_cmp(other)));
    let n = samples.len() as f64;
    let mean = samples.iter().map(|(_, ratio)| ratio).sum::<f64>() / n;
    let away: Vec<f64> = samples.iter().map(|(_, ratio)| ratio - mean).collect();
    let squares: f64 = away.iter().map(|away| away * away).sum();
    if squares <= 1e-24 * n {
        return None;
    }
    let fourths: f64 = away.iter().map(|away| away.powi(4)).sum();
    let index = BoxIndex::new(samples.iter().map(|(place, _)| Extent::of(&[*place])));
    let all: Vec<Vec<u32>> =
        crate::scale::map(samples.len(), |at| index.nearest_others(samples[at].0, at as u32, NEIGHBOURS));
    let weight = 1.0 / NEIGHBOURS as f64;
    let mut products = 0.0;
    // How much each sample weighs as a neighbour of others, and the pairs that are neighbours both ways.
    let (mut incoming, mut both) = (vec![0.0; samples.len()], 0usize);
    for (at, own) in all.iter().enumerate() {
        for &other in own {
            products += weight * away[at] * away[other as usize];
            incoming[other as usize] += weight;
            both += usize::from(all[other as usize].contains(&(at as u32)));
        }
    }
    let edges = n * NEIGHBOURS as f64;
    let s0 = n;
    // ½ ΣΣ (w_ij + w_ji)²: an edge one way adds w², one both ways 2w² for each of its two directions.
    let s1 = weight * weight * (edges + both as f64);
    let s2: f64 = incoming.iter().map(|incoming| (1.0 + incoming) * (1.0 + incoming)).sum();
    let i = n / s0 * products / squares;
    let expected = -1.0 / (n - 1.0);
    let kurtosis = n * fourths / (squares * squares);
    let variance = (n * ((n * n - 3.0 * n + 3.0) * s1 - n * s2 + 3.0 * s0 * s0)
        - kurtosis * ((n * n - n) * s1 - 2.0 * n * s2 + 6.0 * s0 * s0))
        / ((n - 1.0) * (n - 2.0) * (n - 3.0) * s0 * s0)
        - expected * expected;
    let z = (i - expected) / variance.sqrt();
    Some(Moran { i, expected, z, p: libm::erfc(z.abs() / std::f64::consts::SQRT_2), neighbours: NEIGHBOURS })
}
