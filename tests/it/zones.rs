//! Grade zones of the sample city against an independent library (`geo`): the topology rules of published grade maps.

use geo::{
    Area, BooleanOps, BoundingRect, Contains, Coord, InteriorPoint, Intersects, LineString, MultiPolygon, Point,
    Polygon, Rect, Validation,
};
use landgrade::land::progress::Unwatched;
use landgrade::pipeline::{self, Map, Until};
use landgrade::project::Project;
use landgrade::release::{self, Release, first_difference};
use landgrade::space::{Shape, measure};
use std::collections::HashMap;
use std::path::Path;
use std::process::Command;

/// The sample city with these lines in place of its own `[grading]`, and two factors going round the river.
fn city(folder: &Path, grading: &str) -> Project {
    let made = folder.join("city");
    let done = Command::new(env!("CARGO_BIN_EXE_landgrade"))
        .args(["sample", &made.to_string_lossy(), "--parcels", "700", "--seed", "4"])
        .output()
        .unwrap();
    assert!(done.status.success());
    let path = made.join("2025/project.toml");
    let text = std::fs::read_to_string(&path).unwrap();
    let own = &text[text.find("[grading]").unwrap()..text.find("[prices]").unwrap()];
    let barriers = "[[barriers]]\nkey = \"river\"\nsource = \"city.gpkg\"\nlayer = \"river\"\n\
                    crossings = { source = \"city.gpkg\", layer = \"bridges\", within = 80 }\n\n";
    let text = text.replace(own, &format!("{barriers}[grading]\n{grading}\n"));
    let text = text.replace("key = \"xuexiao\"\n", "key = \"xuexiao\"\nbarriers = [\"river\"]\n");
    let text = text.replace("key = \"shangfu_x\"\n", "key = \"shangfu_x\"\nbarriers = [\"river\"]\n");
    std::fs::write(&path, text).unwrap();
    Project::read(&path).unwrap()
}

fn polygon(shape: Shape<'_>) -> Polygon {
    let line = |points: &[landgrade::space::Point]| {
        LineString::new(points.iter().map(|point| Coord { x: point.x - 520_000.0, y: point.y - 3_380_000.0 }).collect())
    };
    let mut rings = shape.rings();
    let exterior = line(rings.next().unwrap().points);
    Polygon::new(exterior, rings.map(|ring| line(ring.points)).collect())
}

/// The zones of each use as polygons, about an origin near the city.
fn zones(release: &Release) -> Vec<Vec<Polygon>> {
    let zones = &release.map.zones;
    let mut by_use = vec![Vec::new(); release.uses.len()];
    for (zone, shape) in zones.shapes.iter().enumerate() {
        // T6: one part each.
        assert_eq!(shape.parts(), 1);
        by_use[usize::from(zones.uses[zone])].push(polygon(shape));
    }
    by_use
}

fn box_of(polygon: &Polygon) -> Rect {
    polygon.bounding_rect().unwrap()
}

fn check(release: &Release) {
    let by_use = zones(release);
    for (land_use, zones) in by_use.iter().enumerate() {
        for (at, one) in zones.iter().enumerate() {
            // T1: valid, closed, no self-crossing.
            assert!(one.is_valid(), "{:?}", one.check_validation());
            // T2: no overlap above 0.01 m².
            for other in zones[at + 1..].iter().filter(|other| box_of(one).intersects(&box_of(other))) {
                let shared = one.intersection(other).unsigned_area();
                assert!(shared < 0.01, "use {land_use}: {shared} m²");
            }
        }
        // T8: every sample that was placed lies in a zone of its use.
        let samples =
            release.samples.iter().filter(|sample| usize::from(sample.use_index) == land_use && sample.grade > 0);
        for sample in samples {
            let place = Point::new(sample.place.x - 520_000.0, sample.place.y - 3_380_000.0);
            assert!(zones.iter().any(|zone| zone.contains(&place) || zone.intersects(&place)), "{}", sample.id);
        }
    }
}

#[test]
fn zones_have_the_area_of_their_units_where_no_gap_is_closed() {
    let folder = tempfile::tempdir().unwrap();
    let project = city(folder.path(), "");
    let release = pipeline::run(&project, Until::Prices, Map::Drawn, &Unwatched).unwrap();
    check(&release);
    let zones = &release.map.zones;
    for zone in 0..zones.len() {
        assert!((zones.areas[zone] - zones.unit_areas[zone]).abs() < 0.01, "{zone}");
    }
    let (units, drawn): (f64, f64) = (release.units.areas.iter().sum(), zones.areas.iter().sum());
    assert!((units - drawn).abs() < 0.01, "{units} {drawn}");
    let listed: f64 = release.map.areas.iter().map(|row| row.area).sum();
    assert!((units - listed).abs() < 0.01, "{units} {listed}");
    assert_eq!(zones.units.iter().sum::<u32>() as usize, release.units.len());
}

