//! GDAL and SQLite read back what was written.

use super::*;
use crate::formats::{Cells, Field};
use crate::land::{Text, Texts, Values, column::Value};
use crate::space::{Crs, Extent, Kind, Point, wkb};
use gdal::Dataset;
use gdal::vector::{Geometry, LayerAccess, OGRFieldType, OGRwkbGeometryType, field_type_to_name};
use rusqlite::Connection;

/// Squares on a spiral, every seventh with a hole, every `gap`th without geometry.
fn squares(count: usize, gap: usize) -> Shapes {
    let mut shapes = Shapes::new(Kind::Polygon);
    for number in 0..count {
        if number % gap != gap - 1 {
            let angle = number as f64 * 2.399_963;
            let radius = (number as f64).sqrt() * 31.7;
            let (x, y) = (500_000.1 + radius * angle.cos(), 3_400_000.3 + radius * angle.sin());
            let square = |side: f64| {
                [(0.0, 0.0), (side, 0.0), (side, side), (0.0, side), (0.0, 0.0)]
                    .map(|(dx, dy)| Point::new(x + dx, y + dy))
            };
            shapes.push_ring(&square(20.7), true);
            if number % 7 == 0 {
                shapes.push_ring(&square(5.5), false);
            }
        }
        shapes.end_feature();
    }
    shapes
}

fn table<'a>(
    name: &str,
    shapes: Option<&'a Shapes>,
    crs: Option<&'a Crs>,
    fields: Vec<Field<'a>>,
    rows: usize,
) -> Table<'a> {
    Table { name: name.to_string(), title: Text::same(name), fields, shapes, crs, rows }
}

fn write_one(target: &Path, table: &Table<'_>) -> Written {
    write(target, &[Layer { table, style: None }]).unwrap()
}

fn one<T: rusqlite::types::FromSql>(path: &Path, query: &str) -> T {
    Connection::open(path).unwrap().query_row(query, [], |row| row.get(0)).unwrap()
}

fn cgcs2000() -> Crs {
    Crs::parse("EPSG:4547").unwrap()
}

fn shape_of(geometry: &Geometry, kind: Kind) -> Shapes {
    let mut shapes = Shapes::new(kind);
    wkb::read(&geometry.wkb().unwrap(), &mut shapes);
    shapes
}

#[test]
fn gdal_reads_every_value_and_geometry_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let target = folder.path().join("deep/地块.gpkg");
    let rows = 5000;
    let shapes = squares(rows, 11);
    let crs = cgcs2000();
    let ids: Vec<i64> = (0..rows as i64).map(|n| n * n * n * 97_531 - 7_000_000_000).collect();
    let grades: Vec<u8> = (0..rows).map(|n| (n % 9) as u8).collect();
    let matrix: Vec<f64> =
        (0..rows * 3).map(|n| if n % 5 == 0 { f64::NAN } else { (n as f64 - 700.0) * 1.1e-3 }).collect();
    let names: Texts =
        (0..rows).map(|n| if n % 4 == 0 { String::new() } else { format!("地块 «{n}» ' \" &") }).collect();
    let own = Values::Int((0..rows).map(|n| (n % 3 > 0).then_some(n as i64 % 2)).collect());
    let fields = vec![
        Field::plain("编号", Cells::Int(&ids)),
        Field::plain("grade", Cells::Small(&grades)),
        Field::plain("score", Cells::Real { values: &matrix, stride: 3, offset: 2 }),
        Field::plain("name", Cells::Text(&names)),
        Field::plain("use", Cells::Code { codes: &grades, names: (0..9).map(|n| format!("用途{n}")).collect() }),
        Field::plain("odd", Cells::Own(own)),
    ];
    let table = table("地块_表", Some(&shapes), Some(&crs), fields, rows);
    let written = write_one(&target, &table);
    assert_eq!((written.rows, written.replaced, written.losses.len()), (rows, false, 0));
    assert!(write_one(&target, &table).replaced);

    let dataset = Dataset::open(&target).unwrap();
    let mut layer = dataset.layer_by_name("地块_表").unwrap();
    assert_eq!(layer.feature_count(), rows as u64);
    assert_eq!(layer.spatial_ref().unwrap().auth_code().unwrap(), 4547);
    let extent = layer.get_extent().unwrap();
    let own = shapes.extent();
    // GDAL reads the extent through 15 digits of text.
    for (read, written) in
        [(extent.MinX, own.min.x), (extent.MinY, own.min.y), (extent.MaxX, own.max.x), (extent.MaxY, own.max.y)]
    {
        assert!((read - written).abs() < 1e-8);
    }
    assert_eq!(one::<f64>(&target, "SELECT max_y FROM gpkg_contents"), own.max.y);
    assert_eq!(layer.defn().geometry_type(), OGRwkbGeometryType::wkbPolygon);
    let types: Vec<_> = layer.defn().fields().map(|field| (field.name(), field.field_type())).collect();
    let expected = [
        ("编号", OGRFieldType::OFTInteger64),
        ("grade", OGRFieldType::OFTInteger),
        ("score", OGRFieldType::OFTReal),
        ("name", OGRFieldType::OFTString),
        ("use", OGRFieldType::OFTString),
        ("odd", OGRFieldType::OFTInteger64),
    ];
    assert_eq!(types, expected.map(|(name, kind)| (name.to_string(), kind)), "{}", field_type_to_name(types[0].1));
    for (row, feature) in layer.features().enumerate() {
        assert_eq!(feature.fid(), Some(row as u64 + 1));
        for (number, field) in table.fields.iter().enumerate() {
            match field.cells.get(row) {
                Value::None => assert!(feature.field(number).unwrap().is_none(), "row {row}, field {number}"),
                Value::Int(value) => assert_eq!(feature.field_as_integer64(number).unwrap(), Some(value)),
                Value::Real(value) => {
                    assert_eq!(feature.field_as_double(number).unwrap().unwrap().to_bits(), value.to_bits());
                }
                Value::Text(value) => assert_eq!(feature.field_as_string(number).unwrap().unwrap(), value),
            }
        }
        let geometry = feature.geometry().unwrap();
        assert_eq!(geometry.is_empty(), shapes.get(row).is_empty());
        let back = shape_of(geometry, Kind::Polygon);
        assert_eq!(back.points(), shapes.get(row).points());
        assert_eq!(back.get(0).ring_count(), shapes.get(row).ring_count());
    }
}

