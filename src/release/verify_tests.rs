use super::*;
use crate::release::fixture;

#[test]
fn an_untouched_release_is_whole_and_has_its_inputs() {
    let folder = fixture::folder();
    for mut release in [fixture::full(), fixture::bare()] {
        let sealed = fixture::sealed(&mut release, folder.path());
        let found = verify(&sealed.path, Some(&folder.path().join("project"))).unwrap();
        assert!(found.is_whole() && found.has_its_inputs());
        assert_eq!(found.inputs.len(), release.head.inputs.len());
    }
}

#[test]
fn one_changed_byte_in_any_file_is_found() {
    let folder = fixture::folder();
    let sealed = fixture::sealed(&mut fixture::full(), folder.path());
    let names = digest::files(&sealed.path).unwrap();
    assert_eq!(names.len(), 12);
    for name in &names {
        let path = sealed.path.join(name);
        let whole = std::fs::read(&path).unwrap();
        for at in (0..whole.len()).step_by(1 + whole.len() / 40) {
            let mut bytes = whole.clone();
            bytes[at] ^= 1;
            fixture::put(&path, &bytes);
            match verify(&sealed.path, None) {
                Ok(found) => {
                    assert!(!found.is_whole());
                    // The manifest names the files: another letter there is another file.
                    let as_named = found.missing.is_empty() && found.extra.is_empty();
                    assert!(as_named || name == "manifest.json", "{name} at {at}: {:?}", found.missing);
                    assert!(found.changed.contains(name), "{name} at {at}: {:?}", found.changed);
                }
                // A manifest or seal that is no JSON any more, or of a format not known yet.
                Err(fault) => assert!(
                    ["damaged-release", "newer-format", "not-a-release"].contains(&fault.code)
                        && ["manifest.json", "seal.json"].contains(&name.as_str()),
                    "{name} at {at}: {fault}"
                ),
            }
        }
        fixture::put(&path, &whole);
    }
    assert!(verify(&sealed.path, None).unwrap().is_whole());
}

#[test]
fn missing_and_extra_files_are_listed() {
    let folder = fixture::folder();
    let sealed = fixture::sealed(&mut fixture::full(), folder.path());
    fixture::put(&sealed.path.join("layers/extra.txt"), b"x");
    std::fs::create_dir_all(sealed.path.join("空/空")).unwrap();
    fixture::put(&sealed.path.join("备注.txt"), b"x");
    std::fs::remove_file(sealed.path.join("prices.csv")).unwrap();
    std::fs::remove_file(sealed.path.join("layers/roads.parquet")).unwrap();
    let found = verify(&sealed.path, None).unwrap();
    assert_eq!(found.missing, ["layers/roads.parquet", "prices.csv"]);
    assert_eq!(found.extra, ["layers/extra.txt", "备注.txt", "空/空/"]);
    assert!(found.changed.is_empty() && found.inputs.is_empty());
}

#[test]
fn inputs_are_same_changed_missing_or_never_recorded() {
    let folder = fixture::folder();
    let project = folder.path().join("project");
    let sealed = fixture::sealed(&mut fixture::full(), folder.path());
    let state = |project: &Path| verify(&sealed.path, Some(project)).unwrap().inputs;
    assert_eq!(state(&project), [("data/宗地.txt".to_string(), InputState::Same)]);
    std::fs::write(project.join("data/宗地.txt"), "abd").unwrap();
    assert_eq!(state(&project)[0].1, InputState::Changed);
    assert_eq!(state(folder.path())[0].1, InputState::Missing);
    let mut release = fixture::full();
    release.head.name = "without".to_string();
    let sealed = crate::release::seal(&mut release, folder.path(), jiff::civil::date(2026, 3, 5), None).unwrap();
    let found = verify(&sealed.path, Some(&project)).unwrap();
    assert!(found.inputs[0].1 == InputState::Unrecorded && !found.has_its_inputs() && found.is_whole());
}
