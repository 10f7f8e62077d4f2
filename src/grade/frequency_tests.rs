use super::super::{Curve, Method, Units, Valley, grade};
use proptest::prelude::*;

fn curve(totals: &[f64], bin: f64, smoothing: f64) -> Curve {
    Curve::of(totals, bin, smoothing).unwrap()
}

/// Twelve totals in bins of 1: 10 three times, 11 twice, 12 once, 13 four times, 16 twice. Bins from 9 (one empty bin at each end, as the
/// kernel reaches nowhere): 0 3 2 1 4 0 0 2 0. Without smoothing the valleys are bin 12 (1 between 3 and 4, depth 2, middle 12.5) and the
/// floor of bins 14 and 15 (0 between 4 and 2, depth 2, middle 15).
#[test]
fn valleys_lie_in_the_middle_of_their_floor_and_are_as_deep_as_their_lower_rim() {
    let totals = [10.0, 10.2, 10.9, 11.0, 11.5, 12.0, 13.0, 13.1, 13.2, 13.9, 16.0, 16.999];
    let curve = curve(&totals, 1.0, 0.0);
    assert_eq!((curve.start, curve.raw.clone()), (9.0, vec![0.0, 3.0, 2.0, 1.0, 4.0, 0.0, 0.0, 2.0, 0.0]));
    assert_eq!(curve.smoothed, curve.raw);
    assert_eq!(curve.valleys, [Valley { at: 12.5, depth: 2.0 }, Valley { at: 15.0, depth: 2.0 }]);
    let method = |grades| grade(&totals, grades, &Method::FrequencyCurve { bin: 1.0, smoothing: 0.0 });
    assert_eq!(method(3).unwrap().limits, [12.5, 15.0]);
    assert_eq!(method(3).unwrap().counts, [2, 4, 6]);
    // Equally deep: the lower is cut.
    assert_eq!(method(2).unwrap().limits, [12.5]);
    let fault = method(4).unwrap_err();
    assert_eq!(fault.code, "too-few-valleys");
    assert_eq!(fault.what.en, "valleys of the frequency curve: 2; 4 grades need 3");
}

/// Heights 9 1 3 1 9 in bins of 10 from 0: of the two floors of 1 the lower one counts down to the rim of 9, the other only to the 3
/// between them.
#[test]
fn of_two_valleys_on_one_level_the_lower_is_the_deep_one() {
    let areas = [9.0, 1.0, 3.0, 1.0, 9.0];
    let totals = [5.0, 15.0, 25.0, 35.0, 45.0];
    let curve = Curve::of(Units { areas: Some(&areas), ..Units::from(&totals) }, 10.0, 0.0).unwrap();
    assert_eq!(curve.valleys, [Valley { at: 15.0, depth: 8.0 }, Valley { at: 35.0, depth: 2.0 }]);
    let lower = [9.0, 2.0, 3.0, 1.0, 9.0];
    let curve = Curve::of(Units { areas: Some(&lower), ..Units::from(&totals) }, 10.0, 0.0).unwrap();
    assert_eq!(curve.valleys.iter().map(|valley| valley.depth).collect::<Vec<_>>(), [1.0, 8.0]);
}

/// One unit in bin 50, smoothed by one bin: the weights e^(−k²/2), k = 0 … 4, over their sum 1 + 2·(0.60653066 + 0.13533528 + 0.01110900 +
/// 0.00033546) = 2.50662081.
#[test]
fn the_kernel_is_a_gaussian_of_the_stated_width() {
    let curve = curve(&[50.0], 1.0, 1.0);
    assert_eq!((curve.start, curve.raw.len()), (45.0, 11));
    let expected = [1.0, 0.606_530_66, 0.135_335_28, 0.011_109, 0.000_335_46].map(|weight| weight / 2.506_620_81);
    for (away, weight) in expected.into_iter().enumerate() {
        assert!((curve.smoothed[5 + away] - weight).abs() < 1e-8, "{away}");
        assert_eq!(curve.smoothed[5 + away].to_bits(), curve.smoothed[5 - away].to_bits());
    }
    assert!(curve.valleys.is_empty());
}

/// In binary 0.3/0.1 is 2.9999999999999996; the total 0.3 is in the bin that starts at 0.3.
#[test]
fn a_total_on_the_edge_of_a_bin_is_in_the_bin_above() {
    let curve = curve(&[0.1, 0.3], 0.1, 0.0);
    assert_eq!((curve.start, curve.raw), (0.0, vec![0.0, 1.0, 0.0, 1.0, 0.0]));
}

