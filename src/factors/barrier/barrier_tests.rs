use super::*;
use crate::factors::reach::{self, Decisive, Near, NearBarred, NearGroup, Reach};
use crate::ingest::survey::Layer;
use crate::land::Texts;
use crate::project::plan::{Combine, Distance, Form, LevelPlan, ReachPlan, Rules};
use crate::space::measure;
use proptest::prelude::*;
use std::sync::Arc;

fn point(x: f64, y: f64) -> Point {
    Point::new(x, y)
}

fn lines(lines: &[&[(f64, f64)]]) -> Shapes {
    let mut shapes = Shapes::new(Kind::Line);
    for line in lines {
        shapes.push_ring(&line.iter().map(|&(x, y)| point(x, y)).collect::<Vec<_>>(), true);
        shapes.end_feature();
    }
    shapes
}

fn plan(radius: f64) -> ReachPlan {
    ReachPlan {
        form: Form::Linear,
        reached_at_radius: false,
        scale: None,
        level_field: None,
        levels: vec![LevelPlan { name: "f".into(), radius, score: 100.0, ..LevelPlan::default() }],
        combine: Combine::Max,
        barriers: vec![0],
        distance: Distance::default(),
        grades: None,
        rules: Rules::default(),
        directions: None,
    }
}

fn factor(shapes: Shapes, radius: f64, barriers: Option<Barriers>) -> Reach {
    let labels = (0..shapes.len()).map(|at| at.to_string()).collect::<Texts>();
    let layer = Layer { name: "f".into(), shapes, columns: Vec::new(), labels };
    reach::build("f", &plan(radius), &layer, false, barriers.map(Arc::new).as_ref()).unwrap()
}

/// The source that decides at a place, found in a window that holds others too.
fn decisive(reach: &Reach, place: Point, window: f64) -> Option<Decisive> {
    let mut near = NearBarred::default();
    near.gather(&reach.groups[0], Extent::of(&[place]).grown(window));
    near.effect::<true>(&reach.groups[0], place).1
}

fn distance(reach: &Reach, place: Point, window: f64) -> Option<f64> {
    decisive(reach, place, window).map(|decisive| decisive.distance)
}

/// A river along the x axis with a bridge at x = 300.
fn river() -> Barriers {
    let walls = lines(&[&[(-5000.0, 0.0), (5000.0, 0.0)]]);
    let bridges = Shapes::of_points([point(300.0, 4.0)]);
    Barriers::new(&[&walls], &[Crossings { shapes: &bridges, within: 20.0 }])
}

/// By hand: 100 m down to the bank at 300 m, twice: 2·√(300² + 100²) = 632.456 m; e = 100·(1 − 0.632456) = 36.754.
#[test]
fn the_other_bank_is_reached_over_the_bridge() {
    let reach = factor(Shapes::of_points([point(0.0, -100.0)]), 1000.0, Some(river()));
    let found = decisive(&reach, point(0.0, 100.0), 50.0).unwrap();
    assert!((found.distance - 632.456).abs() < 0.03, "{found:?}");
    assert!((found.effect - 36.754).abs() < 0.01);
    assert!(found.detour);
    assert_eq!(found.crossing, Some(0));
    // Out of the radius by way of the bridge, though 200 m away as the crow flies.
    let reach = factor(Shapes::of_points([point(0.0, -100.0)]), 600.0, Some(river()));
    assert_eq!(decisive(&reach, point(0.0, 100.0), 50.0), None);
}

#[test]
fn on_the_same_bank_the_distance_is_straight_to_the_bit() {
    let reach = factor(Shapes::of_points([point(0.0, 100.0)]), 1000.0, Some(river()));
    let place = point(210.0, 57.0);
    let found = decisive(&reach, place, 400.0).unwrap();
    assert_eq!(
        found.distance,
        measure::squared_distance_to_segment(place, point(0.0, 100.0), point(0.0, 100.0)).sqrt()
    );
    assert!(!found.detour);
}

/// A wall from x = 0 to 80: its end is 50 m off the straight way. √(50² + 40²) · 2 = 128.062 m.
#[test]
fn the_end_of_a_wall_is_walked_round() {
    let walls = lines(&[&[(-5000.0, 0.0), (80.0, 0.0)]]);
    let reach = factor(Shapes::of_points([point(30.0, -40.0)]), 1000.0, Some(Barriers::new(&[&walls], &[])));
    let found = decisive(&reach, point(30.0, 40.0), 5.0).unwrap();
    assert!((found.distance - 128.062).abs() < 0.03, "{found:?}");
    assert_eq!(found.crossing, None);
}

/// A river of polygons 60 m wide: the bridge's point lies in mid-stream, the crossing leads from bank to bank.
#[test]
fn a_point_in_a_wide_river_crosses_both_banks() {
    let mut water = Shapes::new(Kind::Polygon);
    let ring = [(-5000.0, -30.0), (5000.0, -30.0), (5000.0, 30.0), (-5000.0, 30.0), (-5000.0, -30.0)];
    water.push_ring(&ring.map(|(x, y)| point(x, y)), true);
    water.end_feature();
    let bridges = Shapes::of_points([point(0.0, 0.0)]);
    let barriers = Barriers::new(&[&water], &[Crossings { shapes: &bridges, within: 40.0 }]);
    let reach = factor(Shapes::of_points([point(0.0, -100.0)]), 1000.0, Some(barriers));
    assert!((distance(&reach, point(0.0, 100.0), 5.0).unwrap() - 200.0).abs() < 0.01);
    // (30, 100) to (0, 30): √(30² + 70²) = 76.158; 60 over the bridge, 70 on.
    assert!((distance(&reach, point(30.0, 100.0), 5.0).unwrap() - 206.158).abs() < 0.05);
}

