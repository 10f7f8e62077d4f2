//! Homogeneous areas (区片) and streets (路线价): priced from the samples in them, sealed, published, and what parcels are valued by.

use crate::cli::{Room, landgrade};
use serde_json::Value;
use std::collections::HashMap;
use std::fmt::Write;
use std::path::Path;

const PROJECT: &str = r#"[project]
name = "places"
crs = "EPSG:4547"
base_date = "2024-12-31"

[units]
source = "parcels.geojson"
id = "parcel"

[[uses]]
key = "commercial"
name = "商服用地"
grades = 2
breaks = { method = "given", limits = [90] }
weights = { stop = 1.0 }
price = { term = 40, rate = 0.06, plot_ratio = 2.0 }

[[factors]]
key = "stop"
kind = "point"
source = "stops.geojson"
attenuation = "linear"
levels = [{ radius = 500, score = 100 }]

[prices]
outliers = "none"

[prices.areas]
source = "areas.geojson"
id = "qp"
name = "mc"
price = "jg"
reason = "ly"

[prices.streets]
source = "streets.geojson"
id = "lx"
name = "lm"
standard_depth = 20
within = 10

[prices.samples]
source = "samples.csv"
crs = "EPSG:4547"
id = "id"
price = "price"
unit = "元/㎡"
depth = "depth"
x = "x"
y = "y"

[release]
name = "2024"
"#;

