//! Releases for the tests of the publishers: the sample city with made-up scores, and a hamlet small enough to add up by hand.

use crate::ingest::finding::{Code, Finding, Findings, Policies};
use crate::land::{Column, IdColumn, Text, Texts, Values};
use crate::release::{Connotation, FactorHead, Head, Origin, PriceCell, Release, SampleRow, UnitRows, UseHead};
use crate::sample;
use crate::space::{Crs, Kind, Point, Shapes};

/// A head with these factors.
fn head(factors: &[(&str, &str)]) -> Head {
    let factor = |(key, name): &(&str, &str)| FactorHead {
        key: key.to_string(),
        name: name.to_string(),
        ..FactorHead::default()
    };
    Head {
        name: "2025".into(),
        title: "样例市土地定级与基准地价".into(),
        crs: Crs::parse("EPSG:4547").unwrap(),
        base_date: Some("2025-01-01".into()),
        supersedes: None,
        origin: Origin::Computed,
        project: String::new(),
        factors: factors.iter().map(factor).collect(),
        groups: Vec::new(),
        inputs: Vec::new(),
        tiling: None,
        corrections: String::new(),
        index: String::new(),
        mapping: String::new(),
        gate: String::new(),
    }
}

fn use_head(key: &str, name: &str, grades: u8, limits: &[f64], weights: &[f64]) -> UseHead {
    UseHead {
        key: key.into(),
        name: name.into(),
        grades,
        method: "natural".into(),
        limits: limits.to_vec(),
        gvf: 0.875,
        weights: weights.to_vec(),
        reason: None,
        layers: None,
        judged: None,
        alternative_limits: vec![limits.iter().map(|limit| limit + 1.0).collect()],
        connotation: Some(Connotation {
            term: 40.0,
            plot_ratio: 2.5,
            kind: "ground".into(),
            development: "六通一平".into(),
            rate: 0.07,
            unit: "元/㎡".into(),
            last_place: f64::NAN,
            ..Connotation::UNKNOWN
        }),
    }
}

/// A cell with `kept` of `samples`, its price from them.
fn cell(use_index: u8, grade: u8, units: usize, area: f64, published: Option<f64>) -> PriceCell {
    PriceCell {
        use_index,
        grade,
        units,
        area,
        samples: 5,
        kept: 4,
        raw: published.map(|price| price + 0.375),
        deviation: published.map(|price| price / 16.0),
        lowest: published.map(|price| price * 0.75),
        highest: published.map(|price| price * 1.25),
        interval: published.map(|price| (price * 0.875, price * 1.125)),
        published,
        filled: None,
        decided: None,
    }
}

/// Texts that try to be a formula, a tag, a second line, the end of a quotation, and a tag's end.
pub(super) const HOSTILE: [&str; 6] = [
    "=cmd|' /C calc'!A0",
    "<img src=x onerror=alert(1)>",
    "one\nline, two",
    "a \"quote\" 'and' \\",
    "@SUM(1+1)",
    "</style>]]>&amp;",
];

