use super::*;
use crate::factors::{Field, Zones, reach};
use crate::land::progress::Unwatched;
use crate::land::{Column, Values};
use crate::project::plan::{
    AreaPlan, AreaScore, Combine, Distance, Form, LevelPlan, OverlayPlan, QuadtreePlan, ReachPlan, Rules, ScoreAt,
    Source,
};
use crate::space::planar::as_geo;
use crate::space::{Point, measure};
use geo::{Area, BooleanOps, unary_union};
use proptest::prelude::*;

fn ring(points: &[(f64, f64)]) -> Vec<Point> {
    points.iter().chain(points.first()).map(|&(x, y)| Point::new(x, y)).collect()
}

fn rectangle(west: f64, south: f64, east: f64, north: f64) -> Vec<Point> {
    ring(&[(west, south), (east, south), (east, north), (west, north)])
}

fn polygons(features: &[&[Vec<Point>]]) -> Shapes {
    let mut shapes = Shapes::new(Kind::Polygon);
    for rings in features {
        rings.iter().enumerate().for_each(|(number, ring)| shapes.push_ring(ring, number == 0));
        shapes.end_feature();
    }
    shapes
}

fn layer(shapes: Shapes, columns: Vec<Column>) -> Layer {
    let labels = (0..shapes.len()).map(|feature| format!("p{feature}")).collect();
    Layer { name: "layer".to_string(), shapes, columns, labels }
}

fn made(way: Way, least_area: f64, ground: &Ground<'_>) -> Outcome<(Units, Tiling)> {
    make(&MadeUnits { way, least_area, least_width: 0.0 }, ground, &Unwatched)
}

fn bare(area: &Shapes) -> Ground<'_> {
    Ground { area, overlay: &[], model: None, lines: Lines::new(&[]) }
}

fn shown(units: &Units) -> Vec<(String, f64)> {
    (0..units.len()).map(|unit| (units.ids.show(unit), units.areas[unit])).collect()
}

/// 250 × 100 m from (−50, 0) with a hole of 20 × 20 in the first cell east of the origin: cells of 100 m are halved in the west.
#[test]
fn a_grid_cuts_cells_at_the_edge_of_the_area() {
    let area = polygons(&[&[rectangle(-50.0, 0.0, 200.0, 100.0), rectangle(10.0, 10.0, 30.0, 30.0)]]);
    let (units, tiling) = made(Way::Grid { size: 100.0 }, 0.0, &bare(&area)).unwrap();
    let expected = [("100E-1N0", 5000.0), ("100E0N0", 9600.0), ("100E1N0", 10_000.0)];
    assert_eq!(shown(&units), expected.map(|(id, area)| (id.to_string(), area)));
    assert_eq!((tiling.area, tiling.graded_area, tiling.outline), (24_600.0, 24_600.0, 780.0));
    // The cell with the hole knows the hole; the west one is 50 wide about −25.
    assert_eq!(units.shapes.get(1).ring_count(), 2);
    assert_eq!(units.centroids[0], Point::new(-25.0, 50.0));
}

/// A U over one cell: its arms are units of their own, the southern corner of the western one first.
#[test]
fn parts_of_a_cell_that_do_not_hang_together_are_units_of_their_own() {
    let u = ring(&[
        (0.0, -10.0),
        (90.0, -10.0),
        (90.0, 50.0),
        (60.0, 50.0),
        (60.0, 0.0),
        (30.0, 0.0),
        (30.0, 50.0),
        (0.0, 50.0),
    ]);
    let (units, _) = made(Way::Grid { size: 100.0 }, 0.0, &bare(&polygons(&[&[u]]))).unwrap();
    let expected = [("100E0N-1", 900.0), ("100E0N0.1", 1500.0), ("100E0N0.2", 1500.0)];
    assert_eq!(shown(&units), expected.map(|(id, area)| (id.to_string(), area)));
}

/// The strip of 2 m in the second cell joins the first: a grid line through the unit is gone.
#[test]
fn a_sliver_of_a_cell_joins_its_neighbour() {
    let area = polygons(&[&[rectangle(0.0, 0.0, 102.0, 100.0)]]);
    let (units, tiling) = made(Way::Grid { size: 100.0 }, 1000.0, &bare(&area)).unwrap();
    assert_eq!(shown(&units), [("100E0N0".to_string(), 10_200.0)]);
    assert_eq!((tiling.joined, tiling.joined_area), (1, 200.0));
}

fn source() -> Source {
    Source { path: "layer".into(), layer: None, crs: None, encoding: None }
}

