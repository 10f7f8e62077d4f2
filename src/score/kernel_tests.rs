use super::*;
use crate::factors::{reach, zones::Zones};
use crate::ingest::survey::Layer;
use crate::land::progress::Unwatched;
use crate::land::{Column, IdColumn, Values};
use crate::project::plan::{
    AreaPlan, AreaScore, Combine, Distance, Form, GradesPlan, LevelPlan, ReachPlan, Rules, ScalePlan,
};
use crate::score::{Explainer, table};
use crate::space::{Kind, Shapes, hilbert};
use proptest::prelude::*;
use std::collections::BTreeMap;

fn square(shapes: &mut Shapes, x: f64, y: f64, side: f64) {
    let corners = [(0.0, 0.0), (side, 0.0), (side, side), (0.0, side), (0.0, 0.0)];
    shapes.push_ring(&corners.map(|(dx, dy)| Point::new(x + dx, y + dy)), true);
    shapes.end_feature();
}

/// Square units of 40 m on a grid with gaps, as many as asked for, on a map of about 2.5 km.
fn units(count: usize) -> Units {
    let mut shapes = Shapes::new(Kind::Polygon);
    (0..count).for_each(|n| square(&mut shapes, 50.0 * (n % 50) as f64, 50.0 * (n / 50) as f64, 40.0));
    let areas = shapes.iter().map(measure::area).collect();
    let centroids: Vec<Point> = shapes.iter().filter_map(measure::centroid).collect();
    Units {
        ids: IdColumn::Int((0..count as i64).collect()),
        uses: vec![0; count],
        areas,
        order: hilbert::order(&centroids),
        centroids,
        shapes,
        kept: Vec::new(),
    }
}

fn layer(shapes: Shapes, columns: Vec<Column>) -> Layer {
    let labels = (0..shapes.len()).map(|feature| feature.to_string()).collect();
    Layer { name: "layer".to_string(), shapes, columns, labels }
}

fn plan(form: Form, radius: f64, scale: bool, combine: Combine) -> ReachPlan {
    let level = LevelPlan { name: "all".to_string(), radius, score: 100.0, ..LevelPlan::default() };
    let scale = scale.then(|| ScalePlan::Index("scale".to_string()));
    ReachPlan {
        form,
        reached_at_radius: false,
        scale,
        level_field: None,
        levels: vec![level],
        combine,
        barriers: Vec::new(),
        distance: Distance::default(),
        grades: None,
        rules: Rules::default(),
        directions: None,
    }
}

fn model(fields: Vec<Field>) -> Model {
    let count = fields.len();
    let keys = (0..count).map(|n| format!("f{n}")).collect();
    Model { keys, fields, weights: vec![vec![1.0 / count as f64; count]], score_at: ScoreAt::Centroid }
}

fn facilities(places: &[(f64, f64, f64)]) -> Layer {
    let shapes = Shapes::of_points(places.iter().map(|&(x, y, _)| Point::new(x, y)));
    let scale = Values::Real(places.iter().map(|&(_, _, scale)| scale).collect());
    layer(shapes, vec![Column { name: "scale".to_string(), values: scale }])
}

/// f·(1 − d/D) or f^(1 − d/D), by the formula as it is printed.
fn printed(form: Form, f: f64, distance: f64, radius: f64) -> f64 {
    match form {
        _ if distance >= radius => 0.0,
        Form::Linear => f * (1.0 - distance / radius),
        Form::Exponential => f.powf(1.0 - distance / radius),
    }
}

