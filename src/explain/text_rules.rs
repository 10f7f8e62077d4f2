//! What radii and scores by rule came to, and the coefficient of directions, for reading.

use super::DirectionsAccount;
use super::text::{Lines, measured};
use crate::release::LevelHead;
use crate::say;

pub(super) fn of_rule(lines: &mut Lines, head: &LevelHead) {
    let (level, radius, score) = (&head.level, measured(head.radius, "m"), measured(head.score, ""));
    let rule = |rule: &Option<String>| rule.as_ref().map(|rule| (format!(" ({rule})"), format!("({rule})")));
    let (radius_en, radius_zh) = rule(&head.radius_rule).unwrap_or_default();
    let (score_en, score_zh) = rule(&head.score_rule).unwrap_or_default();
    lines.say(&say!(
        "   by rule: {level} radius {radius}{radius_en}, score {score}{score_en}",
        "   按规则推算:{level} 半径 {radius}{radius_zh}、分值 {score}{score_zh}"
    ));
}

pub(super) fn of_directions(lines: &mut Lines, account: &DirectionsAccount) {
    let DirectionsAccount { within, directions, coefficient } = account;
    let chinese = |name: &&'static str| match *name {
        "north" => "北",
        "east" => "东",
        "south" => "南",
        _ => "西",
    };
    let (en, zh) = match directions.as_slice() {
        [] => ("none".to_string(), "无".to_string()),
        some => (some.join(", "), some.iter().map(chinese).collect::<Vec<_>>().join("、")),
    };
    lines.say(&say!(
        "   directions that have roads within {within} m: {en}; × {coefficient}",
        "   {within} m 内有道路的方向:{zh};× {coefficient}"
    ));
}
