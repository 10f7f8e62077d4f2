use super::super::{Graded, Method, Units, grade};
use proptest::prelude::*;

fn by_axis<'a>(units: impl Into<Units<'a>>, grades: u8, least_share: f64) -> Graded {
    grade(units, grades, &Method::NumberAxis { least_share }).unwrap()
}

/// Twelve totals, each a twelfth of the ground. Gaps: 2 (12–14), 1, 9 (15–24), 2, 1, 13 (27–40), 1, 1, 8 (42–50), 3, 27 (53–80). Of three
/// grades with a fifth of the ground each (three units): the gap of 27 leaves one unit above it and is passed over, 13 is cut at 33.5, and 9
/// at 19.5, with three units below it, three between and six above.
#[test]
fn the_widest_gaps_that_leave_every_class_its_share_are_cut_in_their_middle() {
    let totals = [12.0, 14.0, 15.0, 24.0, 26.0, 27.0, 40.0, 41.0, 42.0, 50.0, 53.0, 80.0];
    let graded = by_axis(&totals, 3, 0.2);
    assert_eq!(graded.limits, [19.5, 33.5]);
    assert_eq!(graded.counts, [6, 3, 3]);
    // With a share that one unit has, 27 and 13 are the widest.
    assert_eq!(by_axis(&totals, 3, 0.03).limits, [33.5, 66.5]);
    // Four grades of a fifth: after 13 and 9 the gap of 8 at 46 leaves three units on each side.
    assert_eq!(by_axis(&totals, 4, 0.2).limits, [19.5, 33.5, 46.0]);
}

/// Areas 1, 1, 1, 1, 6 (of 10): with a share of 0.3 the widest gap, 50 (40–90), leaves 0.6 above and 0.4 below; three grades cannot be made.
/// By number (a fifth each) two units are needed, so 40–90 is passed over for 10 (30–40), the widest that leaves two.
#[test]
fn units_count_by_their_area() {
    let totals = [10.0, 20.0, 30.0, 40.0, 90.0];
    let areas = [1.0, 1.0, 1.0, 1.0, 6.0];
    let units = Units { areas: Some(&areas), ..Units::from(&totals) };
    assert_eq!(by_axis(units, 2, 0.3).limits, [65.0]);
    // 10–20–30–40: the two gaps that leave two units on each side are equally wide; the lower is cut.
    assert_eq!(by_axis(&totals, 2, 0.3).limits, [25.0]);
    let fault = grade(units, 3, &Method::NumberAxis { least_share: 0.3 }).unwrap_err();
    assert_eq!(fault.code, "breaks-infeasible");
    assert_eq!(fault.what.en, "the gaps between the totals allow 2 grades with 30 % of the area each, not 3");
}

/// In binary 0.3 − 0.2 is less than 0.2 − 0.1; in decimals they are equal, and the lower gap is cut.
#[test]
fn of_gaps_that_are_equal_in_decimals_the_lower_is_cut() {
    assert_eq!(by_axis(&[0.1, 0.2, 0.3], 2, 0.0).limits, [0.15]);
    assert_eq!(by_axis(&[0.1, 0.2, 0.3], 2, 0.0).grades, [2, 1, 1]);
}

#[test]
fn the_widest_gap_is_passed_over_where_it_would_leave_too_few_classes() {
    // Shares of a quarter: one unit each. The gap of 60 (10–70) splits one from three; three classes more fit above.
    assert_eq!(by_axis(&[10.0, 70.0, 72.0, 73.0], 4, 0.25).limits, [40.0, 71.0, 72.5]);
    // Shares of two units each: 60 lies behind the third of six; three classes would need two on each side of every cut.
    let totals = [1.0, 2.0, 3.0, 63.0, 64.0, 66.0];
    assert_eq!(by_axis(&totals, 2, 0.3).limits, [33.0]);
    assert_eq!(by_axis(&totals, 3, 0.3).limits, [2.5, 63.5]);
}

#[test]
fn what_the_axis_cannot_do_is_told() {
    let code = |totals: &[f64], grades, least_share| {
        grade(totals, grades, &Method::NumberAxis { least_share }).unwrap_err().code
    };
    assert_eq!(code(&[42.0; 7], 2, 0.0), "breaks-infeasible");
    assert_eq!(code(&[1.0, 2.0], 2, 1.0), "grade-share");
    assert_eq!(code(&[1.0, 2.0], 2, f64::NAN), "grade-share");
    let negative = Units { areas: Some(&[1.0, -1.0]), ..Units::from(&[1.0, 2.0]) };
    let fault = grade(negative, 2, &Method::NumberAxis { least_share: 0.1 }).unwrap_err();
    assert_eq!(fault.code, "area-not-usable");
    assert!(by_axis(&[], 5, 0.1).grades.is_empty());
    assert_eq!(by_axis(&[42.0; 7], 1, 0.5).counts, [7]);
}

