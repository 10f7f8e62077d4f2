use super::super::{Method, grade};
use super::order_statistics;
use proptest::prelude::*;

fn limits(totals: &[f64], grades: u8) -> Vec<f64> {
    grade(totals, grades, &Method::Quantile).unwrap().limits
}

/// Type 7 by hand: place (n − 1)·p, here 3·0.25 = 0.75, 1.5, 2.25 → 1 + 0.75·1, 2 + 0.5·2, 4 + 0.25·4.
#[test]
fn breaks_lie_where_numpy_puts_them() {
    assert_eq!(limits(&[8.0, 1.0, 4.0, 2.0], 4), [1.75, 3.0, 5.0]);
    // numpy.quantile([15, 20, 35, 40, 50], .4) = 29 (the textbook example of the linear method): place 1.6, 20 + 0.6 · 15.
    assert_eq!(limits(&[15.0, 20.0, 35.0, 40.0, 50.0], 5)[1], 29.0);
}

/// Eleven totals 0, 10 … 100 have their fifths at 20, 40, 60, 80: a total equal to a break counts only the breaks strictly below it.
#[test]
fn a_total_on_a_break_stays_in_the_worse_grade() {
    let totals: Vec<f64> = (0..=10).map(|at| f64::from(at) * 10.0).collect();
    let graded = grade(&totals, 5, &Method::Quantile).unwrap();
    assert_eq!(graded.limits, [20.0, 40.0, 60.0, 80.0]);
    assert_eq!(graded.grades, [5, 5, 5, 4, 4, 3, 3, 2, 2, 1, 1]);
}

#[test]
fn many_equal_totals_leave_classes_empty() {
    let mut totals = vec![5.0; 8];
    totals.extend([1.0, 9.0]);
    let graded = grade(&totals, 5, &Method::Quantile).unwrap();
    assert_eq!(graded.limits, [5.0; 4]);
    assert_eq!(graded.counts, [1, 0, 0, 0, 9]);
}

proptest! {
    #[test]
    fn selecting_gives_what_sorting_gives(
        totals in prop::collection::vec(-50.0_f64..50.0, 1..200), places in prop::collection::vec(0_usize..1000, 0..20),
    ) {
        let mut places: Vec<usize> = places.into_iter().map(|place| place % totals.len()).collect();
        places.sort_unstable();
        let mut sorted = totals.clone();
        sorted.sort_by(f64::total_cmp);
        let expected: Vec<f64> = places.iter().map(|&place| sorted[place]).collect();
        prop_assert_eq!(order_statistics(&totals, &places), expected);
    }
}
