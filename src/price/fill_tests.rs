use super::*;
use crate::price::model::Form;

/// All of the same premises, none with samples too few.
fn fill(prices: &[Option<f64>], rule: FillRule) -> (Vec<Option<f64>>, Vec<FillNote>) {
    super::fill(prices, &vec![0; prices.len()], &[], &[], rule)
}

fn note(grade: u8, method: FillMethod, sources: &[u8]) -> FillNote {
    FillNote { grade, kept: 0, method, sources: sources.to_vec(), converted: false, no_curve: false }
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

/// Dearer towards the worse grades: a curve through them would price the worst grade above all others.
#[test]
fn prices_in_the_wrong_order_are_not_continued() {
    let (prices, notes) = fill(&[Some(500.0), Some(700.0), None, None], FillRule::Interpolate);
    close(&prices[2..], &[700.0, 700.0]);
    assert_eq!(notes.iter().map(|note| note.method).collect::<Vec<_>>(), [FillMethod::Nearest; 2]);
}

#[test]
fn what_cannot_be_filled_stays_empty() {
    let one = [None, Some(5.0), None];
    assert_eq!(fill(&one, FillRule::Interpolate).0, [Some(5.0); 3], "with one price alone the nearest stands");
    assert_eq!(fill(&one, FillRule::Leave), (one.to_vec(), vec![]));
    for rule in [FillRule::NearestGrade, FillRule::Interpolate, FillRule::Leave] {
        assert_eq!(fill(&[None, None], rule), (vec![None, None], vec![]));
    }
}

/// The industrial prices of 柳河县 2016 (worked example W11), 171, 207 and 337 from the worst grade up, at grades 5, 4 and 2 of five. By
/// another way than the fit: with x = 1, 2, 4 and y = ln P, b = Σ(x − x̄)y / Σ(x − x̄)² = ((−4·ln 171 − ln 207 + 5·ln 337)/3) / (14/3).
#[test]
fn a_curve_through_the_grades_with_sales_prices_the_others() {
    let sold = [None, Some(337.0), None, Some(207.0), Some(171.0)];
    let (prices, notes) = fill(&sold, FillRule::Model(Form::Exponential));
    let slope = (-4.0 * 171f64.ln() - 207f64.ln() + 5.0 * 337f64.ln()) / 14.0;
    let start = (171f64.ln() + 207f64.ln() + 337f64.ln()) / 3.0 - slope * 7.0 / 3.0;
    let on = |rank: f64| (start + slope * rank).exp();
    close(&prices, &[on(5.0), 337.0, on(3.0), 207.0, 171.0]);
    assert_eq!(
        notes.iter().map(|note| (note.grade, &note.sources[..])).collect::<Vec<_>>(),
        [(1, &[2, 4, 5][..]), (3, &[2, 4, 5][..])]
    );
    assert!(notes[0].text().en.contains("on the curve through grades 2, 4, 5, P = "), "{}", notes[0].text().en);
}

/// By equal ratios then: √(900·500), √(500·700), 500, and 100·(100/500)^½ beyond the last.
#[test]
fn without_a_curve_that_rises_to_the_better_grade_prices_are_interpolated_and_say_so() {
    for (sold, filled) in [
        (vec![Some(900.0), None, Some(500.0)], (900.0 * 500.0_f64).sqrt()),
        (vec![Some(500.0), None, Some(700.0), Some(900.0)], (500.0 * 700.0_f64).sqrt()),
        (vec![Some(500.0), None, Some(500.0), Some(500.0)], 500.0),
        // The line falls below nothing at the worst grade: 100, 300, 500 from grade 3 up is −100 in grade 4.
        (vec![Some(500.0), Some(300.0), Some(100.0), None], 100.0 * 0.2_f64.sqrt()),
    ] {
        let (prices, notes) = fill(&sold, FillRule::Model(Form::Linear));
        let at = sold.iter().position(Option::is_none).unwrap();
        close(&prices[at..=at], &[filled]);
        assert!(matches!(notes[0].method, FillMethod::Interpolated | FillMethod::Extrapolated), "{:?}", notes[0]);
    }
}

/// 一级设定容积率 2.5,系数 1.075(其余 2.0,系数 1):最近级别二级 1000 元,换算 1000 × 1.075 = 1075。二、三级等比内插外推:1000²/800 × 1.075 = 1343.75。
#[test]
fn a_grade_with_premises_of_its_own_takes_the_others_brought_to_them() {
    let prices = [None, Some(1000.0), Some(800.0)];
    let filled = |times: &[f64], rule| {
        let relative: Vec<Relative> = times.iter().map(|times| Relative { times: *times, plus: 0.0 }).collect();
        super::fill(&prices, &[0, 5, 5], &[0, 1, 1], &relative, rule)
    };
    let (found, notes) = filled(&[1.075, 1.0, 1.0], FillRule::NearestGrade);
    assert!((found[0].unwrap() - 1075.0).abs() < 1e-9);
    assert!(
        notes[0].converted
            && notes[0].text().en.ends_with("brought to its own plot ratio and development by the corrections")
    );
    let (found, _) = filled(&[1.075, 1.0, 1.0], FillRule::Interpolate);
    assert!((found[0].unwrap() - 1343.75).abs() < 1e-9);
    // Where nothing tells how to bring them there, and where the project says so, it stays blank.
    assert_eq!(filled(&[], FillRule::NearestGrade).0[0], None);
    assert_eq!(filled(&[1.075, 1.0, 1.0], FillRule::Leave).0[0], None);
}

/// 一级七通一平、二级五通一平(少 60 元/㎡)、三级三通一平(少 150 元/㎡):3420 与 1114 换算到七通一平为 3420 与 1264,等比内插 √(3420·1264) = 2079.15,
/// 减 60 为 2019.15。换算后不为正的价格不作依据。
#[test]
fn a_grade_with_a_development_of_its_own_takes_the_others_with_what_services_cost() {
    let relative = [0.0, -60.0, -150.0].map(|plus| Relative { times: 1.0, plus });
    let prices = [Some(3420.0), None, Some(1114.0)];
    let (found, notes) = super::fill(&prices, &[3, 0, 3], &[0, 1, 2], &relative, FillRule::Interpolate);
    assert!((found[1].unwrap() - ((3420.0_f64 * 1264.0).sqrt() - 60.0)).abs() < 1e-9, "{found:?}");
    assert_eq!((found[0], found[2], notes[0].sources.as_slice()), (prices[0], prices[2], &[1, 3][..]));
    let dear = [0.0, 0.0, -5000.0].map(|plus| Relative { times: 1.0, plus });
    let (found, _) = super::fill(&[None, Some(100.0), None], &[0, 3, 0], &[0, 1, 2], &dear, FillRule::NearestGrade);
    assert_eq!((found[0], found[2]), (Some(100.0), None));
}
