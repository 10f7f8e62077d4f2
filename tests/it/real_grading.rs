//! Seoul (Jamsil-dong) and Swellendam graded from their layers to a sealed release; skipped aloud where the shared data is absent.
//!
//! The oracle computes every factor anew: distances to all facilities one by one, shared ground by `geo`.

use crate::tools::{json, landgrade, shared, shown};
use geo::{Area, BooleanOps, BoundingRect, Coord, Intersects, LineString, MultiPolygon, Polygon, unary_union};
use landgrade::ingest::{self, survey::FactorLayer};
use landgrade::land::Values;
use landgrade::land::progress::Unwatched;
use landgrade::pipeline::{self, Map, Until};
use landgrade::project::Project;
use landgrade::release::{self, Release};
use landgrade::space::{Point, Shape, Shapes};
use std::path::{Path, PathBuf};

fn as_geo(shape: Shape<'_>, origin: Point) -> MultiPolygon {
    let line = |points: &[Point]| -> LineString {
        points.iter().map(|p| Coord { x: p.x - origin.x, y: p.y - origin.y }).collect()
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

/// The project file `name.toml` in a folder, made of a text with the `[units]` given.
fn project(folder: &Path, name: &str, text: &str, units: &str) -> PathBuf {
    let path = folder.join(format!("{name}.toml"));
    let release = format!("\n[release]\nname = \"{name}\"\nformats = [\"csv\"]\n");
    std::fs::write(&path, text.replace("[units]", &format!("[units]\n{units}")) + &release).unwrap();
    path
}

fn graded(path: &Path) -> Release {
    let project = Project::read(path).unwrap();
    pipeline::run(&project, Until::Grades, Map::Drawn, &Unwatched).unwrap()
}

fn seoul(parcels: &Path) -> String {
    let file = |name: &str| parcels.with_file_name(name).display().to_string();
    format!(
        "[project]\nname = \"Jamsil\"\ncrs = \"EPSG:5186\"\ngraded_area = {{ source = \"{}\" }}\n[units]\n\
         [[uses]]\nkey = \"composite\"\ngrades = 5\nweights = {{ station = 0.5, clinic = 0.3, floors = 0.2 }}\n\
         [[factors]]\nkey = \"station\"\nkind = \"point\"\nsource = \"{}\"\nlevels = [{{ radius = 1200, score = 100 }}]\n\
         [[factors]]\nkey = \"clinic\"\nkind = \"point\"\nsource = \"{}\"\nattenuation = \"exponential\"\n\
         levels = [{{ radius = 800, score = 100 }}]\n\
         [[factors]]\nkey = \"floors\"\nkind = \"area\"\nsource = \"{}\"\nvalue = \"A32\"\ndirection = \"high-is-good\"\n\
         default = 0\n\
         [policy]\ninvalid-geometry = \"repair\"\noutside-graded-area = \"warn\"\noverlap = \"warn\"\n",
        file("targetemd.geojson"),
        file("seoulmetrostation.geojson"),
        file("seoulmed.geojson"),
        file("bldg.geojson")
    )
}

/// The factor scores of a unit from nothing but its shape and the layers: f·(1 − d/D), f^(1 − d/D), and shares of ground.
fn by_hand(shape: Shape<'_>, at: Point, layers: &[FactorLayer]) -> [f64; 3] {
    let vector = |number: usize| match &layers[number] {
        FactorLayer::Vector(layer) => layer,
        _ => panic!("a vector layer"),
    };
    let nearest = |shapes: &Shapes| {
        let places = shapes.iter().flat_map(|shape| shape.points());
        places.map(|place| place.distance(at)).fold(f64::INFINITY, f64::min)
    };
    let (station, clinic) = (nearest(&vector(0).shapes), nearest(&vector(1).shapes));
    let station = if station < 1200.0 { 100.0 * (1.0 - station / 1200.0) } else { 0.0 };
    let clinic = if clinic < 800.0 { 100f64.powf(1.0 - clinic / 800.0) } else { 0.0 };
    let buildings = vector(2);
    let Values::Real(floors) = &buildings.columns[0].values else { panic!("floors are numbers") };
    let (low, high) =
        floors.iter().fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), &f| (low.min(f), high.max(f)));
    let unit = as_geo(shape, at);
    let (whole, around) = (unit.unsigned_area(), unit.bounding_rect().unwrap());
    let (mut sum, mut covered) = (0.0, 0.0);
    for (building, floors) in buildings.shapes.iter().zip(floors) {
        let building = as_geo(building, at);
        if building.bounding_rect().unwrap().intersects(&around) {
            let shared = building.intersection(&unit).unsigned_area();
            sum += shared * 100.0 * (floors - low) / (high - low);
            covered += shared;
        }
    }
    [station, clinic, sum / (covered + (whole - covered).max(0.0))]
}