fn city_model(places: &[(f64, f64, f64)]) -> Model {
    let reach = |form, radius| {
        Field::Reach(
            reach::build("f", &plan(form, radius, true, Combine::Sum), &facilities(places), false, None).unwrap(),
        )
    };
    let mut zones = Shapes::new(Kind::Polygon);
    square(&mut zones, 300.0, 300.0, 517.0);
    square(&mut zones, 817.0, 300.0, 600.0);
    let scores = Values::Real(vec![80.0, 20.0]);
    let zones = layer(zones, vec![Column { name: "score".to_string(), values: scores }]);
    let area = AreaPlan { score: AreaScore::Field("score".to_string()), default: Some(50.0) };
    let zones = Field::Zones(Zones::build("z", &area, &zones).unwrap());
    model(vec![reach(Form::Linear, 700.0), reach(Form::Exponential, 400.0), zones])
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]
    #[test]
    fn scores_are_those_of_brute_force_in_any_order(
        places in prop::collection::vec((-500.0..3000.0f64, -500.0..1500.0f64, 2.0..100.0f64), 1..80),
    ) {
        let (units, model) = (units(700), city_model(&places));
        let table = score(&model, &units, &Unwatched).unwrap();
        for unit in 0..units.len() {
            let at = units.centroids[unit];
            for (factor, form, radius) in [(0, Form::Linear, 700.0), (1, Form::Exponential, 400.0)] {
                let brute = places
                    .iter()
                    .map(|&(x, y, f)| printed(form, f, at.distance(Point::new(x, y)), radius))
                    .fold(0.0, f64::max);
                prop_assert!((table.row(unit)[factor] - brute).abs() < 1e-9);
            }
        }
        let mut turned = places.clone();
        turned.reverse();
        let again = score(&city_model(&turned), &units, &Unwatched).unwrap();
        prop_assert_eq!(&table.scores, &again.scores);
    }
}

#[test]
fn any_number_of_threads_gives_the_same_bits() {
    let places: Vec<(f64, f64, f64)> =
        (0..60).map(|n| (f64::from(n * 7919 % 2500), f64::from(n * 104_729 % 1000), f64::from(10 + n))).collect();
    let (units, model) = (units(900), city_model(&places));
    let with = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        let table = pool.install(|| score(&model, &units, &Unwatched)).unwrap();
        table.scores.iter().chain(&table.totals).map(|value| value.to_bits()).collect::<Vec<u64>>()
    };
    assert_eq!(with(1), with(2));
    assert_eq!(with(1), with(7));
}

#[test]
fn an_explanation_adds_up_exactly_and_names_the_deciding_facility() {
    // Unit 0 has its centroid at (20, 20). Facility 1 at 100 m with f = 50, facility 0 at 300 m with f = 100, D = 700 linear:
    // 50·(1 − 100/700) = 42.857…, 100·(1 − 300/700) = 57.142857… → facility 0 decides although it is farther.
    let (units, model) = (units(10), city_model(&[(320.0, 20.0, 100.0), (20.0, 120.0, 50.0)]));
    let table = score(&model, &units, &Unwatched).unwrap();
    let told = Explainer::new(&model).unwrap().explain(&units, 0, &[]).unwrap();
    let Detail::Reach(groups, None) = &told.factors[0].detail else { panic!("a point factor") };
    let decisive = groups[0].unwrap();
    assert_eq!((decisive.feature, decisive.distance), (0, 300.0));
    assert!((decisive.effect - 400.0 / 7.0).abs() < 1e-12);
    for (share, score) in told.factors.iter().zip(table.row(0)) {
        assert_eq!(share.score.to_bits(), score.to_bits());
    }
    assert_eq!(told.factors.iter().map(|share| share.contribution_nano).sum::<i64>(), told.total_nano);
    assert_eq!(told.total().to_bits(), table.totals[0].to_bits());
    assert_eq!(table::points(told.total_nano), table.totals[0]);
}

#[test]
fn an_area_factor_is_the_mean_by_shared_area_with_the_default_on_the_rest() {
    // The zone edge x = 300 cuts no unit of 40 m at x = 250 or 300; y = 300 neither; the edge x = 817 cuts the unit at x = 800:
    // 17 m of 40 lie in the first zone, 23 in the second: (17·80 + 23·20) / 40 = 45.5.
    let (units, model) = (units(700), city_model(&[(0.0, 0.0, 10.0)]));
    let table = score(&model, &units, &Unwatched).unwrap();
    let unit = 16 + 50 * 7;
    assert!((table.row(unit)[2] - 45.5).abs() < 1e-9);
    assert_eq!(table.row(0)[2], 50.0);
    assert_eq!(table.row(7 + 50 * 7)[2], 80.0);
}

