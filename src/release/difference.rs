//! The first thing in which two releases differ: which unit, which column, both values; what `verify --replay` tells.

use super::content::{Connotation, Release, UnitRows, UseHead};
use super::priced::PriceCell;
use crate::ingest::finding::Finding;
use crate::land::column::Value;
use crate::land::{Column, IdColumn, Text};
use crate::say;
use crate::space::{Point, Shape};

/// The first difference in a fixed order: head, uses, units (identifiers, uses, areas, geometry, scores, totals, grades, prices, further
/// gradings, kept fields), price cells, samples, findings, the map of grades. Numbers must agree bit for bit; a missing value agrees with a missing value.
/// The names, the project files' texts and the inputs are not compared: a recomputation is judged by what comes out.
pub fn first_difference(one: &Release, other: &Release) -> Option<Text> {
    let (left, right) = (&one.head, &other.head);
    let title = |release: &Release| release.head.title.clone();
    let factors = |release: &Release| {
        let names = release.head.factors.iter().map(|factor| {
            let group = factor.group.as_ref().map(|group| format!(" ({group})")).unwrap_or_default();
            format!("{} {}{group}", factor.key, factor.name)
        });
        names.collect::<Vec<_>>().join(", ")
    };
    let date = |release: &Release| release.head.base_date.clone().unwrap_or_default();
    shown(say!("title", "标题"), &title(one), &title(other))
        .or_else(|| shown(say!("coordinate system", "坐标系"), &left.crs.wkt, &right.crs.wkt))
        .or_else(|| shown(say!("base date", "估价期日"), &date(one), &date(other)))
        .or_else(|| shown(say!("factors", "因素"), &factors(one), &factors(other)))
        .or_else(|| uses(&one.uses, &other.uses))
        .or_else(|| units(one, other))
        .or_else(|| cells(one, other))
        .or_else(|| super::difference_samples::first(one, other))
        .or_else(|| findings(one, other))
        .or_else(|| super::difference_map::first(one, other))
}

/// Two texts, shown if they differ.
pub(super) fn shown(what: Text, one: &str, other: &str) -> Option<Text> {
    (one != other).then(|| differs(&what, one, other))
}

fn differs(what: &Text, one: &str, other: &str) -> Text {
    let Text { en, zh } = what;
    let cut = |text: &str| match text.chars().count() {
        0 => "–".to_string(),
        1..=200 => text.to_string(),
        _ => text.chars().take(200).chain(['…']).collect(),
    };
    let (one, other) = (cut(one), cut(other));
    say!("{en}: {one} against {other}", "{zh}:{one} 与 {other} 不同")
}

/// One value of a row, by its column.
pub(super) type Cell<'a> = (Text, Value<'a>);

/// The first cell in which two rows differ.
pub(super) fn rows(what: &Text, one: &[Cell<'_>], other: &[Cell<'_>]) -> Option<Text> {
    let ((column, one), (_, other)) = one.iter().zip(other).find(|((_, one), (_, other))| !same(*one, *other))?;
    Some(differs(&within(what, column), &show(*one), &show(*other)))
}

fn within(what: &Text, column: &Text) -> Text {
    Text { en: format!("{}, {}", what.en, column.en), zh: format!("{},{}", what.zh, column.zh) }
}

fn same(one: Value<'_>, other: Value<'_>) -> bool {
    match (one, other) {
        (Value::Real(one), Value::Real(other)) => one.to_bits() == other.to_bits(),
        _ => one == other,
    }
}

fn show(value: Value<'_>) -> String {
    match value {
        Value::None => String::new(),
        Value::Int(value) => value.to_string(),
        Value::Real(value) => value.to_string(),
        Value::Text(text) => text.to_string(),
    }
}

pub(super) fn real(value: f64) -> Value<'static> {
    if value.is_nan() { Value::None } else { Value::Real(value) }
}

