//! The stages of a batch on the sample city: read, score, grade and price, seal, publish.

use landgrade::factors::network::Network;
use landgrade::formats::csv::{self, Header};
use landgrade::formats::gpkg;
use landgrade::land::progress::Unwatched;
use landgrade::pipeline::{self, Map, Until};
use landgrade::project::{FactorKind, FactorPlan, Project};
use landgrade::publish::{self, Format};
use landgrade::sample::{Plan, city};
use landgrade::{ingest, release, score};
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

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

/// The centres and facilities alone, with their distances straight or along the city's roads; the ways are made anew each time.
#[divan::bench(args = ["straight", "network"], sample_count = 5)]
fn facilities(bencher: divan::Bencher<'_, '_>, distance: &str) {
    let path = project_file();
    let roads = "[network]\nsource = \"city.gpkg\"\nlayer = \"roads\"\n\n[grading]";
    let mut text = std::fs::read_to_string(path).unwrap().replacen("[grading]", roads, 1);
    for kind in ["point", "centre"] {
        let kind = format!("kind = \"{kind}\"");
        text = text.replace(&kind, &format!("distance = \"{distance}\"\n{kind}"));
    }
    let project = Project::parse(&text, path).unwrap();
    let survey = ingest::survey(&project, &Unwatched).unwrap();
    bencher.counter(divan::counter::ItemsCount::new(PARCELS)).bench_local(|| {
        let lines = survey.network.as_ref().expect("the project names its roads");
        let network = Arc::new(Network::new(&lines.shapes, 0.5));
        let mut model = pipeline::model(&project, &survey.layers, &[], &survey.barriers, Some(&network)).unwrap();
        let reaches = |factor: &FactorPlan| matches!(factor.kind, FactorKind::Point(_) | FactorKind::Centre(_));
        let mut chosen = project.factors.iter().map(reaches);
        model.fields.retain(|_| chosen.next() == Some(true));
        let count = model.fields.len();
        model.keys.truncate(count);
        model.weights.iter_mut().for_each(|weights| *weights = vec![1.0 / count as f64; count]);
        score::score(&model, &survey.units, &Unwatched).map(|table| table.totals.len())
    });
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
