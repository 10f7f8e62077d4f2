//! The units as a table: identifier, use, area, scores, total, grade and price, borrowed from the release.

use super::notes::connotation;
use super::{Selection, UnitColumn};
use crate::formats::{Cells, Field, Table};
use crate::land::{Lang, Text, Values};
use crate::release::Release;
use crate::say;
use std::collections::{BTreeMap, BTreeSet};

/// The units' table, and what it was called otherwise than in the release.
pub struct Units<'a> {
    pub table: Table<'a>,
    /// Fields that bear another name because theirs was empty or taken, one sentence each.
    pub renamed: Vec<Text>,
}

/// The table of the units, one row each, in the release's order. Columns without values are left out; so is the geometry of a release that
/// has none. `lang` chooses the units' spelling; titles are in both languages.
pub fn units_table<'a>(release: &'a Release, selection: &Selection, lang: Lang) -> Units<'a> {
    let mut fields: Vec<Field<'a>> = Vec::new();
    let mut ranks = Vec::new();
    for &column in &selection.columns {
        fields.extend(fields_of(release, selection, column, lang));
        ranks.resize(fields.len(), rank(column));
    }
    let renamed = settle_names(&mut fields, &ranks);
    let units = &release.units;
    let table = Table {
        name: selection.layer.clone(),
        title: say!("Graded units", "土地定级单元"),
        fields,
        shapes: units.shapes.as_ref(),
        crs: units.shapes.as_ref().map(|_| &release.head.crs),
        rows: units.len(),
    };
    Units { table, renamed }
}

fn fields_of<'a>(release: &'a Release, selection: &Selection, column: UnitColumn, lang: Lang) -> Vec<Field<'a>> {
    let units = &release.units;
    let points = in_lang(lang, "points", "分");
    let score = |field: Field<'a>| field.in_unit(points).shown_with(2);
    match column {
        UnitColumn::Id => vec![Field::plain(&selection.id, Cells::ids(&units.ids)).titled(say!("unit", "单元编号"))],
        UnitColumn::Use => vec![of_use(release, "use").titled(say!("use", "用途代码"))],
        UnitColumn::UseName => vec![of_use(release, "use_name").titled(say!("use name", "土地用途"))],
        UnitColumn::Area if units.areas.iter().all(|area| area.is_nan()) => Vec::new(),
        UnitColumn::Area => vec![
            Field::plain("area", Cells::real(&units.areas))
                .titled(say!("area", "面积"))
                .in_unit(square_metres(lang))
                .shown_with(2),
        ],
        UnitColumn::Scores if units.scores.is_empty() => Vec::new(),
        UnitColumn::Scores => {
            let factors = &release.head.factors;
            let cells = |offset| Cells::Real { values: &units.scores, stride: factors.len(), offset };
            let field = |(at, factor): (usize, &crate::release::FactorHead)| {
                score(Field::plain(&factor.key, cells(at)).titled(Text::same(&factor.name)))
            };
            factors.iter().enumerate().map(field).collect()
        }
        UnitColumn::Total if units.totals.is_empty() => Vec::new(),
        UnitColumn::Total => {
            vec![score(Field::plain("total", Cells::real(&units.totals)).titled(say!("total score", "总分值")))]
        }
        UnitColumn::Grade => {
            vec![Field::plain("grade", Cells::Small(&units.grades)).titled(say!("grade", "土地级别"))]
        }
        UnitColumn::Alternatives => units.alternatives.iter().map(alternative).collect(),
        UnitColumn::Price | UnitColumn::PriceMu if units.prices.iter().all(|price| price.is_nan()) => Vec::new(),
        UnitColumn::Price => vec![
            Field::plain("price", Cells::real(&units.prices))
                .titled(say!("benchmark price", "基准地价"))
                .noted(&connotation(release))
                .in_unit(super::price_table::PER_SQUARE_METRE),
        ],
        UnitColumn::PriceMu => vec![
            Field::plain(
                "price_mu",
                Cells::Own(Values::Real(per_mu(release, &units.uses, &units.grades, &units.prices))),
            )
            .titled(say!("benchmark price per mu", "每亩基准地价"))
            .noted(&connotation(release))
            .in_unit(super::price_table::PER_MU)
            .shown_with(2),
        ],
        UnitColumn::Kept => {
            let field = |kept: &'a crate::land::Column| {
                Field::plain(&kept.name, Cells::Values(&kept.values)).titled(super::kept_titles::title(&kept.name))
            };
            units.kept.iter().map(field).collect()
        }
    }
}

