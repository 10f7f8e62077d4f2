//! A6, A8, A10: prices across rows, and tables against layers.

use super::read::{Package, Rows, number, shown, use_name};
use super::{Found, Item};
use crate::formats::Declared;
use crate::land::{Lang, Text, date, grade};
use crate::package::rules::{Content, Source};
use crate::say;
use std::collections::BTreeMap;

/// Area, use and grade.
type Key = (String, Option<usize>, u8);

/// A file of priced grades: the layer of grades, or of areas, or a table.
fn priced<'p>(package: &'p Package<'_>) -> impl Iterator<Item = &'p dyn Rows> {
    package.all().filter(|own| matches!(own.content(), Content::Grades | Content::Areas | Content::Prices))
}

fn key(package: &Package<'_>, own: &dyn Rows, row: usize) -> Key {
    let area = [Source::Id, Source::Name].map(|source| own.text(source, row)).into_iter().find(|text| !text.is_empty());
    (area.unwrap_or_default(), own.use_of_row(package.rules, row), own.grade_of_row(row))
}

fn place(package: &Package<'_>, (area, of_use, grade): &Key) -> Text {
    let word = |lang| {
        let parts = [area.clone(), use_name(package.rules, *of_use, lang), grade::name(*grade, lang)];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
    };
    Text { en: word(Lang::En), zh: word(Lang::Zh) }
}

pub(super) fn one(package: &Package<'_>) -> Found {
    let mut items = Vec::new();
    for own in priced(package) {
        let mut seen: BTreeMap<Key, (f64, usize)> = BTreeMap::new();
        for row in 0..own.rows() {
            let price = own.number(Source::GroundPrice, row);
            let key = key(package, own, row);
            let (first, at) = *seen.entry(key.clone()).or_insert((price, row));
            if first != price && !(first.is_nan() && price.is_nan()) {
                let (Text { en, zh }, at) = (place(package, &key), own.label(at));
                let what = say!("{en}: {price}, in row {at} {first}", "{zh}:地价 {price},第 {at} 行为 {first}");
                items.push(Item::of(own.path(), what).in_row(own.label(row)));
            }
        }
    }
    Ok(items)
}

/// Price and row of each grade.
type ByGrade = BTreeMap<u8, (f64, usize)>;

pub(super) fn order(package: &Package<'_>) -> Found {
    let mut items = Vec::new();
    for own in priced(package).filter(|own| own.content() != Content::Areas) {
        // By area, use, plot ratio and development, as each area has prices of its own and those of other premises are of another scale.
        let mut groups: BTreeMap<(Option<usize>, String, String, String), ByGrade> = BTreeMap::new();
        for row in 0..own.rows() {
            let (price, grade) = (own.number(Source::GroundPrice, row), own.grade_of_row(row));
            if grade > 0 && !price.is_nan() {
                let premises = (own.text(Source::PlotRatio, row), own.text(Source::Development, row));
                let area = own.text(Source::Name, row);
                let group = (own.use_of_row(package.rules, row), premises.0, premises.1, area);
                groups.entry(group).or_default().entry(grade).or_insert((price, row));
            }
        }
        for ((of_use, ..), grades) in groups {
            let grades: Vec<(u8, (f64, usize))> = grades.into_iter().collect();
            for pair in grades.windows(2) {
                let [(better, (high, _)), (worse, (low, row))] = [pair[0], pair[1]];
                if low >= high {
                    let name = |lang| {
                        (use_name(package.rules, of_use, lang), grade::name(better, lang), grade::name(worse, lang))
                    };
                    let ((use_en, better_en, worse_en), (use_zh, better_zh, worse_zh)) =
                        (name(Lang::En), name(Lang::Zh));
                    let what = say!(
                        "{use_en}: {worse_en} costs {low}, {better_en} {high}",
                        "{use_zh}:{worse_zh} {low},{better_zh} {high}"
                    );
                    items.push(Item::of(own.path(), what).in_row(own.label(row)));
                }
            }
        }
    }
    Ok(items)
}

/// What a table and the layers both say of a grade.
const PRINTED: [Source; 8] = [
    Source::GroundPrice,
    Source::FloorPrice,
    Source::PriceMu,
    Source::PlotRatio,
    Source::Term,
    Source::Development,
    Source::BaseDate,
    Source::GradeName,
];

/// The rows of a use and grade, and the area of them all; NaN where none is stated.
#[derive(Default)]
struct Own {
    rows: Vec<usize>,
    area: f64,
}

