//! What a reader of the price list must know: what it is of, under which premises, in which system, and how it was rounded.

use super::price_table::{PER_SQUARE_METRE, kind, percent};
use super::said::Said;
use crate::formats::{Cells, Field, Table};
use crate::land::{Lang, Text, Texts, Values, grade};
use crate::release::{Connotation, Origin, Release, UseHead};
use crate::say;
use crate::space::zone;

/// The notes as a table of two columns: what, and its value.
pub fn notes_table(release: &Release, lang: Lang) -> Table<'static> {
    let head = &release.head;
    let unknown = || say!("not stated", "未说明");
    let known = |text: &Option<String>| text.as_ref().map_or_else(unknown, Text::same);
    let mut lines = vec![
        (say!("title", "名称"), Text::same(&head.title)),
        (say!("release", "成果版本"), Text::same(&head.name)),
        (say!("origin", "来源"), origin(head.origin)),
        (say!("base date", "估价期日"), known(&head.base_date)),
        (say!("coordinate reference system", "坐标系"), system(release)),
    ];
    if head.supersedes.is_some() {
        lines.push((say!("supersedes", "取代版本"), known(&head.supersedes)));
    }
    lines.extend(gate(release));
    for of_use in &release.uses {
        let name = &of_use.name;
        lines.push((say!("price premises: {name}", "基准地价内涵:{name}"), premises(of_use)));
    }
    lines.push((say!("nature of the prices", "价格性质"), nature()));
    if let Some(step) = Said::of(release).rounding() {
        lines.push((say!("rounding step", "取整单位"), rounding_step(step)));
    }
    lines.extend(order_of_uses(release));
    lines.push((say!("rounding of prices", "地价取整"), rounding_of_prices()));
    lines.push((say!("rounding of areas", "面积取位"), Text::same(rounding_of_areas(lang))));
    table(&lines, lang)
}

/// Of a draft that it is one; of a release sealed as final that the gate let it pass, and who waived what.
fn gate(release: &Release) -> Vec<(Text, Text)> {
    let Ok(found) = serde_json::from_str::<serde_json::Value>(&release.head.gate) else {
        let draft = say!("draft: not judged by the gate before publication", "草案:未经公布前检查");
        return vec![(say!("state", "状态"), draft)];
    };
    let mut lines =
        vec![(say!("gate before publication", "公布前检查"), say!("passed; sealed as final", "已通过,按定稿封存"))];
    for waiver in found["waivers"].as_array().into_iter().flatten() {
        let word = |key: &str| match &waiver[key] {
            serde_json::Value::String(text) => text.clone(),
            serde_json::Value::Null => String::new(),
            other => other.to_string(),
        };
        let scope = [word("rule"), word("use"), word("grade")];
        let scope = scope.iter().filter(|part| !part.is_empty()).cloned().collect::<Vec<_>>().join(" ");
        let (who, why, date) = (word("who"), word("why"), word("date"));
        let what = say!("{scope}: {why} ({who}, {date})", "{scope}:{why}({who},{date})");
        lines.push((say!("waived", "豁免"), what));
    }
    lines
}

fn table(lines: &[(Text, Text)], lang: Lang) -> Table<'static> {
    let column = |text: fn(&(Text, Text)) -> &Text| {
        Cells::Own(Values::Text(lines.iter().map(|line| text(line).in_lang(lang)).collect::<Texts>()))
    };
    let fields = vec![
        Field::plain("item", column(|line| &line.0)).titled(say!("item", "项目")),
        Field::plain("text", column(|line| &line.1)).titled(say!("note", "说明")),
    ];
    Table { name: "notes".into(), title: say!("Notes", "说明"), fields, shapes: None, crs: None, rows: lines.len() }
}

