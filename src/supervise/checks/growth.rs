//! U13: growth since the last release against the index over the same dates, after old prices are brought to the new connotation.

use super::{Context, percent, prices};
use crate::borders::bring::{Laws, Target, unlike, way};
use crate::compare;
use crate::land::progress::Unwatched;
use crate::land::{Lang, Outcome, Text, grade};
use crate::release::Release;
use crate::say;
use crate::supervise::item::Item;

/// U13. Where the number of grades changed, the ground that both releases have is compared, not grades of one name; without geometry the means
/// over own areas.
pub fn growth(context: &Context<'_>) -> Outcome<Vec<Item>> {
    let [(before, old), (after, new)] = match context.last_two(13) {
        Ok(found) => found,
        Err(items) => return Ok(items),
    };
    let district = context.district;
    let laws = Laws::new(old, district.system.as_ref(), district.index.as_ref())?;
    let theirs = Laws::new(new, district.system.as_ref(), district.index.as_ref())?;
    let (Some(from), Some(to)) = (laws.base(), theirs.base()) else {
        return Ok(vec![Item::not_checked(13, say!("a release has no base date", "有一期没有估价期日"))]);
    };
    let (rule, source) = (&context.rules.U13, format!("{} → {}", before.place, after.place));
    let (mut items, mut ground) = (Vec::new(), None);
    for link in compare::link(&old.uses, &new.uses, &mut Vec::new()) {
        let (Some(then), Some(now)) = (link.old, link.new) else { continue };
        let number = |release: &Release, at: u8| prices(release, at).iter().flatten().count();
        if number(old, then) != number(new, now)
            && ground.is_none()
            && old.units.shapes.is_some()
            && new.units.shapes.is_some()
        {
            let comparison = compare::compare(old, new, &compare::Options::default(), &Unwatched)?;
            ground = Some(comparison.transitions);
        }
        let shared = ground.iter().flatten().find(|own| own.land_use == link.key).map(|own| &own.areas[..]);
        let found = grown(&laws, &theirs, (then, now), shared);
        let (pairs, turns) = match found {
            Ok(found) if found.0.is_empty() => continue,
            Ok(found) => found,
            Err(why) => {
                items.push(Item::not_checked(13, why).of_use(&link.name));
                continue;
            }
        };
        let index = theirs
            .index_between(&link.key, from, to)
            .or_else(|_| laws.index_between(&old.uses[usize::from(then)].key, from, to));
        let index = match index {
            Ok([start, end]) => libm::log(end / start),
            Err(why) => {
                // Growth is told all the same: that it cannot be judged is no reason to hide it.
                let shown: Vec<String> = pairs.iter().map(|(_, g)| format!("{:+.1}", g * 100.0)).collect();
                let (Text { en, zh }, list) = (why, shown.join(" "));
                let why = say!("growth {list} %, but {en}", "涨幅 {list}%,但{zh}");
                items.push(Item::not_checked(13, why).of_use(&link.name));
                continue;
            }
        };
        for (place, g) in pairs {
            let moved = libm::log1p(g);
            let off = (moved - index).abs();
            let against = moved * index < 0.0 && moved.abs().min(index.abs()) > rule.least_move;
            let wrong = (off > rule.most_difference || against).then_some(rule.severity);
            let Text { en, zh } = place;
            let what = match (wrong, against) {
                (None, _) => say!("{en}: grew as the index did", "{zh}:与指数一致"),
                (_, true) => say!("{en}: moved against the index", "{zh}:与指数方向相反"),
                _ => say!("{en}: grew otherwise than the index", "{zh}:与指数差异过大"),
            };
            let what = match turns.is_empty() {
                true => what,
                false => {
                    let (Text { en, zh }, Text { en: done_en, zh: done_zh }) = (what, super::joined(&turns));
                    say!("{en} (old price brought to the new connotation: {done_en})", "{zh}(旧价已统一内涵:{done_zh})")
                }
            };
            let (grown, index) = (percent(g), percent(libm::expm1(index)));
            let measured = say!("{grown}, index {index}", "{grown},指数 {index}");
            let limit = format!("|Δln| {off:.3} ≤ {}", rule.most_difference);
            items.push(Item::judged(13, wrong, what, source.clone()).of_use(&link.name).measured(measured, limit));
        }
    }
    Ok(items)
}