#[test]
fn seouls_parcels_get_the_scores_that_distances_and_shares_of_ground_give() {
    let Some(parcels) = shared("real/seoul/parcels.geojson") else { return };
    let folder = tempfile::tempdir().unwrap();
    let units = format!("source = \"{}\"\nid = \"고유번호\"\nkeep = [\"공시지가\"]\n", shown(&parcels));
    let path = project(folder.path(), "parcels", &seoul(&parcels), &units);
    let release = graded(&path);
    assert_eq!(release.units.len(), 2382);
    let survey = ingest::survey(&Project::read(&path).unwrap(), &Unwatched).unwrap();
    for unit in (0..2382).step_by(7) {
        let (shape, at) = (survey.units.shapes.get(unit), survey.units.centroids[unit]);
        let (found, wanted) = (&release.units.scores[unit * 3..unit * 3 + 3], by_hand(shape, at, &survey.layers));
        let id = release.units.ids.show(unit);
        assert!(
            (found[0] - wanted[0]).abs() < 1e-9 && (found[1] - wanted[1]).abs() < 1e-9,
            "{id}: {found:?} {wanted:?}"
        );
        assert!((found[2] - wanted[2]).abs() < 1e-3, "{id}: {found:?} {wanted:?}");
        let total = 0.5 * found[0] + 0.3 * found[1] + 0.2 * found[2];
        assert!((release.units.totals[unit] - total).abs() < 1e-9, "{id}");
    }
    assert!((1..=5).all(|grade| release.units.grades.contains(&grade)));
    // The official price per m² was never looked at: it follows the totals (Spearman's ρ is 0.357 by SciPy over the same columns).
    let Values::Int(prices) = &release.units.kept[0].values else { panic!("prices are whole numbers") };
    let prices: Vec<f64> = prices.iter().map(|price| price.unwrap() as f64).collect();
    let rho = correlation(&ranks(&release.units.totals), &ranks(&prices));
    assert!((rho - 0.357).abs() < 0.001, "{rho}");
}

fn ranks(values: &[f64]) -> Vec<f64> {
    let mean_rank = |value: &f64| {
        let (below, equal) = values.iter().fold((0, 0), |(below, equal), other| {
            (below + usize::from(other < value), equal + usize::from(other == value))
        });
        below as f64 + (equal as f64 + 1.0) / 2.0
    };
    values.iter().map(mean_rank).collect()
}

fn correlation(a: &[f64], b: &[f64]) -> f64 {
    let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len() as f64;
    let (ma, mb) = (mean(a), mean(b));
    let product = |one: &[f64], m: f64, other: &[f64], n: f64| -> f64 {
        one.iter().zip(other).map(|(x, y)| (x - m) * (y - n)).sum()
    };
    product(a, ma, b, mb) / (product(a, ma, a, ma) * product(b, mb, b, mb)).sqrt()
}

/// Quadtree cells and the pieces of parcels tile the district's 5.2 km², as `geo` measures it; every verb takes the release.
#[test]
fn jamsil_is_tiled_and_reviewed() {
    let Some(parcels) = shared("real/seoul/parcels.geojson") else { return };
    let folder = tempfile::tempdir().unwrap();
    let overlay =
        format!("make = \"overlay\"\nlayers = [{{ source = \"{}\", label = \"고유번호\" }}]\n", shown(&parcels));
    let quadtree = "make = \"quadtree\"\nlargest = 400\nsmallest = 25\n";
    for (name, units, least) in [("quadtree", quadtree, 250), ("overlay", overlay.as_str(), 2000)] {
        let path = project(folder.path(), name, &seoul(&parcels), units);
        let release = graded(&path);
        let survey = ingest::survey(&Project::read(&path).unwrap(), &Unwatched).unwrap();
        let area = survey.graded_area.unwrap();
        let origin = area.get(0).points()[0];
        let parts: Vec<MultiPolygon> = area.iter().map(|shape| as_geo(shape, origin)).collect();
        let (wanted, found) = (unary_union(&parts).unsigned_area(), release.units.areas.iter().sum::<f64>());
        assert!((wanted - found).abs() < 0.1, "{name}: {wanted} {found}");
        let listed: f64 = release.map.areas.iter().map(|row| row.area).sum();
        assert!((listed - found).abs() < 0.01, "{name}");
        assert!(release.units.len() > least, "{name}: {}", release.units.len());
    }
    let path = folder.path().join("quadtree.toml");
    let (exit, answer, said) = json(&["run", shown(&path)]);
    assert_eq!(exit, 0, "{answer} {said}");
    let sealed = answer["release"].as_str().unwrap();
    let id = release::open(Path::new(sealed)).unwrap().units.ids.show(100);
    for verb in [&["verify", sealed][..], &["explain", sealed, &id], &["stability", sealed], &["report", sealed]] {
        let done = landgrade(verb);
        assert!(done.status.success(), "{verb:?}: {}", String::from_utf8_lossy(&done.stderr));
    }
}

