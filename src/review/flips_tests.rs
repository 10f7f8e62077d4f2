use super::*;
use crate::review::fixture;
use proptest::prelude::*;

proptest! {
    /// Counted anew: every weight moved by a hundredth, the others in their proportions, every total summed from its scores.
    #[test]
    fn flips_are_what_counting_anew_gives(
        rows in prop::collection::vec(prop::array::uniform3(0.0..100.0f64), 1..60),
        parts in prop::array::uniform3(0.05..1.0f64),
        limit in 20.0..80.0f64,
    ) {
        let sum: f64 = parts.iter().sum();
        let weights: Vec<f64> = parts.iter().map(|part| part / sum).collect();
        let mut head = fixture::town(&[("1", 0, 50.0, 1)], &[("c", &[50.0])]).uses[0].clone();
        (head.weights, head.limits) = (weights.clone(), vec![limit]);
        let scores: Vec<f64> = rows.iter().flatten().copied().collect();
        let total = |weights: &[f64], row: &[f64; 3]| weights.iter().zip(row).map(|(w, f)| w * f).sum::<f64>();
        let totals: Vec<f64> = rows.iter().map(|row| total(&weights, row)).collect();
        let (areas, use_of) = (vec![2.0; rows.len()], vec![0; rows.len()]);
        let uses = [head];
        let scored = Scored { uses: &uses, factors: 3, scores: &scores, totals: &totals, areas: &areas, use_of: &use_of };
        for flip in flips(&scored, 0.01) {
            let moved: Vec<f64> = weights.iter().enumerate().map(|(at, weight)| {
                if at == flip.factor { weight + flip.change } else { weight * (1.0 - flip.change / (1.0 - weights[flip.factor])) }
            }).collect();
            let count = |margin: f64| rows.iter().zip(&totals).filter(|(row, old)| {
                let new = total(&moved, row);
                // What lies on the limit by the last digit may count either way.
                (new - limit).abs() > margin && (new >= limit) != (**old >= limit)
            }).count();
            prop_assert!(flip.units >= count(1e-9) && flip.units <= count(0.0) + rows.len().min(2), "{flip:?}");
            prop_assert_eq!(flip.area, 2.0 * flip.units as f64);
        }
    }
}
