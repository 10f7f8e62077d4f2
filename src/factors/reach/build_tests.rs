use super::*;
use crate::land::{Column, Texts};
use crate::project::plan::{Combine, Distance, Form, Rules, ScalePlan};
use crate::space::Point;

fn facilities(scales: &[f64], levels: &[&str]) -> Layer {
    let shapes = Shapes::of_points((0..scales.len()).map(|at| Point::new(at as f64, 0.0)));
    let texts: Texts = levels.iter().collect();
    Layer {
        name: "stations".to_string(),
        labels: (0..scales.len()).map(|at| format!("S{at}")).collect(),
        shapes,
        columns: vec![
            Column { name: "scale".to_string(), values: Values::Real(scales.to_vec()) },
            Column { name: "kind".to_string(), values: Values::Text(texts) },
        ],
    }
}

fn plan(form: Form, levels: &[(&str, f64)]) -> ReachPlan {
    let level = |&(level, score): &(&str, f64)| LevelPlan {
        level: Some(level.to_string()),
        name: level.to_string(),
        radius: 1000.0,
        score,
        ..LevelPlan::default()
    };
    ReachPlan {
        form,
        reached_at_radius: false,
        scale: Some(ScalePlan::Index("scale".to_string())),
        level_field: Some("kind".to_string()),
        levels: levels.iter().map(level).collect(),
        combine: Combine::Sum,
        barriers: Vec::new(),
        distance: Distance::default(),
        grades: None,
        rules: Rules::default(),
        directions: None,
    }
}

fn code(form: Form, levels: &[(&str, f64)], scales: &[f64]) -> Option<(&'static str, String)> {
    let layer = facilities(scales, &vec!["metro"; scales.len()]);
    build("stations", &plan(form, levels), &layer, false, None).err().map(|fault| (fault.code, fault.what.en))
}

#[test]
fn exponential_influence_that_would_rise_with_distance_is_refused_and_named() {
    // 0.5^(1 − r) grows from 0.5 at the door to 1 at the radius.
    let (code_, what) = code(Form::Exponential, &[("metro", 50.0)], &[100.0, 1.0]).unwrap();
    assert_eq!(code_, "weak-source");
    assert!(what.contains("S1") && what.contains("0.5"), "{what}");
    assert_eq!(code(Form::Linear, &[("metro", 50.0)], &[100.0, 1.0]), None);
    assert_eq!(code(Form::Exponential, &[("metro", 50.0)], &[100.0, 0.0]), None, "no influence at all is no influence");
}

#[test]
fn a_level_without_features_and_a_scale_beyond_its_range_are_refused() {
    assert_eq!(code(Form::Linear, &[("metro", 50.0), ("rail", 50.0)], &[100.0]).unwrap().0, "no-sources");
    assert_eq!(code(Form::Linear, &[("metro", 50.0)], &[101.0]).unwrap().0, "bad-scale");
}
