use super::super::fixture::{cell, release, with_defaults};
use super::*;
use crate::release::Release;
use calamine::{Data, Reader, open_workbook_auto};
use gdal::vector::LayerAccess;

fn years() -> (Release, Release) {
    let old = [
        ("A", 0, [0.0, 0.0, 10.0, 10.0], 1, 100.0),
        ("B", 0, [10.0, 0.0, 20.0, 10.0], 3, 60.0),
        ("C", 1, [50.0, 0.0, 60.0, 10.0], 2, 40.0),
    ];
    let new = [
        ("A", 0, [0.0, 0.0, 10.0, 10.0], 1, 100.0),
        ("=1+1", 0, [10.0, 0.0, 20.0, 10.0], 1, 80.0),
        ("E", 1, [90.0, 0.0, 99.0, 10.0], 2, 44.0),
    ];
    let (mut old, mut new) = (release("2025", &old), release("2026", &new));
    old.cells = vec![cell(0, 1, 100.0, 100.0), cell(0, 3, 60.0, 100.0), cell(1, 2, 40.0, 100.0)];
    new.cells = vec![cell(0, 1, 90.0, 200.0), cell(1, 2, 44.0, 90.0)];
    new.uses[1].connotation.as_mut().unwrap().plot_ratio = 1.8;
    (old, new)
}

#[test]
fn gdal_reads_the_layer_of_changes_with_its_columns_and_places() {
    let (old, new) = years();
    let comparison = with_defaults(&old, &new);
    let folder = tempfile::tempdir().unwrap();
    let written = write(&comparison, folder.path(), &Format::ALL, Lang::Zh).unwrap();
    assert_eq!(written.len(), 10);
    let dataset = gdal::Dataset::open(folder.path().join("changes.gpkg")).unwrap();
    let mut layer = dataset.layer_by_name("changes").unwrap();
    let mut seen = Vec::new();
    for feature in layer.features() {
        let text = |name: &str| {
            let at = feature.field_index(name).unwrap();
            feature.field_as_string(at).unwrap().unwrap_or_default()
        };
        let envelope = feature.geometry().unwrap().envelope();
        let names = ["id_old", "id_new", "kind", "matched_by", "dgrade", "flags"];
        seen.push((names.map(text).join("|"), envelope.MinX - 500_000.0));
    }
    // A is unchanged and not on the map; C lies where the old release has it. C's premises differ, so no growth.
    let expected =
        [("B|=1+1|replaced|overlap|-2|grade-jump;price-jump", 10.0), ("C||removed|||", 50.0), ("|E|added|||", 90.0)];
    assert_eq!(seen, expected.map(|(text, x)| (text.to_string(), x)));
    let styles = dataset.layer_by_name("layer_styles").unwrap().feature_count();
    assert_eq!(styles, 1);
    drop(dataset);
    let json: serde_json::Value =
        serde_json::from_slice(&std::fs::read(folder.path().join("changes.geojson")).unwrap()).unwrap();
    let first = &json["features"][0];
    assert_eq!(first["properties"]["growth_pct"], 100.0 / 3.0);
    let longitude = first["geometry"]["coordinates"][0][0][0].as_f64().unwrap();
    assert!((113.9..114.1).contains(&longitude));
}

fn sheet(folder: &Path, name: &str) -> Vec<Vec<Data>> {
    let mut book = open_workbook_auto(folder.join("comparison.xlsx")).unwrap();
    book.worksheet_range(name).unwrap().rows().map(<[Data]>::to_vec).collect()
}

#[test]
fn the_workbook_tells_everything_in_the_readers_language() {
    let (old, new) = years();
    let comparison = with_defaults(&old, &new);
    let folder = tempfile::tempdir().unwrap();
    write(&comparison, folder.path(), &[Format::Xlsx], Lang::Zh).unwrap();
    let text = |rows: &[Vec<Data>]| {
        rows.iter().map(|row| row.iter().map(ToString::to_string).collect::<Vec<_>>().join("|")).collect::<Vec<_>>()
    };
    let summary = text(&sheet(folder.path(), "概要")).join("\n");
    for line in ["坐标系|EPSG:4547|EPSG:4547", "换号|1|1", "灭失|1|", "住宅:容积率由 2 变为 1.8", "未作价格比较"]
    {
        assert!(summary.contains(line), "{line} in {summary}");
    }
    let growth = text(&sheet(folder.path(), "级别涨幅")).join("\n");
    assert!(growth.contains("commercial|商业|1|一级|100|90|-10|"), "{growth}");
    assert!(growth.contains("仅旧期有") && growth.contains("未作价格比较"), "{growth}");
    let counts = text(&sheet(folder.path(), "级别转移(个数)")).join("\n");
    // 商业三级 → 一级一个;合计 1。
    assert!(counts.contains("commercial|商业|三级|1|0|0|0|0|0|0|1"), "{counts}");
    let changed = text(&sheet(folder.path(), "变化单元")).join("\n");
    assert!(changed.contains("B|=1+1|换号|叠置|1|1|100|商业|商业|3|1|-2|60|80|33.33|级别突变;价格突变"), "{changed}");
    let english = tempfile::tempdir().unwrap();
    write(&comparison, english.path(), &[Format::Xlsx], Lang::En).unwrap();
    assert!(text(&sheet(english.path(), "removed units")).join("\n").contains("C||removed|"));
}

#[test]
fn csv_holds_numbers_in_full_and_equal_comparisons_give_equal_bytes() {
    let (old, new) = years();
    let (one, two) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    for folder in [&one, &two] {
        write(&with_defaults(&old, &new), folder.path(), &Format::ALL, Lang::En).unwrap();
    }
    let read = |folder: &Path, name: &str| std::fs::read(folder.join(name)).unwrap();
    let names = ["comparison.xlsx", "changes.geojson", "changes.gpkg", "changes.csv", "growth.csv", "summary.csv"];
    for name in names {
        assert!(read(one.path(), name) == read(two.path(), name), "{name}");
    }
    let changes = String::from_utf8(read(one.path(), "changes.csv")).unwrap();
    assert!(
        changes.contains("B,'=1+1,replaced,overlap,1,1,100,commercial,commercial,3,1,-2,60,80,33.333333333333336"),
        "{changes}"
    );
}

#[test]
fn a_comparison_of_tables_alone_is_written_in_every_format() {
    let (mut old, mut new) = years();
    for release in [&mut old, &mut new] {
        let units = super::super::fixture::bare("bare", Vec::new()).units;
        release.units = units;
    }
    let comparison = with_defaults(&old, &new);
    let folder = tempfile::tempdir().unwrap();
    let written = write(&comparison, folder.path(), &Format::ALL, Lang::En).unwrap();
    assert!(written.iter().all(|written| written.path.exists()));
    let growth = std::fs::read_to_string(folder.path().join("growth.csv")).unwrap();
    assert!(growth.contains("commercial,商业,1,I,100,90,-10,0.01,0.02,"), "{growth}");
}