fn layer(features: &[(String, String)]) -> String {
    let mut text = String::from(
        r#"{"type":"FeatureCollection","crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::4547"}},"features":["#,
    );
    for (at, (properties, geometry)) in features.iter().enumerate() {
        let comma = if at > 0 { "," } else { "" };
        write!(text, r#"{comma}{{"type":"Feature","properties":{{{properties}}},"geometry":{geometry}}}"#).unwrap();
    }
    text + "]}"
}

fn place(x: f64, y: f64) -> String {
    format!("[{},{}]", 500_000.0 + x, 3_300_000.0 + y)
}

fn boxed(left: f64, low: f64, right: f64, high: f64) -> String {
    let corners = [(left, low), (right, low), (right, high), (left, high), (left, low)];
    format!(r#"{{"type":"Polygon","coordinates":[[{}]]}}"#, corners.map(|(x, y)| place(x, y)).join(","))
}

/// Parcels of 20 m in a row, 30 m from one to the next, a stop on the first: the first two are of grade 1. A street runs 8 m before the first
/// two, another far behind the last; area Q1 holds parcels 3 and 4, area Q2 parcel 5, whose price people decided on, area Q3 parcel 6.
pub fn written(folder: &Path, reversed: bool) {
    let parcels = (1..=6).map(|id| {
        (format!(r#""parcel":{id}"#), boxed(30.0 * f64::from(id - 1), 0.0, 30.0 * f64::from(id - 1) + 20.0, 20.0))
    });
    let mut parcels: Vec<_> = parcels.collect();
    let mut areas = vec![
        (r#""qp":"Q1","mc":"东片","jg":null,"ly":null"#.to_string(), boxed(55.0, -5.0, 115.0, 25.0)),
        (r#""qp":"Q2","mc":"南片","jg":1000,"ly":"专家论证""#.to_string(), boxed(115.0, -5.0, 145.0, 25.0)),
        (r#""qp":"Q3","mc":"西片","jg":null,"ly":null"#.to_string(), boxed(145.0, -5.0, 175.0, 25.0)),
    ];
    let line = |x: f64, y: f64, to: f64| {
        format!(r#"{{"type":"LineString","coordinates":[{},{}]}}"#, place(x, y), place(to, y))
    };
    let streets = [
        (r#""lx":"L1","lm":"中山路""#.to_string(), line(-5.0, -8.0, 55.0)),
        (r#""lx":"L2","lm":"环城路""#.to_string(), line(100.0, 200.0, 200.0)),
    ];
    if reversed {
        parcels.reverse();
        areas.reverse();
    }
    let stop = [(r#""name":"s""#.to_string(), format!(r#"{{"type":"Point","coordinates":{}}}"#, place(10.0, 10.0)))];
    std::fs::write(folder.join("project.toml"), PROJECT).unwrap();
    std::fs::write(folder.join("parcels.geojson"), layer(&parcels)).unwrap();
    std::fs::write(folder.join("areas.geojson"), layer(&areas)).unwrap();
    std::fs::write(folder.join("streets.geojson"), layer(&streets)).unwrap();
    std::fs::write(folder.join("stops.geojson"), layer(&stop)).unwrap();
    let mut samples = String::from("id,price,depth,x,y\n");
    let rows = [
        ("S1", 2000, "10", 10.0),
        ("S2", 2100, "20", 40.0),
        ("S3", 1800, "5", 15.0),
        ("S4", 1200, "", 70.0),
        ("S5", 1100, "", 100.0),
        ("S6", 1150, "", 75.0),
        ("S7", 900, "", 130.0),
        ("S8", 880, "", 160.0),
    ];
    for (id, price, depth, x) in rows {
        writeln!(samples, "{id},{price},{depth},{},{}", 500_000.0 + x, 3_300_010.0).unwrap();
    }
    std::fs::write(folder.join("samples.csv"), samples).unwrap();
}

fn rows(path: &Path) -> Vec<HashMap<String, String>> {
    let mut reader = csv::Reader::from_path(path).unwrap();
    let heads = reader.headers().unwrap().clone();
    let name = |head: &str| head.trim_start_matches('\u{feff}').to_string();
    let row = |row: csv::StringRecord| heads.iter().zip(&row).map(|(head, cell)| (name(head), cell.into())).collect();
    reader.records().map(|record| row(record.unwrap())).collect()
}

/// The fields of a published layer.
fn properties(path: &Path) -> Vec<HashMap<String, String>> {
    let layer: Value = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
    let shown = |value: &Value| match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.as_f64().unwrap().to_string(),
    };
    let row = |feature: &Value| {
        let fields = feature["properties"].as_object().unwrap().iter();
        fields.map(|(name, value)| (name.clone(), shown(value))).collect()
    };
    layer["features"].as_array().unwrap().iter().map(row).collect()
}

fn value(folder: &Path, options: &[&str]) -> Value {
    let release = folder.join("releases/2024").display().to_string();
    landgrade(&[&["appraise", &release], options, &["--json", "--today", "2025-01-01"]].concat()).ends(0).json()
}

/// By hand. The street, standard depth 20 m, by 四三二一: S1 at half of it stands at 140 %, S2 at 100 %, S3 at a quarter of it at 160 %, so
/// (2000/1.4 + 2100 + 1800/1.6)/3 = (1428.571 + 2100 + 1125)/3 = 1551.19. Area Q1: (1200 + 1100 + 1150)/3 = 1150. Grade 2: (1200 + 1100 + 1150 + 900 + 880)/5 =
/// 1046; so Q3 with its one sample has 1046, Q2 the decided 1000.
#[test]
fn areas_and_streets_have_prices_of_their_own_and_parcels_are_valued_by_them() {
    let room = Room::new();
    written(room.path(), false);
    landgrade(&["run", &room.path().join("project.toml").display().to_string()]).ends(0);
    let published = room.path().join("releases/2024-published");
    let areas = properties(&published.join("price_areas.geojson"));
    let told = |row: &HashMap<String, String>| {
        ["id", "name", "grade", "samples", "kept", "price", "computed"]
            .map(|column| row.get(column).cloned().unwrap_or_default())
            .join(" ")
    };
    assert_eq!(
        areas.iter().map(told).collect::<Vec<_>>(),
        ["Q1 东片 2 3 3 1150 ", "Q2 南片 2 1 1 1000 ", "Q3 西片 2 1 1 1046 "]
    );
    assert_eq!(areas[1]["note"], "专家论证");
    assert!(areas[2]["note"].contains("fewer than 3"), "{}", areas[2]["note"]);
    let streets = properties(&published.join("price_streets.geojson"));
    let told = |row: &HashMap<String, String>| {
        ["id", "grade", "depth", "kept", "price"].map(|column| row.get(column).cloned().unwrap_or_default()).join(" ")
    };
    assert_eq!(streets.iter().map(told).collect::<Vec<_>>(), ["L1 1 20 3 1551", "L2  20 0 "]);
    assert!(streets[1]["note"].contains("no street price"), "{}", streets[1]["note"]);
    let samples = rows(&room.path().join("releases/2024/samples.csv"));
    let on_street: Vec<&str> =
        samples.iter().filter(|row| row["street"] == "L1").map(|row| row["id"].as_str()).collect();
    assert_eq!(on_street, ["S1", "S2", "S3"]);
    let at_depth: f64 = samples[0]["street_price"].parse().unwrap();
    assert!((at_depth - 2000.0 / 1.4).abs() < 1e-9);

    // A parcel on the street, half as deep as the standard: 1551 × 1.4; of unknown depth, as the standard.
    let told = value(room.path(), &["--id", "1", "--set", "depth=10"]);
    assert_eq!((told["price"].as_f64(), told["benchmark"].as_f64()), (Some(2171.0), Some(1551.0)));
    assert_eq!((told["basis"]["kind"].as_str(), told["basis"]["id"].as_str()), (Some("street"), Some("L1")));
    let told = value(room.path(), &["--id", "2"]);
    assert_eq!((told["price"].as_f64(), told["warnings"][0]["code"].as_str()), (Some(1551.0), Some("depth-unknown")));
    for (id, kind, price) in [("3", "area", 1150.0), ("5", "area", 1000.0), ("6", "area", 1046.0)] {
        let told = value(room.path(), &["--id", id]);
        assert_eq!((told["basis"]["kind"].as_str(), told["price"].as_f64()), (Some(kind), Some(price)), "{id}");
    }
    // Off the street a depth is a condition nobody asks for.
    let release = room.path().join("releases/2024").display().to_string();
    landgrade(&["appraise", &release, "--id", "4", "--set", "depth=10"]).ends(2).tells("bad-condition", &[]);

    // The layer of all parcels, by outline.
    let to = room.path().join("values.csv");
    let parcels = room.path().join("parcels.geojson").display().to_string();
    landgrade(&[
        "appraise",
        &release,
        "--parcels",
        &parcels,
        "--field",
        "id=parcel",
        "--use",
        "commercial",
        "--to",
        &to.display().to_string(),
    ])
    .ends(0);
    let told: Vec<String> =
        rows(&to).iter().map(|row| format!("{} {} {}", row["id"], row["basis"], row["price"])).collect();
    assert_eq!(
        told,
        [
            "1 street L1 1551",
            "2 street L1 1551",
            "3 area Q1 1150",
            "4 area Q1 1150",
            "5 area Q2 1000",
            "6 area Q3 1046"
        ]
    );
}

/// Ratios against what ground is valued by. On L1, 1551 at the standard depth: 1551/1428.571, 1551/2100, 1551/1125. In Q1, at 1150: 1150/1200,
/// 1150/1100, 1; in Q2 the decided 1000/900, in Q3 the grade's 1046/880. No sample is left to a grade.
#[test]
fn sales_are_held_against_the_price_their_ground_is_valued_by() {
    let room = Room::new();
    written(room.path(), false);
    landgrade(&["run", &room.path().join("project.toml").display().to_string()]).ends(0);
    let release = room.path().join("releases/2024").display().to_string();
    let told = landgrade(&["quality", &release, "--json"]).ends(0).json();
    let of_use = &told["uses"][0];
    let near = |found: &Value, wanted: f64| (found.as_f64().unwrap() - wanted).abs() < 1e-9;
    assert_eq!((of_use["streets"]["n"].as_u64(), of_use["areas"]["n"].as_u64()), (Some(3), Some(5)));
    let mut streets = [1551.0 * 1.4 / 2000.0, 1551.0 / 2100.0, 1551.0 * 1.6 / 1800.0];
    streets.sort_by(f64::total_cmp);
    assert!(near(&of_use["streets"]["median_ratio"], streets[1]), "{}", of_use["streets"]);
    let areas = [1150.0 / 1200.0, 1150.0 / 1100.0, 1.0, 1000.0 / 900.0, 1046.0 / 880.0];
    assert!(near(&of_use["areas"]["mean_ratio"], areas.iter().sum::<f64>() / 5.0), "{}", of_use["areas"]);
    assert!(of_use["grades"].as_array().unwrap().iter().all(|grade| grade["n"] == 0), "{}", of_use["grades"]);
    // An explanation says what the ground is valued by.
    for (unit, wanted) in [("1", "street L1 中山路, 1551 元/㎡"), ("3", "area Q1 东片, 1150 元/㎡")] {
        let told = landgrade(&["explain", &release, unit]).ends(0).out;
        assert!(told.contains(&format!("by the price of {wanted}, not by that of the grade")), "{told}");
    }
    // What street prices rest on stands in the published tables.
    let samples = rows(&room.path().join("releases/2024-published/samples.csv"));
    let told = |row: usize, title: &str| samples[row][title].clone();
    assert_eq!(
        (told(0, "street whose price it speaks of"), told(0, "depth behind the street (m)")),
        ("L1".into(), "10".into())
    );
    let price: f64 = told(0, "price at the standard depth of the street (元/㎡)").parse().unwrap();
    assert!((price - 2000.0 / 1.4).abs() < 0.005 + 1e-9, "{price}");
    assert_eq!(told(3, "area with a price of its own"), "Q1");
    let corrections = rows(&room.path().join("releases/2024-published/corrections.csv"));
    let depth: Vec<f64> = corrections
        .iter()
        .filter(|row| row["corrected for"].contains("depth behind a street") && !row["coefficient"].is_empty())
        .map(|row| row["coefficient"].parse().unwrap())
        .collect();
    assert_eq!(depth[..4], [1.6, 1.4, 1.2, 1.0], "四三二一: 40/25, 70/50, 90/75, 100/100");
}

#[test]
fn a_street_with_a_price_needs_none_of_its_grade() {
    let room = Room::new();
    written(room.path(), false);
    let edit = |file: &str, from: &str, to: &str| {
        let path = room.path().join(file);
        let text = std::fs::read_to_string(&path).unwrap();
        assert!(text.contains(from), "{from}");
        std::fs::write(path, text.replacen(from, to, 1)).unwrap();
    };
    // People decided on the street's price; no sample is left in grade 1.
    edit("streets.geojson", r#""lm":"中山路""#, r#""lm":"中山路","jg":3000,"ly":"专家论证""#);
    edit("streets.geojson", r#""lm":"环城路""#, r#""lm":"环城路","jg":null,"ly":null"#);
    edit("project.toml", "standard_depth = 20\n", "standard_depth = 20\nprice = \"jg\"\nreason = \"ly\"\n");
    for row in ["S1,2000,10,500010,3300010\n", "S2,2100,20,500040,3300010\n", "S3,1800,5,500015,3300010\n"] {
        edit("samples.csv", row, "");
    }
    landgrade(&["run", &room.path().join("project.toml").display().to_string()]).ends(0);
    let told = value(room.path(), &["--id", "1", "--set", "depth=20"]);
    assert_eq!((told["price"].as_f64(), told["basis"]["kind"].as_str()), (Some(3000.0), Some("street")));
    assert_eq!(told["grade"].as_u64(), Some(1));
}

#[test]
fn the_order_of_areas_and_parcels_changes_no_byte_and_the_release_is_replayed() {
    let digest = |reversed: bool| {
        let room = Room::new();
        written(room.path(), reversed);
        landgrade(&["run", &room.path().join("project.toml").display().to_string()]).ends(0);
        let release = room.path().join("releases/2024");
        landgrade(&["verify", &release.display().to_string(), "--replay"]).ends(0);
        ["price-areas.parquet", "price-streets.parquet", "samples.csv", "prices.csv"]
            .map(|name| std::fs::read(release.join(name)).unwrap())
    };
    assert!(digest(false) == digest(true));
}

/// Grade 2 is set at another plot ratio than grade 1: prices of one say nothing of the other, so there is no step, no order, no model.
#[test]
fn grades_of_different_premises_are_not_held_against_each_other() {
    let room = Room::new();
    written(room.path(), false);
    let path = room.path().join("project.toml");
    let text = std::fs::read_to_string(&path).unwrap();
    let by_grade = "plot_ratio = 2.0, by_grade = [{ grades = [2], plot_ratio = 1.2 }] }";
    std::fs::write(&path, text.replace("plot_ratio = 2.0 }", by_grade)).unwrap();
    let (release, ran) = (room.path().join("releases/2024").display().to_string(), path.display().to_string());
    landgrade(&["run", &ran]).ends(0);
    let told = landgrade(&["candidates", &release, "--json"]).ends(0).json();
    let of_use = &told["uses"][0];
    assert_eq!((of_use["premises_differ"].as_bool(), of_use["models"].as_array().map(Vec::len)), (Some(true), Some(0)));
    assert!(of_use["grades"].as_array().unwrap().iter().all(|row| row["step"].is_null()), "{of_use}");
    let findings = std::fs::read_to_string(room.path().join("releases/2024/findings.csv")).unwrap();
    assert!(!findings.contains("odd-ratio") && !findings.contains("price-order"), "{findings}");
    // Of the same premises they are.
    std::fs::write(&path, text.replace("name = \"2024\"", "name = \"alike\"")).unwrap();
    landgrade(&["run", &ran]).ends(0);
    let told = landgrade(&["candidates", &release.replace("2024", "alike"), "--json"]).ends(0).json();
    assert!(told["uses"][0]["grades"][0]["step"].as_f64().is_some_and(|step| step > 1.5));
}