fn maybe(value: Option<f64>) -> Value<'static> {
    value.map_or(Value::None, real)
}

fn count(value: usize) -> Value<'static> {
    i64::try_from(value).map_or(Value::None, Value::Int)
}

fn list(values: &[f64]) -> String {
    values.iter().map(f64::to_string).collect::<Vec<_>>().join(", ")
}

fn uses(one: &[UseHead], other: &[UseHead]) -> Option<Text> {
    let keys = |uses: &[UseHead]| uses.iter().map(|entry| entry.key.clone()).collect::<Vec<_>>().join(", ");
    shown(say!("uses", "用途"), &keys(one), &keys(other)).or_else(|| {
        one.iter().zip(other).find_map(|(one, other)| {
            let key = &one.key;
            rows(&say!("use {key}", "用途 {key}"), &use_cells(one, &lists(one)), &use_cells(other, &lists(other)))
        })
    })
}

/// The limits, weights and alternative limits of a use.
fn lists(entry: &UseHead) -> [String; 4] {
    let alternatives = entry.alternative_limits.iter().map(|limits| list(limits)).collect::<Vec<_>>();
    let groups = entry.layers.iter().map(|layers| format!("; {}", list(&layers.groups)));
    let weights = std::iter::once(list(&entry.weights)).chain(groups).collect();
    let by_grade = entry.connotation.as_ref().map(|own| format!("{:?}", own.by_grade)).unwrap_or_default();
    [list(&entry.limits), weights, alternatives.join("; "), by_grade]
}

fn use_cells<'a>(entry: &'a UseHead, [limits, weights, alternatives, by_grade]: &'a [String; 4]) -> Vec<Cell<'a>> {
    static UNSTATED: Connotation = Connotation::UNKNOWN;
    let price = entry.connotation.as_ref().unwrap_or(&UNSTATED);
    vec![
        (say!("name", "名称"), Value::Text(&entry.name)),
        (say!("grades", "级别数"), Value::Int(i64::from(entry.grades))),
        (say!("method", "划分方法"), Value::Text(&entry.method)),
        (say!("limits", "分值界限"), Value::Text(limits)),
        (say!("GVF", "方差拟合优度"), real(entry.gvf)),
        (say!("weights", "权重"), Value::Text(weights)),
        (say!("limits of the alternatives", "备选方案界限"), Value::Text(alternatives)),
        (say!("term", "年期"), real(price.term)),
        (say!("plot ratio", "容积率"), real(price.plot_ratio)),
        (say!("kind of price", "价格类型"), Value::Text(&price.kind)),
        (say!("development", "开发程度"), Value::Text(&price.development)),
        (say!("rate", "还原率"), real(price.rate)),
        (say!("unit of price", "价格单位"), Value::Text(&price.unit)),
        (say!("right", "土地权利"), Value::Text(&price.right)),
        (say!("classification", "用途分类"), Value::Text(&price.classification)),
        (say!("scope", "适用范围"), Value::Text(&price.scope)),
        (say!("meaning", "价格涵义"), Value::Text(&price.meaning)),
        (say!("premises of grades", "分级内涵"), Value::Text(by_grade)),
    ]
}

/// Two sets of units, compared column by column.
struct Units<'a> {
    one: &'a UnitRows,
    other: &'a UnitRows,
}

impl Units<'_> {
    fn column(&self, what: Text, get: impl for<'v> Fn(&'v UnitRows, usize) -> Value<'v>) -> Option<Text> {
        let rows = self.one.len().min(self.other.len());
        let row = (0..rows).find(|&row| !same(get(self.one, row), get(self.other, row)))?;
        Some(differs(&within(&self.unit(row), &what), &show(get(self.one, row)), &show(get(self.other, row))))
    }

    fn unit(&self, row: usize) -> Text {
        let id = self.one.ids.show(row);
        say!("unit {id}", "单元 {id}")
    }

    fn shapes(&self) -> Option<Text> {
        let (one, other) = match (&self.one.shapes, &self.other.shapes) {
            (None, None) => return None,
            (Some(one), Some(other)) => (one, other),
            (one, _) => {
                let word = |there: bool| if there { "1" } else { "0" };
                return Some(differs(&say!("geometry", "几何"), word(one.is_some()), word(one.is_none())));
            }
        };
        let row = (0..one.len().min(other.len())).find(|&row| !same_shape(one.get(row), other.get(row)))?;
        let (left, right) = show_shapes(one.get(row), other.get(row));
        Some(differs(&within(&self.unit(row), &say!("geometry", "几何")), &left, &right))
    }
}