#[test]
fn the_index_finds_what_brute_force_finds_and_sqlite_finds_no_fault() {
    let folder = tempfile::tempdir().unwrap();
    let crs = cgcs2000();
    // A node holds 51 boxes: an empty index, one leaf, a full leaf, two leaves, three levels.
    for count in [0, 1, 51, 52, 3000] {
        for gap in [usize::MAX, 5] {
            let shapes = squares(count, gap);
            let numbers: Vec<i64> = (0..count as i64).collect();
            let table = table("plots", Some(&shapes), Some(&crs), vec![Field::plain("n", Cells::Int(&numbers))], count);
            let target = folder.path().join(format!("{count}.gpkg"));
            write_one(&target, &table);
            assert_eq!(one::<String>(&target, "SELECT rtreecheck('rtree_plots_geom')"), "ok", "{count}");
            assert_eq!(one::<String>(&target, "PRAGMA integrity_check"), "ok", "{count}");
            let boxed = (0..count).filter(|&row| !shapes.get(row).is_empty()).count();
            assert_eq!(one::<i64>(&target, "SELECT count(*) FROM rtree_plots_geom"), boxed as i64);

            let dataset = Dataset::open(&target).unwrap();
            let mut layer = dataset.layer(0).unwrap();
            for (x, y, size) in [(500_000.0, 3_400_000.0, 150.0), (500_300.0, 3_399_700.0, 333.3), (0.0, 0.0, 9.0)] {
                layer.set_spatial_filter_rect(x, y, x + size, y + size);
                let mut found: Vec<i64> =
                    layer.features().map(|feature| feature.field_as_integer64(0).unwrap().unwrap()).collect();
                found.sort_unstable();
                let window = Extent { min: Point::new(x, y), max: Point::new(x + size, y + size) };
                // The squares are their own boxes.
                let expected: Vec<i64> =
                    numbers.iter().copied().filter(|&row| shapes.get(row as usize).extent().touches(window)).collect();
                assert_eq!(found, expected, "{count} at {x}, {y}");
            }
        }
    }
}