/// Every choice of cuts, by brute force: those that leave each class its share, the one whose gaps, sorted from the widest, are the widest,
/// and of equal ones the lower. Areas and totals are whole numbers, so nothing is rounded.
fn every_choice(totals: &[i64], areas: &[i64], classes: usize, percent: i64) -> Option<Vec<f64>> {
    let mut values = totals.to_vec();
    values.sort_unstable();
    values.dedup();
    let weight =
        |value: i64| totals.iter().zip(areas).filter(|(total, _)| **total == value).map(|(_, area)| area).sum::<i64>();
    let whole: i64 = areas.iter().sum();
    let mut best: Option<Vec<(i64, i64)>> = None;
    for mask in 0_u32..1 << (values.len() - 1) {
        if mask.count_ones() as usize != classes - 1 {
            continue;
        }
        let cut = |at: usize| at > 0 && mask >> (at - 1) & 1 == 1;
        let (mut shares, mut gaps) = (vec![0], Vec::new());
        for (at, &value) in values.iter().enumerate() {
            if cut(at) {
                gaps.push((value - values[at - 1], -value));
                shares.push(0);
            }
            *shares.last_mut().unwrap() += weight(value);
        }
        gaps.sort_unstable_by(|a, b| b.cmp(a));
        if shares.iter().all(|share| share * 100 >= percent * whole) && best.as_ref().is_none_or(|best| gaps > *best) {
            best = Some(gaps);
        }
    }
    let mut limits: Vec<f64> = best?.iter().map(|(gap, value)| -*value as f64 - *gap as f64 / 2.0).collect();
    limits.sort_by(f64::total_cmp);
    Some(limits)
}

proptest! {
    #[test]
    fn the_cut_is_that_of_every_choice_tried(
        units in prop::collection::vec((0_i64..40, 1_i64..6), 2..12), classes in 1_u8..6, percent in 0_i64..45,
    ) {
        let (totals, areas): (Vec<i64>, Vec<i64>) = units.into_iter().unzip();
        let [given, weights] = [&totals, &areas].map(|list| list.iter().map(|n| *n as f64).collect::<Vec<f64>>());
        let units = Units { areas: Some(&weights), ..Units::from(&given) };
        let found = grade(units, classes, &Method::NumberAxis { least_share: percent as f64 / 100.0 });
        match every_choice(&totals, &areas, usize::from(classes), percent) {
            Some(limits) => prop_assert_eq!(found.unwrap().limits, limits),
            None => prop_assert_eq!(found.unwrap_err().code, "breaks-infeasible"),
        }
    }

    /// Every class has its share; units in another order get the same limits; a higher total never has a worse grade.
    #[test]
    fn every_class_has_its_share_whatever_the_order(
        units in prop::collection::vec((0.0_f64..100.0, 0.1_f64..9.0), 1..60), classes in 1_u8..7, share in 0.0_f64..0.2,
    ) {
        let (totals, areas): (Vec<f64>, Vec<f64>) = units.iter().copied().unzip();
        let method = Method::NumberAxis { least_share: share };
        let found = grade(Units { areas: Some(&areas), ..Units::from(&totals) }, classes, &method);
        let (turned, turned_areas): (Vec<f64>, Vec<f64>) = units.iter().rev().copied().unzip();
        let moved = grade(Units { areas: Some(&turned_areas), ..Units::from(&turned) }, classes, &method);
        prop_assert_eq!(found.as_ref().map(|graded| &graded.limits), moved.as_ref().map(|graded| &graded.limits));
        if let Ok(graded) = found {
            prop_assert_eq!(graded.limits.len(), usize::from(classes) - 1);
            let whole: f64 = areas.iter().sum();
            for grade in 1..=classes {
                let own: f64 = areas.iter().zip(&graded.grades).filter(|(_, own)| **own == grade).map(|(area, _)| area).sum();
                prop_assert!(own >= share * whole * (1.0 - 1e-9));
            }
            for (one, other) in totals.iter().zip(&graded.grades).flat_map(|a| totals.iter().zip(&graded.grades).map(move |b| (a, b))) {
                prop_assert!(one.0 < other.0 || one.1 <= other.1);
            }
        }
    }
}