/// Growth by place, and what was done to the old prices.
type Grown = (Vec<(Text, f64)>, Vec<Text>);

/// Growth by grade, or where grades are not the same over the ground in common, m² by old and new grade, else of the mean over areas; and what
/// was done to the old prices.
fn grown(
    laws: &Laws<'_>,
    theirs: &Laws<'_>,
    (then, now): (u8, u8),
    shared: Option<&[Vec<f64>]>,
) -> Result<Grown, Text> {
    let (Some(before), Some(after)) = (laws.premises(then), theirs.premises(now)) else {
        return Err(say!("a release states no connotation", "有一期未说明地价内涵"));
    };
    if let Some(why) = unlike(before, after) {
        return Err(why);
    }
    let (olds, news) = (prices(laws.release, then), prices(theirs.release, now));
    let target = |grade: u8| Target {
        date: None,
        plot_ratio: after.plot_ratio_of(grade),
        term: after.term,
        development: after.development_of(grade).to_string(),
    };
    let floor = |grade: u8| if after.kind == "floor" { after.plot_ratio_of(grade) } else { 1.0 };
    let mut turns: Vec<Text> = Vec::new();
    let mut brought = |grade: u8, price: f64| -> Result<f64, Text> {
        let way = way(laws, then, grade, &target(grade), Some((theirs, now, grade)))?;
        turns.extend(way.steps.iter().filter(|step| !turns.contains(step)).cloned().collect::<Vec<_>>());
        Ok(way.apply(price))
    };
    let count = |prices: &[Option<f64>]| prices.iter().flatten().count();
    let mut pairs = Vec::new();
    if count(&olds) == count(&news) {
        for (number, (old, new)) in (1_u8..).zip(olds.iter().zip(&news)) {
            let (Some(old), Some(new)) = (old, new) else { continue };
            let old = brought(number, *old)?;
            let (en, zh) = (grade::name(number, Lang::En), grade::name(number, Lang::Zh));
            pairs.push((say!("grade {en}", "{zh}"), new * floor(number) / old - 1.0));
        }
        return Ok((pairs, turns));
    }
    let (mut value_old, mut value_new) = (0.0, 0.0);
    for (from, row) in (0_usize..).zip(shared.unwrap_or_default()) {
        for (to, area) in row.iter().enumerate().filter(|(_, area)| **area > 0.0) {
            let of = |prices: &[Option<f64>], grade: usize| prices.get(grade.checked_sub(1)?).copied().flatten();
            let (Some(old), Some(new)) = (of(&olds, from), of(&news, to)) else { continue };
            value_old += area * brought(from as u8, old)?;
            value_new += area * new * floor(to as u8);
        }
    }
    if value_old > 0.0 {
        return Ok((vec![(say!("the ground of both releases", "两期共有土地"), value_new / value_old - 1.0)], turns));
    }
    let mut mean = |release: &Release, at: u8, prices: &[Option<f64>], old: bool| -> Result<Option<f64>, Text> {
        let (mut value, mut whole) = (0.0, 0.0);
        for (grade, price) in (1_u8..).zip(prices) {
            let Some(price) = price else { continue };
            let area = release
                .cells
                .iter()
                .find(|cell| (cell.use_index, cell.grade) == (at, grade))
                .map_or(0.0, |cell| cell.area);
            if area > 0.0 {
                value += area * if old { brought(grade, *price)? } else { price * floor(grade) };
                whole += area;
            }
        }
        Ok((whole > 0.0).then(|| value / whole))
    };
    match (mean(laws.release, then, &olds, true)?, mean(theirs.release, now, &news, false)?) {
        (Some(old), Some(new)) => {
            Ok((vec![(say!("mean over own areas", "按各期面积加权的均价"), new / old - 1.0)], turns))
        }
        _ => Err(say!(
            "the number of grades changed and there are no areas to compare by",
            "级数已变且没有面积,无法按面积比较"
        )),
    }
}