/// The line above a table of the workbook: which release, of which day; with the unit of prices where the table has any.
pub(super) fn facts(release: &Release, priced: bool, lang: Lang) -> String {
    let name = &release.head.name;
    let mut parts = vec![say!("Release {name}", "成果版本:{name}")];
    if let Some(date) = &release.head.base_date {
        parts.push(say!("base date {date}", "估价期日:{date}"));
    }
    if priced {
        parts.push(say!("prices in {PER_SQUARE_METRE}", "单位:{PER_SQUARE_METRE}"));
    }
    parts.iter().map(|part| part.in_lang(lang)).collect::<Vec<_>>().join("  ")
}

/// What became of the samples, below their table.
pub(super) fn samples_used(release: &Release, lang: Lang) -> String {
    let used = release.samples.iter().filter(|sample| sample.used).count();
    let aside = release.samples.len() - used;
    say!(
        "{used} samples are used; {aside} in grey italics are set aside, each for the reason in its outcome.",
        "采用样点 {used} 个;灰色斜体的 {aside} 个未采用,原因见“处理结果”列。"
    )
    .in_lang(lang)
    .to_string()
}

/// The sentence below a price list.
pub(super) fn estimate(release: &Release, lang: Lang) -> String {
    let Text { en, zh } = nature();
    let whole = match &release.head.base_date {
        Some(date) => say!("Base date {date}. {en}", "估价期日 {date}。{zh}"),
        None => Text { en, zh },
    };
    whole.in_lang(lang).to_string()
}

fn nature() -> Text {
    say!(
        "Prices are benchmark prices of a use and grade under the premises stated: each is an estimate, not a transaction price.",
        "地价为各用途各级别在所列内涵条件下的基准地价,是评估结果,不是成交价格。"
    )
}

/// Which use is dearer in each grade: not every city has commercial land on top, and a reader should see it.
fn order_of_uses(release: &Release) -> Option<(Text, Text)> {
    let most = release.cells.iter().map(|cell| cell.grade).max()?;
    let mut parts = Vec::new();
    for own in 1..=most {
        let of_grade = release.cells.iter().filter(|cell| cell.grade == own);
        let mut priced: Vec<(f64, u8)> = of_grade.filter_map(|cell| Some((cell.published?, cell.use_index))).collect();
        if priced.len() < 2 {
            continue;
        }
        priced.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let name = |(price, at): &(f64, u8)| format!("{} {price}", release.uses[usize::from(*at)].name);
        let list = priced.iter().map(name).collect::<Vec<_>>().join(" > ");
        let (en, zh) = (grade::name(own, Lang::En), grade::name(own, Lang::Zh));
        parts.push(say!("{en}: {list}", "{zh}:{list}"));
    }
    let join = |lang, between: &str| parts.iter().map(|part| part.in_lang(lang)).collect::<Vec<_>>().join(between);
    let whole = Text { en: join(Lang::En, "; "), zh: join(Lang::Zh, ";") };
    (!parts.is_empty()).then(|| (say!("uses by price, grade by grade (元/㎡)", "各级用途地价高低(元/㎡)"), whole))
}

fn rounding_step(step: f64) -> Text {
    if step == 0.0 {
        return say!("none: prices are published as computed", "不取整,按计算值公布");
    }
    Text::same(format!("{step} 元/㎡"))
}

fn rounding_of_prices() -> Text {
    say!(
        "Prices in 元/㎡ are rounded once, half up, to the step the project file names; 万元/亩 is made of the published 元/㎡ (1 元/㎡ = 1/15 万元/亩) and rounded half up to 2 decimals.",
        "元/㎡ 价格按项目文件规定的取整单位一次四舍五入;万元/亩 由公布的 元/㎡ 换算(1 元/㎡ = 1/15 万元/亩),四舍五入至 2 位小数。"
    )
}

/// How areas in the tables are rounded and summed.
pub(super) fn rounding_of_areas(lang: Lang) -> String {
    areas_rounded().in_lang(lang).to_string()
}

