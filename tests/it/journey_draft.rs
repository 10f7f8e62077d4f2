//! A user's way from a folder of layers and tables to a first release: drafted, checked, run, explained.

use crate::cli::{Room, call, copy};
use std::fs;
use std::path::Path;

/// The hamlet's layers and tables without its project file.
fn hamlet(folder: &Path) {
    copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("data-samples/hamlet"), folder);
    fs::remove_file(folder.join("project.toml")).unwrap();
}

#[test]
fn a_draft_written_elsewhere_finds_the_layers_reads_the_samples_and_explains_by_names() {
    let room = Room::new();
    hamlet(&room.path().join("data"));
    fs::create_dir(room.path().join("projects")).unwrap();
    let file = room.at("projects/p.toml");
    call(&format!("new {} --to {file}", room.at("data"))).ends(0);
    let checked = call(&format!("check {file} --json")).ends(0).json();
    assert_eq!((&checked["units"], &checked["samples"], &checked["denied"]), (&12.into(), &12.into(), &0.into()));
    call(&format!("run {file}")).ends(0);
    // The day after the last quarter of the index names the release.
    let told = call(&format!("explain {} C1", room.at("projects/releases/2026-01-01"))).ends(0);
    // README of the hamlet: its centre, its main road and its school by their names in the layers.
    assert!(!told.out.contains("#0") && told.out.contains("小学"), "{}", told.out);
}

#[test]
fn a_table_of_samples_in_gbk_with_surveyors_axes_and_units_in_its_headings_needs_no_help() {
    let room = Room::new();
    hamlet(&room.path().join("data"));
    fs::remove_file(room.path().join("data/index.csv")).unwrap();
    let table = fs::read_to_string(room.path().join("data/samples.csv")).unwrap();
    fs::remove_file(room.path().join("data/samples.csv")).unwrap();
    let mut chinese = "编号,用途,Y坐标,X坐标,单价(元/平方米),成交日期,容积率,土地使用年期\n".to_string();
    table.lines().skip(1).for_each(|line| chinese += &format!("{line}\n"));
    let (bytes, _, failed) = encoding_rs::GBK.encode(&chinese);
    assert!(!failed);
    fs::write(room.path().join("data/成交.csv"), &bytes).unwrap();
    call(&format!("new {}", room.at("data"))).ends(0);
    let checked = call(&format!("check {} --json", room.at("data/project.toml"))).ends(0).json();
    assert_eq!((&checked["samples"], &checked["denied"]), (&12.into(), &0.into()));
    // The date is left as a question: taken up without an index, the check names its line.
    let draft = fs::read_to_string(room.path().join("data/project.toml")).unwrap();
    let (at, line) =
        draft.lines().enumerate().find(|(_, line)| line.starts_with("# date = \"成交日期\"  # ?")).unwrap();
    fs::write(room.path().join("data/dated.toml"), draft.replace(line, &line[2..])).unwrap();
    let place = format!("dated.toml:{}", at + 1);
    call(&format!("check {}", room.at("data/dated.toml"))).ends(2).tells("no-index", &[&place]);
}
