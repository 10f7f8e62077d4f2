use super::*;
use crate::space::wkb;
use proptest::prelude::*;
use std::path::PathBuf;

fn polygon(rings: &[&[(f64, f64)]]) -> Shapes {
    let mut shapes = Shapes::new(Kind::Polygon);
    for (number, ring) in rings.iter().enumerate() {
        let mut points: Vec<Point> = ring.iter().map(|&(x, y)| Point::new(x, y)).collect();
        points.push(points[0]);
        shapes.push_ring(&points, number == 0);
    }
    shapes.end_feature();
    shapes
}

fn check(shapes: &Shapes) -> Option<Invalid> {
    Checker::default().check(shapes.get(0))
}

const SQUARE: &[(f64, f64)] = &[(0.0, 0.0), (10.0, 0.0), (10.0, 10.0), (0.0, 10.0)];

#[test]
fn plain_polygons_pass_whichever_way_they_run_and_with_repeated_points() {
    assert_eq!(check(&polygon(&[SQUARE])), None);
    let clockwise: Vec<(f64, f64)> = SQUARE.iter().rev().copied().collect();
    assert_eq!(check(&polygon(&[&clockwise])), None);
    assert_eq!(check(&polygon(&[&[(0.0, 0.0), (0.0, 0.0), (9.0, 0.0), (9.0, 9.0), (9.0, 9.0)]])), None);
    // A corner in the middle of a straight side.
    assert_eq!(check(&polygon(&[&[(0.0, 0.0), (5.0, 0.0), (9.0, 0.0), (9.0, 9.0)]])), None);
    let hole: &[(f64, f64)] = &[(2.0, 2.0), (4.0, 2.0), (4.0, 4.0)];
    assert_eq!(check(&polygon(&[SQUARE, hole])), None);
}

#[test]
fn each_fault_is_told_with_its_place() {
    let bow_tie = polygon(&[&[(0.0, 0.0), (10.0, 10.0), (10.0, 0.0), (0.0, 10.0)]]);
    assert_eq!(check(&bow_tie), Some(Invalid::SelfIntersection(Point::new(5.0, 5.0))));
    let spike = polygon(&[&[(0.0, 0.0), (10.0, 0.0), (14.0, 0.0), (10.0, 0.0), (10.0, 10.0)]]);
    // The spike leaves the ring at (10, 0) and comes back there.
    assert_eq!(check(&spike), Some(Invalid::SelfIntersection(Point::new(10.0, 0.0))));
    // A ring that touches itself at (5, 0).
    let touching = polygon(&[&[(0.0, 0.0), (10.0, 0.0), (10.0, 10.0), (5.0, 0.0), (0.0, 10.0)]]);
    assert_eq!(check(&touching), Some(Invalid::SelfIntersection(Point::new(5.0, 0.0))));
    let flat = polygon(&[&[(0.0, 0.0), (5.0, 5.0), (10.0, 10.0)]]);
    assert_eq!(check(&flat), Some(Invalid::NoArea(Point::new(0.0, 0.0))));
    let two = polygon(&[&[(1.0, 1.0), (5.0, 5.0), (1.0, 1.0)]]);
    assert_eq!(check(&two), Some(Invalid::TooFewPoints(Point::new(1.0, 1.0))));
    let endless = polygon(&[&[(0.0, 0.0), (f64::INFINITY, 0.0), (1.0, 1.0)]]);
    assert_eq!(check(&endless), Some(Invalid::NotFinite));
    let hole_outside = polygon(&[SQUARE, &[(12.0, 2.0), (14.0, 2.0), (14.0, 4.0)]]);
    assert!(matches!(check(&hole_outside), Some(Invalid::RingsConflict(_))));
}

#[test]
fn a_bow_tie_is_rebuilt_as_its_two_halves() {
    let repaired = repair(polygon(&[&[(0.0, 0.0), (10.0, 10.0), (10.0, 0.0), (0.0, 10.0)]]).get(0)).unwrap();
    // Two triangles of 25 m² each; as drawn, they cancel.
    assert_eq!((repaired.area_before, repaired.shapes.get(0).parts()), (0.0, 2));
    assert!((repaired.area_after - 50.0).abs() < 1e-6);
    assert!(repair(polygon(&[&[(0.0, 0.0), (5.0, 5.0), (10.0, 10.0)]]).get(0)).is_none());
    assert!(repair(polygon(&[&[(0.0, 0.0), (f64::NAN, 5.0), (10.0, 10.0)]]).get(0)).is_none());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    /// `geo::Validation` compares every pair of edges with its own predicates. Whole-number corners make touching and collinear cases
    /// common. It forgives two that this check reports: edges that run back over their neighbour, and the second visit to a corner.
    #[test]
    fn short_and_long_rings_are_judged_as_geo_does(
        corners in prop::collection::vec((0i32..12, 0i32..12), 3..9),
        shift in prop_oneof![Just(0.0), Just(500_000.25)],
    ) {
        let ring: Vec<(f64, f64)> = corners.iter().map(|&(x, y)| (f64::from(x) + shift, f64::from(y) + shift)).collect();
        let shapes = polygon(&[&ring]);
        let found = check(&shapes);
        let geo_valid = as_geo(shapes.get(0), Point::default()).0[0].is_valid();
        if found.is_none() {
            prop_assert!(geo_valid, "missed: {ring:?}");
        } else if geo_valid {
            let mut clean = shapes.get(0).points().to_vec();
            clean.dedup();
            let edges = clean.len() - 1;
            let back = (0..edges).any(|at| runs_back(clean[(at + edges - 1) % edges], clean[at], clean[at + 1]));
            let twice = (0..edges).any(|a| (0..a).any(|b| clean[a] == clean[b]));
            prop_assert!(back || twice || twice_signed_area(&clean) == 0.0, "invented: {ring:?} {found:?}");
        }
        // The sweep that long rings take says the same as the pairs.
        let mut clean = shapes.get(0).points().to_vec();
        clean.dedup();
        if clean.len() >= 4 {
            prop_assert_eq!(pair_by_pair(&clean).is_some(), sweep(&clean, &mut Vec::new()).is_some());
        }
    }

    #[test]
    fn what_is_rebuilt_is_valid_for_geo_too(corners in prop::collection::vec((0.0..100.0f64, 0.0..100.0f64), 4..30)) {
        if let Some(repaired) = repair(polygon(&[&corners]).get(0)) {
            prop_assert!(as_geo(repaired.shapes.get(0), Point::default()).iter().all(Validation::is_valid));
            prop_assert!(repaired.area_after > 0.0);
        }
    }
}

