use super::*;
use crate::space::{Kind, Shape};
use geo::{Area, BooleanOps, Coord, LineString, MultiPolygon, Polygon, Validation, unary_union};
use proptest::prelude::*;

fn shapes(rings: &[&[(f64, f64)]]) -> Shapes {
    let mut shapes = Shapes::new(Kind::Polygon);
    for ring in rings {
        let mut points: Vec<Point> = ring.iter().map(|&(x, y)| Point::new(x, y)).collect();
        points.push(points[0]);
        shapes.push_ring(&points, true);
        shapes.end_feature();
    }
    shapes
}

fn cell(x: f64, y: f64, w: f64, h: f64) -> [(f64, f64); 4] {
    [(x, y), (x + w, y), (x + w, y + h), (x, y + h)]
}

fn coverage(shapes: &Shapes) -> Coverage {
    let order: Vec<u32> = (0..shapes.len() as u32).collect();
    Coverage::new(shapes, &order, 0.001)
}

fn polygon(shape: Shape<'_>) -> Polygon {
    let line = |points: &[Point]| LineString::new(points.iter().map(|p| Coord { x: p.x, y: p.y }).collect());
    let mut rings = shape.rings();
    let exterior = line(rings.next().unwrap().points);
    Polygon::new(exterior, rings.map(|ring| line(ring.points)).collect())
}

/// Zones as valid polygons of geo, by label.
fn checked(zones: &Zones) -> Vec<(u32, Polygon)> {
    let polygons: Vec<_> = zones.labels.iter().copied().zip(zones.shapes.iter().map(polygon)).collect();
    polygons
        .iter()
        .for_each(|(_, polygon)| assert!(polygon.is_valid(), "{:?} {polygon:?}", polygon.check_validation()));
    polygons
}

#[test]
fn an_edge_that_passes_a_neighbours_corner_is_shared_all_the_same() {
    // A wide rectangle below two narrow ones: its upper side has no vertex where they meet.
    let shapes = shapes(&[&cell(0.0, 0.0, 10.0, 2.0), &cell(0.0, 2.0, 4.0, 3.0), &cell(4.0, 2.0, 6.0, 3.0)]);
    let coverage = coverage(&shapes);
    let borders = coverage.borders();
    let found: Vec<_> = borders.iter().map(|b| (b.one, b.other, b.length)).collect();
    assert_eq!(found, [(0, 1, 4.0), (0, 2, 6.0), (1, 2, 3.0)]);
    assert_eq!(coverage.open_lengths(), [14.0, 7.0, 9.0]);
    let zones = coverage.dissolve(&[1, 1, 1], 0.0);
    assert_eq!(zones.labels, [1]);
    assert_eq!(checked(&zones)[0].1.unsigned_area(), 50.0);
    assert_eq!(zones.shapes.get(0).ring_count(), 1);
}

#[test]
fn vertices_a_millimetre_apart_are_one() {
    let near = [(10.0, 0.0004), (20.0, 0.0), (20.0, 10.0), (10.0, 9.9996)];
    let zones = coverage(&shapes(&[&cell(0.0, 0.0, 10.0, 10.0), &near])).dissolve(&[3, 3], 0.0);
    assert_eq!(zones.labels, [3]);
    assert_eq!(zones.shapes.get(0).ring_count(), 1);
}

/// Nine cells, the middle one of another label: a ring and what fills it.
#[test]
fn a_label_inside_another_makes_a_hole_of_exactly_its_shape() {
    let cells: Vec<[(f64, f64); 4]> = (0..9).map(|n| cell(f64::from(n % 3), f64::from(n / 3), 1.0, 1.0)).collect();
    let cells: Vec<&[(f64, f64)]> = cells.iter().map(|cell| cell.as_slice()).collect();
    let zones = coverage(&shapes(&cells)).dissolve(&[1, 1, 1, 1, 2, 1, 1, 1, 1], 0.0);
    let polygons = checked(&zones);
    assert_eq!(zones.labels, [1, 2]);
    assert_eq!((polygons[0].1.interiors().len(), polygons[0].1.unsigned_area()), (1, 8.0));
    assert_eq!(polygons[1].1.unsigned_area(), 1.0);
}

