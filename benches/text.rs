//! Writing a million graded parcels as GeoJSON and Shapefile: nine points and seventeen fields each.

use divan::{Bencher, counter::ItemsCount};
use landgrade::formats::{Cells, Field, Table, geojson, shapefile};
use landgrade::land::{Text, Texts};
use landgrade::space::{Crs, Kind, Point, Shapes};
use std::path::Path;

const ROWS: [usize; 2] = [200_000, 1_000_000];

fn main() {
    divan::main();
}

/// Columns as the scoring stage leaves them: ids, a use, grades, and one row-major matrix of scores and prices.
struct City {
    ids: Vec<i64>,
    names: Texts,
    uses: Vec<u8>,
    grades: Vec<u8>,
    scores: Vec<f64>,
    prices: Vec<f64>,
    shapes: Shapes,
    crs: Crs,
}

const SCORES: usize = 11;

impl City {
    fn new(rows: usize) -> City {
        let mut seed = 20_140_u64;
        let mut next = move || {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (seed >> 11) as f64 / (1_u64 << 53) as f64
        };
        let mut shapes = Shapes::new(Kind::Polygon);
        shapes.reserve(rows, rows * 9);
        for row in 0..rows {
            let (x, y) = (500_000.0 + (row % 1000) as f64 * 40.0, 3_380_000.0 + (row / 1000) as f64 * 40.0);
            let mut ring: Vec<Point> = (0..8)
                .map(|corner| {
                    let (radius, angle) = (12.0 + 6.0 * next(), f64::from(corner) * std::f64::consts::FRAC_PI_4);
                    Point::new(x + radius * angle.cos(), y + radius * angle.sin())
                })
                .collect();
            ring.push(ring[0]);
            shapes.push_ring(&ring, true);
            shapes.end_feature();
        }
        City {
            ids: (1..=rows as i64).collect(),
            names: (0..rows).map(|row| format!("中山路{}号", row % 977)).collect(),
            uses: (0..rows).map(|row| (row % 3) as u8).collect(),
            grades: (0..rows).map(|row| (row % 7) as u8).collect(),
            scores: (0..rows * SCORES).map(|_| 100.0 * next()).collect(),
            prices: (0..rows).map(|_| (3000.0 * next()).round()).collect(),
            shapes,
            crs: Crs::parse("EPSG:4547").expect("PROJ knows EPSG:4547"),
        }
    }

    fn table(&self) -> Table<'_> {
        let mut fields = vec![
            Field::plain("id", Cells::Int(&self.ids)),
            Field::plain("name", Cells::Text(&self.names)),
            Field::plain(
                "use",
                Cells::Code { codes: &self.uses, names: vec!["商服".into(), "住宅".into(), "工业".into()] },
            ),
            Field::plain("grade", Cells::Small(&self.grades)),
            Field::plain("price", Cells::real(&self.prices)),
        ];
        fields.extend((0..SCORES).map(|at| {
            Field::plain(format!("score_{at}"), Cells::Real { values: &self.scores, stride: SCORES, offset: at })
        }));
        fields.push(Field::plain("total", Cells::Real { values: &self.scores, stride: SCORES, offset: 0 }));
        Table {
            name: "parcels".into(),
            title: Text::same("parcels"),
            fields,
            shapes: Some(&self.shapes),
            crs: Some(&self.crs),
            rows: self.ids.len(),
        }
    }
}

fn run(bencher: Bencher<'_, '_>, rows: usize, file: &str, write: impl Fn(&Table<'_>, &Path) + Sync) {
    let city = City::new(rows);
    let table = city.table();
    let folder = tempfile::tempdir().expect("a temporary folder");
    let target = folder.path().join(file);
    bencher.counter(ItemsCount::new(rows)).bench_local(|| write(&table, &target));
}

#[divan::bench(args = ROWS, sample_count = 5, sample_size = 1)]
fn geojson_native(bencher: Bencher<'_, '_>, rows: usize) {
    let options = geojson::Options { crs: geojson::Coordinates::Native };
    run(bencher, rows, "city.geojson", |table, target| {
        geojson::write(table, target, &options).expect("a writable folder");
    });
}

#[divan::bench(args = ROWS, sample_count = 5, sample_size = 1)]
fn geojson_degrees(bencher: Bencher<'_, '_>, rows: usize) {
    run(bencher, rows, "city.geojson", |table, target| {
        geojson::write(table, target, &geojson::Options::default()).expect("a writable folder");
    });
}

#[divan::bench(args = ROWS, sample_count = 5, sample_size = 1)]
fn shapefile_gbk(bencher: Bencher<'_, '_>, rows: usize) {
    run(bencher, rows, "city.shp", |table, target| {
        shapefile::write(table, target, &shapefile::Options::default()).expect("a writable folder");
    });
}
