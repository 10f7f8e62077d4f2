//! `landgrade compare --reasons`: one group of inputs changed at a time, and the parts of every change.

use crate::cli::{Room, call, city, copy};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;

/// The release of 2025 and that of edited inputs, compared with reasons; the summary and the rows of `changes.csv`.
fn reasons(room: &Room, way: &str) -> (Value, Vec<BTreeMap<String, String>>) {
    call(&format!("run {}", room.project())).ends(0);
    compared(&city().join("releases/2025").display().to_string(), &room.at("out/2025"), room, way)
}

fn compared(old: &str, new: &str, room: &Room, way: &str) -> (Value, Vec<BTreeMap<String, String>>) {
    let told = call(&format!("compare {old} {new} --reasons {way} --to {} --json", room.at("compared"))).ends(1).json();
    let mut reader = csv::Reader::from_path(room.path().join("compared/changes.csv")).unwrap();
    let head: Vec<String> =
        reader.headers().unwrap().iter().map(|name| name.trim_start_matches('\u{feff}').to_string()).collect();
    let row = |row: csv::StringRecord| head.iter().cloned().zip(row.iter().map(str::to_string)).collect();
    let rows = reader.records().map(|record| row(record.unwrap())).collect();
    (told["reasons"].clone(), rows)
}

fn number(row: &BTreeMap<String, String>, key: &str) -> f64 {
    row[key].parse().unwrap_or(f64::NAN)
}

/// Every part of a row adds up to its change: of prices in hundredths, of totals in millionths, of grades in ten thousandths. Gives the
/// groups that have a part of anything.
fn summed(rows: &[BTreeMap<String, String>]) -> Vec<String> {
    let mut with_parts: Vec<String> = Vec::new();
    for row in rows.iter().filter(|row| !row["id_old"].is_empty() && !row["id_new"].is_empty()) {
        for (measure, per) in [("price", 100.0), ("total", 1e6), ("grade", 1e4)] {
            let start = format!("{measure}_by_");
            let parts = row.keys().filter(|key| key.starts_with(&start));
            let parts: Vec<(String, i64)> =
                parts.map(|key| (key[start.len()..].to_string(), (number(row, key) * per).round() as i64)).collect();
            if row[&format!("{measure}_change")].is_empty() {
                assert!(row["price_old"].is_empty() || row["price_new"].is_empty(), "{row:?}");
                continue;
            }
            let change = (number(row, &format!("{measure}_change")) * per).round() as i64;
            assert_eq!(parts.iter().map(|(_, part)| part).sum::<i64>(), change, "{measure} of {row:?}");
            with_parts.extend(parts.into_iter().filter(|(_, part)| *part != 0).map(|(group, _)| group));
        }
        let moved = number(row, "price_new") - number(row, "price_old");
        assert!(moved.is_nan() || (number(row, "price_change") - moved).abs() < 0.005, "{row:?}");
    }
    with_parts.sort();
    with_parts.dedup();
    with_parts
}

/// Changes one input and asks for the groups that are named, and for those that come to something.
#[track_caller]
fn one_changed(edits: &[(&str, &str)], group: &str) {
    let room = Room::with_inputs();
    room.edit_project(edits);
    let (told, rows) = reasons(&room, "shapley");
    assert_eq!(told["groups"], serde_json::json!([group]));
    assert_eq!(summed(&rows), [group]);
    assert!(rows.iter().any(|row| row["reason"] == group));
}

#[test]
fn another_weight_is_all_that_weights_come_to() {
    one_changed(&[("shangfu = 0.4, daolu = 0.14", "shangfu = 0.3, daolu = 0.24")], "weights");
}

#[test]
fn another_radius_is_the_scoring_rules() {
    one_changed(&[("radius = 2500, score = 60", "radius = 1500, score = 60")], "attenuation");
}

