//! A small town's table, for the tests of the writers.

use super::{Cells, Field, Table};
use crate::land::{Text, Texts, Values};
use crate::space::{Crs, Kind, Point, Shapes};

/// The columns behind [`Town::table`].
pub(super) struct Town {
    ids: Texts,
    names: Texts,
    scores: Vec<f64>,
    grades: Vec<u8>,
    uses: Vec<u8>,
    pub shapes: Shapes,
    pub crs: Crs,
}

impl Town {
    /// `rows` square parcels in rows of 100, with values that are awkward on purpose: leading zeros, Chinese, no value, thirds.
    pub fn new(rows: usize) -> Town {
        let mut shapes = Shapes::new(Kind::Polygon);
        for row in 0..rows {
            let (x, y) = (500_000.0 + (row % 100) as f64 * 31.7, 3_380_000.0 + (row / 100) as f64 * 27.3);
            shapes.push_ring(&square(x, y, 25.0), true);
            shapes.end_feature();
        }
        let of_row = |row: usize, factor: usize| {
            if (row + factor) % 13 == 5 { f64::NAN } else { (row * 7 + factor * 3) as f64 / 3.0 % 100.0 }
        };
        Town {
            ids: (0..rows).map(|row| format!("{row:07}")).collect(),
            names: (0..rows).map(|row| if row % 5 == 2 { String::new() } else { format!("中山路{row}号") }).collect(),
            scores: (0..rows * 3).map(|at| of_row(at / 3, at % 3)).collect(),
            grades: (0..rows).map(|row| (row % 6) as u8).collect(),
            uses: (0..rows).map(|row| (row % 2) as u8).collect(),
            shapes,
            crs: Crs::parse("EPSG:4547").unwrap(),
        }
    }

    pub fn rows(&self) -> usize {
        self.grades.len()
    }

    /// Seven fields: id, name, two columns of one matrix, grade, use, and a count with holes.
    pub fn table(&self) -> Table<'_> {
        let rows = self.rows();
        let counts = (0..rows).map(|row| (row % 4 != 3).then_some(row as i64 - 50)).collect();
        Table {
            name: "town".to_string(),
            title: Text { en: "Town".to_string(), zh: "小城".to_string() },
            fields: vec![
                Field::plain("id", Cells::Text(&self.ids)),
                Field::plain("name", Cells::Text(&self.names)).titled(say("Address", "坐落")),
                Field::plain("score", Cells::Real { values: &self.scores, stride: 3, offset: 0 })
                    .titled(say("Score", "总分"))
                    .shown_with(2),
                Field::plain("price", Cells::Real { values: &self.scores, stride: 3, offset: 2 })
                    .titled(say("Price", "地价"))
                    .in_unit("元/㎡")
                    .shown_with(0),
                Field::plain("grade", Cells::Small(&self.grades)).titled(say("Grade", "级别")),
                Field::plain("use", Cells::Code { codes: &self.uses, names: vec!["商服".into(), "住宅".into()] }),
                Field::plain("count", Cells::Own(Values::Int(counts))),
            ],
            shapes: Some(&self.shapes),
            crs: Some(&self.crs),
            rows,
        }
    }
}

/// Both languages of a title.
pub(super) fn say(en: &str, zh: &str) -> Text {
    Text { en: en.to_string(), zh: zh.to_string() }
}

/// A closed square, counter-clockwise from its lower left corner.
pub(super) fn square(x: f64, y: f64, side: f64) -> [Point; 5] {
    [(0.0, 0.0), (side, 0.0), (side, side), (0.0, side), (0.0, 0.0)].map(|(dx, dy)| Point::new(x + dx, y + dy))
}

/// A polygon layer of every awkward kind: a clockwise exterior with a counter-clockwise hole, two parts of which the first has a
/// hole, no geometry, and a place that is no number.
pub(super) fn awkward() -> Shapes {
    let turned = |mut ring: [Point; 5]| {
        ring.reverse();
        ring
    };
    let mut shapes = Shapes::new(Kind::Polygon);
    shapes.push_ring(&turned(square(500_000.0, 3_380_000.0, 100.0)), true);
    shapes.push_ring(&square(500_010.0, 3_380_010.0, 20.0), false);
    shapes.end_feature();
    shapes.push_ring(&square(501_000.0, 3_380_000.0, 100.0), true);
    shapes.push_ring(&turned(square(501_010.0, 3_380_010.0, 20.0)), false);
    shapes.push_ring(&square(502_000.0, 3_380_000.0, 100.0), true);
    shapes.end_feature();
    shapes.end_feature();
    shapes.push_ring(&square(f64::NAN, 3_380_000.0, 100.0), true);
    shapes.end_feature();
    shapes
}

/// The bytes `write` gives on 1, 2 and 7 threads, each into its own folder.
pub(super) fn on_threads<T: Send>(write: impl Fn(&std::path::Path) -> T + Sync) -> Vec<T> {
    [1, 2, 7]
        .map(|threads| {
            let folder = tempfile::tempdir().unwrap();
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            pool.install(|| write(folder.path()))
        })
        .into()
}
