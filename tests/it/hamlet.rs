//! The hamlet (data-samples/hamlet): its files are what the code makes, its README says what the engine computes, its commands work.

mod checks;
mod facts;
mod page;
mod sums;

use landgrade::sample::hamlet;
use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

fn readme() -> String {
    std::fs::read_to_string(facts::folder().join("README.md")).unwrap()
}

/// The files of a folder but for its README, by name.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let named = entries.filter(|path| path.is_file()).map(|path| {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        (name, std::fs::read(&path).unwrap())
    });
    named.filter(|(name, _)| name != "README.md").collect()
}

#[test]
fn the_committed_files_are_what_the_code_makes_byte_for_byte() {
    let place = tempfile::tempdir().unwrap();
    let made = place.path().join("hamlet");
    hamlet::write(&made).unwrap();
    let (made, committed) = (files(&made), files(&facts::folder()));
    assert_eq!(made.keys().collect::<Vec<_>>(), committed.keys().collect::<Vec<_>>());
    for (name, bytes) in &made {
        assert!(committed[name] == *bytes, "{name} differs: make it anew with `landgrade sample FOLDER --hamlet`");
    }
}

#[test]
fn every_number_of_the_readme_is_the_engines() {
    let facts = facts::of(&facts::folder());
    let faults = checks::faults(&readme(), &facts);
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    let prices = facts.project.prices.as_ref().unwrap();
    let cell = facts.heights.lines().find_map(|line| line.strip_prefix("cellsize ")).unwrap();
    for said in [
        format!("{}, {}", hamlet::ORIGIN.x, hamlet::ORIGIN.y),
        format!("cells of {cell} m"),
        format!("Base date 估价期日 {}", facts.project.base_date.unwrap()),
        format!("base quarter is {}", prices.base_quarter.unwrap()),
        format!("multiples of {} 元/㎡", prices.rounding.step.unwrap().normalize()),
    ] {
        assert!(readme().contains(&said), "the README says: {said}");
    }
}

#[test]
fn no_number_of_the_readme_can_be_changed_unnoticed() {
    let facts = facts::of(&facts::folder());
    assert!(checks::faults(&readme(), &facts).is_empty(), "as it is, nothing is amiss");
    let changed = page::changed(&readme());
    assert!(changed.len() > 1500, "only {} numbers were found", changed.len());
    let unnoticed: Vec<&str> = changed
        .iter()
        .filter(|(_, page)| checks::faults(page, &facts).is_empty())
        .map(|(where_, _)| where_.as_str())
        .collect();
    assert!(unnoticed.is_empty(), "{} of {}:\n{}", unnoticed.len(), changed.len(), unnoticed.join("\n"));
}

#[test]
fn a_bare_number_in_a_csv_file_is_no_finding_and_one_with_a_unit_is() {
    let place = tempfile::tempdir().unwrap();
    let made = place.path().join("hamlet");
    hamlet::write(&made).unwrap();
    let count = || {
        let release = facts::of(&made).release;
        release.findings.iter().filter(|finding| finding.code.name() == "number-in-text").count()
    };
    assert_eq!(count(), 0);
    let samples = made.join("samples.csv");
    let text = std::fs::read_to_string(&samples).unwrap();
    std::fs::write(&samples, text.replace(",3000,2025", ",3000元/㎡,2025")).unwrap();
    assert_eq!(count(), 1);
}

#[test]
fn every_command_of_the_readme_works_and_a_folder_is_not_overwritten() {
    let place = tempfile::tempdir().unwrap();
    let copy = place.path().join("data-samples/hamlet");
    std::fs::create_dir_all(&copy).unwrap();
    for (name, bytes) in files(&facts::folder()) {
        std::fs::write(copy.join(name), bytes).unwrap();
    }
    let run = |line: &str| {
        let words = line.strip_prefix("landgrade ").unwrap_or_else(|| panic!("not one of our commands: {line}"));
        Command::new(env!("CARGO_BIN_EXE_landgrade"))
            .args(words.split_whitespace())
            .current_dir(place.path())
            .output()
            .unwrap()
    };
    let text = readme();
    let commands = page::Page::of(&text).blocks("sh");
    assert!(commands.len() >= 5, "{commands:?}");
    for line in &commands {
        let done = run(line);
        assert!(done.status.success(), "{line}\n{}", String::from_utf8_lossy(&done.stderr));
    }
    assert_eq!(files(&place.path().join("demo/hamlet")), files(&facts::folder()));
    assert!(!run("landgrade sample demo/hamlet --hamlet").status.success());
}
