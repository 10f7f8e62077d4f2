use super::*;
use crate::formats::fixture::{Town, awkward, on_threads};
use crate::formats::{Cells, Field};
use crate::land::column::Value;
use crate::land::{Texts, Values};
use crate::space::{Kind, Point, measure};
use gdal::Dataset;
use gdal::vector::{FieldValue, LayerAccess};

const BOTH: [Options; 2] = [Options { encoding: TextEncoding::Gbk }, Options { encoding: TextEncoding::Utf8 }];

fn written(table: &Table<'_>, options: &Options) -> (tempfile::TempDir, PathBuf, Written) {
    let folder = tempfile::tempdir().unwrap();
    let target = folder.path().join("town.shp");
    let done = write(table, &target, options).unwrap();
    (folder, target, done)
}

fn points_table(rows: usize, fields: Vec<Field<'_>>) -> (Shapes, Vec<Field<'_>>) {
    (Shapes::of_points((0..rows).map(|row| Point::new(row as f64, 1.0))), fields)
}

fn of<'a>(shapes: &'a Shapes, fields: Vec<Field<'a>>) -> Table<'a> {
    Table { name: "t".into(), title: Text::same("t"), fields, shapes: Some(shapes), crs: None, rows: shapes.len() }
}

fn told(done: &Written, words: &str) -> bool {
    done.losses.iter().any(|loss| loss.en.contains(words) && !loss.zh.is_empty())
}

/// Each row's values of one column, as GDAL reads them.
fn column(target: &Path, index: usize) -> Vec<Option<FieldValue>> {
    let dataset = Dataset::open(target).unwrap();
    let mut layer = dataset.layer(0).unwrap();
    layer.features().map(|feature| feature.field(index).unwrap()).collect()
}

fn places(ring: &gdal::vector::Geometry) -> Vec<Point> {
    let mut points = Vec::new();
    ring.get_points(&mut points);
    points.into_iter().map(|(x, y, _)| Point::new(x, y)).collect()
}

#[test]
fn gdal_reads_back_every_value_in_both_encodings() {
    let town = Town::new(260);
    let table = town.table();
    for options in BOTH {
        let (_folder, target, done) = written(&table, &options);
        assert_eq!((done.rows, done.replaced), (260, false));
        let dataset = Dataset::open(&target).unwrap();
        let mut layer = dataset.layer(0).unwrap();
        assert_eq!(layer.feature_count(), 260);
        let srs = layer.spatial_ref().unwrap();
        assert_eq!(Crs::of_srs(&srs).unwrap().epsg, Some(4547));
        for (row, feature) in layer.features().enumerate() {
            for (at, field) in table.fields.iter().enumerate() {
                let read = feature.field(at).unwrap();
                match (field.cells.get(row), read) {
                    (Value::None, None) => {}
                    (Value::Int(value), Some(FieldValue::IntegerValue(read))) => assert_eq!(i64::from(read), value),
                    (Value::Real(value), Some(FieldValue::RealValue(read))) => assert!((read - value).abs() <= 1e-9),
                    (Value::Text(value), Some(FieldValue::StringValue(read))) => assert_eq!(read, value),
                    (value, read) => panic!("row {row}, {}: {value:?} came back as {read:?}", field.name),
                }
            }
            let geometry = feature.geometry().unwrap();
            let own: Vec<Point> = town.shapes.get(row).points().iter().rev().copied().collect();
            let ring: Vec<Point> = places(&geometry.get_geometry(0));
            assert_eq!(ring, own, "the same places, the exterior turned clockwise");
        }
        assert!(told(&done, "missing numbers are blank"));
        assert!(told(&done, "score (11), price (11)"));
    }
}

#[test]
fn the_files_say_their_encoding_in_both_places() {
    for (options, language, page) in [(BOTH[0], 0x4D, "936"), (BOTH[1], 0, "UTF-8")] {
        let (_folder, target, _) = written(&Town::new(2).table(), &options);
        let dbf = std::fs::read(target.with_extension("dbf")).unwrap();
        assert_eq!((dbf[29], &dbf[1..4]), (language, &[95, 7, 26][..]));
        assert_eq!(std::fs::read_to_string(target.with_extension("cpg")).unwrap(), page);
        assert!(std::fs::read_to_string(target.with_extension("prj")).unwrap().starts_with("PROJCS[\"CGCS2000_3"));
    }
    // Without its .cpg file the table still reads, by its language byte.
    let (_folder, target, _) = written(&Town::new(2).table(), &BOTH[0]);
    std::fs::remove_file(target.with_extension("cpg")).unwrap();
    assert_eq!(column(&target, 1)[1], Some(FieldValue::StringValue("中山路1号".into())));
}

