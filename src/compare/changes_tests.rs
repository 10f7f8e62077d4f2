use super::super::fixture::{release, with_defaults};
use super::super::{Options, compare};
use super::*;
use crate::land::progress::Unwatched;

#[test]
fn growth_of_the_first_panzhihua_grade_is_minus_3_4375() {
    assert_eq!(growth_of(4800.0, 4635.0), -3.4375);
    assert!(growth_of(0.0, 10.0).is_nan() && growth_of(f64::NAN, 10.0).is_nan() && growth_of(10.0, f64::NAN).is_nan());
}

#[test]
fn jumps_of_two_grades_and_of_more_than_30_percent_are_flagged() {
    let square = |at: f64| [at, 0.0, at + 10.0, 10.0];
    let old = [
        ("A", 0, square(0.0), 1, 100.0),
        ("B", 0, square(20.0), 3, 100.0),
        ("C", 0, square(40.0), 2, 100.0),
        ("D", 0, square(60.0), 0, 100.0),
    ];
    let new = [
        ("A", 0, square(0.0), 3, 130.0),
        ("B", 0, square(20.0), 2, 130.1),
        ("C", 0, square(40.0), 2, 69.0),
        ("D", 0, square(60.0), 2, f64::NAN),
    ];
    let (old, new) = (release("old", &old), release("new", &new));
    let comparison = with_defaults(&old, &new);
    let seen: Vec<_> = comparison.changes.iter().map(|c| (c.dgrade, c.flags.grade_jump, c.flags.price_jump)).collect();
    let expected = [(Some(2), true, false), (Some(-1), false, true), (Some(0), false, true), (None, false, false)];
    assert_eq!(seen, expected);
    assert_eq!(comparison.changes[1].flags.names(), ["price-jump"]);
    assert!(comparison.changes[3].differs());
    let strict = Options { grade_jump: 1, price_jump: 50.0, ..Options::default() };
    let comparison = compare(&old, &new, &strict, &Unwatched).unwrap();
    assert_eq!(comparison.changes.iter().filter(|change| change.flags.grade_jump).count(), 2);
    assert_eq!(comparison.changes.iter().filter(|change| change.flags.price_jump).count(), 0);
}

#[test]
fn options_that_cannot_be_meant_are_all_named() {
    let old = release("old", &[]);
    let options =
        Options { id_share: 1.5, price_jump: f64::NAN, witness: Some("坐落".to_string()), ..Options::default() };
    let fault = compare(&old, &old, &options, &Unwatched).err().unwrap();
    assert_eq!(
        fault.each().map(|fault| fault.code).collect::<Vec<_>>(),
        ["bad-option", "bad-option", "unknown-field", "unknown-field"]
    );
}
