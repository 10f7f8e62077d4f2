//! An input that another program writes to during a run.

use super::*;
use crate::sample::hamlet;

#[test]
fn an_input_that_changes_after_it_was_seen_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("hamlet");
    hamlet::write(&place).unwrap();
    let project = Project::read(&place.join("project.toml")).unwrap();
    let seen = Seen::now(&project);
    seen.still().unwrap();
    let changed = project.units.given().unwrap().source.path.clone();
    let mut bytes = std::fs::read(&changed).unwrap();
    bytes.push(b' ');
    std::fs::write(&changed, bytes).unwrap();
    let fault = seen.still().unwrap_err();
    assert_eq!((fault.code, fault.place.as_deref()), ("input-changed", changed.to_str()));
    std::fs::remove_file(&changed).unwrap();
    assert_eq!(seen.still().unwrap_err().code, "input-changed");
}
