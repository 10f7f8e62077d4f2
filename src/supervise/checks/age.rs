//! U1, U2, U3: how old the prices are, how late they were published, and the province's own cycle. Days are counted by the calendar.

use super::Context;
use crate::land::{Outcome, Text};
use crate::say;
use crate::supervise::found::Held;
use crate::supervise::item::Item;
use crate::supervise::rules::{CountFrom, after, years_between};
use jiff::Span;
use jiff::civil::Date;

/// The day years are counted from, or why there is none.
fn start(context: &Context<'_>, held: &Held, check: u8) -> Result<Date, Vec<Item>> {
    let place = &held.place;
    match context.rules.U1.from {
        CountFrom::BaseDate => held
            .base
            .ok_or_else(|| vec![Item::not_checked(check, say!("{place} has no base date", "{place} 没有估价期日"))]),
        CountFrom::Publication => context.district.published(held).ok_or_else(|| {
            vec![Item::not_checked(check, say!("no publication of {place} is known", "{place} 没有公布日期"))]
        }),
    }
}

/// U1. Over a limit only after its day: of 2021-01-01, three years are over on 2024-01-02.
pub fn age(context: &Context<'_>) -> Outcome<Vec<Item>> {
    let Some(newest) = context.district.newest() else {
        return Ok(vec![Item::not_checked(1, say!("there is no release", "没有成果"))]);
    };
    // Prices that are not published yet end nobody's term.
    let held = context.district.in_force(context.today).unwrap_or(newest);
    let from = match start(context, held, 1) {
        Ok(from) => from,
        Err(items) => return Ok(items),
    };
    let (rule, today) = (&context.rules.U1, context.today);
    if from > today {
        let what = say!("counted from {from}, which is still to come", "起算日期 {from} 尚未到来");
        return Ok(vec![
            Item::found(1, rule.notice, what, source(context, held)).measured(from.to_string(), format!("≤ {today}")),
        ]);
    }
    let passed = |years: f64| after(from, years).is_some_and(|limit| today > limit);
    let years = aged(from, today);
    let [(limit, severity), ..] =
        [(rule.expired_years, rule.expired), (rule.overdue_years, rule.overdue), (rule.notice_years, rule.notice)]
            .into_iter()
            .filter(|(years, _)| passed(*years))
            .collect::<Vec<_>>()[..]
    else {
        let what = say!("within its time", "在时效内");
        let limit = at_most(from, rule.notice_years);
        return Ok(vec![Item::passed(1, what, source(context, held)).measured(years, limit)]);
    };
    let what = if limit == rule.expired_years {
        say!("expired: no longer to be used for valuation", "超过 {limit} 年未更新,不得再用于评估")
    } else if limit == rule.overdue_years {
        say!("overdue: a full update is due every {limit} years", "超过 {limit} 年,应全面更新")
    } else {
        say!("time to start the update", "应启动更新")
    };
    Ok(vec![Item::found(1, severity, what, source(context, held)).measured(years, at_most(from, limit))])
}

fn day(from: Date, years: f64) -> String {
    after(from, years).map(|day| day.to_string()).unwrap_or_default()
}

fn source(context: &Context<'_>, held: &Held) -> Text {
    let newer = context.district.newest().filter(|newest| newest.place != held.place && newest.base > held.base);
    let Text { en, zh } = match newer.filter(|newest| context.district.published(newest).is_none()) {
        Some(newest) => {
            let place = &newest.place;
            say!("; {place} is not published", ";{place} 尚未公布")
        }
        None => Text::default(),
    };
    let (place, base) = (&held.place, held.base.map_or("?".to_string(), |base| base.to_string()));
    match context.district.published(held) {
        Some(day) => say!("{place}: base date {base}, published {day}{en}", "{place}:估价期日 {base},公布 {day}{zh}"),
        None => say!("{place}: base date {base}{en}", "{place}:估价期日 {base}{zh}"),
    }
}

/// Years as they are shown.
fn aged(from: Date, to: Date) -> Text {
    let years = years_between(from, to);
    say!("{years:.2} years", "{years:.2} 年")
}

fn at_most(from: Date, years: f64) -> Text {
    let day = day(from, years);
    say!("≤ {years} years ({day})", "≤ {years} 年({day})")
}

/// U2.
pub fn lag(context: &Context<'_>) -> Outcome<Vec<Item>> {
    let rule = &context.rules.U2;
    let items = context.district.releases.iter().rev().take(2).filter_map(|held| {
        let (base, published) = (held.base?, context.district.published(held)?);
        let months = f64::from((published - base).get_days()) / 365.25 * 12.0;
        let limit = base.checked_add(Span::new().months(i64::from(rule.most_months))).ok()?;
        let before = published < base;
        let to_come = published > context.today;
        let wrong = (before || to_come || published > limit).then_some(rule.severity);
        let what = match wrong {
            Some(_) if to_come => say!("the day of publication is still to come", "公布日期尚未到来"),
            Some(_) if before => {
                say!("published before the base date: one of the two is wrong", "公布日期早于估价期日,两者必有一误")
            }
            Some(_) => say!("published long after the base date", "公布日期距估价期日过久"),
            None => say!("published in time", "公布及时"),
        };
        let most = rule.most_months;
        let item = Item::judged(2, wrong, what, source(context, held));
        Some(item.measured(
            say!("{months:.1} months", "{months:.1} 个月"),
            say!("≤ {most} months ({limit})", "≤ {most} 个月({limit})"),
        ))
    });
    let items: Vec<Item> = items.collect();
    Ok(match items.is_empty() {
        true => vec![Item::not_checked(2, say!("no date of publication is known", "没有公布日期"))],
        false => items,
    })
}

/// U3.
pub fn local(context: &Context<'_>) -> Outcome<Vec<Item>> {
    let district = context.district;
    let Some(held) = district.newest() else {
        return Ok(vec![Item::not_checked(3, say!("there is no release", "没有成果"))]);
    };
    if district.province_code.is_empty() {
        return Ok(vec![Item::not_checked(3, say!("the province is not told", "未说明所属省份"))]);
    }
    let code = &district.province_code;
    let Some((years, name)) = district.province.as_ref().and_then(|own| Some((own.update_years?, &own.name))) else {
        let what = say!("no cycle of its own in the rules for province {code}", "规则中省份 {code} 没有更短的更新周期");
        return Ok(vec![Item::passed(3, what, held.place.clone())]);
    };
    let from = match start(context, held, 3) {
        Ok(from) => from,
        Err(items) => return Ok(items),
    };
    let over = after(from, years).is_some_and(|limit| context.today > limit);
    let what = match over {
        true => say!("{name} asks for an update every {years} years", "{name}要求每 {years} 年更新"),
        false => say!("within the cycle of {name}", "在{name}规定周期内"),
    };
    let item = Item::judged(3, over.then_some(context.rules.U3.severity), what, source(context, held));
    Ok(vec![item.measured(aged(from, context.today), at_most(from, years))])
}
