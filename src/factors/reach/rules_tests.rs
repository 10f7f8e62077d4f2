use super::super::build;
use super::*;
use crate::land::{Column, Texts, Values};
use crate::project::plan::{Combine, Distance, Form, Rules, ScalePlan, ScoreRule};
use crate::space::Kind;

fn boxed(shapes: &mut Shapes, [west, south, east, north]: [f64; 4]) {
    let ring = [(west, south), (east, south), (east, north), (west, north), (west, south)];
    shapes.push_ring(&ring.map(|(x, y)| Point::new(x, y)), true);
    shapes.end_feature();
}

fn city(extent: [f64; 4]) -> Shapes {
    let mut shapes = Shapes::new(Kind::Polygon);
    boxed(&mut shapes, extent);
    shapes
}

/// Centres by level with scale index and service distance.
fn centres(rows: &[(&str, f64, f64)]) -> Layer {
    let shapes = Shapes::of_points((0..rows.len()).map(|at| Point::new(10.0 * at as f64, 0.0)));
    with_columns(shapes, rows)
}

fn with_columns(shapes: Shapes, rows: &[(&str, f64, f64)]) -> Layer {
    let reals = |name: &str, of: fn(&(&str, f64, f64)) -> f64| Column {
        name: name.to_string(),
        values: Values::Real(rows.iter().map(of).collect()),
    };
    Layer {
        name: "centres".to_string(),
        labels: (0..rows.len()).map(|at| format!("C{at}")).collect::<Texts>(),
        shapes,
        columns: vec![
            Column { name: "jb".to_string(), values: Values::Text(rows.iter().map(|row| row.0).collect()) },
            reals("guimo", |row| row.1),
            reals("fwjl", |row| row.2),
        ],
    }
}

fn plan(keys: &[&str], radius: RadiusRule) -> ReachPlan {
    let level = |(at, key): (usize, &&str)| LevelPlan {
        level: Some((*key).to_string()),
        name: (*key).to_string(),
        radius: f64::NAN,
        radius_rule: Some(radius),
        score: 100.0 - 20.0 * at as f64,
        ..LevelPlan::default()
    };
    ReachPlan {
        form: Form::Linear,
        reached_at_radius: false,
        scale: None,
        level_field: Some("jb".to_string()),
        levels: keys.iter().enumerate().map(level).collect(),
        combine: Combine::Sum,
        barriers: Vec::new(),
        distance: Distance::default(),
        grades: None,
        rules: Rules { city_area: None, service_field: Some("fwjl".to_string()), higher_too: false },
        directions: None,
    }
}

fn radii(plan: &ReachPlan, layer: &Layer, city: Option<&Shapes>) -> Vec<f64> {
    resolve("x", plan, layer, true, city).unwrap().into_iter().map(|(radius, _)| radius).collect()
}

/// S = 4π km²: one centre has the top function, √(4π/π) = 2 km; four have the second, √(4π/4π) = 1 km.
#[test]
fn the_geometric_radius_counts_the_centres_that_have_the_function() {
    let layer = centres(&[("1", 0.0, 0.0), ("2", 0.0, 0.0), ("2", 0.0, 0.0), ("2", 0.0, 0.0), ("9", 0.0, 0.0)]);
    let mut plan = plan(&["1", "2"], RadiusRule::Geometric);
    plan.rules.city_area = Some(4e6 * std::f64::consts::PI);
    for (found, expected) in radii(&plan, &layer, None).iter().zip([2000.0, 1000.0]) {
        assert!((found - expected).abs() < 1e-9, "{found} is not {expected}");
    }
    // Of the graded area, 1 km²: 0.5642 · √(S/n).
    plan.rules.city_area = None;
    let found = radii(&plan, &layer, Some(&city([0.0, 0.0, 1000.0, 1000.0])));
    assert!((found[0] - 564.19).abs() < 5e-3 && (found[1] - 282.095).abs() < 5e-4, "{found:?}");
    assert_eq!(resolve("x", &plan, &layer, true, None).unwrap_err().code, "no-city-area");
}

