//! Ingest of files as GIS programs leave them: other formats, systems, kinds of geometry, and files cut short. Every case is read through
//! `landgrade check`, which must answer without a word of GDAL's or PROJ's beside.

use crate::tools::{broken_sample, codes, fault, folder, json, near, program, project, shown};
use serde_json::Value;
use std::path::Path;

pub(crate) const UNITS: &str = "id = \"parcel\"\nuse = \"use\"\n";

/// Four sound parcels and a bus stop, as GeoJSON in EPSG:4547.
pub(crate) fn sound() -> tempfile::TempDir {
    folder(&[
        ("parcels.geojson", &broken_sample("empty-layer/parcels.geojson")),
        ("stops.geojson", &broken_sample("overlap/stops.geojson")),
    ])
}

/// Checks a project in the folder: the exit code and the answer; nothing may stand beside it on standard error but the fault itself.
pub(crate) fn check(folder: &Path, text: &str) -> (i32, Value) {
    let file = folder.join("project.toml");
    std::fs::write(&file, text).unwrap();
    let (exit, answer, noise) = json(&["check", shown(&file)]);
    let told = answer["error"].as_array().is_some();
    assert!(
        noise.is_empty() || told && noise.lines().all(|line| line.contains(" [") || line.contains("help:")),
        "{noise}"
    );
    (exit, answer)
}

fn check_units(folder: &Path, units: &str) -> (i32, Value) {
    check(folder, &project("EPSG:4547", units, &near("stops.geojson"), ""))
}

/// Makes `target` out of the parcels by `ogr2ogr`; false, said aloud, where it is not installed.
pub(crate) fn made(folder: &Path, source: &str, target: &str, arguments: &[&str]) -> bool {
    let (source, target) = (folder.join(source), folder.join(target));
    program("ogr2ogr", &[arguments, &[shown(&target), shown(&source)]].concat(), "").is_some()
}

#[test]
fn parcels_read_alike_from_filegdb_flatgeobuf_geopackage_shapefile_and_gml() {
    let folder = sound();
    let formats = [
        ("OpenFileGDB", "p.gdb"),
        ("FlatGeobuf", "p.fgb"),
        ("GPKG", "p.gpkg"),
        ("ESRI Shapefile", "p.shp"),
        ("GML", "p.gml"),
        ("MapInfo File", "p.tab"),
    ];
    for (format, file) in formats {
        if !made(folder.path(), "parcels.geojson", file, &["-f", format]) {
            return;
        }
        let (exit, answer) = check_units(folder.path(), &format!("source = \"{file}\"\n{UNITS}"));
        // MapInfo keeps coordinates on a grid of its own and names its projection so that no code is found.
        let noted = codes(&answer).iter().all(|code| format == "MapInfo File" && code.starts_with("crs-"));
        assert!(exit == 0 && answer["units"] == 4 && noted, "{format}: {answer}");
    }
}

#[test]
fn a_layer_that_declares_no_kind_is_of_the_kind_most_features_are() {
    let folder = sound();
    // GDAL declares no kind where polygons and multi-polygons stand side by side.
    let mixed = broken_sample("empty-layer/parcels.geojson").replacen(
        "\"Polygon\", \"coordinates\": [[[500030, 3300000], [500050, 3300000], [500050, 3300020], [500030, 3300020], [500030, 3300000]]]",
        "\"MultiPolygon\", \"coordinates\": [[[[500030, 3300000], [500050, 3300000], [500050, 3300020], [500030, 3300020], [500030, 3300000]]]]",
        1,
    );
    assert!(mixed.contains("MultiPolygon"));
    std::fs::write(folder.path().join("mixed.geojson"), mixed).unwrap();
    let (exit, answer) = check_units(folder.path(), &format!("source = \"mixed.geojson\"\n{UNITS}"));
    assert_eq!((exit, &answer["units"], codes(&answer).len()), (0, &4.into(), 0), "{answer}");
    let collection = r#"{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"parcel":7},"geometry":{"type":"GeometryCollection",
        "geometries":[{"type":"Polygon","coordinates":[[[114,30],[114.1,30],[114.1,30.1],[114,30]]]}]}}]}"#;
    std::fs::write(folder.path().join("c.geojson"), collection).unwrap();
    let (exit, answer) = check_units(folder.path(), "source = \"c.geojson\"\nid = \"parcel\"\n");
    assert_eq!((exit, codes(&answer)), (1, vec!["other-geometry-kind c 7".to_string()]));
}

