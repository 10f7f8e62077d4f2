//! `landgrade candidates`: averages and models of a release's samples, computed anew from its tables.

use crate::cli::{call, city, release};
use serde_json::Value;

/// Used prices at the connotation with their grade and area, of one use, from the sealed table.
fn samples(land_use: &str) -> Vec<(u8, f64, f64)> {
    let mut table = csv::Reader::from_path(city().join("releases/2025/samples.csv")).unwrap();
    let heads = table.headers().unwrap().clone();
    let at = |name: &str| heads.iter().position(|head| head == name).unwrap();
    let (of, used, grade, corrected, area) = (at("use"), at("used"), at("grade"), at("corrected"), at("area"));
    let rows = table.records().map(Result::unwrap).filter(|row| &row[of] == land_use && &row[used] == "1");
    rows.map(|row| (row[grade].parse().unwrap(), row[corrected].parse().unwrap(), row[area].parse().unwrap())).collect()
}

fn near(told: &Value, expected: f64) {
    let told = told.as_f64().unwrap_or_else(|| panic!("{expected}: {told}"));
    assert!((told - expected).abs() < 1e-9 * expected.abs().max(1.0), "{told} {expected}");
}

#[test]
fn averages_and_needed_samples_are_those_of_the_table() {
    let own = release();
    let told = call(&format!("candidates {own} --json")).ends(0).json();
    let of_use = told["uses"].as_array().unwrap().iter().find(|of_use| of_use["use"] == "residential").unwrap();
    let all = samples("residential");
    let mut seen = 0;
    for row in of_use["grades"].as_array().unwrap() {
        let grade = row["grade"].as_u64().unwrap() as u8;
        let own: Vec<(f64, f64)> = all.iter().filter(|it| it.0 == grade).map(|it| (it.1, it.2)).collect();
        assert_eq!(row["used"].as_u64().unwrap() as usize, own.len());
        if own.len() < 2 {
            continue;
        }
        let n = own.len() as f64;
        let mean = own.iter().map(|it| it.0).sum::<f64>() / n;
        near(&row["mean"], mean);
        near(&row["area_mean"], own.iter().map(|it| it.0 * it.1).sum::<f64>() / own.iter().map(|it| it.1).sum::<f64>());
        let deviation = (own.iter().map(|it| (it.0 - mean).powi(2)).sum::<f64>() / (n - 1.0)).sqrt();
        near(&row["cv"], deviation / mean);
        let needed = (1.96 * deviation / mean / 0.1).powi(2).ceil();
        assert_eq!(row["needed_10"].as_f64().unwrap(), needed);
        seen += own.len();
    }
    assert!(seen > 20);
}

/// ln P over the rank of the grade, by the textbook's sums.
#[test]
fn the_exponential_model_is_a_line_of_logarithms() {
    let own = release();
    let told = call(&format!("candidates {own} --json")).ends(0).json();
    let of_use = told["uses"].as_array().unwrap().iter().find(|of_use| of_use["use"] == "residential").unwrap();
    let grades = of_use["grades"].as_array().unwrap().len() as f64;
    let model =
        of_use["models"].as_array().unwrap().iter().find(|it| it["form"] == "exponential" && it["over"] == "samples");
    let model = model.unwrap();
    let points: Vec<(f64, f64)> =
        samples("residential").iter().map(|it| (grades + 1.0 - f64::from(it.0), it.1.ln())).collect();
    let n = points.len() as f64;
    let (x, y) = (points.iter().map(|it| it.0).sum::<f64>(), points.iter().map(|it| it.1).sum::<f64>());
    let (xx, xy) = (points.iter().map(|it| it.0 * it.0).sum::<f64>(), points.iter().map(|it| it.0 * it.1).sum::<f64>());
    let slope = (n * xy - x * y) / (n * xx - x * x);
    near(&model["slope"], slope);
    near(&model["intercept"], (y - slope * x) / n);
    let t = model["t"].as_f64().unwrap();
    near(&model["f"], t * t);
    near(&model["prices"][0], ((y - slope * x) / n + slope * grades).exp());
    let text = call(&format!("candidates {own} --lang zh")).ends(0).out;
    assert!(text.contains("级间比") && text.contains("涂抹系数"), "{text}");
}
