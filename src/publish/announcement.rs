//! The draft of the announcement (公告草案): what is published, its connotation, the tables, and how prices are used; one HTML page that word
//! processors open. What the release does not know stands between 【 】.

use super::Options;
use super::tables::Tables;
use super::{announced_areas, announced_prices, announced_usage};
use crate::formats::document::Document;
use crate::formats::{Part, Table, Written};
use crate::land::{Fault, Lang, Outcome, Text};
use crate::release::life::{Entry, Stage};
use crate::say;
use std::path::Path;

const NAME: &str = "announcement.html";
/// Rows of a table that a page still bears.
const MOST: usize = 2000;
/// Fields of codes, whose names stand beside them.
const CODES: [&str; 1] = ["use"];

/// Writes `announcement.html`.
pub(super) fn publish(tables: &Tables<'_>, folder: &Path, options: &Options) -> Outcome<Vec<Written>> {
    let part = Part::new(folder.join(NAME))?;
    let path = part.target().to_path_buf();
    let text = draft(tables, options)?.html(options.lang);
    std::fs::write(part.path(), text)
        .map_err(|error| Fault::io(say!("cannot write the announcement", "无法写出公告"), &path, &error))?;
    let losses = vec![say!(
        "a draft: what the release does not know stands between 【 】 and is to be filled in",
        "草案：成果中没有的内容以【 】标出，待填写"
    )];
    Ok(vec![Written { path, beside: Vec::new(), rows: tables.prices.rows, replaced: part.commit()?, losses }])
}

fn draft(tables: &Tables<'_>, options: &Options) -> Outcome<Document> {
    let (release, lang, issued) = (tables.release, options.lang, &options.issued);
    let (title, base) = (&release.head.title, release.head.base_date.clone().unwrap_or_else(|| "【 】".to_string()));
    let heading = say!("Announcement of {title} (draft)", "关于公布《{title}》成果的公告（草案）");
    let mut doc = Document::new(heading.in_lang(lang));
    let noted = |stage: Stage| issued.life.as_ref().and_then(|life| life.entry(stage));
    let published = noted(Stage::Published).map(|entry| entry.document.as_str());
    let number = Some(issued.document.as_str()).filter(|number| !number.is_empty()).or(published);
    let number = number.unwrap_or("【 】");
    doc.say(&say!("Document number: {number}", "文号：{number}"), lang);
    // A document stands in brackets behind its day.
    let of = |entry: &Entry| match entry.document.is_empty() {
        true => entry.date.clone(),
        false => format!("{} ({})", entry.date, entry.document),
    };
    let [hearing, accepted] = [Stage::Hearing, Stage::Accepted].map(|stage| noted(stage).map(of));
    let Text { en: heard, zh: heard_zh } =
        hearing.map_or_else(Text::default, |day| say!(" heard on {day},", "于 {day} 举行听证，"));
    let (and_prices, and_prices_zh) =
        if release.is_priced() { (" and the benchmark prices", "与基准地价") } else { ("", "") };
    let day = accepted.unwrap_or_else(|| "【 】".to_string());
    doc.say(
        &say!(
            "By 【legal basis】 the grades of land{and_prices} of 【area】 were{heard} reviewed and accepted on {day}, and approved by 【authority】. They are announced here.",
            "根据【法律、法规和文件依据】，【 】土地级别{and_prices_zh}成果{heard_zh}于 {day} 通过审核验收，并经【批准机关】批准，现予公布。"
        ),
        lang,
    );
    let superseded = release.head.supersedes.as_ref().map_or_else(Text::default, |old| {
        say!(" They take the place of the release {old}.", "原成果（{old}）同时停止执行。")
    });
    let Text { en, zh } = superseded;
    doc.say(&say!("They are in force from 【date】 on.{en}", "本成果自【 】年【 】月【 】日起执行。{zh}"), lang);
    let priced = release.is_priced();
    let mut sections = ["1", "2", "3", "4"].into_iter().zip(["一", "二", "三", "四"]);
    let mut section = |doc: &mut Document, Text { en, zh }: Text| {
        let (number, zh_number) = sections.next().unwrap_or_default();
        doc.heading(1, &say!("{number} {en}", "{zh_number}、{zh}"), lang);
    };
    if priced {
        section(&mut doc, say!("What prices mean", "基准地价内涵"));
        doc.say(
            &say!(
                "Benchmark prices are prices of grades at the base date {base}, for the statutory term and under the conditions of the table. They are results of valuation, not prices of transactions.",
                "基准地价是估价期日 {base}、法定最高年期和下表所列条件下的级别地价，是评估结果，不是宗地的成交价格。"
            ),
            lang,
        );
        listed(&mut doc, &tables.premises, &CODES, lang);
        section(&mut doc, say!("Benchmark prices", "基准地价"));
        for land_use in 0..release.uses.len() {
            announced_prices::of_grades(&mut doc, release, land_use, lang);
            announced_prices::of_places(&mut doc, release, land_use, lang);
        }
    }
    section(&mut doc, say!("Areas of the grades", "土地级别面积"));
    doc.say(&say!("The limits of the grades are those of the maps of grades.", "各级别范围以土地级别图为准。"), lang);
    listed(&mut doc, &tables.grades, &["use", "grade"], lang);
    if !announced_areas::by_district(&mut doc, release, lang) && tables.areas.rows > 0 {
        listed(&mut doc, &tables.areas, &["use", "grade", "area"], lang);
    }
    if priced {
        section(&mut doc, say!("How prices are used", "使用说明"));
        announced_usage::usage(&mut doc, tables, lang)?;
    }
    let office = Some(issued.office.as_str()).filter(|office| !office.is_empty());
    let (en, zh) = (office.unwrap_or("【office】"), office.unwrap_or("【发布机关】"));
    doc.say(&say!("{en}, 【date】", "{zh}  【 】年【 】月【 】日"), lang);
    Ok(doc)
}

/// A published table; what a page has no room for is told.
fn listed(doc: &mut Document, table: &Table<'_>, without: &[&str], lang: Lang) {
    doc.table(table, without, MOST, lang);
    let (rows, name) = (table.rows, &table.name);
    if rows > MOST {
        let text = say!(
            "The first {MOST} of {rows} rows; all stand in {name} of the published tables.",
            "仅列前 {MOST} 行，共 {rows} 行；全表见所公布表格中的 {name}。"
        );
        doc.say(&text, lang);
    }
}