/// Two layers over 100 × 100: halves west and east, and a square of 40 × 40 in the middle.
#[test]
fn an_overlay_names_pieces_by_the_polygons_they_lie_in() {
    let area = polygons(&[&[rectangle(0.0, 0.0, 100.0, 100.0)]]);
    let halves =
        layer(polygons(&[&[rectangle(-5.0, -5.0, 50.0, 105.0)], &[rectangle(50.0, -5.0, 105.0, 105.0)]]), vec![]);
    let square = layer(polygons(&[&[rectangle(30.0, 30.0, 70.0, 70.0)]]), vec![]);
    let overlay = [halves, square];
    let way = || Way::Overlay(vec![OverlayPlan { source: source(), label: None }]);
    let ground = Ground { overlay: &overlay, ..bare(&area) };
    let (units, _) = made(way(), 0.0, &ground).unwrap();
    let found: Vec<(String, f64)> = shown(&units).into_iter().map(|(id, area)| (id, area.round())).collect();
    let expected = [("p0/none", 4200.0), ("p0/p0", 800.0), ("p1/none", 4200.0), ("p1/p0", 800.0)];
    assert_eq!(found, expected.map(|(id, area)| (id.to_string(), area)));
    // The halves of the square are below 1000 m²: each shares 20 + 20 + 40 m with the ground around it and 40 m with the other half.
    let (units, tiling) = made(way(), 1000.0, &ground).unwrap();
    assert_eq!(shown(&units).len(), 2);
    assert_eq!((tiling.joined, tiling.joined_area.round()), (2, 1600.0));
}

/// Ground that two polygons of a layer claim goes to the smaller, of equals to the first; one that lies in another is a unit.
#[test]
fn ground_claimed_twice_is_one_piece() {
    let area = polygons(&[&[rectangle(0.0, 0.0, 100.0, 100.0)]]);
    let twice = layer(polygons(&[&[rectangle(0.0, 0.0, 60.0, 100.0)], &[rectangle(40.0, 0.0, 100.0, 100.0)]]), vec![]);
    let overlay = [twice];
    let way = Way::Overlay(vec![OverlayPlan { source: source(), label: None }]);
    let (units, _) = made(way, 0.0, &Ground { overlay: &overlay, ..bare(&area) }).unwrap();
    let areas: Vec<f64> = units.areas.iter().map(|area| area.round()).collect();
    assert_eq!(areas, [6000.0, 4000.0]);
    let nested = layer(polygons(&[&[rectangle(0.0, 0.0, 100.0, 100.0)], &[rectangle(20.0, 20.0, 40.0, 30.0)]]), vec![]);
    let (overlay, way) = ([nested], Way::Overlay(vec![OverlayPlan { source: source(), label: None }]));
    let (units, _) = made(way, 0.0, &Ground { overlay: &overlay, ..bare(&area) }).unwrap();
    assert_eq!(shown(&units), [("p0".to_string(), 9800.0), ("p1".to_string(), 200.0)]);
}

#[test]
fn an_overlay_layer_that_lies_elsewhere_is_told() {
    let area = polygons(&[&[rectangle(0.0, 0.0, 100.0, 100.0)]]);
    let overlay = [layer(polygons(&[&[rectangle(500.0, 0.0, 600.0, 100.0)]]), vec![])];
    let way = Way::Overlay(vec![OverlayPlan { source: source(), label: None }]);
    let told = made(way, 0.0, &Ground { overlay: &overlay, ..bare(&area) }).unwrap_err();
    assert_eq!(told.code, "layer-elsewhere");
}

/// A stop at (0, 0) that reaches 1000 m, and a zone of 80 points in a sea of 20.
fn model() -> Model {
    let stops = layer(Shapes::of_points([Point::new(0.0, 0.0)]), vec![]);
    let level = LevelPlan { name: "all".to_string(), radius: 1000.0, score: 100.0, ..LevelPlan::default() };
    let plan = ReachPlan {
        form: Form::Linear,
        reached_at_radius: false,
        scale: None,
        level_field: None,
        levels: vec![level],
        combine: Combine::Sum,
        barriers: Vec::new(),
        distance: Distance::Straight,
        grades: None,
        rules: Rules::default(),
        directions: None,
    };
    let scores = vec![Column { name: "score".to_string(), values: Values::Real(vec![80.0]) }];
    let zone = layer(polygons(&[&[rectangle(1500.0, 1500.0, 1740.0, 1740.0)]]), scores);
    let area = AreaPlan { score: AreaScore::Field("score".to_string()), default: Some(20.0) };
    Model {
        keys: vec!["stop".to_string(), "zone".to_string()],
        fields: vec![
            Field::Reach(reach::build("stop", &plan, &stops, false, None).unwrap()),
            Field::Zones(Zones::build("zone", &area, &zone).unwrap()),
        ],
        weights: vec![vec![0.9, 0.1]],
        score_at: ScoreAt::Centroid,
    }
}

