//! U4 and U18: what was filed, and the documents of a release in their order.

use super::Context;
use crate::land::{Outcome, Text};
use crate::say;
use crate::supervise::beside::{Document, Kind};
use crate::supervise::found::Held;
use crate::supervise::item::Item;
use crate::supervise::rules::in_year;
use jiff::Span;
use jiff::civil::Date;

/// U4: a filing with number and date within so many days after publication; where the province asks for it, one every year, also when nothing changed.
pub fn filing(context: &Context<'_>) -> Outcome<Vec<Item>> {
    let (district, rule) = (context.district, &context.rules.U4);
    let Some(held) = district.newest() else {
        return Ok(vec![Item::not_checked(4, say!("there is no release", "没有成果"))]);
    };
    if district.documents.is_none() {
        return Ok(vec![Item::not_checked(4, say!("there is no table of documents", "没有文件登记表"))]);
    }
    let mut items = Vec::new();
    match district.published(held) {
        None => items.push(Item::not_checked(4, say!("no date of publication is known", "没有公布日期"))),
        Some(published) => {
            let until = published.saturating_add(Span::new().days(i64::from(rule.within_days)));
            let filed: Vec<&Document> = district.documents_of(held).filter(|own| own.kind == Kind::Filing).collect();
            let come = |own: &Document| own.date.is_some_and(|date| date <= context.today);
            let complete = filed.iter().find(|own| come(own) && !own.number.is_empty());
            let to_come = filed.iter().find_map(|own| own.date.filter(|date| *date > context.today));
            let late = complete.and_then(|own| own.date).filter(|date| *date > until);
            let (wrong, what) = match (complete, late) {
                (Some(_), None) => (None, say!("filed", "已备案")),
                (Some(_), Some(date)) => (Some(rule.severity), say!("filed late, on {date}", "备案逾期({date})")),
                (None, _) if context.today <= until => {
                    (None, say!("not filed yet, in time until {until}", "尚未备案,期限 {until}"))
                }
                (None, _) if filed.is_empty() => (Some(rule.severity), say!("not filed", "未备案")),
                (None, _) => match to_come {
                    Some(date) => (
                        Some(rule.severity),
                        say!("the filing is dated {date}, which is still to come", "备案日期 {date} 尚未到来"),
                    ),
                    None => (Some(rule.severity), say!("filed without number or date", "备案缺少文号或日期")),
                },
            };
            let source = filed.first().map_or(held.place.clone(), |own| own.source.clone());
            let date =
                complete.and_then(|own| own.date).map(|date| date.to_string()).unwrap_or_else(|| "–".to_string());
            items.push(Item::judged(4, wrong, what, source).measured(date, format!("≤ {until}")));
        }
    }
    items.extend(yearly(context, held));
    Ok(items)
}

/// The yearly filing of the province: in this year once its day is past, else in the year before.
fn yearly(context: &Context<'_>, held: &Held) -> Option<Item> {
    let province = context.district.province.as_ref()?;
    let today = context.today;
    let this = in_year(province.yearly_filing.as_deref()?, today.year())?;
    let year = if today > this { today.year() } else { today.year() - 1 };
    let limit = in_year(province.yearly_filing.as_deref()?, year)?;
    let start = Date::new(year, 1, 1).ok()?;
    let is_filing = |own: &&Document| matches!(own.kind, Kind::Filing | Kind::Confirmation);
    let dates =
        context.district.documents.iter().flatten().filter(is_filing).filter_map(|own| Some((own.date?, &own.source)));
    let end = Date::new(year, 12, 31).ok()?;
    let of_year: Vec<_> = dates.filter(|(date, _)| (start..=end).contains(date) && *date <= today).collect();
    let found = of_year.iter().filter(|(date, _)| *date <= limit).min().copied();
    let late = of_year.iter().min().copied();
    let name = &province.name;
    let what = match found.or(late) {
        Some((day, _)) if found.is_none() => say!(
            "{name} asks for a filing every year, also when unchanged: that of {year} came late, on {day}",
            "{name}要求每年备案(未调整也须备案):{year} 年度备案逾期,日期为 {day}"
        ),
        Some(_) => say!("filed for {year}, as {name} asks", "已按{name}要求完成 {year} 年度备案"),
        None => say!(
            "{name} asks for a filing every year, also when unchanged: none for {year}",
            "{name}要求每年备案(未调整也须备案):{year} 年度缺少"
        ),
    };
    let (wrong, source) = match found {
        Some((_, source)) => (None, source.clone()),
        None => {
            (Some(context.rules.U4.severity), late.map_or_else(|| held.place.clone(), |(_, source)| source.clone()))
        }
    };
    let date = found.or(late).map(|(date, _)| date.to_string()).unwrap_or_else(|| "–".to_string());
    Some(Item::judged(4, wrong, what, source).measured(date, format!("≤ {limit}")))
}

