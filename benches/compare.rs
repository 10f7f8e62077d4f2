//! How fast two releases are compared: octagons with equal identifiers, with a few re-cut, and with every identifier changed.

use divan::counter::ItemsCount;
use landgrade::compare::{Options, compare};
use landgrade::ingest::finding::Findings;
use landgrade::land::IdColumn;
use landgrade::land::progress::Unwatched;
use landgrade::release::{GradeMap, Head, Origin, Release, UnitRows, UseHead};
use landgrade::space::{Crs, Kind, Point, Shapes};

const UNITS: usize = 200_000;

fn main() {
    divan::main();
}

/// What differs in the new release.
#[derive(Clone, Copy, Debug)]
enum Difference {
    /// Grades and prices only.
    Prices,
    /// Every fiftieth unit is drawn anew.
    FewRecut,
    /// Every identifier.
    Identifiers,
}

fn release(units: usize, recut: usize, first: usize) -> Release {
    let mut shapes = Shapes::new(Kind::Polygon);
    let side = (units as f64).sqrt().ceil() as usize;
    for unit in 0..units {
        let (x, y) = (480_000.0 + 31.3 * (unit % side) as f64, 3_380_000.0 + 29.7 * (unit / side) as f64);
        let grown = if recut > 0 && unit % recut == 0 { 1.05 } else { 1.0 };
        let corner = |corner: u32| {
            let angle = f64::from(corner % 8) * std::f64::consts::FRAC_PI_4;
            Point::new(x + 14.0 * grown * angle.cos(), y + 13.0 * angle.sin())
        };
        shapes.push_ring(&[0, 1, 2, 3, 4, 5, 6, 7, 8].map(corner), true);
        shapes.end_feature();
    }
    let land_use = UseHead {
        key: "residential".to_string(),
        name: "居住用地".to_string(),
        grades: 6,
        method: String::new(),
        limits: Vec::new(),
        gvf: f64::NAN,
        weights: Vec::new(),
        reason: None,
        layers: None,
        judged: None,
        alternative_limits: Vec::new(),
        connotation: None,
    };
    let head = Head {
        name: "bench".to_string(),
        title: "bench".to_string(),
        crs: Crs::parse("EPSG:4547").expect("PROJ knows it"),
        base_date: None,
        supersedes: None,
        origin: Origin::Imported,
        project: String::new(),
        factors: Vec::new(),
        groups: Vec::new(),
        inputs: Vec::new(),
        tiling: None,
        corrections: String::new(),
        index: String::new(),
        mapping: String::new(),
        gate: String::new(),
    };
    let rows = UnitRows {
        ids: IdColumn::Text((first..first + units).map(|unit| format!("440103001001GB{unit:08}")).collect()),
        uses: vec![0; units],
        shapes: Some(shapes),
        areas: vec![f64::NAN; units],
        scores: Vec::new(),
        totals: Vec::new(),
        grades: (0..units).map(|unit| ((unit + first) % 6) as u8 + 1).collect(),
        alternatives: Vec::new(),
        prices: (0..units).map(|unit| 500.0 + ((unit + first) % 977) as f64).collect(),
        kept: Vec::new(),
    };
    Release {
        head,
        uses: vec![land_use],
        units: rows,
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

#[divan::bench(
    args = [
        (UNITS, Difference::Prices), (UNITS, Difference::FewRecut), (UNITS, Difference::Identifiers),
        (1_000_000, Difference::Prices), (1_000_000, Difference::FewRecut), (1_000_000, Difference::Identifiers),
    ],
    sample_count = 5,
    sample_size = 1
)]
fn releases(bencher: divan::Bencher<'_, '_>, (units, difference): (usize, Difference)) {
    let old = release(units, 0, 0);
    let new = match difference {
        Difference::Prices => release(units, 0, 0),
        Difference::FewRecut => release(units, 50, 0),
        Difference::Identifiers => release(units, 0, units),
    };
    bencher.counter(ItemsCount::new(units)).bench_local(|| {
        let comparison = compare(&old, &new, &Options::default(), &Unwatched).expect("releases compare");
        assert_eq!(comparison.changes.len(), units);
        comparison.changes.len()
    });
}
