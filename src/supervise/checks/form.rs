//! U15: whether prices are a dated table of grades, or a surface that moves in real time or from cell to cell.

use super::{Context, prices};
use crate::land::Outcome;
use crate::say;
use crate::supervise::item::Item;
use std::collections::{BTreeMap, BTreeSet};

/// U15.
pub fn form(context: &Context<'_>) -> Outcome<Vec<Item>> {
    let (held, release) = match context.current(15) {
        Ok(found) => found,
        Err(items) => return Ok(items),
    };
    let rule = &context.rules.U15;
    let mut items = Vec::new();
    let dated: Vec<_> = context.district.releases.iter().filter_map(|held| Some((held.base?, held))).collect();
    for pair in dated.windows(2) {
        let ((before, _), (after, held)) = (pair[0], pair[1]);
        let days = (after - before).get_days();
        if days < i32::try_from(rule.least_days).unwrap_or(i32::MAX) {
            let least = rule.least_days;
            let what = say!(
                "two base dates {days} days apart: prices may not be updated in real time",
                "两期估价期日仅隔 {days} 天:不得实时更新基准地价"
            );
            let measured = say!("{days} days", "{days} 天");
            items.push(
                Item::found(15, rule.severity, what, held.place.clone())
                    .measured(measured, say!("≥ {least} days", "≥ {least} 天")),
            );
        }
    }
    // Prices of areas and streets of their own stand in tables too.
    let places = [&release.map.places.areas, &release.map.places.streets];
    let decided: BTreeSet<u64> =
        places.iter().flat_map(|rows| &rows.rows).filter_map(|row| Some(row.published?.to_bits())).collect();
    let units = &release.units;
    let mut seen: BTreeMap<(u8, u8), BTreeSet<u64>> = BTreeMap::new();
    for unit in 0..units.len() {
        let price = units.price(unit);
        if price.is_finite() && !decided.contains(&price.to_bits()) {
            seen.entry((units.uses[unit], units.grades[unit])).or_default().insert(price.to_bits());
        }
    }
    for ((land_use, grade), found) in &seen {
        let name = &release.uses[usize::from(*land_use)].name;
        let table = prices(release, *land_use).get(usize::from(*grade).saturating_sub(1)).copied().flatten();
        let others = found.iter().filter(|bits| table.is_none_or(|price| price.to_bits() != **bits)).count();
        if others > rule.most_prices {
            let what = say!(
                "units of grade {grade} have {others} prices of their own: prices may not be published cell by cell",
                "{grade} 级单元有 {others} 个各自的价格:不得以网格形式公布基准地价"
            );
            let item =
                Item::found(15, rule.severity, what, format!("{}: units {name} {grade}", held.place)).of_use(name);
            items.push(item.measured(others.to_string(), format!("≤ {}", rule.most_prices)));
        }
    }
    if items.is_empty() {
        let what = say!("a dated table of grades", "为按期公布的级别价格表");
        items.push(Item::passed(15, what, held.place.clone()));
    }
    Ok(items)
}
