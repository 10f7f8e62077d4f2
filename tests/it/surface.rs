//! Prices made from samples about the sample city's true surface, held against that surface.

use landgrade::land::progress::Unwatched;
use landgrade::pipeline::{self, Map, Until};
use landgrade::project::Project;
use landgrade::sample::{Plan, city};
use std::collections::HashMap;
use std::process::Command;

/// The generator draws sales at the true price of a parcel, carried to their own date, term and plot ratio, with a noise of 10 % and a few strays. The
/// 95 % interval of a grade's mean should hold the mean of the true prices of the grade's parcels about nineteen times in twenty.
#[test]
fn the_true_prices_lie_within_the_stated_intervals() {
    let (mut held, mut looked_at, mut off) = (0, 0, Vec::new());
    for seed in 1..=3 {
        let folder = tempfile::tempdir().unwrap();
        let made = folder.path().join("city");
        let done = Command::new(env!("CARGO_BIN_EXE_landgrade"))
            .args(["sample", &made.to_string_lossy(), "--parcels", "4000", "--seed", &seed.to_string()])
            .output()
            .unwrap();
        assert!(done.status.success());
        let project = Project::read(&made.join("2025/project.toml")).unwrap();
        let release = pipeline::run(&project, Until::Prices, Map::Drawn, &Unwatched).unwrap();
        let truth = city(&Plan { parcels: 4000, seed, years: vec![2025, 2026] }).unwrap();
        let year = &truth.years[0];
        let parcels = year.layer("parcels").unwrap();
        let ids = &parcels.columns.iter().find(|column| column.column.name == "zddm").unwrap().column.values;
        let of: HashMap<String, f64> =
            (0..parcels.shapes.len()).map(|row| (ids.get(row).to_string(), year.truth[row])).collect();
        for cell in release.cells.iter().filter(|cell| cell.kept >= 8) {
            let own = (0..release.units.len())
                .filter(|&unit| (release.units.uses[unit], release.units.grades[unit]) == (cell.use_index, cell.grade));
            let prices: Vec<f64> = own.map(|unit| of[&release.units.ids.show(unit)]).collect();
            let mean = prices.iter().sum::<f64>() / prices.len() as f64;
            let (low, high) = cell.interval.unwrap();
            looked_at += 1;
            held += usize::from((low..=high).contains(&mean));
            off.push(cell.raw.unwrap() / mean - 1.0);
        }
    }
    assert!(looked_at >= 40, "{looked_at}");
    // 95 % of so many, less three deviations of the binomial.
    let expected = 0.95 * f64::from(looked_at);
    let least = expected - 3.0 * (expected * 0.05).sqrt();
    assert!(held as f64 >= least, "{held} of {looked_at} intervals hold the truth");
    // No bias: what the noise adds on the mean is half its variance, 0.5 %.
    let mean = off.iter().sum::<f64>() / off.len() as f64;
    assert!(mean.abs() < 0.02, "{mean}");
}
