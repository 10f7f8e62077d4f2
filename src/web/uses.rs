//! A use as the page shows it: its legend, its connotation, and how prices came about.

use super::head::both;
use super::objects::Objects;
use super::{Subject, places};
use crate::compare::{GradeGrowth, UseGrowth};
use crate::land::{Lang, Text, grade, money};
use crate::release::{Connotation, PriceCell, Release, UseHead};
use crate::say;
use serde_json::{Value, json};

pub(super) fn of(subject: &Subject<'_>, objects: &Objects<'_>, land_use: usize, carried: places::Carry<'_>) -> Value {
    let release = subject.release;
    let own = &release.uses[land_use];
    let growth = growth_of(subject, land_use);
    let premises = own.connotation.as_ref();
    let colours = subject.layout.colours(&own.key, &own.name, own.grades);
    let grades = (1..=own.grades).map(|grade| {
        let colour = colours.get(usize::from(grade) - 1).copied().unwrap_or([200, 200, 200]);
        of_grade(release, land_use, grade, colour, growth, objects)
    });
    json!({
        "key": own.key, "name": own.name,
        "kind": kind(own).unwrap_or("ground"), "kind_known": kind(own).is_some(),
        "connotation": premises.map(|premises| connotation(release, premises)).unwrap_or_default(),
        "weights": own.weights, "limits": own.limits,
        "grades": grades.collect::<Vec<_>>(),
        "last": last(subject, land_use, objects),
        "areas": places::of(subject, places::Which::Areas, land_use, carried),
        "streets": places::of(subject, places::Which::Streets, land_use, carried),
        "growth_note": growth.filter(|growth| !growth.compared).map(|growth| both(&not_compared(growth))),
        "recompute": subject.recompute.get(land_use).cloned().flatten(),
    })
}

/// Why nothing grew.
fn not_compared(growth: &UseGrowth) -> Text {
    let none = |of: fn(&GradeGrowth) -> Option<f64>| growth.grades.iter().all(|cell| of(cell).is_none());
    match (none(|cell| cell.price_old), none(|cell| cell.price_new)) {
        (true, true) => say!("Neither release has prices of this use.", "两期成果均没有此用途的地价。"),
        (true, false) => say!("The last release has no prices of this use.", "上期成果没有此用途的地价。"),
        (false, true) => say!("This release has no prices of this use.", "本期成果没有此用途的地价。"),
        (false, false) => say!(
            "The connotation changed since the last release: prices are not compared.",
            "地价内涵与上期不同,价格不作比较。"
        ),
    }
}

/// The table of the release before: its grades with their prices, and how many objects each had then; nothing without one, and of a new use.
fn last(subject: &Subject<'_>, land_use: usize, objects: &Objects<'_>) -> Option<Vec<Value>> {
    let comparison = subject.comparison?;
    let then = comparison.uses.iter().find(|link| link.new.map(usize::from) == Some(land_use))?.old?;
    let old = comparison.old.release;
    let (uses, grades) = match objects.kind {
        "unit" => (&old.units.uses, &old.units.grades),
        _ => (&old.map.parcels.uses, &old.map.parcels.grades),
    };
    let one = |cell: &GradeGrowth| {
        let count = uses.iter().zip(grades).filter(|own| *own == (&then, &cell.grade)).count();
        json!({"grade": cell.grade, "name": {"zh": grade::name(cell.grade, Lang::Zh), "en": grade::name(cell.grade, Lang::En)},
               "price": cell.price_old, "objects": count})
    };
    Some(growth_of(subject, land_use)?.grades.iter().filter(|cell| cell.in_old).map(one).collect())
}

/// The use that covers most ground, the first of equals: the page begins with it.
pub(super) fn widest(release: &Release, objects: &Objects<'_>) -> usize {
    let mut areas = vec![0.0; release.uses.len()];
    (0..objects.len()).for_each(|row| areas[usize::from(objects.uses[row])] += objects.area_of(row));
    (0..areas.len()).reduce(|most, next| if areas[next] > areas[most] { next } else { most }).unwrap_or(0)
}

/// The use's growth among those compared.
fn growth_of<'a>(subject: &Subject<'a>, land_use: usize) -> Option<&'a UseGrowth> {
    let comparison = subject.comparison?;
    let place = comparison.uses.iter().position(|link| link.new.map(usize::from) == Some(land_use))?;
    comparison.growth.get(place)
}

