use super::{Agreed, Delphi, Round, Rule, derive};
use proptest::prelude::*;

fn delphi(rounds: &[&[&[f64]]]) -> Delphi {
    let factors = (0..rounds[0][0].len()).map(|at| format!("factor {at}")).collect();
    let round = |rows: &&[&[f64]]| Round { experts: Vec::new(), scores: rows.iter().map(|row| row.to_vec()).collect() };
    Delphi { factors, rounds: rounds.iter().map(round).collect(), rule: Rule::default() }
}

#[track_caller]
fn close(found: &[f64], expected: &[f64], tolerance: f64) {
    assert_eq!(found.len(), expected.len());
    for (found, expected) in found.iter().zip(expected) {
        assert!((found - expected).abs() <= tolerance, "{found} is not {expected}");
    }
}

/// The orders of the worked vector, as 40, 30, 20, 10 points: W 0.776, χ² 11.64.
const FIVE: &[&[f64]] = &[
    &[40.0, 30.0, 20.0, 10.0],
    &[40.0, 20.0, 30.0, 10.0],
    &[30.0, 40.0, 20.0, 10.0],
    &[40.0, 30.0, 10.0, 20.0],
    &[40.0, 30.0, 20.0, 10.0],
];

/// By hand: sums 190, 150, 100, 60; squares about 38, 30, 20, 12: 80, 200, 200, 80; over 4.
#[test]
fn means_variances_and_agreement_are_those_worked_by_hand() {
    let Agreed { weights, rounds, .. } = derive(&delphi(&[FIVE])).unwrap();
    close(&weights, &[0.38, 0.30, 0.20, 0.12], 1e-15);
    let first = &rounds[0];
    close(&first.mean, &[38.0, 30.0, 20.0, 12.0], 1e-13);
    close(&first.variance, &[20.0, 50.0, 50.0, 20.0], 1e-12);
    let cv = [20.0_f64.sqrt() / 38.0, 50.0_f64.sqrt() / 30.0, 50.0_f64.sqrt() / 20.0, 20.0_f64.sqrt() / 12.0];
    close(&first.cv, &cv, 1e-14);
    let agreement = first.agreement.unwrap();
    close(&[agreement.w, agreement.chi_square], &[0.776, 11.64], 1e-12);
    // Significant agreement on the order, but the third and fourth factor still vary by more than a quarter.
    assert!(first.agrees && !first.cv_holds && !first.converged());
    assert_eq!((first.largest_change, first.settled), (None, None));
}

#[test]
fn a_round_converges_when_orders_agree_and_no_mean_is_uncertain() {
    let second: &[&[f64]] = &[
        &[40.0, 30.0, 18.0, 12.0],
        &[38.0, 30.0, 20.0, 12.0],
        &[38.0, 31.0, 20.0, 11.0],
        &[39.0, 29.0, 20.0, 12.0],
        &[40.0, 30.0, 20.0, 10.0],
    ];
    let found = derive(&delphi(&[FIVE, second])).unwrap();
    assert!(found.converged() && !found.rounds[0].converged());
    // Means 39, 30, 19.6, 11.4: the first moved most, by a whole point, which is not fewer than one.
    close(&found.rounds[1].mean, &[39.0, 30.0, 19.6, 11.4], 1e-13);
    close(&[found.rounds[1].largest_change.unwrap()], &[1.0], 1e-13);
    assert_eq!(found.rounds[1].settled, Some(false));
    close(&found.weights, &[0.39, 0.30, 0.196, 0.114], 1e-14);
    let third = derive(&delphi(&[FIVE, second, second])).unwrap();
    assert_eq!((third.rounds[2].largest_change, third.rounds[2].settled), (Some(0.0), Some(true)));
}