#[test]
fn long_foreign_and_padded_texts_are_told_with_count_and_example() {
    let long = "地".repeat(150);
    let given = ["plain", &long, "土😀地", "", "tail ", "007", " head"];
    let texts: Texts = given.iter().collect();
    let (shapes, fields) = points_table(7, vec![Field::plain("t", Cells::Text(&texts))]);
    let table = of(&shapes, fields);
    for (options, cut, foreign) in [(BOTH[0], 127, "土?地"), (BOTH[1], 84, "土😀地")] {
        let (_folder, target, done) = written(&table, &options);
        let expected = ["plain", &"地".repeat(cut), foreign, "", "tail", "007", "head"];
        for (read, expected) in column(&target, 0).into_iter().zip(expected) {
            match read {
                Some(FieldValue::StringValue(read)) => assert_eq!(read, expected),
                None => assert_eq!(expected, ""),
                other => panic!("{other:?}"),
            }
        }
        assert!(told(&done, "1 texts are cut to 254 bytes (first in row 2)"));
        assert_eq!(
            told(&done, "1 texts have characters the encoding lacks, written as ? (first: 😀, U+1F600, in row 3)"),
            options.encoding == TextEncoding::Gbk
        );
        assert!(told(&done, "2 texts begin or end with spaces"));
        assert!(told(&done, "no .prj file"));
    }
}

#[test]
fn names_that_clash_are_told_apart_and_explained_in_the_dictionary() {
    let values = Values::Real(vec![0.5]);
    let field = |name: &str| Field::plain(name, Cells::Values(&values));
    let names = ["commercial_score_a", "commercial_score_b", "商服用地级别价格", "商服用地级别地价"];
    let fields = names.map(field).into_iter().map(|field| field.in_unit("元/㎡")).collect();
    let (shapes, fields) = points_table(1, fields);
    let mut table = of(&shapes, fields);
    table.fields[0].title = crate::formats::fixture::say("=1+1", "商服得分");
    let (folder, target, done) = written(&table, &BOTH[0]);
    let dataset = Dataset::open(&target).unwrap();
    let read: Vec<String> = dataset.layer(0).unwrap().defn().fields().map(|field| field.name()).collect();
    assert_eq!(read, ["commercial", "commerci_1", "商服用地级", "商服用地_1"]);
    assert!(told(&done, "commercial_score_b → commerci_1"));

    let bytes = std::fs::read(folder.path().join("town_fields.csv")).unwrap();
    let text = std::str::from_utf8(&bytes).unwrap().strip_prefix('\u{FEFF}').unwrap();
    let mut reader = ::csv::Reader::from_reader(text.as_bytes());
    let lines: Vec<Vec<String>> =
        reader.records().map(|line| line.unwrap().iter().map(String::from).collect()).collect();
    assert_eq!(lines[0], ["commercial", "commercial_score_a", "商服得分", "'=1+1", "元/㎡", "N", "3", "1", "", ""]);
    assert_eq!(lines[3][..2], ["商服用地_1", "商服用地级别地价"]);
}

