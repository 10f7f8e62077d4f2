//! Parcels with one grade each over the units of the sample city, from the project file to what is published, against `geo`.

use crate::tools::{codes, fault, files_below, json, landgrade, shown};
use geo::{Area, BooleanOps, BoundingRect, Coord, Intersects, LineString, MultiPolygon, Polygon};
use landgrade::formats::geojson::{self, Coordinates};
use landgrade::formats::{Cells, Field, Table};
use landgrade::ingest::readers::vector;
use landgrade::land::progress::Unwatched;
use landgrade::land::{Decided, Text, Texts, Values};
use landgrade::pipeline::{self, Map, Until};
use landgrade::project::Project;
use landgrade::release::{self, Release, first_difference};
use landgrade::space::{Crs, Kind, Point, Shape, Shapes};
use std::path::{Path, PathBuf};

const QUADTREE: &str = "make = \"quadtree\"\nlargest = 400\nsmallest = 50\n";
const GIVEN: &str = "source = \"city.gpkg\"\nlayer = \"parcels\"\nid = \"zddm\"\nuse = \"yt\"\n";
const PARCELS: &str = "[grading.parcels]\nsource = \"city.gpkg\"\nlayer = \"parcels\"\nid = \"zddm\"\n";
const FRONT: &str = "rule = \"frontage\"\nstreets = { source = \"city.gpkg\", layer = \"roads\" }\n";

/// The sample city with these `[units]` and parcels.
fn city(folder: &Path, units: &str, parcels: &str) -> PathBuf {
    let made = folder.join("city");
    let own = folder.join("project.toml");
    if !made.exists() {
        assert!(landgrade(&["sample", shown(&made), "--parcels", "300", "--seed", "4"]).status.success());
        std::fs::copy(made.join("2025/project.toml"), &own).unwrap();
    }
    let text = std::fs::read_to_string(&own).unwrap();
    let given = &text[text.find("[units]").unwrap()..text.find("[[uses]]").unwrap()];
    let text = text.replace(given, &format!("[units]\n{units}\n"));
    let text = text.replace("close_gaps = 40", "smallest_area = 3000").replace("simplify = 2", "");
    let text = text.replace("[prices]\n", &format!("{parcels}\n[prices]\n"));
    let path = made.join("2025/project.toml");
    std::fs::write(&path, text).unwrap();
    path
}

fn run(path: &Path) -> Release {
    pipeline::run(&Project::read(path).unwrap(), Until::Prices, Map::Drawn, &Unwatched).unwrap()
}

fn as_geo(shape: Shape<'_>) -> MultiPolygon {
    let line = |points: &[Point]| {
        LineString::new(points.iter().map(|p| Coord { x: p.x - 520_000.0, y: p.y - 3_380_000.0 }).collect())
    };
    let mut polygons: Vec<Polygon> = Vec::new();
    for ring in shape.rings() {
        match (ring.outer, polygons.last_mut()) {
            (false, Some(polygon)) => polygon.interiors_push(line(ring.points)),
            _ => polygons.push(Polygon::new(line(ring.points), Vec::new())),
        }
    }
    MultiPolygon::new(polygons)
}