#[test]
fn polygons_with_arcs_are_findings_and_straight_ones_beside_them_are_read() {
    let rows = "parcel,WKT\n\
        1,\"CURVEPOLYGON (CIRCULARSTRING (500000 3300000,500010 3300010,500020 3300000,500010 3299990,500000 3300000))\"\n\
        2,\"CURVEPOLYGON ((500030 3300000,500050 3300000,500050 3300020,500030 3300000))\"\n\
        3,\"POLYGON ((500060 3300000,500080 3300000,500080 3300020,500060 3300000))\"\n";
    let folder = sound();
    std::fs::write(folder.path().join("arcs.csv"), rows).unwrap();
    for kind in ["CURVEPOLYGON", "MULTISURFACE", "GEOMETRY"] {
        let file = format!("{kind}.gpkg");
        let options = ["-f", "GPKG", "-nlt", kind, "-a_srs", "EPSG:4547", "-oo", "KEEP_GEOM_COLUMNS=NO"];
        if !made(folder.path(), "arcs.csv", &file, &options) {
            return;
        }
        let (exit, answer) = check_units(folder.path(), &format!("source = \"{file}\"\nid = \"parcel\"\n"));
        let found = (exit, answer["units"].as_u64(), codes(&answer));
        assert_eq!(found, (1, Some(2), vec![format!("other-geometry-kind {kind} 1")]), "{answer}");
    }
}

#[test]
fn heights_are_left_out_with_one_line_for_the_layer() {
    let folder = sound();
    for (file, options) in [
        ("z.shp", ["-lco", "SHPT=POLYGONZ"]),
        ("z.gpkg", ["-dim", "XYZ"]),
        ("zm.fgb", ["-dim", "XYZM"]),
        ("m.gpkg", ["-dim", "XYM"]),
    ] {
        if !made(folder.path(), "parcels.geojson", file, &options) {
            return;
        }
        let (exit, answer) = check_units(folder.path(), &format!("source = \"{file}\"\n{UNITS}"));
        let layer = file.split('.').next().unwrap();
        assert_eq!((exit, &answer["units"], codes(&answer)), (0, &4.into(), vec![format!("height-dropped {layer}")]));
        assert!(answer["findings"][0]["detail"].as_str().unwrap().contains("of 4 features"), "{answer}");
    }
    // Not closed, and with heights: both are told.
    let open = "parcel,WKT\n1,\"POLYGON Z ((500000 3300000 5,500020 3300000 5,500020 3300020 5,500000 3300020 5))\"\n";
    std::fs::write(folder.path().join("open.csv"), open).unwrap();
    let (_, answer) = check_units(folder.path(), "source = \"open.csv\"\ncrs = \"EPSG:4547\"\nid = \"parcel\"\n");
    assert_eq!(codes(&answer), ["unclosed-ring open 1", "height-dropped open"]);
}

#[test]
fn us_survey_feet_become_metres_where_gdal_says_they_lie() {
    let feet = [(1_450_000, 540_000), (1_451_000, 540_000), (1_451_000, 541_000), (1_450_000, 541_000)];
    let lines = feet.map(|(x, y)| format!("{x} {y}\n")).concat();
    // The judge: another program's transformation of the corners, and the shoelace formula.
    let Some(judged) = program("gdaltransform", &["-s_srs", "EPSG:2264", "-t_srs", "EPSG:32617", "-output_xy"], &lines)
    else {
        return;
    };
    let judged: Vec<(f64, f64)> = judged
        .lines()
        .map(|line| line.split_once(' ').map(|(x, y)| (x.parse().unwrap(), y.parse().unwrap())).unwrap())
        .collect();
    let (x0, y0) = judged[0];
    let twice: f64 = (0..4)
        .map(|at| {
            let ((a, b), (c, d)) = (judged[at], judged[(at + 1) % 4]);
            (a - x0) * (d - y0) - (c - x0) * (b - y0)
        })
        .sum();
    // A US survey foot is 1200/3937 m, so 1000 of them squared are 92 903.41 m², before the projections' scale.
    assert!((twice / 2.0 / 92_903.41 - 1.0).abs() < 0.001, "{twice}");
    let ring = feet.iter().chain(&feet[..1]).map(|(x, y)| format!("{x} {y}")).collect::<Vec<_>>().join(",");
    let folder = folder(&[("p.csv", &format!("parcel,WKT\n1,\"POLYGON (({ring}))\"\n"))]);
    let units = "source = \"p.csv\"\ncrs = \"EPSG:2264\"\nid = \"parcel\"\n";
    let factor = format!("{}crs = \"EPSG:2264\"\n", near("p.csv"));
    let (exit, answer) = check(folder.path(), &project("EPSG:32617", units, &factor, ""));
    assert_eq!((exit, codes(&answer)), (0, vec!["crs-transformed p".to_string()]), "{answer}");
    let file = folder.path().join("project.toml");
    let read = landgrade::project::Project::read(&file).unwrap();
    let survey = landgrade::ingest::survey(&read, &landgrade::land::progress::Unwatched).unwrap();
    let corners = survey.units.shapes.get(0).points();
    for (corner, (x, y)) in corners.iter().zip(&judged) {
        assert!((corner.x - x).abs() < 1e-6 && (corner.y - y).abs() < 1e-6, "{corner:?} is not {x}, {y}");
    }
    assert!(
        (survey.units.areas[0] - twice.abs() / 2.0).abs() < 1e-3,
        "{} is not {}",
        survey.units.areas[0],
        twice / 2.0
    );
    // Grading goes on in metres: a project in feet is refused.
    let (exit, answer) = check(folder.path(), &project("EPSG:2264", units, &factor, ""));
    assert_eq!((exit, fault(&answer)), (2, "crs-not-metric"));
}

