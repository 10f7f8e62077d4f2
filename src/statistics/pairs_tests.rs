use super::*;

/// By hand: 4 5 6 7 (mean 5.5, s² = 5/3) against 1 2 3 (mean 2, s² = 1): t = 3.5 / √(5/12 + 1/3) = 4.041452; ν = 0.75² / (25/432 + 1/18) = 4.9592.
#[test]
fn welch_by_hand() {
    let found = means(&[4.0, 5.0, 6.0, 7.0], &[1.0, 2.0, 3.0]).unwrap();
    assert!((found.t - 4.041_451_884).abs() < 1e-9);
    assert!((found.freedom - 0.5625 / (25.0 / 432.0 + 1.0 / 18.0)).abs() < 1e-12);
    // Between the printed one-sided points of 5 degrees: 3.365 at 1 %, 4.032 at 0.5 %.
    assert!((0.004..0.006).contains(&found.p), "{}", found.p);
    let back = means(&[1.0, 2.0, 3.0], &[4.0, 5.0, 6.0, 7.0]).unwrap();
    assert!((back.p + found.p - 1.0).abs() < 1e-12);
}

/// By hand: of the 12 pairs of 3 5 7 9 with 2 5 6 the first is above in 1 + 1.5 + 3 + 3 = 8.5.
#[test]
fn mann_and_whitney_by_hand() {
    let found = above(&[3.0, 5.0, 7.0, 9.0], &[2.0, 5.0, 6.0]).unwrap();
    assert_eq!((found.u, found.share), (8.5, 8.5 / 12.0));
    // Σ(t³ − t) = 6 of 7 values: spread 1 · (8 − 6/42); z = (8.5 − 6 − 0.5) / √7.857142857 = 0.713506; upper tail 0.237766.
    assert!((found.p - 0.237_766).abs() < 1e-5, "{}", found.p);
}

/// Few values without ties are counted: of the 35 orders of 4 and 3 values one has all pairs. The other two are SciPy's exact tails.
#[test]
fn few_values_are_counted_in_every_order() {
    let p = |one: &[f64], other: &[f64]| above(one, other).unwrap().p;
    assert!((p(&[4.0, 5.0, 6.0, 7.0], &[1.0, 2.0, 3.0]) - 1.0 / 35.0).abs() < 1e-12);
    assert!((p(&[1.0, 2.0, 3.0], &[4.0, 5.0, 6.0, 7.0]) - 1.0).abs() < 1e-12);
    assert!((p(&[3.1, 5.2, 7.3, 9.4, 2.5, 8.8], &[2.0, 5.0, 6.0]) - 0.190_476_190_476_190_47).abs() < 1e-12);
    let of = |step: f64, start: f64| (1..=20).map(|at| step * f64::from(at) + start).collect::<Vec<f64>>();
    assert!((p(&of(1.5, 0.1), &of(1.4, 0.27)) - 0.369_031_103_172_903_2).abs() < 1e-9);
}

#[test]
fn too_little_tells_nothing() {
    assert_eq!(means(&[1.0], &[2.0, 3.0]), None);
    assert_eq!(means(&[1.0, 1.0], &[2.0, 2.0]), None);
    assert_eq!(above(&[], &[1.0]), None);
    assert_eq!(above(&[1.0, 1.0], &[1.0]), None);
}
