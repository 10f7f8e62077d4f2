//! The findings of `landgrade check --to` as files, read back by GDAL.

use crate::tools::{files_below, folder, landgrade, shown};
use gdal::Dataset;
use gdal::vector::{LayerAccess, OGRwkbGeometryType};
use std::path::Path;

const PROJECT: &str = r#"
[project]
name = "two faults"
crs = "EPSG:4547"
[units]
source = "parcels.geojson"
id = "parcel"
[[uses]]
key = "commercial"
grades = 2
weights = { stops = 1.0 }
[[factors]]
key = "stops"
kind = "point"
source = "stops.geojson"
attenuation = "linear"
levels = [{ radius = 500, score = 100 }]
"#;

/// Two parcels that share 5 m × 20 m, and a bus stop in longitude and latitude.
fn faulty() -> tempfile::TempDir {
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("data-samples/broken");
    let text = |path: &str| std::fs::read_to_string(samples.join(path)).unwrap();
    folder(&[
        ("project.toml", PROJECT),
        ("parcels.geojson", &text("overlap/parcels.geojson")),
        ("stops.geojson", &text("crs-transformed/stops.geojson")),
    ])
}

#[test]
fn the_layer_of_findings_opens_in_gis_with_a_point_where_there_is_a_place() {
    let folder = faulty();
    let before = files_below(folder.path());
    let (project, to) = (folder.path().join("project.toml"), folder.path().join("out/findings"));
    let output = landgrade(&["check", shown(&project), "--to", shown(&to)]);
    assert_eq!((output.status.code(), output.stderr.as_slice()), (Some(0), &[][..]), "{output:?}");
    let dataset = Dataset::open(to.join("findings.gpkg")).unwrap();
    assert_eq!(dataset.layer_count(), 1);
    let mut layer = dataset.layer(0).unwrap();
    assert_eq!((layer.name().as_str(), layer.feature_count()), ("findings", 2));
    assert_eq!(layer.spatial_ref().unwrap().auth_code().unwrap(), 4547);
    assert_eq!(layer.defn().geom_fields().next().unwrap().field_type(), OGRwkbGeometryType::wkbPoint);
    let rows: Vec<_> = layer
        .features()
        .map(|feature| {
            let text = |name: &str| {
                let field = feature.field_index(name).unwrap();
                feature.field_as_string(field).unwrap().unwrap_or_default()
            };
            let place =
                feature.geometry().filter(|geometry| !geometry.is_empty()).map(|geometry| geometry.get_point(0));
            (["code", "layer", "feature", "action", "detail"].map(text), place)
        })
        .collect();
    let [(overlap, Some((x, y, _))), (transformed, None)] = &rows[..] else { panic!("{rows:?}") };
    assert_eq!(
        overlap.each_ref().map(String::as_str),
        ["overlap", "parcels", "2", "used as it is", "it shares 100.000 m² with 3"]
    );
    assert_eq!(transformed.each_ref().map(String::as_str)[..4], ["crs-transformed", "stops", "", "noted"]);
    // The shared ground runs from 45 to 50 m east of the corner, 0 to 20 m north.
    assert!((500_045.0..=500_050.0).contains(x) && (3_300_000.0..=3_300_020.0).contains(y), "{x}, {y}");
    let mut table = csv::Reader::from_path(to.join("findings.csv")).unwrap();
    let rows: Vec<csv::StringRecord> = table.records().map(Result::unwrap).collect();
    assert_eq!((rows.len(), &rows[0][0], &rows[0][3], &rows[0][4]), (2, "overlap", "2", &*x.to_string()));
    assert_eq!((&rows[1][0], &rows[1][4]), ("crs-transformed", ""));
    // The inputs are as they were.
    let inputs: Vec<_> = files_below(folder.path()).into_iter().filter(|(name, _)| !name.starts_with("out/")).collect();
    assert!(inputs == before, "no input was touched and nothing written beside it");
}

#[test]
fn findings_are_written_in_the_readers_language_and_also_where_they_deny() {
    let folder = faulty();
    let project = folder.path().join("project.toml");
    std::fs::write(&project, format!("{PROJECT}[policy]\noverlap = \"deny\"\n")).unwrap();
    let to = folder.path().join("findings");
    let output = landgrade(&["check", shown(&project), "--to", shown(&to), "--lang", "zh"]);
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    let text = std::fs::read_to_string(to.join("findings.csv")).unwrap();
    assert!(text.contains("图形重叠") && text.contains("中止运行"), "{text}");
}