#[test]
fn cells_that_touch_at_a_corner_only_are_two_polygons() {
    let cells =
        [cell(0.0, 0.0, 1.0, 1.0), cell(1.0, 1.0, 1.0, 1.0), cell(1.0, 0.0, 1.0, 1.0), cell(0.0, 1.0, 1.0, 1.0)];
    let cells: Vec<&[(f64, f64)]> = cells.iter().map(|cell| cell.as_slice()).collect();
    let zones = coverage(&shapes(&cells)).dissolve(&[1, 1, 2, 2], 0.0);
    assert_eq!(zones.labels, [1, 1, 2, 2]);
    checked(&zones);
}

/// A ring of eight cells whose middle touches the missing corner cell: the hole meets the exterior at one vertex.
#[test]
fn a_hole_that_touches_the_exterior_stays_a_hole() {
    let cells: Vec<[(f64, f64); 4]> = (0..9).map(|n| cell(f64::from(n % 3), f64::from(n / 3), 1.0, 1.0)).collect();
    let cells: Vec<&[(f64, f64)]> = cells.iter().map(|cell| cell.as_slice()).collect();
    let zones = coverage(&shapes(&cells)).dissolve(&[0, 1, 1, 1, 0, 1, 1, 1, 1], 0.0);
    let polygons = checked(&zones);
    assert_eq!(zones.labels, [1]);
    assert_eq!((polygons[0].1.interiors().len(), polygons[0].1.unsigned_area()), (1, 7.0));
}

/// Two cells side by side with a ragged line of 21 vertices between them, ±0.4 m off the straight one.
#[test]
fn a_line_between_labels_is_simplified_once_for_both() {
    let ragged: Vec<(f64, f64)> =
        (0..=20).map(|n| (10.0 + if n % 20 == 0 { 0.0 } else { [0.4, -0.4][n % 2] }, n as f64)).collect();
    let mut left = vec![(0.0, 20.0), (0.0, 0.0)];
    left.extend(&ragged);
    let mut right: Vec<(f64, f64)> = ragged.iter().rev().copied().collect();
    right.extend([(20.0, 0.0), (20.0, 20.0)]);
    let coverage = coverage(&shapes(&[&left, &right]));
    let exact = coverage.dissolve(&[1, 2], 0.0);
    assert_eq!(exact.shapes.point_count(), 48);
    let zones = coverage.dissolve(&[1, 2], 0.5);
    let areas: Vec<f64> = checked(&zones).iter().map(|(_, polygon)| polygon.unsigned_area()).collect();
    assert_eq!(zones.shapes.point_count(), 10);
    assert_eq!(areas, [200.0, 200.0]);
}

/// A thin band between two lines: straightened, the lines would fall together.
#[test]
fn lines_that_would_cross_are_simplified_less() {
    let bent = |offset: f64| -> Vec<(f64, f64)> { vec![(0.0, 0.0), (5.0, 2.0 + offset), (10.0, 0.0)] };
    let mut below = vec![(0.0, -5.0), (10.0, -5.0)];
    below.extend(bent(0.0).into_iter().rev());
    let mut band = bent(0.0);
    band.push((5.0, 2.2));
    let mut above = bent(0.2);
    above.extend([(10.0, 10.0), (0.0, 10.0)]);
    let coverage = coverage(&shapes(&[&below, &band, &above]));
    let zones = coverage.dissolve(&[1, 2, 3], 50.0);
    let polygons = checked(&zones);
    assert_eq!(zones.labels, [1, 2, 3]);
    let total: f64 = polygons.iter().map(|(_, polygon)| polygon.unsigned_area()).sum();
    assert!((total - 150.0).abs() < 1e-9, "{total}");
    for (at, (_, one)) in polygons.iter().enumerate() {
        for (_, other) in &polygons[at + 1..] {
            assert!(one.intersection(other).unsigned_area() < 1e-9);
        }
    }
}