#[test]
fn closed_simplified_and_cleaned_zones_keep_the_rules_and_seal_whole() {
    let folder = tempfile::tempdir().unwrap();
    let grading = "smallest_area = 4000\nclose_gaps = 40\nsimplify = 2\n\
                   districts = { source = \"city.gpkg\", layer = \"districts\", name = \"xzqmc\" }\n";
    let project = city(folder.path(), grading);
    let mut release = pipeline::run(&project, Until::Prices, Map::Drawn, &Unwatched).unwrap();
    check(&release);
    let zones = &release.map.zones;
    // Closing only adds ground; simplifying moves lines by 2 m at most, so no zone loses more than that along its outline.
    for (zone, shape) in zones.shapes.iter().enumerate() {
        let outline: f64 =
            shape.rings().flat_map(|ring| ring.points.windows(2)).map(|pair| pair[0].distance(pair[1])).sum();
        assert!(zones.areas[zone] > zones.unit_areas[zone] - 2.0 * outline, "{zone}");
        assert!((measure::area(shape) - zones.areas[zone]).abs() < 1e-6);
    }
    let listed: f64 = release.map.areas.iter().map(|row| row.area).sum();
    let units: f64 = release.units.areas.iter().sum();
    assert!((units - listed).abs() < 0.01, "{units} {listed}");
    assert!(release.map.areas.iter().any(|row| row.district == "城西区"), "{:?}", release.map.areas);
    // What is sealed is what was computed, and a second computation gives the same bits.
    let sealed = release::seal(&mut release, folder.path(), jiff::civil::date(2026, 1, 1), None).unwrap();
    let opened = release::open(&sealed.path).unwrap();
    assert_eq!(first_difference(&opened, &release), None);
    assert_eq!(opened.barriers.len(), 1);
    let again = pipeline::run(&project, Until::Prices, Map::Drawn, &Unwatched).unwrap();
    assert_eq!(first_difference(&opened, &again), None);
    // Every unit's score is explained from the release alone, ways round the river among them.
    let own = Project::sealed(&opened.head.project, &project.path).unwrap();
    let explained = pipeline::Explained::new(&opened, &own).unwrap();
    let ids: Vec<String> = (0..opened.units.len()).map(|unit| opened.units.ids.show(unit)).collect();
    let mut accounts = Vec::new();
    for id in &ids {
        let account = explained.unit(id).unwrap();
        // A unit whose grade the clean-up changed says which its total gives; the ways to the limits start from there.
        let change = opened.map.changes.iter().find(|change| change.unit == *id && change.from != change.to);
        assert_eq!(account.grade_by_total, change.map(|change| change.from), "{id}");
        assert!(account.better.iter().chain(&account.worse).all(|step| step.points >= 0.0), "{id}");
        accounts.push(serde_json::to_string(&account).unwrap());
    }
    assert!(opened.map.changes.iter().any(|change| change.from != change.to));
    assert!(accounts.iter().any(|account| account.contains("\"detour\":true")));
}

/// The graded area of the sample city, about the origin of [`polygon`].
fn graded_area(project: &Project) -> MultiPolygon {
    let survey = landgrade::ingest::survey(project, &Unwatched).unwrap();
    let shapes = survey.graded_area.expect("the sample names its graded area");
    MultiPolygon::new(shapes.iter().map(polygon).collect())
}

/// T5: where two zones of a use meet, each has the other's vertices: no vertex lies on a line that does not have it.
fn meet_at_vertices(release: &Release) {
    const CELL: f64 = 40.0;
    let zones = &release.map.zones;
    for land_use in 0..release.uses.len() {
        let own = (0..zones.len()).filter(|&zone| usize::from(zones.uses[zone]) == land_use);
        let rings: Vec<Vec<landgrade::space::Point>> = own
            .flat_map(|zone| zones.shapes.get(zone).rings().map(|ring| ring.points.to_vec()).collect::<Vec<_>>())
            .collect();
        let cell = |x: f64, y: f64| ((x / CELL).floor() as i64, (y / CELL).floor() as i64);
        let mut places: HashMap<(i64, i64), Vec<landgrade::space::Point>> = HashMap::new();
        rings.iter().flatten().for_each(|point| places.entry(cell(point.x, point.y)).or_default().push(*point));
        for pair in rings.iter().flat_map(|ring| ring.windows(2)) {
            let (a, b) = (pair[0], pair[1]);
            let length = a.distance(b);
            let ((left, low), (right, high)) =
                (cell(a.x.min(b.x) - 1.0, a.y.min(b.y) - 1.0), cell(a.x.max(b.x) + 1.0, a.y.max(b.y) + 1.0));
            for near in (left..=right).flat_map(|x| (low..=high).map(move |y| (x, y))).filter_map(|at| places.get(&at))
            {
                for place in near {
                    let along = ((place.x - a.x) * (b.x - a.x) + (place.y - a.y) * (b.y - a.y)) / length;
                    let off = ((place.x - a.x) * (b.y - a.y) - (place.y - a.y) * (b.x - a.x)).abs() / length;
                    let inside = along > 1e-3 && along < length - 1e-3;
                    assert!(!(inside && off < 1e-4), "use {land_use}: {place:?} on {a:?} – {b:?}");
                }
            }
        }
    }
}

