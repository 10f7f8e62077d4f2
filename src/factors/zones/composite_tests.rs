use super::*;
use crate::factors::Zones;
use crate::land::{Column, Texts, Values};
use crate::project::plan::{AreaPlan, AreaScore, Scaling};
use crate::space::{Kind, Point, Shapes};

fn layer(columns: &[(&str, &[f64])]) -> Layer {
    let count = columns[0].1.len();
    let mut shapes = Shapes::new(Kind::Polygon);
    for n in 0..count {
        let x = n as f64;
        shapes.push_ring(&[(x, 0.0), (x + 1.0, 0.0), (x + 1.0, 1.0), (x, 0.0)].map(|(x, y)| Point::new(x, y)), true);
        shapes.end_feature();
    }
    let column = |&(name, values): &(&str, &[f64])| Column { name: name.into(), values: Values::Real(values.to_vec()) };
    Layer {
        name: "areas".to_string(),
        labels: ["A", "B", "C"].iter().take(count).collect::<Texts>(),
        shapes,
        columns: columns.iter().map(column).collect(),
    }
}

fn service(name: &str, index: f64, level: AmountPlan, rate: AmountPlan) -> ServicePlan {
    ServicePlan { name: name.to_string(), index, level, rate }
}

fn field(name: &str) -> AmountPlan {
    AmountPlan::Field(name.to_string())
}

/// grading-and-price.md 2.5: k = .25, .2, .25, .15, .15, level 1, .8, 1, .9, 0, rate .98, .95, .99, .95, 0 → 77.275.
#[test]
fn the_infrastructure_vector_comes_out_in_parts_of_one_and_in_percent() {
    let k = [0.25, 0.2, 0.25, 0.15, 0.15];
    let (levels, rates) = ([1.0, 0.8, 1.0, 0.9, 0.0], [0.98, 0.95, 0.99, 0.95, 0.0]);
    for (percent, whole) in [(false, 1.0), (true, 100.0)] {
        let columns: Vec<(String, [f64; 1])> =
            (0..5).flat_map(|n| [(format!("l{n}"), [levels[n]]), (format!("r{n}"), [rates[n] * whole])]).collect();
        let columns: Vec<(&str, &[f64])> = columns.iter().map(|(name, values)| (name.as_str(), &values[..])).collect();
        let services: Vec<ServicePlan> =
            (0..5).map(|n| service("s", k[n], field(&format!("l{n}")), field(&format!("r{n}")))).collect();
        let plan = AreaPlan { score: AreaScore::Services { services, percent }, default: None };
        let zones = Zones::build("jichu", &plan, &layer(&columns)).unwrap();
        assert!((zones.scores[0] - 77.275).abs() < 1e-9, "{}", zones.scores[0]);
        // 0.25 · 100 · 1 · 0.98 = 24.5 points of water.
        assert!((zones.pieces[0].scores[0] * zones.pieces[0].index - 24.5).abs() < 1e-12);
    }
}

/// A number stands for every area; water 0.6 · 100 · 1 · 0.9 = 54, gas 0.4 · 100 · level · 0.5 = 20 and 10.
#[test]
fn numbers_stand_for_every_area_and_a_rate_in_percent_without_the_key_is_refused() {
    let one = AmountPlan::Number;
    let services = vec![service("water", 0.6, one(1.0), one(0.9)), service("gas", 0.4, field("gas"), one(0.5))];
    let areas = layer(&[("gas", &[1.0, 0.5]), ("sure", &[0.9, 98.0])]);
    assert_eq!(sums(&self::services("x", &services, false, &areas).unwrap(), 2), [74.0, 64.0]);
    let refused = [service("water", 1.0, one(1.0), field("sure"))];
    let fault = self::services("x", &refused, false, &areas).err().unwrap();
    assert_eq!((fault.code, fault.what.en.as_str()), ("bad-score", "factor x: area B has \"98\" in sure"));
    assert!(fault.help.en.contains("percent = true"));
}

/// Air 10 to 50, high is bad: 10 → 100, 30 → 50, 50 → 0. Green 0 to 0.4 given, high is good: 0.1 → 25, 0.2 → 50, 0.5 → 100.
/// 0.75 · air + 0.25 · green: 81.25, 50, 25.
#[test]
fn items_are_normalised_one_by_one_and_weighed_by_their_index() {
    let areas = layer(&[("air", &[10.0, 30.0, 50.0]), ("green", &[0.1, 0.2, 0.5])]);
    let item =
        |field: &str, index, scaling| ItemPlan { field: field.to_string(), name: field.to_string(), index, scaling };
    let open = Scaling { high_is_good: false, low: None, high: None, percentiles: None, best: None };
    let items = vec![
        item("air", 0.75, open),
        item(
            "green",
            0.25,
            Scaling { high_is_good: true, low: Some(0.0), high: Some(0.4), percentiles: None, best: None },
        ),
    ];
    let zones = Zones::build("hj", &AreaPlan { score: AreaScore::Items(items), default: None }, &areas).unwrap();
    for (found, expected) in zones.scores.iter().zip([81.25, 50.0, 25.0]) {
        assert!((found - expected).abs() < 1e-12, "{found} is not {expected}");
    }
}