#[test]
fn gdal_can_go_on_editing_and_the_index_follows() {
    let folder = tempfile::tempdir().unwrap();
    let target = folder.path().join("plots.gpkg");
    let shapes = squares(3000, 11);
    let crs = cgcs2000();
    let numbers: Vec<i64> = (0..3000).collect();
    write_one(&target, &table("plots", Some(&shapes), Some(&crs), vec![Field::plain("n", Cells::Int(&numbers))], 3000));

    let options = gdal::DatasetOptions { open_flags: gdal::GdalOpenFlags::GDAL_OF_UPDATE, ..Default::default() };
    let dataset = Dataset::open_ex(&target, options).unwrap();
    let mut layer = dataset.layer(0).unwrap();
    let far = Geometry::from_wkt("POLYGON ((9 9, 10 9, 10 10, 9 9))").unwrap();
    layer.create_feature(far).unwrap();
    // Through GDAL, whose connection has the functions that the index's triggers call.
    dataset
        .execute_sql("DELETE FROM plots WHERE fid % 2 = 1 AND fid < 2000", None, gdal::vector::sql::Dialect::DEFAULT)
        .unwrap();
    assert_eq!(layer.feature_count(), 2001);
    layer.set_spatial_filter_rect(8.0, 8.0, 11.0, 11.0);
    assert_eq!(layer.features().map(|feature| feature.fid()).collect::<Vec<_>>(), [Some(3001)]);
    dataset.close().unwrap();
    assert_eq!(one::<String>(&target, "SELECT rtreecheck('rtree_plots_geom')"), "ok");
    assert_eq!(one::<String>(&target, "PRAGMA integrity_check"), "ok");
}

#[test]
fn layers_of_every_kind_share_a_file_with_titles_and_styles() {
    let folder = tempfile::tempdir().unwrap();
    let target = folder.path().join("all.gpkg");
    // No EPSG code: a local Gauss-Krüger system.
    let local =
        Crs::parse("+proj=tmerc +lat_0=0 +lon_0=114.3 +k=1 +x_0=800000 +y_0=-3000000 +ellps=GRS80 +units=m").unwrap();
    assert_eq!(local.epsg, None);
    let crs = cgcs2000();
    let mut areas = squares(40, 9);
    areas.push_ring(&squares(1, 9).points()[..5], true);
    areas.push_ring(&[(9.0, 9.0), (10.0, 9.0), (10.0, 10.0), (9.0, 9.0)].map(|(x, y)| Point::new(x, y)), true);
    areas.end_feature();
    let mut lines = Shapes::new(Kind::Line);
    lines.push_ring(&[Point::new(1.0, 2.0), Point::new(3.0, 4.5)], true);
    lines.end_feature();
    lines.end_feature();
    let mut points = Shapes::of_points([Point::new(1.5, -2.5), Point::new(7.0, 8.0)]);
    points.end_feature();
    let grades: Vec<u8> = (0..41).map(|n| (n % 4) as u8).collect();
    let title = Text { en: "Grade <1>".to_string(), zh: "级别 \"商业\"".to_string() };
    let prices = [1.5, f64::NAN, 3.0];
    let fields = || vec![Field::plain("fid", Cells::real(&prices)).titled(title.clone()).in_unit("元/㎡")];
    let grade = vec![Field::plain("grade", Cells::Small(&grades)).titled(title.clone())];
    let tables = [
        table("zones", Some(&areas), Some(&crs), grade, 41),
        table("roads", Some(&lines), Some(&local), Vec::new(), 2),
        table("centres", Some(&points), None, fields(), 3),
        table("prices", None, None, fields(), 3),
    ];
    let style = Style::graded("级别 <图>", "grade", vec!["一级".to_string(), "二级 & 三级".to_string()], "未定级");
    let layers: Vec<Layer<'_>> =
        tables.iter().map(|table| Layer { table, style: (table.name == "zones").then_some(&style) }).collect();
    assert_eq!(write(&target, &layers).unwrap().rows, 49);

    let dataset = Dataset::open(&target).unwrap();
    let layer = |name: &str| dataset.layer_by_name(name).unwrap();
    assert_eq!(layer("zones").defn().geometry_type(), OGRwkbGeometryType::wkbMultiPolygon);
    assert_eq!(layer("roads").defn().geometry_type(), OGRwkbGeometryType::wkbLineString);
    assert_eq!(layer("centres").defn().geometry_type(), OGRwkbGeometryType::wkbPoint);
    assert_eq!(layer("prices").defn().geometry_type(), OGRwkbGeometryType::wkbNone);
    assert!(Crs::of_srs(&layer("roads").spatial_ref().unwrap()).unwrap().wkt.contains("114.3"));
    for (name, shapes) in [("zones", &areas), ("roads", &lines), ("centres", &points)] {
        for (row, feature) in layer(name).features().enumerate() {
            let geometry = feature.geometry().unwrap();
            assert_eq!(geometry.geometry_type(), layer(name).defn().geometry_type(), "{name} {row}");
            assert_eq!(shape_of(geometry, shapes.kind).points(), shapes.get(row).points(), "{name} {row}");
            assert_eq!(geometry.is_empty(), shapes.get(row).is_empty());
        }
        assert_eq!(one::<String>(&target, &format!("SELECT rtreecheck('rtree_{name}_geom')")), "ok");
    }
    // The alias, which GDAL reads from 3.7 on and QGIS shows.
    let alias = one::<String>(&target, "SELECT name FROM gpkg_data_columns WHERE table_name = 'prices'");
    assert_eq!(alias, "级别 \"商业\" (元/㎡)");
    // Coordinates without a named system are plane ones.
    assert_eq!(one::<i64>(&target, "SELECT srs_id FROM gpkg_contents WHERE table_name = 'centres'"), -1);
    assert_eq!(
        layer("prices").features().map(|row| row.field_as_double(0).unwrap()).collect::<Vec<_>>(),
        [Some(1.5), None, Some(3.0)]
    );
    assert_eq!(one::<String>(&target, "SELECT name FROM pragma_table_info('prices') WHERE pk = 1"), "fid_1");
    assert_eq!(one::<String>(&target, "SELECT data_type FROM gpkg_contents WHERE table_name = 'prices'"), "attributes");
    let styles = layer("layer_styles");
    assert_eq!(styles.feature_count(), 1);
    let row = styles.feature(1).unwrap();
    let text = |field: &str| row.field_as_string(row.field_index(field).unwrap()).unwrap().unwrap();
    assert_eq!((text("f_table_name"), text("f_geometry_column")), ("zones".to_string(), "geom".to_string()));
    assert_eq!((text("styleName"), text("useAsDefault")), ("级别 <图>".to_string(), "1".to_string()));
    assert!(text("styleQML").contains("label=\"二级 &amp; 三级\"") && text("styleSLD").contains("二级 &amp; 三级"));
    assert_eq!(one::<String>(&target, "PRAGMA integrity_check"), "ok");
    assert_eq!(one::<i64>(&target, "SELECT count(*) FROM pragma_foreign_key_check"), 0);
}

