//! A town for the tests of reviews: squares of 100 m side by side, in the order of their identifiers.

use crate::land::transaction::Kind as Type;
use crate::land::{IdColumn, Text};
use crate::release::{Release, SampleDetail, SampleRow, UseHead};
use crate::space::{Kind, Point, Shapes};

/// Units with an identifier, a use, a total and a grade each; `limits` holds the score limits of each use.
pub(crate) fn town(units: &[(&str, u8, f64, u8)], limits: &[(&str, &[f64])]) -> Release {
    let mut release = crate::publish::fixture::hamlet();
    let head = |(key, limits): &(&str, &[f64])| UseHead {
        key: (*key).to_string(),
        name: format!("{key}用地"),
        grades: limits.len() as u8 + 1,
        limits: limits.to_vec(),
        ..release.uses[0].clone()
    };
    release.uses = limits.iter().map(head).collect();
    let mut shapes = Shapes::new(Kind::Polygon);
    for at in 0..units.len() {
        let ring = [(0.0, 0.0), (100.0, 0.0), (100.0, 100.0), (0.0, 100.0), (0.0, 0.0)];
        shapes.push_ring(&ring.map(|(x, y)| Point::new(500_000.0 + 100.0 * at as f64 + x, 3_380_000.0 + y)), true);
        shapes.end_feature();
    }
    let count = units.len();
    let own = &mut release.units;
    own.ids = IdColumn::Text(units.iter().map(|unit| unit.0).collect());
    own.uses = units.iter().map(|unit| unit.1).collect();
    own.totals = units.iter().map(|unit| unit.2).collect();
    own.grades = units.iter().map(|unit| unit.3).collect();
    own.shapes = Some(shapes);
    own.areas = vec![10_000.0; count];
    own.scores = vec![50.0; count * release.head.factors.len()];
    own.prices = vec![f64::NAN; count];
    (own.alternatives, own.kept) = (Vec::new(), Vec::new());
    (release.cells, release.samples) = (Vec::new(), Vec::new());
    release
}

/// A used sale of the first use, `corrected` 元/㎡ after the correction `k` for its plot ratio.
pub(crate) fn sale(grade: u8, ratio: f64, corrected: f64, k: f64, kind: Type) -> SampleRow {
    SampleRow {
        id: String::new(),
        place: Point::new(0.0, 0.0),
        use_index: 0,
        unit: String::new(),
        grade,
        price: corrected,
        date: String::new(),
        plot_ratio: ratio,
        term: f64::NAN,
        area: f64::NAN,
        k_date: 1.0,
        k_term: 1.0,
        k_plot_ratio: k,
        corrected,
        outcome: Text::default(),
        used: true,
        detail: SampleDetail { kind: kind.key().to_string(), development: 0.0, ..SampleDetail::default() },
    }
}

/// A town of one unit with such sales.
pub(crate) fn sold(samples: Vec<SampleRow>) -> Release {
    Release { samples, ..town(&[("1", 0, 50.0, 1)], &[("c", &[50.0])]) }
}
