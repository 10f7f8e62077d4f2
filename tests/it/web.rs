//! The web map of the sample city in a real browser: what it shows, finds and reckons is what the release and `appraise` say.

use crate::cli::{Room, call, city, release};
use crate::tools;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::process::Command;

/// The browser's test of a page; `None` where this machine lacks a browser, Node.js or the libraries of the page.
fn browser() -> Option<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    if !root.join("src/web/node_modules/playwright-core").is_dir() {
        eprintln!("skipped: the libraries of the web map are not installed (make system)");
        return None;
    }
    let there = tools::installed("node") && tools::installed("chromium");
    there.then(|| root.join("tests/web/browser.mjs"))
}

/// Drives the page; every line of what was checked begins with `ok`.
fn drive(script: &Path, page: &Path, expected: &Value, room: &Path) {
    let file = room.join("expected.json");
    std::fs::write(&file, expected.to_string()).unwrap();
    let pictures = room.join("pictures");
    let run = || Command::new("node").arg(script).arg(page).arg(&file).arg(&pictures).output().unwrap();
    let mut ran = run();
    if !ran.status.success() {
        // On a loaded machine a browser may miss a deadline: what fails twice is wrong.
        eprintln!("tried again: {}", String::from_utf8_lossy(&ran.stdout));
        ran = run();
    }
    let (out, err) = (String::from_utf8_lossy(&ran.stdout), String::from_utf8_lossy(&ran.stderr));
    assert!(ran.status.success(), "{out}\n{err}");
    assert!(out.lines().filter(|line| line.starts_with("ok ")).count() >= 12, "{out}");
}

/// Rows of a table of the release.
fn rows(path: &Path) -> Vec<std::collections::HashMap<String, String>> {
    let mut table = csv::Reader::from_path(path).unwrap();
    let heads: Vec<String> =
        table.headers().unwrap().iter().map(|head| head.trim_start_matches('\u{feff}').into()).collect();
    let row = |row: csv::StringRecord| heads.iter().cloned().zip(row.iter().map(String::from)).collect();
    table.records().map(|record| row(record.unwrap())).collect()
}

/// Units of every use with what their row says, and the first one's place.
fn expected(own: &str, published: &Path) -> Value {
    let text = std::fs::read_to_string(published.join("units.geojson")).unwrap();
    let units: Value = serde_json::from_str(&text).unwrap();
    let features = units["features"].as_array().unwrap();
    let priced = |it: &&Value| it["properties"]["price"].is_number();
    let mut objects = Vec::new();
    let mut uses: Vec<&str> = features.iter().map(|it| it["properties"]["use"].as_str().unwrap()).collect();
    uses.sort_unstable();
    uses.dedup();
    for land_use in &uses {
        let of_use = features.iter().filter(priced).filter(|it| it["properties"]["use"] == *land_use);
        objects.extend(of_use.step_by(40).take(2).map(|it| {
            let own = &it["properties"];
            json!({"id": own["zddm"], "use": own["use"], "grade": own["grade"], "price": own["price"]})
        }));
    }
    let mut recompute = Vec::new();
    for (at, object) in objects.iter().enumerate() {
        let id = object["id"].as_str().unwrap();
        for (far, term, date) in
            [(Some("1.8"), Some("33"), None), (Some("0.37"), None, Some("2025-06-30")), (None, Some("12.5"), None)]
        {
            let options = [("--far", far), ("--term", term), ("--date", date)];
            let given = options.iter().filter_map(|(name, value)| Some(format!(" {name} {}", (*value)?)));
            let ran = call(&format!("appraise {own} --id {id}{} --lang zh --json", given.collect::<String>()));
            let number = |text: Option<&str>| text.map(|text| text.parse::<f64>().unwrap());
            let mut one = json!({"id": id, "far": number(far), "term": number(term), "date": date});
            if ran.code == Some(0) {
                let told = ran.json();
                one["ground"] = told["price"].clone();
                one["floor"] = told["floor_price"].clone();
                let shown = ["outside-table", "outside-grade", "below-floor", "price-inferred", "no-plot-ratio-table"];
                let notes = told["warnings"].as_array().unwrap().iter();
                let notes =
                    notes.filter(|it| shown.contains(&it["code"].as_str().unwrap())).map(|it| it["text"].clone());
                one["notes"] = notes.collect();
            } else {
                one["error"] = json!(true);
            }
            recompute.push(one);
        }
        assert!(at < 20);
    }
    let mut legend = serde_json::Map::new();
    for row in rows(&published.join("prices.csv")) {
        let ground: Option<f64> = row["benchmark price (元/㎡)"].parse().ok();
        let grade: u32 = row["grade"].parse().unwrap();
        legend.entry(row["use"].clone()).or_insert(json!([])).as_array_mut().unwrap().push(json!([grade, ground]));
    }
    let first = features.iter().find(|it| it["properties"]["zddm"] == objects[0]["id"]).unwrap();
    let mut ring = &first["geometry"]["coordinates"][0];
    while ring[0][0].is_array() {
        ring = &ring[0];
    }
    let ring: Vec<[f64; 2]> = serde_json::from_value(ring.clone()).unwrap();
    let mean = |axis: usize| ring[1..].iter().map(|point| point[axis]).sum::<f64>() / (ring.len() - 1) as f64;
    let zoomed = json!({"id": objects[0]["id"], "use": objects[0]["use"], "lon": mean(0), "lat": mean(1)});
    json!({"objects": objects, "recompute": recompute, "legend": legend, "hostile": null, "zoomed": zoomed})
}

