//! The factors: what each is made of, where its layer comes from, how its influence fades.

use crate::land::{Lang, Text};
use crate::project::plan::{
    AreaScore, Combine, DirectionsPlan, Distance, FactorKind, FactorPlan, Form, ItemPlan, Project, ReachPlan,
    ScalePlan, Scaling,
};
use crate::report::{Report, Subject};
use crate::say;

pub(super) fn write(report: &mut Report, subject: &Subject<'_>, lang: Lang) {
    report.heading(1, &say!("Factors", "定级因素"), lang);
    let Some(project) = subject.project else {
        return report.say(&say!("An imported release has no factors.", "导入的成果没有因素。"), lang);
    };
    let rows = project.factors.iter().map(|factor| {
        let layer = factor.source.layer.clone().unwrap_or_default();
        let file = factor.source.path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let place = [file, layer].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" / ");
        let group = factor.group.map_or_else(String::new, |at| project.groups[at].name.clone());
        let effect = effect(factor, project, lang);
        vec![factor.key.clone(), factor.name.clone(), group, kind(factor, lang), place, effect]
    });
    let head = [
        say!("key", "代码"),
        say!("name", "名称"),
        say!("group", "因素组"),
        say!("kind", "类型"),
        say!("layer", "数据来源"),
        say!("how it counts", "计算方式"),
    ];
    let title = say!("Factors and their layers", "定级因素及数据来源");
    report.rows(&title, &head, &[false; 6], rows.collect(), lang);
    let mut levels = Vec::new();
    for (factor, head) in project.factors.iter().zip(&subject.release.head.factors) {
        let (FactorKind::Point(plan) | FactorKind::Line(plan) | FactorKind::Centre(plan)) = &factor.kind else {
            continue;
        };
        for (at, level) in plan.levels.iter().enumerate() {
            // What a rule came to stands in the release.
            let ruled = head.levels.get(at);
            let number = |value: f64| {
                let text = format!("{value:.3}");
                text.trim_end_matches('0').trim_end_matches('.').to_string()
            };
            let radius = number(ruled.map_or(level.radius, |ruled| ruled.radius));
            let score = number(ruled.map_or(level.score, |ruled| ruled.score));
            let half = number(level.half_width);
            let rules = ruled.map_or_else(String::new, |ruled| {
                let radius = ruled.radius_rule.as_ref().map(|rule| say!("radius: {rule}", "半径:{rule}"));
                let score = ruled.score_rule.as_ref().map(|rule| say!("score: {rule}", "分值:{rule}"));
                let told = [radius, score].into_iter().flatten();
                told.map(|text| text.in_lang(lang).to_string()).collect::<Vec<_>>().join("; ")
            });
            levels.push(vec![factor.name.clone(), level.name.clone(), radius, score, half, rules]);
        }
    }
    if !levels.is_empty() {
        let head = [
            say!("factor", "因素"),
            say!("level", "级别或类型"),
            say!("radius, m", "作用半径(米)"),
            say!("function score (of centres the scale index)", "功能分(商服中心为规模指数)"),
            say!("half width, m", "半宽(米)"),
            say!("by rule", "规则"),
        ];
        let title = say!("Levels of facilities, roads and centres", "设施、道路与中心的级别");
        report.rows(&title, &head, &[false, false, true, true, true, false], levels, lang);
    }
}

fn kind(factor: &FactorPlan, lang: Lang) -> String {
    let text = match factor.kind {
        FactorKind::Point(_) => say!("facilities", "点状"),
        FactorKind::Line(_) => say!("lines", "线状"),
        FactorKind::Centre(_) => say!("centres with function layers", "商服中心(功能分割)"),
        FactorKind::Area(_) => say!("areas", "面状"),
        FactorKind::Raster(_) => say!("raster", "栅格"),
    };
    text.in_lang(lang).to_string()
}

