//! Sale samples as they come out of offices: given twice, without a number, in two places, with coordinates exchanged, typed into workbooks.
//! Every case is read through the built program.

use crate::tools::{broken_sample, codes, folder, json, landgrade, near, project, shown};
use rust_xlsxwriter::Workbook;
use serde_json::Value;
use std::path::Path;

pub const UNITS: &str = "source = \"parcels.geojson\"\nid = \"parcel\"\nuse = \"use\"\n";
const HEADER: &str = "id,use,price,x,y\n";

/// Four sound parcels of 20 m, 10 m apart, and a bus stop.
pub fn sound() -> tempfile::TempDir {
    folder(&[
        ("parcels.geojson", &broken_sample("empty-layer/parcels.geojson")),
        ("stops.geojson", &broken_sample("overlap/stops.geojson")),
    ])
}

pub fn prices(source: &str, rest: &str) -> String {
    let xy = if source.ends_with("geojson") { "" } else { "crs = \"EPSG:4547\"\nx = \"x\"\ny = \"y\"\n" };
    format!(
        "[prices]\n[prices.samples]\nsource = \"{source}\"\nid = \"id\"\nuse = \"use\"\nprice = \"price\"\nunit = \"元/㎡\"\n{xy}{rest}"
    )
}

pub fn checked(folder: &Path, units: &str, prices: &str) -> (i32, Value) {
    let file = folder.join("project.toml");
    std::fs::write(&file, project("EPSG:4547", units, &near("stops.geojson"), prices)).unwrap();
    let (exit, answer, _) = json(&["check", shown(&file)]);
    (exit, answer)
}

/// Checks a table of samples.
fn table(rows: &str, rest: &str) -> (i32, Value) {
    let folder = sound();
    std::fs::write(folder.path().join("s.csv"), format!("{HEADER}{rows}")).unwrap();
    checked(folder.path(), UNITS, &prices("s.csv", rest))
}

fn point(properties: &str, x: u32) -> String {
    format!(
        "{{\"type\":\"Feature\",\"properties\":{{{properties}}},\"geometry\":{{\"type\":\"Point\",\"coordinates\":[{x},3300010]}}}}"
    )
}

fn points(features: &[String]) -> String {
    let crs = "\"crs\":{\"type\":\"name\",\"properties\":{\"name\":\"urn:ogc:def:crs:EPSG::4547\"}}";
    format!("{{\"type\":\"FeatureCollection\",{crs},\"features\":[{}]}}", features.join(","))
}

#[test]
fn a_sample_that_is_there_twice_counts_once_and_is_told() {
    let first = "S1,commercial,2000,500010,3300010\n";
    let (exit, answer) = table(&format!("{first}{first}"), "");
    assert_eq!((exit, codes(&answer)), (0, vec!["duplicate-feature s S1 (line 3)".into()]), "{answer}");
    assert_eq!((&answer["samples"], &answer["findings"][0]["action"]), (&1.into(), &"left-out".into()));
    let other = "S1,commercial,2500,500010,3300010\n";
    let (exit, answer) = table(&format!("{first}{other}"), "");
    assert_eq!((exit, codes(&answer)), (1, vec!["duplicate-id s S1 (line 3)".into()]), "{answer}");
    let said =
        |line: u8, other: u8| format!("line {line} bears an identifier that another sample has, that of line {other}");
    assert_eq!(answer["findings"][0]["detail"], said(3, 2), "{answer}");
    // By geometry, then attributes: the lower price is the first.
    let (exit, answer) = table(&format!("{other}{first}"), "[policy]\nduplicate-id = \"repair\"\n");
    assert_eq!((exit, &answer["samples"]), (0, &1.into()), "{answer}");
    assert_eq!(answer["findings"][0]["detail"], said(2, 3), "{answer}");
}

#[test]
fn a_sample_without_an_identifier_is_told_by_its_line() {
    let rows = "S1,commercial,2000,500010,3300010\n,commercial,2100,500040,3300010\n";
    let (exit, answer) = table(rows, "");
    assert_eq!((exit, codes(&answer)), (1, vec!["missing-id s line 3".into()]), "{answer}");
    let (exit, answer) = table(rows, "[policy]\nmissing-id = \"repair\"\n");
    assert_eq!((exit, &answer["samples"]), (0, &1.into()), "{answer}");
}

#[test]
fn a_price_beyond_every_number_is_told_with_its_sample() {
    let folder = sound();
    let sale =
        |id: &str, price: &str, x: u32| point(&format!("\"id\":\"{id}\",\"use\":\"commercial\",\"price\":{price}"), x);
    let layer = points(&[sale("S1", "2000.5", 500_010), sale("S2", "1e999", 500_040)]);
    std::fs::write(folder.path().join("s.geojson"), layer).unwrap();
    for policy in ["", "[policy]\nout-of-range = \"warn\"\n"] {
        let (exit, answer) = checked(folder.path(), UNITS, &prices("s.geojson", policy));
        assert_eq!(exit, i32::from(policy.is_empty()), "{answer}");
        assert_eq!(codes(&answer), ["out-of-range s S2"], "{answer}");
        assert_eq!(answer["findings"][0]["detail"], "price is inf, not a finite number", "{answer}");
        assert_eq!(answer["samples"], 1, "{answer}");
    }
    // 1e304 万元/㎡ are more 元/㎡ than a number holds.
    let rows = "S1,commercial,1e305万元/㎡,500010,3300010\nS2,commercial,2000,500040,3300010\n";
    let (exit, answer) = table(rows, "");
    let found = codes(&answer);
    assert!(exit == 1 && found.contains(&"out-of-range s S1".to_string()), "{answer}");
}

