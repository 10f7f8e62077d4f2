use super::*;

fn ring(points: &[(f64, f64)]) -> Vec<Point> {
    points.iter().map(|&(x, y)| Point::new(x, y)).collect()
}

#[test]
fn two_squares_become_one_oblong() {
    let left = ring(&[(0.0, 0.0), (10.0, 0.0), (10.0, 10.0), (0.0, 10.0)]);
    let right = ring(&[(10.0, 0.0), (20.0, 0.0), (20.0, 10.0), (10.0, 10.0)]);
    let union = union(&left, &right).unwrap();
    assert_eq!(area(&union), 200.0);
    assert_eq!(union.len(), 6);
    let (bent, other) = shifted(&left, &right, 0.2).unwrap();
    assert_eq!((area(&bent), area(&other)), (90.0, 110.0));
}

#[test]
fn squares_that_touch_at_a_corner_have_no_union() {
    let one = ring(&[(0.0, 0.0), (10.0, 0.0), (10.0, 10.0), (0.0, 10.0)]);
    let other = ring(&[(10.0, 10.0), (20.0, 10.0), (20.0, 20.0), (10.0, 20.0)]);
    assert_eq!(union(&one, &other), None);
}

#[test]
fn a_ring_that_crosses_or_touches_itself_is_not_well_shaped() {
    assert!(well_shaped(&ring(&[(0.0, 0.0), (10.0, 0.0), (10.0, 10.0), (5.0, 4.0), (0.0, 10.0)])));
    assert!(!well_shaped(&ring(&[(0.0, 0.0), (10.0, 0.0), (10.0, 10.0), (5.0, 0.1), (0.0, 10.0)])));
    assert!(!well_shaped(&ring(&[(0.0, 0.0), (10.0, 10.0), (10.0, 0.0), (0.0, 10.0)])));
    assert!(!well_shaped(&ring(&[(0.0, 0.0), (0.0, 10.0), (10.0, 10.0), (10.0, 0.0)])), "clockwise");
}

#[test]
fn the_centroid_of_an_l_is_that_of_its_two_oblongs() {
    // 20 × 10 about (10, 5) and 10 × 10 about (5, 15): (200·10 + 100·5)/300, (200·5 + 100·15)/300.
    let centre = centroid(&ring(&[(0.0, 0.0), (20.0, 0.0), (20.0, 10.0), (10.0, 10.0), (10.0, 20.0), (0.0, 20.0)]));
    assert!((centre.x - 25.0 / 3.0).abs() < 1e-12 && (centre.y - 25.0 / 3.0).abs() < 1e-12);
}
