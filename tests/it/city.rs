//! The sample city at every size runs as a whole, and the committed one is what the generator makes.

use landgrade::land::progress::Unwatched;
use landgrade::pipeline::{self, Map, Until};
use landgrade::project::Project;
use std::path::Path;
use std::process::Command;

fn make(folder: &Path, parcels: usize, seed: u64) {
    let done = Command::new(env!("CARGO_BIN_EXE_landgrade"))
        .arg("sample")
        .arg(folder)
        .args(["--parcels", &parcels.to_string(), "--seed", &seed.to_string()])
        .output()
        .unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
}

#[test]
fn cities_of_any_size_and_seed_can_be_graded_and_priced() {
    for (parcels, seed) in [(300, 1), (300, 2), (301, 3), (350, 4), (500, 5), (900, 6)] {
        let folder = tempfile::tempdir().unwrap();
        let city = folder.path().join("city");
        make(&city, parcels, seed);
        for year in ["2025", "2026"] {
            let project = Project::read(&city.join(year).join("project.toml")).unwrap();
            let release = pipeline::run(&project, Until::Prices, Map::Undrawn, &Unwatched)
                .unwrap_or_else(|fault| panic!("{parcels} parcels, seed {seed}, {year}: {fault:?}"));
            assert!(release.units.prices.iter().all(|price| *price > 0.0), "{parcels} parcels, seed {seed}, {year}");
        }
    }
}

#[test]
fn the_committed_city_is_what_the_generator_makes() {
    let folder = tempfile::tempdir().unwrap();
    let made = folder.path().join("city");
    make(&made, 300, 1);
    let kept = Path::new(env!("CARGO_MANIFEST_DIR")).join("data-samples/city");
    for year in ["2025", "2026"] {
        for file in
            ["city.gpkg", "dem.tif", "index.csv", "project.toml", "composite.toml", "corrections.toml", "layout.toml"]
        {
            let [one, other] = [&made, &kept].map(|folder| std::fs::read(folder.join(year).join(file)).unwrap());
            assert!(one == other, "{year}/{file} differs: landgrade sample data-samples/city --parcels 300 --seed 1");
        }
    }
}