#[test]
fn a_use_that_loses_every_sample_stops_check_and_run() {
    let folder = sound();
    let swapped = "S1,commercial,2000,3300010,500010\nS2,commercial,2100,3300010,500040\n";
    std::fs::write(folder.path().join("s.csv"), format!("{HEADER}{swapped}")).unwrap();
    let (exit, answer) = checked(folder.path(), UNITS, &prices("s.csv", ""));
    let by_hand = ["sample-outside samples S1", "sample-outside samples S2", "samples-lost samples"];
    assert_eq!((exit, codes(&answer)), (1, by_hand.map(String::from).to_vec()), "{answer}");
    let file = folder.path().join("project.toml");
    for (lang, said) in [("en", "x and y look exchanged"), ("zh", "x、y 似乎颠倒")] {
        let ran = landgrade(&["run", "--dry-run", "--lang", lang, shown(&file)]);
        let told = String::from_utf8_lossy(&ran.stderr).into_owned();
        assert!(ran.status.code() == Some(1) && told.contains(said) && told.contains("samples-lost"), "{told}");
    }
    // In the street: nothing is exchanged.
    let (exit, answer) = table("S1,commercial,2000,500025,3300010\n", "");
    assert_eq!(exit, 1, "{answer}");
    assert!(!answer["findings"].to_string().contains("exchanged"), "{answer}");
    // Left out one by one while they were read.
    let (exit, answer) = table("S1,commercial,面议,500010,3300010\n", "[policy]\nnot-a-number = \"repair\"\n");
    assert_eq!((exit, codes(&answer)), (1, vec!["not-a-number s S1".into(), "samples-lost s".into()]), "{answer}");
    // A header alone.
    let (exit, answer) = table("", "");
    assert_eq!((exit, codes(&answer)), (1, vec!["empty-layer s".into()]), "{answer}");
}

#[test]
fn one_text_among_the_numbers_of_a_workbook_is_one_finding() {
    let folder = sound();
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (column, name) in (0..).zip(["id", "use", "price", "x", "y"]) {
        sheet.write(0, column, name).unwrap();
    }
    for row in 1..=4u32 {
        sheet.write(row, 0, format!("S{row}")).unwrap();
        sheet.write(row, 1, "commercial").unwrap();
        sheet.write(row, 2, 1000.0 + f64::from(row) / 4.0).unwrap();
        sheet.write(row, 3, 500_010.0 + 30.0 * f64::from(row - 1)).unwrap();
        sheet.write(row, 4, 3_300_010.0).unwrap();
    }
    sheet.write(3, 2, "1500").unwrap();
    book.save(folder.path().join("s.xlsx")).unwrap();
    let (exit, answer) = checked(folder.path(), UNITS, &prices("s.xlsx", ""));
    assert_eq!((exit, codes(&answer)), (0, vec!["number-in-text s S3".into()]), "{answer}");
    assert_eq!(answer["samples"], 4, "{answer}");
    sheet_with_word(folder.path());
    let (exit, answer) = checked(folder.path(), UNITS, &prices("w.xlsx", ""));
    assert_eq!((exit, codes(&answer)), (1, vec!["not-a-number w S2".into()]), "{answer}");
}

/// 1 万元/亩 = 15 元/㎡.
#[test]
fn a_unit_in_a_workbooks_title_counts_and_prices_without_any_unit_are_told() {
    let folder = sound();
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write(0, 0, "样点地价表(单位:万元/亩)").unwrap();
    for (column, name) in (0..).zip(["id", "use", "price", "x", "y"]) {
        sheet.write(1, column, name).unwrap();
    }
    sheet.write(2, 0, "S1").unwrap();
    sheet.write(2, 1, "commercial").unwrap();
    for (column, number) in [(2, 80.0), (3, 500_010.0), (4, 3_300_010.0)] {
        sheet.write(2, column, number).unwrap();
    }
    book.save(folder.path().join("s.xlsx")).unwrap();
    let unstated = |source: &str| prices(source, "").replace("unit = \"元/㎡\"\n", "");
    let (exit, answer) = checked(folder.path(), UNITS, &unstated("s.xlsx"));
    assert_eq!((exit, codes(&answer)), (0, vec!["unit-converted s".into()]), "{answer}");
    let read = landgrade::project::Project::read(&folder.path().join("project.toml")).unwrap();
    let survey = landgrade::ingest::survey(&read, &landgrade::land::progress::Unwatched).unwrap();
    assert_eq!(survey.samples[0].price, Some(1200.0));
    assert_eq!(survey.samples[0].converted[0].zh, "price 80 × 15 = 1200 元/㎡");
    // What the project file says against it stops the run.
    let (exit, answer) = checked(folder.path(), UNITS, &prices("s.xlsx", ""));
    assert_eq!((exit, answer["error"][0]["code"].as_str()), (2, Some("unit-conflict")), "{answer}");
    std::fs::write(folder.path().join("s.csv"), format!("{HEADER}S1,commercial,1200,500010,3300010\n")).unwrap();
    let (exit, answer) = checked(folder.path(), UNITS, &unstated("s.csv"));
    assert_eq!((exit, codes(&answer)), (0, vec!["unit-assumed s".into()]), "{answer}");
}

