use super::{Ahp, Judgements, RandomIndex, Solver, derive};
use proptest::prelude::*;

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

fn w1() -> Judgements {
    judgements(&[&[3.0, 2.0, 4.0], &[0.5, 2.0], &[3.0]])
}

#[track_caller]
fn close(found: &[f64], expected: &[f64], tolerance: f64) {
    assert_eq!(found.len(), expected.len());
    for (found, expected) in found.iter().zip(expected) {
        assert!((found - expected).abs() <= tolerance, "{found} is not {expected}");
    }
}

/// Worked example W1 (docs/methods/README.md), the published solution by 和积法.
#[test]
fn the_published_four_factor_example_comes_out_by_column_means() {
    let Ahp { weights, lambda_max, ci, cr, accepted, .. } = derive(&w1(), Solver::ColumnMean, RandomIndex::A).unwrap();
    close(&weights, &[0.4658, 0.1611, 0.2771, 0.0960], 5e-5);
    close(&[lambda_max, ci, cr], &[4.0310, 0.0103, 0.0115], 5.1e-5);
    assert!(accepted);
}

/// W1 by the principal eigenvector (by numpy).
#[test]
fn the_published_four_factor_example_comes_out_by_the_eigenvector() {
    let found = derive(&w1(), Solver::Eigenvector, RandomIndex::A).unwrap();
    close(&found.weights, &[0.4673, 0.1601, 0.2772, 0.0954], 5e-5);
    close(&[found.lambda_max, found.cr], &[4.0310, 0.0115], 5e-5);
    assert_eq!(found.ri, 0.90);
}

/// Worked example W3b: the source prints .53 .22 .19 .06, its notes .5324 .2191 .1879 .0606 and CR .0213.
#[test]
fn the_published_rounding_example_comes_out_by_column_means() {
    let matrix = judgements(&[&[3.0, 3.0, 7.0], &[1.0, 5.0], &[3.0]]);
    let found = derive(&matrix, Solver::ColumnMean, RandomIndex::A).unwrap();
    close(&found.weights, &[0.5324, 0.2191, 0.1879, 0.0606], 5e-5);
    close(&[found.cr], &[0.0213], 5e-5);
}

/// For three factors λmax = 1 + x + 1/x with x = (a13 / (a12 · a23))^(1/3), worked by hand from the characteristic polynomial.
#[test]
fn three_factors_agree_with_the_closed_form() {
    let (a12, a13, a23) = (2.0_f64, 6.0_f64, 2.0_f64);
    let x = (a13 / (a12 * a23)).cbrt();
    let lambda = 1.0 + x + 1.0 / x;
    let matrix = judgements(&[&[a12, a13], &[a23]]);
    for solver in [Solver::Eigenvector, Solver::GeometricMean] {
        let found = derive(&matrix, solver, RandomIndex::A).unwrap();
        close(&[found.lambda_max, found.cr], &[lambda, (lambda - 3.0) / 2.0 / 0.58], 1e-13);
        // 方根法 equals the eigenvector exactly for n = 3: (12^⅓, 1, (1/12)^⅓) before normalising.
        let raw = [12.0_f64.cbrt(), 1.0, (1.0 / 12.0_f64).cbrt()];
        let sum: f64 = raw.iter().sum();
        close(&found.weights, &raw.map(|value| value / sum), 1e-14);
    }
}

#[test]
fn the_table_of_random_indices_can_turn_the_verdict() {
    // λ − 3 = 2 · CI with CI between 0.052 and 0.058: x + 1/x = 2.11.
    let x = (2.11 + (2.11_f64 * 2.11 - 4.0).sqrt()) / 2.0;
    let matrix = judgements(&[&[1.0, x.powi(3)], &[1.0]]);
    let a = derive(&matrix, Solver::Eigenvector, RandomIndex::A).unwrap();
    let b = derive(&matrix, Solver::Eigenvector, RandomIndex::B).unwrap();
    close(&[a.cr, b.cr], &[0.055 / 0.58, 0.055 / 0.52], 1e-12);
    assert!(a.accepted && !b.accepted);
}

