use super::*;
use crate::land::transaction::Kind;
use crate::release::{Connotation, SampleRow};
use crate::review::fixture::{sale, sold};

/// Made by the law: 2000·R^0.6 in grade 1 and 900·R^0.6 in grade 2, once as sold and once corrected by a table. The power comes out either way.
#[test]
fn the_power_that_prices_were_made_with_comes_out() {
    let made = |corrected: bool| {
        let price = |grade: u8, ratio: f64| if grade == 1 { 2000.0 } else { 900.0 } * libm::pow(ratio, 0.6);
        let rows = (0..12).map(|at| {
            let (grade, ratio) = (1 + (at % 2) as u8, 0.8 + 0.2 * f64::from(at));
            let k = if corrected { libm::pow(2.0 / ratio, 0.6) } else { 1.0 };
            sale(grade, ratio, price(grade, ratio) * k, k, Kind::Grant)
        });
        power(&sold(rows.collect()), 0).unwrap()
    };
    for fit in [made(false), made(true)] {
        assert!((fit.power - 0.6).abs() < 1e-12 && (fit.r2 - 1.0).abs() < 1e-12, "{fit:?}");
        assert!(fit.usable && fit.samples == 12);
    }
    let flat = (0..12).map(|_| sale(1, 2.0, 1000.0, 1.0, Kind::Grant)).collect();
    assert_eq!(power(&sold(flat), 0), None);
}

/// By hand: slope of (0,0), (1,1), (2,1) with ln R and ln P as coordinates, four times over: Sxx = 8, Sxy = 4, Syy = 8/3: b = 0.5, R² = 0.75; of
/// 12 points less one grade less one, 10 degrees: s² = (8/3 − 2)/10, error = √(s²/8) = 0.0912871.
#[test]
fn the_error_of_the_power_is_that_of_the_textbook() {
    let points = [(0.0_f64, 0.0_f64), (1.0, 1.0), (2.0, 1.0)];
    let rows = (0..12).map(|at| {
        let (x, y) = points[at % 3];
        sale(1, x.exp(), y.exp(), 1.0, Kind::Grant)
    });
    let fit = power(&sold(rows.collect()), 0).unwrap();
    assert!((fit.power - 0.5).abs() < 1e-12 && (fit.r2 - 0.75).abs() < 1e-12, "{fit:?}");
    assert!((fit.error - 0.091_287_092_917_527_6).abs() < 1e-9, "{}", fit.error);
}

/// The release of samples, priced at the set plot ratio 2.
fn set_at_two(samples: Vec<SampleRow>, kind: &str) -> Release {
    let mut release = sold(samples);
    let premises = Connotation { plot_ratio: 2.0, kind: kind.to_string(), ..Connotation::UNKNOWN };
    release.uses[0].connotation = Some(premises);
    release
}

/// k = 1 + 0.3·(R − 2) up to 2 and 1 + 0.45·ln(R/2) above, levels 2000 and 900: both come out, whatever the samples were corrected by.
#[test]
fn the_straight_and_the_logarithmic_part_that_prices_were_made_with_come_out() {
    let k = |ratio: f64| if ratio <= 2.0 { 1.0 + 0.3 * (ratio - 2.0) } else { 1.0 + 0.45 * libm::log(ratio / 2.0) };
    let rows = (0..24).map(|at| {
        let (grade, ratio) = (1 + (at % 2) as u8, 0.6 + 0.2 * f64::from(at));
        let level = if grade == 1 { 2000.0 } else { 900.0 };
        sale(grade, ratio, level * k(ratio) * 1.25, 1.25, Kind::Grant)
    });
    let fit = linear_log(&set_at_two(rows.collect(), "ground"), 0).unwrap();
    assert!((fit.slope - 0.3).abs() < 1e-9 && (fit.c - 0.45).abs() < 1e-9, "{fit:?}");
    assert!((fit.r2_price - 1.0).abs() < 1e-12 && fit.usable && fit.samples == [7, 16], "{fit:?}");
    let one_side = (0..12).map(|at| sale(1, 2.0 + 0.1 * f64::from(at), 1000.0 + f64::from(at), 1.0, Kind::Grant));
    assert_eq!(linear_log(&set_at_two(one_side.collect(), "ground"), 0), None);
}

/// One grade, by hand: with the level A free, P/mean = A + A·s·(R − 2) + A·c·ln(R/2) is an ordinary regression on two variables. Prices
/// 1, 2, 2, 3, 5, 5 twice over at R = 1, 1, 2, 2, 2e, 2e: fitted means 1.5, 2.5, 5 give A = 2.5/m, A·s = 1/m, A·c = 2.5/m, so s = 0.4, c = 1;
/// of squares about the mean 3, 14 twice, 1 twice is left: R² = 13/14. Floor does not get cheaper with c = 1 just above 2: at 2e, 2/(2e) < 1/2 it does.
#[test]
fn one_grade_is_the_regression_of_the_textbook() {
    let at = [
        (1.0, 1.0),
        (1.0, 2.0),
        (2.0, 2.0),
        (2.0, 3.0),
        (2.0 * std::f64::consts::E, 5.0),
        (2.0 * std::f64::consts::E, 5.0),
    ];
    let rows = at.iter().chain(&at).map(|(ratio, price)| sale(1, *ratio, *price, 1.0, Kind::Grant));
    let fit = linear_log(&set_at_two(rows.collect(), "ground"), 0).unwrap();
    assert!((fit.slope - 0.4).abs() < 1e-9 && (fit.c - 1.0).abs() < 1e-9, "{fit:?}");
    assert!((fit.r2_price - 13.0 / 14.0).abs() < 1e-9 && fit.usable, "{fit:?}");
}

/// A price of floor that rises with the plot ratio, and one that falls slower than the land gains.
#[test]
fn prices_of_floor_fall_where_the_law_is_usable() {
    let made = |power: f64| {
        let rows = (0..20).map(|at| {
            let ratio = 1.0 + 0.2 * f64::from(at);
            sale(1, ratio, 1000.0 * libm::pow(ratio / 2.0, power) * (1.0 + 0.001 * f64::from(at % 3)), 1.0, Kind::Grant)
        });
        let release = set_at_two(rows.collect(), "floor");
        (power_usable(&release), linear_log(&release, 0).unwrap().usable)
    };
    assert_eq!(made(-0.4), (true, true));
    assert_eq!(made(0.4), (false, false));
    assert_eq!(made(-1.4), (false, false));
}

fn power_usable(release: &Release) -> bool {
    power(release, 0).unwrap().usable
}
