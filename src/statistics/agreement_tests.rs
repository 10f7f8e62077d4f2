use super::*;
use crate::land::random::Random;

/// Pairs of a table of counts: rows are the first judge's grades from 1, columns the second's.
fn pairs(table: &[[usize; 3]; 3]) -> Vec<(u8, u8)> {
    let cell = |(row, column): (usize, usize)| vec![(row as u8 + 1, column as u8 + 1); table[row][column]];
    (0..9).flat_map(|at| cell((at / 3, at % 3))).collect()
}

/// Cohen's own example (Psychological Bulletin 70, 1968): 200 diagnoses, weights 1, 3 and 6; he prints .492 unweighted and .348 weighted.
#[test]
fn cohens_published_example_comes_out() {
    let judged = pairs(&[[88, 14, 18], [10, 40, 10], [2, 6, 12]]);
    let unweighted = kappa(&judged, |one, other| f64::from(one != other)).unwrap();
    assert!((unweighted - 0.492).abs() < 5e-4, "{unweighted}");
    let weights: Weight = |one, other| match (one.min(other), one.max(other)) {
        (1, 2) => 1.0,
        (1, 3) => 3.0,
        (2, 3) => 6.0,
        _ => 0.0,
    };
    let weighted = kappa(&judged, weights).unwrap();
    assert!((weighted - 0.348).abs() < 5e-4, "{weighted}");
}

/// By hand: grades 1 1 2 2 3 against opinions 1 2 2 3 1. Observed: (0 + 1 + 0 + 1 + 4)/5 = 6/5. Chance: grades 2, 2, 1
/// times, opinions 2, 2, 1 times: 2·2·0 + 2·2·1 + 2·1·4 + 2·2·1 + 0 + 2·1·1 + 1·2·4 + 1·2·1 + 0 = 28, over 25. κ = 1 − (6/5)/(28/25) = −1/14.
#[test]
fn quadratic_weights_by_hand() {
    let judged = [(1, 1), (1, 2), (2, 2), (2, 3), (3, 1)];
    assert!((kappa(&judged, quadratic).unwrap() + 1.0 / 14.0).abs() < 1e-12);
}

#[test]
fn full_agreement_is_one_and_a_single_grade_tells_nothing() {
    assert_eq!(kappa(&[(1, 1), (2, 2), (5, 5)], quadratic), Some(1.0));
    assert_eq!(kappa(&[(2, 2), (2, 2)], quadratic), None);
    assert_eq!(kappa(&[(1, 2)], quadratic), None);
    assert_eq!(kappa(&[], quadratic), None);
}

/// With squares, chance is what every pair of one grade and one opinion gives, drawn from all of them.
#[test]
fn chance_is_the_mean_over_every_grade_with_every_opinion() {
    let mut random = Random::new(7, &[1]);
    for _ in 0..50 {
        let mut grade = || 1 + (random.between(0.0, 4.999) as u8);
        let judged: Vec<(u8, u8)> = (0..30).map(|_| (grade(), grade())).collect();
        let every = judged.iter().flat_map(|one| judged.iter().map(move |other| quadratic(one.0, other.1)));
        let observed: f64 = judged.iter().map(|pair| quadratic(pair.0, pair.1)).sum();
        let expected = 1.0 - observed / 30.0 / (every.sum::<f64>() / 900.0);
        assert!((kappa(&judged, quadratic).unwrap() - expected).abs() < 1e-12);
    }
}