#[test]
fn systems_that_coordinates_contradict_are_refused_with_what_to_do() {
    let folder = sound();
    let text = broken_sample("empty-layer/parcels.geojson");
    let prefixed = text.replace("[5000", "[385000").replace("[5001", "[385001");
    assert!(prefixed.contains("[38500110, 3300020]"));
    std::fs::write(folder.path().join("prefixed.geojson"), &prefixed).unwrap();
    let unnamed = "+proj=tmerc +lon_0=114 +x_0=500000 +ellps=GRS80 +units=m +no_defs";
    let cases = [
        // A CGCS2000 zone without its number, and the reverse; the same where no code tells the zone.
        ("prefixed.geojson", "EPSG:4547", "zone-prefix", "EPSG:4526"),
        ("parcels.geojson", "EPSG:4526", "zone-prefix", "EPSG:4547"),
        ("prefixed.geojson", unnamed, "zone-prefix", "crs ="),
        // Metres said to be degrees.
        ("parcels.geojson", "EPSG:4490", "not-degrees", "crs ="),
        // Beijing 1954 and Xian 1980, projected and not.
        ("parcels.geojson", "EPSG:2412", "datum-needs-parameters", "towgs84"),
        ("parcels.geojson", "EPSG:4214", "datum-needs-parameters", "towgs84"),
        ("parcels.geojson", "EPSG:2379", "datum-needs-parameters", "towgs84"),
        ("parcels.geojson", "EPSG:4610", "datum-needs-parameters", "towgs84"),
        ("parcels.geojson", "EPSG:999999", "unknown-crs", "EPSG:4547"),
    ];
    for (file, crs, code, help) in cases {
        let (exit, answer) = check_units(folder.path(), &format!("source = \"{file}\"\ncrs = \"{crs}\"\n{UNITS}"));
        assert_eq!((exit, fault(&answer)), (2, code), "{crs}: {answer}");
        assert!(answer["error"][0]["help"].as_str().unwrap().contains(help), "{crs}: {answer}");
    }
    let (exit, answer) =
        check_units(folder.path(), &format!("source = \"prefixed.geojson\"\ncrs = \"EPSG:4526\"\n{UNITS}"));
    // The file says 4547; the project file knows better.
    assert_eq!(
        (exit, codes(&answer)),
        (0, ["crs-transformed", "crs-override"].map(|code| format!("{code} prefixed")).to_vec())
    );
    // Degrees said to be metres.
    std::fs::write(folder.path().join("degrees.geojson"), broken_sample("crs-transformed/stops.geojson")).unwrap();
    let factor = format!("{}crs = \"EPSG:4547\"\n", near("degrees.geojson"));
    let text = project("EPSG:4547", &format!("source = \"parcels.geojson\"\n{UNITS}"), &factor, "");
    let (exit, answer) = check(folder.path(), &text);
    assert_eq!((exit, fault(&answer)), (2, "not-metres"), "{answer}");
}

#[test]
fn a_missing_system_is_asked_for_and_given_by_the_project_file() {
    let folder = sound();
    if !made(folder.path(), "parcels.geojson", "p.shp", &[]) {
        return;
    }
    std::fs::remove_file(folder.path().join("p.prj")).unwrap();
    let (exit, answer) = check_units(folder.path(), &format!("source = \"p.shp\"\n{UNITS}"));
    assert_eq!((exit, fault(&answer)), (2, "missing-crs"));
    let (exit, answer) = check_units(folder.path(), &format!("source = \"p.shp\"\ncrs = \"EPSG:4547\"\n{UNITS}"));
    assert_eq!((exit, codes(&answer).len()), (0, 0), "{answer}");
}

