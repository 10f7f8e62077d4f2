//! The words around a map: its title, who made it of what, what its prices mean.

use super::content::Theme;
use super::layout::Layout;
use crate::compare::Comparison;
use crate::land::{Lang, Text, grade};
use crate::release::life::Entry;
use crate::release::{GradeConnotation, Release};
use crate::say;
use crate::space::zone;

/// The texts of a map.
pub struct Words {
    pub title: String,
    /// A line below the title.
    pub below: String,
    /// Maker, dates, coordinate system, premises: a line each.
    pub facts: Vec<String>,
    /// That a benchmark price is no price of a transaction.
    pub statement: String,
}

pub fn of(
    release: &Release,
    comparison: Option<&Comparison<'_>>,
    noted: Option<&Entry>,
    (theme, land_use): (Theme, usize),
    layout: &Layout,
    lang: Lang,
) -> Words {
    let (head, own) = (&release.head, &release.uses[land_use]);
    let said = |text: Text| text.in_lang(lang).to_string();
    let (name, title, Text { en, zh }) = (&own.name, &head.title, theme.title());
    let below = match (theme, comparison) {
        (Theme::Changes, Some(comparison)) => {
            let (old, new) = (&comparison.old.release.head.name, &head.name);
            say!("{title}, {old} to {new}", "{title}（{old} 至 {new}）")
        }
        _ => Text::same(title),
    };
    let mut facts = Vec::new();
    let mut fact = |text: Text| facts.push(said(text));
    let words = &layout.words;
    if !words.maker.is_empty() {
        let maker = &words.maker;
        fact(say!("made by {maker}", "编制单位：{maker}"));
    }
    if !words.made_on.is_empty() {
        let day = &words.made_on;
        fact(say!("made on {day}", "编制日期：{day}"));
    }
    if let Some(date) = &head.base_date {
        fact(say!("base date {date}", "估价期日：{date}"));
    }
    let crs = zone::name(&head.crs);
    let (crs, crs_zh) = (&crs.en, wide(&crs.zh));
    fact(say!("coordinates: {crs}", "坐标系：{crs_zh}"));
    if let Some(premises) = &own.connotation {
        match premises.kind.as_str() {
            "ground" => fact(say!("prices per m² of ground", "地价类型：地面地价")),
            "floor" => {
                fact(say!("prices per m² of floor; 万元/亩 per mu of ground", "地价类型：楼面地价（万元/亩按地面计）"))
            }
            _ => {}
        }
    }
    if let Some(premises) = own.connotation.as_ref().filter(|_| theme != Theme::Grades) {
        let (term, development) = (premises.term, &premises.development);
        if !term.is_nan() {
            fact(say!("term {term} years", "使用年期：{term} 年"));
        }
        let of_grades = |own: &GradeConnotation| {
            let development = own.development.as_deref()?;
            let names = own.grades.iter().map(|own| grade::name(*own, lang)).collect::<Vec<_>>();
            let names = names.join(if lang == Lang::Zh { "、" } else { ", " });
            Some(if lang == Lang::Zh {
                format!("（{names}：{development}）")
            } else {
                format!(" ({names}: {development})")
            })
        };
        let others: String = premises.by_grade.iter().filter_map(of_grades).collect();
        if !development.is_empty() {
            fact(say!("development {development}{others}", "开发程度：{development}{others}"));
        }
    }
    if !words.document.is_empty() {
        let document = &words.document;
        fact(say!("document {document}", "文号：{document}"));
    }
    let (release_name, Text { en: stage, zh: stage_zh }) = (&head.name, stage(release, noted));
    fact(say!("release {release_name} ({stage})", "成果：{release_name}（{stage_zh}）"));
    Words {
        title: said(say!("{name}: {en}", "{name}{zh}")),
        below: said(below),
        facts,
        statement: said(say!(
            "Benchmark prices are results of valuation, not prices of transactions.",
            "基准地价是评估结果，不是成交价格。"
        )),
    }
}

/// The stage with its date and document, else what the release was sealed as.
fn stage(release: &Release, noted: Option<&Entry>) -> Text {
    let Some(entry) = noted else { return release.head.state().title() };
    let Text { en, zh } = entry.stage.title();
    let more = |with: &str| {
        let told = [&entry.date, &entry.document].into_iter().filter(|part| !part.is_empty());
        told.map(|part| format!("{with}{part}")).collect::<String>()
    };
    let (more, more_zh) = (more(", "), more("，"));
    say!("{en}{more}", "{zh}{more_zh}")
}

/// A Chinese text of the program with the full-width signs that print has.
fn wide(text: &str) -> String {
    let sign = |c: char| match c {
        ',' => '，',
        ':' => '：',
        ';' => '；',
        '(' => '（',
        ')' => '）',
        other => other,
    };
    text.chars().map(sign).collect()
}

/// What the files of a use are called by: its key where that is a plain name, else its number: texts from the data never become paths.
pub fn file_part(key: &str, land_use: usize) -> String {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    let is_plain = !key.is_empty() && key.len() <= 40 && key.chars().all(plain) && !key.starts_with("use-");
    if is_plain { key.to_string() } else { format!("use-{}", land_use + 1) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_never_called_by_texts_that_could_be_paths() {
        assert_eq!(file_part("commercial", 0), "commercial");
        for key in ["../x", "", "商业", "A B", "use-2", "x/y"] {
            assert_eq!(file_part(key, 4), "use-5", "{key}");
        }
    }
}
