//! U12 and U14: what became of the map of grades, and of the set of grades and uses.

use super::{Context, priced};
use crate::compare::{self, compare};
use crate::land::progress::Unwatched;
use crate::land::{Outcome, Text};
use crate::say;
use crate::supervise::item::Item;

/// So many identifiers are named.
const NAMED: usize = 5;

/// U12.
pub fn map(context: &Context<'_>) -> Outcome<Vec<Item>> {
    let [(before, old), (after, new)] = match context.last_two(12) {
        Ok(found) => found,
        Err(items) => return Ok(items),
    };
    if old.units.is_empty() || new.units.is_empty() {
        return Ok(vec![Item::not_checked(12, say!("a release has no units", "有一期没有单元"))]);
    }
    let rule = &context.rules.U12;
    let options = compare::Options { grade_jump: rule.grade_jump, ..compare::Options::default() };
    let comparison = compare(old, new, &options, &Unwatched)?;
    let source = format!("{} → {}", before.place, after.place);
    let mut items = Vec::new();
    for (matrix, link) in comparison.transitions.iter().zip(&comparison.uses) {
        let (mut moved, mut whole, mut jumped) = (0.0, 0.0, 0);
        for (from, row) in matrix.areas.iter().enumerate() {
            for (to, area) in row.iter().enumerate() {
                whole += area;
                moved += if from == to { 0.0 } else { *area };
            }
        }
        let mut ids = Vec::new();
        for change in comparison.changes.iter().filter(|change| change.flags.grade_jump) {
            let Some(row) =
                change.new.filter(|_| change.use_new.is_some_and(|at| comparison.uses[usize::from(at)] == *link))
            else {
                continue;
            };
            jumped += 1;
            if ids.len() < NAMED {
                ids.push(comparison.new.ids.show(row as usize));
            }
        }
        let added: f64 = matrix.added.iter().map(|tally| tally.area).sum();
        if whole <= 0.0 && added <= 0.0 {
            continue;
        }
        let (moved_ha, added_ha) = (moved / 1e4, added / 1e4);
        let share = super::percent(if whole > 0.0 { moved / whole } else { 0.0 });
        let what = say!(
            "{moved_ha:.2} hm² moved between grades ({share}), {added_ha:.2} hm² new",
            "级别间转移 {moved_ha:.2} hm²({share}),新增 {added_ha:.2} hm²"
        );
        let wrong = (moved > 0.0 || added > 0.0).then_some(rule.moved);
        items.push(Item::judged(12, wrong, what, source.clone()).of_use(&link.name).measured(share, ""));
        if jumped > 0 {
            let more = if jumped > ids.len() { " …" } else { "" };
            let (grades, named) = (rule.grade_jump, ids.join(", "));
            let what = say!(
                "{jumped} units moved by {grades} grades or more: {named}{more}",
                "{jumped} 个单元变动 {grades} 级及以上:{named}{more}"
            );
            let item = Item::found(12, rule.jump, what, source.clone()).of_use(&link.name);
            items.push(item.measured(jumped.to_string(), "0"));
        }
    }
    Ok(items)
}

/// U14.
pub fn system(context: &Context<'_>) -> Outcome<Vec<Item>> {
    let [(before, old), (after, new)] = match context.last_two(14) {
        Ok(found) => found,
        Err(items) => return Ok(items),
    };
    let (rule, source) = (&context.rules.U14, format!("{} → {}", before.place, after.place));
    let links = compare::link(&old.uses, &new.uses, &mut Vec::new());
    let mut items = Vec::new();
    for link in &links {
        let grades = |release: &crate::release::Release, at: Option<u8>| {
            let at = at.filter(|at| priced(release).any(|(own, _)| own == *at))?;
            Some(super::prices(release, at).iter().flatten().count())
        };
        let (then, now) = (grades(old, link.old), grades(new, link.new));
        let what = match (then, now) {
            (Some(then), Some(now)) if then != now => {
                say!("{then} grades became {now}: a mapping is required", "级数由 {then} 变为 {now},需提供对应关系")
            }
            (None, Some(_)) => say!("a new use", "新增用途"),
            (Some(_), None) => say!("the use is gone", "用途取消"),
            _ => continue,
        };
        let shown = |count: Option<usize>| count.map_or("–".to_string(), |count| count.to_string());
        let item = Item::found(14, rule.severity, what, source.clone()).of_use(&link.name);
        items.push(item.measured(format!("{} → {}", shown(then), shown(now)), Text::default()));
    }
    if items.is_empty() {
        items.push(Item::passed(14, say!("the same grades and uses", "级别与用途体系未变"), source));
    }
    Ok(items)
}
