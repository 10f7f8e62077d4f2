//! How often a grade stays when all weights are a little off together: seeded draws.
//!
//! In each draw every weight is multiplied by 1 + ε, ε even between −spread and spread and of its own, and the weights are brought back to a
//! sum of 1. Limits stay.
//!
//! With m_i the weights multiplied and M their sum, the total moves from S to S + Σ (m_i − w_i)(F_i − S)/M: a unit whose scores are all its
//! total does not move by the last digit of a sum either.

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
    let moves: Vec<Vec<Vec<f64>>> = scored
        .uses
        .iter()
        .enumerate()
        .map(|(land_use, head)| (0..draws.count).map(|draw| drawn(&head.weights, draws, land_use, draw)).collect())
        .collect();
    let chunks = scale::chunks(scored.len(), 4096, |chunk| {
        let share = |unit: usize| {
            let (head, row, total) = (scored.head(unit), scored.row(unit), scored.totals[unit]);
            let class = Scored::class(&head.limits, total);
            let lower = class.checked_sub(1).map_or(f64::NEG_INFINITY, |at| head.limits[at]);
            let upper = head.limits.get(class).copied().unwrap_or(f64::INFINITY);
            let stays = |moves: &&Vec<f64>| {
                let moved: f64 = moves.iter().zip(row).map(|(by, score)| by * (score - total)).sum();
                lower <= total + moved && total + moved < upper
            };
            let kept = moves[usize::from(scored.use_of[unit])].iter().filter(stays).count();
            kept as f64 / f64::from(draws.count)
        };
        chunk.map(share).collect::<Vec<f64>>()
    });
    chunks.into_iter().flatten().collect()
}

/// What each weight of one draw differs by, over the sum of all; each draw and use has a stream of its own.
fn drawn(weights: &[f64], draws: &Draws, land_use: usize, draw: u32) -> Vec<f64> {
    let mut random = Random::new(draws.seed, &[land_use as u64, u64::from(draw)]);
    let moved: Vec<f64> =
        weights.iter().map(|weight| weight * (1.0 + random.between(-draws.spread, draws.spread))).collect();
    let sum: f64 = moved.iter().sum();
    moved.iter().zip(weights).map(|(moved, weight)| (moved - weight) / sum).collect()
}

#[cfg(test)]
#[path = "simulate_tests.rs"]
mod tests;
