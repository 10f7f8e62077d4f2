use super::*;
use crate::land::random::Random;
use crate::space::{Kind, Shapes};

/// A star of many corners with a hole, and places in, on and around it.
#[test]
fn every_place_is_answered_as_without_bands() {
    let mut random = Random::new(7, &[]);
    let corner = |at: usize, count: usize, radius: f64| {
        let angle = at as f64 / count as f64 * std::f64::consts::TAU;
        Point::new(1000.0 + radius * libm::cos(angle), 2000.0 + radius * libm::sin(angle))
    };
    let mut shapes = Shapes::new(Kind::Polygon);
    let mut outer: Vec<Point> = (0..500).map(|at| corner(at, 500, if at % 2 == 0 { 300.0 } else { 200.0 })).collect();
    outer.push(outer[0]);
    let mut hole: Vec<Point> = (0..60).rev().map(|at| corner(at, 60, 50.0)).collect();
    hole.push(hole[0]);
    shapes.push_ring(&outer, true);
    shapes.push_ring(&hole, false);
    shapes.end_feature();
    let shape = shapes.get(0);
    let bands = Bands::new(shape);
    assert!(bands.per_metre > 0.0);
    let mut inside = 0;
    for _ in 0..20_000 {
        let place = Point::new(650.0 + random.unit() * 700.0, 1650.0 + random.unit() * 700.0);
        assert_eq!(bands.covers(place), covers(shape, place), "{place:?}");
        inside += u32::from(bands.covers(place));
    }
    assert!(inside > 3000, "{inside}");
    let middles = outer.windows(2).map(|pair| Point::new((pair[0].x + pair[1].x) / 2.0, (pair[0].y + pair[1].y) / 2.0));
    for place in outer.iter().copied().chain(middles).chain([Point::new(1000.0, 2300.0), Point::new(f64::NAN, 0.0)]) {
        assert_eq!(bands.covers(place), covers(shape, place), "{place:?}");
    }
}
