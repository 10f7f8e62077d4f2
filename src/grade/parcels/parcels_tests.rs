use super::*;
use crate::space::{Kind, Point};
use geo::{Area, BooleanOps, Contains, Coord, LineString, Polygon};
use proptest::prelude::*;

/// A ring, its grade and total.
type Unit = (Vec<(f64, f64)>, u8, f64);

fn polygons(rings: &[&[(f64, f64)]]) -> Shapes {
    let mut shapes = Shapes::new(Kind::Polygon);
    for ring in rings {
        let mut points: Vec<Point> = ring.iter().map(|&(x, y)| Point::new(x, y)).collect();
        points.push(points[0]);
        shapes.push_ring(&points, true);
        shapes.end_feature();
    }
    shapes
}

fn lines(lines: &[&[(f64, f64)]]) -> Shapes {
    let mut shapes = Shapes::new(Kind::Line);
    for line in lines {
        shapes.push_ring(&line.iter().map(|&(x, y)| Point::new(x, y)).collect::<Vec<_>>(), true);
        shapes.end_feature();
    }
    shapes
}

fn rectangle(west: f64, south: f64, east: f64, north: f64) -> Vec<(f64, f64)> {
    vec![(west, south), (east, south), (east, north), (west, north)]
}

/// One parcel over units of one use, each with grade and total.
fn fitted(units: &[Unit], parcel: &[(f64, f64)], streets: Option<&Streets>) -> Fitted {
    let shapes = polygons(&units.iter().map(|unit| unit.0.as_slice()).collect::<Vec<_>>());
    let grades: Vec<u8> = units.iter().map(|unit| unit.1).collect();
    let totals: Vec<f64> = units.iter().map(|unit| unit.2).collect();
    let uses = vec![0; units.len()];
    let graded = Graded { shapes: &shapes, uses: &uses, grades: &grades, totals: &totals };
    let parcel = polygons(&[parcel]);
    let areas = [measure::area(parcel.get(0))];
    fit(&graded, &Parcels { shapes: &parcel, uses: &[0], areas: &areas }, 3, streets)
}

/// Worked in docs/methods/parcel-grades.md: a parcel of 30 × 20 m. Grade 1 has its corner of 20 × 12 m (240 m², 40 %), grade 2 the rest
/// (360 m², 60 %). Along the street to the south 20 m are of grade 1, 10 m of grade 2. Mean total (240 · 80 + 360 · 60) / 600 = 68.
fn worked(streets: Option<&Streets>) -> Fitted {
    let rest = vec![(20.0, -50.0), (90.0, -50.0), (90.0, 90.0), (0.0, 90.0), (0.0, 12.0), (20.0, 12.0)];
    let units = [(rectangle(0.0, -50.0, 20.0, 12.0), 1, 80.0), (rest, 2, 60.0)];
    fitted(&units, &rectangle(0.0, 0.0, 30.0, 20.0), streets)
}

#[test]
fn a_parcel_of_600_square_metres_goes_by_larger_area_or_by_its_front() {
    let by_area = worked(None);
    assert_eq!((by_area.grades[0], by_area.decided[0]), (2, Decided::Area));
    assert_eq!((&by_area.ground[..], by_area.bare[0], by_area.totals[0]), (&[240.0, 360.0, 0.0][..], 0.0, 68.0));
    assert!(by_area.fronts.is_empty());
    let by_front = worked(Some(&Streets::new(&lines(&[&[(-40.0, -6.0), (70.0, -6.0)]]), 20.0)));
    assert_eq!((by_front.grades[0], by_front.decided[0]), (1, Decided::Frontage));
    assert_eq!(by_front.fronts, [20.0, 10.0, 0.0]);
    assert_eq!(by_front.ground, by_area.ground);
}

#[test]
fn without_a_street_in_reach_the_larger_area_decides() {
    let far = worked(Some(&Streets::new(&lines(&[&[(-40.0, -20.5), (70.0, -20.5)]]), 20.0)));
    assert_eq!((far.grades[0], far.decided[0]), (2, Decided::Area));
    assert_eq!(far.fronts, [0.0; 3]);
    // 20 m away is within 20 m.
    let near = worked(Some(&Streets::new(&lines(&[&[(-40.0, -20.0), (70.0, -20.0)]]), 20.0)));
    assert_eq!(near.decided[0], Decided::Frontage);
}