/// By area, where rows name one, use and grade.
fn by_grade(package: &Package<'_>, own: &dyn Rows) -> BTreeMap<Key, Own> {
    let mut all: BTreeMap<Key, Own> = BTreeMap::new();
    for row in 0..own.rows() {
        let area = own.text(Source::Name, row);
        let cell = all.entry((area, own.use_of_row(package.rules, row), own.grade_of_row(row))).or_default();
        cell.area += own.number(Source::Area, row);
        cell.rows.push(row);
    }
    all
}

pub(super) fn printed(package: &Package<'_>) -> Found {
    let tables: Vec<_> = package.tables.iter().filter(|table| table.rule.of == Content::Prices).collect();
    let layers = package.layers.iter().filter(|layer| layer.rule.of == Content::Grades);
    let layers: Vec<_> = layers.map(|layer| (layer, by_grade(package, layer))).collect();
    if tables.is_empty() || layers.is_empty() {
        return Err(say!("the package has no table of prices, or no layer of grades", "成果包中没有地价表或级别图层"));
    }
    let named = |cell: &Key| place(package, cell);
    let mut items = Vec::new();
    for table in &tables {
        let printed = by_grade(package, *table);
        for (cell, own) in printed.iter().filter(|(_, own)| own.rows.len() > 1) {
            let (Text { en, zh }, first) = (named(cell), table.label(own.rows[0]));
            let what = say!("{en} stands in row {first} too", "{zh}与第 {first} 行重复");
            items.push(Item::of(&table.path, what).in_row(table.label(own.rows[1])));
        }
        for (layer, of_layer) in &layers {
            for (cell, drawn) in of_layer {
                let Text { en, zh } = named(cell);
                let path = &layer.path;
                let Some(own) = printed.get(cell) else {
                    if table.of_use().is_none() || table.of_use() == cell.1 {
                        let what = say!("{en} of {path} is not in the table", "表中没有 {path} 的{zh}");
                        items.push(Item::of(&table.path, what));
                    }
                    continue;
                };
                let row = own.rows[0];
                // Each part is rounded by itself.
                let rounding = 0.01 + 0.005 * drawn.rows.len() as f64;
                if own.rows.len() == 1 && (own.area - drawn.area).abs() > rounding {
                    let (area, sum) = (own.area, drawn.area);
                    let what = say!(
                        "{en}: {area} m², in {path} {sum:.2} together",
                        "{zh}:面积 {area} ㎡,{path} 合计 {sum:.2} ㎡"
                    );
                    items.push(Item::of(&table.path, what).in_row(table.label(row)));
                }
                items.extend(differing(*table, row, *layer, &drawn.rows, &named(cell)));
            }
        }
        for (cell, own) in printed.iter().filter(|(cell, _)| !layers.iter().any(|(_, own)| own.contains_key(cell))) {
            let Text { en, zh } = named(cell);
            let what = say!("{en} is in no layer", "图层中没有{zh}");
            items.push(Item::of(&table.path, what).in_row(table.label(own.rows[0])));
        }
    }
    Ok(items)
}

/// The cells of a table's row that are not as the rows of a layer have them, each with the first row that differs.
fn differing(table: &dyn Rows, row: usize, layer: &dyn Rows, rows: &[usize], named: &Text) -> Vec<Item> {
    let mut items = Vec::new();
    for source in PRINTED {
        let (Some((printed, cells)), Some((field, values))) = (table.field(source), layer.field(source)) else {
            continue;
        };
        let own = shown(cells, row);
        let same = |at: usize| {
            let other = shown(values, at);
            match (printed.kind.0, field.kind.0) {
                (Declared::Date, _) | (_, Declared::Date) => date::parse(&own) == date::parse(&other),
                (Declared::Char(_), _) => own == other,
                _ => {
                    let (a, b) = (number(cells, row), number(values, at));
                    (a.is_nan() && b.is_nan()) || (a - b).abs() < 1e-9 * a.abs().max(1.0)
                }
            }
        };
        // That a grade has one price is asked by A6.
        let is_price = matches!(source, Source::GroundPrice | Source::FloorPrice | Source::PriceMu);
        let asked = if is_price { &rows[..1] } else { rows };
        if let Some(&at) = asked.iter().find(|at| !same(**at)) {
            let (Text { en, zh }, name, path, other) = (named, &printed.name, layer.path(), shown(values, at));
            let at = layer.label(at);
            let what = say!(
                "{en}, {name}: \"{own}\", in row {at} of {path} \"{other}\"",
                "{zh} {name}:「{own}」,{path} 第 {at} 行为「{other}」"
            );
            items.push(Item::of(table.path(), what).in_row(table.label(row)));
        }
    }
    items
}
