//! Radii by rule and the coefficient of directions, worked by hand in the hamlet: in the release, and explained from it alone.

use crate::cli::{Room, call};
use std::fs;
use std::path::PathBuf;

/// The hamlet with a graded area of 2 × 2 km and these edits of its project file.
fn sealed(room: &Room, edits: &[(&str, &str)]) -> PathBuf {
    call(&format!("sample {} --hamlet", room.at("in"))).ends(0);
    let corners = [[0, 0], [2000, 0], [2000, 2000], [0, 2000], [0, 0]].map(|[x, y]| [500_000 + x, 3_000_000 + y]);
    let area = format!(
        "{{\"type\":\"FeatureCollection\",\"crs\":{{\"type\":\"name\",\"properties\":{{\"name\":\"urn:ogc:def:crs:EPSG::4547\"}}}},\
         \"features\":[{{\"type\":\"Feature\",\"properties\":{{}},\"geometry\":{{\"type\":\"Polygon\",\"coordinates\":[{corners:?}]}}}}]}}"
    );
    fs::write(room.at("in/area.geojson"), area).unwrap();
    let mut text = fs::read_to_string(room.at("in/project.toml")).unwrap();
    let base = "base_date = \"2025-12-31\"";
    let area = format!("graded_area = {{ source = \"area.geojson\" }}\n{base}");
    for (from, to) in edits.iter().copied().chain([(base, area.as_str())]) {
        assert!(text.contains(from), "{from} is not in {text}");
        text = text.replace(from, to);
    }
    fs::write(room.at("in/project.toml"), text).unwrap();
    call(&format!("run {}", room.at("in/project.toml"))).ends(0);
    // What is explained is explained from the release alone.
    fs::remove_file(room.at("in/area.geojson")).unwrap();
    let mut folders = fs::read_dir(room.at("in/releases")).unwrap().map(|entry| entry.unwrap().path());
    folders.find(|path| path.join("seal.json").exists()).unwrap()
}

const CENTRES: [(&str, &str); 2] =
    [("radius = 2000", "radius = \"farthest\""), ("radius = 1000, score = 36", "radius = \"geometric\", score = 36")];

const ROADS: [(&str, &str); 2] = [
    ("radius = 500, score = 100, half", "radius = \"area-over-length\", score = 100, half"),
    (
        "level_field = \"lx\"\nlevels = [\n    { level = \"主干道\"",
        "directions = { within = 300, coefficients = [0.8, 0.9, 0.95, 1.0] }\nlevel_field = \"lx\"\nlevels = [\n    { level = \"主干道\"",
    ),
];

/// Centre 1 spans (600, 900) to (800, 1100): 1200 and 900 m to the corners (2000, 0) and (2000, 2000), so 1500 m. S = 4 km², two centres
/// have the second function: √(4·10⁶/2π) = 797.885 m. The main road is 1400 m long: 4·10⁶/2800 = 1428.571 m.
/// C4 at (700, 700): 80 m from the main road's edge, north, 100 · (1 − 80/1428.571) = 94.4; the secondary road's edge is 290 m to the
/// east; two directions, 94.4 · 0.9 = 84.96.
#[test]
fn what_rules_come_to_stands_in_the_manifest_and_in_the_explanation() {
    let room = Room::new();
    let edits: Vec<(&str, &str)> = CENTRES.into_iter().chain(ROADS).collect();
    let release = sealed(&room, &edits);
    let manifest: serde_json::Value =
        serde_json::from_str(&fs::read_to_string(release.join("manifest.json")).unwrap()).unwrap();
    let radius = |factor: usize, level: usize| manifest["factors"][factor]["levels"][level]["radius"].as_f64().unwrap();
    assert_eq!(radius(0, 0), 1500.0);
    assert!((radius(0, 1) - 797.884_560_8).abs() < 1e-6);
    assert!((radius(1, 0) - 10_000.0 / 7.0).abs() < 1e-9 && radius(1, 1) == 200.0);
    assert_eq!(manifest["factors"][0]["levels"][1]["radius_rule"], "geometric");
    assert_eq!(manifest["factors"][2].get("levels"), None);
    let json = call(&format!("explain {} C4 --json", release.display())).ends(0).json();
    let road = &json["factors"][1];
    assert!((road["score"].as_f64().unwrap() - 84.96).abs() < 1e-9, "{road}");
    assert_eq!(road["source"]["directions"]["directions"], serde_json::json!(["north", "east"]));
    let text = call(&format!("explain {} C4", release.display())).ends(0).out;
    for line in [
        "by rule: 镇级 radius 1500 m (farthest), score 100",
        "by rule: 村级 radius 797.884561 m (geometric), score 36",
        "directions that have roads within 300 m: north, east; × 0.9",
    ] {
        assert!(text.contains(line), "{line} is not in\n{text}");
    }
    call(&format!("verify {}", release.display())).ends(0);
    call(&format!("explain {} --all --to {}", release.display(), room.at("all.csv"))).ends(0);
    let head = fs::read_to_string(room.at("all.csv")).unwrap();
    assert!(head.lines().next().unwrap().contains("daolu_directions"), "{head}");
}

#[test]
fn grades_that_are_not_listed_are_found() {
    let room = Room::new();
    let grades = "grade_field = \"guimo\"\ngrades = { \"100\" = 1.0, \"75\" = 0.5 }";
    let release = sealed(&room, &[("scale = \"guimo\"", grades)]);
    let findings = fs::read_to_string(release.join("findings.csv")).unwrap();
    let found = "guimo \"\"50\"\" is no grade of factor gongyong; features without influence: 1";
    assert!(findings.contains("unlisted-level") && findings.contains(found), "{findings}");
}