#[test]
fn the_page_shows_finds_and_reckons_what_the_release_says() {
    let Some(script) = browser() else { return };
    let (room, own) = (Room::new(), city().join("releases/2026").display().to_string());
    let published = city().join("releases/2026-published");
    let layout = city().join("2026/layout.toml");
    let options = format!("--previous {} --layout {} --lang zh", release(), layout.display());
    call(&format!("publish {own} --formats web --to {} {options}", room.at("web"))).ends(0);
    drive(&script, &room.path().join("web/map.html"), &expected(&own, &published), room.path());
}

/// Identifiers, titles and addresses that would be markup, or end their element, are shown as they are; one use has prices of floor, at a set plot
/// ratio by which prices of land are no multiples of the rounding step.
#[test]
fn texts_from_data_are_shown_and_never_run() {
    let Some(script) = browser() else { return };
    let hostile = "<img src=x onerror=alert(1)>";
    let room = Room::with_inputs();
    room.edit_project(&[
        ("name = \"样例市", "name = \"</title><script>alert(2)</script>{{app}}"),
        ("term = 70\nrate = 0.07\nplot_ratio = 2\n", "kind = \"floor\"\nterm = 70\nrate = 0.07\nplot_ratio = 1.85\n"),
        ("rounding = 1 ", "rounding = 5 "),
    ]);
    room.edit_city(&format!(
        "UPDATE parcels SET zddm = '{hostile}', zl = '</script><script>alert(3)</script>' WHERE fid = (SELECT MIN(fid) FROM parcels)"
    ));
    call(&format!("run {}", room.project())).ends(0);
    let own = room.at("out/2025");
    call(&format!("life {own} --to hearing --date 2998-03-01 --document H-1")).ends(0);
    call(&format!("publish {own} --formats web --to {} --lang zh", room.at("web"))).ends(0);
    let mut expected = expected(&own, &room.path().join("out/2025-published"));
    expected["hostile"] = json!(hostile);
    drive(&script, &room.path().join("web/map.html"), &expected, room.path());
}

#[test]
fn the_page_is_the_same_again_and_a_large_one_has_its_data_beside_it() {
    let (room, own) = (Room::new(), release());
    let write = |to: &str| call(&format!("publish {own} --formats web --to {}", room.at(to)));
    let ran = write("one");
    if ran.err.contains("[no-web-assets]") {
        eprintln!("skipped: the program was built without the libraries of the web map");
        return;
    }
    ran.ends(0);
    write("two").ends(0);
    let page = |to: &str| std::fs::read(room.path().join(to).join("map.html")).unwrap();
    assert!(page("one") == page("two"));
    let text = String::from_utf8(page("one")).unwrap();
    assert!(text.contains("BSD") && text.contains("id=\"blob-tiles-0\"") && !text.contains("{{head}}"));
}