fn same_point(one: Point, other: Point) -> bool {
    (one.x.to_bits(), one.y.to_bits()) == (other.x.to_bits(), other.y.to_bits())
}

fn same_shape(one: Shape<'_>, other: Shape<'_>) -> bool {
    let rings = |shape: Shape<'_>| shape.rings().map(|ring| (ring.points.len(), ring.outer)).collect::<Vec<_>>();
    one.points().len() == other.points().len()
        && one.points().iter().zip(other.points()).all(|(one, other)| same_point(*one, *other))
        && (one.ring_count() == 1 && other.ring_count() == 1 || rings(one) == rings(other))
}

/// Where two shapes part: their first different points, or how many points and rings each has.
fn show_shapes(one: Shape<'_>, other: Shape<'_>) -> (String, String) {
    let point = |point: &Point| format!("({}, {})", point.x, point.y);
    let size = |shape: Shape<'_>| format!("{} / {}", shape.points().len(), shape.ring_count());
    match one.points().iter().zip(other.points()).find(|(one, other)| !same_point(**one, **other)) {
        Some((left, right)) => (point(left), point(right)),
        None => (size(one), size(other)),
    }
}

fn units(one: &Release, other: &Release) -> Option<Text> {
    let pair = Units { one: &one.units, other: &other.units };
    let width = one.head.factors.len();
    let counted = |release: &Release| release.units.len().to_string();
    pair.column(say!("identifier", "编号"), |units, row| match &units.ids {
        IdColumn::Int(ids) => Value::Int(ids[row]),
        IdColumn::Text(ids) => Value::Text(ids.get(row)),
    })
    .or_else(|| shown(say!("number of units", "单元数"), &counted(one), &counted(other)))
    .or_else(|| pair.column(say!("use", "用途"), |units, row| Value::Int(i64::from(units.uses[row]))))
    .or_else(|| pair.column(say!("area", "面积"), |units, row| real(units.areas[row])))
    .or_else(|| pair.shapes())
    .or_else(|| {
        one.head.factors.iter().enumerate().find_map(|(at, factor)| {
            let key = &factor.key;
            let score = |units: &UnitRows, row: usize| maybe(units.scores.get(row * width + at).copied());
            pair.column(say!("score of {key}", "{key} 分值"), |units, row| score(units, row))
        })
    })
    .or_else(|| pair.column(say!("total", "总分"), |units, row| maybe(units.totals.get(row).copied())))
    .or_else(|| pair.column(say!("grade", "级别"), |units, row| Value::Int(i64::from(units.grades[row]))))
    .or_else(|| pair.column(say!("price", "价格"), |units, row| real(units.price(row))))
    .or_else(|| alternatives(&pair))
    .or_else(|| kept(&pair))
}

fn alternatives(pair: &Units<'_>) -> Option<Text> {
    let names =
        |units: &UnitRows| units.alternatives.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>().join(", ");
    shown(say!("further gradings", "备选方案"), &names(pair.one), &names(pair.other)).or_else(|| {
        pair.one.alternatives.iter().enumerate().find_map(|(at, (name, _))| {
            pair.column(say!("{name}", "{name}"), |units, row| Value::Int(i64::from(units.alternatives[at].1[row])))
        })
    })
}