#[test]
fn the_judgement_that_breaks_the_agreement_is_found_and_mended() {
    // A consistent matrix of (8, 4, 2, 1) with one entry turned round: factor 0 over 3 is 1/8 instead of 8.
    let mut matrix = judgements(&[&[2.0, 4.0, 8.0], &[2.0, 4.0], &[2.0]]);
    matrix.matrix[0][3] = 1.0 / 8.0;
    matrix.matrix[3][0] = 8.0;
    let found = derive(&matrix, Solver::Eigenvector, RandomIndex::A).unwrap();
    assert!(!found.accepted);
    let mend = found.worst.unwrap();
    assert_eq!((mend.row, mend.column, mend.judged), (3, 0, 8.0));
    assert!((mend.proposed - found.weights[3] / found.weights[0]).abs() < 1e-12);
    // Written into the matrix, the proposal improves the ratio.
    matrix.matrix[3][0] = mend.proposed;
    matrix.matrix[0][3] = 1.0 / mend.proposed;
    assert!(derive(&matrix, Solver::Eigenvector, RandomIndex::A).unwrap().cr < found.cr / 2.0);
}

#[test]
fn one_and_two_factors_are_always_consistent() {
    let one = derive(&judgements(&[]), Solver::Eigenvector, RandomIndex::A).unwrap();
    assert_eq!((one.weights.as_slice(), one.cr, one.accepted), ([1.0].as_slice(), 0.0, true));
    let two = derive(&judgements(&[&[3.0]]), Solver::ColumnMean, RandomIndex::B).unwrap();
    close(&two.weights, &[0.75, 0.25], 1e-15);
    assert_eq!((two.cr, two.worst), (0.0, None));
}

#[test]
fn every_bad_entry_is_reported_with_its_row_and_column() {
    let mut bad = judgements(&[&[2.0, 4.0], &[2.0]]);
    bad.matrix[0][1] = 3.0;
    bad.matrix[1][1] = 2.0;
    bad.matrix[2][0] = -1.0;
    let fault = derive(&bad, Solver::Eigenvector, RandomIndex::A).unwrap_err();
    let codes: Vec<_> = fault.each().map(|fault| fault.code).collect();
    assert_eq!(codes, ["ahp-reciprocal", "ahp-diagonal", "ahp-entry"]);
    assert_eq!(fault.what.en, "factor 0 over factor 1 is 3, but factor 1 over factor 0 is 0.5");
}

#[test]
fn a_reciprocal_cut_short_is_refused_and_one_written_out_is_not() {
    let mut matrix = judgements(&[&[3.0, 3.0], &[1.0]]);
    matrix.matrix[1][0] = 0.333;
    assert_eq!(derive(&matrix, Solver::Eigenvector, RandomIndex::A).unwrap_err().code, "ahp-reciprocal");
    matrix.matrix[1][0] = 0.333_333_333_3;
    derive(&matrix, Solver::Eigenvector, RandomIndex::A).unwrap();
}

#[test]
fn shapes_and_sizes_beyond_the_table_are_faults() {
    let mut ragged = judgements(&[&[2.0]]);
    ragged.matrix[1].pop();
    assert_eq!(derive(&ragged, Solver::Eigenvector, RandomIndex::A).unwrap_err().code, "ahp-shape");
    let twelve = Judgements { names: vec![String::new(); 12], matrix: vec![vec![1.0; 12]; 12] };
    assert_eq!(derive(&twelve, Solver::Eigenvector, RandomIndex::A).unwrap_err().code, "ahp-size");
    close(&derive(&twelve, Solver::Eigenvector, RandomIndex::B).unwrap().weights, &[1.0 / 12.0; 12], 1e-15);
}

fn random_judgements() -> impl Strategy<Value = Judgements> {
    (3_usize..8).prop_flat_map(|n| {
        prop::collection::vec(-8_i32..=8, n * (n - 1) / 2).prop_map(move |steps| {
            let mut entries = steps.into_iter().map(|step| {
                let size = f64::from(step.abs() + 1);
                if step < 0 { 1.0 / size } else { size }
            });
            let upper: Vec<Vec<f64>> = (1..n).map(|row| entries.by_ref().take(n - row).collect()).collect();
            judgements(&upper.iter().map(Vec::as_slice).collect::<Vec<_>>())
        })
    })
}

