use super::*;
use crate::space::measure;

fn ring(points: &[(f64, f64)]) -> Vec<Point> {
    points.iter().map(|&(x, y)| Point::new(x, y)).collect()
}

fn extent(west: f64, south: f64, east: f64, north: f64) -> Extent {
    Extent { min: Point::new(west, south), max: Point::new(east, north) }
}

fn areas(shapes: &Shapes) -> Vec<f64> {
    shapes.iter().map(|shape| measure::area(shape)).collect()
}

/// A U of 30 × 30 with a notch of 10 × 20 from above: the box over its arms holds two pieces of 10 × 10.
#[test]
fn a_ring_that_leaves_the_box_and_comes_back_falls_into_parts() {
    let mut u = Shapes::new(Kind::Polygon);
    let outline = [
        (0.0, 0.0),
        (30.0, 0.0),
        (30.0, 30.0),
        (20.0, 30.0),
        (20.0, 10.0),
        (10.0, 10.0),
        (10.0, 30.0),
        (0.0, 30.0),
        (0.0, 0.0),
    ];
    u.push_ring(&ring(&outline), true);
    u.end_feature();
    let cut = to_box(u.get(0), extent(-5.0, 20.0, 35.0, 40.0));
    assert_eq!(measure::area(cut.get(0)), 200.0);
    let parts = parts(cut.get(0), 1e-6);
    assert_eq!(areas(&parts), [100.0, 100.0]);
    assert!(parts.iter().all(|part| part.ring_count() == 1 && part.points().len() == 5));
}

/// A box wholly in a hole is cut from the ring and from the hole alike: nothing is left of it.
#[test]
fn a_box_in_a_hole_holds_nothing() {
    let mut frame = Shapes::new(Kind::Polygon);
    let square = |low: f64, high: f64| ring(&[(low, low), (high, low), (high, high), (low, high), (low, low)]);
    frame.push_ring(&square(0.0, 100.0), true);
    frame.push_ring(&square(20.0, 80.0), false);
    frame.end_feature();
    let cut = to_box(frame.get(0), extent(30.0, 30.0, 60.0, 60.0));
    assert!(parts(cut.get(0), 1e-6).is_empty());
    // 50 × 50 less the hole's 30 × 30.
    let corner = to_box(frame.get(0), extent(0.0, 0.0, 50.0, 50.0));
    assert_eq!(areas(&parts(corner.get(0), 1e-6)), [1600.0]);
}

/// Two polygons of one feature side by side are one part.
#[test]
fn polygons_that_share_a_line_are_one_part() {
    let mut pair = Shapes::new(Kind::Polygon);
    pair.push_ring(&ring(&[(0.0, 0.0), (10.0, 0.0), (10.0, 10.0), (0.0, 10.0), (0.0, 0.0)]), true);
    pair.push_ring(&ring(&[(10.0, 0.0), (20.0, 0.0), (20.0, 10.0), (10.0, 10.0), (10.0, 0.0)]), true);
    pair.end_feature();
    assert_eq!(areas(&parts(pair.get(0), 1e-6)), [200.0]);
}