/// Reads a layer of the shared data through GDAL; `None` (and a word) where it is absent.
pub(in crate::ingest) fn shared_layer(path: &str) -> Option<Shapes> {
    use gdal::vector::LayerAccess;
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/data/real").join(path);
    if !path.exists() {
        println!("skipped: shared data not present");
        return None;
    }
    let dataset = gdal::Dataset::open(path).unwrap();
    let mut shapes = Shapes::new(Kind::Polygon);
    for feature in dataset.layer(0).unwrap().features() {
        let bytes = feature.geometry().map(|geometry| geometry.wkb().unwrap()).unwrap_or_default();
        wkb::read(&bytes, &mut shapes);
    }
    Some(shapes)
}

/// The counts are those of the shared data's README, made with GEOS.
#[test]
fn real_layers_have_the_invalid_parcels_that_geos_finds() {
    for (path, features, invalid) in [
        ("swellendam/farms_33S.shp", 2008, 16),
        ("geometry/franklin_ma_no_dbf/parcels.shp", 9917, 0),
        ("seoul/parcels.geojson", 2382, 1),
    ] {
        let Some(shapes) = shared_layer(path) else { return };
        let mut checker = Checker::default();
        let found: Vec<(usize, Invalid)> =
            (0..shapes.len()).filter_map(|n| checker.check(shapes.get(n)).map(|invalid| (n, invalid))).collect();
        assert_eq!((shapes.len(), found.len()), (features, invalid), "{path}: {found:?}");
        for (number, _) in found {
            let repaired = repair(shapes.get(number)).expect("a real parcel keeps an area");
            assert!(repaired.area_after > 0.0);
        }
    }
}

/// The overlay rounds corners to a grid of its own; a neighbour's corner at the same place would then lie a hair off.
#[test]
fn a_rebuilt_polygon_keeps_the_corners_it_had() {
    let ring: Vec<(f64, f64)> = (0..40)
        .map(|step| {
            let angle = f64::from(step) * 0.157_079_632_679;
            (500_000.1 + 37.3 * libm::cos(angle), 3_300_000.7 + 29.9 * libm::sin(angle))
        })
        .collect();
    // Two neighbouring corners change places: the ring crosses itself beside them.
    let mut crossed = ring.clone();
    crossed.swap(10, 11);
    let crossed = polygon(&[&crossed]);
    assert!(matches!(check(&crossed), Some(Invalid::SelfIntersection(_))));
    let repaired = repair(crossed.get(0)).unwrap();
    let points = repaired.shapes.get(0).points();
    let kept = crossed.get(0).points().iter().filter(|corner| points.contains(corner)).count();
    assert!(kept >= 40, "{kept} of the ring's 41 points are where they were");
}

/// A square with 30 × 30 holes of 1 m, 2 m apart, more corners than are related to one another: one hole moved into its neighbour is found,
/// one that touches it in a corner is allowed, one outside is found. All that [`geo`] says of the whole polygon.
#[test]
fn of_many_holes_the_one_that_lies_ill_is_found() {
    use geo::Validation;
    let with = |moved: (f64, f64)| {
        let mut shapes = Shapes::new(Kind::Polygon);
        let square = |west: f64, south: f64, wide: f64| {
            let corners = [(0.0, 0.0), (wide, 0.0), (wide, wide), (0.0, wide), (0.0, 0.0)];
            corners.map(|(x, y)| Point::new(west + x, south + y))
        };
        shapes.push_ring(&square(0.0, 0.0, 100.0), true);
        for at in 0..900 {
            let (x, y) = (5.0 + 3.0 * f64::from(at % 30), 5.0 + 3.0 * f64::from(at / 30));
            let off = if at == 500 { moved } else { (0.0, 0.0) };
            shapes.push_ring(&square(x + off.0, y + off.1, 1.0), false);
        }
        shapes.end_feature();
        shapes
    };
    for (moved, ill) in [((0.0, 0.0), false), ((2.5, 0.0), true), ((2.0, 2.0), false), ((200.0, 0.0), true)] {
        let shapes = with(moved);
        assert!(shapes.points().len() > LARGE);
        assert_eq!(check(&shapes).is_some(), ill, "{moved:?}");
        let whole = crate::space::planar::as_geo(shapes.get(0), Point::default());
        assert_eq!(!whole.is_valid(), ill, "{moved:?}");
    }
}
