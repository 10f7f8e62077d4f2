use super::*;

/// By hand. Groups 6 8 4 5 3 4, 8 12 9 11 6 8, 13 9 11 8 7 12: means 5, 9, 10, whole 8. SSB = 6·(9 + 1 + 4) = 84, SSW = 16 + 24 + 28 = 68;
/// F = 42 / 4.5333 = 9.2647 with 2 and 15 degrees of freedom; tables give 3.68 at 5 % and 6.36 at 1 %.
#[test]
fn analysis_of_variance_by_hand() {
    let groups = [
        vec![6.0, 8.0, 4.0, 5.0, 3.0, 4.0],
        vec![8.0, 12.0, 9.0, 11.0, 6.0, 8.0],
        vec![13.0, 9.0, 11.0, 8.0, 7.0, 12.0],
    ];
    let found = variance(&groups).unwrap();
    assert_eq!((found.between, found.freedom), (42.0, (2.0, 15.0)));
    assert!((found.f - 9.264_705_882).abs() < 1e-9);
    assert!((0.001..0.01).contains(&found.p), "{}", found.p);
    assert!((upper_tail(3.682_320, (2.0, 15.0)) - 0.05).abs() < 1e-6);
    assert!((upper_tail(6.358_873, (2.0, 15.0)) - 0.01).abs() < 1e-6);
}

/// By hand. Ranks of 1 2 3 against 4 5 6: 6 and 15; H = 12/42 · (12 + 75) − 21 = 3.857142857.
#[test]
fn kruskal_and_wallis_by_hand() {
    let found = ranks(&[vec![1.0, 2.0, 3.0], vec![4.0, 5.0, 6.0]]).unwrap();
    assert!((found.h - 27.0 / 7.0).abs() < 1e-12);
    assert_eq!(found.freedom, 1.0);
    // Ties: 1 2 2 against 2 3 4: ranks 1, 3, 3 and 3, 5, 6; H = (12/42 · (49/3 + 196/3) − 21) / (1 − 24/210).
    let tied = ranks(&[vec![1.0, 2.0, 2.0], vec![2.0, 3.0, 4.0]]).unwrap();
    assert!((tied.h - (12.0 / 42.0 * (49.0 / 3.0 + 196.0 / 3.0) - 21.0) / (1.0 - 24.0 / 210.0)).abs() < 1e-12);
}

#[test]
fn one_group_or_equal_values_tell_nothing() {
    assert_eq!(variance(&[vec![1.0, 2.0]]), None);
    assert_eq!(variance(&[vec![1.0], vec![2.0]]), None);
    assert_eq!(ranks(&[vec![1.0, 1.0], vec![1.0]]), None);
}
