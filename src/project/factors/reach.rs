//! Checks factors whose influence fades with distance: radii, scores, levels.

use super::rules;
use crate::project::check::{Problems, level_text};
use crate::project::file::{Factor, Indicator, Scale};
use crate::project::lines::Step;
use crate::project::plan::{
    Combine, DirectionsPlan, Distance, Form, GradesPlan, LevelPlan, ReachPlan, Rules, ScalePlan,
};
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
    let mut levels: Vec<LevelPlan> = Vec::new();
    for level in factor.levels.iter().flatten() {
        let (radius, radius_rule) = rules::radius(&factor.kind, &level.radius, &here("levels"), problems);
        let (score, score_rule) = rules::score(&factor.kind, &level.score, &here("levels"), problems);
        let half_width = level.half_width.unwrap_or(0.0);
        problems.within(&here("levels"), "half_width", half_width, 0.0, 1000.0);
        let (key, grade) = (level.level.as_ref().map(level_text), level.grade.as_ref().map(level_text));
        let plain = key.clone().or_else(|| factor.name.clone()).unwrap_or_else(|| factor.key.clone());
        let called = grade.as_ref().map_or(plain.clone(), |grade| format!("{plain} {grade}"));
        levels.push(LevelPlan {
            name: level.name.clone().unwrap_or(called),
            level: key,
            grade,
            radius,
            score,
            half_width,
            radius_rule,
            score_rule,
        });
    }
    let grades = grades(factor, &levels, at, problems);
    if grades.is_some() {
        // The entries of one type stand together, in the order of the types' first ones.
        let first = |level: &LevelPlan| levels.iter().position(|other| other.level == level.level);
        let order: Vec<Option<usize>> = levels.iter().map(first).collect();
        let mut sorted: Vec<usize> = (0..levels.len()).collect();
        sorted.sort_by_key(|&at| order[at]);
        levels = sorted.into_iter().map(|at| levels[at].clone()).collect();
    }
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
        distance: Distance::default(),
        grades,
        rules: Rules {
            city_area: factor.city_area,
            service_field: factor.service_field.clone(),
            higher_too: problems.word(
                &here("influence"),
                factor.influence.as_deref(),
                &[("own", false), ("own-and-higher", true)],
            ),
        },
        directions: factor.directions.as_ref().map(|directions| {
            problems.within(&here("directions"), "within", directions.within, 0.001, 1e5);
            for coefficient in directions.coefficients {
                problems.within(&here("directions"), "coefficients", coefficient, 0.0, 1.0);
            }
            DirectionsPlan { within: directions.within, coefficients: directions.coefficients }
        }),
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

/// The grades of facilities: their field, and what each multiplies the function score by.
fn grades(factor: &Factor, levels: &[LevelPlan], at: usize, problems: &mut Problems<'_>) -> Option<GradesPlan> {
    let here = |key| [Step::Key("factors"), Step::At(at), Step::Key(key)];
    let told_apart = levels.iter().any(|level| level.grade.is_some());
    for (grade, coefficient) in factor.grades.iter().flatten() {
        problems.within(&here("grades"), grade, *coefficient, 0.0, 1.0);
    }
    match &factor.grade_field {
        Some(field) if factor.grades.is_some() || told_apart => {
            Some(GradesPlan { field: field.clone(), coefficients: factor.grades.clone().unwrap_or_default() })
        }
        None if factor.grades.is_none() && !told_apart => None,
        _ => {
            let key = &factor.key;
            problems.add(
                "bad-grades",
                &here("levels"),
                say!(
                    "the grades of {key} need both: `grade_field`, and `grades` or levels with a `grade`",
                    "因素 {key} 的等级须同时写 grade_field,以及 grades 或带 grade 的 levels"
                ),
                say!(
                    "write grade_field = \"FIELD\" and grades = {{ \"一级\" = 1.0, \"二级\" = 0.7 }} (points only)",
                    "请写 grade_field = \"字段名\" 和 grades = {{ \"一级\" = 1.0, \"二级\" = 0.7 }}(仅用于点状因素)"
                ),
            );
            None
        }
    }
}

fn scale_of(scale: &Scale, here: &[Step<'_>], problems: &mut Problems<'_>) -> ScalePlan {
    match scale {
        Scale::Index(field) => ScalePlan::Index(field.clone()),
        Scale::Indicators(indicators) => {
            let field = |indicator: &Indicator| match indicator {
                Indicator::Field(field) => field.clone(),
                Indicator::Weighted(weighted) => weighted.field.clone(),
            };
            let fields: Vec<String> = indicators.iter().map(field).collect();
            let weights = indicators.iter().filter_map(|indicator| match indicator {
                Indicator::Field(_) => None,
                Indicator::Weighted(weighted) => Some(weighted.weight),
            });
            let weights = Some(weights.collect::<Vec<f64>>()).filter(|weights| !weights.is_empty());
            let sound = |weights: &Vec<f64>| {
                let sum: f64 = weights.iter().sum();
                weights.len() == fields.len() && weights.iter().all(|weight| *weight > 0.0) && (sum - 1.0).abs() < 1e-6
            };
            if weights.as_ref().is_some_and(|weights| !sound(weights)) {
                problems.add(
                    "bad-scale",
                    here,
                    say!(
                        "the weights of the indicators do not sum to 1, or one has none",
                        "规模指标的权重之和不为 1,或有指标未写权重"
                    ),
                    say!(
                        "write scale = [{{ field = \"sales\", weight = 0.6 }}, {{ field = \"floor\", weight = 0.4 }}]",
                        "请写 scale = [{{ field = \"sales\", weight = 0.6 }}, {{ field = \"floor\", weight = 0.4 }}]"
                    ),
                );
            }
            let twice = fields.iter().enumerate().any(|(at, field)| fields[..at].contains(field));
            if fields.is_empty() || twice {
                problems.add(
                    "bad-scale",
                    here,
                    say!("`scale` lists no field, or one twice", "scale 未列字段,或字段重复"),
                    say!("list each indicator's field once", "请将每个指标字段各列一次"),
                );
            }
            ScalePlan::Indicators { fields, weights }
        }
    }
}

/// Centres need a level field and levels in order, best first, with falling scores.
pub(in crate::project) fn centre(factor: &Factor, at: usize, problems: &mut Problems<'_>) -> ReachPlan {
    let plan = reach(factor, Combine::Sum, at, problems);
    let falls = |pair: &[LevelPlan]| {
        let by_rule = pair.iter().any(|level| level.score_rule.is_some());
        by_rule || pair[0].score > pair[1].score
    };
    let falling = plan.levels.windows(2).all(falls);
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
