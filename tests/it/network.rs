//! The sample city with distances along its roads: never a higher score than by the straight line, the same for any number of threads,
//! sealed whole, explained from the release alone.

use crate::tools::{codes, json, landgrade, shared, shown};
use landgrade::land::progress::Unwatched;
use landgrade::pipeline::{self, Map, Until};
use landgrade::project::Project;
use landgrade::release::{self, Release, first_difference};
use std::path::{Path, PathBuf};

/// Points of one level and of several, parks (polygons), and commercial centres (polygons) by either form of attenuation.
const FACTORS: [&str; 7] = ["shangfu", "shangfu_x", "gongjiao", "duiwai", "xuexiao", "yiyuan", "gongyuan"];

/// The project of the sample city, and its text with distances along the roads.
fn city(folder: &Path) -> (PathBuf, String) {
    let made = folder.join("city");
    let done = landgrade(&["sample", shown(&made), "--parcels", "700", "--seed", "4"]);
    assert!(done.status.success());
    let path = made.join("2025/project.toml");
    let text = std::fs::read_to_string(&path).unwrap();
    let network = "[network]\nsource = \"city.gpkg\"\nlayer = \"roads\"\n\n[grading]";
    let mut text = text.replacen("[grading]", network, 1);
    for key in FACTORS {
        let key = format!("key = \"{key}\"\n");
        text = text.replacen(&key, &format!("{key}distance = \"network\"\n"), 1);
    }
    (path, text)
}

fn run(project: &Project) -> Release {
    pipeline::run(project, Until::Prices, Map::Undrawn, &Unwatched).unwrap()
}

#[test]
fn no_score_is_above_that_by_straight_distances_and_threads_change_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let (path, text) = city(folder.path());
    let straight = run(&Project::read(&path).unwrap());
    let project = Project::parse(&text, &path).unwrap();
    let by_network = run(&project);
    let factors = by_network.head.factors.len();
    let mut lower = 0;
    for (at, (along, straight)) in by_network.units.scores.iter().zip(&straight.units.scores).enumerate() {
        let key = by_network.head.factors[at % factors].key.as_str();
        if FACTORS.contains(&key) {
            assert!(along <= &(straight + 1e-9), "{key}: {along} above {straight}");
            lower += usize::from(*along < straight - 1.0);
        } else {
            assert_eq!(along.to_bits(), straight.to_bits(), "{key}");
        }
    }
    assert!(lower > 1000, "ways along streets are longer: {lower}");
    for threads in [1, 3] {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        assert_eq!(first_difference(&pool.install(|| run(&project)), &by_network), None);
    }
}

#[test]
fn a_release_is_explained_and_verified_along_its_own_network() {
    let folder = tempfile::tempdir().unwrap();
    let (path, text) = city(folder.path());
    std::fs::write(&path, &text).unwrap();
    let project = Project::read(&path).unwrap();
    let mut release = run(&project);
    let inputs = path.parent().unwrap();
    let sealed = release::seal(&mut release, folder.path(), jiff::civil::date(2026, 1, 1), Some(inputs)).unwrap();
    let opened = release::open(&sealed.path).unwrap();
    assert_eq!(first_difference(&opened, &release), None);
    assert!(sealed.path.join("layers/network-lines.parquet").is_file());
    // The copy of the release knows nothing of the roads' file.
    let own = Project::sealed(&opened.head.project, &folder.path().join("gone/project.toml")).unwrap();
    let explained = pipeline::Explained::new(&opened, &own).unwrap();
    let (mut along, mut straight) = (0, 0);
    for unit in 0..opened.units.len() {
        let account = serde_json::to_value(explained.unit(&opened.units.ids.show(unit)).unwrap()).unwrap();
        for factor in account["factors"].as_array().unwrap() {
            let by_network = FACTORS.contains(&factor["key"].as_str().unwrap());
            for level in factor["source"]["levels"].as_array().into_iter().flatten() {
                let facility = &level["facility"];
                assert_eq!(by_network && !facility.is_null(), facility["network"].is_object(), "{factor}");
                let metres = |of: &serde_json::Value, name: &str| of[name].as_f64().unwrap();
                match facility["network"]["way"].as_str() {
                    Some("along") => {
                        let parts = ["access", "along", "source_access"].map(|part| metres(&facility["network"], part));
                        assert!((parts.iter().sum::<f64>() - metres(facility, "distance")).abs() < 1e-9, "{facility}");
                        along += 1;
                    }
                    Some(way) => {
                        assert_eq!(way, "straight");
                        straight += 1;
                    }
                    None => {}
                }
            }
        }
    }
    assert!(along > 1000 && straight > 100, "{along} along, {straight} straight");
    let verified = landgrade(&["verify", shown(&sealed.path), "--inputs", shown(inputs), "--replay"]);
    assert_eq!(verified.status.code(), Some(0), "{verified:?}");
}

/// Real roads of OpenStreetMap: 8743 pieces, 5 crossings without a common corner, 7 parts. The distances were found by a plain search written
/// apart from this program (every piece against every other, Dijkstra's algorithm from each school).
#[test]
fn swellendams_farms_are_as_far_from_school_as_a_plain_search_says() {
    let layer = |name: &str| shared(&format!("real/swellendam/{name}_33S.shp"));
    let (Some(farms), Some(roads), Some(schools)) = (layer("farms"), layer("roads"), layer("schools")) else { return };
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("project.toml");
    let text = format!(
        "[project]\nname = \"s\"\ncrs = \"EPSG:32733\"\n\
         [units]\nsource = \"{}\"\nid = \"AG_CAD_ID\"\noverlaps = \"none\"\n\
         [[uses]]\nkey = \"all\"\ngrades = 2\nbreaks = \"quantile\"\nweights = {{ school = 1 }}\n\
         [[factors]]\nkey = \"school\"\nkind = \"point\"\ndistance = \"network\"\nsource = \"{}\"\nlabel = \"name\"\n\
         levels = [{{ radius = 60000, score = 100 }}]\n\
         [network]\nsource = \"{}\"\n\
         [policy]\ninvalid-geometry = \"warn\"\nduplicate-geometry = \"warn\"\n",
        shown(&farms),
        shown(&schools),
        shown(&roads)
    );
    std::fs::write(&path, &text).unwrap();
    let (exit, answer, _) = json(&["check", shown(&path)]);
    let told = codes(&answer).into_iter().filter(|code| code.starts_with("network-in-parts")).count();
    assert_eq!((exit, told), (0, 1), "{answer}");
    let project = Project::read(&path).unwrap();
    let release = pipeline::run(&project, Until::Grades, Map::Undrawn, &Unwatched).unwrap();
    let explained = pipeline::Explained::new(&release, &project).unwrap();
    let found = [
        ("6242537", "Suurbraak", 34_346.493_655_967),
        ("6502761", "Bonnievale", 9_927.648_262_870),
        ("6504196", "Barrydale", 12_168.081_341_644),
        ("123", "Bonnievale", 11_055.267_927_722),
    ];
    for (farm, school, metres) in found {
        let account = serde_json::to_value(explained.unit(farm).unwrap()).unwrap();
        let facility = &account["factors"][0]["source"]["levels"][0]["facility"];
        assert_eq!(facility["id"], school);
        assert!((facility["distance"].as_f64().unwrap() - metres).abs() < 1e-6, "{farm}: {facility}");
    }
}
