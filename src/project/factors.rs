//! Checks the factors: each kind's own keys, radii, scores and scalings.

use super::check::{Problems, level_text};
use super::file::{Factor, Scale};
use super::lines::Step;
use super::plan::{
    AreaPlan, AreaScore, Combine, FactorKind, FactorPlan, Form, LevelPlan, RasterPlan, ReachPlan, ScalePlan, Scaling,
};
use crate::say;

pub(super) fn check(raw: &[Factor], barriers: &[&str], problems: &mut Problems<'_>) -> Vec<FactorPlan> {
    let mut plans: Vec<FactorPlan> = Vec::new();
    for (at, factor) in raw.iter().enumerate() {
        let key = &factor.key;
        let here = [Step::Key("factors"), Step::At(at)];
        let plain = key.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_') && !key.is_empty();
        if !plain || plans.iter().any(|plan| plan.key == *key) {
            problems.add(
                "bad-key",
                &here,
                say!("the factor key \"{key}\" is not plain or stands twice", "因素键「{key}」不合规或重复"),
                say!("use letters, digits and underscores, each key once", "请用字母、数字、下划线,且不重复"),
            );
        }
        let mut kind = kind(factor, at, problems);
        if let FactorKind::Point(plan) | FactorKind::Line(plan) | FactorKind::Centre(plan) = &mut kind {
            plan.barriers = super::barriers::of_factor(factor, at, barriers, problems);
        }
        plans.push(FactorPlan {
            key: key.clone(),
            name: factor.name.clone().unwrap_or_else(|| key.clone()),
            source: problems.source(
                &[here[0], here[1], Step::Key("source")],
                &factor.source,
                factor.layer.as_ref(),
                factor.crs.as_ref(),
                factor.encoding.as_ref(),
            ),
            label: factor.label.clone(),
            kind,
        });
    }
    plans
}

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Point,
    Line,
    Centre,
    Area,
    Raster,
}

fn kind(factor: &Factor, at: usize, problems: &mut Problems<'_>) -> FactorKind {
    let steps = [Step::Key("factors"), Step::At(at), Step::Key("kind")];
    let words = [
        ("point", Kind::Point),
        ("line", Kind::Line),
        ("centre", Kind::Centre),
        ("area", Kind::Area),
        ("raster", Kind::Raster),
    ];
    let known = words.iter().any(|(word, _)| *word == factor.kind);
    let kind = problems.word(&steps, Some(&factor.kind), &words);
    if !known {
        // Nothing more can be said of it, and nobody will see this plan.
        let scaling = Scaling { high_is_good: true, low: None, high: None, percentiles: None };
        return FactorKind::Raster(RasterPlan { slope: false, scaling, default: None });
    }
    refuse_strays(factor, kind, at, problems);
    match kind {
        Kind::Point => FactorKind::Point(reach(factor, Combine::Sum, at, problems)),
        Kind::Line => FactorKind::Line(reach(factor, Combine::Max, at, problems)),
        Kind::Centre => FactorKind::Centre(centre(factor, at, problems)),
        Kind::Area => FactorKind::Area(area(factor, at, problems)),
        Kind::Raster => FactorKind::Raster(RasterPlan {
            slope: problems.word(
                &[Step::Key("factors"), Step::At(at), Step::Key("value")],
                factor.value.as_deref(),
                &[("value", false), ("slope", true)],
            ),
            scaling: scaling(factor, at, problems),
            default: factor.default,
        }),
    }
}

/// Keys that mean nothing for the factor's kind are refused, not ignored.
fn refuse_strays(factor: &Factor, kind: Kind, at: usize, problems: &mut Problems<'_>) {
    let reach = matches!(kind, Kind::Point | Kind::Line | Kind::Centre);
    let area = kind == Kind::Area;
    let scaled = matches!(kind, Kind::Area | Kind::Raster);
    let keys = [
        ("attenuation", factor.attenuation.is_some(), reach),
        ("at_radius", factor.at_radius.is_some(), reach),
        ("scale", factor.scale.is_some(), kind == Kind::Point),
        ("level_field", factor.level_field.is_some(), reach),
        ("levels", factor.levels.is_some(), reach),
        ("combine", factor.combine.is_some(), matches!(kind, Kind::Point | Kind::Line)),
        ("score", factor.score.is_some(), area),
        ("category", factor.category.is_some(), area),
        ("categories", factor.categories.is_some(), area),
        ("value", factor.value.is_some(), scaled),
        ("direction", factor.direction.is_some(), scaled),
        ("low", factor.low.is_some(), scaled),
        ("high", factor.high.is_some(), scaled),
        ("percentiles", factor.percentiles.is_some(), scaled),
        ("default", factor.default.is_some(), scaled),
        ("barriers", !factor.barriers.is_empty(), reach),
    ];
    let kind = &factor.kind;
    for (key, written, meant) in keys {
        if written && !meant {
            problems.add(
                "stray-key",
                &[Step::Key("factors"), Step::At(at), Step::Key(key)],
                say!("`{key}` means nothing for a factor of kind \"{kind}\"", "{kind} 类因素不用「{key}」"),
                say!("remove it, or change `kind`", "请删除该键,或修改 kind"),
            );
        }
    }
    if let Some(default) = factor.default {
        problems.within(&[Step::Key("factors"), Step::At(at), Step::Key("default")], "default", default, 0.0, 100.0);
    }
}

