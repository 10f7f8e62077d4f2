use super::*;
use crate::release::{fixture, layers};
use std::collections::BTreeMap;

/// Every file of a folder with its bytes.
fn bytes(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let names = digest::files(folder).unwrap().into_iter();
    names.map(|name| (name.clone(), std::fs::read(folder.join(name)).unwrap())).collect()
}

fn listed(folder: &Path) -> Vec<String> {
    let names = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name());
    names.map(|name| name.to_string_lossy().into_owned()).collect()
}

#[test]
fn a_sealed_release_holds_every_file_with_its_digest() {
    let folder = fixture::folder();
    let mut release = fixture::full();
    let sealed = fixture::sealed(&mut release, folder.path());
    let files = bytes(&sealed.path);
    let names: Vec<&str> = files.keys().map(String::as_str).collect();
    let expected = [
        "derivations.csv",
        "findings.csv",
        "grades.csv",
        "layers/roads.parquet",
        "manifest.json",
        "prices.csv",
        "project.toml",
        "rejected.csv",
        "samples.csv",
        "seal.json",
        "units.parquet",
        "weights.csv",
    ];
    assert_eq!(names, expected);
    for file in &sealed.files {
        assert_eq!(
            (digest::of_bytes(&files[&file.path]), files[&file.path].len() as u64),
            (file.sha256.clone(), file.bytes)
        );
    }
    assert_eq!(sealed.files.len(), 10);
    assert_eq!(sealed.content_digest, digest::of_bytes(&files["manifest.json"]));
    assert_eq!(files["project.toml"], release.head.project.as_bytes());
    // FIPS 180-4, the digest of "abc".
    let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    assert_eq!((release.head.inputs[0].digest.as_str(), release.head.inputs[0].bytes), (abc, 3));
    assert!(String::from_utf8_lossy(&files["manifest.json"]).contains(abc));
}

#[cfg(unix)]
#[test]
fn files_and_folders_of_a_sealed_release_are_read_only() {
    use std::os::unix::fs::PermissionsExt;
    let folder = fixture::folder();
    let sealed = fixture::sealed(&mut fixture::full(), folder.path());
    let mode = |path: &Path| path.metadata().unwrap().permissions().mode() & 0o777;
    assert_eq!((mode(&sealed.path), mode(&sealed.path.join(layers::FOLDER))), (0o555, 0o555));
    for name in bytes(&sealed.path).keys() {
        assert_eq!(mode(&sealed.path.join(name)), 0o444, "{name}");
    }
}

#[test]
fn sealing_twice_fails_and_leaves_the_first_untouched() {
    let folder = fixture::folder();
    let sealed = fixture::sealed(&mut fixture::full(), folder.path());
    let before = bytes(&sealed.path);
    let mut second = fixture::bare();
    second.head.name = fixture::full().head.name;
    let releases = folder.path().join("releases");
    let fault = seal(&mut second, &releases, jiff::civil::date(2026, 1, 1), None).unwrap_err();
    assert_eq!(fault.code, "already-sealed");
    assert_eq!((bytes(&sealed.path), listed(&releases).len()), (before, 1));
    // One that appears between the look and the rename is safe too.
    let part = Part::new(releases.join(&second.head.name)).unwrap();
    std::fs::create_dir(part.path()).unwrap();
    assert_eq!(part.commit_new().unwrap_err().code, "already-there");
    assert_eq!(listed(&releases).len(), 1);
}

#[test]
fn equal_releases_give_equal_bytes_on_any_day_with_any_number_of_threads() {
    let all = [(1, 5), (2, 6), (7, 7)].map(|(threads, day)| {
        let folder = fixture::folder();
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        let (mut release, project) = (fixture::full(), folder.path().join("project"));
        let day = jiff::civil::date(2026, 3, day);
        let sealed = pool.install(|| seal(&mut release, folder.path(), day, Some(&project)).unwrap());
        let mut files = bytes(&sealed.path);
        let seal_text = files.remove(SEAL).unwrap();
        (sealed.content_digest, files, seal_text)
    });
    assert!(all[0].0 == all[1].0 && all[0].0 == all[2].0);
    assert!(all[0].1 == all[1].1 && all[0].1 == all[2].1);
    assert!(all[0].2 != all[1].2);
}

#[cfg(unix)]
#[test]
fn what_a_killed_writer_left_does_not_hinder_the_next() {
    use std::os::unix::fs::PermissionsExt;
    let folder = fixture::folder();
    let left = folder.path().join("releases").join(format!(".{}.4194999.part", fixture::full().head.name));
    std::fs::create_dir_all(left.join("layers")).unwrap();
    std::fs::write(left.join("layers/old.parquet"), "half").unwrap();
    for path in [left.join("layers"), left.clone()] {
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o555)).unwrap();
    }
    let sealed = fixture::sealed(&mut fixture::full(), folder.path());
    assert!(!bytes(&sealed.path).contains_key("layers/old.parquet"));
    assert_eq!(listed(&folder.path().join("releases")).len(), 1);
}

#[test]
fn after_a_fault_nothing_is_left() {
    let folder = fixture::folder();
    let releases = folder.path().join("releases");
    let day = jiff::civil::date(2026, 3, 5);
    // An input that is gone.
    let fault = seal(&mut fixture::full(), &releases, day, Some(&folder.path().join("elsewhere"))).unwrap_err();
    assert!(fault.code == "io" && fault.place.unwrap().contains("宗地"));
    // A number JSON cannot hold, found when everything else is written.
    let mut release = fixture::full();
    release.uses[0].limits[1] = f64::INFINITY;
    let fault = seal(&mut release, &releases, day, Some(&folder.path().join("project"))).unwrap_err();
    assert_eq!(fault.code, "not-finite");
    assert!(!releases.exists(), "nor the folder that was made for it");
}

#[test]
fn a_name_that_is_no_folders_name_is_refused() {
    let folder = fixture::folder();
    let long = "长".repeat(67);
    for name in ["", ".", "..", "a/b", "a\\b", "/tmp/x", ".hidden", "a\nb", " a", "a.", "c:", &long] {
        let mut release = fixture::bare();
        release.head.name = name.to_string();
        let fault = seal(&mut release, folder.path(), jiff::civil::date(2026, 3, 5), None).unwrap_err();
        assert_eq!(fault.code, "release-name", "{name:?}");
    }
    assert_eq!(listed(folder.path()), ["project"]);
}

#[test]
fn parts_that_do_not_fit_together_are_refused_together() {
    let mut release = fixture::full();
    release.units.grades.pop();
    release.units.uses[2] = 2;
    release.head.factors[1].key = "roads".to_string();
    let folder = fixture::folder();
    let fault = seal(&mut release, folder.path(), jiff::civil::date(2026, 3, 5), None).unwrap_err();
    let told: Vec<&str> = fault.each().map(|fault| fault.what.en.as_str()).collect();
    let head = "the parts of the release do not fit together: ";
    let told: Vec<&str> = told.iter().map(|text| text.strip_prefix(head).unwrap()).collect();
    assert_eq!(told, ["grades: 3 ≠ 4", "use 2 of 2", "factor keys"]);
}