#[test]
fn w6c_function_layers_of_centres() {
    // grading-and-price.md W6c (淄博): level scores 100/75/45/15, radii 10000/3500/2500/1000; 2000 m from a 市级 centre and 600 m from a
    // 小区级 centre: exponential 33.645, linear 61.657.
    let shapes = Shapes::of_points([Point::new(20.0, 2020.0), Point::new(620.0, 20.0)]);
    let levels = Values::Text(["1", "3"].into_iter().collect());
    let centres = layer(shapes, vec![Column { name: "level".to_string(), values: levels }]);
    let level = |key: &str, score, radius| LevelPlan {
        level: Some(key.to_string()),
        name: key.to_string(),
        radius,
        score,
        ..LevelPlan::default()
    };
    for (form, expected) in [(Form::Exponential, 33.645), (Form::Linear, 61.657)] {
        let mut plan = plan(form, 1.0, false, Combine::Sum);
        plan.level_field = Some("level".to_string());
        plan.levels = vec![
            level("1", 100.0, 10_000.0),
            level("2", 75.0, 3500.0),
            level("3", 45.0, 2500.0),
            level("4", 15.0, 1000.0),
        ];
        let model = model(vec![Field::Reach(reach::build("centres", &plan, &centres, true, None).unwrap())]);
        let table = score(&model, &units(1), &Unwatched).unwrap();
        assert!((table.totals[0] - expected).abs() < 1e-3, "{form:?}: {}", table.totals[0]);
    }
}

#[test]
fn w6a_the_greatest_within_a_level_counts_and_levels_add_up() {
    // grading-and-price.md W6a: 50 + max(15, 20) + max(5, 4) = 75, every facility at the unit's door.
    let door = Point::new(20.0, 20.0);
    let columns = vec![
        Column { name: "scale".to_string(), values: Values::Real(vec![100.0, 75.0, 100.0, 100.0, 80.0]) },
        Column { name: "level".to_string(), values: Values::Text(["1", "2", "2", "3", "3"].into_iter().collect()) },
    ];
    let facilities = layer(Shapes::of_points([door; 5]), columns);
    let mut plan = plan(Form::Linear, 1000.0, true, Combine::Sum);
    plan.level_field = Some("level".to_string());
    plan.levels = [("1", 50.0), ("2", 20.0), ("3", 5.0)]
        .map(|(key, score)| LevelPlan { level: Some(key.to_string()), score, ..plan.levels[0].clone() })
        .to_vec();
    let model = model(vec![Field::Reach(reach::build("f", &plan, &facilities, false, None).unwrap())]);
    let table = score(&model, &units(1), &Unwatched).unwrap();
    assert!((table.totals[0] - 75.0).abs() < 1e-9, "{}", table.totals[0]);
}

#[test]
fn units_no_area_speaks_of_are_named_when_there_is_no_default() {
    let mut zones = Shapes::new(Kind::Polygon);
    square(&mut zones, -10.0, -10.0, 60.0);
    let zones = layer(zones, vec![Column { name: "score".to_string(), values: Values::Int(vec![Some(70)]) }]);
    let area = AreaPlan { score: AreaScore::Field("score".to_string()), default: None };
    let model = model(vec![Field::Zones(Zones::build("z", &area, &zones).unwrap())]);
    let fault = score(&model, &units(3), &Unwatched).unwrap_err();
    assert_eq!(fault.code, "unscored-units");
    assert!(fault.what.en.contains("2 units; the first is 1"), "{}", fault.what.en);
}

/// Centroids at (20, 20), inside the square, and (520, 20), 420 m from its edge: 100 and 100 · (1 − 0.42) = 58.
#[test]
fn a_centre_that_is_an_area_reaches_from_its_edge_and_fully_inside() {
    let mut square_ = Shapes::new(Kind::Polygon);
    square(&mut square_, 0.0, 0.0, 100.0);
    let levels = Values::Text(["1"].into_iter().collect());
    let centres = layer(square_, vec![Column { name: "level".to_string(), values: levels }]);
    let mut plan = plan(Form::Linear, 1000.0, false, Combine::Sum);
    plan.level_field = Some("level".to_string());
    plan.levels[0].level = Some("1".to_string());
    let model = model(vec![Field::Reach(reach::build("centres", &plan, &centres, true, None).unwrap())]);
    let table = score(&model, &units(11), &Unwatched).unwrap();
    assert_eq!((table.totals[0], table.totals[10]), (100.0, 58.0));
}