fn swellendam(farms: &Path, rest: &str) -> String {
    let file = |name: &str| farms.with_file_name(name).display().to_string();
    format!(
        "[project]\nname = \"Swellendam\"\ncrs = \"EPSG:32733\"\n{rest}[units]\n\
         [[uses]]\nkey = \"farming\"\ngrades = 5\nweights = {{ roads = 0.4, towns = 0.3, slope = 0.3 }}\n\
         [[factors]]\nkey = \"roads\"\nkind = \"line\"\nsource = \"{}\"\nlevel_field = \"TYPE\"\n\
         levels = [{{ level = \"trunk\", radius = 20000, score = 100 }}, {{ level = \"secondary\", radius = 10000, score = 70 }}]\n\
         [[factors]]\nkey = \"towns\"\nkind = \"point\"\nsource = \"{}\"\nlevels = [{{ radius = 40000, score = 100 }}]\n\
         [[factors]]\nkey = \"slope\"\nkind = \"raster\"\nsource = \"{}\"\nvalue = \"slope\"\ndirection = \"high-is-bad\"\n\
         low = 0\nhigh = 15\n\
         [policy]\ninvalid-geometry = \"repair\"\nduplicate-geometry = \"repair\"\noverlap = \"warn\"\nduplicate-id = \"repair\"\n",
        file("roads_33S.shp"),
        file("places_33S.shp"),
        file("srtm_41_19_4326.tif")
    )
}

/// Farms with 16 invalid polygons, dozens given twice and hundreds upon one another: graded as they are, as cells of the ground they cover,
/// and laid over one another.
#[test]
fn swellendams_farms_are_graded_as_they_are_and_as_ground() {
    let Some(farms) = shared("real/swellendam/farms_33S.shp") else { return };
    let folder = tempfile::tempdir().unwrap();
    let units = format!("source = \"{}\"\nid = \"AG_CAD_ID\"\n", shown(&farms));
    let path = project(folder.path(), "farms", &swellendam(&farms, ""), &units);
    let release = graded(&path);
    assert!(release.units.len() > 1900, "{}", release.units.len());
    let survey = ingest::survey(&Project::read(&path).unwrap(), &Unwatched).unwrap();
    let FactorLayer::Vector(towns) = &survey.layers[1] else { panic!("places") };
    for unit in 0..release.units.len() {
        let at = survey.units.centroids[unit];
        let near = towns.shapes.iter().flat_map(|shape| shape.points()).map(|place| place.distance(at));
        let wanted = (100.0 * (1.0 - near.fold(f64::INFINITY, f64::min) / 40_000.0)).max(0.0);
        assert!((release.units.scores[unit * 3 + 1] - wanted).abs() < 1e-9, "{}", release.units.ids.show(unit));
    }
    let area = format!("graded_area = {{ source = \"{}\" }}\n", shown(&farms));
    let text = swellendam(&farms, &area);
    let layers =
        format!("make = \"overlay\"\nlayers = [{{ source = \"{}\", label = \"AG_CAD_ID\" }}]\n", shown(&farms));
    let grid = graded(&project(folder.path(), "grid", &text, "make = \"grid\"\nsize = 2000\n"));
    let pieces = graded(&project(folder.path(), "overlay", &text, &layers));
    // 3,210.70 km², as Shapely's union of the mended farms has it (3 210 697 752.185 m²).
    for release in [&grid, &pieces] {
        let told = release.head.tiling.as_ref().unwrap();
        assert!((told.area - told.graded_area).abs() < 0.33, "{told:?}");
        assert!((told.area / 1e6 - 3_210.697_75).abs() < 1e-5, "{told:?}");
    }
    assert!((grid.units.areas.iter().sum::<f64>() - pieces.units.areas.iter().sum::<f64>()).abs() < 0.5);
}
