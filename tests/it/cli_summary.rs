//! What people see at the end of a verb: the table of prices, and what became of inputs.

use crate::cli::{Room, call, city, copy, landgrade, release};
use std::fs;

#[test]
fn a_grade_without_a_price_has_a_dash_in_each_empty_column() {
    let room = Room::with_inputs();
    let path = room.path().join("in/project.toml");
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, text.replace("fill = \"nearest-grade\"", "fill = \"leave\"")).unwrap();
    let told = call(&format!("price {}", room.project())).ends(0).out;
    let rows: Vec<Vec<&str>> = told.lines().map(|line| line.split_whitespace().collect()).collect();
    let unpriced: Vec<&Vec<&str>> = rows.iter().filter(|row| row.len() >= 5 && row[4] == "0/0").collect();
    assert!(!unpriced.is_empty(), "a grade without samples in {told}");
    assert!(unpriced.iter().all(|row| row[2..4] == ["–", "–"]), "{told}");
    // The dashes stand under their headings: every row of the table is aligned on the samples.
    let at = |line: &str| {
        line.chars().take_while(|c| *c != '/').collect::<String>().trim_end_matches(char::is_numeric).chars().count()
    };
    let places: Vec<usize> = told
        .lines()
        .filter(|line| line.starts_with("  ") && line.contains('/') && !line.contains('元'))
        .map(at)
        .collect();
    assert!(places.windows(2).all(|pair| pair[0] == pair[1]), "{told}");
}

#[test]
fn imported_prices_are_said_to_be_their_sources_own() {
    let room = Room::new();
    let source = city().join("releases/2025-published/units.gpkg").display().to_string();
    let words = "layer = \"units\"\nid = \"zddm\"\nuse = \"use\"\ngrade = \"grade\"\nprice = \"price\"";
    fs::write(
        room.path().join("m.toml"),
        format!("source = '{source}'\n{words}\n[policy]\nmissing-value = \"warn\"\n"),
    )
    .unwrap();
    let line = format!("import {} --name foreign --to {}", room.at("m.toml"), room.at("out"));
    let told = call(&line).ends(0).out;
    assert!(told.contains("as their source states them") && !told.contains("samples used"), "{told}");
    call(&format!("publish {} --to {} --formats csv --lang zh", room.at("out/foreign"), room.at("files"))).ends(0);
    let prices = fs::read_to_string(room.path().join("files/prices.csv")).unwrap();
    let head: Vec<&str> = prices.lines().next().unwrap().split(',').collect();
    assert!(!prices.contains("样点测算价") && prices.contains("来源地价平均值"), "{prices}");
    let samples = head.iter().position(|title| *title == "样点数").unwrap();
    assert!(
        prices.lines().skip(1).all(|line| line.split(',').nth(samples) == Some("")),
        "not known, so not 0: {prices}"
    );
}

#[test]
fn verify_counts_the_inputs_it_finds_and_a_changed_one_is_no_fault_of_the_release() {
    let room = Room::with_inputs();
    call(&format!("run {}", room.project())).ends(0);
    let line = format!("verify {}", room.at("out/2025"));
    let whole = call(&line).ends(0).out;
    assert!(whole.contains("every file of the release is as it was sealed"), "{whole}");
    assert!(whole.contains("unchanged, 0 changed, 0 missing"), "{whole}");

    let index = room.path().join("in/index.csv");
    fs::write(&index, fs::read_to_string(&index).unwrap() + "\n").unwrap();
    fs::remove_file(room.path().join("in/dem.tif")).unwrap();
    let changed = call(&line).ends(0).out;
    for words in ["index.csv: changed", "dem.tif: missing", "1 changed, 1 missing", "every file of the release is as"] {
        assert!(changed.contains(words), "{words} in {changed}");
    }
    // Asked for, they decide the exit code.
    call(&format!("{line} --inputs {}", room.at("in"))).ends(1);

    // Away from its project the release says that nothing was looked at.
    let far = Room::new();
    copy(std::path::Path::new(&release()), &far.path().join("2025"));
    let alone = landgrade(&["verify", &far.at("2025")]).ends(0).out;
    assert!(alone.contains("its inputs were not looked at"), "{alone}");
}
