//! What the release is, what it was made from, what was found, and what is open.

use crate::ingest::finding::{Action, Code};
use crate::land::{Lang, Text};
use crate::release::TilingHead;
use crate::report::{Report, Subject};
use crate::review::prices;
use crate::say;
use std::collections::BTreeMap;

pub(super) fn write(report: &mut Report, subject: &Subject<'_>, lang: Lang) {
    let (release, head) = (subject.release, &subject.release.head);
    report.heading(1, &say!("The release", "成果概况"), lang);
    let none = say!("none", "无").in_lang(lang).to_string();
    let uses = release.uses.len();
    // Where every unit is graded for every use, each stands once for every use among the rows.
    let times = if subject.project.is_some_and(|project| project.units.every_use) { uses } else { 1 };
    let units = release.units.len() / times;
    let known = release.units.areas.iter().filter(|area| !area.is_nan());
    let hectares = known.sum::<f64>() / times as f64 / 1e4;
    let rows = [
        (say!("release", "成果版本"), head.name.clone()),
        (say!("state", "状态"), head.state().title().in_lang(lang).to_string()),
        (say!("base date", "估价期日"), head.base_date.clone().unwrap_or_else(|| none.clone())),
        (say!("takes the place of", "取代的成果"), head.supersedes.clone().unwrap_or_else(|| none.clone())),
        (say!("coordinate system", "坐标系"), head.crs.name.clone()),
        (say!("uses", "用途数"), uses.to_string()),
        (say!("units", "单元数"), units.to_string()),
        (say!("area of the units, ha", "单元面积(公顷)"), format!("{hectares:.4}")),
        (say!("sealed on", "封存日期"), subject.sealed_on.to_string()),
        (say!("content digest (SHA-256)", "内容摘要(SHA-256)"), subject.content_digest.to_string()),
    ];
    let rows = rows.into_iter().map(|(what, value)| vec![what.in_lang(lang).to_string(), value]).collect();
    let title = say!("What the release is", "成果基本情况");
    report.rows(&title, &[say!("item", "项目"), say!("value", "内容")], &[false, false], rows, lang);
    if let Some(tiling) = &head.tiling {
        how_units_were_made(report, tiling, lang);
    }
    let inputs: Vec<Vec<String>> = head
        .inputs
        .iter()
        .map(|input| vec![input.path.clone(), input.bytes.to_string(), input.digest.chars().take(16).collect()])
        .collect();
    if !inputs.is_empty() {
        let head =
            [say!("file", "文件"), say!("bytes", "字节数"), say!("SHA-256, first 16 digits", "SHA-256 前 16 位")];
        report.rows(&say!("Inputs", "输入数据"), &head, &[false, true, false], inputs, lang);
    }
}

/// How units were made, and that they tile the graded area; of given units how much of it they cover.
fn how_units_were_made(report: &mut Report, tiling: &TilingHead, lang: Lang) {
    let way = match tiling.way.as_str() {
        "grid" => say!("grid", "网格法(grid)"),
        "quadtree" => say!("quadtree", "动态网格法(quadtree)"),
        "given" => say!("given", "给定宗地"),
        _ => say!("overlay", "叠置法(overlay)"),
    };
    let given = tiling.way == "given";
    let last = if given {
        let share = 100.0 * tiling.area / tiling.graded_area;
        (say!("share of the graded area", "占定级范围的比例"), format!("{share:.2} %"))
    } else {
        (
            say!("pieces that joined a neighbour", "并入相邻单元的碎块数"),
            format!("{} ({:.2} m²)", tiling.joined, tiling.joined_area),
        )
    };
    let rows = [
        (say!("method", "划分方法"), way.in_lang(lang).to_string()),
        (say!("units", "单元数"), tiling.units.to_string()),
        (say!("area of all units, m²", "单元面积合计(㎡)"), format!("{:.2}", tiling.area)),
        (say!("graded area, m²", "定级范围面积(㎡)"), format!("{:.2}", tiling.graded_area)),
        last,
    ];
    let rows = rows.into_iter().map(|(what, value)| vec![what.in_lang(lang).to_string(), value]).collect();
    let title = match given {
        true => say!("The given units and the graded area", "给定单元与定级范围"),
        false => say!("How the units were made: they tile the graded area", "定级单元划分:无缝无重叠覆盖定级范围"),
    };
    report.rows(&title, &[say!("item", "项目"), say!("value", "内容")], &[false, false], rows, lang);
}

