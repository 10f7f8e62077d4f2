//! Releases for the tests: one with everything a release can hold, and one as bare as an imported one.

use super::content::{Connotation, FactorHead, Head, Input, Origin, Release, UnitRows, UseHead};
use super::priced::{PriceCell, RejectedRow, SampleDetail, SampleRow};
use super::seal::Sealed;
use crate::ingest::finding::{Code, Finding, Findings, Policies};
use crate::ingest::survey::Layer;
use crate::land::step::Step;
use crate::land::{Column, IdColumn, Text, Texts, Values};
use crate::say;
use crate::space::{Crs, Kind, Point, Shapes};
use std::path::Path;

fn square(shapes: &mut Shapes, x: f64, y: f64, side: f64, outer: bool) {
    let corners = [(0.0, 0.0), (side, 0.0), (side, side), (0.0, side), (0.0, 0.0)];
    shapes.push_ring(&corners.map(|(dx, dy)| Point::new(x + dx, y + dy)), outer);
}

/// A plain unit, one with a hole, one of two parts with a hole in the second, one without coordinates.
fn shapes() -> Shapes {
    let mut shapes = Shapes::new(Kind::Polygon);
    square(&mut shapes, 500_000.1, 3_400_000.7, 30.0, true);
    shapes.end_feature();
    square(&mut shapes, 500_040.0, 3_400_000.0, 1.0 / 3.0, true);
    square(&mut shapes, 500_040.1, 3_400_000.1, 0.01, false);
    shapes.end_feature();
    square(&mut shapes, 500_080.0, 3_400_000.0, 30.0, true);
    square(&mut shapes, 500_120.0, 3_400_000.0, 30.0, true);
    square(&mut shapes, 500_121.0, 3_400_001.0, 3.0, false);
    shapes.end_feature();
    shapes.end_feature();
    shapes
}

pub(super) fn full() -> Release {
    let column = |name: &str, values| Column { name: name.to_string(), values };
    let texts = |list: [&str; 4]| Values::Text(list.into_iter().collect());
    let units = UnitRows {
        ids: IdColumn::Text(["00甲1", "00甲2", "A-3", "𠮷"].into_iter().collect()),
        uses: vec![0, 1, 0, 1],
        shapes: Some(shapes()),
        areas: vec![900.0, 0.1, 1791.0, f64::NAN],
        scores: vec![100.0 / 3.0, 0.0, 5e-324, 100.0, 77.1, 12.345_678_901_234_567, -0.0, 50.0],
        totals: vec![20.0, 40.000_000_001, 51.2, f64::NAN],
        grades: vec![3, 2, 1, 0],
        alternatives: vec![("grade".to_string(), vec![1, 2, 3, 0]), ("分位数".to_string(), vec![0, 1, 1, 2])],
        prices: vec![1590.0, f64::NAN, 437.5, f64::NAN],
        kept: vec![
            column("总层数", Values::Int(vec![Some(6), None, Some(i64::MIN), Some(0)])),
            column("Total", Values::Real(vec![1.5, f64::NAN, f64::INFINITY, -0.0])),
            column("total", texts(["人民路,1号\n\"二楼\"", "", " x ", "=1+1"])),
            column("geometry", texts(["a", "b", "", "d"])),
            column("Geometry", Values::Int(vec![None; 4])),
        ],
    };
    Release {
        head: head(),
        uses: uses(),
        units,
        cells: cells(),
        samples: samples(),
        rejected: rejected(),
        findings: findings(),
        layers: vec![Some(layer()), None],
        barriers: Vec::new(),
        network: None,
        map: crate::release::GradeMap::default(),
    }
}

fn head() -> Head {
    let factor =
        |key: &str, name: &str| FactorHead { key: key.to_string(), name: name.to_string(), ..FactorHead::default() };
    Head {
        name: "2026年基准地价 v1".to_string(),
        title: "某市城区土地定级与基准地价".to_string(),
        crs: Crs::parse("EPSG:4547").unwrap(),
        base_date: Some("2026-01-01".to_string()),
        supersedes: Some("2023".to_string()),
        origin: Origin::Computed,
        project: "# 项目\r\nname = \"某市\"\n".to_string(),
        factors: vec![factor("roads", "道路通达度"), factor("坡度 ../x", "地形坡度")],
        groups: Vec::new(),
        inputs: vec![Input { path: "data/宗地.txt".to_string(), bytes: 0, digest: String::new() }],
        tiling: None,
        corrections: String::new(),
        index: String::new(),
        mapping: String::new(),
        gate: String::new(),
    }
}

