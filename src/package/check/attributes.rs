//! A1 to A5, A9: codes, identifiers, areas, prices of a row, required fields.

use super::read::{Package, Rows, number, shown};
use super::topology::polygons;
use super::{Found, Item};
use crate::land::grade;
use crate::package::rules::{Need, Source};
use crate::say;
use crate::space::measure;
use std::collections::HashMap;

pub(super) fn codes(package: &Package<'_>) -> Found {
    let rules = package.rules;
    let mut items = Vec::new();
    for own in package.all() {
        for field in own.fields() {
            let (Some(list), Some(values)) = (&field.codes, own.column(&field.name)) else { continue };
            let known = |text: &str| match list.as_str() {
                "use" => rules.uses.iter().any(|of_use| of_use.code == text),
                "grade" => grade::parse(text).is_some(),
                other => rules.codes.get(other).is_some_and(|codes| codes.contains_key(text)),
            };
            for row in 0..own.rows() {
                let text = shown(values, row);
                if !text.is_empty() && !known(&text) {
                    let name = &field.name;
                    let what =
                        say!("{name} = \"{text}\" is not of the list {list}", "{name} =「{text}」不在代码表 {list} 中");
                    items.push(Item::of(own.path(), what).in_row(row));
                }
            }
        }
        // A code and the name beside it are of one use.
        if own.field(Source::UseCode).is_some() && own.field(Source::UseName).is_some() {
            for row in 0..own.rows() {
                let (code, name) = (own.text(Source::UseCode, row), own.text(Source::UseName, row));
                let known = rules.uses.iter().find(|of_use| of_use.code == code);
                if known.is_some_and(|of_use| !name.is_empty() && of_use.name != name) {
                    let what = say!("{code} is not the code of {name}", "{code} 不是 {name} 的代码");
                    items.push(Item::of(own.path(), what).in_row(row));
                }
            }
        }
    }
    Ok(items)
}

pub(super) fn unique(package: &Package<'_>) -> Found {
    let mut items = Vec::new();
    for layer in &package.layers {
        for field in layer.rule.fields.iter().filter(|field| matches!(field.of, Source::Number | Source::Id)) {
            let Some(values) = layer.column(&field.name) else { continue };
            let mut seen: HashMap<String, usize> = HashMap::new();
            for row in 0..layer.rows() {
                let text = shown(values, row);
                if text.is_empty() {
                    continue;
                }
                if let Some(first) = seen.insert(text.clone(), row) {
                    let (name, first) = (&field.name, first + 1);
                    let what = say!("{name} = {text} stands in row {first} too", "{name} = {text} 与第 {first} 行重复");
                    items.push(Item::of(&layer.path, what).in_row(row));
                }
            }
        }
    }
    Ok(items)
}

pub(super) fn areas(package: &Package<'_>) -> Found {
    let most = package.rules.limits.area_share;
    let mut items = Vec::new();
    for layer in polygons(package) {
        for row in 0..layer.rows() {
            let stated = layer.number(Source::Area, row);
            let real = measure::area(layer.shapes.get(row));
            // What two decimals cannot show is no difference.
            if !stated.is_nan() && (stated - real).abs() > (real * most).max(0.01) {
                let what = say!(
                    "{stated} m² are stated, the geometry has {real:.2}",
                    "面积字段 {stated} m²,图形面积 {real:.2}"
                );
                items.push(Item::of(&layer.path, what).in_row(row));
            }
        }
    }
    Ok(items)
}

pub(super) fn ground(package: &Package<'_>) -> Found {
    let most = package.rules.limits.ground;
    each(package, |own, row| {
        let [ground, floor, ratio] =
            [Source::GroundPrice, Source::FloorPrice, Source::PlotRatio].map(|source| own.number(source, row));
        let off = (ground - floor * ratio).abs();
        // A floor price is rounded to its own last place.
        let rounding = 0.005 * ratio;
        (off > most + rounding)
            .then(|| say!("{ground} is not {floor} × {ratio}", "地面地价 {ground} ≠ 楼面地价 {floor} × 容积率 {ratio}"))
    })
}

pub(super) fn mu(package: &Package<'_>) -> Found {
    let limits = package.rules.limits;
    each(package, |own, row| {
        let (ground, mu) = (own.number(Source::GroundPrice, row), own.number(Source::PriceMu, row));
        let wanted = ground / 15.0;
        ((mu - wanted).abs() > limits.mu.max(wanted * limits.mu_share)).then(|| {
            say!("{mu} 万元/亩, {ground} 元/㎡ are {wanted:.2}", "亩价 {mu} 万元,{ground} 元/㎡ 折合 {wanted:.2} 万元")
        })
    })
}

/// What a look at each row of layers and tables finds; comparisons with a missing number are false.
fn each(package: &Package<'_>, look: impl Fn(&dyn Rows, usize) -> Option<crate::land::Text>) -> Found {
    let mut items = Vec::new();
    for own in package.all() {
        let found = (0..own.rows()).filter_map(|row| Some(Item::of(own.path(), look(own, row)?).in_row(row)));
        items.extend(found);
    }
    Ok(items)
}

/// The first row of each required field that is blank, and how many there are.
pub(super) fn filled(package: &Package<'_>) -> Found {
    let mut items = Vec::new();
    for own in package.all() {
        for field in own.fields().iter().filter(|field| field.need == Need::M) {
            let Some(values) = own.column(&field.name) else { continue };
            let is_blank = |row: &usize| {
                shown(values, *row).is_empty() || shown(values, *row) == "NaN" && number(values, *row).is_nan()
            };
            let blank: Vec<usize> = (0..own.rows()).filter(is_blank).collect();
            if let Some(first) = blank.first() {
                let (name, count) = (&field.name, blank.len());
                items.push(
                    Item::of(own.path(), say!("{name} is blank in {count} rows", "{name} 有 {count} 行为空"))
                        .in_row(*first),
                );
            }
        }
    }
    Ok(items)
}
