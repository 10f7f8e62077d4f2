//! Small releases made by hand, for the tests of the comparison.

use super::{Change, Comparison, Options, compare};
use crate::ingest::finding::Findings;
use crate::land::progress::Unwatched;
use crate::land::{IdColumn, Texts};
use crate::release::{Connotation, Head, Origin, PriceCell, Release, UnitRows, UseHead};
use crate::space::measure::area;
use crate::space::{Crs, Kind, Point, Shapes};

/// A rectangular unit: identifier, use, west, south, east, north, grade, price.
pub type Unit<'a> = (&'a str, u8, [f64; 4], u8, f64);

pub fn crs() -> Crs {
    Crs::parse("EPSG:4547").expect("PROJ knows it")
}

pub fn connotation() -> Connotation {
    Connotation {
        term: 70.0,
        plot_ratio: 2.0,
        kind: "ground".to_string(),
        development: "六通一平".to_string(),
        rate: 0.06,
        unit: "元/㎡".to_string(),
        last_place: f64::NAN,
        ..Connotation::UNKNOWN
    }
}

pub fn use_head(key: &str, name: &str, grades: u8) -> UseHead {
    UseHead {
        key: key.to_string(),
        name: name.to_string(),
        grades,
        method: String::new(),
        limits: Vec::new(),
        gvf: f64::NAN,
        weights: Vec::new(),
        reason: None,
        layers: None,
        judged: None,
        alternative_limits: Vec::new(),
        connotation: Some(connotation()),
    }
}

/// A release without units, samples and prices.
pub fn bare(name: &str, uses: Vec<UseHead>) -> Release {
    Release {
        head: Head {
            name: name.to_string(),
            title: name.to_string(),
            crs: crs(),
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
        },
        uses,
        units: UnitRows { ids: IdColumn::Text(Texts::default()), ..UnitRows::none() },
        cells: Vec::new(),
        samples: Vec::new(),
        rejected: Vec::new(),
        findings: Findings::default(),
        layers: Vec::new(),
        barriers: Vec::new(),
        network: None,
        map: crate::release::GradeMap::default(),
    }
}

/// A release of rectangles, with the uses commercial (0) and residential (1), in the order given.
pub fn release(name: &str, units: &[Unit<'_>]) -> Release {
    let mut release = bare(name, vec![use_head("commercial", "商业", 4), use_head("residential", "住宅", 4)]);
    let mut shapes = Shapes::new(Kind::Polygon);
    for (_, _, [west, south, east, north], _, _) in units {
        let corners = [(*west, *south), (*east, *south), (*east, *north), (*west, *north), (*west, *south)];
        // Somewhere in the zone, so that files can be written in degrees.
        shapes.push_ring(&corners.map(|(x, y)| Point::new(500_000.0 + x, 3_380_000.0 + y)), true);
        shapes.end_feature();
    }
    let rows = &mut release.units;
    rows.ids = IdColumn::Text(units.iter().map(|unit| unit.0).collect());
    rows.uses = units.iter().map(|unit| unit.1).collect();
    rows.areas = shapes.iter().map(area).collect();
    rows.shapes = Some(shapes);
    rows.grades = units.iter().map(|unit| unit.3).collect();
    rows.prices = units.iter().map(|unit| unit.4).collect();
    release
}

pub fn cell(use_index: u8, grade: u8, published: f64, area: f64) -> PriceCell {
    PriceCell {
        use_index,
        grade,
        units: 0,
        area,
        samples: 0,
        kept: 0,
        raw: None,
        deviation: None,
        lowest: None,
        highest: None,
        interval: None,
        published: Some(published),
        filled: None,
        decided: None,
    }
}

pub fn with_defaults<'a>(old: &'a Release, new: &'a Release) -> Comparison<'a> {
    compare(old, new, &Options::default(), &Unwatched).expect("releases that can be compared")
}

/// `old>new kind by`, one per change, in order.
pub fn told(comparison: &Comparison<'_>) -> Vec<String> {
    comparison.changes.iter().map(|change| tell(comparison, change)).collect()
}

fn tell(comparison: &Comparison<'_>, change: &Change) -> String {
    let old = change.old.map(|row| comparison.old.ids.show(row as usize)).unwrap_or_default();
    let new = change.new.map(|row| comparison.new.ids.show(row as usize)).unwrap_or_default();
    let by = change.by.map(|by| format!(" {}", by.name())).unwrap_or_default();
    format!("{old}>{new} {}{by}", change.kind.name())
}
