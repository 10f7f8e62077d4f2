use super::*;
use crate::formats::geoparquet;
use crate::release::{Release, first_difference, fixture, rows_read};

fn read_back(release: Release) -> Release {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("units.parquet");
    write(&release.units, &release.uses, &release.head.factors, &release.head.crs, &path).unwrap();
    let units = rows_read::read(&path, &release.uses, &release.head.factors).unwrap();
    Release { units, ..release }
}

#[test]
fn units_read_back_bit_for_bit_with_and_without_scores_totals_prices_and_geometry() {
    let mut shed: [fn(&mut UnitRows); 6] = [
        |_| {},
        |units| units.scores.clear(),
        |units| units.totals.clear(),
        |units| units.prices.clear(),
        |units| units.shapes = None,
        |units| units.kept.clear(),
    ];
    for shed in &mut shed {
        let (mut release, mut expected) = (fixture::full(), fixture::full());
        shed(&mut release.units);
        shed(&mut expected.units);
        let read = read_back(release);
        assert_eq!(first_difference(&read, &expected), None);
        let (read, expected) = (read.units, expected.units);
        let lengths = |units: &UnitRows| (units.scores.len(), units.totals.len(), units.prices.len(), units.len());
        assert_eq!(lengths(&read), lengths(&expected));
        assert_eq!(format!("{:?}", read.kept), format!("{:?}", expected.kept));
        assert_eq!(format!("{:?}", read.shapes), format!("{:?}", expected.shapes));
    }
    assert_eq!(first_difference(&read_back(fixture::bare()), &fixture::bare()), None);
}

#[test]
fn columns_have_the_names_the_format_promises_and_kept_fields_never_take_one() {
    let release = fixture::full();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("units.parquet");
    write(&release.units, &release.uses, &release.head.factors, &release.head.crs, &path).unwrap();
    let sheet = geoparquet::read(&path).unwrap();
    let names: Vec<&str> = sheet.columns.iter().map(|column| column.name.as_str()).collect();
    let expected = [
        "id",
        "use",
        "area",
        "score_roads",
        "score_坡度 ../x",
        "total",
        "grade",
        "grade_2",
        "分位数",
        "price",
        "总层数",
        "Total_2",
        "total_3",
        "geometry_2",
        "Geometry_3",
    ];
    assert_eq!(names, expected);
}

#[test]
fn uses_and_factors_that_do_not_fit_the_file_are_told() {
    let release = fixture::full();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("units.parquet");
    write(&release.units, &release.uses, &release.head.factors, &release.head.crs, &path).unwrap();
    let fault = rows_read::read(&path, &release.uses[..1], &release.head.factors).unwrap_err();
    assert!(fault.code == "parquet" && fault.what.en.contains("\"use\""), "{fault}");
    let fault = rows_read::read(&path, &release.uses, &release.head.factors[..1]).unwrap_err();
    assert!(fault.what.en.contains("\"score\""), "{fault}");
}
