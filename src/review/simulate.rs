//! How often a grade stays when all weights are a little off together: seeded draws.
//!
//! In each draw every weight is multiplied by 1 + ε, ε even between −spread and spread and of its own, and the weights are brought back to a
//! sum of 1. Limits stay.

use super::Scored;
use crate::land::random::Random;
use crate::scale;

/// What is drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Draws {
    pub count: u32,
    /// The greatest relative change of a weight, parts of 1.
    pub spread: f64,
    pub seed: u64,
}

/// For each unit the share of the draws in which it keeps its grade, 0 to 1. A seed gives the same bits on any number of threads.
pub fn kept_shares(scored: &Scored<'_>, draws: &Draws) -> Vec<f64> {
    let weights: Vec<Vec<Vec<f64>>> = scored
        .uses
        .iter()
        .enumerate()
        .map(|(land_use, head)| (0..draws.count).map(|draw| drawn(&head.weights, draws, land_use, draw)).collect())
        .collect();
    let chunks = scale::chunks(scored.len(), 4096, |chunk| {
        let share = |unit: usize| {
            let (head, row) = (scored.head(unit), scored.row(unit));
            let class = Scored::class(&head.limits, scored.totals[unit]);
            let lower = class.checked_sub(1).map_or(f64::NEG_INFINITY, |at| head.limits[at]);
            let upper = head.limits.get(class).copied().unwrap_or(f64::INFINITY);
            let stays = |weights: &&Vec<f64>| {
                let total: f64 = weights.iter().zip(row).map(|(weight, score)| weight * score).sum();
                lower <= total && total < upper
            };
            let kept = weights[usize::from(scored.use_of[unit])].iter().filter(stays).count();
            kept as f64 / f64::from(draws.count)
        };
        chunk.map(share).collect::<Vec<f64>>()
    });
    chunks.into_iter().flatten().collect()
}

/// The weights of one draw; each draw and use has a stream of its own.
fn drawn(weights: &[f64], draws: &Draws, land_use: usize, draw: u32) -> Vec<f64> {
    let mut random = Random::new(draws.seed, &[land_use as u64, u64::from(draw)]);
    let moved: Vec<f64> =
        weights.iter().map(|weight| weight * (1.0 + random.between(-draws.spread, draws.spread))).collect();
    let sum: f64 = moved.iter().sum();
    moved.into_iter().map(|weight| weight / sum).collect()
}
