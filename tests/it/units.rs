//! Units made inside the graded area of the sample city, from the project file to the release, against `geo`.

use crate::tools::{files_below, json, landgrade, shown};
use geo::{Area, BooleanOps, Coord, Intersects, LineString, MultiPolygon, Point, Polygon, Validation, unary_union};
use landgrade::ingest::readers::vector;
use landgrade::land::progress::Unwatched;
use landgrade::pipeline::{self, Map, Until};
use landgrade::project::Project;
use landgrade::release::{self, Release};
use landgrade::space::Shape;
use std::path::{Path, PathBuf};

const GRID: &str = "make = \"grid\"\nsize = 120\n";
const QUADTREE: &str = "make = \"quadtree\"\nlargest = 400\nsmallest = 50\n";
const OVERLAY: &str = "make = \"overlay\"\nleast_area = 500\nlayers = [\n  { source = \"city.gpkg\", layer = \"planning\" },\n  \
                       { source = \"city.gpkg\", layer = \"districts\", label = \"xzqmc\" },\n]\n";

/// The sample city with these `[units]`.
fn city(folder: &Path, units: &str) -> PathBuf {
    let made = folder.join("city");
    if !made.exists() {
        assert!(landgrade(&["sample", shown(&made), "--parcels", "300", "--seed", "4"]).status.success());
    }
    let path = made.join("2025/project.toml");
    let text = std::fs::read_to_string(&path).unwrap();
    let own = &text[text.find("[units]").unwrap()..text.find("[[uses]]").unwrap()];
    let text = text.replace(own, &format!("[units]\n{units}\n"));
    // Streets belong to units here: nothing is to be closed.
    let text = text.replace("close_gaps = 40", "smallest_area = 3000").replace("simplify = 2", "");
    std::fs::write(&path, text).unwrap();
    path
}

fn polygons(shapes: impl Iterator<Item = MultiPolygon>) -> Vec<Polygon> {
    shapes.flat_map(|polygons| polygons.0).collect()
}

