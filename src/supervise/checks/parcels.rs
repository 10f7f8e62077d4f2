//! U16: standard parcels (标定地价): their date, how many a zone has, and whether they agree with the price of their grade.

use super::{Context, percent, prices, use_of};
use crate::borders::bring::Laws;
use crate::land::{Outcome, Text};
use crate::release::Release;
use crate::say;
use crate::space::index::BoxIndex;
use crate::space::{Point, measure};
use crate::supervise::beside::Standard;
use crate::supervise::item::Item;
use crate::supervise::rules::{after, years_between};
use std::collections::BTreeMap;

/// U16.
pub fn parcels(context: &Context<'_>) -> Outcome<Vec<Item>> {
    let (held, release) = match context.current(16) {
        Ok(found) => found,
        Err(items) => return Ok(items),
    };
    let Some(parcels) = context.district.standard.as_ref().filter(|parcels| !parcels.is_empty()) else {
        return Ok(vec![Item::not_checked(16, say!("there is no table of standard parcels", "没有标准宗地表"))]);
    };
    let rule = &context.rules.U16;
    let mut items = Vec::new();
    let newest = parcels.iter().filter_map(|own| Some((own.date?, &own.source))).max();
    match newest {
        None => items.push(Item::not_checked(16, say!("the parcels have no dates", "标准宗地没有日期"))),
        Some((date, source)) => {
            let old = after(date, rule.most_years).is_some_and(|limit| context.today > limit);
            let years = rule.most_years;
            let what = match old {
                true => say!("the newest date is older than {years} years", "最近期日已超过 {years} 年"),
                false => say!("dated within {years} years", "期日在 {years} 年内"),
            };
            let age = years_between(date, context.today);
            let measured = say!("{date} ({age:.2} years)", "{date}({age:.2} 年)");
            items.push(
                Item::judged(16, old.then_some(rule.severity), what, source.clone())
                    .measured(measured, say!("≤ {years} years", "≤ {years} 年")),
            );
        }
    }
    items.extend(old(context, parcels));
    // L3: zones of prices of their own without a parcel.
    let areas = &release.map.places.areas.rows;
    let count = |id: &str, name: &str| {
        parcels.iter().filter(|own| own.zone == id || (!name.is_empty() && own.zone == name)).count()
    };
    for area in areas {
        let found = count(&area.id, &area.name);
        if found < rule.least_per_zone {
            let (id, least) = (&area.id, rule.least_per_zone);
            let what = say!("the zone {id} has too few standard parcels", "区域 {id} 标准宗地不足");
            items.push(
                Item::found(16, rule.severity, what, held.place.clone())
                    .measured(found.to_string(), format!("≥ {least}")),
            );
        }
    }
    for own in parcels.iter().filter(|own| !own.zone.is_empty() && !areas.is_empty()) {
        let (id, zone) = (&own.id, &own.zone);
        if !areas.iter().any(|area| area.id == *zone || !zone.is_empty() && area.name == *zone) {
            let why = say!(
                "{id} lies in the zone {zone}, which the release does not have",
                "{id} 所在区域 {zone} 不在成果中"
            );
            items.push(Item::found(16, rule.severity, why, own.source.clone()));
        }
    }
    let zoned = parcels.iter().filter(|own| !own.zone.is_empty()).count();
    if areas.is_empty() && zoned > 0 {
        items.push(Item::not_checked(
            16,
            say!(
                "{zoned} standard parcels name zones, but the release has no areas with prices of their own to count them by",
                "{zoned} 个标准宗地注明了区域,但成果中没有区片,无法按区域核对个数"
            ),
        ));
    }
    items.extend(by_grade(context, parcels));
    items.extend(in_place(context, parcels));
    Ok(items)
}

/// Parcels whose own date is older than the newest may be.
fn old(context: &Context<'_>, parcels: &[Standard]) -> Vec<Item> {
    let rule = &context.rules.U16;
    let dated = parcels.iter().filter_map(|own| Some((own.date?, own)));
    let old: Vec<(jiff::civil::Date, &Standard)> =
        dated.filter(|(date, _)| after(*date, rule.most_years).is_some_and(|limit| context.today > limit)).collect();
    // Where all are old the newest says so already.
    if old.len() == parcels.iter().filter(|own| own.date.is_some()).count() {
        return Vec::new();
    }
    let item = |(date, own): &(jiff::civil::Date, &Standard)| {
        let (id, years) = (&own.id, rule.most_years);
        let what = say!("{id} is dated more than {years} years back", "{id} 的期日已超过 {years} 年");
        Item::found(16, rule.severity, what, own.source.clone())
            .measured(date.to_string(), say!("≤ {years} years", "≤ {years} 年"))
    };
    old.iter().map(item).collect()
}