#[test]
fn few_experts_and_a_single_round_are_warned_of() {
    let told = derive(&delphi(&[FIVE])).unwrap().warnings;
    let told: Vec<&str> = told.iter().map(|text| text.en.as_str()).collect();
    assert_eq!(told, ["round 1 has 5 experts; 10 to 40 are usual", "rounds: 1; 2 to 4 are usual"]);
    let ten: Vec<&[f64]> = FIVE.iter().chain(FIVE).copied().collect();
    assert_eq!(derive(&delphi(&[&ten, &ten])).unwrap().warnings, []);
}

#[test]
fn points_that_do_not_sum_to_100_are_refused_with_the_expert_or_brought_to_it() {
    let rows: &[&[f64]] = &[&[60.0, 40.4], &[50.0, 49.4], &[1.0, 3.0]];
    let mut asked = delphi(&[rows]);
    asked.rounds[0].experts = ["甲", "乙", "丙"].map(String::from).to_vec();
    let fault = derive(&asked).unwrap_err();
    let told: Vec<&str> = fault.each().map(|fault| fault.what.en.as_str()).collect();
    assert_eq!(told, ["round 1: the points of 乙 sum to 99.4, not 100", "round 1: the points of 丙 sum to 4, not 100"]);
    asked.rule.normalise = true;
    let found = derive(&asked).unwrap();
    close(&[found.rounds[0].mean[0]], &[(6000.0 / 100.4 + 5000.0 / 99.4 + 25.0) / 3.0], 1e-12);
    close(&[found.weights.iter().sum()], &[1.0], 1e-15);
}

#[test]
fn everything_that_is_wrong_is_told_at_once() {
    let mut asked = delphi(&[&[&[50.0, 50.0], &[f64::NAN, 100.0], &[100.0]], &[&[-10.0, 110.0]]]);
    asked.rounds[0].experts = ["a", "b", "a"].map(String::from).to_vec();
    let codes: Vec<_> = derive(&asked).unwrap_err().each().map(|fault| fault.code).collect();
    assert_eq!(codes, ["delphi-twice", "delphi-score", "delphi-shape", "delphi-experts", "delphi-score"]);
    let none = derive(&Delphi::default()).unwrap_err();
    assert_eq!(none.each().map(|fault| fault.code).collect::<Vec<_>>(), ["delphi-rounds", "delphi-factors"]);
    let mut nothing = delphi(&[&[&[0.0, 0.0], &[50.0, 50.0]]]);
    nothing.rule.normalise = true;
    assert_eq!(derive(&nothing).unwrap_err().code, "delphi-sum");
}

#[test]
fn experts_who_put_nothing_first_agree_on_no_order_and_a_factor_nobody_scores_does_not_vary() {
    let flat: &[&[f64]] = &[&[50.0, 50.0], &[50.0, 50.0]];
    let found = derive(&delphi(&[flat])).unwrap();
    assert_eq!((found.rounds[0].agreement, found.converged()), (None, false));
    let zero: &[&[f64]] = &[&[70.0, 30.0, 0.0], &[60.0, 40.0, 0.0]];
    let found = derive(&delphi(&[zero])).unwrap();
    assert_eq!((found.rounds[0].cv[2], found.weights[2]), (0.0, 0.0));
}

proptest! {
    /// The order of the experts changes no bit; weights sum to 1.
    #[test]
    fn the_order_of_the_experts_changes_no_bit(rows in prop::collection::vec(prop::collection::vec(0.1_f64..50.0, 4), 2..20)) {
        let round = |rows: &[Vec<f64>]| Round { experts: Vec::new(), scores: rows.to_vec() };
        let rule = Rule { normalise: true, ..Rule::default() };
        let factors: Vec<String> = (0..4).map(|at| at.to_string()).collect();
        let one = derive(&Delphi { factors: factors.clone(), rounds: vec![round(&rows)], rule }).unwrap();
        let turned: Vec<Vec<f64>> = rows.iter().rev().cloned().collect();
        let other = derive(&Delphi { factors, rounds: vec![round(&turned)], rule }).unwrap();
        prop_assert!((one.weights.iter().sum::<f64>() - 1.0).abs() < 1e-12);
        prop_assert_eq!(one, other);
    }
}