/// An island of another label in the bay of a line that is cut off straight: the line would leave the island on its other side.
#[test]
fn a_line_that_would_pass_over_an_island_is_simplified_less() {
    // The upper cell reaches down into a bay of the lower one; a small cell lies in the bay, 1 m off its shore.
    let shore = [(0.0, 10.0), (4.0, 10.0), (4.0, 4.0), (12.0, 4.0), (12.0, 10.0), (16.0, 10.0)];
    let mut lower = vec![(16.0, 0.0), (0.0, 0.0)];
    lower.extend(shore);
    lower.reverse();
    let island = cell(5.0, 5.0, 6.0, 4.0);
    // The upper cell in two halves, so that the island is a hole between neighbours and not of one ring.
    let left = [
        (0.0, 10.0),
        (4.0, 10.0),
        (4.0, 4.0),
        (8.0, 4.0),
        (8.0, 5.0),
        (5.0, 5.0),
        (5.0, 9.0),
        (8.0, 9.0),
        (8.0, 20.0),
        (0.0, 20.0),
    ];
    let right = [
        (8.0, 4.0),
        (12.0, 4.0),
        (12.0, 10.0),
        (16.0, 10.0),
        (16.0, 20.0),
        (8.0, 20.0),
        (8.0, 9.0),
        (11.0, 9.0),
        (11.0, 5.0),
        (8.0, 5.0),
    ];
    let zones = coverage(&shapes(&[&lower, &left, &right, &island])).dissolve(&[1, 2, 2, 3], 40.0);
    let polygons = checked(&zones);
    let total: f64 = polygons.iter().map(|(_, polygon)| polygon.unsigned_area()).sum();
    assert!((total - 320.0).abs() < 1e-9, "{total}");
    for (at, (_, one)) in polygons.iter().enumerate() {
        for (_, other) in &polygons[at + 1..] {
            assert!(one.intersection(other).unsigned_area() < 1e-9);
        }
    }
    let hole = polygons.iter().find(|(label, _)| *label == 2).unwrap().1.interiors().len();
    assert_eq!(hole, 1, "the island stays inside");
}