#[test]
fn holes_parts_and_missing_geometry_read_back_with_exteriors_clockwise() {
    let shapes = awkward();
    let (_folder, target, done) = written(&of(&shapes, vec![Field::plain("n", Cells::Int(&[1, 2, 3, 4]))]), &BOTH[0]);
    let dataset = Dataset::open(&target).unwrap();
    let mut layer = dataset.layer(0).unwrap();
    let extent = layer.get_extent().unwrap();
    assert_eq!((extent.MinX, extent.MaxX, extent.MinY, extent.MaxY), (5e5, 502_100.0, 3_380_000.0, 3_380_100.0));
    let features: Vec<_> = layer.features().map(|feature| feature.geometry().cloned()).collect();
    let (one, two) = (features[0].as_ref().unwrap(), features[1].as_ref().unwrap());
    assert_eq!((one.geometry_name(), one.geometry_count(), one.area()), ("POLYGON".into(), 2, 9600.0));
    assert_eq!((two.geometry_name(), two.geometry_count(), two.area()), ("MULTIPOLYGON".into(), 2, 19_600.0));
    let first = two.get_geometry(0);
    assert_eq!(first.geometry_count(), 2, "the hole stays with its own part");
    let turns = |ring: gdal::vector::GeometryRef<'_>| measure::twice_signed_area(&places(&ring)).signum();
    for polygon in [one, &first] {
        assert_eq!((turns(polygon.get_geometry(0)), turns(polygon.get_geometry(1))), (-1.0, 1.0));
    }
    // The crate wraps a missing geometry as a null pointer, which has no type name.
    assert!(features[2..].iter().flatten().all(|geometry| geometry.geometry_name().is_empty()));
    assert!(told(&done, "1 features have coordinates that are no numbers; they get no geometry (first in row 4)"));
}

#[test]
fn points_lines_and_many_points_read_back() {
    let line = [Point::new(0.0, 2.5), Point::new(9.0, 3.0)];
    let (mut point, mut points, mut path, mut paths) =
        (Shapes::new(Kind::Point), Shapes::new(Kind::Point), Shapes::new(Kind::Line), Shapes::new(Kind::Line));
    point.push_ring(&line[..1], true);
    line.iter().for_each(|place| points.push_ring(&[*place], true));
    path.push_ring(&line, true);
    (0..2).for_each(|_| paths.push_ring(&line, true));
    let cases = [(point, "POINT"), (points, "MULTIPOINT"), (path, "LINESTRING"), (paths, "MULTILINESTRING")];
    for (mut shapes, name) in cases {
        shapes.end_feature();
        let (_folder, target, _) = written(&of(&shapes, vec![Field::plain("n", Cells::Int(&[1]))]), &BOTH[0]);
        let dataset = Dataset::open(&target).unwrap();
        let mut layer = dataset.layer(0).unwrap();
        let feature = layer.features().next().unwrap();
        let geometry = feature.geometry().unwrap();
        assert_eq!(geometry.geometry_name(), name);
        let read = match geometry.geometry_count() {
            0 => places(geometry),
            parts => (0..parts).flat_map(|part| places(&geometry.get_geometry(part))).collect(),
        };
        assert_eq!(read, shapes.points());
    }
}

#[test]
fn numbers_of_every_size_read_back_within_1e_9_or_15_digits() {
    let columns: [Vec<f64>; 6] = [
        vec![0.0, 474.5, -12.25, 1e-9],
        vec![1.0, 2.0, 30.0, 400.0],
        vec![99.999_999_999_999, 1.0 / 3.0, -1e-7, f64::NAN],
        vec![123_456.789_012_345_6, -654_321.1, 0.1, 2.0 / 3.0],
        vec![123_456_789_012.345_67, 0.1, 1.0 / 7.0, -1.5],
        vec![1.5e300, -2.5e-300, 1e15, f64::INFINITY],
    ];
    let ints: Vec<i64> = vec![i64::MAX, i64::MIN, 0, 7];
    let mut fields: Vec<Field<'_>> =
        columns.iter().enumerate().map(|(at, column)| Field::plain(format!("r{at}"), Cells::real(column))).collect();
    fields.push(Field::plain("int", Cells::Int(&ints)));
    fields.push(Field::plain("none", Cells::Own(Values::Int(vec![None; 4]))));
    let (shapes, fields) = points_table(4, fields);
    let (_folder, target, done) = written(&of(&shapes, fields), &BOTH[0]);
    for (at, given) in columns.iter().enumerate() {
        for (read, &value) in column(&target, at).into_iter().zip(given) {
            match read {
                Some(FieldValue::RealValue(read)) => {
                    let largest = given
                        .iter()
                        .filter(|value| value.is_finite())
                        .fold(0.0, |most: f64, value| most.max(value.abs()));
                    let allowed = if largest < 1e6 {
                        1e-9
                    } else if largest < 1e15 {
                        largest * 1e-14
                    } else {
                        0.0
                    };
                    assert!((read - value).abs() <= allowed, "r{at}: {value} came back as {read}");
                }
                None => assert!(!value.is_finite()),
                other => panic!("r{at} came back as {other:?}"),
            }
        }
    }
    assert!(column(&target, 0).contains(&Some(FieldValue::RealValue(474.5))));
    assert!(column(&target, 7).iter().all(Option::is_none));
    assert!(told(&done, "2 whole numbers are beyond 2^53"));
    assert!(told(&done, "1 infinite numbers are blank (first in row 4)"));
    assert!(told(&done, "r2 (11)") && told(&done, "r3 (9)") && told(&done, "r4 (3)"));
    assert!(!told(&done, "r1 (") && !told(&done, "r0 ("), "columns that are held in full are no loss");
    let dbf = std::fs::read(target.with_extension("dbf")).unwrap();
    let text = String::from_utf8_lossy(&dbf);
    assert!(text.contains("9223372036854775807") && text.contains("-9223372036854775808"));
}