fn reach(factor: &Factor, combine: Combine, at: usize, problems: &mut Problems<'_>) -> ReachPlan {
    let here = |key| [Step::Key("factors"), Step::At(at), Step::Key(key)];
    let form = problems.word(
        &here("attenuation"),
        factor.attenuation.as_deref(),
        &[("linear", Form::Linear), ("exponential", Form::Exponential)],
    );
    let levels: Vec<LevelPlan> = factor
        .levels
        .iter()
        .flatten()
        .map(|level| {
            problems.within(&here("levels"), "radius", level.radius, 0.001, 1e7);
            problems.within(&here("levels"), "score", level.score, 0.0, 100.0);
            problems.within(&here("levels"), "half_width", level.half_width.unwrap_or(0.0), 0.0, 1000.0);
            let key = level.level.as_ref().map(level_text);
            LevelPlan {
                name: level
                    .name
                    .clone()
                    .or_else(|| key.clone())
                    .or_else(|| factor.name.clone())
                    .unwrap_or_else(|| factor.key.clone()),
                level: key,
                radius: level.radius,
                score: level.score,
                half_width: level.half_width.unwrap_or(0.0),
            }
        })
        .collect();
    let key = &factor.key;
    if levels.is_empty() {
        problems.add(
            "no-levels",
            &here("levels"),
            say!("the factor {key} has no levels", "因素 {key} 没有 levels"),
            say!("write levels = [{{ radius = 600, score = 100 }}]", "请写 levels = [{{ radius = 600, score = 100 }}]"),
        );
    }
    if levels.iter().any(|level| level.level.is_some()) && factor.level_field.is_none() {
        problems.add(
            "no-level-field",
            &here("levels"),
            say!(
                "the levels of {key} have keys but there is no `level_field`",
                "因素 {key} 的 levels 写了级别,却没有 level_field"
            ),
            say!("name the field that holds the level", "请写明存放级别的字段名"),
        );
    }
    ReachPlan {
        form,
        reached_at_radius: problems.word(
            &here("at_radius"),
            factor.at_radius.as_deref(),
            &[("outside", false), ("inside", true)],
        ),
        scale: factor.scale.as_ref().map(|scale| scale_of(scale, &here("scale"), problems)),
        level_field: factor.level_field.clone(),
        levels,
        barriers: Vec::new(),
        combine: problems.word(
            &here("combine"),
            factor.combine.as_deref(),
            &[
                if combine == Combine::Sum { ("sum", combine) } else { ("max", combine) },
                ("sum", Combine::Sum),
                ("max", Combine::Max),
            ],
        ),
    }
}

fn scale_of(scale: &Scale, here: &[Step<'_>], problems: &mut Problems<'_>) -> ScalePlan {
    match scale {
        Scale::Index(field) => ScalePlan::Index(field.clone()),
        Scale::Indicators(fields) => {
            let twice = fields.iter().enumerate().any(|(at, field)| fields[..at].contains(field));
            if fields.is_empty() || twice {
                problems.add(
                    "bad-scale",
                    here,
                    say!("`scale` lists no field, or one twice", "scale 未列字段,或字段重复"),
                    say!("list each indicator's field once", "请将每个指标字段各列一次"),
                );
            }
            ScalePlan::Indicators(fields.clone())
        }
    }
}

/// Centres need a level field and levels in order, best first, with falling scores.
fn centre(factor: &Factor, at: usize, problems: &mut Problems<'_>) -> ReachPlan {
    let plan = reach(factor, Combine::Sum, at, problems);
    let falling = plan.levels.windows(2).all(|pair| pair[0].score > pair[1].score);
    if plan.levels.iter().any(|level| level.level.is_none()) || !falling {
        problems.add(
            "bad-centre-levels",
            &[Step::Key("factors"), Step::At(at), Step::Key("levels")],
            say!("centre levels need a `level` each and falling scores", "商服中心各级须写 level,且分值逐级递减"),
            say!(
                "list the top level first; its score is the scale index of the level (top = 100)",
                "请从最高级写起,score 为该级规模指数(最高级为 100)"
            ),
        );
    }
    plan
}

fn area(factor: &Factor, at: usize, problems: &mut Problems<'_>) -> AreaPlan {
    let here = [Step::Key("factors"), Step::At(at)];
    let score = match (&factor.score, &factor.category, &factor.value) {
        (Some(field), None, None) => AreaScore::Field(field.clone()),
        (None, Some(field), None) => {
            let scores = factor.categories.clone().unwrap_or_default();
            for (name, score) in &scores {
                problems.within(&[here[0], here[1], Step::Key("categories")], name, *score, 0.0, 100.0);
            }
            AreaScore::Category { field: field.clone(), scores }
        }
        (None, None, Some(field)) => AreaScore::Index { field: field.clone(), scaling: scaling(factor, at, problems) },
        _ => {
            let key = &factor.key;
            problems.add(
                "area-score",
                &here,
                say!(
                    "the area factor {key} needs one of `score`, `category`, `value`",
                    "面状因素 {key} 须且只须写 score、category、value 之一"
                ),
                say!(
                    "name the field that holds the score, the category or the index",
                    "请写明存放分值、类别或指标的字段"
                ),
            );
            AreaScore::Field(String::new())
        }
    };
    AreaPlan { score, default: factor.default }
}

fn scaling(factor: &Factor, at: usize, problems: &mut Problems<'_>) -> Scaling {
    let here = |key| [Step::Key("factors"), Step::At(at), Step::Key(key)];
    if let (Some(low), Some(high)) = (factor.low, factor.high)
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
    if let Some([low, high]) = factor.percentiles {
        problems.within(&here("percentiles"), "percentiles", low, 0.0, high.min(100.0));
        problems.within(&here("percentiles"), "percentiles", high, low.max(0.0), 100.0);
    }
    Scaling {
        high_is_good: problems.word(
            &here("direction"),
            factor.direction.as_deref(),
            &[("high-is-good", true), ("high-is-bad", false)],
        ),
        low: factor.low,
        high: factor.high,
        percentiles: factor.percentiles,
    }
}
