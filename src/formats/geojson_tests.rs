use super::*;
use crate::formats::fixture::{Town, awkward, on_threads};
use crate::formats::{Cells, Field};
use crate::land::Texts;
use crate::space::measure;
use ::geojson::{Feature, FeatureCollection, GeoJson, GeometryValue as Geometry};
use gdal::spatial_ref::{AxisMappingStrategy, CoordTransform, SpatialRef};
use gdal::vector::LayerAccess;

const NATIVE: Options = Options { crs: Coordinates::Native };

fn written(table: &Table<'_>, options: &Options) -> (String, Written) {
    let folder = tempfile::tempdir().unwrap();
    let target = folder.path().join("town.geojson");
    let done = write(table, &target, options).unwrap();
    (std::fs::read_to_string(&target).unwrap(), done)
}

/// The `geojson` crate's reading.
fn parsed(text: &str) -> Vec<Feature> {
    let GeoJson::FeatureCollection(FeatureCollection { features, .. }) = text.parse().unwrap() else {
        panic!("no feature collection");
    };
    features
}

fn shapes_only<'a>(shapes: &'a crate::space::Shapes, crs: &'a Crs) -> Table<'a> {
    Table {
        name: "awkward".to_string(),
        title: Text::same("awkward"),
        fields: vec![],
        shapes: Some(shapes),
        crs: Some(crs),
        rows: shapes.len(),
    }
}

fn rings_of(feature: &Feature) -> Vec<Vec<Vec<Point>>> {
    let ring = |ring: &Vec<::geojson::Position>| ring.iter().map(|p| Point::new(p[0], p[1])).collect();
    let polygon = |rings: &Vec<Vec<::geojson::Position>>| rings.iter().map(ring).collect();
    match feature.geometry.as_ref().map(|geometry| &geometry.value) {
        Some(Geometry::Polygon { coordinates }) => vec![polygon(coordinates)],
        Some(Geometry::MultiPolygon { coordinates }) => coordinates.iter().map(polygon).collect(),
        other => panic!("no polygon: {other:?}"),
    }
}

#[test]
fn the_geojson_crate_reads_back_every_value_and_native_coordinate() {
    let town = Town::new(120);
    let table = town.table();
    let (text, done) = written(&table, &NATIVE);
    assert!(text.contains("\"name\":\"urn:ogc:def:crs:EPSG::4547\""));
    assert!(done.losses.iter().any(|loss| loss.en.contains("EPSG:4547") && loss.zh.contains("EPSG:4547")));
    let features = parsed(&text);
    assert_eq!((features.len(), done.rows), (120, 120));
    for (row, feature) in features.iter().enumerate() {
        assert!(feature.id.is_none());
        let properties = feature.properties.as_ref().unwrap();
        for field in &table.fields {
            let read = &properties[&field.name];
            match field.cells.get(row) {
                Value::None => assert!(read.is_null()),
                Value::Int(value) => assert_eq!(read.as_i64(), Some(value)),
                Value::Real(value) => assert_eq!(read.as_f64().map(f64::to_bits), Some(value.to_bits())),
                Value::Text(value) => assert_eq!(read.as_str(), Some(value)),
            }
        }
        assert_eq!(rings_of(feature), vec![vec![town.shapes.get(row).points().to_vec()]]);
    }
}

#[test]
fn one_feature_stands_on_each_line() {
    let (text, _) = written(&Town::new(7).table(), &Options::default());
    assert_eq!(text.lines().filter(|line| line.starts_with("{\"type\":\"Feature\",")).count(), 7);
}

#[test]
fn degrees_are_gdals_own_and_the_central_meridian_stays_at_114() {
    let town = Town::new(150);
    let (text, done) = written(&town.table(), &Options::default());
    assert!(!text.contains("\"crs\""), "RFC 7946 has no crs member");
    assert!(done.losses.iter().any(|loss| loss.en.contains("CGCS2000 lon/lat") && loss.zh.contains("CGCS2000 经纬度")));
    assert!(done.losses.iter().any(|loss| loss.en.contains("8 decimals")));
    let system = |code| {
        let mut srs = SpatialRef::from_epsg(code).unwrap();
        srs.set_axis_mapping_strategy(AxisMappingStrategy::TraditionalGisOrder);
        srs
    };
    let judge = CoordTransform::new(&system(4547), &system(4490)).unwrap();
    for (row, feature) in parsed(&text).iter().enumerate() {
        let ring = &rings_of(feature)[0][0];
        for (read, own) in ring.iter().zip(town.shapes.get(row).points()) {
            let (mut x, mut y) = ([own.x], [own.y]);
            judge.transform_coords(&mut x, &mut y, &mut []).unwrap();
            assert!((read.x - x[0]).abs() <= 5.1e-9 && (read.y - y[0]).abs() <= 5.1e-9);
        }
        if row % 100 == 0 {
            // EPSG:4547 has its central meridian, 114° E, at x = 500 000 m.
            assert_eq!(ring[0].x, 114.0);
        }
    }
}

