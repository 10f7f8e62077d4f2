//! Text from the data is text: in tables, workbooks, maps, explanations and file names it commands nothing.

use crate::cli::{Room, call, landgrade, listing, release};
use calamine::{Data, Reader, Xlsx, open_workbook};
use std::fs;

/// What stands as identifiers and addresses of the first parcels.
fn hostile() -> Vec<String> {
    let long = "长".repeat(20_000);
    [
        "<img src=x onerror=alert(1)>",
        "=cmd|' /C calc'!A0",
        "../../escaped",
        "a\nb",
        "\u{1b}[31mred\u{1b}[0m\u{9b}2J",
        &long,
        "@SUM(A1)",
        "-1+1",
        "+1",
        "\t=1",
        "\u{202e}evil",
        "\"quote\",comma;semi",
        "\u{7}bel\r\nX: y",
        "%s%n{}${HOME}`id`",
        "'; drop table units; --",
    ]
    .map(String::from)
    .to_vec()
}

fn hostile_room() -> Room {
    let room = Room::with_inputs();
    room.edit_city("update centres set mc = '=1+1' || char(27) || ']0;pwn' || char(7) where fid = 1; update samples set ypbh = '=HYPERLINK(\"http://x\")' || char(27) || '[2J' where fid = 1");
    let database = rusqlite::Connection::open(room.path().join("in/city.gpkg")).unwrap();
    for (at, text) in hostile().iter().enumerate() {
        database.execute("update parcels set zddm = ?1, zl = ?1 where fid = ?2", (text, at as i64 + 1)).unwrap();
    }
    room
}

fn cells(path: std::path::PathBuf) -> Vec<Vec<String>> {
    let text = fs::read_to_string(path).unwrap();
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    reader.records().map(|record| record.unwrap().iter().map(String::from).collect()).collect()
}

#[test]
fn hostile_texts_become_no_path_no_formula_and_no_command_of_the_terminal() {
    let room = hostile_room();
    call(&format!("check {} --to {}", room.project(), room.at("found"))).ends(0);
    call(&format!("run {}", room.project())).ends(0);
    let path = room.at("out/2025");
    call(&format!("compare {path} {} --to {}", release(), room.at("compared"))).ends(1);
    call(&format!("explain {path} --all --to {}", room.at("all.csv"))).ends(0);
    call(&format!("price {} --to {}", room.project(), room.at("priced.csv"))).ends(0);

    // As text, and found again under its own name.
    let (mut explained, hostile) = (0, hostile());
    for id in hostile.iter().filter(|id| !id.starts_with(['-', '+'])) {
        let account = landgrade(&["explain", &path, id, "--json"]).ends(0).json();
        assert_eq!(account["id"].as_str(), Some(id.as_str()));
        let text = landgrade(&["explain", &path, id]).ends(0).out;
        assert!(!text.contains(['\u{1b}', '\u{9b}', '\u{7}', '\u{202e}']), "{text}");
        assert!(
            text.starts_with("Unit ") && !text.contains("\nX: y") && !text.contains("\nb "),
            "no line of its own: {text}"
        );
        explained += 1;
    }
    assert!(explained > 12);
    let fault = landgrade(&["explain", &path, "\u{1b}[31mred\u{1b}[0"]).ends(2);
    fault.tells("no-unit", &["\u{fffd}[31mred"]);

    // No formula in any table that a spreadsheet opens; the same text is there behind its guard.
    let mut guarded = 0;
    for name in [
        "out/2025-published/units.csv",
        "out/2025-published/samples.csv",
        "compared/changes.csv",
        "all.csv",
        "priced.csv",
    ] {
        for cell in cells(room.path().join(name)).iter().flatten() {
            let number = cell.parse::<f64>().is_ok();
            assert!(number || !cell.starts_with(['=', '+', '-', '@', '\t', '\r']), "{name}: {cell}");
            guarded += usize::from(cell.starts_with('\'') && hostile.contains(&cell[1..].to_string()));
        }
    }
    assert!(guarded >= 5 * 4, "{guarded}");
    for name in ["out/2025-published/tables.xlsx", "compared/comparison.xlsx"] {
        let mut book: Xlsx<_> = open_workbook(room.path().join(name)).unwrap();
        for sheet in book.sheet_names() {
            assert!(book.worksheet_formula(&sheet).unwrap().is_empty(), "a formula in {name}, {sheet}");
        }
    }
    let mut book: Xlsx<_> = open_workbook(room.path().join("out/2025-published/tables.xlsx")).unwrap();
    let texts: Vec<String> = book
        .worksheets()
        .iter()
        .flat_map(|(_, range)| range.cells().map(|(_, _, cell)| cell.clone()).collect::<Vec<_>>())
        .filter_map(|cell| if let Data::String(text) = cell { Some(text) } else { None })
        .collect();
    assert!(texts.iter().any(|text| text.contains("=HYPERLINK")), "the sample's number is there as text");

    // Maps hold the text as it is.
    let geojson = fs::read_to_string(room.path().join("out/2025-published/units.geojson")).unwrap();
    let geojson: serde_json::Value = serde_json::from_str(&geojson).unwrap();
    let ids: Vec<&str> =
        geojson["features"].as_array().unwrap().iter().filter_map(|it| it["properties"]["zddm"].as_str()).collect();
    assert!(hostile.iter().all(|text| ids.contains(&text.as_str())));

    // Nothing but what is always made, nowhere but where it was asked for.
    let names = listing(room.path());
    assert!(!names.iter().any(|name| name.contains("escaped") || name.contains("img") || name.contains(".part")));
    let shelves: Vec<&String> =
        names.iter().filter(|name| name.matches('/').count() == 1 && name.ends_with('/')).collect();
    assert_eq!(shelves, ["compared/", "found/", "in/", "out/"]);
    assert!(!room.path().parent().unwrap().join("escaped").exists());
}

#[test]
fn findings_about_hostile_features_are_told_without_commanding_the_terminal() {
    let room = hostile_room();
    // Each identifier twice: findings with the texts in them, in the report and in the fault.
    room.edit_city("update parcels set zddm = (select zddm from parcels as other where other.fid = parcels.fid - 15) where fid between 16 and 30");
    for lang in ["en", "zh"] {
        let told = call(&format!("check {} --lang {lang} --to {}", room.project(), room.at("found"))).ends(1);
        assert!(told.out.contains("duplicate-id") && told.out.contains("onerror"), "{}", told.out);
        call(&format!("run {} --lang {lang}", room.project())).ends(1).tells("denied", &["duplicate-id"]);
        let json = call(&format!("check {} --lang {lang} --json", room.project())).ends(1).json();
        let features: Vec<&str> =
            json["findings"].as_array().unwrap().iter().filter_map(|it| it["feature"].as_str()).collect();
        assert!(features.contains(&"\u{1b}[31mred\u{1b}[0m\u{9b}2J"), "JSON has the text itself: {features:?}");
    }
    for cell in cells(room.path().join("found/findings.csv")).iter().flatten() {
        assert!(!cell.starts_with(['=', '@']), "{cell}");
    }
    assert!(!room.path().join("out").exists());
}