/// Cells of a grid with ragged columns: rows are cut at different places, so that hardly any corner meets another.
fn ragged(cuts: &[Vec<f64>]) -> Shapes {
    let mut cells = Vec::new();
    for (row, cuts) in cuts.iter().enumerate() {
        let mut cuts: Vec<f64> = cuts.iter().map(|cut| (cut * 1000.0).round() / 10.0).collect();
        cuts.extend([0.0, 100.0]);
        cuts.sort_by(f64::total_cmp);
        cuts.dedup();
        cells.extend(cuts.windows(2).map(|pair| cell(pair[0], row as f64 * 10.0, pair[1] - pair[0], 10.0)));
    }
    let cells: Vec<&[(f64, f64)]> = cells.iter().map(|cell| cell.as_slice()).collect();
    shapes(&cells)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// The oracle is the union of geo (i_overlay), which knows nothing of shared edges.
    #[test]
    fn what_is_dissolved_is_the_union_and_nothing_overlaps(
        cuts in prop::collection::vec(prop::collection::vec(0.0..1.0f64, 0..6), 1..6),
        seed in prop::collection::vec(0u32..4, 60),
        tolerance in prop::sample::select(vec![0.0, 3.0, 40.0]),
    ) {
        let shapes = ragged(&cuts);
        let labels: Vec<u32> = (0..shapes.len()).map(|at| seed[at % seed.len()]).collect();
        let coverage = coverage(&shapes);
        let exact = coverage.dissolve(&labels, 0.0);
        let polygons = checked(&exact);
        for label in 1..4u32 {
            let members: Vec<Polygon> =
                (0..shapes.len()).filter(|&at| labels[at] == label).map(|at| polygon(shapes.get(at))).collect();
            let union: MultiPolygon = unary_union(&members);
            let found: Vec<&Polygon> = polygons.iter().filter(|(of, _)| *of == label).map(|(_, p)| p).collect();
            let area: f64 = found.iter().map(|polygon| polygon.unsigned_area()).sum();
            prop_assert!((area - union.unsigned_area()).abs() < 1e-4, "{} {}", area, union.unsigned_area());
            let members: f64 = members.iter().map(|polygon| polygon.unsigned_area()).sum();
            prop_assert!((area - members).abs() < 1e-4);
        }
        let simplified = coverage.dissolve(&labels, tolerance);
        prop_assert_eq!(&simplified.labels, &exact.labels);
        let polygons = checked(&simplified);
        for (at, (_, one)) in polygons.iter().enumerate() {
            for (_, other) in &polygons[at + 1..] {
                prop_assert!(one.intersection(other).unsigned_area() < 1e-4);
            }
        }
    }

    /// The order features are taken in changes numbers inside, not what comes out.
    #[test]
    fn the_order_of_features_changes_no_area_and_no_border(
        cuts in prop::collection::vec(prop::collection::vec(0.0..1.0f64, 0..6), 1..6),
    ) {
        let shapes = ragged(&cuts);
        let forward: Vec<u32> = (0..shapes.len() as u32).collect();
        let backward: Vec<u32> = forward.iter().rev().copied().collect();
        let one = Coverage::new(&shapes, &forward, 0.001);
        let other = Coverage::new(&shapes, &backward, 0.001);
        for (one, other) in one.borders().iter().zip(other.borders()) {
            prop_assert_eq!((one.one, one.other), (other.one, other.other));
            prop_assert!((one.length - other.length).abs() < 1e-9);
        }
        prop_assert_eq!(one.borders().len(), other.borders().len());
        let open = |coverage: &Coverage| coverage.open_lengths().iter().sum::<f64>();
        prop_assert!((open(&one) - open(&other)).abs() < 1e-6);
    }
}

/// Two blocks of two parcels, a street of 10 m between: each gets 5 m of it, and the line between east and west runs on across it.
#[test]
fn a_street_is_shared_along_its_middle_line() {
    let shapes = shapes(&[
        &cell(0.0, 0.0, 30.0, 20.0),
        &cell(30.0, 0.0, 30.0, 20.0),
        &cell(0.0, 30.0, 30.0, 20.0),
        &cell(30.0, 30.0, 30.0, 20.0),
    ]);
    let mut coverage = coverage(&shapes);
    let closed = coverage.close_gaps(12.0, None);
    assert_eq!(closed, Closed { area: 600.0, crossing: 0 });
    let zones = coverage.dissolve(&[1, 1, 2, 2], 0.0);
    let areas: Vec<f64> = checked(&zones).iter().map(|(_, polygon)| polygon.unsigned_area()).collect();
    assert_eq!((zones.labels, areas), (vec![1, 2], vec![1500.0, 1500.0]));
    let borders = coverage.borders();
    assert_eq!(borders.len(), 5, "{borders:?}");
}

