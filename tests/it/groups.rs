//! Weights on two layers, wherever a review looks for them.

use crate::cli::{Room, call};
use std::fs;
use std::path::{Path, PathBuf};

/// The broken sample of three factors, two of them in a group, with these weights.
fn project(room: &Room, weights: &str) -> String {
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("data-samples/broken/inconsistent-judgements");
    for file in fs::read_dir(sample).unwrap() {
        let file = file.unwrap();
        fs::copy(file.path(), room.path().join(file.file_name())).unwrap();
    }
    let text = fs::read_to_string(room.path().join("project.toml")).unwrap();
    let line = text.lines().find(|line| line.starts_with("weights = ")).unwrap();
    let mut text = text.replace(line, &format!("weights = {weights}"));
    for factor in ["factor", "second"] {
        let key = format!("\nkey = \"{factor}\"\n");
        assert!(text.contains(&key), "{text}");
        text = text.replace(&key, &format!("{key}group = \"jiaotong\"\n"));
    }
    text.push_str("\n[[groups]]\nkey = \"jiaotong\"\nname = \"交通条件\"\n");
    fs::write(room.path().join("project.toml"), text).unwrap();
    room.at("project.toml")
}

fn sealed(room: &Room, file: &str) -> (PathBuf, String) {
    let ran = call(&format!("run {file}")).ends(0);
    let mut folders = fs::read_dir(room.path().join("releases")).unwrap().map(|entry| entry.unwrap().path());
    (folders.find(|path| path.join("seal.json").exists()).unwrap(), ran.out)
}

/// 0.75 · 0.6 = 0.45 and 0.75 · 0.4 = 0.3; the third stands alone with 0.25.
#[test]
fn a_factors_weight_is_the_product_and_its_group_is_shown_everywhere() {
    let room = Room::new();
    let file = project(&room, "{ jiaotong = { weight = 0.75, factor = 0.6, second = 0.4 }, third = 0.25 }");
    let (release, _) = sealed(&room, &file);
    let table = fs::read_to_string(release.join("weights.csv")).unwrap();
    let mut lines = table.lines();
    assert!(
        lines.next().unwrap().starts_with("use,factor,factor_name,group,group_name,group_weight,weight_inside,weight,")
    );
    for line in [
        "commercial,factor,factor,jiaotong,交通条件,0.75,0.6,0.45",
        "commercial,second,second,jiaotong,交通条件,0.75,0.4,0.3",
        "commercial,third,third,,,,,0.25",
    ] {
        assert!(table.lines().any(|own| own.starts_with(line)), "{line} is not in\n{table}");
    }
    let published = release.with_file_name(format!("{}-published", release.file_name().unwrap().to_string_lossy()));
    let table = fs::read_to_string(published.join("weights.csv")).unwrap();
    assert!(table.contains("factor,factor,交通条件,0.75") || table.contains("交通条件,0.7500"), "{table}");
    let manifest: serde_json::Value =
        serde_json::from_str(&fs::read_to_string(release.join("manifest.json")).unwrap()).unwrap();
    assert_eq!(manifest["groups"][0]["key"], "jiaotong");
    assert_eq!(manifest["uses"][0]["layers"]["groups"][0], 0.75);
    assert_eq!(manifest["factors"][2].get("group"), None);
    let json = call(&format!("explain {} 1 --json", release.display())).ends(0).json();
    let share = |at: usize| json["factors"][at]["contribution"].as_f64().unwrap();
    let group = json["groups"][0]["contribution"].as_f64().unwrap();
    assert!((group - share(0) - share(1)).abs() < 1e-9, "{json}");
    let text = call(&format!("explain {} 1", release.display())).ends(0).out;
    for line in ["weight: group jiaotong 0.75 × inside it 0.6", "交通条件 (jiaotong), weight 0.75: "] {
        assert!(text.contains(line), "{text}");
    }
    call(&format!("explain {} --all --to {}", release.display(), room.at("all.csv"))).ends(0);
    let head = fs::read_to_string(room.at("all.csv")).unwrap();
    assert!(head.lines().next().unwrap().contains("jiaotong_contribution"), "{head}");
}

/// λmax of the inner matrix of two is 2; (3/4, 1/4) inside, (2/3, 1/3) outside: 0.5, 1/6 and 1/3.
#[test]
fn judgements_may_stand_on_both_layers_and_each_tells_its_consistency() {
    let room = Room::new();
    let inside = "{ ahp = [\"factor\", \"second\"], matrix = [[1, 3], [0.3333333333333333, 1]] }";
    let weights = format!(
        "{{ ahp = [\"jiaotong\", \"third\"], matrix = [[1, 2], [0.5, 1]], inside = {{ jiaotong = {inside} }} }}"
    );
    let file = project(&room, &weights);
    let (release, out) = sealed(&room, &file);
    assert!(out.contains("weights: AHP by eigenvector") && out.contains("weights: inside jiaotong: AHP"), "{out}");
    let table = fs::read_to_string(release.join("weights.csv")).unwrap();
    let weight = |factor: &str| -> f64 {
        let line = table.lines().skip(1).find(|line| line.split(',').nth(1) == Some(factor)).unwrap();
        line.split(',').nth(7).unwrap().parse().unwrap()
    };
    for (factor, expected) in [("factor", 0.5), ("second", 1.0 / 6.0), ("third", 1.0 / 3.0)] {
        assert!((weight(factor) - expected).abs() < 1e-9, "{table}");
    }
}

/// A use on one layer: 0.5 + 0.3 make the group's 0.8, and 0.5 / 0.8 = 0.625 is the first one's part of it.
#[test]
fn weights_on_one_layer_are_summed_by_group() {
    let room = Room::new();
    let file = project(&room, "{ factor = 0.5, second = 0.3, third = 0.2 }");
    let (release, _) = sealed(&room, &file);
    let table = fs::read_to_string(release.join("weights.csv")).unwrap();
    assert!(table.contains("jiaotong,交通条件,0.8,0.625,0.5,"), "{table}");
}