proptest! {
    /// A matrix made of weights is consistent, and gives them back by every solver.
    #[test]
    fn a_perfectly_consistent_matrix_gives_its_weights_back(raw in prop::collection::vec(0.05_f64..1.0, 3..9)) {
        let sum: f64 = raw.iter().sum();
        let weights: Vec<f64> = raw.iter().map(|value| value / sum).collect();
        let matrix = weights.iter().map(|a| weights.iter().map(|b| if a == b { 1.0 } else { a / b }).collect()).collect();
        let names = vec![String::new(); weights.len()];
        let judged = Judgements { names, matrix };
        for solver in [Solver::Eigenvector, Solver::GeometricMean, Solver::ColumnMean] {
            let found = derive(&judged, solver, RandomIndex::A).unwrap();
            prop_assert!(found.cr.abs() < 1e-12);
            prop_assert_eq!(found.worst, None);
            for (a, b) in found.weights.iter().zip(&weights) { prop_assert!((a - b).abs() < 1e-12); }
        }
    }

    /// Listing the factors in another order moves the weights with them and leaves the ratio.
    #[test]
    fn the_order_of_the_factors_does_not_matter(judged in random_judgements(), turn in 1_usize..7) {
        let n = judged.names.len();
        let order: Vec<usize> = (0..n).map(|at| (at + turn) % n).rev().collect();
        let matrix = order.iter().map(|&i| order.iter().map(|&j| judged.matrix[i][j]).collect()).collect();
        let turned = Judgements { names: judged.names.clone(), matrix };
        for solver in [Solver::Eigenvector, Solver::GeometricMean, Solver::ColumnMean] {
            let plain = derive(&judged, solver, RandomIndex::A).unwrap();
            let moved = derive(&turned, solver, RandomIndex::A).unwrap();
            prop_assert!((plain.cr - moved.cr).abs() < 1e-9);
            for (at, &from) in order.iter().enumerate() {
                prop_assert!((moved.weights[at] - plain.weights[from]).abs() < 1e-10);
            }
        }
    }

    /// Judging one factor s times higher against all others multiplies its weight by s before normalising; λmax stays (a similarity).
    #[test]
    fn raising_one_factor_against_all_others_scales_its_weight(judged in random_judgements(), s in 0.2_f64..5.0) {
        let mut raised = judged.clone();
        for other in 1..judged.names.len() {
            raised.matrix[0][other] *= s;
            raised.matrix[other][0] /= s;
        }
        // Row 0 grows by s^((n−1)/n), every other row by s^(−1/n): the ratio by s.
        for solver in [Solver::Eigenvector, Solver::GeometricMean] {
            let plain = derive(&judged, solver, RandomIndex::A).unwrap();
            let found = derive(&raised, solver, RandomIndex::A).unwrap();
            let ratio = |a: &Ahp| a.weights[0] / a.weights[1];
            prop_assert!((ratio(&found) / ratio(&plain) / s - 1.0).abs() < 1e-9);
            if solver == Solver::Eigenvector { prop_assert!((found.lambda_max - plain.lambda_max).abs() < 1e-9); }
        }
    }

    /// For three factors 方根法 is the eigenvector, whatever is judged.
    #[test]
    fn three_factors_have_one_eigenvector_and_it_is_the_geometric_mean(a in 0.1_f64..10.0, b in 0.1_f64..10.0, c in 0.1_f64..10.0) {
        let judged = judgements(&[&[a, b], &[c]]);
        let one = derive(&judged, Solver::Eigenvector, RandomIndex::A).unwrap();
        let other = derive(&judged, Solver::GeometricMean, RandomIndex::A).unwrap();
        for (one, other) in one.weights.iter().zip(&other.weights) { prop_assert!((one / other - 1.0).abs() < 1e-11); }
        prop_assert!((one.lambda_max - other.lambda_max).abs() < 1e-10);
    }

    /// λmax is never below n (Saaty), so CR is never below zero beyond rounding.
    #[test]
    fn the_ratio_is_never_negative(judged in random_judgements()) {
        prop_assert!(derive(&judged, Solver::Eigenvector, RandomIndex::A).unwrap().cr > -1e-12);
    }
}
