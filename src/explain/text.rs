//! An account for reading.

use super::{
    Account, AreaAccount, FactorAccount, GroupAccount, InGroup, LevelAccount, NetworkAccount, PieceAccount,
    ScaleAccount, Source, Step, text_price, text_rules,
};
use crate::land::{Lang, Text, grade};
use crate::release::GroupJudged;
use crate::say;

/// The account in lines.
pub fn text(account: &Account, lang: Lang) -> Vec<String> {
    let mut lines = Lines { lang, lines: Vec::new() };
    let (id, use_name, area, release) = (&account.id, &account.use_name, account.area, &account.release);
    let Text { en, zh } = account.state.title();
    lines.say(&say!(
        "Unit {id} · {use_name} · {area:.2} m² · release {release} ({en})",
        "单元 {id} · {use_name} · {area:.2} m² · 成果 {release}({zh})"
    ));
    let [x, y] = account.place;
    lines.say(&match account.scored_at {
        "centroid" => say!("scored at its centroid, {x:.3} {y:.3}", "以形心 {x:.3} {y:.3} 计分"),
        "surface" => say!("scored at a point inside, {x:.3} {y:.3}", "以内部点 {x:.3} {y:.3} 计分"),
        _ => say!(
            "scored as the mean over its centroid and vertices; the facilities are those of the centroid, {x:.3} {y:.3}",
            "以形心与各顶点的平均值计分;所列设施为形心 {x:.3} {y:.3} 处的"
        ),
    });
    let weighs = |factor: &&FactorAccount| factor.weight != 0.0;
    for (number, factor) in (1..).zip(account.factors.iter().filter(weighs)) {
        of_factor(&mut lines, number, factor);
    }
    let idle: Vec<String> = account
        .factors
        .iter()
        .filter(|factor| !weighs(factor))
        .map(|factor| format!("{} ({})", factor.name, factor.key))
        .collect();
    if !idle.is_empty() {
        let (en, zh) = (idle.join(", "), idle.join("、"));
        lines.say(&say!("\nWithout weight in this use, adding nothing: {en}", "\n该用途中权重为 0、不计分的因素:{zh}"));
    }
    of_groups(&mut lines, account);
    if let Some(judged) = &account.judged {
        let Text { en, zh } = judged.text();
        lines.say(&say!("\nWeights: {en}", "\n权重:{zh}"));
    }
    for GroupJudged { group, judged } in &account.judged_inside {
        let Text { en, zh } = judged.text();
        lines.say(&say!("Weights inside {group}: {en}", "{group} 组内权重:{zh}"));
    }
    let total = account.total;
    lines.say(&say!("\nTotal score: {total:.9}", "\n总分值:{total:.9}"));
    of_grade(&mut lines, account);
    match &account.price {
        Some(price) => text_price::of_price(&mut lines, price),
        None => lines.say(&say!("No price: the release was made without prices", "无地价:成果未测算地价")),
    }
    lines.lines
}

pub(super) struct Lines {
    pub lang: Lang,
    lines: Vec<String>,
}

impl Lines {
    /// One line, after an empty one where the sentence begins with a break; breaks inside are the data's and make no line of their own.
    pub fn say(&mut self, text: &Text) {
        let whole = text.in_lang(self.lang);
        let line = whole.strip_prefix('\n');
        self.lines.extend(line.map(|_| String::new()));
        self.lines.push(line.unwrap_or(whole).replace(['\n', '\r'], "\u{FFFD}"));
    }
}

