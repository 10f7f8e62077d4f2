//! The worked examples W11 and W12: published prices of 柳河县 2016 and a constructed sample, with the statistics computed beside them by
//! another program.

use super::*;

#[track_caller]
fn close(found: f64, expected: f64, tolerance: f64) {
    assert!((found - expected).abs() <= tolerance, "{found} is not {expected}");
}

/// Grades counted from the worst.
fn by_grade(prices: [f64; 3]) -> Vec<(f64, f64)> {
    (1..).map(f64::from).zip(prices).collect()
}

#[test]
fn w11_the_published_commercial_prices_lie_on_an_exponential_curve() {
    let fit = Fit::of(&by_grade([609.0, 900.0, 1357.0]), Form::Exponential).unwrap();
    close(libm::exp(fit.intercept), 406.616, 5e-4);
    close(libm::exp(fit.slope), 1.49273, 5e-6);
    close(fit.r2, 0.99979, 5e-6);
    close(fit.t, 69.18, 5e-3);
    close(fit.p, 0.0092, 5e-5);
    for (x, price) in [(1.0, 607.0), (2.0, 906.0), (3.0, 1352.5)] {
        close(fit.price(x), price, 0.1);
    }
}

#[test]
fn w11_three_grades_may_fit_well_and_yet_not_be_significant() {
    let residential = Fit::of(&by_grade([307.0, 476.0, 634.0]), Form::Exponential).unwrap();
    close(libm::exp(residential.slope), 1.43706, 5e-6);
    close(residential.r2, 0.98558, 5e-6);
    close(residential.p, 0.077, 5e-4);
    let industrial = Fit::of(&by_grade([171.0, 207.0, 337.0]), Form::Exponential).unwrap();
    close(industrial.r2, 0.94021, 5e-6);
    close(industrial.t, 3.97, 5e-3);
    close(industrial.p, 0.157, 5e-4);
    assert!(residential.p > 0.05 && industrial.p > 0.05);
}

fn w12() -> Vec<(f64, f64)> {
    let scores = [22.0, 27.0, 31.0, 36.0, 40.0, 45.0, 49.0, 54.0, 60.0, 67.0, 74.0, 83.0];
    let prices = [455.0, 520.0, 560.0, 640.0, 700.0, 820.0, 880.0, 1010.0, 1190.0, 1450.0, 1720.0, 2210.0];
    scores.into_iter().zip(prices).collect()
}

#[test]
fn w12_prices_over_scores_by_three_curves() {
    let linear = Fit::of(&w12(), Form::Linear).unwrap();
    close(linear.intercept, -324.7930, 5e-5);
    close(linear.slope, 27.300197, 5e-7);
    close(linear.r2, 0.94225, 5e-6);
    close(linear.t, 12.774, 5e-4);
    assert_eq!((linear.r2, linear.smearing), (linear.r2_price, 1.0));
    let exponential = Fit::of(&w12(), Form::Exponential).unwrap();
    close(libm::exp(exponential.intercept), 252.88253, 5e-6);
    close(exponential.slope, 0.025915472, 5e-10);
    close(exponential.r2, 0.99910, 5e-6);
    close(exponential.r2_price, 0.999154, 5e-7);
    close(exponential.t, 105.63, 5e-3);
    close(exponential.t * exponential.t, 11158.27, 5e-3);
    close(exponential.price(50.0), 923.99, 5e-3);
    close(exponential.smearing, 1.00010, 5e-6);
    let power = Fit::of(&w12(), Form::Power).unwrap();
    close(libm::exp(power.intercept), 10.0458, 5e-5);
    close(power.slope, 1.177825, 5e-7);
    close(power.r2, 0.95612, 5e-6);
    close(power.r2_price, 0.93704, 5e-6);
}

/// P = 100 + 50·ln x, met exactly: the slope beyond doubt.
#[test]
fn a_logarithmic_curve_through_its_own_points_is_found() {
    let points: Vec<(f64, f64)> = [1.0, 2.0, 4.0, 8.0].map(|x: f64| (x, 100.0 + 50.0 * libm::log(x))).to_vec();
    let fit = Fit::of(&points, Form::Logarithmic).unwrap();
    close(fit.intercept, 100.0, 1e-9);
    close(fit.slope, 50.0, 1e-9);
    close(fit.r2, 1.0, 1e-12);
    assert!(fit.p < 1e-12);
}

#[test]
fn two_points_one_place_or_one_price_give_no_curve() {
    for points in [
        vec![(1.0, 100.0), (2.0, 200.0)],
        vec![(1.0, 100.0), (1.0, 200.0), (1.0, 300.0)],
        vec![(1.0, 100.0), (2.0, 100.0), (3.0, 100.0)],
    ] {
        assert_eq!(Fit::of(&points, Form::Exponential), None);
    }
}
