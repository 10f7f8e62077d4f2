use super::check;

fn names(count: usize) -> Vec<String> {
    (0..count).map(|at| format!("factor {at}")).collect()
}

#[test]
fn ten_tenths_are_one_although_their_binary_sum_is_not() {
    assert!((0..10).map(|_| 0.1_f64).sum::<f64>() < 1.0);
    check(&names(10), &[0.1; 10]).unwrap();
}

#[test]
fn a_wrong_sum_is_named() {
    let fault = check(&names(3), &[0.5, 0.3, 0.1]).unwrap_err();
    assert_eq!(fault.code, "weight-sum");
    assert!(fault.what.en.contains("sum to 0.9,"), "{fault}");
    assert!(fault.help.en.contains("-0.1 off"), "{fault}");
}

#[test]
fn the_tolerance_ends_at_a_millionth() {
    check(&names(2), &[0.5, 0.500_000_9]).unwrap();
    assert_eq!(check(&names(2), &[0.5, 0.500_001_1]).unwrap_err().code, "weight-sum");
}

#[test]
fn every_weight_out_of_range_is_reported_with_the_sum() {
    let fault = check(&names(4), &[1.2, -0.1, f64::NAN, 0.2]).unwrap_err();
    let codes: Vec<_> = fault.each().map(|fault| fault.code).collect();
    assert_eq!(codes, ["weight-range", "weight-range", "weight-range", "weight-sum"]);
    assert!(fault.what.en.contains("factor 0"));
}

#[test]
fn no_weights_at_all_is_a_fault() {
    assert_eq!(check(&[], &[]).unwrap_err().code, "weight-count");
    assert_eq!(check(&names(2), &[1.0]).unwrap_err().code, "weight-count");
}
