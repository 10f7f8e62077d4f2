use super::{concordance, ranks};
use proptest::prelude::*;

fn close(found: f64, expected: f64, tolerance: f64) {
    assert!((found - expected).abs() <= tolerance, "{found} is not {expected}");
}

/// Five experts on four factors, the worked vector of the project's notes on Delphi: rank sums 6, 10, 15, 19, S = 97, W = 0.776,
/// χ² = 11.64 beyond the 5 % point 7.815 of three degrees of freedom.
#[test]
fn the_vector_of_five_experts_comes_out() {
    let ranked = [[1, 2, 3, 4], [1, 3, 2, 4], [2, 1, 3, 4], [1, 2, 4, 3], [1, 2, 3, 4]];
    let scores: Vec<Vec<f64>> =
        ranked.iter().map(|row| row.iter().map(|rank| 50.0 - 10.0 * f64::from(*rank)).collect()).collect();
    let found = concordance(&scores).unwrap();
    close(found.w, 12.0 * 97.0 / (25.0 * 60.0), 1e-15);
    close(found.w, 0.776, 1e-12);
    close(found.chi_square, 11.64, 1e-12);
    assert_eq!(found.freedom, 3);
    assert!(found.p < 0.01 && found.p > 0.008, "{}", found.p);
}

#[test]
fn equal_scores_share_the_mean_of_their_ranks() {
    let (found, ties) = ranks(&[10.0, 40.0, 40.0, 10.0, 5.0, 40.0]);
    assert_eq!(found, [4.5, 2.0, 2.0, 4.5, 6.0, 2.0]);
    // Groups of three and of two: 27 − 3 + 8 − 2.
    assert_eq!(ties, 30.0);
}

/// By hand: ranks 1.5, 1.5, 3 and 1, 2.5, 2.5, sums 2.5, 4, 5.5 about 4: S = 4.5. Both have a pair, ΣT = 12. W = 54 / (4·24 − 2·12) = 0.75.
#[test]
fn ties_shrink_what_agreement_is_measured_against() {
    let found = concordance(&[vec![40.0, 40.0, 20.0], vec![50.0, 25.0, 25.0]]).unwrap();
    close(found.w, 0.75, 1e-15);
    close(found.chi_square, 3.0, 1e-15);
}

#[test]
fn the_ends_are_one_and_nothing() {
    close(concordance(&[vec![3.0, 2.0, 1.0], vec![9.0, 5.0, 4.0]]).unwrap().w, 1.0, 0.0);
    let opposed = concordance(&[vec![3.0, 2.0, 1.0], vec![1.0, 2.0, 3.0]]).unwrap();
    assert_eq!((opposed.w, opposed.p), (0.0, 1.0));
    assert_eq!(concordance(&[vec![50.0, 50.0], vec![50.0, 50.0]]), None);
    assert_eq!(concordance(&[vec![100.0]]), None);
    assert_eq!(concordance(&[]), None);
}

proptest! {
    /// Also with ties W is within 0 and 1, and the same in any order of experts and factors.
    #[test]
    fn w_lies_between_the_ends_and_knows_no_order(rows in prop::collection::vec(prop::collection::vec(0_u8..6, 5), 2..9)) {
        let scores: Vec<Vec<f64>> = rows.iter().map(|row| row.iter().map(|v| f64::from(*v)).collect()).collect();
        let turned: Vec<Vec<f64>> = scores.iter().rev().map(|row| row.iter().rev().copied().collect()).collect();
        match (concordance(&scores), concordance(&turned)) {
            (Some(one), Some(other)) => {
                prop_assert!((-1e-12..=1.0 + 1e-12).contains(&one.w), "{}", one.w);
                prop_assert_eq!(one, other);
            }
            (one, other) => prop_assert_eq!(one, other),
        }
    }

    /// Without ties: `W = (r̄(m − 1) + 1)/m`, r̄ the mean of Spearman's correlations over all pairs of experts, computed the long way.
    #[test]
    fn w_is_the_mean_rank_correlation(orders in prop::collection::vec(Just((0..6).collect::<Vec<u32>>()).prop_shuffle(), 2..7)) {
        let scores: Vec<Vec<f64>> = orders.iter().map(|row| row.iter().map(|v| f64::from(*v)).collect()).collect();
        let (m, n) = (scores.len() as f64, 6.0);
        let mut sum = 0.0;
        for a in 0..scores.len() {
            for b in a + 1..scores.len() {
                let squares: f64 = scores[a].iter().zip(&scores[b]).map(|(a, b)| (a - b) * (a - b)).sum();
                sum += 1.0 - 6.0 * squares / (n * n * n - n);
            }
        }
        let mean = sum / (m * (m - 1.0) / 2.0);
        prop_assert!((concordance(&scores).unwrap().w - (mean * (m - 1.0) + 1.0) / m).abs() < 1e-12);
    }
}