#[test]
fn another_way_of_cutting_is_the_breaks() {
    one_changed(&[("grades = 6\nbreaks = \"natural\"", "grades = 6\nbreaks = \"quantile\"")], "breaks");
}

#[test]
fn another_plot_ratio_table_is_the_corrections() {
    one_changed(&[("[3, 1.15], [4, 1.26]", "[3, 1.25], [4, 1.46]")], "corrections");
}

#[test]
fn another_term_is_the_premises() {
    one_changed(&[("term = 40", "term = 35")], "connotation");
}

#[test]
fn another_statistic_is_the_pricing_rules() {
    one_changed(&[("statistic = \"mean\"", "statistic = \"median\"")], "pricing");
}

/// The samples stand in the same file as units and layers, so that all three are looked at; only theirs comes to something.
#[test]
fn other_sales_are_the_samples() {
    let room = Room::with_inputs();
    room.edit_city("update samples set dj = dj * 1.2");
    let (told, rows) = reasons(&room, "ordered");
    assert_eq!(told["groups"], serde_json::json!(["units", "layers", "samples"]));
    assert_eq!(summed(&rows), ["samples"]);
}

#[test]
fn other_facilities_are_the_layers() {
    let room = Room::with_inputs();
    room.edit_city("delete from bus_stops where fid % 2 = 0");
    let (_, rows) = reasons(&room, "ordered");
    assert_eq!(summed(&rows), ["layers"]);
}

/// A parcel that is gone leaves its neighbours as they are; breaks are cut without it.
#[test]
fn other_parcels_are_the_units() {
    let room = Room::with_inputs();
    room.edit_city("delete from parcels where fid % 5 = 0");
    let (_, rows) = reasons(&room, "ordered");
    assert_eq!(summed(&rows), ["units"]);
}

/// Both years of the city: every group has its parts, by unit, by grade and by district, and ordered and Shapley parts split the same changes.
#[test]
fn both_years_are_split_to_the_last_step() {
    let room = Room::new();
    let [old, new] = ["2025", "2026"].map(|year| city().join("releases").join(year).display().to_string());
    let (ordered, rows) = compared(&old, &new, &room, "ordered");
    summed(&rows);
    fs::remove_dir_all(room.path().join("compared")).unwrap();
    let (shapley, again) = compared(&old, &new, &room, "shapley");
    summed(&again);
    assert_eq!(rows.len(), again.len());
    for (one, other) in rows.iter().zip(&again) {
        assert_eq!(one["price_change"], other["price_change"]);
    }
    for told in [&ordered, &shapley] {
        assert!(!told["by_district"].as_array().unwrap().is_empty());
        for row in ["by_grade", "by_district"].iter().flat_map(|table| told[table].as_array().unwrap()) {
            let parts = row["parts"].as_object().unwrap().values().map(|part| (part.as_f64().unwrap() * 100.0).round());
            assert_eq!(parts.sum::<f64>(), (row["change"].as_f64().unwrap() * 100.0).round(), "{row}");
        }
    }
}

#[test]
fn reasons_need_inputs_that_give_the_release() {
    let room = Room::with_inputs();
    call(&format!("run {}", room.project())).ends(0);
    let own = room.at("out/2025");
    copy(&room.path().join("in"), &room.path().join("other"));
    fs::remove_dir_all(room.path().join("in")).unwrap();
    let old = city().join("releases/2025").display().to_string();
    let told = call(&format!("compare {old} {own} --reasons --inputs-new {}", room.at("nowhere"))).ends(2);
    told.tells("missing-folder", &["nowhere"]);
    let database = rusqlite::Connection::open(room.path().join("other/city.gpkg")).unwrap();
    crate::cli::without_triggers(&database);
    database.execute_batch("update samples set dj = dj * 2").unwrap();
    let told = call(&format!("compare {old} {own} --reasons --inputs-new {}", room.at("other"))).ends(2);
    told.tells("not-reproduced", &["2025"]);
}