fn of_factor(lines: &mut Lines, number: usize, factor: &FactorAccount) {
    let (name, key, score, weight, share) =
        (&factor.name, &factor.key, factor.score, factor.weight, factor.contribution);
    lines.say(&say!(
        "\n{number}. {name} ({key}): {score:.4} points × weight {weight} = {share:.9}",
        "\n{number}. {name}({key}):{score:.4} 分 × 权重 {weight} = {share:.9}"
    ));
    if let Some(InGroup { group, group_weight, weight_inside }) = &factor.in_group {
        lines.say(&say!(
            "   weight: group {group} {group_weight} × inside it {weight_inside}",
            "   权重:因素组 {group} {group_weight} × 组内 {weight_inside}"
        ));
    }
    match &factor.source {
        Source::Reach { combine, levels, by_rule, directions } => {
            levels.iter().filter(|level| level.facility.is_some()).for_each(|level| of_level(lines, level));
            let far: Vec<&str> =
                levels.iter().filter(|level| level.facility.is_none()).map(|level| level.level.as_str()).collect();
            if !far.is_empty() {
                let (en, zh) = (far.join(", "), far.join("、"));
                lines.say(&say!("   out of reach: {en}", "   范围外:{zh}"));
            }
            if levels.len() > 1 {
                lines.say(&match *combine {
                    "max" => say!("   the greatest of them counts", "   取其中最大值"),
                    _ => say!("   together, at most 100", "   各项相加,最高 100"),
                });
            }
            by_rule.iter().for_each(|level| text_rules::of_rule(lines, level));
            directions.iter().for_each(|directions| text_rules::of_directions(lines, directions));
        }
        source @ Source::Areas { field, scale, areas, .. } => {
            of_areas(lines, field, areas, source.default_used());
            scale.iter().for_each(|scale| of_scale(lines, scale, ""));
        }
        Source::Raster { value, unit, scale, default } => {
            match (value, default) {
                (Some(value), _) => {
                    let value = measured(*value, unit);
                    lines.say(&say!("   raster value {value}", "   栅格值 {value}"));
                }
                (None, Some(default)) => lines.say(&say!(
                    "   the raster has no value here: the default, {default} points",
                    "   栅格在此无值,取默认值 {default} 分"
                )),
                (None, None) => lines.say(&say!("   the raster has no value here", "   栅格在此无值")),
            }
            of_scale(lines, scale, unit);
        }
        Source::Recorded => lines.say(&say!(
            "   the score on record; --inputs FOLDER shows the raster's value",
            "   为成果所记分值;用 --inputs 文件夹 可显示栅格值"
        )),
    }
}

/// The groups with weight, after their factors.
fn of_groups(lines: &mut Lines, account: &Account) {
    let weighed: Vec<&GroupAccount> = account.groups.iter().filter(|group| group.weight != 0.0).collect();
    if weighed.is_empty() {
        return;
    }
    lines.say(&say!("\nBy group:", "\n按因素组:"));
    for GroupAccount { key, name, weight, contribution } in weighed {
        lines.say(&say!(
            "   {name} ({key}), weight {weight}: {contribution:.9}",
            "   {name}({key}),权重 {weight}:{contribution:.9}"
        ));
    }
}

fn of_level(lines: &mut Lines, level: &LevelAccount) {
    let Some(facility) = &level.facility else { return };
    let (name, radius, id) = (&level.level, measured(level.radius, ""), &facility.id);
    let (distance, f, effect) = (facility.distance, facility.function_score, facility.effect);
    let formula = match level.form {
        "linear" => format!("{f} × (1 − {distance:.3}/{radius}) = {effect:.4}"),
        _ => format!("{f} ^ (1 − {distance:.3}/{radius}) = {effect:.4}"),
    };
    let (axis, half) = (facility.to_axis, level.half_width);
    let far = if half == 0.0 {
        say!("at {distance:.3} m", "距离 {distance:.3} m")
    } else if axis < half {
        say!(
            "{axis:.3} m to the axis, within the half width of {half} m: {distance:.3} m",
            "至中心线 {axis:.3} m,在半宽 {half} m 以内,距离 {distance:.3} m"
        )
    } else {
        say!(
            "{axis:.3} m to the axis less half width {half} m = {distance:.3} m",
            "至中心线 {axis:.3} m − 半宽 {half} m = 距离 {distance:.3} m"
        )
    };
    let far = match &facility.network {
        None => far,
        Some(NetworkAccount::Straight) => {
            let Text { en, zh } = far;
            say!("{en} straight, nearer than by the network,", "{zh}(直线,近于路网)")
        }
        Some(NetworkAccount::Along { access, along, source_access: last }) => {
            let Text { en, zh } = far;
            say!(
                "{en} ({access:.3} m to the network + {along:.3} m along it + {last:.3} m from it)",
                "{zh}(至路网 {access:.3} m + 沿路网 {along:.3} m + 离路网 {last:.3} m)"
            )
        }
    };
    let Text { en, zh } = match (&facility.crossing, facility.detour) {
        (Some(crossing), _) => {
            let Text { en, zh } = far;
            say!("{en} by way of {crossing},", "{zh}(经 {crossing})")
        }
        (None, true) => {
            let Text { en, zh } = far;
            say!("{en} round a barrier,", "{zh}(绕过阻隔)")
        }
        (None, false) => far,
    };
    lines.say(&say!(
        "   {name}: {id} {en} of {radius} m; {formula}",
        "   {name}:{id},{zh}(作用半径 {radius} m);{formula}"
    ));
}