/// Six squares of 10 m, 20 m … 60 m, two uses of two grades, hostile texts everywhere:
///
/// | unit | use | area m² | total | grade | price |
/// |---|---|---|---|---|---|
/// | 1 | commercial | 100 | 90.125 | 1 | 4500 |
/// | 2 | commercial | 400 | 40 | 2 | 1501 |
/// | 3 | commercial | 900 | 30 | 2 | 1501 |
/// | 4 | residential | 1600 | 80 | 1 | 3000 |
/// | 5 | residential | 2500 | 20 | 2 | – |
/// | 6 | residential | 3600 | – | none | – |
pub(crate) fn hamlet() -> Release {
    let mut shapes = Shapes::new(Kind::Polygon);
    for (at, side) in [10.0, 20.0, 30.0, 40.0, 50.0, 60.0].into_iter().enumerate() {
        let (x, y) = (500_000.0 + 100.0 * at as f64, 3_380_000.0);
        let ring = [(0.0, 0.0), (side, 0.0), (side, side), (0.0, side), (0.0, 0.0)];
        shapes.push_ring(&ring.map(|(dx, dy)| Point::new(x + dx, y + dy)), true);
        shapes.end_feature();
    }
    let mut findings = Findings::default();
    for (at, text) in HOSTILE.iter().enumerate() {
        let place = (at != 2).then(|| Point::new(500_000.0 + 100.0 * at as f64, 3_380_001.0));
        let finding = Finding::new(&Policies::default(), Code::ALL[at], "parcels", Text::same(*text));
        findings.push(finding.of_feature(*text).at(place));
    }
    let totals = vec![90.125, 40.0, 30.0, 80.0, 20.0, f64::NAN];
    Release {
        head: head(&[("s_bus", "公交便捷度"), ("s_centre", "商服繁华度 <b>")]),
        uses: vec![
            use_head("commercial", "商服用地", 2, &[60.0], &[0.4, 0.6]),
            use_head("residential", "=住宅\"用地\"<b>", 2, &[50.0], &[0.75, 0.25]),
        ],
        units: UnitRows {
            ids: IdColumn::Text((1..=6).map(|id| format!("{id:06}")).collect::<Texts>()),
            uses: vec![0, 0, 0, 1, 1, 1],
            shapes: Some(shapes),
            areas: vec![100.0, 400.0, 900.0, 1600.0, 2500.0, 3600.0],
            scores: (0..12).map(|at| if at == 11 { f64::NAN } else { f64::from(at) / 0.3 }).collect(),
            totals,
            grades: vec![1, 2, 2, 1, 2, 0],
            alternatives: vec![("grade_q".into(), vec![1, 1, 2, 1, 2, 0])],
            prices: vec![4500.0, 1501.0, 1501.0, 3000.0, f64::NAN, f64::NAN],
            kept: vec![
                Column { name: "address".into(), values: Values::Text(HOSTILE.iter().collect()) },
                Column { name: "Area".into(), values: Values::Real(vec![101.5, 399.0, f64::NAN, 1600.0, 2.0, 3.0]) },
            ],
        },
        cells: vec![
            cell(0, 1, 1, 100.0, Some(4500.0)),
            cell(0, 2, 2, 1300.0, Some(1501.0)),
            cell(1, 1, 1, 1600.0, Some(3000.0)),
            PriceCell { kept: 0, filled: Some(Text::same(HOSTILE[0])), ..cell(1, 2, 1, 2500.0, None) },
        ],
        samples: HOSTILE.iter().enumerate().map(|(at, text)| sample(at, text)).collect(),
        rejected: Vec::new(),
        findings,
        layers: Vec::new(),
        barriers: Vec::new(),
        network: None,
        map: crate::release::GradeMap::default(),
    }
}

fn sample(at: usize, text: &str) -> SampleRow {
    let x = if at == 3 { f64::NAN } else { 500_001.0 + 100.0 * at as f64 };
    SampleRow {
        id: text.into(),
        place: Point::new(x, 3_380_002.5),
        use_index: (at % 2) as u8,
        unit: if at == 3 { String::new() } else { format!("{:06}", at + 1) },
        grade: if at == 3 { 0 } else { 1 + (at % 2) as u8 },
        price: 1000.0 / 3.0 * (at + 1) as f64,
        date: "2024-06-30".into(),
        plot_ratio: 1.5,
        term: 35.5,
        area: 800.0,
        k_date: 1.0125,
        k_term: 1.0 / 3.0,
        k_plot_ratio: 0.9375,
        corrected: if at == 3 { f64::NAN } else { 350.5 * (at + 1) as f64 },
        outcome: if at == 3 { Text { en: "outside".into(), zh: "范围外".into() } } else { Text::same(text) },
        used: at != 3,
        detail: crate::release::SampleDetail::default(),
    }
}

/// What an imported table gives: identifiers, uses and grades, and nothing else.
pub(super) fn bare() -> Release {
    let mut release = hamlet();
    let none = |head: UseHead| UseHead {
        limits: Vec::new(),
        weights: Vec::new(),
        reason: None,
        layers: None,
        judged: None,
        alternative_limits: Vec::new(),
        gvf: f64::NAN,
        method: String::new(),
        connotation: None,
        ..head
    };
    release.head = Head { origin: Origin::Imported, base_date: None, factors: Vec::new(), ..release.head };
    release.uses = release.uses.into_iter().map(none).collect();
    release.units = UnitRows {
        shapes: None,
        areas: vec![f64::NAN; 6],
        scores: Vec::new(),
        totals: Vec::new(),
        alternatives: Vec::new(),
        prices: Vec::new(),
        kept: Vec::new(),
        ..release.units
    };
    release.cells.clear();
    release.samples.clear();
    release.findings = Findings::default();
    release
}

