//! Systems that lie apart: projects on an old datum, rasters of another system or another place, a graded area whose polygons overlap.

use crate::tools::{broken_sample, codes, fault, folder, json, near, project, shown};
use serde_json::Value;
use std::path::Path;

const UNITS: &str = "source = \"parcels.geojson\"\nid = \"parcel\"\nuse = \"use\"\n";

/// The four sound parcels and the bus stop, said to be in a system of a zone of 114° E.
fn sound(epsg: u32) -> tempfile::TempDir {
    let said = |text: String| text.replace("EPSG::4547", &format!("EPSG::{epsg}"));
    folder(&[
        ("parcels.geojson", &said(broken_sample("empty-layer/parcels.geojson"))),
        ("stops.geojson", &said(broken_sample("overlap/stops.geojson"))),
    ])
}

fn check(folder: &Path, text: &str) -> (i32, Value) {
    let file = folder.join("project.toml");
    std::fs::write(&file, text).unwrap();
    let (exit, answer, _) = json(&["check", shown(&file)]);
    (exit, answer)
}

#[test]
fn a_project_on_an_old_datum_takes_layers_of_its_own_datum_only() {
    let (old, new) = (sound(2383), sound(4547));
    let stops = near("stops.geojson");
    let (exit, answer) = check(old.path(), &project("EPSG:2383", UNITS, &stops, ""));
    assert_eq!((exit, codes(&answer).len(), &answer["units"]), (0, 0, &4.into()), "{answer}");
    let krassowsky = "+proj=tmerc +lon_0=114 +x_0=500000 +ellps=krass +units=m";
    for (folder, crs) in [(&new, "EPSG:2383"), (&new, "EPSG:2436"), (&new, krassowsky), (&old, "EPSG:4547")] {
        let (exit, answer) = check(folder.path(), &project(crs, UNITS, &stops, ""));
        assert_eq!((exit, fault(&answer)), (2, "datum-needs-parameters"), "{crs}: {answer}");
        assert!(answer["error"][0]["help"].as_str().unwrap().contains("towgs84"), "{crs}: {answer}");
    }
}

#[test]
fn a_release_on_an_old_datum_is_published_without_degrees_and_compared_on_its_datum_only() {
    let (old, new) = (sound(2383), sound(4547));
    let run = |folder: &Path, crs: &str, name: &str| {
        let file = folder.join("project.toml");
        let text = project(crs, UNITS, &near("stops.geojson"), &format!("[release]\nname = \"{name}\"\n"));
        std::fs::write(&file, text).unwrap();
        let (exit, answer, noise) = json(&["run", shown(&file)]);
        assert_eq!(exit, 0, "{crs}: {answer} {noise}");
        folder.join("releases").join(name)
    };
    let xian = run(old.path(), "EPSG:2383", "xian");
    let published = old.path().join("releases/xian-published");
    assert!(published.join("units.gpkg").is_file() && !published.join("units.geojson").exists());
    let losses = std::fs::read_to_string(published.join("losses.csv")).unwrap();
    let line = losses.lines().find(|line| line.contains("geojson is not written")).expect("a remark");
    assert!(line.contains("EPSG:2383 is on the datum Xian 1980") && line.contains("--geojson-crs project"), "{line}");
    let own = old.path().join("own");
    let arguments = ["publish", shown(&xian), "--to", shown(&own), "--formats", "geojson", "--geojson-crs", "project"];
    assert_eq!(json(&arguments).0, 0);
    assert!(std::fs::read_to_string(own.join("units.geojson")).unwrap().contains("EPSG::2383"));
    let cgcs = run(new.path(), "EPSG:4547", "cgcs");
    let (exit, answer, _) = json(&["compare", shown(&xian), shown(&cgcs)]);
    assert_eq!((exit, fault(&answer)), (2, "datum-needs-parameters"), "{answer}");
    let again = run(old.path(), "EPSG:2383", "again");
    assert_eq!(json(&["compare", shown(&xian), shown(&again)]).0, 0);
}

/// A raster of 20 × 20 cells with its lower left corner at (`x`, `y`), said to be in `crs`; a default stands where it has no value.
fn raster(folder: &Path, x: f64, y: f64, cell: f64, crs: &str) -> String {
    let row = (1..=20).map(|value| value.to_string()).collect::<Vec<_>>().join(" ") + "\n";
    let head = format!("ncols 20\nnrows 20\nxllcorner {x}\nyllcorner {y}\ncellsize {cell}\nNODATA_value -9999\n");
    std::fs::write(folder.join("r.asc"), head + &row.repeat(20)).unwrap();
    format!("kind = \"raster\"\nsource = \"r.asc\"\ncrs = \"{crs}\"\nlow = 0\nhigh = 20\ndefault = 50\n")
}

