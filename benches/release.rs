//! How fast a release is written, read, sealed, opened and verified: polygons of 9 points, 11 scores, price and two kept fields.

use divan::counter::ItemsCount;
use landgrade::ingest::finding::Findings;
use landgrade::land::{Column, IdColumn, Values};
use landgrade::release::{self, FactorHead, GradeMap, Head, Origin, Release, UnitRows, UseHead, rows, rows_read};
use landgrade::space::{Crs, Kind, Point, Shapes};

const UNITS: usize = 1_000_000;
const FACTORS: usize = 11;

fn main() {
    divan::main();
}

/// Octagons on a grid, in rows from west to east.
fn plots(count: usize) -> Shapes {
    let mut shapes = Shapes::new(Kind::Polygon);
    let side = (count as f64).sqrt().ceil() as usize;
    for plot in 0..count {
        let (x, y) = (480_000.0 + 31.3 * (plot % side) as f64, 3_380_000.0 + 29.7 * (plot / side) as f64);
        let corner = |corner: u32| {
            let angle = f64::from(corner % 8) * std::f64::consts::FRAC_PI_4;
            Point::new(x + 14.0 * angle.cos(), y + 13.0 * angle.sin())
        };
        shapes.push_ring(&[0, 1, 2, 3, 4, 5, 6, 7, 8].map(corner), true);
        shapes.end_feature();
    }
    shapes
}

fn city(count: usize) -> Release {
    let score = |at: usize| (at as f64 * 0.618_033_988_749).fract() * 100.0;
    let land_use = |key: &str| UseHead {
        key: key.to_string(),
        name: key.to_string(),
        grades: 9,
        method: "natural".to_string(),
        limits: (1..9).map(|limit| f64::from(limit) * 11.0).collect(),
        gvf: 0.95,
        weights: vec![1.0 / FACTORS as f64; FACTORS],
        reason: None,
        layers: None,
        judged: None,
        alternative_limits: Vec::new(),
        connotation: None,
    };
    let column = |name: &str, values| Column { name: name.to_string(), values };
    Release {
        head: Head {
            name: "bench".to_string(),
            title: "bench".to_string(),
            crs: Crs::parse("EPSG:4547").expect("PROJ knows it"),
            base_date: None,
            supersedes: None,
            origin: Origin::Computed,
            project: String::new(),
            factors: (0..FACTORS)
                .map(|factor| FactorHead {
                    key: format!("f{factor}"),
                    name: format!("因素{factor}"),
                    ..FactorHead::default()
                })
                .collect(),
            groups: Vec::new(),
            inputs: Vec::new(),
            tiling: None,
            corrections: String::new(),
            index: String::new(),
            mapping: String::new(),
            gate: String::new(),
        },
        uses: ["commercial", "residential", "industrial"].map(land_use).into(),
        units: UnitRows {
            ids: IdColumn::Int((1..=count as i64).collect()),
            uses: (0..count).map(|unit| (unit % 3) as u8).collect(),
            shapes: Some(plots(count)),
            areas: (0..count).map(|unit| 514.0 + score(unit)).collect(),
            scores: (0..count * FACTORS).map(score).collect(),
            totals: (0..count).map(|unit| (score(unit) * 1e9).round() / 1e9).collect(),
            grades: (0..count).map(|unit| (unit % 9) as u8 + 1).collect(),
            alternatives: Vec::new(),
            prices: (0..count).map(|unit| (unit % 9) as f64 * 137.0).collect(),
            kept: vec![
                column("街道", Values::Text((0..count).map(|unit| format!("街道{}", unit / 5000)).collect())),
                column("floors", Values::Int((0..count).map(|unit| Some(unit as i64 % 30)).collect())),
            ],
        },
        cells: Vec::new(),
        samples: Vec::new(),
        rejected: Vec::new(),
        findings: Findings::default(),
        layers: Vec::new(),
        barriers: Vec::new(),
        network: None,
        map: GradeMap::default(),
    }
}

#[divan::bench(sample_count = 5, sample_size = 1)]
fn write_units(bencher: divan::Bencher<'_, '_>) {
    let city = city(UNITS);
    let folder = tempfile::tempdir().expect("a folder for the bench");
    let target = folder.path().join("units.parquet");
    bencher.counter(ItemsCount::new(UNITS)).bench_local(|| {
        rows::write(&city.units, &city.uses, &city.head.factors, &city.head.crs, &target).expect("the rows are written")
    });
}

#[divan::bench(sample_count = 5, sample_size = 1)]
fn read_units(bencher: divan::Bencher<'_, '_>) {
    let city = city(UNITS);
    let folder = tempfile::tempdir().expect("a folder for the bench");
    let target = folder.path().join("units.parquet");
    rows::write(&city.units, &city.uses, &city.head.factors, &city.head.crs, &target).expect("the rows are written");
    bencher
        .counter(ItemsCount::new(UNITS))
        .bench_local(|| rows_read::read(&target, &city.uses, &city.head.factors).expect("the rows are read"));
}

/// Everything with it: digests, syncing, the read-only folder.
#[divan::bench(sample_count = 3, sample_size = 1)]
fn seal(bencher: divan::Bencher<'_, '_>) {
    let mut city = city(UNITS);
    let folder = tempfile::tempdir().expect("a folder for the bench");
    let mut number = 0;
    bencher.counter(ItemsCount::new(UNITS)).bench_local(|| {
        number += 1;
        city.head.name = format!("bench-{number}");
        release::seal(&mut city, folder.path(), jiff::civil::date(2026, 1, 1), None).expect("the release is sealed")
    });
}

#[divan::bench(sample_count = 3, sample_size = 1)]
fn open(bencher: divan::Bencher<'_, '_>) {
    let folder = tempfile::tempdir().expect("a folder for the bench");
    let sealed = release::seal(&mut city(UNITS), folder.path(), jiff::civil::date(2026, 1, 1), None);
    let path = sealed.expect("the release is sealed").path;
    bencher.counter(ItemsCount::new(UNITS)).bench_local(|| release::open(&path).expect("the release opens"));
}

#[divan::bench(sample_count = 3, sample_size = 1)]
fn verify(bencher: divan::Bencher<'_, '_>) {
    let folder = tempfile::tempdir().expect("a folder for the bench");
    let sealed = release::seal(&mut city(UNITS), folder.path(), jiff::civil::date(2026, 1, 1), None);
    let path = sealed.expect("the release is sealed").path;
    bencher.counter(ItemsCount::new(UNITS)).bench_local(|| release::verify(&path, None).expect("the release is read"));
}

/// Two equal cities, so that every value is looked at.
#[divan::bench(sample_count = 3, sample_size = 1)]
fn first_difference(bencher: divan::Bencher<'_, '_>) {
    let (one, other) = (city(UNITS), city(UNITS));
    bencher.counter(ItemsCount::new(UNITS)).bench_local(|| release::first_difference(&one, &other));
}