#[test]
fn a_street_that_turns_away_by_30_degrees_or_lies_behind_the_parcel_is_not_before_an_edge() {
    let turned = |degrees: f64| {
        let (sin, cos) = degrees.to_radians().sin_cos();
        let line = [(15.0 - 30.0 * cos, -15.0 - 30.0 * sin), (15.0 + 10.0 * cos, -15.0 + 10.0 * sin)];
        worked(Some(&Streets::new(&lines(&[&line]), 20.0))).decided[0]
    };
    assert_eq!((turned(29.0), turned(31.0)), (Decided::Frontage, Decided::Area));
    // The street to the south is 19 m from the edge in the north of a parcel of 12 m, which looks away from it.
    let units = [(rectangle(0.0, -9.0, 10.0, 99.0), 2, 60.0), (rectangle(10.0, -9.0, 40.0, 99.0), 1, 80.0)];
    let found = fitted(
        &units,
        &rectangle(0.0, 0.0, 30.0, 12.0),
        Some(&Streets::new(&lines(&[&[(-40.0, -7.0), (70.0, -7.0)]]), 20.0)),
    );
    assert_eq!(found.fronts, [20.0, 10.0, 0.0]);
    // A line along the edge itself, or a hand's breadth inside, is before it.
    let found = fitted(
        &units,
        &rectangle(0.0, 0.0, 30.0, 30.0),
        Some(&Streets::new(&lines(&[&[(-40.0, 0.2), (70.0, 0.2)]]), 20.0)),
    );
    assert_eq!(found.fronts, [20.0, 10.0, 0.0]);
}

#[test]
fn at_a_corner_both_streets_count_and_the_nearest_need_not_be_the_one_along() {
    // The street to the east ends 3 m from the middle of the southern edge, across it.
    let streets =
        lines(&[&[(-40.0, -9.0), (70.0, -9.0)], &[(36.0, -9.0), (36.0, 70.0)], &[(15.0, -9.0), (15.0, -3.0)]]);
    let found = worked(Some(&Streets::new(&streets, 20.0)));
    // 30 m in the south and, all in grade 2, 20 m in the east.
    assert_eq!((found.grades[0], &found.fronts[..]), (2, &[20.0, 30.0, 0.0][..]));
}

#[test]
fn a_ring_may_run_either_way_and_a_yard_with_a_street_has_a_front() {
    let street = Streets::new(&lines(&[&[(-40.0, -6.0), (70.0, -6.0)]]), 20.0);
    let mut back = rectangle(0.0, 0.0, 30.0, 20.0);
    back.reverse();
    let units = [(rectangle(0.0, -9.0, 10.0, 99.0), 2, 60.0), (rectangle(10.0, -9.0, 40.0, 99.0), 1, 80.0)];
    assert_eq!(fitted(&units, &back, Some(&street)).fronts, [20.0, 10.0, 0.0]);
    let mut yard = Shapes::new(Kind::Polygon);
    for (ring, outer) in [(rectangle(0.0, 0.0, 90.0, 90.0), true), (rectangle(20.0, 30.0, 70.0, 60.0), false)] {
        let points = ring.iter().chain(&ring[..1]).map(|&(x, y)| Point::new(x, y)).collect::<Vec<_>>();
        yard.push_ring(&points, outer);
    }
    yard.end_feature();
    let shapes = polygons(&[&rectangle(0.0, 0.0, 30.0, 90.0), &rectangle(30.0, 0.0, 90.0, 90.0)]);
    let graded = Graded { shapes: &shapes, uses: &[0, 0], grades: &[1, 2], totals: &[70.0, 50.0] };
    let streets = Streets::new(&lines(&[&[(25.0, 45.0), (65.0, 45.0)]]), 20.0);
    let areas = [90.0 * 90.0 - 50.0 * 30.0];
    let found = fit(&graded, &Parcels { shapes: &yard, uses: &[0], areas: &areas }, 2, Some(&streets));
    // North and south of the yard: 10 m each of grade 1, 40 m of grade 2; its end in the east is 5 m from the street's, across it.
    assert_eq!(found.fronts, [20.0, 80.0]);
    assert_eq!(found.ground, [30.0 * 90.0 - 10.0 * 30.0, 60.0 * 90.0 - 40.0 * 30.0]);
}