/// A road over the river: on this bank its own piece is nearer than any way over the bridge.
#[test]
fn a_road_across_a_river_has_a_side_on_each_bank() {
    let road = lines(&[&[(100.0, -500.0), (100.0, 500.0)]]);
    let reach = factor(road, 300.0, Some(river()));
    assert_eq!(distance(&reach, point(40.0, 80.0), 10.0), Some(60.0));
    assert_eq!(distance(&reach, point(40.0, -80.0), 10.0), Some(60.0));
}

/// The shortest way over every corner on every side, without any of the rules that leave corners and legs out.
fn by_brute_force(barriers: &Barriers, sources: &[Point], place: Point) -> f64 {
    let mut places = vec![place];
    places.extend(sources);
    for wall in &barriers.walls {
        for end in wall {
            for step in 0..64 {
                let angle = f64::from(step) / 64.0 * std::f64::consts::TAU;
                places.push(point(end.x + CLEARANCE * angle.cos(), end.y + CLEARANCE * angle.sin()));
            }
        }
    }
    let first_crossing = places.len();
    places.extend(barriers.nodes.iter().filter(|node| node.crossing.is_some()).map(|node| node.place));
    let mut best = vec![f64::INFINITY; places.len()];
    let mut done = vec![false; places.len()];
    best[0] = 0.0;
    loop {
        let open = (0..places.len()).filter(|&at| !done[at] && best[at] < f64::INFINITY);
        let Some(at) = open.min_by(|&a, &b| best[a].total_cmp(&best[b])) else { break };
        done[at] = true;
        for other in 0..places.len() {
            let pair = at >= first_crossing
                && other >= first_crossing
                && (at - first_crossing) / 2 == (other - first_crossing) / 2;
            let seen = pair || !barriers.walls.iter().any(|wall| parts(*wall, places[at], places[other]));
            if seen {
                best[other] = best[other].min(best[at] + places[at].distance(places[other]));
            }
        }
    }
    best[1..=sources.len()].iter().copied().fold(f64::INFINITY, f64::min)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn the_way_is_the_shortest_there_is(
        walls in prop::collection::vec(prop::collection::vec((0.0..100.0f64, 0.0..100.0f64), 2..4), 1..4),
        bridges in prop::collection::vec((0.0..100.0f64, 0.0..100.0f64), 0..3),
        sources in prop::collection::vec((0.0..100.0f64, 0.0..100.0f64), 1..3),
        places in prop::collection::vec((0.0..100.0f64, 0.0..100.0f64), 4),
        window in 0.0..60.0f64,
    ) {
        let walls: Vec<&[(f64, f64)]> = walls.iter().map(Vec::as_slice).collect();
        // Between walls nearer to each other than the ways pass their corners there is no way; the brute force squeezes through.
        let segments = Barriers::new(&[&lines(&walls)], &[]).walls;
        let clear = |end: Point, [a, b]: [Point; 2]| {
            end == a || end == b || measure::squared_distance_to_segment(end, a, b).sqrt() > 4.0 * CLEARANCE
        };
        prop_assume!(segments.iter().flatten().all(|&end| segments.iter().all(|&wall| clear(end, wall))));
        let bridges = Shapes::of_points(bridges.iter().map(|&(x, y)| point(x, y)));
        let sources: Vec<Point> = sources.iter().map(|&(x, y)| point(x, y)).collect();
        let made = || Barriers::new(&[&lines(&walls)], &[Crossings { shapes: &bridges, within: 10.0 }]);
        let reach = factor(Shapes::of_points(sources.iter().copied()), 400.0, Some(made()));
        for &(x, y) in &places {
            let expected = by_brute_force(&made(), &sources, point(x, y));
            let found = distance(&reach, point(x, y), window).unwrap_or(f64::INFINITY);
            let same = found == expected || (found - expected).abs() < 0.15 || (expected > 399.0 && found == f64::INFINITY);
            prop_assert!(same, "{} against {} at {:?}", found, expected, (x, y));
        }
    }

    /// Far from every wall the barred search is the plain one.
    #[test]
    fn where_nothing_is_between_the_effect_is_the_plain_one(
        sources in prop::collection::vec((0.0..100.0f64, 0.0..100.0f64), 1..9),
        places in prop::collection::vec((0.0..100.0f64, 0.0..100.0f64), 4),
    ) {
        let shapes = || Shapes::of_points(sources.iter().map(|&(x, y)| point(x, y)));
        let walls = lines(&[&[(1000.0, 0.0), (1000.0, 100.0)]]);
        let (open, barred) = (factor(shapes(), 60.0, None), factor(shapes(), 60.0, Some(Barriers::new(&[&walls], &[]))));
        let window = Extent::of(&[point(0.0, 0.0), point(100.0, 100.0)]);
        let (mut plain, mut other) = (Near::default(), NearBarred::default());
        plain.gather(&open.groups[0], window);
        other.gather(&barred.groups[0], window);
        for &(x, y) in &places {
            let place = point(x, y);
            let (one, two) = (plain.effect::<true>(&open.groups[0], place), other.effect::<true>(&barred.groups[0], place));
            prop_assert_eq!(one, two);
        }
    }
}