/// Shares of every parcel against the overlay of `geo`; that they add up; that the rule was followed; the price of its grade.
fn holds(release: &Release) {
    let (units, parcels) = (&release.units, &release.map.parcels);
    let shapes: Vec<MultiPolygon> = units.shapes.as_ref().unwrap().iter().map(as_geo).collect();
    for parcel in 0..parcels.len() {
        let own = as_geo(parcels.shapes.get(parcel));
        let here = own.bounding_rect().unwrap();
        let mut expected = vec![0.0; parcels.width()];
        let mut weighted = 0.0;
        for (unit, shape) in shapes.iter().enumerate() {
            if units.uses[unit] == parcels.uses[parcel] && shape.bounding_rect().unwrap().intersects(&here) {
                let shared = own.intersection(shape).unsigned_area();
                expected[usize::from(units.grades[unit]) - 1] += shared;
                weighted += shared * units.totals[unit];
            }
        }
        let (id, area) = (parcels.ids.show(parcel), parcels.areas[parcel]);
        let ground: Vec<f64> = (1..=parcels.width() as u8).map(|grade| parcels.ground(parcel, grade)).collect();
        for (found, expected) in ground.iter().zip(&expected) {
            assert!((found - expected).abs() < 1e-3, "{id}: {ground:?} against {expected:?}");
        }
        let within: f64 = ground.iter().sum();
        assert!((within + parcels.bare[parcel] - area).abs() <= 1e-6 * area, "{id}: {within} of {area}");
        assert!((within - expected.iter().sum::<f64>()).abs() <= 1e-6 * area, "{id}: {within} against {expected:?}");
        let grade = parcels.grades[parcel];
        match parcels.decided[parcel] {
            Decided::No => assert_eq!((grade, within), (0, 0.0), "{id}"),
            Decided::Whole => assert!(within - parcels.ground(parcel, grade) < 0.01 * ground.len() as f64, "{id}"),
            Decided::Area => {
                let most = ground.iter().copied().fold(0.0, f64::max);
                assert_eq!(
                    ground.iter().position(|ground| *ground >= most - 1e-6),
                    Some(usize::from(grade) - 1),
                    "{id}"
                );
            }
            Decided::Frontage => {
                let fronts: Vec<f64> = (1..=parcels.width() as u8).map(|grade| parcels.front(parcel, grade)).collect();
                let most = fronts.iter().copied().fold(0.0, f64::max);
                assert!(most > 0.0, "{id}");
                assert_eq!(fronts.iter().position(|front| *front >= most - 1e-6), Some(usize::from(grade) - 1), "{id}");
            }
        }
        if within > 1.0 {
            assert!((parcels.totals[parcel] - weighted / expected.iter().sum::<f64>()).abs() < 1e-4, "{id}");
        }
        let cell = release.cells.iter().find(|cell| (cell.use_index, cell.grade) == (parcels.uses[parcel], grade));
        let price = cell.and_then(|cell| cell.published).unwrap_or(f64::NAN);
        assert_eq!(price.to_bits(), parcels.prices[parcel].to_bits(), "{id}");
    }
}

fn count(release: &Release, decided: Decided) -> usize {
    release.map.parcels.decided.iter().filter(|it| **it == decided).count()
}

#[test]
fn every_parcel_of_the_city_has_one_grade_of_its_use_over_made_units() {
    let folder = tempfile::tempdir().unwrap();
    let by_area = run(&city(folder.path(), QUADTREE, &format!("{PARCELS}use = \"yt\"\n")));
    assert_eq!(by_area.map.parcels.len(), 300);
    holds(&by_area);
    assert!(count(&by_area, Decided::Area) > 20 && count(&by_area, Decided::Whole) > 100);
    assert_eq!((count(&by_area, Decided::Frontage), count(&by_area, Decided::No)), (0, 0));
    let by_front = run(&city(folder.path(), QUADTREE, &format!("{PARCELS}use = \"yt\"\n{FRONT}")));
    holds(&by_front);
    assert!(count(&by_front, Decided::Frontage) > 10, "{}", count(&by_front, Decided::Frontage));
    let (one, other) = (&by_area.map.parcels, &by_front.map.parcels);
    assert_eq!(one.ground, other.ground);
    assert!(one.grades != other.grades, "the front gives some parcel another grade than the area");
    // Without a field of uses a parcel stands once for each.
    let every = run(&city(folder.path(), QUADTREE, PARCELS));
    holds(&every);
    assert_eq!(every.map.parcels.len(), 1200);
    assert_eq!(every.map.parcels.uses[..8], [0, 1, 2, 3, 0, 1, 2, 3]);
}

#[test]
fn parcels_that_are_the_units_keep_their_grades_and_their_faults_are_told_once() {
    let folder = tempfile::tempdir().unwrap();
    let plain = run(&city(folder.path(), GIVEN, ""));
    let fitted = run(&city(folder.path(), GIVEN, &format!("{PARCELS}use = \"yt\"\n{FRONT}")));
    holds(&fitted);
    assert_eq!(count(&fitted, Decided::Whole), 300);
    assert_eq!(fitted.map.parcels.grades, fitted.units.grades);
    assert!(fitted.map.parcels.bare.iter().all(|bare| *bare == 0.0));
    assert_eq!(fitted.findings.len(), plain.findings.len());
    assert!(plain.map.parcels.is_empty());
}

/// A layer of the city, its features in another order, as a file of its own.
fn mixed(folder: &Path, layer: &str, fields: &[&str], order: impl Fn(usize) -> Vec<u32>) {
    let raw = vector::read(&folder.join("city.gpkg"), Some(layer), fields, None).unwrap();
    let order = order(raw.rows.len());
    let columns: Vec<(String, Values)> =
        raw.columns.iter().map(|column| (column.name.clone(), column.values.gather(&order))).collect();
    write(&folder.join(format!("{layer}.geojson")), &raw.shapes.gather(&order), raw.crs.as_ref().unwrap(), columns);
}