fn quadtree(spread: f64, main: Option<Vec<usize>>) -> Way {
    Way::Quadtree(QuadtreePlan { largest: 500.0, smallest: 62.5, spread, main })
}

fn sides(units: &Units) -> Vec<(Point, f64)> {
    (0..units.len()).map(|unit| (units.centroids[unit], units.areas[unit].sqrt())).collect()
}

/// The stop's score falls by 0.1 a metre: over cells of 500, 250 and 125 m by 50, 25 and 12.5 points along an axis, 17.7 along the diagonal of
/// the smallest of them, so that with 20 allowed the slope is cut to 125 m. Beyond 1000 m all is even but at the zone's edge, which the total (a tenth of 60 points) does not show and the zone as a main factor does.
#[test]
fn a_quadtree_splits_where_scores_fall_and_stays_coarse_where_they_are_even() {
    let area = polygons(&[&[rectangle(0.0, 0.0, 2000.0, 2000.0)]]);
    let model = model();
    let ground = Ground { model: Some(&model), ..bare(&area) };
    let (units, _) = made(quadtree(20.0, Some(vec![0])), 0.0, &ground).unwrap();
    for (place, side) in sides(&units) {
        let distance = place.distance(Point::new(0.0, 0.0));
        if distance < 850.0 {
            assert_eq!(side, 125.0, "on the slope, {distance:.0} m from the stop");
        }
        if distance > 1400.0 {
            assert_eq!(side, 500.0, "where nothing changes");
        }
    }
    let (units, _) = made(quadtree(10.0, None), 0.0, &ground).unwrap();
    let corner = Point::new(1740.0, 1740.0);
    let at_corner = sides(&units)
        .into_iter()
        .find(|&(place, side)| (place.x - corner.x).abs() <= side / 2.0 && (place.y - corner.y).abs() <= side / 2.0);
    assert_eq!(at_corner.unwrap().1, 62.5, "the corner of the zone lies in a smallest cell");
}

#[test]
fn a_quadtree_cuts_no_smallest_cell_but_every_cell_a_line_crosses() {
    let area = polygons(&[&[rectangle(1000.0, 1000.0, 2000.0, 2000.0)]]);
    let model = model();
    let mut wall = Shapes::new(Kind::Line);
    wall.push_ring(&[Point::new(900.0, 1300.0), Point::new(2100.0, 1350.0)], true);
    wall.end_feature();
    let ground = Ground { model: Some(&model), lines: Lines::new(&[&wall]), ..bare(&area) };
    let (units, _) = made(quadtree(100.0, None), 0.0, &ground).unwrap();
    let crossed = |place: Point, side: f64| {
        let at = |x: f64| 1300.0 + (x - 900.0) * 50.0 / 1200.0;
        let (low, high) = (at(place.x - side / 2.0), at(place.x + side / 2.0));
        high > place.y - side / 2.0 && low < place.y + side / 2.0
    };
    for (place, side) in sides(&units) {
        assert!(side == 62.5 || !crossed(place, side), "{place:?} {side}");
    }
    // A row of 16 smallest cells at least, and nothing but whole quarters beside.
    assert!(sides(&units).iter().filter(|(place, side)| crossed(*place, *side)).count() >= 16);
}

#[test]
fn every_unit_stands_once_for_each_use() {
    let area = polygons(&[&[rectangle(0.0, 0.0, 200.0, 100.0)]]);
    let (units, _) = made(Way::Grid { size: 100.0 }, 0.0, &bare(&area)).unwrap();
    let one = for_every_use(made(Way::Grid { size: 100.0 }, 0.0, &bare(&area)).unwrap().0, &["commercial"]);
    assert_eq!(shown(&one), shown(&units));
    let all = for_every_use(units, &["residential", "commercial"]);
    let ids: Vec<String> = (0..all.len()).map(|unit| all.ids.show(unit)).collect();
    assert_eq!(ids, ["100E0N0-commercial", "100E0N0-residential", "100E1N0-commercial", "100E1N0-residential"]);
    assert_eq!(all.uses, [1, 0, 1, 0]);
    assert_eq!(all.centroids[2], Point::new(150.0, 50.0));
    assert_eq!(all.areas, [10_000.0; 4]);
}

