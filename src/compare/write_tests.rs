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
    assert_eq!(written.len(), 12);
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
    for line in ["坐标系|EPSG:4547|EPSG:4547", "换号|1|1|1", "灭失|1|", "住宅:容积率由 2 变为 1.8", "未作价格比较"]
    {
        assert!(summary.contains(line), "{line} in {summary}");
    }
    let growth = text(&sheet(folder.path(), "级别涨幅")).join("\n");
    assert!(growth.contains("商业|1|一级|100|90|-0.1|变动|"), "{growth}");
    assert!(growth.contains("仅旧期有") && growth.contains("未作价格比较"), "{growth}");
    let counts = text(&sheet(folder.path(), "级别转移(个数)")).join("\n");
    // 商业三级 → 一级一个;合计 1。
    assert!(counts.contains("商业|三级|1|0|0|0|0|0|0|1") && !counts.contains("commercial"), "{counts}");
    let changed = text(&sheet(folder.path(), "变化单元")).join("\n");
    assert!(
        changed.contains("B|=1+1|换号|叠置|1|1|100|100|100|商业|商业|3|1|-2|60|80|0.3333|级别突变;价格突变"),
        "{changed}"
    );
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
        changes
            .contains("B,'=1+1,replaced,overlap,1,1,100,100,100,commercial,commercial,3,1,-2,60,80,33.333333333333336"),
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
    assert!(growth.contains("commercial,商业,1,I,100,90,-10,changed,,100,200,"), "{growth}");
}

#[test]
fn the_sheet_of_changed_units_leaves_out_those_whose_price_alone_moved_and_says_how_many() {
    let (mut old, new) = years();
    old.units.prices[0] = 95.0;
    let comparison = with_defaults(&old, &new);
    let folder = tempfile::tempdir().unwrap();
    write(&comparison, folder.path(), &[Format::Xlsx, Format::Csv], Lang::Zh).unwrap();
    let rows = sheet(folder.path(), "变化单元");
    let firsts: Vec<String> = rows.iter().map(|row| row[0].to_string()).collect();
    assert!(firsts.iter().any(|text| text.contains("未列:1 个") && text.contains("changes.csv")), "{firsts:?}");
    assert_eq!(firsts.iter().filter(|text| ["A", "B"].contains(&text.as_str())).collect::<Vec<_>>(), ["B"]);
    let csv = std::fs::read_to_string(folder.path().join("changes.csv")).unwrap();
    assert!(csv.contains("A,A,same,id,1,1,100,100,100,commercial,commercial,1,1,0,95,100,"), "{csv}");
    // Nothing is in common with a unit that is gone; its area stands in a column of its own.
    assert!(csv.contains("C,,removed,,,,0,100,,residential,"), "{csv}");
}

#[test]
fn counts_dates_and_percentages_of_the_workbook_are_numbers_dates_and_percentages() {
    let (mut old, new) = years();
    old.head.base_date = Some("2025-12-31".to_string());
    let comparison = with_defaults(&old, &new);
    let folder = tempfile::tempdir().unwrap();
    write(&comparison, folder.path(), &[Format::Xlsx], Lang::En).unwrap();
    let summary = sheet(folder.path(), "summary");
    let line = |item: &str| summary.iter().find(|row| row[0] == *item).unwrap().clone();
    // 2025-12-31 is day 46022 of Excel's calendar.
    assert!(matches!(&line("base date")[1], Data::DateTime(day) if day.as_f64() == 46022.0), "{:?}", line("base date"));
    assert_eq!(line("units")[1..3], [Data::Float(3.0), Data::Float(3.0)]);
    assert_eq!(line("cells of the price table changed")[3], Data::Float(1.0));
    assert_eq!(line("release")[1], Data::String("2025".to_string()));
    let growth = sheet(folder.path(), "growth by grade");
    assert!(growth.iter().any(|row| row[5] == Data::Float(-0.1)), "{growth:?}");
    assert!(growth.iter().any(|row| row[5] == *"growth"), "no unit in the header: the cells say %");
}

#[test]
fn titles_in_the_geopackage_follow_the_language_of_the_run() {
    let (old, new) = years();
    let comparison = with_defaults(&old, &new);
    for (lang, layer, alias) in [(Lang::En, "changes", "old area (㎡)"), (Lang::Zh, "变化", "旧单元面积 (㎡)")]
    {
        let folder = tempfile::tempdir().unwrap();
        write(&comparison, folder.path(), &[Format::Gpkg], lang).unwrap();
        let database = rusqlite::Connection::open(folder.path().join("changes.gpkg")).unwrap();
        let text = |query: &str| database.query_row(query, [], |row| row.get::<_, String>(0)).unwrap();
        assert_eq!(text("SELECT identifier FROM gpkg_contents WHERE table_name = 'changes'"), layer);
        let found = "FROM gpkg_data_columns WHERE table_name = 'changes' AND column_name = 'area_old'";
        assert_eq!(text(&format!("SELECT name {found}")), alias);
        assert_eq!(text(&format!("SELECT description {found}")), alias);
    }
}
