use super::super::build;
use super::*;
use crate::ingest::survey::Layer;
use crate::land::Texts;
use crate::project::plan::{Combine, Distance, Form, LevelPlan, ReachPlan, Rules};
use crate::space::{Kind, Shapes};

const COEFFICIENTS: [f64; 4] = [0.8, 0.9, 0.95, 1.0];

fn roads(lines: &[&[(f64, f64)]], half_width: f64) -> Reach {
    let mut shapes = Shapes::new(Kind::Line);
    for line in lines {
        shapes.push_ring(&line.iter().map(|&(x, y)| Point::new(x, y)).collect::<Vec<_>>(), true);
        shapes.end_feature();
    }
    let labels = (0..lines.len()).map(|at| at.to_string()).collect::<Texts>();
    let layer = Layer { name: "roads".to_string(), shapes, columns: Vec::new(), labels };
    let level = LevelPlan { name: "all".to_string(), radius: 500.0, score: 100.0, half_width, ..LevelPlan::default() };
    let plan = ReachPlan {
        form: Form::Linear,
        reached_at_radius: false,
        scale: None,
        level_field: None,
        levels: vec![level],
        combine: Combine::Max,
        barriers: Vec::new(),
        distance: Distance::default(),
        grades: None,
        rules: Rules::default(),
        directions: Some(DirectionsPlan { within: 60.0, coefficients: COEFFICIENTS }),
    };
    build("roads", &plan, &layer, false, None).unwrap()
}

fn at(reach: &Reach, place: Point, window: Extent) -> Through {
    let directions = reach.directions.as_ref().unwrap();
    let mut near = NearDirections::default();
    near.gather(directions, window);
    near.through(directions, place)
}

fn here(reach: &Reach) -> ([bool; 4], f64) {
    let place = Point::new(0.0, 0.0);
    let Through { directions, coefficient } = at(reach, place, Extent::of(&[place]));
    (directions, coefficient)
}

const NORTH: &[(f64, f64)] = &[(-200.0, 50.0), (200.0, 50.0)];
const EAST: &[(f64, f64)] = &[(40.0, -200.0), (40.0, 200.0)];
const SOUTH: &[(f64, f64)] = &[(-200.0, -60.0), (200.0, -60.0)];
const WEST: &[(f64, f64)] = &[(-61.0, -200.0), (-61.0, 200.0)];

#[test]
fn the_coefficient_follows_the_directions_of_the_nearest_points() {
    assert_eq!(here(&roads(&[WEST], 0.0)), ([false; 4], 0.8), "61 m are too far; none counts as one");
    assert_eq!(here(&roads(&[NORTH], 0.0)), ([true, false, false, false], 0.8));
    assert_eq!(here(&roads(&[NORTH, EAST], 0.0)), ([true, true, false, false], 0.9));
    assert_eq!(here(&roads(&[NORTH, EAST, SOUTH, WEST], 0.0)), ([true, true, true, false], 0.95));
    assert_eq!(here(&roads(&[NORTH, EAST, SOUTH, WEST], 1.0)), ([true; 4], 1.0), "from the edge it is 60 m");
    let second: &[(f64, f64)] = &[(-200.0, 55.0), (200.0, 55.0)];
    assert_eq!(here(&roads(&[NORTH, second], 0.0)).1, 0.8, "two roads on one side are one direction");
}

#[test]
fn a_road_counts_once_by_its_nearest_point_and_halfway_bearings_are_north_and_south() {
    // Round three sides at 50, 40 and 55 m: one road, whose nearest point lies east.
    let round: &[(f64, f64)] = &[(-200.0, 50.0), (40.0, 50.0), (40.0, -55.0), (-200.0, -55.0)];
    assert_eq!(here(&roads(&[round], 0.0)).0, [false, true, false, false]);
    let corner: &[(f64, f64)] = &[(30.0, 30.0), (90.0, 30.0)];
    assert_eq!(here(&roads(&[corner], 0.0)).0, [true, false, false, false]);
    let corner: &[(f64, f64)] = &[(-30.0, -30.0), (-90.0, -30.0)];
    assert_eq!(here(&roads(&[corner], 0.0)).0, [false, false, true, false]);
}

#[test]
fn the_window_changes_nothing() {
    let lines: Vec<Vec<(f64, f64)>> = (0..60)
        .map(|n: i32| {
            let (x, y) = (f64::from(n * 7919 % 500), f64::from(n * 104_729 % 500));
            vec![(x, y), (x + f64::from(n % 7) * 30.0, y + f64::from(n % 5) * 40.0), (x + 10.0, y + 90.0)]
        })
        .collect();
    let lines: Vec<&[(f64, f64)]> = lines.iter().map(Vec::as_slice).collect();
    let reach = roads(&lines, 3.0);
    let whole = Extent::of(&[Point::new(-100.0, -100.0), Point::new(800.0, 800.0)]);
    let mut seen = [0; 5];
    for n in 0..400 {
        let place = Point::new(f64::from(n % 20) * 31.0, f64::from(n / 20) * 31.0);
        let (small, large) = (at(&reach, place, Extent::of(&[place])), at(&reach, place, whole));
        assert_eq!(small, large);
        seen[large.directions.iter().filter(|held| **held).count()] += 1;
    }
    assert!(seen.iter().all(|&count| count > 0), "every number of directions occurs: {seen:?}");
}
