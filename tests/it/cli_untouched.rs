//! Inputs are never written to: not a byte, not a time, and nothing beside them.

use crate::cli::{Room, call, city, release, state};
use std::fs;

#[test]
fn no_verb_touches_its_inputs_or_leaves_anything_beside_them() {
    let room = Room::with_inputs();
    call(&format!("grade {} --to {}", room.project(), room.at("in/units.shp"))).ends(0);
    let units =
        "source = \"city.gpkg\"\nlayer = \"parcels\"\nid = \"zddm\"\nuse = \"yt\"\nkeep = [\"zl\", \"mj\", \"xzqdm\"]";
    fs::copy(room.project(), room.path().join("in/gpkg.toml")).unwrap();
    room.edit_project(&[(units, "source = \"units.shp\"\nid = \"zddm\"\nuse = \"use\"")]);
    let (project, other, gpkg) = (room.project(), release(), room.at("in/gpkg.toml"));
    let published = city().join("releases/2025-published").display().to_string();
    fs::write(
        room.path().join("in/mapping.toml"),
        format!("source = '{published}/units.shp'\nid = 'zddm'\nuse = 'use'\ngrade = 'grade'\n"),
    )
    .unwrap();
    let (before, releases) = (state(&room.path().join("in")), state(&city().join("releases")));
    for (line, code) in [
        (format!("check {project} --to {}", room.at("found")), 0),
        (format!("run {project}"), 0),
        (format!("grade {project} --to {}", room.at("g.gpkg")), 0),
        (format!("price {gpkg} --to {}", room.at("p.shp")), 0),
        (format!("verify {} --inputs {} --replay", room.at("out/2025"), room.at("in")), 0),
        (format!("explain {} --all --to {}", room.at("out/2025"), room.at("all.csv")), 0),
        (format!("explain {other} 990101001001GB00004 --inputs {}", room.at("in")), 0),
        (format!("publish {} --to {}", room.at("out/2025"), room.at("again")), 0),
        (format!("compare {other} {} --to {}", room.at("out/2025"), room.at("compared")), 0),
        (format!("import {} --name foreign --to {}", room.at("in/mapping.toml"), room.at("foreign")), 0),
        (format!("new {} --to {}", room.at("in"), room.at("draft.toml")), 0),
        (format!("run {project}"), 2),
    ] {
        let ran = call(&line);
        assert!(ran.code == Some(code) || line.starts_with("compare"), "{line}: {ran:?}");
        assert!(state(&room.path().join("in")) == before, "{line} touched its inputs");
    }
    assert!(state(&city().join("releases")) == releases, "releases are inputs too");
}

/// A database in write-ahead mode is opened by a reader with files beside it; they must be gone again.
#[test]
fn a_geopackage_that_was_left_in_write_ahead_mode_stays_as_it_is() {
    let room = Room::with_inputs();
    let database = rusqlite::Connection::open(room.path().join("in/city.gpkg")).unwrap();
    database.query_row("pragma journal_mode = wal", [], |_| Ok(())).unwrap();
    drop(database);
    let before = state(&room.path().join("in"));
    for line in ["check {}", "run {}"] {
        call(&line.replace("{}", &room.project())).ends(0);
        assert!(state(&room.path().join("in")) == before, "{line}: {:?}", state(&room.path().join("in")).keys());
    }
}

#[test]
fn nothing_is_written_over_an_input_or_into_a_sealed_release() {
    let room = Room::with_inputs();
    let before = state(room.path());
    for target in ["in/city.gpkg", "in/index.csv"] {
        let refused = call(&format!("grade {} --to {}", room.project(), room.at(target))).ends(2);
        refused.tells("input-overwritten", &[target.rsplit('/').next().unwrap()]);
    }
    assert_eq!(state(room.path()), before);
    let sealed = release();
    let before = state(std::path::Path::new(&sealed));
    for verb in [
        format!("explain {sealed} --all --to {sealed}/prices.csv"),
        format!("publish {sealed} --to {sealed} --formats csv"),
        format!("compare {sealed} {sealed} --to {sealed}/compared"),
        format!("grade {} --to {sealed}/units.csv", room.project()),
    ] {
        call(&verb).ends(2).tells("sealed-folder", &["2025"]);
    }
    assert_eq!(state(std::path::Path::new(&sealed)), before);
}
