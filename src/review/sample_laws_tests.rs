use super::*;
use crate::land::Text;
use crate::release::{Release, SampleDetail};
use crate::review::fixture;
use crate::space::Point;

fn sample(grade: u8, ratio: f64, corrected: f64, k: f64, kind: Kind) -> SampleRow {
    SampleRow {
        id: String::new(),
        place: Point::new(0.0, 0.0),
        use_index: 0,
        unit: String::new(),
        grade,
        price: corrected,
        date: String::new(),
        plot_ratio: ratio,
        term: f64::NAN,
        area: f64::NAN,
        k_date: 1.0,
        k_term: 1.0,
        k_plot_ratio: k,
        corrected,
        outcome: Text::default(),
        used: true,
        detail: SampleDetail { kind: kind.key().to_string(), development: 0.0, ..SampleDetail::default() },
    }
}

fn release(samples: Vec<SampleRow>) -> Release {
    let mut release = fixture::town(&[("1", 0, 50.0, 1)], &[("c", &[50.0])]);
    release.samples = samples;
    release
}

/// Made by the law: 2000·R^0.6 in grade 1 and 900·R^0.6 in grade 2, once as sold and once corrected by a table. The power comes out either way.
#[test]
fn the_power_that_prices_were_made_with_comes_out() {
    let made = |corrected: bool| {
        let price = |grade: u8, ratio: f64| if grade == 1 { 2000.0 } else { 900.0 } * libm::pow(ratio, 0.6);
        let rows = (0..12).map(|at| {
            let (grade, ratio) = (1 + (at % 2) as u8, 0.8 + 0.2 * f64::from(at));
            let k = if corrected { libm::pow(2.0 / ratio, 0.6) } else { 1.0 };
            sample(grade, ratio, price(grade, ratio) * k, k, Kind::Grant)
        });
        plot_ratio(&release(rows.collect()), 0).unwrap()
    };
    for fit in [made(false), made(true)] {
        assert!((fit.power - 0.6).abs() < 1e-12 && (fit.r2 - 1.0).abs() < 1e-12, "{fit:?}");
        assert!(fit.is_usable() && fit.samples == 12);
    }
    let flat = (0..12).map(|_| sample(1, 2.0, 1000.0, 1.0, Kind::Grant)).collect();
    assert_eq!(plot_ratio(&release(flat), 0), None);
}

/// By hand: slope of (0,0), (1,1), (2,1) with ln R and ln P as coordinates, four times over: Sxx = 8, Sxy = 4, Syy = 8/3: b = 0.5, R² = 0.75; of
/// 12 points less one grade less one, 10 degrees: s² = (8/3 − 2)/10, error = √(s²/8) = 0.0912871.
#[test]
fn the_error_of_the_power_is_that_of_the_textbook() {
    let points = [(0.0_f64, 0.0_f64), (1.0, 1.0), (2.0, 1.0)];
    let rows = (0..12).map(|at| {
        let (x, y) = points[at % 3];
        sample(1, x.exp(), y.exp(), 1.0, Kind::Grant)
    });
    let fit = plot_ratio(&release(rows.collect()), 0).unwrap();
    assert!((fit.power - 0.5).abs() < 1e-12 && (fit.r2 - 0.75).abs() < 1e-12, "{fit:?}");
    assert!((fit.error - 0.091_287_092_917_527_6).abs() < 1e-9, "{}", fit.error);
}

/// Leases a third below grants in both grades: five against five never overlap, so the share is 1 and p, two-sided, is that of two
/// of the 252 orders of five and five.
#[test]
fn sources_that_differ_are_told_by_ranks() {
    let rows = (0..10).map(|at| {
        let (grade, lease) = (1 + (at % 2) as u8, at >= 5);
        let level = if grade == 1 { 2000.0 } else { 1000.0 } + f64::from(at);
        sample(
            grade,
            2.0,
            if lease { level * 2.0 / 3.0 } else { level },
            1.0,
            if lease { Kind::GroundLease } else { Kind::Grant },
        )
    });
    let found = sources(&release(rows.collect()), 0);
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].one, found[0].other, found[0].counts), (Kind::Grant, Kind::GroundLease, (5, 5)));
    assert_eq!(found[0].share, 1.0);
    assert!((found[0].p - 2.0 / 252.0).abs() < 1e-12, "{}", found[0].p);
}