fn of_grade(
    release: &Release,
    land_use: usize,
    at: u8,
    colour: [u8; 3],
    growth: Option<&UseGrowth>,
    objects: &Objects<'_>,
) -> Value {
    let own = &release.uses[land_use];
    let cell = release.cells.iter().find(|cell| usize::from(cell.use_index) == land_use && cell.grade == at);
    let price = cell.and_then(|cell| cell.published);
    let premises = own.connotation.as_ref();
    let Published { ratio, ground, floor, mu } = Published::of(own, at, price);
    let mine = |row: &usize| usize::from(objects.uses[*row]) == land_use && objects.grades[*row] == at;
    let count = (0..objects.len()).filter(mine).count();
    let before = growth.and_then(|growth| growth.grades.iter().find(|cell| cell.grade == at));
    let development = premises.map_or("", |premises| premises.development_of(at));
    json!({
        "grade": at, "name": {"zh": grade::name(at, Lang::Zh), "en": grade::name(at, Lang::En)},
        "colour": format!("#{:02x}{:02x}{:02x}", colour[0], colour[1], colour[2]),
        "price": price, "ground": ground, "floor": floor, "mu": mu,
        "plot_ratio": ratio, "development": both(&Text::same(development)),
        "area": cell.map(|cell| cell.area).filter(|area| *area > 0.0).or_else(|| objects.area(land_use, at)), "objects": count,
        "samples": cell.filter(|cell| cell.samples > 0 || !release.samples.is_empty()).map(|cell| cell.kept), "lowest": cell.and_then(|cell| cell.lowest), "highest": cell.and_then(|cell| cell.highest),
        "reason": both(&cell.map_or_else(Text::default, reason)), "inferred": cell.and_then(|cell| cell.filled.as_ref()).map(both),
        "previous": before.and_then(|before| before.price_old), "growth": before.and_then(|before| before.growth_pct),
    })
}

/// Whether prices are of land or of floor, where the connotation tells.
fn kind(own: &UseHead) -> Option<&str> {
    own.connotation.as_ref().map(|premises| premises.kind.as_str()).filter(|kind| matches!(*kind, "ground" | "floor"))
}

/// A price as the published tables bring it: to land and to floor by the set plot ratio, and per mu.
pub(super) struct Published {
    ratio: Option<f64>,
    pub ground: Option<f64>,
    pub floor: Option<f64>,
    pub mu: Option<f64>,
}

impl Published {
    pub fn of(own: &UseHead, grade: u8, price: Option<f64>) -> Published {
        let premises = own.connotation.as_ref();
        let ratio = premises.map(|premises| premises.plot_ratio_of(grade)).filter(|ratio| ratio.is_finite());
        let both = price.zip(ratio);
        let mu = price.and_then(|price| own.per_mu(grade, price));
        let (ground, floor, mu) = match kind(own) {
            Some("floor") => {
                (both.map(|(price, ratio)| money::round_half_up(money::product(price, ratio), 2)), price, mu)
            }
            Some(_) => (price, both.map(|(price, ratio)| money::round_half_up(price / ratio, 2)), mu),
            // Nothing tells what the price is of: it stands alone.
            None => (price, None, None),
        };
        Published { ratio, ground, floor, mu }
    }
}

/// How a price came about.
fn reason(cell: &PriceCell) -> Text {
    let (kept, all) = (cell.kept, cell.samples);
    match (&cell.decided, &cell.filled) {
        (Some(decided), _) => decided.text(),
        (None, Some(filled)) => filled.clone(),
        (None, None) if cell.published.is_none() => say!("no price", "无地价"),
        (None, None) if all > 0 => say!("from {kept} of {all} samples", "依据 {all} 个样点中采用的 {kept} 个测算"),
        (None, None) => say!("as published", "按公布值"),
    }
}

fn connotation(release: &Release, own: &Connotation) -> Vec<Value> {
    let mut all = Vec::new();
    let mut push = |label: Text, text: Text| {
        if !text.zh.is_empty() {
            all.push(json!({"label": both(&label), "text": both(&text)}));
        }
    };
    let number = |value: f64| if value.is_nan() { String::new() } else { value.to_string() };
    push(say!("right", "土地权利"), Text::same(&own.right));
    push(say!("classification of uses", "用途分类"), Text::same(&own.classification));
    push(say!("base date", "估价期日"), Text::same(release.head.base_date.clone().unwrap_or_default()));
    let term = number(own.term);
    push(
        say!("term", "土地使用年期"),
        if term.is_empty() { Text::default() } else { say!("{term} years", "{term} 年") },
    );
    push(say!("set plot ratio", "设定容积率"), Text::same(number(own.plot_ratio)));
    push(
        say!("kind of price", "价格类型"),
        match own.kind.as_str() {
            "floor" => say!("price per m² of floor", "楼面地价"),
            "ground" => say!("price per m² of land", "地面地价"),
            _ => Text::default(),
        },
    );
    push(say!("land development", "土地开发程度"), Text::same(&own.development));
    push(say!("scope", "适用范围"), Text::same(&own.scope));
    let rate = number(money::round_half_up(own.rate * 100.0, 4));
    push(
        say!("land capitalisation rate", "土地还原率"),
        if rate.is_empty() { Text::default() } else { Text::same(format!("{rate} %")) },
    );
    all
}