#[test]
fn a_gap_wider_than_asked_for_stays_open() {
    let shapes = shapes(&[&cell(0.0, 0.0, 30.0, 20.0), &cell(0.0, 30.0, 30.0, 20.0)]);
    let mut coverage = coverage(&shapes);
    assert_eq!(coverage.close_gaps(9.9, None), Closed::default());
    // What was cut for the search is whole again.
    assert_eq!(coverage.dissolve(&[1, 1], 0.0).shapes.point_count(), 10);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// Parcels shrunk away from each other: closing gives ground back, nothing overlaps, and every zone is valid.
    #[test]
    fn closed_gaps_are_shared_without_gap_or_overlap(
        cuts in prop::collection::vec(prop::collection::vec(0.0..1.0f64, 0..5), 1..5),
        seed in prop::collection::vec(1u32..4, 60),
        street in 0.2..3.0f64,
    ) {
        let whole = ragged(&cuts);
        let mut shapes = Shapes::new(Kind::Polygon);
        for shape in whole.iter().filter(|shape| shape.extent().width() > 8.0) {
            let extent = shape.extent();
            let (w, h) = (extent.width() - street, extent.height() - street);
            let mut ring: Vec<Point> =
                cell(extent.min.x + street / 2.0, extent.min.y + street / 2.0, w, h).iter().map(|&(x, y)| Point::new(x, y)).collect();
            ring.push(ring[0]);
            shapes.push_ring(&ring, true);
            shapes.end_feature();
        }
        let labels: Vec<u32> = (0..shapes.len()).map(|at| seed[at % seed.len()]).collect();
        let mut coverage = coverage(&shapes);
        let closed = coverage.close_gaps(street * 1.1, None);
        prop_assert_eq!(closed.crossing, 0);
        let polygons = checked(&coverage.dissolve(&labels, 0.0));
        let units: f64 = shapes.iter().map(measure::area).sum();
        let zones: f64 = polygons.iter().map(|(_, polygon)| polygon.unsigned_area()).sum();
        prop_assert!((zones - units - closed.area).abs() < 1e-4, "{} {} {}", zones, units, closed.area);
        for (at, (_, one)) in polygons.iter().enumerate() {
            for (_, other) in &polygons[at + 1..] {
                prop_assert!(one.intersection(other).unsigned_area() < 1e-4);
            }
        }
        for (shape, of_shape) in labels.iter().enumerate() {
            let own: f64 = polygons.iter().filter(|(label, _)| *label == *of_shape)
                .map(|(_, zone)| zone.intersection(&polygon(shapes.get(shape))).unsigned_area()).sum();
            let area = measure::area(shapes.get(shape));
            prop_assert!((own - area).abs() < 1e-4, "{} {}", own, area);
        }
    }
}

/// Three squares of 10 m: A and B side by side, C on top of both. A|B 10 m, A|C and B|C 10 m each; labels join A and B to one.
#[test]
fn lines_between_labels_run_end_to_end_with_the_smaller_label_to_the_left() {
    let mut shapes = Shapes::new(crate::space::Kind::Polygon);
    for [west, south, east, north] in [[0.0, 0.0, 10.0, 10.0], [10.0, 0.0, 20.0, 10.0], [0.0, 10.0, 20.0, 20.0]] {
        let corners = [(west, south), (east, south), (east, north), (west, north), (west, south)];
        shapes.push_ring(&corners.map(|(x, y)| Point::new(x, y)), true);
        shapes.end_feature();
    }
    let at = |order: &[u32]| Coverage::new(&shapes, order, 0.01);
    let units = at(&[0, 1, 2]).lines(&[0, 1, 2], |_, _| true);
    assert_eq!(
        units.iter().map(|line| (line.one, line.other, line.length)).collect::<Vec<_>>(),
        [(0, 1, 10.0), (0, 2, 10.0), (1, 2, 10.0)]
    );
    // From east to west along y = 10: A and B lie to the left of it.
    let joined = at(&[0, 1, 2]).lines(&[7, 7, 9], |_, _| true);
    assert_eq!(joined.len(), 1);
    assert_eq!(joined[0].paths, [vec![Point::new(20.0, 10.0), Point::new(10.0, 10.0), Point::new(0.0, 10.0)]]);
    assert_eq!(joined, at(&[2, 1, 0]).lines(&[7, 7, 9], |_, _| true));
    assert!(at(&[0, 1, 2]).lines(&[7, 7, u32::MAX], |_, _| true).is_empty());
}
