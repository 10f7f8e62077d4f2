//! `landgrade appraise`: parcels valued from a sealed release, one by one and by the layer, against the formula worked here.

use crate::cli::{Room, call, city, landgrade, release};
use serde_json::{Value, json};
use std::fs;

/// A unit of a use, with its area.
pub fn unit_of(land_use: &str) -> String {
    let mut table = csv::Reader::from_path(city().join("releases/2025-published/units.csv")).unwrap();
    let heads = table.headers().unwrap().clone();
    let place = |name: &str| heads.iter().position(|head| head.trim_start_matches('\u{feff}') == name).unwrap();
    let (unit, own) = (place("unit"), place("use"));
    let row = table.records().map(Result::unwrap).find(|row| &row[own] == land_use).unwrap();
    row[unit].to_string()
}

fn appraise(options: &[&str]) -> Value {
    let own = release();
    let mut line = vec!["appraise", &own];
    line.extend(options);
    line.push("--json");
    landgrade(&line).ends(0).json()
}

fn coefficient(told: &Value, key: &str) -> f64 {
    let all = told["coefficients"].as_array().unwrap();
    all.iter().find(|one| one["key"] == key).unwrap_or_else(|| panic!("{key}: {told}"))["value"].as_f64().unwrap()
}

/// Commercial, by hand from corrections.toml and project.toml of the sample: amplitude 24 up and 22 down; 优 of 0.35 is 8.40 %, 较劣 of 0.15
/// half of 3.30 down; 2.5 lies halfway between 1 and 1.15; 35 of 40 years at 8 %; width 10 halfway between 1 and 1.04; gas costs 20.
#[test]
fn every_coefficient_is_that_of_its_table() {
    let unit = unit_of("commercial");
    let given =
        ["--id", &unit, "--use", "商业服务业用地", "--far", "2.5", "--term", "35", "--services", "五通一平,燃气"];
    let set = ["--set", "street=优", "--set", "form=不规则", "--set", "width=10", "--set", "supply=96"];
    let told = appraise(&[&given[..], &set[..]].concat());
    let term = (1.0 - 1.08_f64.powi(-35)) / (1.0 - 1.08_f64.powi(-40));
    let term = (term * 1e4).round() / 1e4;
    for (key, value) in [
        ("street", 8.40),
        ("form", -1.65),
        ("crowd", 0.0),
        ("supply", 1.80),
        ("date", 1.0),
        ("plot_ratio", 1.075),
        ("width", 1.02),
        ("term", term),
        ("development", 20.0),
    ] {
        assert!((coefficient(&told, key) - value).abs() < 1e-12, "{key}: {told}");
    }
    let benchmark = told["benchmark"].as_f64().unwrap();
    let exact = benchmark * (1.0 + (8.40 - 1.65 + 1.80) / 100.0) * 1.075 * 1.02 * term + 20.0;
    assert!((told["exact"].as_f64().unwrap() - exact).abs() < 1e-6, "{told}");
    assert_eq!(told["price"].as_f64().unwrap(), exact.round());
    assert_eq!(told["floor_price"].as_f64().unwrap(), (exact / 2.5).round());
    let total = told["price"].as_f64().unwrap() * told["area"].as_f64().unwrap();
    assert_eq!(told["total"].as_f64().unwrap(), total.round());
    assert_eq!(told["warnings"].as_array().unwrap().iter().filter(|it| it["code"] == "conditions-unknown").count(), 1);
}

