use super::{Graded, Method, grade, gvf};
use proptest::prelude::*;

const METHODS: [Method; 4] =
    [Method::Natural, Method::NaturalHistogram { bins: 64 }, Method::Quantile, Method::EqualInterval];

#[test]
fn a_total_on_a_limit_belongs_to_the_better_grade() {
    let graded = grade(&[59.999, 60.0, 80.0, 79.0], 3, &Method::Given(vec![60.0, 80.0])).unwrap();
    assert_eq!(graded.grades, [3, 2, 1, 2]);
    assert_eq!(graded.counts, [1, 2, 1]);
}

#[test]
fn the_limits_of_a_grade_are_told() {
    let graded = grade(&[10.0, 70.0, 90.0], 3, &Method::Given(vec![60.0, 80.0])).unwrap();
    assert_eq!(graded.span(1), (Some(80.0), None));
    assert_eq!(graded.span(2), (Some(60.0), Some(80.0)));
    assert_eq!(graded.span(3), (None, Some(60.0)));
    assert_eq!(graded.span(4), (None, None));
}

#[test]
fn equal_intervals_cut_the_axis_evenly() {
    let graded = grade(&[0.0, 24.9, 25.0, 50.0, 99.0, 100.0], 4, &Method::EqualInterval).unwrap();
    assert_eq!(graded.limits, [25.0, 50.0, 75.0]);
    assert_eq!(graded.grades, [4, 4, 3, 2, 1, 1]);
}

#[test]
fn fewer_distinct_totals_than_grades_leave_the_best_grades_of_natural_breaks_empty() {
    for method in [Method::Natural, Method::NaturalHistogram { bins: 64 }] {
        let graded = grade(&[3.0, 7.0, 3.0], 5, &method).unwrap();
        assert_eq!(graded.grades, [5, 4, 5], "{method:?}");
        assert_eq!(graded.counts, [0, 0, 0, 1, 2]);
        assert_eq!(graded.limits.len(), 1);
        assert_eq!(graded.span(4), (Some(graded.limits[0]), None));
        assert_eq!(graded.span(1), (None, None));
    }
}

/// Equal intervals: limits 3.8, 4.6, 5.4, 6.2. Quantiles of 3, 3, 7: limits 3, 3, 3.8, 5.4; of 3, 7, 7, 7: limits 5.4, 7, 7, 7.
#[test]
fn fewer_distinct_totals_than_grades_leave_other_grades_of_other_methods_empty() {
    for method in [Method::EqualInterval, Method::Quantile] {
        assert_eq!(grade(&[3.0, 7.0, 3.0], 5, &method).unwrap().counts, [1, 0, 0, 0, 2], "{method:?}");
    }
    assert_eq!(grade(&[7.0, 3.0, 7.0, 7.0], 5, &Method::EqualInterval).unwrap().counts, [3, 0, 0, 0, 1]);
    assert_eq!(grade(&[7.0, 3.0, 7.0, 7.0], 5, &Method::Quantile).unwrap().counts, [0, 0, 0, 3, 1]);
}

/// In binary 0.1 + (0.4 − 0.1)·2/3 is 0.30000000000000004; the total 0.3 is on the limit and so in the better class.
#[test]
fn a_total_on_a_limit_of_equal_intervals_is_in_the_better_grade() {
    let graded = grade(&[0.1, 0.2, 0.3, 0.4], 3, &Method::EqualInterval).unwrap();
    assert_eq!((graded.limits, graded.grades), (vec![0.2, 0.3], vec![3, 2, 1, 1]));
}

#[test]
fn all_equal_totals_are_the_worst_grade_by_every_method() {
    for method in METHODS {
        let graded = grade(&[42.0; 7], 5, &method).unwrap();
        assert_eq!(graded.grades, [5; 7], "{method:?}");
        assert_eq!((graded.gvf, graded.counts[4]), (1.0, 7));
    }
}

#[test]
fn no_units_are_no_grades() {
    for method in METHODS {
        let Graded { grades, limits, gvf, counts } = grade(&[], 3, &method).unwrap();
        assert!(grades.is_empty() && limits.is_empty());
        assert_eq!((gvf, counts), (1.0, vec![0; 3]));
    }
}