#[test]
fn equal_tables_make_equal_bytes() {
    let folder = tempfile::tempdir().unwrap();
    let shapes = squares(20_000, 13);
    let crs = cgcs2000();
    let values: Vec<f64> = (0..20_000).map(f64::from).collect();
    let style = Style::single("plots", [1, 2, 3]);
    let bytes = |name: &str| {
        let target = folder.path().join(name);
        let table = table("plots", Some(&shapes), Some(&crs), vec![Field::plain("v", Cells::real(&values))], 20_000);
        write(&target, &[Layer { table: &table, style: Some(&style) }]).unwrap();
        std::fs::read(&target).unwrap()
    };
    let first = bytes("one.gpkg");
    // GDAL stamps milliseconds.
    std::thread::sleep(std::time::Duration::from_millis(5));
    assert!(first == bytes("other-name.gpkg"));
}

#[test]
fn what_fails_leaves_no_file_and_says_why() {
    let folder = tempfile::tempdir().unwrap();
    let numbers = [1, 2];
    let twice = vec![Field::plain("Area", Cells::Int(&numbers)), Field::plain("area", Cells::Int(&numbers))];
    let fields_twice = table("t", None, None, twice, 2);
    let bad_crs = Crs {
        epsg: None,
        name: "x".to_string(),
        wkt: "NOT A CRS".to_string(),
        geographic: false,
        metres_per_unit: 1.0,
    };
    let shapes = squares(2, 9);
    let crs_wrong = table("t", Some(&shapes), Some(&bad_crs), Vec::new(), 2);
    // GDAL keeps this name for itself.
    let reserved = table("gpkg_contents", None, None, Vec::new(), 2);
    for (table, code) in [(&fields_twice, "name-twice"), (&crs_wrong, "gdal"), (&reserved, "gdal")] {
        let fault = write(&folder.path().join("t.gpkg"), &[Layer { table, style: None }]).unwrap_err();
        assert_eq!(fault.code, code, "{fault}");
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0, "{code}");
    }
    let plain = table("t", None, None, Vec::new(), 2);
    let file = folder.path().join("a file");
    std::fs::write(&file, "x").unwrap();
    assert_eq!(write(&file.join("t.gpkg"), &[Layer { table: &plain, style: None }]).unwrap_err().code, "io");
}

#[test]
fn a_full_disk_is_called_that_in_both_languages() {
    let full = rusqlite::Error::SqliteFailure(rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_FULL), None);
    let path = Path::new("t.gpkg");
    for fault in [fault::sqlite(path, &full), fault::io(path, &std::io::Error::from_raw_os_error(28))] {
        assert_eq!(fault.code, "io");
        assert!(fault.what.en.starts_with("disk full") && fault.what.zh.starts_with("磁盘已满"), "{fault}");
    }
}