#[test]
fn of_equal_areas_the_better_grade_has_the_parcel() {
    let units = [(rectangle(0.0, 0.0, 10.0, 10.0), 3, 40.0), (rectangle(10.0, 0.0, 20.0, 10.0), 2, 60.0)];
    let found = fitted(&units, &rectangle(5.0, 0.0, 15.0, 10.0), None);
    assert_eq!((found.grades[0], found.decided[0], found.totals[0]), (2, Decided::Area, 50.0));
}

#[test]
fn a_parcel_in_one_grade_is_whole_also_over_many_units_and_beyond_them() {
    let units = [(rectangle(0.0, 0.0, 10.0, 10.0), 2, 40.0), (rectangle(10.0, 0.0, 20.0, 10.0), 2, 60.0)];
    let street = Streets::new(&lines(&[&[(-40.0, -6.0), (70.0, -6.0)]]), 20.0);
    let found = fitted(&units, &rectangle(5.0, 0.0, 25.0, 10.0), Some(&street));
    assert_eq!((found.grades[0], found.decided[0], found.bare[0]), (2, Decided::Whole, 50.0));
    assert!(found.fronts.iter().all(|front| front.is_nan()), "fronts decide nothing here");
    // A neighbour of another grade that only touches, or shares half a square centimetre, is no second grade.
    for east in [10.0, 9.999_995] {
        let units = [(rectangle(0.0, 0.0, 10.0, 10.0), 2, 40.0), (rectangle(east, 0.0, 20.0, 10.0), 1, 60.0)];
        assert_eq!(fitted(&units, &rectangle(0.0, 0.0, 10.0, 10.0), None).decided[0], Decided::Whole);
    }
}

#[test]
fn a_parcel_under_no_unit_of_its_use_has_no_grade() {
    let shapes = polygons(&[
        &rectangle(0.0, 0.0, 10.0, 10.0),
        &rectangle(10.0, 0.0, 20.0, 10.0),
        &rectangle(0.0, 0.0, 9.0, 9.0),
    ]);
    let graded = Graded { shapes: &shapes, uses: &[0, 1, 1], grades: &[1, 2, 0], totals: &[70.0, 50.0, 30.0] };
    let parcels =
        polygons(&[&rectangle(1.0, 1.0, 9.0, 9.0), &rectangle(1.0, 1.0, 9.0, 9.0), &rectangle(30.0, 0.0, 31.0, 1.0)]);
    let found = fit(&graded, &Parcels { shapes: &parcels, uses: &[0, 1, 2], areas: &[64.0, 64.0, 1.0] }, 2, None);
    assert_eq!(found.grades, [1, 0, 0], "a unit without a grade gives none");
    assert_eq!(found.decided, [Decided::Whole, Decided::No, Decided::No]);
    assert_eq!(found.bare, [0.0, 64.0, 1.0]);
    assert!(found.totals[1].is_nan());
}

#[test]
fn ground_that_two_units_claim_counts_once() {
    let units = [(rectangle(0.0, 0.0, 10.0, 10.0), 2, 40.0), (rectangle(0.0, 0.0, 10.0, 10.0), 1, 60.0)];
    let found = fitted(&units, &rectangle(0.0, 0.0, 10.0, 10.0), None);
    assert_eq!((&found.ground[..], found.bare[0], found.totals[0]), (&[50.0, 50.0, 0.0][..], 0.0, 50.0));
}

/// Star-shaped rings: simple by construction, concave as often as not.
fn star(x: f64, y: f64, radii: &[f64]) -> Vec<(f64, f64)> {
    let step = std::f64::consts::TAU / radii.len() as f64;
    radii.iter().enumerate().map(|(n, r)| (x + r * (step * n as f64).cos(), y + r * (step * n as f64).sin())).collect()
}

