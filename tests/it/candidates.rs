//! `landgrade candidates`: averages and models of a release's samples, computed anew from its tables.

use crate::cli::{call, city, release};
use crate::tools::{self, broken_sample, folder, project};
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
    let r2 = model["r2"].as_f64().unwrap();
    let text = call(&format!("candidates {own}")).ends(0).out;
    let rows: Vec<Vec<&str>> = text.lines().map(|line| line.split_whitespace().collect()).collect();
    let name = told["uses"].as_array().unwrap().iter().position(|it| it["use"] == "residential").unwrap();
    let own: Vec<_> = rows.iter().filter(|row| row.starts_with(&["exponential", "samples"])).collect();
    assert_eq!(own[name][3], format!("{r2:.3}"), "{text}");
}

/// Two prices in grade 1, 1642 and 1643: their mean is 1642.5, 1643 half up; t at 2.5 % on one degree of freedom is 12.706, the deviation
/// √0.5, so the interval is 1642.5 ± 6.353. People decided on 1700.5; grade 2 has no samples and takes 1642.5, published as 1643.
#[test]
fn prices_stand_as_published_and_say_where_they_come_from() {
    let folder = folder(&[
        ("parcels.geojson", &broken_sample("empty-layer/parcels.geojson")),
        ("stops.geojson", &broken_sample("overlap/stops.geojson")),
        ("s.csv", "id,price,x,y\nS1,1642,500010,3300010\nS2,1643,500012,3300010\n"),
    ]);
    let prices = "[prices]\nfill = \"nearest-grade\"\ndecided = [{ use = \"commercial\", grade = 1, price = 1700.5, reason = \"听证意见\" }]\n\
        [prices.samples]\nsource = \"s.csv\"\ncrs = \"EPSG:4547\"\nid = \"id\"\nx = \"x\"\ny = \"y\"\nprice = \"price\"\nunit = \"元/㎡\"\n\
        [release]\nname = \"r\"\n";
    let units = "source = \"parcels.geojson\"\nid = \"parcel\"\nuse = \"use\"\n";
    let file = folder.path().join("project.toml");
    std::fs::write(&file, project("EPSG:4547", units, &tools::near("stops.geojson"), prices)).unwrap();
    let file = tools::shown(&file);
    let table = call(&format!("price {file} --lang zh")).ends(0).out;
    assert!(table.contains("另行确定,按规则为 1643:听证意见"), "{table}");
    let ran = call(&format!("run {file} --json")).ends(0).json();
    assert_eq!(ran["cells"][0]["decided"], serde_json::json!({"computed": 1643.0, "reason": "听证意见"}), "{ran}");
    let own = tools::shown(folder.path()).to_string() + "/releases/r";
    let told = call(&format!("candidates {own} --json")).ends(0).json();
    let grades = &told["uses"][0]["grades"];
    assert_eq!((&grades[0]["published"], &grades[0]["mean"]), (&1700.5.into(), &1642.5.into()), "{told}");
    assert_eq!(grades[0]["decided"]["reason"], "听证意见", "{told}");
    assert!(grades[0]["filled"].is_null() && grades[1]["decided"].is_null() && grades[1]["filled"].is_string());
    let text = call(&format!("candidates {own}")).ends(0).out;
    let row = |grade: &str| -> Vec<&str> {
        let rows = text.lines().map(|line| line.split_whitespace().collect::<Vec<_>>());
        rows.into_iter().find(|row| row.first() == Some(&grade)).unwrap_or_else(|| panic!("{text}"))
    };
    assert_eq!(row("I")[2..4], ["1643", "1636–1649"], "{text}");
    assert_eq!(row("I")[11..13], ["1700.5", "decided"], "{text}");
    assert_eq!(row("II")[11..13], ["1643", "filled"], "{text}");
    assert!(text.contains("note: grade I: decided, 1643 by the rules: 听证意见"), "{text}");
}