/// Which document comes before which, and whether both may bear one day.
const STEPS: [([Kind; 2], bool); 4] = [
    ([Kind::Hearing, Kind::Acceptance], false),
    ([Kind::Acceptance, Kind::Publication], false),
    ([Kind::Acceptance, Kind::Approval], true),
    ([Kind::Approval, Kind::Publication], true),
];

/// U18.
pub fn documents(context: &Context<'_>) -> Outcome<Vec<Item>> {
    let (district, rule) = (context.district, &context.rules.U18);
    let Some(held) = district.newest() else {
        return Ok(vec![Item::not_checked(18, say!("there is no release", "没有成果"))]);
    };
    if district.documents.is_none() {
        return Ok(vec![Item::not_checked(18, say!("there is no table of documents", "没有文件登记表"))]);
    }
    let first = |kind: Kind| district.documents_of(held).filter(|own| own.kind == kind).min_by_key(|own| own.date);
    let mut items = Vec::new();
    for own in district.documents_of(held) {
        if let Some(date) = own.date.filter(|date| *date > context.today) {
            let (Text { en, zh }, today) = (own.kind.title(), context.today);
            let what = say!("the {en} is dated on a day still to come", "{zh}日期尚未到来");
            let item = Item::found(18, rule.severity, what, own.source.clone());
            items.push(item.measured(date.to_string(), format!("≤ {today}")));
        }
    }
    for (pair, may_be_one_day) in STEPS {
        let (Some(one), Some(other)) = (first(pair[0]), first(pair[1])) else { continue };
        let (Some(before), Some(after)) = (one.date, other.date) else { continue };
        let (Text { en, zh }, Text { en: en_2, zh: zh_2 }) = (pair[0].title(), pair[1].title());
        let in_order = before < after || (may_be_one_day && before == after);
        let wrong = (!in_order).then_some(rule.severity);
        let what = match wrong {
            Some(_) => say!("{en} does not come before {en_2}", "{zh}不早于{zh_2}"),
            None => say!("{en} before {en_2}", "{zh}早于{zh_2}"),
        };
        let source = format!("{}, {}", one.source, other.source);
        let limit = format!("{} {after}", if may_be_one_day { "≤" } else { "<" });
        items.push(Item::judged(18, wrong, what, source).measured(before.to_string(), limit));
    }
    for kind in [Kind::Hearing, Kind::Acceptance, Kind::Approval, Kind::Publication] {
        let found = first(kind);
        let complete =
            found.is_some_and(|own| own.date.is_some() && (kind != Kind::Approval || !own.number.is_empty()));
        if !complete {
            let Text { en, zh } = kind.title();
            let what = match found {
                None => say!("no {en}", "缺少{zh}"),
                Some(_) => say!("the {en} has no date or number", "{zh}缺少日期或文号"),
            };
            items.push(Item::found(18, rule.missing, what, held.place.clone()));
        }
    }
    if let Some(before) = district.before() {
        let repeal = first(Kind::Repeal).filter(|own| !own.number.is_empty());
        let superseded = held.supersedes.as_ref().filter(|name| !name.is_empty());
        let named = repeal.map(|own| own.number.clone()).or_else(|| superseded.cloned());
        let (wrong, place) = (named.is_none().then_some(rule.missing), &before.place);
        let what = match &named {
            Some(named) => say!("supersedes {named}", "废止或取代 {named}"),
            None => say!(
                "nothing says that it supersedes {place}: documents need a row of kind 废止 under the newer release, with the number of the document repealed",
                "未说明废止 {place}:请在 documents 中为新一期成果填一行「废止」,文号为被废止文件的文号"
            ),
        };
        items.push(Item::judged(18, wrong, what, repeal.map_or(held.place.clone(), |own| own.source.clone())));
    }
    if items.is_empty() {
        items.push(Item::passed(18, say!("complete and in order", "齐全且次序正确"), held.place.clone()));
    }
    Ok(items)
}
