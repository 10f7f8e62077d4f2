//! Checks radii and scores that follow from rules: which kinds know them, and what they need.

use crate::project::check::Problems;
use crate::project::file::{Factor, Level, Number};
use crate::project::lines::Step;
use crate::project::plan::{RadiusRule, ScoreRule};
use crate::say;

/// Whether a level's score is the mean of its centres' scale indices.
pub(super) fn mean_scores(factor: &Factor) -> bool {
    let rule = |level: &Level| matches!(level.score, Number::Rule(_));
    factor.kind == "centre" && factor.levels.iter().flatten().any(rule)
}

/// Whether a radius follows from the city's area.
pub(super) fn need_area(factor: &Factor) -> bool {
    let rule = |level: &Level| matches!(&level.radius, Number::Rule(rule) if rule != "farthest");
    factor.levels.iter().flatten().any(rule)
}

/// What rules need besides the levels.
pub(super) fn check(factor: &Factor, at: usize, graded_area: bool, problems: &mut Problems<'_>) {
    let here = |key| [Step::Key("factors"), Step::At(at), Step::Key(key)];
    let key = &factor.key;
    if let Some(area) = factor.city_area {
        problems.within(&here("city_area"), "city_area", area, 1.0, 1e12);
    }
    let farthest = |level: &Level| matches!(&level.radius, Number::Rule(rule) if rule == "farthest");
    let levels = || factor.levels.iter().flatten();
    let to_edge = levels().take(1).any(farthest);
    if (need_area(factor) && factor.city_area.is_none() || to_edge) && !graded_area {
        problems.add(
            "no-city-area",
            &here("levels"),
            say!("the radii of {key} need the city's extent", "因素 {key} 的半径需要城区范围"),
            say!(
                "name project.graded_area, or (for rules by area) write city_area in m²",
                "请写明 project.graded_area,或(按面积的规则)写 city_area,单位 m²"
            ),
        );
    }
    if levels().skip(1).any(farthest) && factor.service_field.is_none() {
        problems.add(
            "no-service-field",
            &here("levels"),
            say!(
                "radius = \"farthest\" of lower levels of {key} needs `service_field`",
                "因素 {key} 的下级中心用 radius = \"farthest\" 时须写 service_field"
            ),
            say!("name the field with each centre's service distance", "请写明存放各中心服务距离的字段"),
        );
    }
    if mean_scores(factor) && factor.scale.is_none() {
        problems.add(
            "no-scale",
            &here("levels"),
            say!("score = \"mean\" of {key} needs `scale`", "因素 {key} 用 score = \"mean\" 时须写 scale"),
            say!("name the field with the scale index, or those of the indicators", "请写明规模指数字段或各指标字段"),
        );
    }
}

/// A level's radius: in metres, or by a rule of the factor's kind.
pub(super) fn radius(
    kind: &str,
    written: &Number,
    here: &[Step<'_>],
    problems: &mut Problems<'_>,
) -> (f64, Option<RadiusRule>) {
    match written {
        Number::Number(radius) => {
            problems.within(here, "radius", *radius, 0.001, 1e7);
            (*radius, None)
        }
        Number::Rule(word) => {
            let words: &[(&str, RadiusRule)] = match kind {
                "centre" => &[("geometric", RadiusRule::Geometric), ("farthest", RadiusRule::Farthest)],
                "line" => &[("area-over-length", RadiusRule::AreaOverLength)],
                _ => &[],
            };
            (f64::NAN, rule(word, words, here, problems))
        }
    }
}

/// A level's score: in points, or by a rule.
pub(super) fn score(
    kind: &str,
    written: &Number,
    here: &[Step<'_>],
    problems: &mut Problems<'_>,
) -> (f64, Option<ScoreRule>) {
    match written {
        Number::Number(score) => {
            problems.within(here, "score", *score, 0.0, 100.0);
            (*score, None)
        }
        Number::Rule(word) => {
            let words: &[(&str, ScoreRule)] = if kind == "centre" { &[("mean", ScoreRule::Mean)] } else { &[] };
            (f64::NAN, rule(word, words, here, problems))
        }
    }
}

fn rule<T: Copy>(word: &str, words: &[(&str, T)], here: &[Step<'_>], problems: &mut Problems<'_>) -> Option<T> {
    if words.is_empty() {
        problems.add(
            "unknown-word",
            here,
            say!("\"{word}\" is not understood here", "此处不能写「{word}」"),
            say!("write a number", "请写数字"),
        );
        return None;
    }
    Some(problems.word(here, Some(word), words))
}