/// Findings by code, and what nobody has decided yet.
pub(super) fn findings(report: &mut Report, subject: &Subject<'_>, lang: Lang) {
    let release = subject.release;
    report.heading(1, &say!("Findings in the data", "数据检查问题"), lang);
    let mut counts: BTreeMap<(&str, &str), (usize, Action, &Text)> = BTreeMap::new();
    for finding in release.findings.iter() {
        let key = (finding.code.name(), finding.action.name());
        counts.entry(key).or_insert((0, finding.action, &finding.detail)).0 += 1;
    }
    if counts.is_empty() {
        report.say(&say!("None.", "无。"), lang);
    } else {
        let rows = counts.into_iter().map(|((code, _), (count, action, detail))| {
            vec![
                code.to_string(),
                action.title().in_lang(lang).to_string(),
                count.to_string(),
                detail.in_lang(lang).to_string(),
            ]
        });
        let head = [
            say!("code", "代码"),
            say!("what was done", "处理"),
            say!("number", "数量"),
            say!("the first says", "首个问题"),
        ];
        let title = say!("Findings by code", "问题汇总");
        report.rows(&title, &head, &[false, false, true, false], rows.collect(), lang);
    }
    report.heading(1, &say!("Open decisions", "待定事项"), lang);
    let mut open: Vec<String> = Vec::new();
    let asked = [Code::OpenQuestion, Code::InconsistentJudgements, Code::EmptyGrade, Code::PriceOrder];
    let told = release.findings.iter().filter(|finding| asked.contains(&finding.code));
    open.extend(told.map(|finding| finding.detail.in_lang(lang).to_string()));
    for use_head in release.uses.iter().filter(|head| !head.method.is_empty() && head.reason.is_none()) {
        let (name, method) = (&use_head.name, crate::land::grade::method(&use_head.method));
        let Text { en, zh } = method;
        let text = say!("{name}: no reason is given for the breaks ({en})", "{name}:未写明采用{zh}分级的理由");
        open.push(text.in_lang(lang).to_string());
    }
    open.extend(undone(subject).iter().map(|text| text.in_lang(lang).to_string()));
    if open.is_empty() {
        return report.say(&say!("None.", "无。"), lang);
    }
    report.list(open);
}

/// What a review will ask for and does not find, or finds against the grading.
fn undone(subject: &Subject<'_>) -> Vec<Text> {
    let release = subject.release;
    let mut open = Vec::new();
    if let Some((found, _)) = subject.jumps.get().filter(|(found, _)| !found.is_empty()) {
        let count = found.len();
        open.push(say!(
            "{count} pairs of neighbours are more than one grade apart with no barrier between them: confirm or mend them",
            "{count} 对相邻单元级差大于一级且其间没有阻隔:请确认或调整"
        ));
    }
    for check in prices::checks(release) {
        let name = &release.uses[check.land_use].name;
        match (check.groups.is_empty(), check.variance) {
            (true, _) => open.push(say!("{name}: no sale samples speak for the grades", "{name}:没有样点地价佐证级别")),
            (false, Some(test)) if test.p >= 0.05 => {
                let p = test.p;
                open.push(say!(
                    "{name}: the prices of the grades do not differ by more than chance gives (p {p:.2})",
                    "{name}:各级样点地价差异不显著(p {p:.2})"
                ));
            }
            _ => {}
        }
        for pair in check.pairs.iter().filter(|pair| !pair.ordered) {
            let (better, worse) = (pair.better, pair.worse);
            open.push(say!(
                "{name}: samples of grade {better} are not dearer than those of grade {worse}",
                "{name}:{better}级样点地价不高于{worse}级"
            ));
        }
    }
    if subject.experts.is_none() {
        open.push(say!(
            "experts' opinions were not held against the grades (--experts)",
            "未与专家意见对照(--experts)"
        ));
    }
    if subject.profits.is_none() {
        open.push(say!("differential income was not looked at (--profits)", "未作级差收益检验(--profits)"));
    }
    open
}