#[test]
fn files_cut_short_or_of_no_format_are_told_by_name_and_nothing_is_lost_in_silence() {
    let folder = sound();
    let path = |name: &str| folder.path().join(name);
    let refused = |file: &str, code: &str, said: &str| {
        let (exit, answer) = check_units(folder.path(), &format!("source = \"{file}\"\n{UNITS}"));
        assert_eq!((exit, fault(&answer)), (2, code), "{file}: {answer}");
        let fault = &answer["error"][0];
        assert!(fault["what"].as_str().unwrap().contains(said), "{file}: {fault}");
        assert!(fault["place"].as_str().unwrap().contains(file.split('.').next().unwrap()), "{file}: {fault}");
    };
    std::fs::write(path("empty.gpkg"), "").unwrap();
    std::fs::write(path("noise.gpkg"), "no database").unwrap();
    std::fs::write(path("cut.geojson"), &broken_sample("overlap/parcels.geojson")[..300]).unwrap();
    refused("empty.gpkg", "unreadable-file", "the file is empty");
    refused("noise.gpkg", "unreadable-file", "GDAL knows no format it could be");
    refused("cut.geojson", "unreadable-file", "GeoJSON");
    for file in ["p.shp", "p.gpkg", "p.fgb"] {
        if !made(folder.path(), "parcels.geojson", file, &[]) {
            return;
        }
    }
    let cut = |name: &str, less: usize| {
        let bytes = std::fs::read(path(name)).unwrap();
        std::fs::write(path(name), &bytes[..bytes.len() - less]).unwrap();
    };
    cut("p.gpkg", 40_000);
    refused("p.gpkg", "unreadable-file", "malformed");
    cut("p.fgb", 100);
    refused("p.fgb", "unreadable-file", "a row cannot be read");
    // GDAL reads half a .dbf as half the features, and half a .shp as features without geometry.
    let whole = std::fs::read(path("p.dbf")).unwrap();
    cut("p.dbf", 100);
    refused("p.shp", "cut-short", "of its 4 rows");
    std::fs::write(path("p.dbf"), whole).unwrap();
    let whole = std::fs::read(path("p.shp")).unwrap();
    cut("p.shp", 200);
    refused("p.shp", "cut-short", "the file ends early");
    std::fs::write(path("p.shp"), whole).unwrap();
    std::fs::remove_file(path("p.shx")).unwrap();
    refused("p.shp", "missing-shx", "no .shx");
    std::fs::remove_file(path("p.dbf")).unwrap();
    refused("p.shp", "missing-dbf", "no .dbf");
}

/// A line of GeoJSON with its feature's properties taken out.
fn bare_of(line: &str) -> String {
    match (line.find("\"properties\": {"), line.find("}, \"geometry\"")) {
        (Some(start), Some(end)) => format!("{}\"properties\": {{{}", &line[..start], &line[end..]),
        _ => line.to_string(),
    }
}

#[test]
fn empty_layers_missing_fields_and_wrong_kinds_are_told() {
    let folder = sound();
    std::fs::write(folder.path().join("empty.geojson"), r#"{"type":"FeatureCollection","features":[]}"#).unwrap();
    let (exit, answer) = check_units(folder.path(), &format!("source = \"empty.geojson\"\n{UNITS}"));
    assert_eq!((exit, codes(&answer), &answer["units"]), (1, vec!["empty-layer empty".to_string()], &0.into()));
    let units = format!("source = \"parcels.geojson\"\n{UNITS}");
    for kind in ["line", "point"] {
        let factor = near("empty.geojson").replace("point", kind);
        let (exit, answer) = check(folder.path(), &project("EPSG:4547", &units, &factor, ""));
        assert_eq!((exit, codes(&answer)), (1, vec!["empty-layer empty".to_string()]), "{kind}");
    }
    let bare = broken_sample("empty-layer/parcels.geojson");
    let bare: Vec<String> = bare.lines().map(bare_of).collect();
    std::fs::write(folder.path().join("bare.geojson"), bare.join("\n")).unwrap();
    let cases = [
        (format!("source = \"bare.geojson\"\n{UNITS}"), near("stops.geojson"), "missing-field", "no fields at all"),
        (
            units.replace("parcel\"\n", "zddm\"\n"),
            near("stops.geojson"),
            "missing-field",
            "its fields are: parcel, use",
        ),
        (
            units.clone(),
            format!("{}scale = \"guimo\"\n", near("stops.geojson")),
            "missing-field",
            "its fields are: name",
        ),
        (units.clone(), near("stops.geojson").replace("point", "line"), "wrong-geometry", "lines"),
        (
            format!("source = \"stops.geojson\"\n{}", UNITS.replace("parcel", "name")),
            near("stops.geojson"),
            "missing-field",
            "name",
        ),
        ("source = \"stops.geojson\"\nid = \"name\"\n".into(), near("stops.geojson"), "not-polygons", "parcels"),
        (format!("layer = \"zones\"\n{units}"), near("stops.geojson"), "missing-layer", "parcels"),
    ];
    for (units, factor, code, help) in cases {
        let (exit, answer) = check(folder.path(), &project("EPSG:4547", &units, &factor, ""));
        assert_eq!((exit, fault(&answer)), (2, code), "{answer}");
        assert!(answer["error"][0]["help"].as_str().unwrap().contains(help), "{answer}");
    }
}
