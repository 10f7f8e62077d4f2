use super::*;
use crate::release::{fixture, verify};

fn sealed(folder: &Path, name: &str, base: &str, as_final: bool) -> PathBuf {
    let mut release = fixture::full();
    release.head.name = name.to_string();
    release.head.base_date = Some(base.to_string());
    release.head.supersedes = None;
    if as_final {
        release.head.gate = "{}\n".to_string();
    }
    fixture::sealed(&mut release, folder).path
}

fn step(stage: Stage, date: &str, document: &str) -> Step {
    let date = date::parse(date).unwrap();
    Step {
        stage,
        date,
        document: document.to_string(),
        by: "市政府".to_string(),
        note: String::new(),
        supersedes: None,
    }
}

fn walk(folder: &Path, dates: [&str; 3]) -> Life {
    let mut life = None;
    for (stage, date) in [Stage::Hearing, Stage::Accepted, Stage::Published].into_iter().zip(dates) {
        life = Some(note(folder, &step(stage, date, "〔2026〕1号")).unwrap());
    }
    life.unwrap()
}

#[test]
fn steps_follow_one_another_in_order_and_time() {
    let folder = fixture::folder();
    let path = sealed(folder.path(), "new", "2026-01-01", true);
    assert_eq!(Life::read(&path).unwrap(), None);
    let refused = |at: Step| note(&path, &at).unwrap_err().code;
    assert_eq!(refused(step(Stage::Accepted, "2026-03-01", "1号")), "life-order");
    assert_eq!(refused(step(Stage::Superseded, "2026-03-01", "1号")), "life-order");
    assert_eq!(refused(step(Stage::Hearing, "2025-12-31", "1号")), "life-date", "before the base date");
    assert_eq!(refused(step(Stage::Hearing, "2026-03-01", " ")), "no-document");
    note(&path, &step(Stage::Hearing, "2026-03-01", "1号")).unwrap();
    assert_eq!(refused(step(Stage::Hearing, "2026-04-01", "2号")), "life-order");
    assert_eq!(refused(step(Stage::Accepted, "2026-02-28", "2号")), "life-date");
    note(&path, &step(Stage::Accepted, "2026-03-01", "2号")).unwrap();
    let life = note(&path, &step(Stage::Published, "2026-05-01", "3号")).unwrap();
    assert_eq!((life.stage(), life.entries.len()), (Stage::Published, 3));
    assert_eq!(Life::read(&path).unwrap(), Some(life));
    assert!(verify(&path, None).unwrap().is_whole(), "the sealed folder is as it was");
}

#[test]
fn a_draft_is_neither_accepted_nor_published() {
    let folder = fixture::folder();
    let path = sealed(folder.path(), "new", "2026-01-01", false);
    note(&path, &step(Stage::Hearing, "2026-03-01", "1号")).unwrap();
    assert_eq!(note(&path, &step(Stage::Accepted, "2026-04-01", "2号")).unwrap_err().code, "not-final");
}

#[test]
fn publishing_ends_the_life_of_the_release_it_supersedes() {
    let folder = fixture::folder();
    let old = sealed(folder.path(), "old", "2023-01-01", true);
    let new = sealed(folder.path(), "new", "2026-01-01", true);
    for (stage, date) in [(Stage::Hearing, "2026-03-01"), (Stage::Accepted, "2026-04-01")] {
        note(&new, &step(stage, date, "1号")).unwrap();
    }
    let publish = |supersedes: &Path| {
        note(&new, &Step { supersedes: Some(supersedes.to_path_buf()), ..step(Stage::Published, "2026-05-01", "2号") })
    };
    assert_eq!(publish(&old).unwrap_err().code, "not-superseded", "it is not published");
    assert_eq!(publish(&new).unwrap_err().code, "not-superseded", "nothing supersedes itself");
    walk(&old, ["2023-02-01", "2023-03-01", "2023-04-01"]);
    let life = publish(&old).unwrap();
    let ended = Life::read(&old).unwrap().unwrap();
    assert_eq!((ended.stage(), ended.entries.len()), (Stage::Superseded, 4));
    let last = ended.entry(Stage::Superseded).unwrap();
    assert_eq!((last.date.as_str(), last.document.as_str()), ("2026-05-01", "2号"));
    assert_eq!(last.other.as_ref().map(|other| other.name.as_str()), Some("new"));
    assert_eq!(life.entry(Stage::Published).unwrap().other.as_ref().map(|other| other.name.as_str()), Some("old"));
    assert_eq!(note(&old, &step(Stage::Published, "2027-01-01", "9号")).unwrap_err().code, "life-order");
}

