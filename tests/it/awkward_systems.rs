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