/// T1, T2, T4, T5, T6, T8, T9 on parcels with their streets closed: three thousand, where gaps of every shape are.
#[test]
fn a_city_with_its_streets_closed_keeps_the_topology_rules() {
    let folder = tempfile::tempdir().unwrap();
    let made = folder.path().join("city");
    let done =
        Command::new(env!("CARGO_BIN_EXE_landgrade")).args(["sample", &made.to_string_lossy()]).output().unwrap();
    assert!(done.status.success());
    let project = Project::read(&made.join("2025/project.toml")).unwrap();
    assert!(project.zones.close_gaps > 0.0 && project.zones.simplify > 0.0);
    let release = pipeline::run(&project, Until::Prices, Map::Drawn, &Unwatched).unwrap();
    check(&release);
    meet_at_vertices(&release);
    let (zones, area) = (&release.map.zones, graded_area(&project));
    let least = release.units.areas.iter().copied().fold(f64::INFINITY, f64::min);
    for zone in 0..zones.len() {
        // T1: no sliver: every zone has a unit, and all the ground of its units; simplified lines take 2 m at most.
        assert!(zones.units[zone] > 0 && zones.areas[zone] > 0.9 * least, "{zone}: {}", zones.areas[zone]);
        // T4: inside the graded area.
        let outside = polygon(zones.shapes.get(zone)).difference(&area).unsigned_area();
        assert!(outside < 0.01, "zone {zone}: {outside} m² outside");
        // T9: within the belt of three degrees, where the easting has no belt number.
        let extent = zones.shapes.get(zone).extent();
        assert!(
            extent.min.x > 330_000.0 && extent.max.x < 670_000.0 && extent.min.y > 0.0 && extent.max.y < 10_000_000.0
        );
    }
    // Every unit lies in the zone that counts it.
    assert_eq!(zones.units.iter().sum::<u32>() as usize, release.units.len());
    let mut counted = vec![0u32; zones.len()];
    let drawn: Vec<Polygon> = zones.shapes.iter().map(polygon).collect();
    let boxes: Vec<Rect> = drawn.iter().map(box_of).collect();
    let shapes = release.units.shapes.as_ref().unwrap();
    for (unit, shape) in shapes.iter().enumerate() {
        let place = polygon(shape).interior_point().unwrap();
        let own = (zones.uses.iter().zip(&zones.grades)).enumerate().filter(|(_, (of_use, grade))| {
            (**of_use, **grade) == (release.units.uses[unit], release.units.grades[unit])
        });
        let found =
            own.map(|(zone, _)| zone).find(|&zone| boxes[zone].intersects(&place) && drawn[zone].contains(&place));
        counted[found.unwrap_or_else(|| panic!("unit {unit} lies in no zone of its grade"))] += 1;
    }
    assert_eq!(counted, zones.units);
}

/// T3 and T4: zones of units that tile are the graded area, use by use, also where their lines are simplified.
#[test]
fn zones_of_units_that_tile_fill_the_graded_area() {
    let folder = tempfile::tempdir().unwrap();
    let project = city(folder.path(), "smallest_area = 50000\nsimplify = 2\n");
    let text = std::fs::read_to_string(&project.path).unwrap();
    let own = &text[text.find("[units]").unwrap()..text.find("[[uses]]").unwrap()];
    std::fs::write(&project.path, text.replace(own, "[units]\nmake = \"grid\"\nsize = 100\n\n")).unwrap();
    let project = Project::read(&project.path).unwrap();
    let release = pipeline::run(&project, Until::Grades, Map::Drawn, &Unwatched).unwrap();
    check(&release);
    meet_at_vertices(&release);
    let (by_use, area) = (zones(&release), graded_area(&project));
    for (land_use, zones) in by_use.iter().enumerate() {
        let drawn: f64 = zones.iter().map(Area::unsigned_area).sum();
        assert!((drawn - area.unsigned_area()).abs() < 0.01, "use {land_use}: {drawn} {}", area.unsigned_area());
        for zone in zones {
            let outside = zone.difference(&area).unsigned_area();
            assert!(outside < 0.01, "use {land_use}: {outside} m² outside");
        }
    }
    assert!(release.map.zones.units.iter().all(|units| *units > 0));
}