/// Two stations 4000 and 1000 m from the unit: passenger and freight scale, grade and a radius by grade.
fn stations() -> Layer {
    let shapes = Shapes::of_points([Point::new(20.0, 4020.0), Point::new(1020.0, 20.0)]);
    let real = |name: &str, values: [f64; 2]| Column { name: name.to_string(), values: Values::Real(values.to_vec()) };
    let text = |name: &str, values: [&str; 2]| Column {
        name: name.to_string(),
        values: Values::Text(values.into_iter().collect()),
    };
    let columns = vec![
        text("lx", ["火车站", "火车站"]),
        text("dj", ["一级", "二级"]),
        real("keyun", [100.0, 70.0]),
        real("huoyun", [20.0, 100.0]),
    ];
    layer(shapes, columns)
}

fn by_grade(scale: &str) -> ReachPlan {
    let mut plan = plan(Form::Linear, 5000.0, false, Combine::Sum);
    plan.scale = Some(ScalePlan::Index(scale.to_string()));
    plan.level_field = Some("lx".to_string());
    plan.grades = Some(GradesPlan { field: "dj".to_string(), coefficients: BTreeMap::new() });
    let level = |grade: &str, radius| LevelPlan {
        level: Some("火车站".to_string()),
        grade: Some(grade.to_string()),
        radius,
        ..plan.levels[0].clone()
    };
    plan.levels = vec![level("一级", 5000.0), level("二级", 3000.0)];
    plan
}

/// grading-and-price.md 2.5: A 100 · (1 − 4000/5000) = 20.0, B 70 · (1 − 1000/3000) = 46.67; one type, so 46.67 and not 66.67.
/// Freight: A 20 · 0.2 = 4, B 100 · 2/3 = 66.67. Housing takes passengers alone, industry 0.3 and 0.7: 14 + 46.67 = 60.67.
#[test]
fn passengers_and_freight_are_two_factors_over_one_layer_with_weights_by_use() {
    let layer = stations();
    let field = |scale: &str| Field::Reach(reach::build("duiwai", &by_grade(scale), &layer, false, None).unwrap());
    let mut model = model(vec![field("keyun"), field("huoyun")]);
    model.weights = vec![vec![1.0, 0.0], vec![0.3, 0.7]];
    let mut two = units(1);
    let table = score(&model, &two, &Unwatched).unwrap();
    assert!((table.row(0)[0] - 140.0 / 3.0).abs() < 1e-9 && (table.row(0)[1] - 200.0 / 3.0).abs() < 1e-9);
    assert!((table.totals[0] - 46.67).abs() < 5e-3, "{}", table.totals[0]);
    two.uses[0] = 1;
    assert!((score(&model, &two, &Unwatched).unwrap().totals[0] - 60.666_666_667).abs() < 1e-8);
}

/// Of one type the greatest counts, types add up: station 46.67 and, at the door, a school of grade 2 with 30 · 0.7 = 21.
/// A facility whose grade is not listed has no influence.
#[test]
fn grades_multiply_the_function_score_and_grades_of_one_type_do_not_add_up() {
    let door = Point::new(20.0, 20.0);
    let columns = vec![
        Column { name: "lx".to_string(), values: Values::Text(["小学", "小学", "小学"].into_iter().collect()) },
        Column { name: "dj".to_string(), values: Values::Text(["二级", "三级", "一级"].into_iter().collect()) },
    ];
    let far = Point::new(520.0, 20.0);
    let schools = layer(Shapes::of_points([door, door, far]), columns);
    let mut plan = by_grade("keyun");
    plan.scale = None;
    plan.levels = vec![LevelPlan {
        level: Some("小学".to_string()),
        grade: None,
        score: 30.0,
        radius: 1000.0,
        ..plan.levels[0].clone()
    }];
    plan.grades = Some(GradesPlan {
        field: "dj".to_string(),
        coefficients: [("一级".to_string(), 1.0), ("二级".to_string(), 0.7)].into_iter().collect(),
    });
    // 一级 at 500 m has 30 · 0.5 = 15, less than 21.
    let model = model(vec![Field::Reach(reach::build("x", &plan, &schools, false, None).unwrap())]);
    assert_eq!(score(&model, &units(1), &Unwatched).unwrap().totals[0], 21.0);
}