fn of_areas(lines: &mut Lines, field: &str, areas: &[AreaAccount], default: Option<(f64, f64)>) {
    for area in areas {
        let (id, square, score) = (&area.id, area.area, area.score);
        let value = area.value.as_ref().map(|value| format!("{field} = {value}"));
        let (en, zh) = value.map_or_else(Default::default, |value| (format!(" ({value})"), format!("({value})")));
        lines.say(&say!("   {id}{en}: {square:.2} m² at {score} points", "   {id}{zh}:{square:.2} m²,{score} 分"));
        if !area.pieces.is_empty() {
            let piece = |piece: &PieceAccount| format!("{} {} × {:.4}", piece.name, piece.index, piece.score);
            let pieces = area.pieces.iter().map(piece).collect::<Vec<_>>().join(" + ");
            lines.say(&say!("      = {pieces}", "      = {pieces}"));
        }
    }
    if let Some((uncovered, default)) = default {
        lines.say(&say!(
            "   no area: {uncovered:.2} m² at the default, {default} points",
            "   区域外:{uncovered:.2} m²,取默认值 {default} 分"
        ));
    }
}

/// Which value has which score; what lies beyond has the nearer end's.
fn of_scale(lines: &mut Lines, scale: &ScaleAccount, unit: &str) {
    let (low, high) = (measured(scale.low, unit), measured(scale.high, unit));
    if let Some([from, to]) = scale.best {
        let (from, to) = (measured(from, unit), measured(to, unit));
        lines.say(&say!(
            "   scaled, the middle is best: {from} to {to} = 100 points, {low} and {high} = 0 points, capped beyond",
            "   标准化(适度最优):{from} 至 {to} 为 100 分,{low} 与 {high} 为 0 分,超出者取端点"
        ));
        return;
    }
    lines.say(&match scale.direction {
        "high-is-bad" => say!(
            "   scaled, high is bad: {low} = 100 points, {high} = 0 points, capped beyond",
            "   标准化(逆向,值大者劣):{low} 为 100 分,{high} 为 0 分,超出者取端点"
        ),
        _ => say!(
            "   scaled, high is good: {low} = 0 points, {high} = 100 points, capped beyond",
            "   标准化(正向,值大者优):{low} 为 0 分,{high} 为 100 分,超出者取端点"
        ),
    });
}

/// A number with at most six decimals, and its unit.
pub(super) fn measured(value: f64, unit: &str) -> String {
    let written = format!("{value:.6}");
    let short = written.trim_end_matches('0').trim_end_matches('.');
    let number =
        if short.trim_start_matches('-') == "0" && value != 0.0 { format!("{value:e}") } else { short.to_string() };
    if unit.is_empty() { number } else { format!("{number} {unit}") }
}

fn of_grade(lines: &mut Lines, account: &Account) {
    let lang = lines.lang;
    let (name, grades) = (grade::name(account.grade, lang), account.grades);
    lines.say(&say!("Grade {name} of {grades}", "级别:{name}(共 {grades} 级)"));
    if let Some(by_total) = account.grade_by_total {
        let own = grade::name(by_total, lang);
        lines.say(&say!(
            "   by its total grade {own}; its patch was too small to be mapped and went to a neighbour (changes.csv)",
            "   按总分为{own};所在图斑小于最小上图面积,并入相邻级别(见 changes.csv)"
        ));
    }
    let title = |step: &Step| grade::name(step.grade, lang);
    if let Some(reason) = &account.reason {
        let Text { en, zh } = grade::method(&account.method);
        lines.say(&say!("   breaks: {en}, because: {reason}", "   分级方法:{zh},依据:{reason}"));
    }
    if let Some(step) = &account.better {
        let (other, limit, points) = (title(step), step.limit, step.points);
        lines.say(&say!(
            "   {points:.6} points below grade {other}, which starts at {limit}",
            "   距{other}界限 {limit} 差 {points:.6} 分"
        ));
    }
    if let Some(step) = &account.worse {
        let (other, limit, points) = (title(step), step.limit, step.points);
        lines.say(&say!(
            "   {points:.6} points above grade {other}, which ends at {limit}",
            "   高出{other}界限 {limit} 共 {points:.6} 分"
        ));
    }
}