/// From the edge of the centre's square to the corner (700, 500): √(600² + 400²) = 721.110; below, the larger of 800 and 1200.
#[test]
fn the_farthest_radius_goes_from_the_top_centres_edge_to_the_citys_and_to_the_largest_service_distance() {
    let mut shapes = city([0.0, 0.0, 100.0, 100.0]);
    boxed(&mut shapes, [300.0, 300.0, 310.0, 310.0]);
    boxed(&mut shapes, [400.0, 300.0, 410.0, 310.0]);
    let rows = [("1", 0.0, f64::NAN), ("2", 0.0, 800.0), ("2", 0.0, 1200.0)];
    let layer = with_columns(shapes.clone(), &rows);
    let plan = plan(&["1", "2"], RadiusRule::Farthest);
    let whole = city([-300.0, -300.0, 700.0, 500.0]);
    let found = radii(&plan, &layer, Some(&whole));
    assert!((found[0] - 520_000f64.sqrt()).abs() < 1e-9 && found[1] == 1200.0, "{found:?}");
    let lacking = with_columns(shapes, &[rows[0], ("2", 0.0, f64::NAN), rows[2]]);
    let fault = resolve("x", &plan, &lacking, true, Some(&whole)).unwrap_err();
    assert_eq!((fault.code, fault.what.en.as_str()), ("no-service-distance", "factor x: C1 has no fwjl"));
}

/// 淄博 (grading-and-price.md 2.5): F = 100/75/45/15 → layers 25/30/30/15; here 75 and 45 are means of two centres each.
#[test]
fn the_mean_scale_of_a_levels_centres_is_its_score_and_the_steps_are_the_layers() {
    let layer = centres(&[
        ("1", 100.0, 0.0),
        ("2", 70.0, 0.0),
        ("2", 80.0, 0.0),
        ("3", 40.0, 0.0),
        ("3", 50.0, 0.0),
        ("4", 15.0, 0.0),
    ]);
    let mut plan = plan(&["1", "2", "3", "4"], RadiusRule::Geometric);
    plan.rules.city_area = Some(1e6);
    plan.scale = Some(ScalePlan::Index("guimo".to_string()));
    plan.levels.iter_mut().for_each(|level| level.score_rule = Some(ScoreRule::Mean));
    let numbers = resolve("x", &plan, &layer, true, None).unwrap();
    assert_eq!(numbers.iter().map(|(_, score)| *score).collect::<Vec<_>>(), [100.0, 75.0, 45.0, 15.0]);
    let reach = build("x", &plan.with(numbers), &layer, true, None).unwrap();
    assert_eq!(reach.groups.iter().map(|group| group.score).collect::<Vec<_>>(), [25.0, 30.0, 30.0, 15.0]);
    assert_eq!(reach.groups[1].function_score(1), 30.0, "a centre's own scale does not count twice");
    // A larger scale below a smaller one is no order of levels.
    let rising = centres(&[("1", 40.0, 0.0), ("2", 70.0, 0.0), ("3", 30.0, 0.0), ("4", 15.0, 0.0)]);
    let fault = resolve("x", &plan, &rising, true, None).unwrap_err();
    assert_eq!(fault.code, "bad-centre-levels");
    assert!(fault.what.en.contains("the score of 1 comes to 40, not above the 70 of 2"), "{}", fault.what.en);
}

/// S = 1 km². Main roads 2 · 500 m: 10⁶/(2·1000) = 500 m; branches 4000 m: 125 m alone, 10⁶/(2·5000) = 100 m with the main roads.
#[test]
fn the_influence_distance_of_roads_is_the_area_over_twice_their_length() {
    let mut shapes = Shapes::new(Kind::Line);
    for (y, length) in [(0.0, 500.0), (100.0, 500.0), (200.0, 1000.0), (300.0, 3000.0)] {
        shapes.push_ring(&[Point::new(0.0, y), Point::new(length, y)], true);
        shapes.end_feature();
    }
    let layer =
        with_columns(shapes, &[("main", 0.0, 0.0), ("main", 0.0, 0.0), ("branch", 0.0, 0.0), ("branch", 0.0, 0.0)]);
    let mut plan = plan(&["main", "branch"], RadiusRule::AreaOverLength);
    plan.rules.city_area = Some(1e6);
    assert_eq!(radii(&plan, &layer, None), [500.0, 125.0]);
    plan.rules.higher_too = true;
    assert_eq!(radii(&plan, &layer, None), [500.0, 100.0]);
    plan.levels[1].level = Some("none".to_string());
    plan.rules.higher_too = false;
    assert_eq!(resolve("x", &plan, &layer, false, None).unwrap_err().code, "no-sources");
}