fn sheet_with_word(folder: &Path) {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (column, name) in (0..).zip(["id", "use", "price", "x", "y"]) {
        sheet.write(0, column, name).unwrap();
    }
    for (row, x) in [(1, 500_010.0), (2, 500_040.0)] {
        sheet.write(row, 0, format!("S{row}")).unwrap();
        sheet.write(row, 1, "commercial").unwrap();
        sheet.write(row, 3, x).unwrap();
        sheet.write(row, 4, 3_300_010.0).unwrap();
    }
    sheet.write(1, 2, 2000.0).unwrap();
    sheet.write(2, 2, "面议").unwrap();
    book.save(folder.join("w.xlsx")).unwrap();
}

#[test]
fn an_identifier_too_long_for_its_number_type_stops_the_run() {
    let long = "3201020010010000010000000003";
    let parcels = broken_sample("empty-layer/parcels.geojson");
    // Whole numbers, at which GDAL stops at 2⁶³ − 1, and real ones, which keep 16 digits.
    for (id, reads) in [(long, "9223372036854775807"), ("3201020010010000010000000003.0", "320102001001000")] {
        let folder = sound();
        let changed = parcels.replace("\"parcel\": 3,", &format!("\"parcel\": {id},"));
        let changed = changed.replace("\"parcel\": 4,", &format!("\"parcel\": {id},"));
        assert!(changed.matches(id).count() >= 2);
        std::fs::write(folder.path().join("parcels.geojson"), changed).unwrap();
        let (exit, answer) = checked(folder.path(), UNITS, "");
        let found = codes(&answer);
        let rounded: Vec<&str> = found.iter().map(String::as_str).filter(|code| code.starts_with("rounded")).collect();
        assert_eq!((exit, rounded), (1, vec!["rounded-id parcels #2", "rounded-id parcels #3"]), "{answer}");
        let detail = answer["findings"][0]["detail"].as_str().unwrap();
        assert!(detail.contains("parcel is stored") && detail.contains(reads), "{detail}");
    }
    // What a spreadsheet makes of them on the way to CSV.
    let (exit, answer) = table("3.20102E+27,commercial,2000,500010,3300010\n", "");
    assert_eq!((exit, codes(&answer)), (1, vec!["rounded-id s 3.20102E+27".into()]), "{answer}");
    // Text keeps them, and letters with an E are no numbers.
    let rows = format!("{long},commercial,2000,500010,3300010\n12E30,commercial,2100,500040,3300010\n");
    assert_eq!(table(&rows, "").0, 0);
}

#[test]
fn a_use_code_stored_as_a_number_is_the_whole_number_it_is() {
    let parcels = broken_sample("empty-layer/parcels.geojson");
    for spelling in ["5", "05"] {
        let folder = sound();
        std::fs::write(folder.path().join("parcels.geojson"), parcels.replace("\"commercial\"", "5.0")).unwrap();
        let sale = |price: u32, x: u32| point(&format!("\"id\":\"S{x}\",\"use\":5.0,\"price\":{price}"), x);
        let layer = points(&[sale(2000, 500_010), sale(2100, 500_040)]);
        std::fs::write(folder.path().join("s.geojson"), layer).unwrap();
        let file = folder.path().join("project.toml");
        let text = project("EPSG:4547", UNITS, &near("stops.geojson"), &prices("s.geojson", ""));
        let spelled = format!("key = \"commercial\"\nspellings = [\"{spelling}\"]\n");
        std::fs::write(&file, text.replace("key = \"commercial\"\n", &spelled)).unwrap();
        let (exit, answer, _) = json(&["check", shown(&file)]);
        assert_eq!((exit, codes(&answer).len()), (0, 0), "{answer}");
        assert_eq!((&answer["units"], &answer["samples"]), (&4.into(), &2.into()));
    }
}

#[test]
fn the_summary_of_a_run_tells_the_grades_of_few_findings() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("data-samples/broken/price-order/project.toml");
    let ran = landgrade(&["run", "--dry-run", shown(&file)]);
    let told = String::from_utf8_lossy(&ran.stdout).into_owned();
    assert!(told.contains("commercial: grade 1 costs 1050 元/㎡, grade 2 1950 元/㎡"), "{told}");
}