/// What a parcel of a grade may cost: the price of the grade less and more its amplitude where one is stated, else what its samples span.
fn span(context: &Context<'_>, release: &Release, (land_use, grade): (u8, u8), price: f64) -> Option<(f64, f64, Text)> {
    let laws = Laws::new(release, context.district.system.as_ref(), None).ok()?;
    let stated = laws.of_use(land_use).and_then(|part| {
        part.amplitude.iter().find(|own| own.grades.as_ref().is_none_or(|grades| grades.contains(&grade)))
    });
    if let Some(own) = stated {
        let what = say!("the amplitude of its grade", "所在级别修正幅度");
        return Some((price * (1.0 - own.down / 100.0), price * (1.0 + own.up / 100.0), what));
    }
    let cell = release.cells.iter().find(|cell| (cell.use_index, cell.grade) == (land_use, grade))?;
    let (lowest, highest) = cell.lowest.zip(cell.highest)?;
    Some((lowest, highest, say!("the samples of its grade", "所在级别样点范围")))
}

/// L1 and L4: the mean of a grade, by area where all tell theirs, and each parcel within the amplitude of its grade.
fn by_grade(context: &Context<'_>, parcels: &[Standard]) -> Vec<Item> {
    let Some((held, release)) = context.district.newest().and_then(|held| Some((held, held.release.as_ref()?))) else {
        return Vec::new();
    };
    let rule = &context.rules.U16;
    let mut groups: BTreeMap<(u8, u8), Vec<&Standard>> = BTreeMap::new();
    let mut items = Vec::new();
    for parcel in parcels {
        match use_of(release, context.rules, &parcel.land_use).zip(parcel.grade) {
            Some(key) => groups.entry(key).or_default().push(parcel),
            None => {
                let id = &parcel.id;
                let why = say!("{id} has a use or grade the release does not know", "{id} 的用途或级别不在成果中");
                items.push(Item::not_checked(16, why));
            }
        }
    }
    for ((land_use, grade), mut members) in groups {
        let name = &release.uses[usize::from(land_use)].name;
        let Some(price) = prices(release, land_use).get(usize::from(grade) - 1).copied().flatten() else {
            let why = say!("grade {grade} has no price", "{grade} 级没有价格");
            items.push(Item::not_checked(16, why).of_use(name));
            continue;
        };
        members.sort_by(|a, b| a.price.total_cmp(&b.price));
        let known = members.iter().all(|own| own.area > 0.0);
        let weight = |own: &Standard| if known { own.area } else { 1.0 };
        let whole: f64 = members.iter().map(|own| weight(own)).sum();
        let mean = members.iter().map(|own| own.price * weight(own)).sum::<f64>() / whole;
        let off = (mean / price - 1.0).abs();
        let wrong = (off > rule.most_deviation).then_some(rule.severity);
        let count = members.len();
        let what = match wrong {
            Some(_) => say!(
                "grade {grade}: the mean of {count} parcels is far from the price of the grade",
                "{grade} 级:{count} 宗均价与级别价偏离过大"
            ),
            None => say!(
                "grade {grade}: {count} parcels agree with the price of the grade",
                "{grade} 级:{count} 宗与级别价一致"
            ),
        };
        let item = Item::judged(16, wrong, what, format!("{}: {name} {grade}", held.place)).of_use(name);
        items.push(item.measured(
            format!("{mean:.0} / {price} ({})", percent(off)),
            format!("≤ {}", percent(rule.most_deviation)),
        ));
        if let Some((lowest, highest, Text { en, zh })) = span(context, release, (land_use, grade), price) {
            for own in members.iter().filter(|own| !(lowest..=highest).contains(&own.price)) {
                let id = &own.id;
                let what = say!("{id} lies outside {en}", "{id} 超出{zh}");
                let item = Item::found(16, rule.severity, what, own.source.clone()).of_use(name);
                items.push(item.measured(own.price.to_string(), format!("{lowest:.0}–{highest:.0}")));
            }
        }
    }
    items
}

/// L3: every parcel with a place lies in a unit of its use, of its grade.
fn in_place(context: &Context<'_>, parcels: &[Standard]) -> Vec<Item> {
    let Some(release) = super::border::drawn(context.district) else { return Vec::new() };
    let Some(shapes) = &release.units.shapes else { return Vec::new() };
    let placed: Vec<&Standard> = parcels.iter().filter(|own| own.place.iter().all(|value| value.is_finite())).collect();
    if placed.is_empty() {
        return Vec::new();
    }
    let index = BoxIndex::of_shapes(shapes);
    let mut near = Vec::new();
    let mut items = Vec::new();
    for own in placed {
        let place = Point::new(own.place[0], own.place[1]);
        index.touching(crate::space::Extent::of(&[place]), &mut near);
        let land_use = use_of(release, context.rules, &own.land_use);
        let inside = near.iter().filter(|unit| {
            land_use == Some(release.units.uses[**unit as usize]) && measure::covers(shapes.get(**unit as usize), place)
        });
        let grades: Vec<u8> = inside.map(|unit| release.units.grades[*unit as usize]).collect();
        let id = &own.id;
        let what = match (grades.as_slice(), own.grade) {
            ([], _) => say!("{id} lies in no unit of its use", "{id} 不在任何同用途单元内"),
            ([first, ..], Some(grade)) if *first != grade => {
                say!(
                    "{id} is said to be of grade {grade} and lies in grade {first}",
                    "{id} 标为 {grade} 级,实际位于 {first} 级"
                )
            }
            _ => continue,
        };
        items.push(Item::found(16, context.rules.U16.severity, what, own.source.clone()));
    }
    items
}
