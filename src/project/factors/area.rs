//! Checks factors that score areas and rasters: fields, categories, services, items, scalings.

use crate::project::check::Problems;
use crate::project::file::{Amount, Factor, Item, Service};
use crate::project::lines::Step;
use crate::project::plan::{AmountPlan, AreaPlan, AreaScore, ItemPlan, Scaling, ServicePlan};
use crate::say;

pub(in crate::project) fn area(factor: &Factor, at: usize, problems: &mut Problems<'_>) -> AreaPlan {
    let here = [Step::Key("factors"), Step::At(at)];
    let score = match (&factor.score, &factor.category, &factor.value, &factor.services, &factor.items) {
        (Some(field), None, None, None, None) => AreaScore::Field(field.clone()),
        (None, Some(field), None, None, None) => {
            let scores = factor.categories.clone().unwrap_or_default();
            for (name, score) in &scores {
                problems.within(&[here[0], here[1], Step::Key("categories")], name, *score, 0.0, 100.0);
            }
            AreaScore::Category { field: field.clone(), scores }
        }
        (None, None, Some(field), None, None) => {
            AreaScore::Index { field: field.clone(), scaling: scaling(factor, at, problems) }
        }
        (None, None, None, Some(services), None) => {
            let percent = factor.percent.unwrap_or(false);
            AreaScore::Services { services: self::services(services, percent, at, problems), percent }
        }
        (None, None, None, None, Some(items)) => AreaScore::Items(self::items(items, at, problems)),
        _ => {
            let key = &factor.key;
            problems.add(
                "area-score",
                &here,
                say!(
                    "the area factor {key} needs one of `score`, `category`, `value`, `services`, `items`",
                    "面状因素 {key} 须且只须写 score、category、value、services、items 之一"
                ),
                say!(
                    "name the field that holds the score, the category or the index, or list services or items",
                    "请写明存放分值、类别或指标的字段名,或列出 services 或 items"
                ),
            );
            AreaScore::Field(String::new())
        }
    };
    AreaPlan { score, default: factor.default }
}

fn services(raw: &[Service], percent: bool, at: usize, problems: &mut Problems<'_>) -> Vec<ServicePlan> {
    let here = [Step::Key("factors"), Step::At(at), Step::Key("services")];
    sum_to_one("services", raw.iter().map(|service| service.index), &here, problems);
    let mut amount = |what: &str, amount: &Amount, most: f64, name: &str| match amount {
        Amount::Field(field) => AmountPlan::Field(field.clone()),
        Amount::Number(number) => {
            problems.within(&here, &format!("{what} ({name})"), *number, 0.0, most);
            AmountPlan::Number(*number)
        }
    };
    let plan = |service: &Service| ServicePlan {
        name: service.name.clone(),
        index: service.index,
        level: amount("level", &service.level, 1.0, &service.name),
        rate: amount("rate", &service.rate, if percent { 100.0 } else { 1.0 }, &service.name),
    };
    raw.iter().map(plan).collect()
}

fn items(raw: &[Item], at: usize, problems: &mut Problems<'_>) -> Vec<ItemPlan> {
    let here = [Step::Key("factors"), Step::At(at), Step::Key("items")];
    sum_to_one("items", raw.iter().map(|item| item.index), &here, problems);
    let plan = |item: &Item| ItemPlan {
        field: item.field.clone(),
        name: item.name.clone().unwrap_or_else(|| item.field.clone()),
        index: item.index,
        scaling: scale(
            &Ends {
                direction: item.direction.as_deref(),
                low: item.low,
                high: item.high,
                percentiles: item.percentiles,
                best: item.best,
            },
            &|_| here.to_vec(),
            problems,
        ),
    };
    raw.iter().map(plan).collect()
}

/// Effect indices are parts of 1.
fn sum_to_one(key: &str, indices: impl Iterator<Item = f64> + Clone, here: &[Step<'_>], problems: &mut Problems<'_>) {
    indices.clone().for_each(|index| problems.within(here, "index", index, 0.0, 1.0));
    let sum = indices.sum::<f64>() + 0.0;
    if (sum - 1.0).abs() > 1e-6 {
        problems.add(
            "index-sum",
            here,
            say!("the indices of `{key}` sum to {sum:.6}", "{key} 的作用指数之和为 {sum:.6}"),
            say!("make them sum to 1", "请使作用指数之和等于 1"),
        );
    }
}

pub(in crate::project) fn scaling(factor: &Factor, at: usize, problems: &mut Problems<'_>) -> Scaling {
    let ends = Ends {
        direction: factor.direction.as_deref(),
        low: factor.low,
        high: factor.high,
        percentiles: factor.percentiles,
        best: factor.best,
    };
    scale(&ends, &|key| vec![Step::Key("factors"), Step::At(at), Step::Key(key)], problems)
}

/// A scaling as it is written.
struct Ends<'a> {
    direction: Option<&'a str>,
    low: Option<f64>,
    high: Option<f64>,
    percentiles: Option<[f64; 2]>,
    best: Option<[f64; 2]>,
}

fn scale<'s>(raw: &Ends<'_>, here: &dyn Fn(&'static str) -> Vec<Step<'s>>, problems: &mut Problems<'_>) -> Scaling {
    if let (Some(low), Some(high)) = (raw.low, raw.high)
        && low >= high
    {
        problems.add(
            "bad-scaling",
            &here("low"),
            say!("low ({low}) is not below high ({high})", "low({low})应小于 high({high})"),
            say!(
                "give the lower value as low; use `direction` to turn the scale round",
                "请把较小的值写在 low;方向用 direction 指定"
            ),
        );
    }
    if let Some([low, high]) = raw.percentiles {
        problems.within(&here("percentiles"), "percentiles", low, 0.0, high.min(100.0));
        problems.within(&here("percentiles"), "percentiles", high, low.max(0.0), 100.0);
    }
    if let Some([from, to]) = raw.best {
        let fits = raw.low.is_some_and(|low| low < from) && from <= to && raw.high.is_some_and(|high| to < high);
        if !fits || raw.direction.is_some() || raw.percentiles.is_some() {
            problems.add(
                "bad-scaling",
                &here("best"),
                say!(
                    "best = [{from}, {to}] does not lie between `low` and `high`, or stands beside `direction` or `percentiles`",
                    "best = [{from}, {to}] 不在 low 与 high 之间,或与 direction、percentiles 同写"
                ),
                say!(
                    "write low, best and high so that low < best[0] ≤ best[1] < high, and nothing else",
                    "请写 low、best、high,使 low < best[0] ≤ best[1] < high,且不写其他"
                ),
            );
        }
    }
    let words = [("high-is-good", true), ("high-is-bad", false)];
    let high_is_good = problems.word(&here("direction"), raw.direction, &words);
    Scaling { high_is_good, low: raw.low, high: raw.high, percentiles: raw.percentiles, best: raw.best }
}