fn uses() -> Vec<UseHead> {
    let first = UseHead {
        key: "residential".to_string(),
        name: "居住用地".to_string(),
        grades: 3,
        method: "natural".to_string(),
        limits: vec![25.000_000_000_1, 50.0],
        gvf: 0.912_345_678_901_234_5,
        weights: vec![0.7, 0.3],
        reason: None,
        layers: None,
        judged: None,
        alternative_limits: vec![vec![1.5, 2.5], vec![]],
        connotation: Some(Connotation {
            term: 70.0,
            plot_ratio: f64::NAN,
            kind: "ground".to_string(),
            development: "六通一平".to_string(),
            rate: 0.06,
            unit: "元/㎡".to_string(),
            last_place: f64::NAN,
            ..Connotation::UNKNOWN
        }),
    };
    let second = UseHead {
        key: "工业".to_string(),
        name: "工业用地".to_string(),
        grades: 2,
        limits: vec![],
        gvf: f64::NAN,
        weights: vec![],
        reason: None,
        layers: None,
        judged: None,
        alternative_limits: vec![],
        connotation: None,
        ..first.clone()
    };
    vec![first, second]
}

fn cells() -> Vec<PriceCell> {
    let priced = PriceCell {
        use_index: 0,
        grade: 1,
        units: 1,
        area: 1791.0,
        samples: 5,
        kept: 4,
        raw: Some(437.123_456_789_012_3),
        deviation: Some(12.5),
        lowest: Some(420.0),
        highest: Some(1.0 / 3.0),
        interval: Some((417.2, 457.1)),
        published: Some(437.5),
        filled: None,
        decided: Some(super::priced::Decided {
            computed: Some(1587.25), reason: "听证意见:\"取整\"".to_string()
        }),
    };
    let filled = PriceCell {
        grade: 2,
        area: f64::NAN,
        samples: 0,
        kept: 0,
        raw: None,
        deviation: None,
        lowest: None,
        highest: None,
        interval: None,
        filled: Some(say!("from grade 1, \"nearest\"", "取一级价格,最近级")),
        ..priced.clone()
    };
    let empty = PriceCell { use_index: 1, published: None, filled: None, ..filled.clone() };
    vec![priced, filled, empty]
}

fn samples() -> Vec<SampleRow> {
    let used = SampleRow {
        id: "样点 001".to_string(),
        place: Point::new(500_010.123_456_789, 3_400_011.0),
        use_index: 1,
        unit: "00甲2".to_string(),
        grade: 2,
        price: 1500.1,
        date: "2025-11-30".to_string(),
        plot_ratio: 1.8,
        term: 36.25,
        area: 1234.5,
        k_date: 1.012_345_678_9,
        k_term: 0.98,
        k_plot_ratio: 1.0,
        corrected: 1488.2,
        outcome: say!("used", "采用"),
        used: true,
        detail: SampleDetail {
            called: String::new(),
            kind: "house-rent".to_string(),
            condition: 110.0,
            region: 97.5,
            services: "三通,\"一平\"".to_string(),
            k_condition: 100.0 / 110.0,
            k_region: 100.0 / 97.5,
            development: -12.5,
            area: "Q1".to_string(),
            street: "L 1".to_string(),
            depth: 12.5,
            street_price: 1203.4,
            area_used: false,
            street_used: true,
            steps: vec![
                Step {
                    name: say!("net rent a year, 元", "年纯租金(元)"), formula: "10 − 2".to_string(), value: 8.0
                },
                Step { name: say!("price", "单价"), formula: "8 / 0.06".to_string(), value: 8.0 / 0.06 },
            ],
        },
    };
    let left_out = SampleRow {
        id: "=2".to_string(),
        unit: String::new(),
        grade: 0,
        date: String::new(),
        plot_ratio: f64::NAN,
        term: f64::NAN,
        area: f64::NAN,
        k_date: f64::NAN,
        corrected: f64::NAN,
        outcome: say!("lies in no unit,\r\nso it is left out", "不在任何单元内"),
        used: false,
        detail: SampleDetail::default(),
        ..used.clone()
    };
    vec![used, left_out]
}