#[test]
fn what_cannot_be_graded_is_a_fault() {
    let code = |totals: &[f64], grades, method| grade(totals, grades, &method).unwrap_err().code;
    assert_eq!(code(&[1.0], 0, Method::Natural), "grade-count");
    assert_eq!(code(&[1.0], 31, Method::Natural), "grade-count");
    assert_eq!(code(&[1.0, f64::NAN], 2, Method::Natural), "total-not-finite");
    assert_eq!(code(&[1.0, f64::INFINITY], 2, Method::Quantile), "total-not-finite");
    assert_eq!(code(&[1.0], 2, Method::NaturalHistogram { bins: 1 }), "grade-bins");
    assert_eq!(code(&[1.0], 2, Method::NaturalHistogram { bins: 10_001 }), "grade-bins");
    assert_eq!(code(&[1.0], 3, Method::Given(vec![2.0, 2.0])), "grade-limits");
    assert_eq!(code(&[1.0], 3, Method::Given(vec![2.0])), "grade-limits");
    assert_eq!(code(&[1.0], 2, Method::Given(vec![f64::NAN])), "grade-limits");
}

/// By hand: totals 1 2 3 | 9 10, means 2 and 9.5, SSW = 2 + 0.5; about the mean 5 SST = 16 + 9 + 4 + 16 + 25 = 70.
#[test]
fn the_goodness_of_variance_fit_is_that_worked_by_hand() {
    let fit = gvf(&[1.0, 2.0, 3.0, 9.0, 10.0], &[0, 0, 0, 1, 1]);
    assert!((fit - (1.0 - 2.5 / 70.0)).abs() < 1e-15);
}

#[test]
fn the_goodness_of_variance_fit_survives_a_large_offset() {
    let far = [1.0, 2.0, 3.0, 9.0, 10.0].map(|total| total + 1e12);
    assert!((gvf(&far, &[0, 0, 0, 1, 1]) - (1.0 - 2.5 / 70.0)).abs() < 1e-12);
}

proptest! {
    /// A higher total never has a worse grade, an equal one an equal grade; grades lie in range and are counted.
    #[test]
    fn grades_follow_the_totals(
        totals in prop::collection::vec((0_i32..200).prop_map(|step| f64::from(step) * 0.37), 1..80),
        grades in 1_u8..9,
        which in 0_usize..4,
    ) {
        let graded = grade(&totals, grades, &METHODS[which]).unwrap();
        let mut pairs: Vec<(f64, u8)> = totals.iter().copied().zip(graded.grades.iter().copied()).collect();
        pairs.sort_by(|a, b| a.0.total_cmp(&b.0));
        for pair in pairs.windows(2) {
            prop_assert!(pair[0].1 >= pair[1].1);
            prop_assert!(pair[0].0 != pair[1].0 || pair[0].1 == pair[1].1);
        }
        prop_assert!(graded.grades.iter().all(|grade| (1..=grades).contains(grade)));
        prop_assert_eq!(graded.counts.iter().sum::<usize>(), totals.len());
        prop_assert!(graded.limits.windows(2).all(|pair| pair[0] <= pair[1]));
        prop_assert!(graded.limits.len() < usize::from(grades));
        prop_assert!((-1e-12..=1.0).contains(&graded.gvf));
    }

    /// Units in another order get the same grades and the same limits.
    #[test]
    fn the_order_of_the_units_does_not_matter(
        totals in prop::collection::vec(0.0_f64..100.0, 1..80), grades in 1_u8..9, which in 0_usize..4,
    ) {
        let plain = grade(&totals, grades, &METHODS[which]).unwrap();
        let turned: Vec<f64> = totals.iter().rev().copied().collect();
        let mut moved = grade(&turned, grades, &METHODS[which]).unwrap();
        moved.grades.reverse();
        prop_assert_eq!(&plain.grades, &moved.grades);
        prop_assert_eq!(plain.limits, moved.limits);
    }
}
