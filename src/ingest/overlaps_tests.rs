use super::super::validity::tests::shared_layer;
use super::*;
use crate::space::crs::{Crs, Transform};
use crate::space::measure;
use proptest::prelude::*;

fn polygons(rings: &[Vec<(f64, f64)>]) -> Shapes {
    let mut shapes = Shapes::new(Kind::Polygon);
    for ring in rings {
        let mut points: Vec<Point> = ring.iter().map(|&(x, y)| Point::new(x, y)).collect();
        points.push(points[0]);
        shapes.push_ring(&points, true);
        shapes.end_feature();
    }
    shapes
}

fn find(shapes: &Shapes, least_area: f64) -> Vec<Overlap> {
    let areas: Vec<f64> = shapes.iter().map(measure::area).collect();
    overlapping(shapes, &areas, least_area).unwrap()
}

fn rectangle(x: f64, y: f64, w: f64, h: f64) -> Vec<(f64, f64)> {
    vec![(x, y), (x + w, y), (x + w, y + h), (x, y + h)]
}

#[test]
fn an_overlap_has_its_area_width_and_a_place_inside() {
    let shapes = polygons(&[
        rectangle(0.0, 0.0, 100.0, 50.0),
        rectangle(99.9, 0.0, 100.0, 50.0),
        rectangle(199.9, 0.0, 9.0, 50.0),
    ]);
    let found = find(&shapes, 0.001);
    assert_eq!(found.len(), 1);
    let overlap = found[0];
    // A strip of 0.1 m × 50 m: 5 m²; 2·5/(2·50.1) = 0.0998 m wide.
    assert_eq!((overlap.one, overlap.other), (0, 1));
    assert!((overlap.area - 5.0).abs() < 1e-9 && (overlap.width - 0.0998).abs() < 1e-4, "{overlap:?}");
    assert!(overlap.is_sliver(0.2) && !overlap.is_sliver(0.05));
    for unit in [0, 1] {
        assert!(measure::covers(shapes.get(unit), overlap.place));
    }
}

#[test]
fn a_unit_inside_another_is_found_but_not_one_in_its_hole() {
    let mut shapes = polygons(&[rectangle(2.0, 2.0, 2.0, 2.0)]);
    let close = |ring: Vec<(f64, f64)>| {
        let mut points: Vec<Point> = ring.into_iter().map(|(x, y)| Point::new(x, y)).collect();
        points.push(points[0]);
        points
    };
    shapes.push_ring(&close(rectangle(0.0, 0.0, 10.0, 10.0)), true);
    shapes.push_ring(&close(rectangle(2.0, 2.0, 2.0, 2.0)), false);
    shapes.end_feature();
    shapes.push_ring(&close(rectangle(6.0, 6.0, 1.0, 1.0)), true);
    shapes.end_feature();
    let found = find(&shapes, 1e-6);
    assert_eq!(found.iter().map(|o| (o.one, o.other, o.area)).collect::<Vec<_>>(), [(1, 2, 1.0)]);
}

proptest! {
    #[test]
    fn the_grid_and_the_kernel_find_what_geo_finds_pair_by_pair(
        stars in prop::collection::vec((0.0..60.0f64, 0.0..60.0f64, prop::collection::vec(1.0..8.0f64, 3..9)), 0..40),
    ) {
        let rings: Vec<Vec<(f64, f64)>> = stars.iter().map(|(x, y, radii)| {
            let step = std::f64::consts::TAU / radii.len() as f64;
            radii.iter().enumerate().map(|(n, r)| (x + r * (step * n as f64).cos(), y + r * (step * n as f64).sin())).collect()
        }).collect();
        let shapes = polygons(&rings);
        let geo: Vec<Polygon> = rings.iter().map(|ring| Polygon::new(LineString::from(ring.clone()), vec![])).collect();
        let found = find(&shapes, 1e-3);
        prop_assert_eq!(&found, &find(&shapes, 1e-3));
        let area = |a: usize, b: usize| geo[a].intersection(&geo[b]).unsigned_area();
        for a in 0..geo.len() {
            for b in a + 1..geo.len() {
                let mine = found.iter().find(|o| (o.one, o.other) == (a as u32, b as u32)).map_or(0.0, |o| o.area);
                prop_assert!((mine - area(a, b)).abs() < 2e-3, "{a} {b}: {mine} against {}", area(a, b));
            }
        }
    }
}

/// Facts of the shared data's README: 67 pairs and 240.8 m² in EPSG:5186; nothing over 1 m² among the parcels of Franklin.
#[test]
fn real_cadastres_overlap_as_told() {
    let Some(mut seoul) = shared_layer("seoul/parcels.geojson") else { return };
    let [from, to] = ["EPSG:4326", "EPSG:5186"].map(|code| Crs::parse(code).unwrap());
    Transform::new(&from, &to).unwrap().apply(seoul.points_mut()).unwrap();
    // GEOS told 67 pairs, most of them rounding of shared corners: the smallest shares 5e-8 m². Sums are sure to about 1e-9 m².
    let found = find(&seoul, 1e-8);
    let total: f64 = found.iter().map(|overlap| overlap.area).sum();
    assert_eq!(found.len(), 67);
    assert!((total - 240.8).abs() < 0.05, "{total}");
    let franklin = shared_layer("geometry/franklin_ma_no_dbf/parcels.shp").unwrap();
    assert_eq!(find(&franklin, 1e-6), []);
}
