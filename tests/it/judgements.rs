//! The consistency of judgements, wherever a review looks for it.

use crate::cli::{Room, call};
use std::fs;
use std::path::Path;

/// The project of the broken sample whose judgements go round in a circle, with other judgements where given.
fn project(room: &Room, judgements: Option<&str>) -> String {
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("data-samples/broken/inconsistent-judgements");
    for file in fs::read_dir(sample).unwrap() {
        let file = file.unwrap();
        fs::copy(file.path(), room.path().join(file.file_name())).unwrap();
    }
    let text = fs::read_to_string(room.path().join("project.toml")).unwrap();
    let line = text.lines().find(|line| line.starts_with("weights = ")).unwrap();
    let weights = judgements.map_or(line.to_string(), |matrix| {
        format!("weights = {{ ahp = [\"factor\", \"second\", \"third\"], matrix = {matrix} }}")
    });
    fs::write(room.path().join("project.toml"), text.replace(line, &weights)).unwrap();
    room.at("project.toml")
}

/// λmax = 3.0183 by numpy's eigenvalues; CI = 0.0183/2 = 0.0091, RI of three factors 0.58, CR = 0.0158.
#[test]
fn the_consistency_ratio_stands_in_the_run_the_release_the_tables_and_the_explanation() {
    let room = Room::new();
    let file = project(&room, Some("[[1, 2, 4], [0.5, 1, 3], [0.25, 0.3333333333333333, 1]]"));
    let told = "AHP by eigenvector: λmax 3.0183, CI 0.0091, RI 0.58, CR 0.0158, below 0.1";
    let ran = call(&format!("run {file}")).ends(0);
    assert!(ran.out.contains(&format!("  weights: {told}")), "{}", ran.out);
    let place = fs::read_dir(room.path().join("releases")).unwrap().map(|entry| entry.unwrap().path());
    let release = place.into_iter().find(|path| path.join("seal.json").exists()).unwrap();
    let json = call(&format!("explain {} 1 --json", release.display())).ends(0).json();
    assert!((json["judged"]["cr"].as_f64().unwrap() - 0.0158).abs() < 5e-5, "{json}");
    let text = call(&format!("explain {} 1", release.display())).ends(0).out;
    assert!(text.contains(&format!("Weights: {told}")), "{text}");
    let table = fs::read_to_string(release.join("weights.csv")).unwrap();
    assert!(table.lines().nth(1).unwrap().contains(",ahp-eigenvector,3.018"), "{table}");
    let published = release.with_file_name(format!("{}-published", release.file_name().unwrap().to_string_lossy()));
    let table = fs::read_to_string(published.join("weights.csv")).unwrap();
    assert!(table.lines().any(|line| line.starts_with("cr,CR,0.015")), "{table}");
}

#[test]
fn judgements_that_were_accepted_for_a_reason_are_a_finding_with_it() {
    let room = Room::new();
    let file = project(&room, None);
    let ran = call(&format!("run {file} --dry-run --lang zh")).ends(0);
    for words in ["inconsistent-judgements", "CR 6.1303,不小于 0.1,采用理由:reviewed"] {
        assert!(ran.out.contains(words), "{}", ran.out);
    }
    let text = fs::read_to_string(&file).unwrap();
    fs::write(&file, format!("{text}\n[policy]\ninconsistent-judgements = \"deny\"\n")).unwrap();
    call(&format!("grade {file}")).ends(1).tells("denied", &["CR 6.1303"]);
}
