//! What a source consists of, for formats of one file and of several. The file sets are those their drivers document.

use super::*;
use std::fs;
use std::process::Command;

fn names(path: &Path) -> Vec<String> {
    of(path).iter().map(|file| file.file_name().unwrap().to_string_lossy().into_owned()).collect()
}

/// `points.geojson` with two points, and what ogr2ogr makes of it; `None` where there is no ogr2ogr.
fn converted(folder: &Path, name: &str, options: &[&str]) -> Option<PathBuf> {
    let source = folder.join("points.geojson");
    let point = |x: f64| {
        format!(r#"{{"type":"Feature","properties":{{"a":{x}}},"geometry":{{"type":"Point","coordinates":[{x},30]}}}}"#)
    };
    let text = format!(r#"{{"type":"FeatureCollection","features":[{},{}]}}"#, point(105.0), point(106.0));
    fs::write(&source, text).unwrap();
    let ran = Command::new("ogr2ogr").args(options).arg(folder.join(name)).arg(&source).status();
    match ran {
        Ok(status) if status.success() => Some(folder.join(name)),
        _ => {
            println!("skipped: ogr2ogr not present");
            None
        }
    }
}

#[test]
fn a_shapefile_is_its_set_without_files_of_the_same_name_that_are_none_of_it() {
    let folder = tempfile::tempdir().unwrap();
    let Some(path) = converted(folder.path(), "points.shp", &[]) else { return };
    fs::write(folder.path().join("points.xlsx"), "other").unwrap();
    fs::write(folder.path().join("points.qml"), "style").unwrap();
    assert_eq!(names(&path), ["points.shp", "points.dbf", "points.prj", "points.shx"]);
    fs::write(folder.path().join("points.cpg"), "UTF-8").unwrap();
    assert_eq!(names(&path), ["points.shp", "points.cpg", "points.dbf", "points.prj", "points.shx"]);
}

#[test]
fn a_mapinfo_table_is_its_four_files() {
    let folder = tempfile::tempdir().unwrap();
    let Some(path) = converted(folder.path(), "points.tab", &["-f", "MapInfo File"]) else { return };
    assert_eq!(names(&path), ["points.tab", "points.dat", "points.id", "points.map"]);
}

#[test]
fn a_virtual_layer_is_what_it_refers_to_as_well() {
    let folder = tempfile::tempdir().unwrap();
    if converted(folder.path(), "points.shp", &[]).is_none() {
        return;
    }
    let path = folder.path().join("points.vrt");
    let layer = r#"<OGRVRTDataSource><OGRVRTLayer name="points"><SrcDataSource relativeToVRT="1">points.shp</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>"#;
    fs::write(&path, layer).unwrap();
    let names = names(&path);
    assert_eq!(names[0], "points.vrt");
    assert!(names.contains(&"points.shp".to_string()) && names.contains(&"points.dbf".to_string()), "{names:?}");
}

#[test]
fn what_stands_alone_is_not_opened_and_what_is_not_there_is_named_alone() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["broken.geojson", "broken.gpkg", "nosuch.shp"] {
        assert_eq!(names(&folder.path().join(name)), [name]);
    }
}
