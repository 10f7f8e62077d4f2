use super::*;
use crate::project::plan::Way;

fn plan(least_area: f64, least_width: f64) -> MadeUnits {
    MadeUnits { way: Way::Grid { size: 100.0 }, least_area, least_width }
}

fn border(one: u32, other: u32, length: f64) -> Border {
    Border { one, other, length }
}

/// Piece 1 (10 m²) lies between 0 and 2 and shares the longer line with 2.
#[test]
fn a_small_piece_joins_along_the_longest_line() {
    let borders = [border(0, 1, 4.0), border(1, 2, 5.0), border(0, 2, 30.0)];
    let measured = Measured { areas: &[500.0, 10.0, 400.0], open: &[20.0, 3.0, 20.0], borders: &borders };
    assert_eq!(joined(&measured, &plan(50.0, 0.0)), [0, 2, 2]);
    assert_eq!(joined(&measured, &plan(5.0, 0.0)), [0, 1, 2]);
}

/// Pieces 1 and 2 of 30 m² each share 9 m: together they are 60 m², which is enough, and bear the name of the first of equals.
#[test]
fn slivers_that_are_enough_together_stay_a_unit() {
    let borders = [border(0, 1, 4.0), border(1, 2, 9.0), border(2, 3, 4.0)];
    let measured = Measured { areas: &[500.0, 30.0, 30.0, 500.0], open: &[0.0; 4], borders: &borders };
    assert_eq!(joined(&measured, &plan(50.0, 0.0)), [0, 2, 2, 3]);
}

/// A strip of 1 m × 100 m has 100 m² and a mean width of 2·100/202 = 0.99 m.
#[test]
fn a_narrow_piece_joins_however_long_it_is() {
    let measured = Measured { areas: &[10_000.0, 100.0], open: &[300.0, 102.0], borders: &[border(0, 1, 100.0)] };
    assert_eq!(joined(&measured, &plan(50.0, 0.99)), [0, 1]);
    assert_eq!(joined(&measured, &plan(50.0, 1.0)), [0, 0]);
}

#[test]
fn a_piece_with_nothing_beside_it_stays() {
    let measured = Measured { areas: &[500.0, 10.0], open: &[90.0, 13.0], borders: &[] };
    assert_eq!(joined(&measured, &plan(50.0, 2.0)), [0, 1]);
}
