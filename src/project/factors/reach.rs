//! Checks factors whose influence fades with distance: radii, scores, levels.

use crate::project::check::{Problems, level_text};
use crate::project::file::{Factor, Scale};
use crate::project::lines::Step;
use crate::project::plan::{Combine, Form, LevelPlan, ReachPlan, ScalePlan};
use crate::say;

pub(in crate::project) fn reach(
    factor: &Factor,
    combine: Combine,
    at: usize,
    problems: &mut Problems<'_>,
) -> ReachPlan {
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
pub(in crate::project) fn centre(factor: &Factor, at: usize, problems: &mut Problems<'_>) -> ReachPlan {
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
