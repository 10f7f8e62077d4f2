use super::*;
use crate::land::{Column, Texts};
use crate::space::{Point, Shapes};

fn centres(columns: &[(&str, &[f64])]) -> Layer {
    let count = columns[0].1.len();
    let column = |&(name, values): &(&str, &[f64])| Column { name: name.into(), values: Values::Real(values.to_vec()) };
    Layer {
        name: "centres".to_string(),
        labels: ["A", "B", "C", "D"].iter().take(count).collect::<Texts>(),
        shapes: Shapes::of_points((0..count).map(|at| Point::new(at as f64, 0.0))),
        columns: columns.iter().map(column).collect(),
    }
}

fn indicators(names: &[&str]) -> ScalePlan {
    ScalePlan::Indicators { fields: names.iter().map(|name| (*name).to_string()).collect(), weights: None }
}

/// Worked example W4: sales, tax, floor area and outlets of four centres; published 26, 34, 100, 23, computed 25.987, 33.960, 100, 23.060.
#[test]
fn w4_the_scale_index_is_the_mean_of_the_indicators_against_the_largest() {
    let layer = centres(&[
        ("sales", &[1600.0, 3900.0, 25000.0, 1500.0]),
        ("tax", &[150.0, 300.0, 2800.0, 180.0]),
        ("floor", &[3400.0, 15500.0, 52500.0, 4400.0]),
        ("outlets", &[30.0, 28.0, 35.0, 25.0]),
    ]);
    let found = of("shangfu", &layer, &indicators(&["sales", "tax", "floor", "outlets"])).unwrap();
    for (found, expected) in found.iter().zip([25.987, 33.960, 100.0, 23.060]) {
        assert!((found - expected).abs() < 5e-4, "{found} is not {expected}");
    }
    // The outlets alone make the small centre large.
    let outlets = of("shangfu", &layer, &indicators(&["outlets"])).unwrap();
    assert!((outlets[3] / 100.0 - 0.714).abs() < 5e-4);
}

/// By hand: 0.75·40/100 + 0.25·10/20 = 0.425 and 0.75 + 0.25 = 1.
#[test]
fn indicators_may_weigh_differently() {
    let layer = centres(&[("sales", &[40.0, 100.0]), ("floor", &[10.0, 20.0])]);
    let fields = vec!["sales".to_string(), "floor".to_string()];
    let plan = ScalePlan::Indicators { fields, weights: Some(vec![0.75, 0.25]) };
    let found = of("shangfu", &layer, &plan).unwrap();
    assert!((found[0] - 42.5).abs() < 1e-12 && found[1] == 100.0, "{found:?}");
}

#[test]
fn an_index_is_taken_as_it_is_and_what_is_no_scale_is_refused_by_name() {
    let layer =
        centres(&[("index", &[40.0, 100.0]), ("low", &[-1.0, 2.0]), ("none", &[0.0, 0.0]), ("high", &[1.0, 101.0])]);
    assert_eq!(of("shangfu", &layer, &ScalePlan::Index("index".into())).unwrap(), [40.0, 100.0]);
    let refused =
        |plan: &ScalePlan| of("shangfu", &layer, plan).map_err(|fault| (fault.code, fault.what.en)).unwrap_err();
    let (code, what) = refused(&ScalePlan::Index("high".into()));
    assert_eq!((code, what.as_str()), ("bad-scale", "factor shangfu: the scale of B, high, is \"101\""));
    assert!(refused(&indicators(&["index", "low"])).1.contains("the scale of A, low, is \"-1\""));
    assert!(refused(&indicators(&["none"])).1.contains("none is 0 in every feature"));
    assert_eq!(refused(&indicators(&["nosuch"])).0, "missing-field");
}
