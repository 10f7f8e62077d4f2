use super::super::{Kind, Point, measure};
use super::*;
use proptest::prelude::*;

fn square(x: f64, y: f64, side: f64) -> Vec<Point> {
    [(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0), (0.0, 0.0)]
        .map(|(dx, dy)| Point::new(x + dx * side, y + dy * side))
        .to_vec()
}

fn layer(squares: &[(f64, f64, f64)]) -> Shapes {
    let mut shapes = Shapes::new(Kind::Polygon);
    for &(x, y, side) in squares {
        shapes.push_ring(&square(x, y, side), true);
        shapes.end_feature();
    }
    shapes
}

/// What two upright squares share: the product of the lengths their sides have in common.
fn common(one: (f64, f64, f64), other: (f64, f64, f64)) -> f64 {
    let along = |a: f64, b: f64| ((a + one.2).min(b + other.2) - a.max(b)).max(0.0);
    along(one.0, other.0) * along(one.1, other.1)
}

proptest! {
    #[test]
    fn the_shares_are_those_of_every_pair_whatever_was_asked_before(
        zones in proptest::collection::vec((-500i32..500, -500i32..500, 1i32..600), 1..8),
        units in proptest::collection::vec((-600i32..600, -600i32..600, 1i32..40), 1..40),
    ) {
        let squares = |rows: &[(i32, i32, i32)]| -> Vec<(f64, f64, f64)> {
            rows.iter().map(|&(x, y, side)| (f64::from(x), f64::from(y), f64::from(side))).collect()
        };
        let (zones, units) = (squares(&zones), squares(&units));
        let (large, small) = (layer(&zones), layer(&units));
        let shares = Shares::new(&large);
        let mut kept = Nearby::default();
        for (unit, &square) in units.iter().enumerate() {
            let shape = small.get(unit);
            let found = shares.of(&mut kept, shape, measure::area(shape));
            prop_assert_eq!(&found, &shares.of(&mut Nearby::default(), shape, measure::area(shape)), "bit by bit");
            let wanted: Vec<u32> = (0..zones.len() as u32).filter(|&zone| common(square, zones[zone as usize]) > 0.0).collect();
            prop_assert_eq!(found.iter().map(|(zone, _)| *zone).collect::<Vec<u32>>(), wanted);
            for (zone, area) in found {
                prop_assert!((area - common(square, zones[zone as usize])).abs() < 1e-6);
            }
        }
    }
}