fn geo_polygon(ring: &[(f64, f64)]) -> Polygon {
    Polygon::new(LineString::from(ring.to_vec()), vec![])
}

/// Slanted cells of 12 m around the origin, in three grades.
fn tiles() -> Vec<Unit> {
    let cell = |(column, row): (i32, i32)| {
        let corner =
            |dx: i32, dy: i32| (f64::from(column + dx) * 12.0 + f64::from(row + dy) * 3.0, f64::from(row + dy) * 12.0);
        let grade = 1 + (column * 2 + row * 5).rem_euclid(3) as u8;
        (vec![corner(0, 0), corner(1, 0), corner(1, 1), corner(0, 1)], grade, 90.0 - 10.0 * f64::from(grade))
    };
    (-3..3).flat_map(|column| (-3..3).map(move |row| (column, row))).map(cell).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn shares_are_those_of_geos_boolean_and_add_up(
        radii in prop::collection::vec(3.0..25.0f64, 4..14), at in (-30.0..30.0f64, -30.0..30.0f64),
    ) {
        let (ring, units) = (star(at.0, at.1, &radii), tiles());
        let (parcel, found) = (geo_polygon(&ring), fitted(&units, &ring, None));
        let area = parcel.unsigned_area();
        let mut expected = [0.0; 3];
        let mut weighted = 0.0;
        for (unit, grade, total) in &units {
            let shared = parcel.intersection(&geo_polygon(unit)).unsigned_area();
            expected[usize::from(*grade) - 1] += shared;
            weighted += shared * total;
        }
        let within: f64 = expected.iter().sum();
        for (found, expected) in found.ground.iter().zip(expected) {
            prop_assert!((found - expected).abs() < 1e-4, "{found} against {expected}");
        }
        prop_assert!((found.ground.iter().sum::<f64>() + found.bare[0] - area).abs() < 1e-6 * area);
        prop_assert!(within < 1.0 || (found.totals[0] - weighted / within).abs() < 1e-4);
        let most = expected.iter().copied().fold(0.0, f64::max);
        prop_assert!(found.grades[0] == 0 || expected[usize::from(found.grades[0]) - 1] > most - 1e-3);
    }

    /// A street of a circle around everything runs along no edge in particular; one along each edge, half a metre outside, along all.
    #[test]
    fn fronts_are_the_outline_as_it_lies_in_the_units(
        radii in prop::collection::vec(6.0..20.0f64, 4..9), at in (-9.0..9.0f64, -9.0..9.0f64),
    ) {
        let (ring, units) = (star(at.0, at.1, &radii), tiles());
        let edges: Vec<[(f64, f64); 2]> = (0..ring.len()).map(|n| [ring[n], ring[(n + 1) % ring.len()]]).collect();
        let streets = lines(&edges.iter().map(|edge| &edge[..]).collect::<Vec<_>>());
        let found = fitted(&units, &ring, Some(&Streets::new(&streets, 0.3)));
        prop_assume!(found.decided[0].is_split());
        let mut expected = [0.0; 3];
        for [(ax, ay), (bx, by)] in edges {
            let (length, steps) = ((bx - ax).hypot(by - ay), 400);
            for step in 0..steps {
                let share = (f64::from(step) + 0.5) / f64::from(steps);
                let (x, y) = (ax + share * (bx - ax) - (by - ay) / length * 0.01, ay + share * (by - ay) + (bx - ax) / length * 0.01);
                let unit = units.iter().find(|unit| geo_polygon(&unit.0).contains(&geo::Point::from(Coord { x, y })));
                if let Some((_, grade, _)) = unit {
                    expected[usize::from(*grade) - 1] += length / f64::from(steps);
                }
            }
        }
        for (found, expected) in found.fronts.iter().zip(expected) {
            // Each edge is cut in a few places, each known to a step of the samples.
            prop_assert!((found - expected).abs() < 1.0, "{:?} against {:?}", found, expected);
        }
        prop_assert!((found.fronts.iter().sum::<f64>() - expected.iter().sum::<f64>()).abs() < 1.0);
    }

    #[test]
    fn the_order_of_units_and_parcels_changes_no_bit(seed in 0u64..1000) {
        let units = tiles();
        let parcels: Vec<Vec<(f64, f64)>> =
            (0..40).map(|n| star(f64::from(n % 8) * 9.0 - 34.0, f64::from(n / 8) * 9.0 - 20.0, &[7.0, 3.0, 6.0, 5.0, 4.0])).collect();
        let areas: Vec<f64> = parcels.iter().map(|ring| measure::area(polygons(&[ring]).get(0))).collect();
        let graded_shapes = polygons(&units.iter().map(|unit| unit.0.as_slice()).collect::<Vec<_>>());
        let (grades, totals): (Vec<u8>, Vec<f64>) = units.iter().map(|unit| (unit.1, unit.2)).unzip();
        let uses = vec![0; units.len()];
        let graded = Graded { shapes: &graded_shapes, uses: &uses, grades: &grades, totals: &totals };
        let streets = Streets::new(&lines(&[&[(-40.0, -6.0), (70.0, -2.0)], &[(3.0, -40.0), (5.0, 40.0)]]), 8.0);
        let run = |order: &[usize]| {
            let shapes = polygons(&order.iter().map(|&at| parcels[at].as_slice()).collect::<Vec<_>>());
            let areas: Vec<f64> = order.iter().map(|&at| areas[at]).collect();
            fit(&graded, &Parcels { shapes: &shapes, uses: &vec![0; order.len()], areas: &areas }, 3, Some(&streets))
        };
        let straight: Vec<usize> = (0..parcels.len()).collect();
        let mut mixed = straight.clone();
        mixed.sort_by_key(|&at| (at as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15 ^ seed) >> 7);
        let (one, other) = (run(&straight), run(&mixed));
        for (place, &at) in mixed.iter().enumerate() {
            prop_assert_eq!((one.grades[at], one.decided[at]), (other.grades[place], other.decided[place]));
            for grade in 0..3 {
                prop_assert_eq!(one.ground[at * 3 + grade].to_bits(), other.ground[place * 3 + grade].to_bits());
                prop_assert_eq!(one.fronts[at * 3 + grade].to_bits(), other.fronts[place * 3 + grade].to_bits());
            }
            prop_assert_eq!(one.totals[at].to_bits(), other.totals[place].to_bits());
        }
        prop_assert!(one.decided.contains(&Decided::Frontage) && one.decided.contains(&Decided::Area));
    }
}

