//! `landgrade whatif` against the whole run it stands for: the project with the same weights, graded anew.

use crate::cli::{Room, call, release};
use serde_json::Value;
use std::fs;

fn asked(settings: &str) -> Value {
    let own = release();
    call(&format!("whatif {own} {settings} --json")).ends(0).json()
}

/// The release of 2025's inputs with these weights of the industrial use instead.
fn run_with(weights: &Value) -> (Room, Value) {
    let room = Room::with_inputs();
    let project = room.path().join("in/project.toml");
    let text = fs::read_to_string(&project).unwrap();
    let of_use = text.find("key = \"industrial\"").unwrap();
    let line = of_use + text[of_use..].find("weights = ").unwrap();
    let end = line + text[line..].find('\n').unwrap();
    let pairs: Vec<String> =
        weights.as_object().unwrap().iter().map(|(key, weight)| format!("{key} = {weight}")).collect();
    fs::write(&project, format!("{}weights = {{ {} }}{}", &text[..line], pairs.join(", "), &text[end..])).unwrap();
    let project = room.at("in/project.toml");
    call(&format!("run {project}")).ends(0);
    let manifest = fs::read_to_string(room.path().join("out/2025/manifest.json")).unwrap();
    (room, serde_json::from_str(&manifest).unwrap())
}

/// A weight that was there is raised, and a factor that had none gets one: limits, fit and grades are those of a run with these weights.
#[test]
fn other_weights_give_what_a_whole_run_with_them_gives() {
    let told = asked("--weight industrial.daolu=0.4 --weight industrial.gongyuan=0.15");
    let of_use = &told["uses"][0];
    let (room, manifest) = run_with(&of_use["weights"]);
    let head = manifest["uses"].as_array().unwrap().iter().find(|head| head["key"] == "industrial").unwrap();
    assert_eq!(of_use["limits"], head["limits"]);
    assert_eq!(of_use["gvf"], head["gvf"]);
    assert_ne!(of_use["limits"], of_use["limits_before"]);
    let own = room.at("out/2025");
    let asked_again = call(&format!("whatif {own} --weight industrial.daolu=0.4 --json")).ends(0).json();
    let (then, now) = (&asked_again["uses"][0]["counts"], &of_use["counts"]);
    let size = then.as_array().unwrap().len();
    let count = |table: &Value, row: usize, column: usize| table[row][column].as_u64().unwrap();
    for grade in 0..size {
        let became: u64 = (0..size).map(|old| count(now, old, grade)).sum();
        let was: u64 = (0..size).map(|new| count(then, grade, new)).sum();
        assert_eq!(became, was, "grade {grade}");
    }
}

#[test]
fn the_weights_of_the_release_change_nothing_in_any_use_that_is_named() {
    let told = asked("--weight industrial.daolu=0.26 --weight public.shangfu=0.1");
    let uses = told["uses"].as_array().unwrap();
    assert_eq!(uses.iter().map(|of_use| of_use["use"].as_str().unwrap()).collect::<Vec<_>>(), ["industrial", "public"]);
    for of_use in uses {
        assert_eq!((of_use["better"]["units"].as_u64(), of_use["worse"]["units"].as_u64()), (Some(0), Some(0)));
        let limits = |name: &str| {
            of_use[name].as_array().unwrap().iter().map(|limit| limit.as_f64().unwrap()).collect::<Vec<_>>()
        };
        let (new, old) = (limits("limits"), limits("limits_before"));
        assert!(new.iter().zip(&old).all(|(new, old)| (new - old).abs() < 1e-6), "{of_use}");
    }
}
