use super::*;
use crate::release::{fixture, tables, tables_samples};

#[test]
fn tables_read_back_exactly() {
    let release = fixture::full();
    let folder = tempfile::tempdir().unwrap();
    tables::write(&release, folder.path()).unwrap();
    let path = |name: &str| folder.path().join(name);
    let read = prices(&path(tables::PRICES), &release.uses).unwrap();
    // The area of the second cell is unknown, and NaN equals nothing.
    assert_eq!(read[0], release.cells[0]);
    assert_eq!(format!("{read:?}"), format!("{:?}", release.cells));
    let read =
        tables_samples::read(&path(tables_samples::SAMPLES), Some(&path(tables_samples::DERIVATIONS)), &release.uses)
            .unwrap();
    assert_eq!(format!("{read:?}"), format!("{:?}", release.samples));
    let read = tables_samples::read_rejected(&path(tables_samples::REJECTED), &release.uses).unwrap();
    assert_eq!(format!("{read:?}"), format!("{:?}", release.rejected));
    let read = findings(&path(tables::FINDINGS)).unwrap();
    assert!(read.iter().eq(release.findings.iter()));
}

#[test]
fn grades_are_listed_with_the_limits_of_their_class_and_what_they_hold() {
    let release = fixture::full();
    let folder = tempfile::tempdir().unwrap();
    tables::write(&release, folder.path()).unwrap();
    let text = std::fs::read_to_string(folder.path().join(tables::GRADES)).unwrap();
    // By hand: three grades, limits 25.0000000001 and 50; unit 3 is grade 1, none grade 2, unit 1 grade 3; the second use has no limits, so
    // its best grade has no class, and unit 4 has no grade.
    let expected = [
        "use,use_name,grade,lower,upper,method,gvf,units,area",
        "residential,居住用地,1,50,,natural,0.9123456789012345,1,1791",
        "residential,居住用地,2,25.0000000001,50,natural,0.9123456789012345,0,0",
        "residential,居住用地,3,,25.0000000001,natural,0.9123456789012345,1,900",
        "工业,工业用地,1,,,natural,,0,0",
        "工业,工业用地,2,,,natural,,1,0.1",
    ];
    assert_eq!(text.lines().collect::<Vec<_>>(), expected);
    let text = std::fs::read_to_string(folder.path().join(tables::WEIGHTS)).unwrap();
    let expected = [
        "use,factor,factor_name,weight,method,lambda_max,ci,ri,cr,accepted_because",
        "residential,roads,道路通达度,0.7,given,,,,,",
        "residential,坡度 ../x,地形坡度,0.3,given,,,,,",
    ];
    assert_eq!(text.lines().collect::<Vec<_>>(), expected);
}

#[test]
fn what_cannot_be_read_is_told_with_row_and_column() {
    let release = fixture::full();
    let folder = tempfile::tempdir().unwrap();
    tables::write(&release, folder.path()).unwrap();
    let path = folder.path().join(tables::PRICES);
    let text = std::fs::read_to_string(&path).unwrap();
    for (from, to, column) in [
        ("residential,2,", "residential,two,", "grade"),
        ("residential,2,", "commercial,2,", "use"),
        ("published", "announced", "published"),
    ] {
        std::fs::write(&path, text.replace(from, to)).unwrap();
        let fault = prices(&path, &release.uses).unwrap_err();
        let row = if column == "published" { ", row 1" } else { ", row 2" };
        assert!(fault.code == "csv" && fault.what.en.contains(column), "{fault}");
        assert!(fault.place.unwrap().ends_with(row));
    }
    std::fs::write(&path, "use,grade\na\n").unwrap();
    assert_eq!(prices(&path, &release.uses).unwrap_err().code, "csv");
}
