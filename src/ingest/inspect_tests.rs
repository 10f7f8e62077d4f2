use super::*;

fn written(files: &[(&str, &[u8])]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in files {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }
    folder
}

fn points(values: &[&str]) -> String {
    let feature = |value: &&str| {
        format!(
            r#"{{"type":"Feature","properties":{{"lx":"{value}","n":1.5}},"geometry":{{"type":"Point","coordinates":[114,30]}}}}"#
        )
    };
    let features = values.iter().map(feature).collect::<Vec<_>>().join(",");
    format!(r#"{{"type":"FeatureCollection","name":"stops","features":[{features}]}}"#)
}

#[test]
fn files_one_level_deep_are_listed_by_path_and_others_are_not() {
    let stops = points(&["b", "a", "b"]);
    let folder = written(&[
        ("z.csv", "quarter,commercial\n2025Q1,100\n2025Q2,101\n".as_bytes()),
        ("a/stops.geojson", stops.as_bytes()),
        ("a/deeper/hidden.geojson", stops.as_bytes()),
        (".git/x.geojson", stops.as_bytes()),
        ("notes.md", b"# notes"),
        ("script.json", b"var x = {};"),
    ]);
    let layers = inspect(folder.path()).unwrap();
    let seen: Vec<_> = layers.iter().map(|info| (info.path.as_str(), info.kind, info.features)).collect();
    let by_hand = [
        ("a/stops.geojson", LayerKind::Point, 3),
        ("script.json", LayerKind::Unreadable, 0),
        ("z.csv", LayerKind::Table, 2),
    ];
    assert_eq!(seen, by_hand);
    let lx = &layers[0].fields[0];
    assert_eq!(
        (lx.name.as_str(), lx.kind, lx.samples.as_slice(), lx.more),
        ("lx", FieldKind::Text, ["a".to_string(), "b".into()].as_slice(), false)
    );
    assert_eq!(layers[0].fields[1].kind, FieldKind::Real);
    assert_eq!(layers[0].crs.as_ref().unwrap().epsg, Some(4326));
    assert_eq!(layers[2].fields[0].last, "2025Q2");
    assert!(layers[1].note.contains("GDAL"), "{}", layers[1].note);
}

#[test]
fn at_most_twelve_values_are_shown_and_more_are_told() {
    let values: Vec<String> = (0..40).rev().map(|number| format!("v{number:02}")).collect();
    let folder = written(&[("p.geojson", points(&values.iter().map(String::as_str).collect::<Vec<_>>()).as_bytes())]);
    let layers = inspect(folder.path()).unwrap();
    let field = &layers[0].fields[0];
    let first: Vec<String> = (0..12).map(|number| format!("v{number:02}")).collect();
    assert_eq!((&field.samples, field.more, field.last.as_str()), (&first, true, "v39"));
    let exactly = points(&first.iter().map(String::as_str).collect::<Vec<_>>());
    let folder = written(&[("p.geojson", exactly.as_bytes())]);
    let layers = inspect(folder.path()).unwrap();
    assert_eq!((layers[0].fields[0].samples.len(), layers[0].fields[0].more), (12, false));
}

#[test]
fn a_real_folder_with_rasters_and_shapefiles_is_listed() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/real/swellendam");
    if !folder.exists() {
        println!("skipped: shared data not present");
        return;
    }
    let layers = inspect(&folder).unwrap();
    let of = |path: &str| layers.iter().find(|info| info.path == path).unwrap();
    // 2,008 farm parcels in EPSG:32733, a DEM in EPSG:4326 (the shared data's own description).
    let farms = of("farms_33S.shp");
    assert_eq!((farms.kind, farms.features, farms.crs.as_ref().unwrap().epsg), (LayerKind::Polygon, 2008, Some(32733)));
    let heights = of("srtm_41_19_4326.tif");
    assert_eq!((heights.kind, heights.crs.as_ref().unwrap().epsg), (LayerKind::Raster, Some(4326)));
}

#[test]
fn each_sheet_of_a_workbook_is_a_table_and_an_empty_one_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet().set_name("样点").unwrap();
    for (column, (head, value)) in [("x", 1.5), ("单价", 900.0)].into_iter().enumerate() {
        sheet.write_string(0, column as u16, head).unwrap();
        sheet.write_number(1, column as u16, value).unwrap();
    }
    book.add_worksheet().set_name("Sheet2").unwrap();
    book.save(folder.path().join("a.xlsx")).unwrap();
    let layers = inspect(folder.path()).unwrap();
    let seen: Vec<_> = layers.iter().map(|info| (info.layer.as_str(), info.kind, info.alone, info.features)).collect();
    assert_eq!(seen, [("样点", LayerKind::Table, false, 1), ("Sheet2", LayerKind::Unreadable, false, 0)]);
    assert_eq!((layers[0].fields[1].name.as_str(), layers[0].fields[1].samples[0].as_str()), ("单价", "900"));
    assert!(layers[1].note.contains("no line with column names"), "{}", layers[1].note);
}
