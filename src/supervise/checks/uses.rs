//! U5: uses that have no price.

use super::{Context, priced};
use crate::land::{Lang, Outcome, grade};
use crate::say;
use crate::supervise::item::Item;
use crate::supervise::rules::Severity;

/// U5.
pub fn uses(context: &Context<'_>) -> Outcome<Vec<Item>> {
    let (held, release) = match context.current(5) {
        Ok(found) => found,
        Err(items) => return Ok(items),
    };
    let rules = context.rules;
    let has: Vec<&str> = priced(release)
        .filter_map(|(at, name)| Some(rules.use_of(&release.uses[usize::from(at)].key, name)?.key.as_str()))
        .collect();
    let missing = rules.uses.iter().filter(|rule| !has.contains(&rule.key.as_str()));
    let mut items: Vec<Item> = missing
        .map(|rule| {
            let (title, key) = (&rule.title, &rule.key);
            let (severity, what) = match rule.required {
                true => (rules.U5.required, say!("no price for {key}", "缺少「{title}」价格")),
                false => {
                    (rules.U5.recommended, say!("no price for {key}, which is recommended", "建议补充「{title}」价格"))
                }
            };
            Item::found(5, severity, what, held.place.clone()).of_use(title)
        })
        .collect();
    for (land_use, name) in priced(release) {
        let grades = release.grades_of_several(land_use).collect::<Vec<u8>>();
        if !grades.is_empty() {
            let list = |lang| grades.iter().map(|own| grade::name(*own, lang)).collect::<Vec<_>>().join(", ");
            let (en, zh) = (list(Lang::En), list(Lang::Zh));
            let what = say!(
                "grades of several prices, as of areas: {en}; their mean by area is what U8 to U10, U13, U16 and U20 look at",
                "{zh} 各有多个价格(如区片地价),U8 至 U10、U13、U16、U20 按其面积加权均价检查"
            );
            items.push(Item::found(5, Severity::Note, what, held.place.clone()).of_use(name));
        }
    }
    // Uses that the rules do not know are told, so that none is taken for missing in silence.
    let strange =
        priced(release).filter(|(at, name)| rules.use_of(&release.uses[usize::from(*at)].key, name).is_none());
    items.extend(strange.map(|(at, name)| {
        let key = &release.uses[usize::from(at)].key;
        let what = say!("the use {key} is none of the rules'", "规则中没有用途 {key}");
        Item::found(5, rules.U5.recommended, what, held.place.clone()).of_use(name)
    }));
    let required = rules.uses.iter().filter(|rule| rule.required);
    if required.clone().all(|rule| has.contains(&rule.key.as_str())) {
        let count = required.count();
        let what = say!("all {count} required uses have prices", "{count} 种必备用途均有价格");
        items.insert(0, Item::passed(5, what, held.place.clone()));
    }
    Ok(items)
}