fn as_geo(shape: Shape<'_>) -> MultiPolygon {
    let line = |points: &[landgrade::space::Point]| {
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

fn graded_area(project: &Path) -> MultiPolygon {
    let raw = vector::read(&project.with_file_name("city.gpkg"), Some("graded_area"), &[], None).unwrap();
    unary_union(&polygons(raw.shapes.iter().map(as_geo)))
}

/// Units of each use tile the graded area, and so do its zones (T3, T4): what they cover is the area, and nothing is covered twice.
fn tiles(release: &Release, area: &MultiPolygon) {
    let (units, zones) = (release.units.shapes.as_ref().unwrap(), &release.map.zones);
    let whole = area.unsigned_area();
    for land_use in 0..release.uses.len() as u8 {
        let own = |uses: &[u8], at: usize| uses[at] == land_use;
        let of_units =
            polygons((0..units.len()).filter(|&at| own(&release.units.uses, at)).map(|at| as_geo(units.get(at))));
        let of_zones =
            polygons((0..zones.uses.len()).filter(|&at| own(&zones.uses, at)).map(|at| as_geo(zones.shapes.get(at))));
        for tiles in [of_units, of_zones] {
            let sum: f64 = tiles.iter().map(Area::unsigned_area).sum();
            assert!((sum - whole).abs() < 0.01, "use {land_use}: {sum} of {whole} m²");
            let union = unary_union(&tiles);
            assert!((union.unsigned_area() - whole).abs() < 0.05, "{} of {whole}", union.unsigned_area());
            assert!(union.difference(area).unsigned_area() < 0.05);
            assert!(tiles.iter().all(Validation::is_valid));
        }
        let listed: f64 = release.map.areas.iter().filter(|row| row.use_index == land_use).map(|row| row.area).sum();
        assert!((listed - whole).abs() < 0.01, "use {land_use}: {listed} of {whole} m² listed");
    }
}

#[test]
fn made_units_and_their_zones_tile_the_graded_area_for_every_use() {
    let folder = tempfile::tempdir().unwrap();
    for (units, least) in [(GRID, 60), (QUADTREE, 60), (OVERLAY, 8)] {
        let path = city(folder.path(), units);
        let project = Project::read(&path).unwrap();
        let release = pipeline::run(&project, Until::Prices, Map::Drawn, &Unwatched).unwrap();
        let told = release.head.tiling.as_ref().unwrap();
        assert!(told.units >= least, "{units}: {}", told.units);
        assert_eq!(release.units.len(), told.units * release.uses.len());
        tiles(&release, &graded_area(&path));
        // Every unit stands under each use with one area and one row of scores.
        let factors = release.head.factors.len();
        for first in (0..release.units.len()).step_by(release.uses.len()) {
            for copy in first + 1..first + release.uses.len() {
                assert_eq!(release.units.areas[first], release.units.areas[copy]);
                let row = |at: usize| &release.units.scores[at * factors..(at + 1) * factors];
                assert_eq!(row(first), row(copy));
            }
        }
        // A sample lies in the unit of its own use.
        let shapes = release.units.shapes.as_ref().unwrap();
        for sample in release.samples.iter().filter(|sample| sample.grade > 0) {
            let unit = release.units.ids.find_sorted(&sample.unit).unwrap();
            assert_eq!(release.units.uses[unit], sample.use_index);
            let place = Point::new(sample.place.x - 520_000.0, sample.place.y - 3_380_000.0);
            assert!(as_geo(shapes.get(unit)).intersects(&place), "{}", sample.id);
        }
    }
}

#[test]
fn the_verbs_know_made_units_and_no_number_of_threads_changes_a_byte() {
    let folder = tempfile::tempdir().unwrap();
    let path = city(folder.path(), QUADTREE);
    let (exit, answer, said) = json(&["check", shown(&path)]);
    assert_eq!(exit, 0, "{said}");
    assert!(answer["units"].as_u64().unwrap() > 240, "{answer}");
    let mut releases = Vec::new();
    for threads in ["1", "2"] {
        let (exit, answer, said) = json(&["run", shown(&path), "--threads", threads]);
        assert_eq!(exit, 0, "{said}");
        let sealed = PathBuf::from(answer["release"].as_str().unwrap());
        let mut files = files_below(&sealed);
        files.retain(|(name, _)| name != "seal.json");
        releases.push(files);
        std::fs::rename(&sealed, folder.path().join(format!("kept-{threads}"))).unwrap();
        std::fs::remove_dir_all(sealed.with_file_name("2025-published")).unwrap();
    }
    assert_eq!(releases[0], releases[1]);
    let kept = folder.path().join("kept-1");
    let sealed = shown(&kept);
    for verb in
        [&["verify", sealed][..], &["stability", sealed], &["report", sealed, "--to", shown(&folder.path().join("r"))]]
    {
        let output = landgrade(verb);
        assert!(output.status.success(), "{verb:?}: {}", String::from_utf8_lossy(&output.stderr));
    }
    let report = files_below(&folder.path().join("r"));
    let text = report.iter().find(|(name, _)| name.ends_with(".md")).unwrap();
    assert!(String::from_utf8_lossy(&text.1).contains("quadtree"), "the report tells how units were made");
    let id = release::open(&kept).unwrap().units.ids.show(7);
    let (exit, answer, said) = json(&["explain", sealed, &id]);
    assert_eq!(exit, 0, "{said}");
    assert!(answer.to_string().contains(&id), "{answer}");
}

#[test]
fn keys_that_do_not_go_together_are_told_with_their_line() {
    let folder = tempfile::tempdir().unwrap();
    let cases = [
        ("make = \"grid\"\nsize = 120\nid = \"zddm\"\n", "foreign-key"),
        ("make = \"grid\"\nlargest = 500\n", "foreign-key"),
        ("source = \"city.gpkg\"\nlayer = \"parcels\"\nid = \"zddm\"\nuse = \"yt\"\nsize = 100\n", "foreign-key"),
        ("make = \"hexagon\"\n", "unknown-word"),
        ("make = \"overlay\"\n", "no-overlay-layers"),
        ("make = \"quadtree\"\nmain_factors = [\"shangfu\", \"moon\"]\n", "unknown-factor"),
        ("make = \"quadtree\"\nlargest = 100\nsmallest = 200\n", "out-of-range"),
        ("layer = \"parcels\"\nid = \"zddm\"\nuse = \"yt\"\n", "no-units-key"),
        ("source = \"city.gpkg\"\nlayer = \"parcels\"\nid = \"zddm\"\n", "no-use-field"),
        (
            "source = \"city.gpkg\"\nlayer = \"parcels\"\nid = \"zddm\"\nuse = \"yt\"\nevery_use = true\n",
            "every-use-and-field",
        ),
    ];
    for (units, code) in cases {
        let path = city(folder.path(), units);
        let (exit, answer, said) = json(&["check", shown(&path)]);
        let told = answer.to_string() + &said;
        assert_eq!(exit, 2, "{units}: {told}");
        assert!(told.contains(code) && told.contains("project.toml:"), "{units}: {told}");
    }
    let path = city(folder.path(), GRID);
    let text = std::fs::read_to_string(&path).unwrap();
    let line = text.lines().find(|line| line.starts_with("graded_area")).unwrap();
    std::fs::write(&path, text.replace(line, "")).unwrap();
    let (_, answer, said) = json(&["check", shown(&path)]);
    assert!((answer.to_string() + &said).contains("no-graded-area"), "{said}");
}

/// Parcels as given, each graded for every use: the parcels of the city under four uses.
#[test]
fn given_parcels_are_graded_for_every_use_too() {
    let folder = tempfile::tempdir().unwrap();
    let units = "source = \"city.gpkg\"\nlayer = \"parcels\"\nid = \"zddm\"\nkeep = [\"zl\"]\nevery_use = true\n";
    let project = Project::read(&city(folder.path(), units)).unwrap();
    let release = pipeline::run(&project, Until::Prices, Map::Drawn, &Unwatched).unwrap();
    assert_eq!((release.units.len(), release.uses.len()), (1200, 4));
    // Streets are graded and are no parcels: how much of the graded area the parcels cover is on record.
    let tiling = release.head.tiling.as_ref().unwrap();
    assert_eq!(tiling.way, "given");
    assert!(0.2 * tiling.graded_area < tiling.area && tiling.area < 0.9 * tiling.graded_area, "{tiling:?}");
    for land_use in 0..4u8 {
        assert_eq!(release.units.uses.iter().filter(|&&of| of == land_use).count(), 300);
    }
    assert!(release.units.ids.show(0).ends_with("-commercial"));
    assert!(release.samples.iter().all(|sample| sample.grade > 0));
}

/// The composite grading the sample comes with: nothing breaks the rules, AHP weights on two layers, ways over bridges and along roads, and
/// a replay that gives the same bits.
#[test]
fn the_composite_grading_of_the_sample_keeps_the_rules_and_replays() {
    let folder = tempfile::tempdir().unwrap();
    let made = folder.path().join("city");
    assert!(landgrade(&["sample", shown(&made), "--parcels", "700", "--seed", "4"]).status.success());
    let path = made.join("2025/composite.toml");
    let (exit, answer, said) = json(&["check", shown(&path)]);
    assert_eq!(exit, 0, "{said}");
    let codes: Vec<&str> =
        answer["counts"].as_array().unwrap().iter().map(|count| count["code"].as_str().unwrap()).collect();
    assert!(!codes.contains(&"rule-breach"), "{answer}");
    let (exit, answer, said) = json(&["run", shown(&path)]);
    assert_eq!(exit, 0, "{said}");
    let sealed = answer["release"].as_str().unwrap();
    let (exit, answer, said) = json(&["verify", sealed, "--inputs", shown(path.parent().unwrap()), "--replay"]);
    assert_eq!(exit, 0, "{answer} {said}");
    let release = release::open(Path::new(sealed)).unwrap();
    tiles(&release, &graded_area(&path));
    // Every unit is explained; over the bridges and along the roads are among the ways.
    let own = Project::sealed(&release.head.project, &path).unwrap();
    let explained = pipeline::Explained::new(&release, &own).unwrap();
    let ids = (0..release.units.len()).map(|unit| release.units.ids.show(unit));
    let accounts: Vec<String> = ids.map(|id| serde_json::to_string(&explained.unit(&id).unwrap()).unwrap()).collect();
    assert!(accounts.iter().any(|account| account.contains("\"detour\":true")), "{}", accounts[0]);
    assert!(accounts.iter().any(|account| account.contains("\"network\":{")), "{}", accounts[0]);
}

/// T5: two districts graded each for itself have the same corners, to a decimetre, along the border they share.
#[test]
fn districts_graded_apart_meet_at_the_same_corners() {
    let folder = tempfile::tempdir().unwrap();
    let path = city(folder.path(), GRID);
    let districts = vector::read(&path.with_file_name("city.gpkg"), Some("districts"), &[], None).unwrap().shapes;
    let text = std::fs::read_to_string(&path).unwrap();
    let line = text.lines().find(|line| line.starts_with("graded_area")).unwrap().to_string();
    let mut outlines: Vec<Vec<landgrade::space::Point>> = Vec::new();
    for (number, district) in districts.iter().enumerate().take(2) {
        let ring: Vec<String> = district.points().iter().map(|p| format!("[{}, {}]", p.x, p.y)).collect();
        let layer = format!(
            "{{\"type\": \"FeatureCollection\", \"crs\": {{\"type\": \"name\", \"properties\": {{\"name\": \"urn:ogc:def:crs:EPSG::4547\"}}}}, \
             \"features\": [{{\"type\": \"Feature\", \"properties\": {{}}, \"geometry\": {{\"type\": \"Polygon\", \"coordinates\": [[{}]]}}}}]}}",
            ring.join(", ")
        );
        std::fs::write(path.with_file_name(format!("district{number}.geojson")), layer).unwrap();
        let own = format!("graded_area = {{ source = \"district{number}.geojson\" }}");
        std::fs::write(&path, text.replace(&line, &own)).unwrap();
        let release = pipeline::run(&Project::read(&path).unwrap(), Until::Grades, Map::Drawn, &Unwatched).unwrap();
        outlines.push(release.units.shapes.unwrap().iter().flat_map(|shape| shape.points().to_vec()).collect());
    }
    let (first, second) = (districts.get(0), districts.get(1));
    let on_both = |p: &&landgrade::space::Point| {
        let near = |shape: Shape<'_>| {
            shape
                .rings()
                .flat_map(|ring| ring.points.windows(2))
                .any(|edge| landgrade::space::measure::squared_distance_to_segment(**p, edge[0], edge[1]) < 1e-6)
        };
        near(first) && near(second)
    };
    for (own, other) in [(&outlines[0], &outlines[1]), (&outlines[1], &outlines[0])] {
        let shared: Vec<_> = own.iter().filter(on_both).collect();
        assert!(shared.len() > 8, "{} corners on the border", shared.len());
        for corner in shared {
            let nearest = other.iter().map(|p| p.distance(*corner)).fold(f64::INFINITY, f64::min);
            assert!(nearest < 0.1, "{corner:?}: {nearest} m");
        }
    }
}
