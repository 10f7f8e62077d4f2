use super::*;
use std::fs;

fn file(together: &Together, name: &str, text: &str) -> Written {
    let path = together.path().join(name);
    fs::write(&path, text).unwrap();
    Written { path, beside: Vec::new(), rows: 1, replaced: false, losses: Vec::new() }
}

fn listed(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn outputs_appear_all_at_once_or_leave_nothing_not_even_the_folder() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join("new/deep/out");
    let together = Together::new(&folder).unwrap();
    file(&together, "a.csv", "half");
    assert!(!folder.exists());
    drop(together);
    assert_eq!(listed(home.path()), [""; 0]);

    let together = Together::new(&folder).unwrap();
    let mut written = [file(&together, "a.csv", "a"), file(&together, "b.csv", "b")];
    together.commit(&mut written).unwrap();
    assert_eq!(listed(&folder), ["a.csv", "b.csv"]);
    assert_eq!((written[1].path.as_path(), written[1].replaced), (folder.join("b.csv").as_path(), false));
}

#[test]
fn a_standing_folder_keeps_its_other_files_and_loses_indexes_of_earlier_rows() {
    let home = tempfile::tempdir().unwrap();
    for name in ["units.shp", "units.qix", "notes.txt"] {
        fs::write(home.path().join(name), "earlier").unwrap();
    }
    let together = Together::new(home.path()).unwrap();
    file(&together, "units.shp", "half");
    drop(together);
    assert_eq!(fs::read_to_string(home.path().join("units.shp")).unwrap(), "earlier");

    let together = Together::new(home.path()).unwrap();
    let mut written = [file(&together, "units.shp", "later"), file(&together, "units.dbf", "later")];
    together.commit(&mut written).unwrap();
    assert_eq!(listed(home.path()), ["notes.txt", "units.dbf", "units.shp"]);
    assert_eq!(fs::read_to_string(home.path().join("units.shp")).unwrap(), "later");
    assert!(written[0].replaced && !written[1].replaced);
}

#[test]
fn a_file_where_the_folder_should_go_is_told_before_anything_is_written() {
    let home = tempfile::tempdir().unwrap();
    let target = home.path().join("out");
    fs::write(&target, "mine").unwrap();
    assert_eq!(Together::new(&target).err().unwrap().code, "file-in-the-way");
    assert_eq!(fs::read_to_string(&target).unwrap(), "mine");
}