/// Every byte of the life and every byte of the release: with any of them changed, `verify` says so.
#[test]
fn no_byte_can_be_changed_unseen() {
    let folder = fixture::folder();
    let path = sealed(folder.path(), "new", "2026-01-01", true);
    walk(&path, ["2026-03-01", "2026-04-01", "2026-05-01"]);
    let whole = || verify(&path, None).is_ok_and(|found| found.is_whole());
    assert!(whole());
    let mut files: Vec<PathBuf> =
        crate::release::digest::files(&path).unwrap().iter().map(|name| path.join(name)).collect();
    files.push(super::path(&path, "new"));
    for file in files {
        let bytes = std::fs::read(&file).unwrap();
        let mut permissions = file.metadata().unwrap().permissions();
        #[allow(clippy::permissions_set_readonly_false)]
        permissions.set_readonly(false);
        std::fs::set_permissions(&file, permissions).unwrap();
        // Of long files every hundredth byte, of short ones each.
        let stride = 1 + bytes.len() / 400;
        for at in (0..bytes.len()).step_by(stride) {
            for bit in [0x01, 0x20] {
                let mut other = bytes.clone();
                other[at] ^= bit;
                std::fs::write(&file, &other).unwrap();
                assert!(!whole(), "byte {at} of {}", file.display());
            }
        }
        let mut longer = bytes.clone();
        longer.push(b' ');
        std::fs::write(&file, &longer).unwrap();
        assert!(!whole(), "a byte more at the end of {}", file.display());
        std::fs::write(&file, &bytes).unwrap();
    }
    assert!(whole());
    assert_eq!(Life::read(&path).unwrap().unwrap().stage(), Stage::Published);
}

/// What was handed out with a published release does not change unseen, and nothing is written there.
#[test]
fn the_folder_of_published_files_is_noted_on_publication() {
    let folder = fixture::folder();
    let path = sealed(folder.path(), "new", "2026-01-01", true);
    let beside = path.with_file_name("new-published");
    std::fs::create_dir(&beside).unwrap();
    std::fs::write(beside.join("prices.csv"), "grade,price\n1,12889\n").unwrap();
    let refused = || crate::release::refuse_handed_out(&beside);
    assert!(refused().is_ok(), "a draft may be published again");
    let life = walk(&path, ["2026-03-01", "2026-04-01", "2026-05-01"]);
    assert_eq!(life.entry(Stage::Published).unwrap().files.len(), 1);
    assert_eq!(refused().unwrap_err().code, "handed-out");
    assert!(crate::release::refuse_handed_out(&path.with_file_name("elsewhere")).is_ok());
    let found = verify(&path, None).unwrap();
    assert!(found.is_whole() && found.published == Some(1));
    std::fs::write(beside.join("prices.csv"), "grade,price\n1,99999\n").unwrap();
    std::fs::write(beside.join("more.csv"), "x").unwrap();
    let found = verify(&path, None).unwrap();
    assert_eq!(found.changed, ["../new-published/prices.csv"]);
    assert_eq!(found.extra, ["../new-published/more.csv"]);
    std::fs::remove_file(beside.join("prices.csv")).unwrap();
    assert_eq!(verify(&path, None).unwrap().missing, ["../new-published/prices.csv"]);
}

#[test]
fn a_release_published_later_is_not_superseded_by_an_earlier_publication() {
    let folder = fixture::folder();
    let old = sealed(folder.path(), "old", "2020-01-01", true);
    let new = sealed(folder.path(), "new", "2026-01-01", true);
    walk(&old, ["2020-03-01", "2020-04-01", "2099-01-01"]);
    note(&new, &step(Stage::Hearing, "2026-03-01", "1号")).unwrap();
    note(&new, &step(Stage::Accepted, "2026-04-01", "1号")).unwrap();
    let published = Step { supersedes: Some(old.clone()), ..step(Stage::Published, "2026-05-01", "2号") };
    let fault = note(&new, &published).unwrap_err();
    assert_eq!(fault.code, "not-superseded");
    assert!(fault.what.en.contains("2099-01-01"), "{fault:?}");
    assert_eq!(Life::read(&old).unwrap().unwrap().stage(), Stage::Published);
}