fn kept(pair: &Units<'_>) -> Option<Text> {
    let names = |columns: &[Column]| columns.iter().map(|column| column.name.as_str()).collect::<Vec<_>>().join(", ");
    shown(say!("kept fields", "保留字段"), &names(&pair.one.kept), &names(&pair.other.kept)).or_else(|| {
        pair.one
            .kept
            .iter()
            .enumerate()
            .find_map(|(at, column)| pair.column(Text::same(&column.name), |units, row| units.kept[at].values.get(row)))
    })
}

fn cells(one: &Release, other: &Release) -> Option<Text> {
    let counted = |release: &Release| release.cells.len().to_string();
    shown(say!("number of price cells", "价格单元数"), &counted(one), &counted(other)).or_else(|| {
        one.cells.iter().zip(&other.cells).find_map(|(left, right)| {
            let (key, grade) = (&one.uses[usize::from(left.use_index)].key, left.grade);
            rows(&say!("price of {key}, grade {grade}", "{key} {grade}级价格"), &cell(left), &cell(right))
        })
    })
}

fn cell(cell: &PriceCell) -> Vec<Cell<'_>> {
    let filled = cell.filled.as_ref();
    vec![
        (say!("use", "用途"), Value::Int(i64::from(cell.use_index))),
        (say!("grade", "级别"), Value::Int(i64::from(cell.grade))),
        (say!("units", "单元数"), count(cell.units)),
        (say!("area", "面积"), real(cell.area)),
        (say!("samples", "样点数"), count(cell.samples)),
        (say!("samples kept", "有效样点数"), count(cell.kept)),
        (say!("computed price", "测算价格"), maybe(cell.raw)),
        (say!("standard deviation", "标准差"), maybe(cell.deviation)),
        (say!("lowest", "最低"), maybe(cell.lowest)),
        (say!("highest", "最高"), maybe(cell.highest)),
        (say!("interval from", "区间下限"), maybe(cell.interval.map(|(low, _)| low))),
        (say!("interval to", "区间上限"), maybe(cell.interval.map(|(_, high)| high))),
        (say!("published price", "公布价格"), maybe(cell.published)),
        (say!("price as computed", "计算地价"), maybe(cell.decided.as_ref().and_then(|decided| decided.computed))),
        (
            say!("reason of the decision", "确定理由"),
            cell.decided.as_ref().map_or(Value::None, |decided| Value::Text(&decided.reason)),
        ),
        (say!("how it was filled", "补缺方式"), filled.map_or(Value::None, |text| Value::Text(&text.en))),
        (say!("how it was filled", "补缺方式"), filled.map_or(Value::None, |text| Value::Text(&text.zh))),
    ]
}

fn findings(one: &Release, other: &Release) -> Option<Text> {
    let counted = |release: &Release| release.findings.len().to_string();
    let found = one.findings.iter().zip(other.findings.iter()).zip(1..).find_map(|((left, right), number)| {
        rows(&say!("finding {number}", "第 {number} 条检查结果"), &finding(left), &finding(right))
    });
    found.or_else(|| shown(say!("number of findings", "检查结果数"), &counted(one), &counted(other)))
}

fn finding(finding: &Finding) -> Vec<Cell<'_>> {
    vec![
        (say!("code", "代码"), Value::Text(finding.code.name())),
        (say!("layer", "图层"), Value::Text(&finding.layer)),
        (say!("feature", "要素"), Value::Text(&finding.feature)),
        (say!("x", "横坐标"), maybe(finding.place.map(|place| place.x))),
        (say!("y", "纵坐标"), maybe(finding.place.map(|place| place.y))),
        (say!("detail", "说明"), Value::Text(&finding.detail.en)),
        (say!("detail", "说明"), Value::Text(&finding.detail.zh)),
        (say!("what was done", "处理"), Value::Text(finding.action.name())),
    ]
}

#[cfg(test)]
#[path = "difference_tests.rs"]
mod tests;
