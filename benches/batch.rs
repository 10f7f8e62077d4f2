//! The stages of a batch on the sample city: read, score, grade and price, seal, publish.

use landgrade::formats::csv::{self, Header};
use landgrade::formats::gpkg;
use landgrade::land::progress::Unwatched;
use landgrade::pipeline::{self, Map, Until};
use landgrade::project::Project;
use landgrade::publish::{self, Format};
use landgrade::sample::{Plan, city};
use landgrade::{ingest, release, score};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

const PARCELS: usize = 100_000;

fn main() {
    divan::main();
}

/// The city's project file, made once.
fn project_file() -> &'static Path {
    static MADE: OnceLock<(tempfile::TempDir, PathBuf)> = OnceLock::new();
    let (_, path) = MADE.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        let city = city(&Plan { parcels: PARCELS, seed: 1, years: vec![2025] }).unwrap();
        let tables = city.tables(&city.years[0]);
        let layers: Vec<gpkg::Layer<'_>> = tables.iter().map(|table| gpkg::Layer { table, style: None }).collect();
        gpkg::write(&folder.path().join("city.gpkg"), &layers).unwrap();
        city.dem.write(&folder.path().join("dem.tif"), &city.crs).unwrap();
        let options = csv::Options { bom: false, header: Header::Names, rounded: false };
        csv::write(&city.years[0].index_table(), &folder.path().join("index.csv"), &options).unwrap();
        let path = folder.path().join("project.toml");
        std::fs::write(&path, city.project_file(&city.years[0])).unwrap();
        (folder, path)
    });
    path
}

fn project() -> Project {
    Project::read(project_file()).unwrap()
}

#[divan::bench(sample_count = 5)]
fn read(bencher: divan::Bencher<'_, '_>) {
    let project = project();
    bencher
        .counter(divan::counter::ItemsCount::new(PARCELS))
        .bench_local(|| ingest::survey(&project, &Unwatched).map(|survey| survey.units.len()));
}

#[divan::bench(sample_count = 5)]
fn scores(bencher: divan::Bencher<'_, '_>) {
    let project = project();
    let survey = ingest::survey(&project, &Unwatched).unwrap();
    let model = pipeline::model(&project, &survey.layers, &[], &survey.barriers, None).unwrap();
    bencher
        .counter(divan::counter::ItemsCount::new(PARCELS))
        .bench_local(|| score::score(&model, &survey.units, &Unwatched).map(|table| table.totals.len()));
}

#[divan::bench(sample_count = 5)]
fn whole_batch(bencher: divan::Bencher<'_, '_>) {
    let project = project();
    bencher.counter(divan::counter::ItemsCount::new(PARCELS)).bench_local(|| {
        pipeline::run(&project, Until::Prices, Map::Undrawn, &Unwatched).map(|release| release.units.len())
    });
}

#[divan::bench(sample_count = 3)]
fn seal(bencher: divan::Bencher<'_, '_>) {
    let mut sealed = pipeline::run(&project(), Until::Prices, Map::Undrawn, &Unwatched).unwrap();
    let today = jiff::civil::date(2026, 1, 1);
    bencher
        .counter(divan::counter::ItemsCount::new(PARCELS))
        .with_inputs(|| tempfile::tempdir().unwrap())
        .bench_local_refs(|folder| {
            release::seal(&mut sealed, folder.path(), today, None).map(|sealed| sealed.content_digest)
        });
}

#[divan::bench(args = ["gpkg", "geojson", "shp", "csv", "xlsx"], sample_count = 3)]
fn published(bencher: divan::Bencher<'_, '_>, format: &str) {
    let release = pipeline::run(&project(), Until::Prices, Map::Undrawn, &Unwatched).unwrap();
    let format: Vec<Format> = Format::parse_list(format).unwrap();
    bencher
        .counter(divan::counter::ItemsCount::new(PARCELS))
        .with_inputs(|| tempfile::tempdir().unwrap())
        .bench_local_refs(|folder| {
            publish::publish(&release, folder.path(), &format, &publish::Options::default())
                .map(|done| done.files.len())
        });
}