/// A parcel of 30 × 20 m: 240 m² over a unit with the scores 80 and 10, 360 m² over one with 60 and 20, and a unit of another use over all of it
/// that does not count: (240·80 + 360·60)/600 = 68, (240·10 + 360·20)/600 = 16. A parcel beside them has none.
#[test]
fn means_of_values_are_weighted_by_the_ground_of_the_use() {
    let rings = [
        rectangle(0.0, 0.0, 20.0, 12.0),
        vec![(20.0, 0.0), (30.0, 0.0), (30.0, 20.0), (0.0, 20.0), (0.0, 12.0), (20.0, 12.0)],
        rectangle(0.0, 0.0, 30.0, 20.0),
    ];
    let shapes = polygons(&rings.iter().map(Vec::as_slice).collect::<Vec<_>>());
    let graded = Graded { shapes: &shapes, uses: &[0, 0, 1], grades: &[1, 2, 1], totals: &[0.0; 3] };
    let parcels = polygons(&[&rectangle(0.0, 0.0, 30.0, 20.0), &rectangle(50.0, 0.0, 60.0, 20.0)]);
    let parcels = Parcels { shapes: &parcels, uses: &[0, 0], areas: &[600.0, 200.0] };
    let found = means(&graded, &parcels, &[80.0, 10.0, 60.0, 20.0, 5.0, 5.0], 2);
    assert!((found[0] - 68.0).abs() < 1e-9 && (found[1] - 16.0).abs() < 1e-9, "{found:?}");
    assert!(found[2].is_nan() && found[3].is_nan(), "{found:?}");
}
