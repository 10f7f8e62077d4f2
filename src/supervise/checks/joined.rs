//! U19 and U20: what leans on prices: valuation reports, negotiated transfers.

use super::{Context, percent, prices, use_of};
use crate::land::{Outcome, date};
use crate::say;
use crate::supervise::beside::Report;
use crate::supervise::found::Held;
use crate::supervise::item::Item;
use crate::supervise::rules::after;
use jiff::civil::Date;

/// U19: a report may cite a release from its base date until six years after, and until a newer one is published.
pub fn reports(context: &Context<'_>) -> Outcome<Vec<Item>> {
    let district = context.district;
    let Some(rows) = district.reports.as_ref().filter(|rows| !rows.is_empty()) else {
        return Ok(vec![Item::not_checked(19, say!("there is no table of reports", "没有评估报告备案表"))]);
    };
    let rule = &context.rules.U19;
    let mut items = Vec::new();
    for report in rows {
        let Some(at) = district.releases.iter().position(|held| cites(report, held)) else {
            let (id, cited) = (&report.id, &report.cites);
            let why = say!("{id} cites {cited}, which is no release here", "{id} 引用的 {cited} 不在成果中");
            items.push(Item::not_checked(19, why));
            continue;
        };
        let held = &district.releases[at];
        let years = context.rules.U1.expired_years;
        let expired = held.base.and_then(|base| after(base, years)).filter(|limit| report.date > *limit);
        let newer = district.releases[at + 1..].iter().filter_map(|newer| district.published(newer)).min();
        let superseded = newer.filter(|day| report.date >= *day);
        let early = held.base.filter(|base| report.date < *base);
        let (id, cited) = (&report.id, &held.place);
        let (what, limit) = match (early, expired, superseded) {
            (Some(base), _, _) => (
                say!("{id} cites {cited}, whose base date is still to come then", "{id} 早于所引用 {cited} 的估价期日"),
                format!("≥ {base}"),
            ),
            (None, Some(limit), _) => (
                say!("{id} cites {cited}, expired for more than {years} years", "{id} 引用超过 {years} 年的 {cited}"),
                format!("≤ {limit}"),
            ),
            (None, None, Some(day)) => (
                say!("{id} cites {cited}, superseded on {day}", "{id} 引用已于 {day} 被取代的 {cited}"),
                format!("< {day}"),
            ),
            (None, None, None) => continue,
        };
        let item = Item::found(19, rule.severity, what, report.source.clone());
        items.push(item.measured(report.date.to_string(), limit));
    }
    if items.is_empty() {
        let count = rows.len();
        items.push(Item::passed(
            19,
            say!("{count} reports cite releases in force", "{count} 份报告均引用有效成果"),
            rows[0].source.clone(),
        ));
    }
    Ok(items)
}

fn cites(report: &Report, held: &Held) -> bool {
    let dated = date::parse(&report.cites).is_some_and(|date| held.base == Some(date));
    held.name == report.cites || held.title == report.cites || dated
}

/// The release in force on a day: the newest published by then, by its base date where no publication is known.
fn in_force<'a>(context: &Context<'a>, day: Date) -> Option<&'a Held> {
    let district = context.district;
    district.releases.iter().rev().find(|held| district.published(held).or(held.base).is_some_and(|from| from <= day))
}

/// U20.
pub fn transfers(context: &Context<'_>) -> Outcome<Vec<Item>> {
    let Some(rows) = context.district.transfers.as_ref() else {
        return Ok(vec![Item::not_checked(20, say!("there is no table of transfers", "没有出让成交表"))]);
    };
    let rule = &context.rules.U20;
    let negotiated: Vec<_> =
        rows.iter().filter(|own| rule.methods.iter().any(|word| own.method.to_lowercase().contains(word))).collect();
    let Some(first) = negotiated.first() else {
        return Ok(vec![Item::not_checked(20, say!("no negotiated transfer is in the table", "表中没有协议出让"))]);
    };
    let (mut items, mut seen) = (Vec::new(), 0);
    for own in &negotiated {
        let id = &own.id;
        let held = in_force(context, own.date).filter(|held| held.release.is_some());
        let found = held.and_then(|held| {
            let release = held.release.as_ref()?;
            let at = use_of(release, context.rules, &own.land_use)?;
            let price = prices(release, at).get(usize::from(own.grade).checked_sub(1)?).copied()??;
            let head = &release.uses[usize::from(at)];
            let floor = head.connotation.as_ref().filter(|own| own.kind == "floor");
            Some((held, floor.map_or(price, |premises| price * premises.plot_ratio_of(own.grade)), &head.name))
        });
        let Some((held, price, name)) = found.filter(|(_, price, _)| *price > 0.0) else {
            let why = say!(
                "{id}: no price of its use and grade was in force and is at hand",
                "{id}:没有当时有效的同用途同级别价格"
            );
            items.push(Item::not_checked(20, why));
            continue;
        };
        seen += 1;
        let share = own.price / price;
        if share < rule.least_share {
            let place = &held.place;
            let what = say!(
                "{id} was granted below the least share of the price in {place}",
                "{id} 低于 {place} 级别价的最低比例"
            );
            let item = Item::found(20, rule.severity, what, own.source.clone()).of_use(name);
            items.push(item.measured(
                format!("{} / {price} = {}", own.price, percent(share)),
                format!("≥ {}", percent(rule.least_share)),
            ));
        }
    }
    if items.is_empty() {
        let what = say!("{seen} negotiated transfers at or above the least share", "{seen} 宗协议出让均不低于最低比例");
        items.push(Item::passed(20, what, first.source.clone()));
    }
    Ok(items)
}