fn write(path: &Path, shapes: &Shapes, crs: &Crs, columns: Vec<(String, Values)>) {
    let table = Table {
        name: path.file_stem().unwrap().to_string_lossy().into_owned(),
        title: Text::same("layer"),
        fields: columns.into_iter().map(|(name, values)| Field::plain(name, Cells::Own(values))).collect(),
        shapes: Some(shapes),
        crs: Some(crs),
        rows: shapes.len(),
    };
    geojson::write(&table, path, &geojson::Options { crs: Coordinates::Native }).unwrap();
}

#[test]
fn the_order_of_parcels_and_streets_in_their_files_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let parcels = "[grading.parcels]\nsource = \"parcels.geojson\"\nid = \"zddm\"\nuse = \"yt\"\nrule = \"frontage\"\n\
                   streets = { source = \"roads.geojson\" }\nfront_within = 25\n";
    let stand_in = format!("{PARCELS}use = \"yt\"\n");
    let path = city(folder.path(), QUADTREE, &stand_in);
    let home = path.parent().unwrap().to_path_buf();
    let orders: [fn(usize) -> Vec<u32>; 2] =
        [|count| (0..count as u32).collect(), |count| (0..count as u32).rev().collect()];
    let mut releases = Vec::new();
    for order in orders {
        mixed(&home, "parcels", &["zddm", "yt"], order);
        mixed(&home, "roads", &[], order);
        releases.push(run(&city(folder.path(), QUADTREE, parcels)));
    }
    assert_eq!(first_difference(&releases[0], &releases[1]), None);
    assert!(count(&releases[0], Decided::Frontage) > 10);
    releases[1].map.parcels.fronts[0] = 4.0;
    assert!(first_difference(&releases[0], &releases[1]).unwrap().en.starts_with("parcels: "));
}

#[test]
fn parcels_are_sealed_replayed_published_and_reported_the_same_for_any_number_of_threads() {
    let folder = tempfile::tempdir().unwrap();
    let path = city(folder.path(), QUADTREE, &format!("{PARCELS}use = \"yt\"\n{FRONT}"));
    let mut releases = Vec::new();
    let mut published = Vec::new();
    for threads in ["1", "2"] {
        let (exit, answer, said) = json(&["run", shown(&path), "--threads", threads]);
        assert_eq!(exit, 0, "{said}");
        let sealed = PathBuf::from(answer["release"].as_str().unwrap());
        let mut files = files_below(&sealed);
        files.retain(|(name, _)| name != "seal.json");
        assert!(files.iter().any(|(name, _)| name == "parcels.parquet"));
        releases.push(files);
        std::fs::rename(&sealed, folder.path().join(format!("kept-{threads}"))).unwrap();
        let beside = sealed.with_file_name("2025-published");
        published.push(files_below(&beside));
        std::fs::remove_dir_all(beside).unwrap();
    }
    assert_eq!(releases[0], releases[1]);
    assert_eq!(published[0], published[1]);
    let kept = folder.path().join("kept-1");
    let opened = release::open(&kept).unwrap();
    holds(&opened);
    assert_eq!(first_difference(&opened, &run(&path)), None);
    let inputs = shown(path.parent().unwrap());
    let (exit, answer, said) = json(&["verify", shown(&kept), "--inputs", inputs, "--replay"]);
    assert_eq!(exit, 0, "{answer} {said}");
    // What was published: the layer in each format, the list of those on several grades.
    let names: Vec<&str> = published[0].iter().map(|(name, _)| name.as_str()).collect();
    for name in ["parcels.csv", "parcels.geojson", "parcels.qml", "parcels.shp", "parcels.dbf", "split_parcels.csv"] {
        assert!(names.contains(&name), "{name} among {names:?}");
    }
    let text = |name: &str| {
        let (_, bytes) = published[0].iter().find(|(own, _)| own == name).unwrap();
        String::from_utf8_lossy(bytes).into_owned()
    };
    let split = opened.map.parcels.decided.iter().filter(|decided| decided.is_split()).count();
    assert_eq!(text("parcels.csv").lines().count(), 301);
    assert_eq!(text("split_parcels.csv").lines().count(), 1 + split);
    assert!(
        text("split_parcels.csv").lines().next().unwrap().contains("front in grade I"),
        "{}",
        text("split_parcels.csv")
    );
    let layer =
        vector::read(&write_back(folder.path(), &published[0], "units.gpkg"), Some("parcels"), &["grade"], None);
    assert_eq!(layer.unwrap().rows.len(), 300);
    let to = folder.path().join("report");
    assert!(landgrade(&["report", shown(&kept), "--to", shown(&to)]).status.success());
    let report = std::fs::read_to_string(to.join("report.md")).unwrap();
    assert!(report.contains("# Parcels") && report.contains("ground that changed grade, ha"), "{report}");
}