#[test]
fn rasters_get_the_checks_of_vectors() {
    let folder = sound(4547);
    let seen = |x: f64, y: f64, cell: f64, crs: &str| {
        let factor = raster(folder.path(), x, y, cell, crs);
        let (exit, answer) = check(folder.path(), &project("EPSG:4547", UNITS, &factor, ""));
        (exit, fault(&answer).to_string(), codes(&answer), answer)
    };
    let (exit, _, found, answer) = seen(499_950.0, 3_299_950.0, 10.0, "EPSG:4547");
    assert_eq!((exit, found.len()), (0, 0), "{answer}");
    // The zone's number before the easting, degrees said to be metres, metres said to be degrees, another datum.
    for (x, y, crs, code) in [
        (38_499_950.0, 3_299_950.0, "EPSG:4547", "zone-prefix"),
        (114.0, 29.8, "EPSG:4547", "not-metres"),
        (499_950.0, 3_299_950.0, "EPSG:4490", "not-degrees"),
        (499_950.0, 3_299_950.0, "EPSG:2383", "datum-needs-parameters"),
    ] {
        let cell = if code == "not-metres" { 0.001 } else { 10.0 };
        let (exit, told, _, answer) = seen(x, y, cell, crs);
        assert_eq!((exit, told.as_str()), (2, code), "{answer}");
        assert!(answer["error"][0]["what"].as_str().unwrap().starts_with("factor factor: "), "{answer}");
    }
    // 114° 0' 0" E, 29° 49' N is where the parcels are.
    let (exit, _, found, answer) = seen(113.99, 29.81, 0.001, "EPSG:4490");
    assert_eq!((exit, found), (0, vec!["crs-transformed r".to_string()]), "{answer}");
    for (x, y, cell, crs) in [(600_000.0, 3_299_950.0, 10.0, "EPSG:4547"), (115.0, 29.81, 0.001, "EPSG:4490")] {
        let (exit, told, _, answer) = seen(x, y, cell, crs);
        assert_eq!((exit, told.as_str()), (2, "raster-elsewhere"), "{answer}");
    }
}

#[test]
fn ground_that_two_polygons_of_the_graded_area_share_counts_once() {
    let folder = sound(4547);
    // Parcel 4 reaches from 90 to 110 m; the area ends at 104 m, and 84 to 98 m is there twice: 6 of 20 m lie outside, 120 m².
    let ring = |west: u32, east: u32| {
        let (west, east) = (500_000 + west, 500_000 + east);
        format!(
            "{{\"type\": \"Feature\", \"properties\": {{}}, \"geometry\": {{\"type\": \"Polygon\", \"coordinates\": \
             [[[{west}, 3299990], [{east}, 3299990], [{east}, 3300030], [{west}, 3300030], [{west}, 3299990]]]}}}}"
        )
    };
    let area = format!(
        "{{\"type\": \"FeatureCollection\", \"crs\": {{\"type\": \"name\", \"properties\": {{\"name\": \
         \"urn:ogc:def:crs:EPSG::4547\"}}}}, \"features\": [{}, {}]}}",
        ring(0, 98),
        ring(84, 104)
    );
    std::fs::write(folder.path().join("area.geojson"), area).unwrap();
    let text = project("EPSG:4547", UNITS, &near("stops.geojson"), "");
    let text =
        text.replace("crs = \"EPSG:4547\"\n", "crs = \"EPSG:4547\"\ngraded_area = { source = \"area.geojson\" }\n");
    let (exit, answer) = check(folder.path(), &text);
    assert_eq!((exit, codes(&answer)), (0, vec!["outside-graded-area parcels 4".to_string()]), "{answer}");
    assert_eq!(answer["findings"][0]["detail"], "120.00 of its 400.00 m² lie outside");
}

#[test]
fn areas_of_a_factor_that_overlap_are_listed() {
    let folder = sound(4547);
    // 0 to 60 and 50 to 120 m east, 40 m deep: 10 m by 40 m are there twice.
    let zone = |name: &str, west: u32, east: u32| {
        let (west, east) = (500_000 + west, 500_000 + east);
        format!(
            "{{\"type\": \"Feature\", \"properties\": {{\"name\": \"{name}\", \"score\": 60}}, \"geometry\": {{\"type\": \"Polygon\", \
             \"coordinates\": [[[{west}, 3299990], [{east}, 3299990], [{east}, 3300030], [{west}, 3300030], [{west}, 3299990]]]}}}}"
        )
    };
    let zones = format!(
        "{{\"type\": \"FeatureCollection\", \"crs\": {{\"type\": \"name\", \"properties\": {{\"name\": \
         \"urn:ogc:def:crs:EPSG::4547\"}}}}, \"features\": [{}, {}]}}",
        zone("west", 0, 60),
        zone("east", 50, 120)
    );
    std::fs::write(folder.path().join("zones.geojson"), zones).unwrap();
    let factor = "kind = \"area\"\nsource = \"zones.geojson\"\nscore = \"score\"\nlabel = \"name\"\n";
    let (exit, answer) = check(folder.path(), &project("EPSG:4547", UNITS, factor, ""));
    assert_eq!((exit, codes(&answer)), (0, vec!["overlap zones west".to_string()]), "{answer}");
    assert_eq!(answer["findings"][0]["detail"], "it shares 400.000 m² with east");
}
