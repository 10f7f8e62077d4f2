//! U8, U9, U10: the order of grades and of uses, and the least industrial price.

use super::{Context, cell_source, priced, prices, use_of};
use crate::land::{Lang, Outcome, grade};
use crate::price::order::{breaches, odd_ratios};
use crate::release::Release;
use crate::say;
use crate::supervise::item::Item;

/// A number per grade, the same where the premises are: prices of different premises are not held against each other.
fn premises(release: &Release, land_use: u8, grades: usize) -> Vec<u8> {
    let Some(own) = release.uses[usize::from(land_use)].connotation.as_ref() else { return Vec::new() };
    let mut known: Vec<(u64, &str)> = Vec::new();
    let numbers = (1..=u8::try_from(grades).unwrap_or(u8::MAX)).map(|grade| {
        let key = (own.plot_ratio_of(grade).to_bits(), own.development_of(grade));
        let at = known.iter().position(|known| *known == key).unwrap_or_else(|| {
            known.push(key);
            known.len() - 1
        });
        u8::try_from(at).unwrap_or(u8::MAX)
    });
    numbers.collect()
}

/// U8. Equal prices break the order as wrong ones do.
pub fn order(context: &Context<'_>) -> Outcome<Vec<Item>> {
    let (held, release) = match context.current(8) {
        Ok(found) => found,
        Err(items) => return Ok(items),
    };
    let rule = &context.rules.U8;
    let mut items = Vec::new();
    for (land_use, name) in priced(release) {
        let prices = prices(release, land_use);
        let premises = premises(release, land_use, prices.len());
        let before = items.len();
        for wrong in breaches(land_use, &prices, &premises) {
            let (better, worse) = (wrong.better, wrong.worse);
            let (b, w) = (wrong.better_price, wrong.worse_price);
            let what = say!("grade {better} is cheaper than grade {worse}", "{better} 级价格低于 {worse} 级");
            let item = Item::found(8, rule.order, what, cell_source(held, name, &[better, worse]));
            items.push(item.of_use(name).measured(format!("{b} < {w}"), "P_k > P_k+1"));
        }
        for odd in odd_ratios(&prices, &premises, [rule.least_ratio, rule.most_ratio]) {
            let (better, worse) = (odd.better, odd.worse);
            if odd.ratio == 1.0 {
                let what = say!("grade {better} costs the same as grade {worse}", "{better} 级与 {worse} 级价格相同");
                let item = Item::found(8, rule.order, what, cell_source(held, name, &[better, worse])).of_use(name);
                items.push(item.measured(format!("{:.3}", odd.ratio), "P_k > P_k+1"));
                continue;
            }
            let what =
                say!("grades {better} and {worse} are unusually near or far", "{better} 级与 {worse} 级价格比异常");
            let item = Item::found(8, rule.ratio, what, cell_source(held, name, &[better, worse])).of_use(name);
            items.push(item.measured(format!("{:.3}", odd.ratio), format!("{}–{}", rule.least_ratio, rule.most_ratio)));
        }
        let priced = prices.iter().flatten().count();
        if items.len() == before {
            let (what, source) = (say!("{priced} grades in order", "{priced} 个级别次序正确"), held.place.clone());
            items.push(Item::passed(8, what, source).of_use(name));
        }
    }
    Ok(items)
}

/// U9.
pub fn uses(context: &Context<'_>) -> Outcome<Vec<Item>> {
    let (held, release) = match context.current(9) {
        Ok(found) => found,
        Err(items) => return Ok(items),
    };
    let rule = &context.rules.U9;
    let known: Vec<(u8, Vec<Option<f64>>)> = rule
        .order
        .iter()
        .filter_map(|key| use_of(release, context.rules, key))
        .map(|at| (at, prices(release, at)))
        .filter(|(_, prices)| prices.iter().any(Option::is_some))
        .collect();
    if known.len() < 2 {
        return Ok(vec![Item::not_checked(9, say!("fewer than two of the uses have prices", "可比用途不足两种"))]);
    }
    let mut items = Vec::new();
    for pair in known.windows(2) {
        let names = [0, 1].map(|at: usize| release.uses[usize::from(pair[at].0)].name.as_str());
        for (number, (dear, cheap)) in (1_u8..).zip(pair[0].1.iter().zip(&pair[1].1)) {
            let (Some(dear), Some(cheap)) = (dear, cheap) else { continue };
            if dear < cheap {
                let (one, other) = (names[0], names[1]);
                let (en, zh) = (grade::name(number, Lang::En), grade::name(number, Lang::Zh));
                let what = say!("grade {en}: {one} below {other}", "{zh}:{one}低于{other}");
                let item = Item::found(9, rule.severity, what, cell_source(held, one, &[number])).of_use(one);
                items.push(item.measured(format!("{dear} < {cheap}"), "≥"));
            }
        }
    }
    if items.is_empty() {
        items.push(Item::passed(9, say!("uses in the usual order", "用途次序正常"), held.place.clone()));
    }
    Ok(items)
}

/// U10. A price of floor is brought to the ground by the set plot ratio.
pub fn industrial(context: &Context<'_>) -> Outcome<Vec<Item>> {
    let (held, release) = match context.current(10) {
        Ok(found) => found,
        Err(items) => return Ok(items),
    };
    let rule = &context.rules.U10;
    let Some(class) = context.district.config.land_class else {
        return Ok(vec![Item::not_checked(10, say!("the class of land is not told", "未说明土地等别"))]);
    };
    let Some(&least) = usize::from(class).checked_sub(1).and_then(|at| rule.least.get(at)) else {
        return Ok(vec![Item::not_checked(10, say!("the rules have no class {class}", "规则中没有 {class} 等"))]);
    };
    let Some(at) =
        use_of(release, context.rules, "industrial").filter(|at| prices(release, *at).iter().any(Option::is_some))
    else {
        return Ok(vec![Item::not_checked(10, say!("there are no industrial prices", "没有工业用地价格"))]);
    };
    let head = &release.uses[usize::from(at)];
    let mut items = Vec::new();
    for (number, price) in (1_u8..).zip(prices(release, at)) {
        let Some(price) = price else { continue };
        let floor = head.connotation.as_ref().filter(|own| own.kind == "floor");
        let ground = floor.map_or(price, |own| price * own.plot_ratio_of(number));
        if ground.is_nan() {
            let why = say!("a price of floor without a set plot ratio", "楼面地价未说明设定容积率");
            items.push(Item::not_checked(10, why).of_use(&head.name));
        } else if ground < least {
            let what = say!(
                "grade {number} lies below the least price of class {class}",
                "{number} 级低于 {class} 等最低价标准"
            );
            let item =
                Item::found(10, rule.severity, what, cell_source(held, &head.name, &[number])).of_use(&head.name);
            items.push(item.measured(format!("{ground} 元/㎡"), format!("≥ {least} 元/㎡")));
        }
    }
    if items.is_empty() {
        let what = say!("all grades at or above the least price of class {class}", "各级均不低于 {class} 等最低价标准");
        items.push(
            Item::passed(10, what, held.place.clone()).of_use(&head.name).measured("", format!("≥ {least} 元/㎡")),
        );
    }
    Ok(items)
}
