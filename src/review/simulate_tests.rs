use super::*;
use crate::release::UseHead;
use crate::review::fixture;

/// Three units of two factors with weights 0.6 and 0.4, limits 50.
fn scored(head: &mut UseHead, scores: &[f64]) -> (Vec<f64>, Vec<f64>, Vec<u8>) {
    (head.weights, head.limits) = (vec![0.6, 0.4], vec![50.0]);
    let totals: Vec<f64> = scores.chunks(2).map(|row| 0.6 * row[0] + 0.4 * row[1]).collect();
    let count = totals.len();
    (totals, vec![1.0; count], vec![0; count])
}

fn head() -> UseHead {
    fixture::town(&[("1", 0, 50.0, 1)], &[("c", &[50.0])]).uses[0].clone()
}

fn shares(scores: &[f64], draws: &Draws) -> Vec<f64> {
    let mut head = head();
    let (totals, areas, use_of) = scored(&mut head, scores);
    let uses = [head];
    let scored = Scored { uses: &uses, factors: 2, scores, totals: &totals, areas: &areas, use_of: &use_of };
    kept_shares(&scored, draws)
}

/// A total at the limit of a unit whose scores are all that total moves under no weights, and nothing moves without a spread.
#[test]
fn what_cannot_move_is_kept_in_every_draw() {
    let draws = Draws { count: 500, spread: 0.1, seed: 1 };
    assert_eq!(shares(&[50.0, 50.0, 100.0, 90.0], &draws), [1.0, 1.0]);
    // 0.6·33.7 + 0.4·74.45 is the limit by the last digit or beside it: without a spread it stays where it is.
    let none = Draws { spread: 0.0, ..draws };
    assert_eq!(shares(&[33.7, 74.45, 49.0, 51.5, 50.1, 49.85], &none), [1.0, 1.0, 1.0]);
}

/// By hand: the total is 0.6·60 + 0.4·35 = 50. With m the weights multiplied by 1 + ε it is (60·m₁ + 35·m₂)/(m₁ + m₂), at 50 or above where
/// 1 + ε₁ ≥ 1 + ε₂: half of all draws, as both ε come from one range.
#[test]
fn a_total_at_the_limit_stays_in_half_of_the_draws() {
    let draws = Draws { count: 20_000, spread: 0.2, seed: 7 };
    let share = shares(&[60.0, 35.0], &draws)[0];
    assert!((share - 0.5).abs() < 0.02, "{share}");
    // The same seed draws the same.
    assert_eq!(shares(&[60.0, 35.0], &draws)[0].to_bits(), share.to_bits());
}