#[test]
fn what_the_curve_cannot_do_is_told() {
    let code = |bin, smoothing| Curve::of(&[1.0, 2.0], bin, smoothing).unwrap_err().code;
    for (bin, smoothing) in
        [(0.0, 1.0), (-1.0, 1.0), (f64::NAN, 1.0), (1.0, -1.0), (1.0, f64::NAN), (1e-6, 0.0), (1.0, 1e9)]
    {
        assert_eq!(code(bin, smoothing), "grade-bins", "{bin} {smoothing}");
    }
    assert!(curve(&[], 1.0, 2.0).raw.is_empty());
    let method = Method::FrequencyCurve { bin: 1.0, smoothing: 2.0 };
    assert!(grade(&[], 5, &method).unwrap().grades.is_empty());
    assert_eq!(grade(&[7.0; 3], 1, &method).unwrap().counts, [3]);
    assert_eq!(grade(&[7.0; 3], 2, &method).unwrap_err().code, "too-few-valleys");
}

proptest! {
    /// Smoothing moves ground, it makes none; the order of the units changes no digit; limits ascend and stand in valleys.
    #[test]
    fn smoothing_keeps_the_area_and_the_order_of_units_changes_nothing(
        units in prop::collection::vec((0.0_f64..100.0, 0.1_f64..9.0), 1..80), smoothing in 0.0_f64..6.0, grades in 1_u8..5,
    ) {
        let (totals, areas): (Vec<f64>, Vec<f64>) = units.iter().copied().unzip();
        let (turned, turned_areas): (Vec<f64>, Vec<f64>) = units.iter().rev().copied().unzip();
        let [one, other] = [(&totals, &areas), (&turned, &turned_areas)]
            .map(|(totals, areas)| Units { areas: Some(areas), ..Units::from(totals) });
        let curve = Curve::of(one, 1.0, smoothing).unwrap();
        prop_assert_eq!(&curve, &Curve::of(other, 1.0, smoothing).unwrap());
        let [raw, smoothed] = [&curve.raw, &curve.smoothed].map(|bins| bins.iter().sum::<f64>());
        prop_assert!((raw - smoothed).abs() < 1e-9 * raw);
        let method = Method::FrequencyCurve { bin: 1.0, smoothing };
        let found = grade(one, grades, &method);
        let moved = grade(other, grades, &method);
        prop_assert_eq!(found.as_ref().map(|graded| &graded.limits), moved.as_ref().map(|graded| &graded.limits));
        if let Ok(graded) = found {
            prop_assert!(graded.limits.windows(2).all(|pair| pair[0] < pair[1]));
            prop_assert!(graded.limits.iter().all(|limit| curve.valleys.iter().any(|valley| valley.at == *limit)));
        }
    }
}

/// Three heaps of totals about 20, 50 and 80: the strongest smoothing keeps a valley between each, and only there; the bins follow the range.
#[test]
fn where_nothing_is_stated_the_strongest_smoothing_with_enough_valleys_is_taken() {
    let heap = |middle: f64, scale: f64| (0..41).map(move |at| (middle + f64::from(at - 20) * 0.25) * scale);
    for scale in [1.0, 1e6, 1e-4] {
        let totals: Vec<f64> = [20.0, 50.0, 80.0].iter().flat_map(|&middle| heap(middle, scale)).collect();
        let (bin, smoothing) = super::usual(totals.as_slice(), 3).unwrap();
        assert!((bin / scale - 0.2).abs() < 1e-9, "{bin}");
        let curve = Curve::of(totals.as_slice(), bin, smoothing).unwrap();
        assert_eq!(curve.valleys.len(), 2);
        assert!((curve.valleys[0].at / scale - 35.0).abs() < 1.0 && (curve.valleys[1].at / scale - 65.0).abs() < 1.0);
        // One step stronger is the strongest there is, a tenth of the range.
        assert!((smoothing / scale - 7.0).abs() < 1e-9, "{smoothing}");
    }
    assert_eq!(super::usual(&[5.0, 5.0][..], 2), None);
    // More limits than the numbers can have valleys.
    assert_eq!(super::usual(&[1.0, 2.0, 3.0][..], 30), None);
}