/// A star about (x, y): a simple polygon whatever the radii.
fn star(x: f64, y: f64, radii: &[f64]) -> Vec<Point> {
    let step = std::f64::consts::TAU / radii.len() as f64;
    let at = |(n, radius): (usize, &f64)| (x + radius * (n as f64 * step).cos(), y + radius * (n as f64 * step).sin());
    ring(&radii.iter().enumerate().map(at).collect::<Vec<_>>())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    /// Every unit of a grid is what `geo` cuts of its cell, and together they are the area: coordinates as large as real ones.
    #[test]
    fn a_grid_tiles_any_area(
        radii in prop::collection::vec(150.0..900.0f64, 5..40),
        hole in prop::collection::vec(10.0..100.0f64, 3..12),
        size in 40.0..400.0f64,
    ) {
        let (x, y) = (38_500_321.7, 3_400_123.4);
        let area = polygons(&[&[star(x, y, &radii), star(x, y, &hole)]]);
        let (units, tiling) = made(Way::Grid { size }, 0.0, &bare(&area)).unwrap();
        prop_assert!((tiling.area - tiling.graded_area).abs() < 1e-4);
        let origin = Point::new(x, y);
        let whole = as_geo(area.get(0), origin);
        let mut by_cell: std::collections::BTreeMap<String, f64> = std::collections::BTreeMap::new();
        for (id, area) in shown(&units) {
            let cell = id.split('.').next_back().filter(|part| part.parse::<u32>().is_ok() && id.matches('.').count() > usize::from(size.fract() != 0.0));
            let name = cell.map_or(id.clone(), |part| id[..id.len() - part.len() - 1].to_string());
            *by_cell.entry(name).or_default() += area;
        }
        for (name, area) in by_cell {
            let (_, place) = name.split_once('E').unwrap();
            let (column, row) = place.split_once('N').unwrap();
            let at = |cell: &str| cell.parse::<f64>().unwrap();
            let (west, south) = (at(column) * size, at(row) * size);
            let cell = polygons(&[&[rectangle(west, south, (at(column) + 1.0) * size, (at(row) + 1.0) * size)]]);
            let cut = whole.intersection(&as_geo(cell.get(0), origin)).unsigned_area();
            prop_assert!((cut - area).abs() < 1e-2, "{} is {} and not {}", name, area, cut);
        }
    }

    /// Where rings begin, and which way they run, changes no unit; slivers joined or not.
    #[test]
    fn the_order_of_corners_changes_nothing(
        radii in prop::collection::vec(150.0..900.0f64, 5..30),
        turn in 0usize..30,
        least in 0.0..5000.0f64,
    ) {
        let outline = star(0.0, 0.0, &radii);
        let mut turned: Vec<Point> = outline[..outline.len() - 1].to_vec();
        turned.rotate_left(turn % radii.len());
        turned.push(turned[0]);
        let of = |ring: Vec<Point>| {
            let area = polygons(&[&[ring]]);
            made(Way::Grid { size: 170.0 }, least, &bare(&area)).unwrap().0
        };
        let (one, other) = (of(outline), of(turned));
        prop_assert_eq!(shown(&one), shown(&other));
        prop_assert_eq!(one.shapes.extent(), other.shapes.extent());
    }

    /// Pieces of an overlay of stars have the areas `geo` gives what lies in one, in the other and in neither.
    #[test]
    fn an_overlay_tiles_any_area(
        first in prop::collection::vec(100.0..600.0f64, 3..20),
        second in prop::collection::vec(100.0..600.0f64, 3..20),
        apart in 0.0..700.0f64,
    ) {
        let (x, y) = (500_000.0, 3_300_000.0);
        let area = polygons(&[&[rectangle(x - 700.0, y - 700.0, x + 1400.0, y + 700.0)]]);
        let layers = [
            layer(polygons(&[&[star(x, y, &first)]]), vec![]),
            layer(polygons(&[&[star(x + apart, y + 40.0, &second)]]), vec![]),
        ];
        let way = Way::Overlay(vec![OverlayPlan { source: source(), label: None }]);
        let (units, tiling) = made(way, 0.0, &Ground { overlay: &layers, ..bare(&area) }).unwrap();
        prop_assert!((tiling.area - tiling.graded_area).abs() < 1e-3);
        let origin = Point::new(x, y);
        let (a, b) = (as_geo(layers[0].shapes.get(0), origin), as_geo(layers[1].shapes.get(0), origin));
        let sum = |name: &str| -> f64 {
            shown(&units).iter().filter(|(id, _)| id.split('.').next() == Some(name)).map(|(_, area)| area).sum()
        };
        prop_assert!((sum("p0/p0") - a.intersection(&b).unsigned_area()).abs() < 1.0);
        prop_assert!((sum("p0/none") - a.difference(&b).unsigned_area()).abs() < 1.0);
        prop_assert!((sum("none/p0") - b.difference(&a).unsigned_area()).abs() < 1.0);
        let covered = unary_union(&[a, b]).unsigned_area();
        prop_assert!((sum("none/none") - (2100.0 * 1400.0 - covered)).abs() < 1.0);
        prop_assert!(units.shapes.iter().all(|shape| measure::area(shape) > 0.0));
    }
}
