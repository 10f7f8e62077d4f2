use super::*;
use proptest::prelude::*;

/// By hand: W = (0.6, 0.4), F = (80, 30): S = 60. Limits 50 and 64. Up: with factor 1, slope (80 − 60)/0.4 = 50, δ = 4/50 = 0.08; with factor 2,
/// slope (30 − 60)/0.6 = −50, δ = −0.08. Down: −10/50 = −0.2 and 0.2. The least is 0.08 of the first factor.
#[test]
fn the_least_change_by_hand() {
    let margin = of_unit(&[0.6, 0.4], &[80.0, 30.0], 60.0, &[50.0, 64.0]).unwrap();
    assert!((margin.change - 0.08).abs() < 1e-12);
    assert_eq!((margin.factor, margin.better), (0, true));
}

#[test]
fn a_unit_of_equal_scores_keeps_its_grade_whatever_the_weights() {
    assert_eq!(of_unit(&[0.6, 0.4], &[60.0, 60.0], 60.0, &[50.0, 64.0]), None);
}

#[test]
fn a_weight_cannot_fall_below_nothing() {
    // Down to 55 the first factor would have to lose more than it has: −0.1 of 0.05; the second would have to gain more than is left.
    assert_eq!(of_unit(&[0.05, 0.95], &[100.0, 50.0], 52.5, &[47.0]), None);
}

proptest! {
    /// Applied, the change brings the total to the limit; anything smaller, of any factor, leaves the class as it is.
    #[test]
    fn the_change_reaches_the_limit_and_nothing_smaller_does(
        parts in prop::collection::vec(0.05..1.0f64, 2..6),
        scores in prop::collection::vec(0.0..100.0f64, 6),
        limits in prop::collection::btree_set(1u8..99, 1..5),
        share in 0.0..0.999f64,
    ) {
        let sum: f64 = parts.iter().sum();
        let weights: Vec<f64> = parts.iter().map(|part| part / sum).collect();
        let scores = &scores[..weights.len()];
        let limits: Vec<f64> = limits.into_iter().map(f64::from).collect();
        let total: f64 = weights.iter().zip(scores).map(|(weight, score)| weight * score).sum();
        let class = Scored::class(&limits, total);
        // Written out: every other weight in its proportion.
        let again = |factor: usize, change: f64| -> f64 {
            let rest = (1.0 - weights[factor] - change) / (1.0 - weights[factor]);
            let of = |(at, (weight, score)): (usize, (&f64, &f64))| if at == factor { (weight + change) * score } else { weight * rest * score };
            weights.iter().zip(scores).enumerate().map(of).sum()
        };
        if let Some(margin) = of_unit(&weights, scores, total, &limits) {
            let reached = again(margin.factor as usize, margin.change);
            prop_assert!(limits.iter().any(|limit| (limit - reached).abs() < 1e-6), "{} {:?}", reached, limits);
            for (factor, weight) in weights.iter().enumerate() {
                for sign in [-1.0, 1.0] {
                    let change = sign * margin.change.abs() * share;
                    if (0.0..=1.0).contains(&(weight + change)) {
                        prop_assert_eq!(Scored::class(&limits, again(factor, change)), class);
                    }
                }
            }
        }
    }
}
