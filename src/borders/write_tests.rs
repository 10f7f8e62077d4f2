use super::*;
use crate::borders::{Options, within};
use crate::compare::fixture::{cell, release};
use crate::land::progress::Unwatched;
use calamine::{Data, Reader, open_workbook_auto};

fn found() -> Borders {
    let mut release = release(
        "2025",
        &[("=1+1", 0, [0.0, 0.0, 10.0, 10.0], 1, 700.0), ("<b>", 0, [10.0, 0.0, 20.0, 10.0], 2, 800.0)],
    );
    release.cells = vec![cell(0, 1, 700.0, 100.0), cell(0, 2, 800.0, 100.0)];
    within(&release, &Options::default(), &Unwatched).unwrap()
}

#[test]
fn files_hold_the_review_list_and_the_lines_and_hostile_identifiers_stay_texts() {
    let folder = tempfile::tempdir().unwrap();
    write(&found(), folder.path(), &Format::ALL, Lang::Zh).unwrap();
    let csv = std::fs::read_to_string(folder.path().join("review.csv")).unwrap();
    assert!(csv.contains("2,unit,commercial,inversion,'=1+1,1,700,700,100,<b>,2,800,800,100,10,1,0.875,"), "{csv}");
    let mut book = open_workbook_auto(folder.path().join("borders.xlsx")).unwrap();
    let review = book.worksheet_range("复核清单").unwrap();
    assert!(review.rows().any(|row| row[4] == Data::String("=1+1".to_string())));
    let json: serde_json::Value =
        serde_json::from_slice(&std::fs::read(folder.path().join("borders.geojson")).unwrap()).unwrap();
    assert_eq!(json["features"][0]["geometry"]["type"], "LineString");
    assert_eq!(json["features"].as_array().unwrap().len(), 2);
}

#[test]
fn equal_borders_give_equal_bytes() {
    let folders = [tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap()];
    folders.iter().for_each(|folder| drop(write(&found(), folder.path(), &Format::ALL, Lang::En).unwrap()));
    for name in ["borders.xlsx", "review.csv", "borders.csv", "pairs.csv", "borders.geojson", "borders.gpkg"] {
        let [one, other] = [0, 1].map(|at: usize| std::fs::read(folders[at].path().join(name)).unwrap());
        assert!(one == other, "{name}");
    }
}