/// The base date is 2025Q4; a year later the index of the sample says so, and one that does not is a fault.
#[test]
fn dates_follow_the_index_and_old_prices_are_told() {
    let unit = unit_of("residential");
    let index = fs::read_to_string(city().join("releases/2025/index.csv")).unwrap();
    let column = index.lines().next().unwrap().split(',').position(|name| name == "residential").unwrap();
    let value = |quarter: &str| -> f64 {
        let row = index.lines().find(|line| line.starts_with(quarter)).unwrap();
        row.split(',').nth(column).unwrap().parse().unwrap()
    };
    let told = appraise(&["--id", &unit, "--date", "2024-05-06"]);
    let k = (value("2024Q2") / value("2025Q4") * 1e4).round() / 1e4;
    assert!((coefficient(&told, "date") - k).abs() < 1.5e-4, "{told}");
    let own = release();
    let fault = call(&format!("appraise {own} --id {unit} --date 2031-05-06")).ends(2).err;
    assert!(fault.contains("no-index") && fault.contains("2031Q2"), "{fault}");
    let codes = |today: &str| {
        let told = appraise(&["--id", &unit, "--today", today]);
        let codes = told["warnings"].as_array().unwrap().iter().map(|it| it["code"].as_str().unwrap().to_string());
        codes.filter(|code| code == "old-price").count()
    };
    let told = appraise(&["--id", &unit, "--date", "2024-05-06"]);
    assert_eq!((&told["base_date"], &told["date"]), (&"2025-12-31".into(), &"2024-05-06".into()));
    assert_eq!(appraise(&["--id", &unit])["date"], "2025-12-31");
    assert_eq!([codes("2028-12-30"), codes("2028-12-31"), codes("2033-01-01")], [0, 1, 1]);
}

/// Every parcel of the layer is a unit, of which the layer tells the plot ratio: its price is that of its grade by that coefficient.
#[test]
fn a_layer_is_valued_row_by_row_the_same_for_any_number_of_threads() {
    let room = Room::new();
    let (own, layer) = (release(), city().join("2025/city.gpkg"));
    let layer = layer.to_str().unwrap();
    let told = |threads: &str, to: &str| {
        let to = room.at(to);
        call(&format!("appraise {own} --parcels {layer} --layer parcels --to {to} --threads {threads} --json"))
            .ends(0)
            .json()
    };
    let (one, two) = (told("1", "a.csv"), told("2", "b.csv"));
    assert_eq!((&one["valued"], &one["total"]), (&two["valued"], &two["total"]));
    let files = ["a.csv", "b.csv"].map(|name| fs::read(room.path().join(name)).unwrap());
    assert!(files[0] == files[1]);
    let mut table = csv::Reader::from_reader(&files[0][..]);
    let heads = table.headers().unwrap().clone();
    let at = |name: &str| heads.iter().position(|head| head.trim_start_matches('\u{feff}') == name).unwrap();
    let (id, unit, benchmark, price, reason) = (at("id"), at("unit"), at("benchmark"), at("price"), at("reason"));
    let (ratio, other) = (at("k_far"), at("k_other"));
    let mut rows = 0;
    for row in table.records().map(Result::unwrap) {
        assert_eq!(row[id], row[unit]);
        // A grade of which nothing was sold has no price, and its parcels say so.
        assert_ne!(row[price].is_empty(), row[reason].is_empty());
        if !row[price].is_empty() {
            // The layer tells the plot ratios and the areas, and nothing else that matters.
            let number = |at: usize| row[at].parse::<f64>().unwrap();
            assert_eq!(number(price), (number(benchmark) * number(ratio) * number(other)).round(), "{row:?}");
            rows += 1;
        }
    }
    assert!(rows > 300);
    assert_eq!(json!(rows), one["valued"]);
    for name in ["v.gpkg", "v.xlsx", "v.geojson"] {
        let to = room.at(name);
        call(&format!("appraise {own} --parcels {layer} --layer parcels --to {to}")).ends(0);
        assert!(fs::metadata(room.path().join(name)).unwrap().len() > 1000);
    }
}

