use super::*;
use crate::space::planar::as_geo;
use geo::{Area, unary_union};
use proptest::prelude::*;

fn squares(boxes: &[[f64; 4]]) -> Shapes {
    let mut shapes = Shapes::new(Kind::Polygon);
    for &[west, south, east, north] in boxes {
        let ring = [(west, south), (east, south), (east, north), (west, north), (west, south)];
        shapes.push_ring(&ring.map(|(x, y)| Point::new(x, y)), true);
        shapes.end_feature();
    }
    shapes
}

fn areas(shapes: &Shapes) -> Vec<f64> {
    shapes.iter().map(|shape| measure::area(shape)).collect()
}

/// 10 × 10 and 10 × 10 that share 5 × 10, and one apart: 150 and 25 m².
#[test]
fn ground_that_polygons_share_counts_once() {
    let shapes = squares(&[[0.0, 0.0, 10.0, 10.0], [5.0, 0.0, 15.0, 10.0], [20.0, 0.0, 25.0, 5.0]]);
    let mut found = areas(&united(&shapes, 1e-6).unwrap());
    found.sort_by(f64::total_cmp);
    assert_eq!(found, [25.0, 150.0]);
}

/// A cross of two bars: five regions of 40 × 20 and 20 × 20 m, the middle one in both.
#[test]
fn crossing_polygons_make_a_region_for_every_combination() {
    let bars = squares(&[[0.0, 40.0, 100.0, 60.0], [40.0, 0.0, 60.0, 100.0]]);
    let faces = Faces::of(&[&bars], 1e-6).unwrap();
    let (mut near, cover) = (Vec::new(), Cover::new(&bars));
    let labels: Vec<u32> =
        faces.places().iter().map(|&place| cover.smallest(place, &mut near).map_or(0, |at| at + 1)).collect();
    let (shapes, labels) = faces.joined(&labels);
    // The first bar whole; of the second the two arms.
    assert_eq!((areas(&shapes), labels), (vec![2000.0, 800.0, 800.0], vec![1, 2, 2]));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    /// Boxes on a grid of centimetres, many of them touching, overlapping or equal, at coordinates as large as real ones.
    #[test]
    fn what_polygons_cover_is_what_geo_says(
        boxes in prop::collection::vec((0i32..200, 0i32..200, 1i32..80, 1i32..80), 1..25),
        step in prop::sample::select(vec![1.0, 0.37, 0.013]),
    ) {
        let (east, north) = (38_500_000.0, 3_400_000.0);
        let at = |(x, y, w, h): (i32, i32, i32, i32)| {
            let (x, y, w, h) = (f64::from(x) * step, f64::from(y) * step, f64::from(w) * step, f64::from(h) * step);
            [east + x, north + y, east + x + w, north + y + h]
        };
        let shapes = squares(&boxes.into_iter().map(at).collect::<Vec<_>>());
        let found: f64 = areas(&united(&shapes, 1e-6).unwrap()).iter().sum();
        let origin = Point::new(east, north);
        let parts: Vec<_> = shapes.iter().map(|shape| as_geo(shape, origin)).collect();
        prop_assert!((found - unary_union(&parts).unsigned_area()).abs() < 1e-4, "{found}");
    }
}
