use super::*;
use crate::land::column::Value;
use std::path::PathBuf;

fn geojson(text: &str) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("宗地.geojson");
    std::fs::write(&path, text).unwrap();
    (folder, path)
}

#[test]
fn rows_stay_aligned_whatever_their_geometry_is() {
    let (_folder, path) = geojson(
        r#"{"type":"FeatureCollection","features":[
        {"type":"Feature","properties":{"id":1,"name":"甲","price":10.5},"geometry":{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0,0]]]}},
        {"type":"Feature","properties":{"id":2,"name":null,"price":null},"geometry":null},
        {"type":"Feature","properties":{"id":3,"name":"丙","price":7},"geometry":{"type":"Polygon","coordinates":[[[0,0,9],[2,0,9],[2,2,9],[0,0,9]]]}}]}"#,
    );
    let raw = read(&path, None, &["id", "name", "price"], None).unwrap();
    assert_eq!((raw.shapes.len(), raw.rows.len(), raw.shapes.kind), (3, 3, Kind::Polygon));
    assert_eq!(raw.troubles, [(1, Trouble::Null), (2, Trouble::HeightDropped)]);
    assert_eq!(raw.columns[0].values.get(2), Value::Int(3));
    assert_eq!(raw.columns[1].values.get(0), Value::Text("甲"));
    assert_eq!((raw.columns[1].values.get(1), raw.columns[2].values.get(1)), (Value::None, Value::None));
    assert_eq!(raw.columns[2].values.get(0), Value::Real(10.5));
}

#[test]
fn what_is_missing_is_named_with_what_there_is() {
    let (_folder, path) = geojson(
        r#"{"type":"FeatureCollection","name":"parcels","features":[{"type":"Feature","properties":{"id":1},"geometry":{"type":"Point","coordinates":[0,0]}}]}"#,
    );
    let fault = read(&path, None, &["yt"], None).unwrap_err();
    assert_eq!((fault.code, fault.help.en.as_str()), ("missing-field", "its fields are: id"));
    let fault = read(&path, Some("zones"), &[], None).unwrap_err();
    assert_eq!((fault.code, fault.help.en.as_str()), ("missing-layer", "its layers are: parcels"));
    std::fs::write(&path, "var x = {};").unwrap();
    assert_eq!(read(&path, None, &[], None).unwrap_err().code, "unreadable-file");
}

#[test]
fn a_real_shapefile_reads_whole() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/real/swellendam/farms_33S.shp");
    if !path.exists() {
        println!("skipped: shared data not present");
        return;
    }
    let raw = read(&path, None, &[], None).unwrap();
    // 2,008 farm parcels in EPSG:32733 (the shared data's own description).
    assert_eq!(raw.shapes.len(), 2008);
    assert_eq!(raw.crs.and_then(|crs| crs.epsg), Some(32733));
}