fn write_back(folder: &Path, files: &[(String, Vec<u8>)], name: &str) -> PathBuf {
    let (_, bytes) = files.iter().find(|(own, _)| own == name).unwrap();
    std::fs::write(folder.join(name), bytes).unwrap();
    folder.join(name)
}

#[test]
fn wrong_keys_and_layers_are_told_with_their_place() {
    let folder = tempfile::tempdir().unwrap();
    let roads = "layer = \"roads\"";
    let cases = [
        (format!("{PARCELS}rule = \"luck\"\n"), "unknown-word"),
        (format!("{PARCELS}rule = \"frontage\"\n"), "no-streets"),
        (format!("{PARCELS}streets = {{ source = \"city.gpkg\", {roads} }}\n"), "foreign-key"),
        (format!("{PARCELS}front_within = 10\n"), "foreign-key"),
        (format!("{PARCELS}{FRONT}front_within = 0\n"), "out-of-range"),
        (format!("{PARCELS}front = 10\n"), "project-syntax"),
        (PARCELS.replace("city.gpkg", "town.gpkg"), "missing-file"),
        (PARCELS.replace("zddm", "moon"), "missing-field"),
        (PARCELS.replace("layer = \"parcels\"\nid = \"zddm\"", "layer = \"roads\"\nid = \"mc\""), "not-polygons"),
        (format!("{PARCELS}{}", FRONT.replace("roads", "planning")), "wrong-geometry"),
    ];
    for (parcels, code) in cases {
        let path = city(folder.path(), GIVEN, &parcels);
        let (exit, answer, said) = json(&["check", shown(&path)]);
        assert_eq!((exit, fault(&answer)), (2, code), "{parcels}: {answer} {said}");
    }
}

/// Parcels of the city without identifier, with one that is taken, of a use nobody knows, and one far away.
#[test]
fn faults_of_parcels_are_findings_of_their_layer() {
    let folder = tempfile::tempdir().unwrap();
    let parcels = "[grading.parcels]\nsource = \"lots.geojson\"\nid = \"no\"\nuse = \"yt\"\n[policy]\nmissing-id = \"repair\"\n\
                   duplicate-id = \"repair\"\nunknown-use = \"repair\"\n";
    let path = city(folder.path(), QUADTREE, &format!("{PARCELS}use = \"yt\"\n"));
    let home = path.parent().unwrap();
    let raw = vector::read(&home.join("city.gpkg"), Some("parcels"), &["yt"], None).unwrap();
    let mut shapes = Shapes::new(Kind::Polygon);
    (0..4).for_each(|row| shapes.push_shape(raw.shapes.get(row)));
    let corners = [(0.0, 0.0), (9.0, 0.0), (9.0, 9.0), (0.0, 0.0)];
    let far = raw.shapes.get(0).points()[0];
    shapes.push_ring(&corners.map(|(x, y)| Point::new(far.x + 90_000.0 + x, far.y + y)), true);
    shapes.end_feature();
    let known = raw.columns[0].values.get(0).to_string();
    let uses = [&known, &known, &known, "moon", &known].into_iter().collect::<Texts>();
    let ids = Values::Text(["A", "", "A", "B", "C"].into_iter().collect());
    let columns = vec![("no".to_string(), ids), ("yt".to_string(), Values::Text(uses))];
    write(&home.join("lots.geojson"), &shapes, raw.crs.as_ref().unwrap(), columns);
    let path = city(folder.path(), QUADTREE, parcels);
    let (exit, answer, said) = json(&["check", shown(&path)]);
    assert_eq!(exit, 0, "{answer} {said}");
    let mut found = codes(&answer);
    found.retain(|line| line.contains(" lots "));
    assert_eq!(
        found,
        ["duplicate-id lots A", "missing-id lots #1", "outside-graded-area lots C", "unknown-use lots B"]
    );
    let release = run(&path);
    assert_eq!(release.map.parcels.len(), 2);
    assert_eq!(release.map.parcels.decided[1], Decided::No);
    assert!(release.findings.iter().any(|finding| finding.layer == "lots" && finding.feature == "C"));
}