/// The same in both languages.
pub fn areas_rounded() -> Text {
    say!(
        "Areas are rounded half up to 4 decimals of a hectare row by row, and sums are sums of these rows; shares are rounded to 2 decimals and may not add up to 100.",
        "面积逐行四舍五入至 0.0001 公顷,合计为各行之和;比例保留 2 位小数,合计可能与 100 略有出入。"
    )
}

fn origin(origin: Origin) -> Text {
    match origin {
        Origin::Computed => say!("computed from the project's data", "由项目数据计算"),
        Origin::Imported => say!("taken over from a foreign layer or table", "由外部图层或表格导入"),
    }
}

fn system(release: &Release) -> Text {
    let crs = &release.head.crs;
    let (label, Text { en, zh }) = (crs.label(), zone::name(crs));
    if label == crs.name { Text::same(label) } else { say!("{en} ({label})", "{zh}({label})") }
}

/// The premises of all prices of a release in a sentence, for layers that hold a price of each unit; empty where it tells none.
pub(super) fn connotation(release: &Release) -> Text {
    let mut parts = Vec::new();
    if let Some(date) = &release.head.base_date {
        parts.push(say!("base date {date}", "估价期日 {date}"));
    }
    for of_use in release.uses.iter().filter(|of_use| of_use.connotation.is_some()) {
        let (name, Text { en, zh }) = (&of_use.name, premises(of_use));
        parts.push(say!("{name}: {en}", "{name}:{zh}"));
    }
    if parts.is_empty() {
        return Text::default();
    }
    let join = |lang, comma: &str| parts.iter().map(|part| part.in_lang(lang)).collect::<Vec<_>>().join(comma);
    let (en, zh) = (join(Lang::En, "; "), join(Lang::Zh, ";"));
    say!("Price premises: {en}", "基准地价内涵:{zh}")
}

/// The premises of one use in a sentence; what is unknown is not mentioned.
fn premises(of_use: &UseHead) -> Text {
    let Some(own) = &of_use.connotation else {
        return say!("not stated", "未说明");
    };
    let mut parts = Vec::new();
    let (term, ratio, percent) = (own.term, own.plot_ratio, percent(own));
    let (unit, development) = (&own.unit, &own.development);
    if !own.term.is_nan() {
        parts.push(say!("term {term} years", "使用年期 {term} 年"));
    }
    if !own.plot_ratio.is_nan() {
        parts.push(say!("plot ratio {ratio}", "容积率 {ratio}"));
    }
    if !own.kind.is_empty() {
        parts.push(kinds(own));
    }
    if !development.is_empty() {
        parts.push(say!("development {development}", "开发程度 {development}"));
    }
    if !own.rate.is_nan() {
        parts.push(say!("capitalisation rate {percent} %", "土地还原率 {percent}%"));
    }
    if !unit.is_empty() {
        parts.push(say!("unit {unit}", "单位 {unit}"));
    }
    for own_grades in &own.by_grade {
        let list = |lang| own_grades.grades.iter().map(|own| grade::name(*own, lang)).collect::<Vec<_>>().join("、");
        let (en, zh) = (list(Lang::En), list(Lang::Zh));
        if let Some(ratio) = own_grades.plot_ratio {
            parts.push(say!("plot ratio {ratio} in grade {en}", "{zh}容积率 {ratio}"));
        }
        if let Some(development) = &own_grades.development {
            parts.push(say!("development {development} in grade {en}", "{zh}开发程度 {development}"));
        }
    }
    for stated in [&own.right, &own.classification, &own.scope].into_iter().filter(|stated| !stated.is_empty()) {
        parts.push(Text::same(stated));
    }
    let join = |lang, comma: &str| parts.iter().map(|part| part.in_lang(lang)).collect::<Vec<_>>().join(comma);
    Text { en: join(Lang::En, ", "), zh: join(Lang::Zh, ",") }
}

fn kinds(own: &Connotation) -> Text {
    Text { en: kind(own, Lang::En), zh: kind(own, Lang::Zh) }
}

#[cfg(test)]
#[path = "notes_tests.rs"]
mod tests;