#[test]
fn rings_turn_as_rfc_7946_asks_and_broken_places_are_told() {
    let (shapes, crs) = (awkward(), Crs::parse("EPSG:4547").unwrap());
    let (text, done) = written(&shapes_only(&shapes, &crs), &Options::default());
    let features = parsed(&text);
    assert_eq!(rings_of(&features[0]).len(), 1);
    assert_eq!(rings_of(&features[1]).iter().map(Vec::len).collect::<Vec<_>>(), [2, 1]);
    for polygon in features[..2].iter().flat_map(rings_of) {
        for (at, ring) in polygon.iter().enumerate() {
            assert_eq!(measure::twice_signed_area(ring) > 0.0, at == 0, "exterior rings alone run counter-clockwise");
        }
    }
    assert!(features[2..].iter().all(|feature| feature.geometry.is_none()));
    assert!(done.losses.iter().any(|loss| loss.en.starts_with("2 rings are turned")));
    assert!(done.losses.iter().any(|loss| loss.en.contains("1 features") && loss.en.contains("row 4")));

    let (text, _) = written(&shapes_only(&shapes, &crs), &NATIVE);
    assert_eq!(rings_of(&parsed(&text)[0])[0][0], shapes.get(0).rings().next().unwrap().points, "native rings stay");
}

#[test]
fn hostile_text_and_numbers_json_lacks_read_back() {
    let hostile = ["\"}],\"x\":[{\"", "a\\b\n\r\t\u{1}\u{7f}", "</script>\u{2028}", "地块😀"];
    let texts: Texts = hostile.iter().collect();
    let (reals, ints) = ([f64::INFINITY, -0.0, 5e-324, 1.7e308], [1, i64::MAX, -(1 << 53), 0]);
    let table = Table {
        fields: vec![
            Field::plain("\"名\"", Cells::Text(&texts)),
            Field::plain("real", Cells::real(&reals)),
            Field::plain("int", Cells::Int(&ints)),
        ],
        shapes: None,
        crs: None,
        ..shapes_only(&awkward(), &Crs::parse("EPSG:4547").unwrap())
    };
    let (text, done) = written(&table, &Options::default());
    for (row, feature) in parsed(&text).iter().enumerate() {
        let properties = feature.properties.as_ref().unwrap();
        assert_eq!(properties["\"名\""].as_str(), Some(hostile[row]));
        assert_eq!(properties["real"].as_f64(), Some(reals[row]).filter(|real| real.is_finite()));
        assert_eq!(properties["int"].as_i64(), Some(ints[row]));
        assert!(feature.geometry.is_none());
    }
    assert!(done.losses.iter().any(|loss| loss.en.starts_with("1 infinite numbers")));
    assert!(done.losses.iter().any(|loss| loss.en.starts_with("2 whole numbers are beyond 2^53")));
}

#[test]
fn gdal_reads_the_projected_file_with_its_system() {
    let town = Town::new(30);
    let folder = tempfile::tempdir().unwrap();
    let target = folder.path().join("town.geojson");
    write(&town.table(), &target, &NATIVE).unwrap();
    let dataset = gdal::Dataset::open(&target).unwrap();
    let mut layer = dataset.layer(0).unwrap();
    assert_eq!(layer.name(), "town");
    assert_eq!(layer.spatial_ref().unwrap().auth_code().unwrap(), 4547);
    let areas: Vec<f64> = layer.features().map(|feature| feature.geometry().unwrap().area()).collect();
    assert_eq!(areas.len(), 30);
    assert!(areas.iter().all(|area| (area - 625.0).abs() < 1e-6));
}

#[test]
fn points_and_lines_take_the_type_of_their_number_of_parts() {
    let crs = Crs::parse("EPSG:4547").unwrap();
    for (kind, one, several) in [
        (crate::space::Kind::Point, "Point", "MultiPoint"),
        (crate::space::Kind::Line, "LineString", "MultiLineString"),
    ] {
        let ring: Vec<Point> = (0..if one == "Point" { 1 } else { 3 }).map(|at| Point::new(at as f64, 2.5)).collect();
        let mut shapes = crate::space::Shapes::new(kind);
        for rings in [1, 2] {
            (0..rings).for_each(|_| shapes.push_ring(&ring, true));
            shapes.end_feature();
        }
        let (text, _) = written(&shapes_only(&shapes, &crs), &NATIVE);
        let names: Vec<&str> =
            parsed(&text).iter().map(|feature| feature.geometry.as_ref().unwrap().value.type_name()).collect();
        assert_eq!(names, [one, several]);
    }
}

#[test]
fn one_two_and_seven_threads_write_the_same_bytes() {
    let town = Town::new(40_000);
    for options in [Options::default(), NATIVE] {
        let files = on_threads(|folder| {
            let target = folder.join("town.geojson");
            write(&town.table(), &target, &options).unwrap();
            std::fs::read(target).unwrap()
        });
        assert!(files[0].len() > 1_000_000 && files.iter().all(|bytes| *bytes == files[0]));
    }
}

#[test]
fn what_cannot_be_written_is_a_fault_that_leaves_nothing() {
    let town = Town::new(3);
    let folder = tempfile::tempdir().unwrap();
    let target = folder.path().join("town.geojson");
    let no_crs = Table { crs: None, ..town.table() };
    assert_eq!(write(&no_crs, &target, &Options::default()).unwrap_err().code, "no-crs");
    let mut twins = town.table();
    twins.fields[1].name = "id".to_string();
    assert_eq!(write(&twins, &target, &NATIVE).unwrap_err().code, "duplicate-field");
    let mut far = town.shapes.clone();
    far.points_mut()[7] = Point::new(1e30, 1e30);
    let far = Table { shapes: Some(&far), ..town.table() };
    let fault = write(&far, &target, &Options::default()).unwrap_err();
    assert_eq!(fault.code, "no-transform");
    assert!(fault.what.en.contains("(1e30, 1e30)") || fault.what.en.contains("(1000000"), "{fault}");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
}
