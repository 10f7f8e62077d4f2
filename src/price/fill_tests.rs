use super::*;

fn note(grade: u8, method: FillMethod, sources: &[u8]) -> FillNote {
    FillNote { grade, method, sources: sources.to_vec() }
}

#[track_caller]
fn close(found: &[Option<f64>], expected: &[f64]) {
    assert_eq!(found.len(), expected.len());
    for (found, expected) in found.iter().zip(expected) {
        assert!((found.unwrap() - expected).abs() < 1e-9, "{found:?} is not {expected}");
    }
}

/// By hand, after the filling rule of the side-by-side job: grade 3 lies one step from 2 and from 4 and takes the better one, 2.
#[test]
fn an_empty_grade_takes_the_nearest_price_and_the_better_one_on_a_tie() {
    let (prices, notes) = fill(&[None, Some(900.0), None, Some(500.0), None], FillRule::NearestGrade);
    close(&prices, &[900.0, 900.0, 900.0, 500.0, 500.0]);
    let by = |grade, source| note(grade, FillMethod::Nearest, &[source]);
    assert_eq!(notes, [by(1, 2), by(3, 2), by(5, 4)]);
}

/// A filled grade is no source: grade 4 lies three steps from 1 and one from 5.
#[test]
fn only_prices_from_sales_are_sources() {
    let (prices, _) = fill(&[Some(900.0), None, None, None, Some(500.0)], FillRule::NearestGrade);
    close(&prices, &[900.0, 900.0, 900.0, 500.0, 500.0]);
}

/// By hand: 800 → 200 over two steps is 400 between; the mean ratio is 1/2 a step, so 1600 above and 100 below.
#[test]
fn equal_ratios_fill_between_and_continue_beyond() {
    let (prices, notes) = fill(&[None, Some(800.0), None, Some(200.0), None], FillRule::Interpolate);
    close(&prices, &[1600.0, 800.0, 400.0, 200.0, 100.0]);
    let expected = [
        note(1, FillMethod::Extrapolated, &[2, 4]),
        note(3, FillMethod::Interpolated, &[2, 4]),
        note(5, FillMethod::Extrapolated, &[2, 4]),
    ];
    assert_eq!(notes, expected);
}

/// The mean step ratio is that of the ends: 1000 → 500 → 250 → … with the middle off the curve, (250/1000)^½ = ½.
#[test]
fn the_mean_step_ratio_is_that_between_the_outermost_prices() {
    let (prices, notes) = fill(&[Some(1000.0), Some(700.0), Some(250.0), None], FillRule::Interpolate);
    close(&prices[3..], &[125.0]);
    assert_eq!(notes[0].sources, [1, 2, 3]);
}

#[test]
fn what_cannot_be_filled_stays_empty() {
    let one = [None, Some(5.0), None];
    assert_eq!(fill(&one, FillRule::Interpolate), (one.to_vec(), vec![]));
    assert_eq!(fill(&one, FillRule::Leave), (one.to_vec(), vec![]));
    for rule in [FillRule::NearestGrade, FillRule::Interpolate, FillRule::Leave] {
        assert_eq!(fill(&[None, None], rule), (vec![None, None], vec![]));
    }
}