#[test]
fn rows_that_cannot_be_valued_say_why_and_the_others_are() {
    let room = Room::new();
    let (own, unit) = (release(), unit_of("commercial"));
    let rows = format!(
        "id,unit,用途,容积率,剩余年期,street,面积\na,{unit},commercial,2,40,优,100\nb,{unit},住房,2,40,,100\nc,nowhere,commercial,2,40,,100\n\
         d,{unit},commercial,zwei,40,,100\ne,{unit},commercial,2,0,,100\nf,{unit},commercial,2,40,好极,100\n=1+1,{unit},commercial,2,40,,100\n"
    );
    fs::write(room.path().join("t.csv"), rows).unwrap();
    fs::write(room.path().join("c.csv"), "id,corner\na,两面临街\n").unwrap();
    let (table, beside, to) = (room.at("t.csv"), room.at("c.csv"), room.at("o.csv"));
    let told = call(&format!("appraise {own} --parcels {table} --conditions {beside} --to {to} --json")).ends(0).json();
    assert_eq!((&told["valued"], &told["not_valued"]), (&json!(2), &json!(5)));
    let written = fs::read_to_string(room.path().join("o.csv")).unwrap();
    for (id, reason) in [
        ("b", "no use \"住房\""),
        ("c", "has no unit \"nowhere\""),
        ("d", "far is \"zwei\""),
        ("e", "no positive number of years"),
        ("f", "no condition of 临街状况"),
    ] {
        let line = written.lines().find(|line| line.starts_with(&format!("{id},"))).unwrap();
        assert!(line.contains(&reason.replace('"', "\"\"")), "{line}");
    }
    // 优 of 0.35 · 24 % and two sides, 1.08.
    let line = written.lines().find(|line| line.starts_with("a,")).unwrap();
    assert!(line.contains(",8.4,") && line.contains(",1.08,"), "{line}");
    assert!(written.contains("'=1+1,"), "{written}");
}

#[test]
fn a_place_is_valued_by_longitude_and_latitude_for_a_use() {
    let own = release();
    let extent = fs::read_to_string(city().join("releases/2025-published/units.geojson")).unwrap();
    let units: Value = serde_json::from_str(&extent).unwrap();
    let feature = units["features"]
        .as_array()
        .unwrap()
        .iter()
        .find(|it| it["properties"]["use"] == "residential" && it["properties"]["price"].is_number())
        .unwrap();
    let mut ring = &feature["geometry"]["coordinates"][0];
    while ring[0][0].is_array() {
        ring = &ring[0];
    }
    let ring: Vec<[f64; 2]> = serde_json::from_value(ring.clone()).unwrap();
    let count = (ring.len() - 1) as f64;
    let mean = |axis: usize| ring[1..].iter().map(|point| point[axis]).sum::<f64>() / count;
    let at = format!("{},{}", mean(0), mean(1));
    let told = appraise(&["--at", &at, "--use", "residential"]);
    assert_eq!((&told["unit"], &told["grade"]), (&feature["properties"]["zddm"], &feature["properties"]["grade"]));
    // Valued for another use, the grade is borrowed and that is told.
    let other = appraise(&["--at", &at, "--use", "commercial"]);
    assert_eq!(other["warnings"][0]["code"], "use-mismatch");
    for (line, code) in [
        (format!("appraise {own} --at {at}"), "no-use"),
        (format!("appraise {own} --at 0,0 --use residential"), "outside-coverage"),
        (format!("appraise {own} --at x --use residential"), "bad-place"),
        (format!("appraise {own} --at {at} --use farm"), "unknown-use"),
        (format!("appraise {own} --at {at} --use residential --set street"), "bad-setting"),
        (format!("appraise {own} --at {at} --use residential --set width=8"), "bad-condition"),
        (format!("appraise {own} --at {at} --use residential --services 八通"), "bad-services"),
        (format!("appraise {own} --at {at} --use residential --to x.csv"), "unknown-format"),
        (format!("appraise {own} --id nobody"), "no-unit"),
    ] {
        let fault = call(&line).ends(2).err;
        assert!(fault.contains(code), "{line}: {fault}");
    }
}