fn effect(factor: &FactorPlan, project: &Project, lang: Lang) -> String {
    match &factor.kind {
        FactorKind::Point(plan) | FactorKind::Line(plan) | FactorKind::Centre(plan) => reach(plan, project, lang),
        FactorKind::Area(plan) => match &plan.score {
            AreaScore::Field(field) => say!("the field {field}", "字段 {field}").in_lang(lang).to_string(),
            AreaScore::Category { field, .. } => {
                say!("categories of {field}", "{field} 的类别赋分").in_lang(lang).to_string()
            }
            AreaScore::Index { field, scaling } => {
                let way = direction(scaling, lang);
                say!("index {field}, {way}", "指标 {field},{way}").in_lang(lang).to_string()
            }
            AreaScore::Services { services, .. } => {
                let list: Vec<String> = services.iter().map(|one| format!("{} {}", one.name, one.index)).collect();
                let list = list.join(", ");
                say!("services, index · level · rate: {list}", "设施配套(指数 · 水平 · 保证率):{list}")
                    .in_lang(lang)
                    .to_string()
            }
            AreaScore::Items(items) => {
                let item = |one: &ItemPlan| format!("{} {} ({})", one.name, one.index, direction(&one.scaling, lang));
                let list = items.iter().map(item).collect::<Vec<_>>().join("; ");
                say!("several indices: {list}", "多项指标:{list}").in_lang(lang).to_string()
            }
        },
        FactorKind::Raster(plan) => {
            let what = if plan.slope { say!("slope", "坡度") } else { say!("value", "栅格值") };
            format!(
                "{}{}{}",
                what.in_lang(lang),
                if lang == Lang::Zh { "," } else { ", " },
                direction(&plan.scaling, lang)
            )
        }
    }
}

fn direction(scaling: &Scaling, lang: Lang) -> String {
    let text = match (scaling.best, scaling.high_is_good) {
        (Some([low, high]), _) => say!("best from {low} to {high}", "{low} 至 {high} 最优"),
        (None, true) => say!("high is good", "越大越优"),
        (None, false) => say!("high is bad", "越小越优"),
    };
    let mut text = text.in_lang(lang).to_string();
    if let Some([low, high]) = scaling.percentiles {
        text.push_str(say!(", between the percentiles {low} and {high}", ",取百分位 {low} 至 {high}").in_lang(lang));
    }
    for (end, name) in [(scaling.low, say!("low", "下限")), (scaling.high, say!("high", "上限"))] {
        if let Some(end) = end {
            let (en, zh) = (&name.en, &name.zh);
            text.push_str(say!(", {en} {end}", ",{zh} {end}").in_lang(lang));
        }
    }
    text
}

fn reach(plan: &ReachPlan, project: &Project, lang: Lang) -> String {
    let form = match plan.form {
        Form::Linear => say!("linear attenuation", "直线衰减"),
        Form::Exponential => say!("exponential attenuation", "指数衰减"),
    };
    let mut text = form.in_lang(lang).to_string();
    if !plan.barriers.is_empty() {
        let names: Vec<&str> = plan.barriers.iter().map(|&at| project.barriers[at].name.as_str()).collect();
        let names = names.join("、");
        text.push_str(say!("; round barriers: {names}", ";绕行阻隔:{names}").in_lang(lang));
    }
    if plan.distance == Distance::Network {
        text.push_str(say!("; distances along the network", ";采用路网距离").in_lang(lang));
    }
    details(plan).iter().for_each(|detail| text.push_str(detail.in_lang(lang)));
    text
}

/// Scale, grades, directions, and how several sources count.
fn details(plan: &ReachPlan) -> Vec<Text> {
    let mut details = Vec::new();
    match &plan.scale {
        Some(ScalePlan::Index(field)) => {
            details.push(say!("; scale from the field {field}", ";规模指数取字段 {field}"));
        }
        Some(ScalePlan::Indicators { fields, weights }) => {
            let weighted = weights.iter().flat_map(|weights| fields.iter().zip(weights));
            let weighted: Vec<String> = weighted.map(|(field, weight)| format!("{field} {weight}")).collect();
            let list = if weighted.is_empty() { fields.join(", ") } else { weighted.join(", ") };
            details.push(say!(
                "; scale index: mean of {list}, each against the largest",
                ";规模指数:{list} 各与最大值之比的平均"
            ));
        }
        None => {}
    }
    if let Some(grades) = plan.grades.as_ref().filter(|grades| !grades.coefficients.is_empty()) {
        let list: Vec<String> = grades.coefficients.iter().map(|(grade, k)| format!("{grade} {k}")).collect();
        let (field, list) = (&grades.field, list.join(", "));
        details.push(say!("; grades by {field}: {list}", ";按 {field} 分级的系数:{list}"));
    }
    if let Some(DirectionsPlan { within, coefficients: [one, two, three, four] }) = plan.directions {
        details.push(say!(
            "; directions with a road within {within} m: one {one}, two {two}, three {three}, four {four}",
            ";{within} 米内有路的方位数系数:一面 {one}、两面 {two}、三面 {three}、四面 {four}"
        ));
    }
    if plan.combine == Combine::Max {
        details.push(say!("; the strongest level counts", ";各级取最大值"));
    }
    if !plan.reached_at_radius {
        details.push(say!("; not reached at exactly the radius", ";恰在半径处不计"));
    }
    details
}
