use super::derive;
use proptest::prelude::*;

fn names(count: usize) -> Vec<String> {
    (0..count).map(|at| format!("factor {at}")).collect()
}

/// Four factors in strict order, each over all behind it.
fn strict() -> Vec<Vec<f64>> {
    (0..4).map(|row| (0..4).map(|column| if row < column { 1.0 } else { 0.0 }).collect()).collect()
}

/// The worked vector of the project's notes: .5, .333, .167, 0; by hand 3, 2, 1, 0 wins of 6.
#[test]
fn a_strict_order_of_four_gives_the_last_nothing() {
    let found = derive(&names(4), &strict(), false).unwrap();
    assert_eq!(found.wins, [3.0, 2.0, 1.0, 0.0]);
    assert_eq!(found.weights, [0.5, 2.0 / 6.0, 1.0 / 6.0, 0.0]);
    assert_eq!((found.comparisons, found.nothing), (6.0, vec![3]));
}

/// With the virtual factor 4, 3, 2, 1 wins of 10.
#[test]
fn the_virtual_factor_leaves_every_factor_a_weight() {
    let found = derive(&names(4), &strict(), true).unwrap();
    assert_eq!(found.weights, [0.4, 0.3, 0.2, 0.1]);
    assert_eq!((found.comparisons, found.nothing), (10.0, vec![]));
}

#[test]
fn equal_factors_share_the_win() {
    let found = derive(&names(2), &[vec![0.0, 0.5], vec![0.5, 0.0]], false).unwrap();
    assert_eq!(found.weights, [0.5, 0.5]);
}

#[test]
fn every_comparison_that_is_none_is_told_with_both_factors() {
    let mut bad = strict();
    bad[0][1] = 0.7;
    bad[2][3] = 0.5;
    let fault = derive(&names(4), &bad, false).unwrap_err();
    let told: Vec<_> = fault.each().map(|fault| (fault.code, fault.what.en.as_str())).collect();
    assert_eq!(
        told,
        [
            ("pairwise-entry", "factor 0 against factor 1 is 0.7"),
            ("pairwise-sum", "factor 2 against factor 3 is 0.5, but factor 3 against factor 2 is 0")
        ]
    );
    assert_eq!(fault.also[0].help.en, "the two must sum to 1: write 0.5 for factor 3 against factor 2");
    assert_eq!(derive(&names(1), &[vec![0.0]], true).unwrap_err().code, "pairwise-factors");
    assert_eq!(derive(&names(3), &strict(), true).unwrap_err().code, "pairwise-shape");
    bad[1].pop();
    assert!(derive(&names(4), &bad, true).unwrap_err().what.en.starts_with("row 2 has 3"));
}

proptest! {
    /// Whatever is judged, weights sum to 1, and a factor with more wins never weighs less; the virtual factor keeps the order.
    #[test]
    fn weights_sum_to_one_and_follow_the_wins(n in 2_usize..9, choices in prop::collection::vec(0_u8..3, 36)) {
        let mut matrix = vec![vec![0.0; n]; n];
        let pairs = (0..n).flat_map(|row| (row + 1..n).map(move |column| (row, column)));
        for ((row, column), choice) in pairs.zip(choices) {
            let entry = f64::from(choice) / 2.0;
            (matrix[row][column], matrix[column][row]) = (entry, 1.0 - entry);
        }
        let plain = derive(&names(n), &matrix, false).unwrap();
        let with = derive(&names(n), &matrix, true).unwrap();
        for found in [&plain, &with] {
            prop_assert!((found.weights.iter().sum::<f64>() - 1.0).abs() < 1e-12);
        }
        prop_assert!(with.weights.iter().all(|weight| *weight > 0.0));
        for a in 0..n {
            for b in 0..n {
                prop_assert_eq!(plain.weights[a] < plain.weights[b], with.weights[a] < with.weights[b]);
            }
        }
    }
}