/// The sample city of 2000 parcels with its true parcels, uses, places and sales; scores fall from the middle of the city, and grades cut
/// the totals at 30, 45, 60 and 75.
pub(crate) fn city() -> Release {
    let plan = sample::Plan { parcels: 2000, seed: 7, years: vec![2025] };
    let city = sample::city(&plan).unwrap();
    let parcels = city.years[0].layer("parcels").unwrap();
    let names = parcels.texts("yt").unwrap();
    let count = names.len();
    let uses: Vec<u8> =
        names.iter().map(|name| sample::USES.iter().position(|(_, known)| *known == name).unwrap_or(0) as u8).collect();
    let extent = parcels.shapes.extent();
    let middle = Point::new((extent.min.x + extent.max.x) / 2.0, (extent.min.y + extent.max.y) / 2.0);
    let reach = extent.width().max(extent.height()) / 1.6;
    let fade = |unit: usize| {
        let own = parcels.shapes.get(unit).extent();
        100.0 * (1.0 - own.min.distance(middle) / reach).max(0.0)
    };
    let weights = [0.25, 0.75];
    let scores: Vec<f64> = (0..count).flat_map(|unit| [fade(unit), fade(unit) * 0.9 + 7.0 / 3.0]).collect();
    let totals: Vec<f64> = scores.chunks(2).map(|pair| pair[0] * weights[0] + pair[1] * weights[1]).collect();
    let limits = [30.0, 45.0, 60.0, 75.0];
    let grades: Vec<u8> = totals.iter().map(|t| 5 - limits.iter().filter(|limit| *limit <= t).count() as u8).collect();
    let price = |of_use: u8, grade: u8| f64::from(6 - grade) * [2111.0, 1403.0, 207.0, 611.0][usize::from(of_use)];
    let areas: Vec<f64> = parcels.shapes.iter().map(crate::space::measure::area).collect();
    let mut cells = Vec::new();
    for of_use in 0..4 {
        for grade in 1..=5 {
            let own = |unit: &usize| uses[*unit] == of_use && grades[*unit] == grade;
            let members: Vec<usize> = (0..count).filter(own).collect();
            let area = members.iter().map(|&unit| areas[unit]).sum();
            cells.push(cell(of_use, grade, members.len(), area, Some(price(of_use, grade))));
        }
    }
    let sales = city.years[0].layer("samples").unwrap();
    let sale = |at: usize| SampleRow {
        id: sales.texts("ypbh").unwrap().get(at).to_string(),
        place: sales.shapes.get(at).points()[0],
        outcome: Text { en: "used".into(), zh: "采用".into() },
        ..sample(0, "")
    };
    let samples = (0..sales.shapes.len()).map(sale).collect();
    Release {
        head: head(&[("s_comm", "商服繁华度"), ("s_bus", "公交便捷度")]),
        uses: sample::USES.iter().map(|(key, name)| use_head(key, name, 5, &limits, &weights)).collect(),
        units: UnitRows {
            ids: IdColumn::Int((1..=count as i64).map(|id| id * 3).collect()),
            prices: (0..count).map(|unit| price(uses[unit], grades[unit])).collect(),
            alternatives: vec![("grade_q".into(), grades.iter().map(|grade| 6 - grade).collect())],
            uses,
            areas,
            scores,
            totals,
            grades,
            kept: parcels.columns.iter().map(|column| column.column.clone()).collect(),
            shapes: Some(parcels.shapes.clone()),
        },
        cells,
        samples,
        rejected: Vec::new(),
        findings: Findings::default(),
        layers: Vec::new(),
        barriers: Vec::new(),
        network: None,
        map: crate::release::GradeMap::default(),
    }
}
