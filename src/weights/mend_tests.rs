use super::super::ahp::{self, Judgements, RandomIndex, Solver};
use super::{advise, on_scale};

fn judgements(upper: &[&[f64]]) -> Judgements {
    let n = upper.len() + 1;
    let mut matrix = vec![vec![1.0; n]; n];
    for (row, entries) in upper.iter().enumerate() {
        for (at, &entry) in entries.iter().enumerate() {
            matrix[row][row + 1 + at] = entry;
            matrix[row + 1 + at][row] = 1.0 / entry;
        }
    }
    Judgements { names: (0..n).map(|at| format!("factor {at}")).collect(), matrix }
}

fn advice(judged: &Judgements) -> Vec<super::Advice> {
    let derived = ahp::derive(judged, Solver::Eigenvector, RandomIndex::A).unwrap();
    advise(judged, Solver::Eigenvector, RandomIndex::A, &derived)
}

/// Weights 8, 4, 2, 1, one judgement turned round: 0 over 3 is 1/8. Both ways round, 2 · 4 and 4 · 2, imply 8.
#[test]
fn one_judgement_turned_round_is_named_with_the_value_it_had() {
    let judged = judgements(&[&[2.0, 4.0, 1.0 / 8.0], &[2.0, 4.0], &[2.0]]);
    let found = advice(&judged);
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].row, found[0].column, found[0].judged), (3, 0, 8.0));
    assert!((found[0].fitting - 1.0 / 8.0).abs() < 1e-12 && found[0].scale == 1.0 / 8.0);
    assert!(found[0].cr.abs() < 1e-12);
}

/// For three factors the value implied is `a_13 = a_12 · a_23`, and the matrix is consistent with it.
#[test]
fn of_three_factors_the_third_judgement_follows_from_the_two_others() {
    let found = advice(&judgements(&[&[2.0, 0.25], &[3.0]]));
    assert_eq!(found.len(), 1);
    assert!(found[0].cr < 0.1);
    // Every judgement strains equally in three factors; the first is taken: 0 over 1, implied 1/4 · 1/3.
    let pair = (found[0].row, found[0].column);
    let implied = match pair {
        (0, 1) => 1.0 / 12.0,
        (2, 0) => 1.0 / 6.0,
        (1, 2) => 1.0 / 8.0,
        other => panic!("{other:?}"),
    };
    assert!((found[0].fitting - implied).abs() < 1e-12, "{found:?}");
}

#[test]
fn where_one_value_is_not_enough_further_judgements_are_named_until_the_ratio_is_mended() {
    let found =
        advice(&judgements(&[&[9.0, 1.0 / 9.0, 9.0, 1.0 / 9.0], &[9.0, 1.0 / 9.0, 9.0], &[9.0, 1.0 / 9.0], &[9.0]]));
    assert!(found.len() > 1, "{found:?}");
    let mended = found.last().unwrap().cr < ahp::LARGEST_RATIO;
    assert!(mended || found.len() < 10, "{found:?}");
    let mut pairs: Vec<_> = found.iter().map(|one| (one.row.min(one.column), one.row.max(one.column))).collect();
    pairs.sort_unstable();
    pairs.dedup();
    assert_eq!(pairs.len(), found.len(), "no judgement is named twice");
}

#[test]
fn judgements_that_agree_need_no_advice_and_accepted_ones_name_the_one_that_fits_least() {
    assert_eq!(advice(&judgements(&[&[2.0, 4.0], &[2.0]])), []);
    assert_eq!(advice(&judgements(&[&[3.0]])), []);
    assert_eq!(advice(&judgements(&[&[3.0, 2.0, 4.0], &[0.5, 2.0], &[3.0]])).len(), 1);
}

#[test]
fn the_scale_ends_at_nine_and_is_read_by_logarithms() {
    for (value, wanted) in
        [(20.0, 9.0), (0.01, 1.0 / 9.0), (1.4, 1.0), (1.42, 2.0), (0.45, 0.5), (1.0, 1.0), (5.4, 5.0)]
    {
        assert_eq!(on_scale(value), wanted, "{value}");
    }
}