#[test]
fn one_two_and_seven_threads_write_the_same_files() {
    let town = Town::new(40_000);
    for options in BOTH {
        let sets = on_threads(|folder| {
            write(&town.table(), &folder.join("town.shp"), &options).unwrap();
            let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
            files.sort();
            files
                .iter()
                .map(|path| (path.file_name().unwrap().to_owned(), std::fs::read(path).unwrap()))
                .collect::<Vec<_>>()
        });
        assert_eq!(sets[0].len(), 6);
        assert!(sets.iter().all(|set| *set == sets[0]));
    }
}

#[test]
fn a_later_shapefile_replaces_the_whole_set_and_clears_stale_indexes() {
    let town = Town::new(5);
    let (folder, target, _) = written(&town.table(), &BOTH[0]);
    std::fs::write(folder.path().join("town.qix"), "of the earlier rows").unwrap();
    let done = write(&Table { crs: None, ..town.table() }, &target, &BOTH[1]).unwrap();
    assert!(done.replaced && told(&done, "prj, qix"));
    assert!(!folder.path().join("town.prj").exists() && !folder.path().join("town.qix").exists());
}

#[test]
fn what_cannot_be_written_is_told_before_and_leaves_nothing() {
    let town = Town::new(3);
    let folder = tempfile::tempdir().unwrap();
    let target = folder.path().join("town.shp");
    let plain = Table { shapes: None, ..town.table() };
    assert_eq!(write(&plain, &target, &BOTH[0]).unwrap_err().code, "no-geometry");
    let ints = [1, 2, 3];
    let wide = Table {
        fields: (0..256).map(|at| Field::plain(format!("f{at}"), Cells::Int(&ints))).collect(),
        ..town.table()
    };
    assert_eq!(write(&wide, &target, &BOTH[0]).unwrap_err().code, "too-many-fields");
    // 250 fields as wide as their one long text, 40 000 rows: 40 000 × (1 + 250 × 254) bytes = 2.54 GB, of which little is in memory.
    let texts: Texts = (0..40_000).map(|row| if row == 0 { "x".repeat(254) } else { String::new() }).collect();
    let shapes = Shapes::of_points((0..40_000).map(|row| Point::new(f64::from(row), 0.0)));
    let large = of(&shapes, (0..250).map(|at| Field::plain(format!("f{at}"), Cells::Text(&texts))).collect());
    let fault = write(&large, &target, &BOTH[0]).unwrap_err();
    assert_eq!(
        (fault.code, fault.what.en.as_str()),
        ("too-large", "the .dbf file would take 2.5 GB; a shapefile holds 2 GB")
    );
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn when_one_file_cannot_be_placed_none_stays() {
    let folder = tempfile::tempdir().unwrap();
    let files = Files::new(&folder.path().join("town.shp")).unwrap();
    for part in [&files.shx, &files.dbf, &files.prj, &files.cpg, &files.dictionary] {
        std::fs::write(part.path(), "whole").unwrap();
    }
    // The geometry was never written, so its rename, the last, fails.
    assert_eq!(files.commit(true).unwrap_err().code, "io");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
}