fn rejected() -> Vec<RejectedRow> {
    let gift = RejectedRow {
        id: "赠 1".to_string(),
        place: Point::new(500_010.5, 3_400_011.25),
        use_index: Some(1),
        price: 0.0,
        outcome: say!("its type is \"赠与\"", "交易类型为「赠与」"),
    };
    let unknown = RejectedRow {
        id: "line 9".to_string(),
        place: Point::new(f64::NAN, f64::NAN),
        use_index: None,
        price: f64::NAN,
        outcome: say!("its use is \"\"", "用途为「」"),
    };
    vec![gift, unknown]
}

fn findings() -> Findings {
    let mut findings = Findings::default();
    let policies = Policies::default();
    let found = |code, detail| Finding::new(&policies, code, "宗地", detail);
    findings.push(found(Code::CrsTransformed, say!("from EPSG:4490", "由 EPSG:4490 转换")));
    findings.push(found(Code::Overlap, say!("2 m²", "2 ㎡")).of_feature("12").at(Some(Point::new(1.5, -0.0))));
    findings
}

fn layer() -> Layer {
    let mut shapes = Shapes::new(Kind::Line);
    shapes.push_ring(&[Point::new(0.1, 0.2), Point::new(3.0, 4.0)], true);
    shapes.end_feature();
    shapes.push_ring(&[Point::new(5.0, 5.0), Point::new(6.0, 6.0), Point::new(7.0, 5.0)], true);
    shapes.push_ring(&[Point::new(8.0, 8.0), Point::new(9.0, 9.0)], true);
    shapes.end_feature();
    let labels: Texts = ["label", "环路"].into_iter().collect();
    let column = Column { name: "Label".to_string(), values: Values::Int(vec![Some(1), Some(2)]) };
    Layer { name: "道路.shp".to_string(), shapes, columns: vec![column], labels }
}

/// A table taken over from elsewhere: numbers as identifiers, grades, and nothing else.
pub(super) fn bare() -> Release {
    let Release { mut head, uses, .. } = full();
    (head.origin, head.base_date, head.supersedes) = (Origin::Imported, None, None);
    (head.project, head.factors, head.inputs) = (String::new(), Vec::new(), Vec::new());
    head.name = "2023".to_string();
    let strip = |entry: UseHead| UseHead {
        method: String::new(),
        limits: Vec::new(),
        gvf: f64::NAN,
        weights: Vec::new(),
        reason: None,
        layers: None,
        judged: None,
        alternative_limits: Vec::new(),
        ..entry
    };
    Release {
        head,
        uses: uses.into_iter().map(strip).collect(),
        units: UnitRows {
            ids: IdColumn::Int(vec![i64::MIN, 7, i64::MAX]),
            uses: vec![1, 0, 1],
            shapes: None,
            areas: vec![f64::NAN; 3],
            scores: Vec::new(),
            totals: Vec::new(),
            grades: vec![1, 2, 0],
            alternatives: Vec::new(),
            prices: Vec::new(),
            kept: Vec::new(),
        },
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

/// Whether two layers are the same, bit for bit.
pub(super) fn same_layer(one: &Layer, other: &Layer) -> bool {
    let columns = |layer: &Layer| format!("{:?}", layer.columns);
    one.name == other.name
        && one.labels == other.labels
        && columns(one) == columns(other)
        && format!("{:?}", one.shapes) == format!("{:?}", other.shapes)
}

/// A sentence naming a unit, for tests that look for one.
pub(super) fn en(text: Option<Text>) -> String {
    text.map(|text| text.en).unwrap_or_default()
}

/// A folder with the inputs of [`full`] in `project`, to seal into.
pub(super) fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir_all(folder.path().join("project/data")).unwrap();
    std::fs::write(folder.path().join("project/data/宗地.txt"), "abc").unwrap();
    folder
}

/// Seals a release into `releases` of such a folder.
pub(super) fn sealed(release: &mut Release, folder: &Path) -> Sealed {
    let day = jiff::civil::date(2026, 3, 5);
    super::seal(release, &folder.join("releases"), day, Some(&folder.join("project"))).unwrap()
}

/// Changes a file of a sealed release, or adds it.
pub(super) fn put(path: &Path, bytes: &[u8]) {
    use std::os::unix::fs::PermissionsExt;
    let writable = |path: &Path| {
        let mode = if path.is_dir() { 0o755 } else { 0o644 };
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
    };
    writable(path.parent().unwrap());
    if path.exists() {
        writable(path);
    }
    std::fs::write(path, bytes).unwrap();
}
