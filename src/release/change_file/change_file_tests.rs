use super::*;
use crate::release::{Release, fixture};
use std::collections::BTreeMap;

fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let names = digest::files(folder).unwrap().into_iter();
    names.map(|name| (name.clone(), std::fs::read(folder.join(name)).unwrap())).collect()
}

/// What stands in a folder besides the inputs of the fixture.
fn made_in(folder: &Path) -> Vec<String> {
    let names =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned());
    names.filter(|name| name != "project").collect()
}

/// The full release, and another of another name, price and title.
fn two(folder: &Path) -> (PathBuf, PathBuf) {
    let mut old = fixture::full();
    let old = fixture::sealed(&mut old, folder).path;
    let mut new: Release = fixture::full();
    new.head.name = "next".to_string();
    new.head.title = "下一期".to_string();
    new.units.prices[0] = 1600.0;
    new.head.project = String::new();
    (old, fixture::sealed(&mut new, folder).path)
}

#[test]
fn the_new_release_is_made_again_to_the_byte() {
    let folder = fixture::folder();
    let (old, new) = two(folder.path());
    let file = folder.path().join("change");
    let written = write(&old, &new, &file).unwrap();
    let elsewhere = fixture::folder();
    let (made, applied) = apply(&old, &file, elsewhere.path()).unwrap();
    assert_eq!(made, elsewhere.path().join("next"));
    assert_eq!(files(&made), files(&new));
    assert_eq!((applied.new.content_digest, applied.files), (written.new.content_digest, files(&new).len()));
    assert!(!files(&made).contains_key("project.toml"), "a file of the old release alone is not there");
    assert_eq!(apply(&old, &file, elsewhere.path()).unwrap_err().code, "already-sealed");
}

/// From a release to itself nothing is new.
#[test]
fn nothing_is_new_between_a_release_and_itself() {
    let folder = fixture::folder();
    let (old, _) = two(folder.path());
    let change = write(&old, &old, &folder.path().join("change")).unwrap();
    assert_eq!((change.fresh, change.old), (0, change.new));
}

#[test]
fn another_release_and_other_files_are_refused() {
    let folder = fixture::folder();
    let (old, new) = two(folder.path());
    let file = folder.path().join("change");
    write(&old, &new, &file).unwrap();
    let elsewhere = fixture::folder();
    assert_eq!(apply(&new, &file, elsewhere.path()).unwrap_err().code, "other-release");
    assert_eq!(apply(&old, &old.join("seal.json"), elsewhere.path()).unwrap_err().code, "not-a-change-file");
    assert_eq!(apply(&old, &folder.path().join("nowhere"), elsewhere.path()).unwrap_err().code, "io");
    assert_eq!(made_in(elsewhere.path()), [""; 0], "nothing is left of what failed");
}

/// Every byte of a change file counts: with any of them changed the release does not come out, or comes out the same.
#[test]
fn no_byte_of_a_change_file_can_be_changed_unseen() {
    let folder = fixture::folder();
    let (old, new) = two(folder.path());
    let file = folder.path().join("change");
    write(&old, &new, &file).unwrap();
    let (text, wanted) = (std::fs::read(&file).unwrap(), files(&new));
    for at in (0..text.len()).step_by(7) {
        let mut other = text.clone();
        other[at] ^= 1;
        std::fs::write(&file, other).unwrap();
        let elsewhere = fixture::folder();
        match apply(&old, &file, elsewhere.path()) {
            Ok((made, _)) => assert_eq!(files(&made), wanted, "byte {at}"),
            Err(fault) => assert!(
                ["damaged-change-file", "not-a-change-file", "other-release", "release-name"].contains(&fault.code),
                "byte {at}: {}",
                fault.code
            ),
        }
        let names = made_in(elsewhere.path());
        assert!(names.is_empty() || names == ["next"], "byte {at}: {names:?}");
    }
}

#[test]
fn paths_that_lead_out_of_the_release_are_refused() {
    let folder = fixture::folder();
    let (old, new) = two(folder.path());
    let file = folder.path().join("change");
    write(&old, &new, &file).unwrap();
    let text = std::fs::read(&file).unwrap();
    let end = FIRST_LINE.len() + 1 + text[FIRST_LINE.len() + 1..].iter().position(|byte| *byte == b'\n').unwrap();
    let head = String::from_utf8(text[FIRST_LINE.len() + 1..end].to_vec()).unwrap();
    for path in ["../prices.csv", "/tmp/prices.csv", "layers/../../prices.csv"] {
        let other = head.replace("\"path\":\"prices.csv\"", &format!("\"path\":\"{path}\""));
        assert_ne!(other, head);
        let mut forged = format!("{FIRST_LINE}\n{other}").into_bytes();
        forged.extend_from_slice(&text[end..]);
        std::fs::write(&file, forged).unwrap();
        let elsewhere = fixture::folder();
        assert_eq!(apply(&old, &file, elsewhere.path()).unwrap_err().code, "damaged-change-file", "{path}");
    }
}
