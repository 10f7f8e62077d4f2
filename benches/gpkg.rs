//! How fast a GeoPackage is written: polygons of 9 points with 17 fields and a spatial index.

use divan::counter::ItemsCount;
use landgrade::formats::{Cells, Field, Table, gpkg};
use landgrade::land::{Text, Texts, column::Value};
use landgrade::space::{Crs, Kind, Point, Shapes};

const ROWS: usize = 200_000;

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

struct City {
    shapes: Shapes,
    crs: Crs,
    ids: Vec<i64>,
    names: Texts,
    grades: Vec<u8>,
    scores: Vec<f64>,
}

const SCORES: usize = 13;

impl City {
    fn new(rows: usize) -> City {
        City {
            shapes: plots(rows),
            crs: Crs::parse("EPSG:4547").expect("PROJ knows it"),
            ids: (1..=rows as i64).collect(),
            names: (0..rows).map(|row| format!("宗地{row}")).collect(),
            grades: (0..rows).map(|row| (row % 9) as u8 + 1).collect(),
            scores: (0..rows * SCORES).map(|at| (at as f64 * 0.618).fract() * 100.0).collect(),
        }
    }

    fn table(&self, shapes: bool) -> Table<'_> {
        let mut fields = vec![
            Field::plain("id", Cells::Int(&self.ids)),
            Field::plain("name", Cells::Text(&self.names)),
            Field::plain("grade", Cells::Small(&self.grades)),
            Field::plain(
                "use",
                Cells::Code { codes: &self.grades, names: (0..10).map(|n| format!("use {n}")).collect() },
            ),
        ];
        for offset in 0..SCORES {
            let cells = Cells::Real { values: &self.scores, stride: SCORES, offset };
            fields.push(Field::plain(format!("score_{offset}"), cells));
        }
        Table {
            name: "plots".to_string(),
            title: Text::same("plots"),
            fields,
            shapes: shapes.then_some(&self.shapes),
            crs: shapes.then_some(&self.crs),
            rows: self.ids.len(),
        }
    }
}

/// With and without geometry and its index; no rows show what the empty file costs.
#[divan::bench(args = [(1_000_000, true), (ROWS, true), (ROWS, false), (0, true)], sample_count = 5, sample_size = 1)]
fn write(bencher: divan::Bencher<'_, '_>, (rows, shapes): (usize, bool)) {
    let city = City::new(rows);
    let table = city.table(shapes);
    let folder = tempfile::tempdir().expect("a folder for the bench");
    let target = folder.path().join("plots.gpkg");
    bencher.counter(ItemsCount::new(rows)).bench_local(|| {
        gpkg::write(&target, &[gpkg::Layer { table: &table, style: None }]).expect("the file is written")
    });
}

/// The way not taken: SQLite's own inserts, prepared, in one transaction without journal, into the same table without geometry.
#[divan::bench(sample_count = 5, sample_size = 1)]
fn prepared_inserts(bencher: divan::Bencher<'_, '_>) {
    let (empty, city) = (City::new(0), City::new(ROWS));
    let (empty, table) = (empty.table(false), city.table(false));
    let folder = tempfile::tempdir().expect("a folder for the bench");
    let target = folder.path().join("plots.gpkg");
    bencher.counter(ItemsCount::new(ROWS)).bench_local(|| {
        gpkg::write(&target, &[gpkg::Layer { table: &empty, style: None }]).expect("the empty file is written");
        insert(&target, &table).expect("the rows are inserted");
    });
}

fn insert(target: &std::path::Path, table: &Table<'_>) -> rusqlite::Result<()> {
    let database = rusqlite::Connection::open(target)?;
    database.execute_batch(
        "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA locking_mode = EXCLUSIVE; \
         DROP TRIGGER trigger_insert_feature_count_plots; BEGIN",
    )?;
    let marks = vec!["?"; table.fields.len() + 1].join(", ");
    let mut statement = database.prepare(&format!("INSERT INTO plots VALUES ({marks})"))?;
    for row in 0..table.rows {
        statement.raw_bind_parameter(1, row as i64 + 1)?;
        for (number, field) in table.fields.iter().enumerate() {
            match field.cells.get(row) {
                Value::None => statement.raw_bind_parameter(number + 2, rusqlite::types::Null)?,
                Value::Int(value) => statement.raw_bind_parameter(number + 2, value)?,
                Value::Real(value) => statement.raw_bind_parameter(number + 2, value)?,
                Value::Text(value) => statement.raw_bind_parameter(number + 2, value)?,
            }
        }
        statement.raw_execute()?;
    }
    database.execute_batch("COMMIT")
}