/// The spelling of a unit in the reader's language.
pub(super) fn in_lang(lang: Lang, en: &'static str, zh: &'static str) -> &'static str {
    match lang {
        Lang::Zh => zh,
        Lang::En => en,
    }
}

pub(super) fn square_metres(lang: Lang) -> &'static str {
    in_lang(lang, "m²", "㎡")
}

/// The use's key or name per unit.
fn of_use<'a>(release: &'a Release, field: &str) -> Field<'a> {
    let text = |head: &crate::release::UseHead| if field == "use" { head.key.clone() } else { head.name.clone() };
    Field::plain(field, Cells::Code { codes: &release.units.uses, names: release.uses.iter().map(text).collect() })
}

fn alternative((name, grades): &(String, Vec<u8>)) -> Field<'_> {
    Field::plain(name, Cells::Small(grades)).titled(say!("grade by {name}", "土地级别(备选 {name})"))
}

/// 万元/亩 of each price, by its use and grade; units share few prices, so each is converted once.
pub(super) fn per_mu(release: &Release, uses: &[u8], grades: &[u8], prices: &[f64]) -> Vec<f64> {
    let mut known = BTreeMap::new();
    let convert = |land_use: u8, grade: u8, price: f64| {
        release.uses[usize::from(land_use)].per_mu(grade, price).unwrap_or(f64::NAN)
    };
    let each = prices.iter().zip(uses.iter().zip(grades));
    each.map(|(price, (&land_use, &grade))| {
        *known.entry((land_use, grade, price.to_bits())).or_insert_with(|| convert(land_use, grade, *price))
    })
    .collect()
}

/// Which fields keep a name that several bear: the engine's own before factors, further gradings and fields carried through.
fn rank(column: UnitColumn) -> u8 {
    match column {
        UnitColumn::Id => 0,
        UnitColumn::Use | UnitColumn::UseName | UnitColumn::Area | UnitColumn::Total => 1,
        UnitColumn::Grade | UnitColumn::Price | UnitColumn::PriceMu => 1,
        UnitColumn::Scores => 2,
        UnitColumn::Alternatives => 3,
        UnitColumn::Kept => 4,
    }
}

/// Gives every field a name of its own (capital and small letters are the same to readers), numbering those that come late.
fn settle_names(fields: &mut [Field<'_>], ranks: &[u8]) -> Vec<Text> {
    let mut order: Vec<usize> = (0..fields.len()).collect();
    order.sort_by_key(|&at| ranks[at]);
    let mut taken = BTreeSet::new();
    let mut renamed = Vec::new();
    for at in order {
        let given = fields[at].name.clone();
        let stem = if given.is_empty() { "field".to_string() } else { given.clone() };
        let numbered = (2..).map(|number| format!("{stem}_{number}"));
        let free = std::iter::once(stem.clone()).chain(numbered).find(|name| taken.insert(name.to_lowercase()));
        let name = free.expect("there are more numbers than fields");
        if name != given {
            let title = fields[at].title.zh.clone();
            renamed.push(say!(
                "the field \"{given}\" ({title}) is called {name}, its own name is empty or taken",
                "字段「{given}」({title})改名为 {name},原名为空或已被占用"
            ));
            fields[at].name = name;
        }
    }
    renamed
}

#[cfg(test)]
#[path = "units_tests.rs"]
mod tests;
