//! The draft of the announcement (公告草案): what is published, its connotation, the tables, and how prices are used; one HTML page that word
//! processors open. What the release does not know stands between 【 】.

use super::Options;
use super::announced_areas;
use super::laid_out::coefficients_laid_out;
use super::tables::Tables;
use crate::formats::document::Document;
use crate::formats::{Part, Table, Written};
use crate::land::{Fault, Lang, Outcome, Text, grade, money};
use crate::release::life::{Entry, Stage};
use crate::release::{Release, UseHead};
use crate::say;
use std::path::Path;
use toml::Value;

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
    let heading = say!("Announcement of {title} (draft)", "关于公布{title}的公告（草案）");
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
    let day = accepted.unwrap_or_else(|| "【 】".to_string());
    doc.say(
        &say!(
            "By 【legal basis】 the grades of land and the benchmark prices of 【area】 were{heard} reviewed and accepted on {day}, and approved by 【authority】. They are announced here.",
            "根据【法律、法规和文件依据】，【 】土地级别与基准地价成果{heard_zh}于 {day} 通过审核验收，并经【批准机关】批准，现予公布。"
        ),
        lang,
    );
    let superseded = release.head.supersedes.as_ref().map_or_else(Text::default, |old| {
        say!(" They take the place of the release {old}.", "原成果（{old}）同时停止执行。")
    });
    let Text { en, zh } = superseded;
    doc.say(&say!("They are in force from 【date】 on.{en}", "本成果自【 】年【 】月【 】日起执行。{zh}"), lang);
    doc.heading(1, &say!("1 What prices mean", "一、基准地价内涵"), lang);
    doc.say(
        &say!(
            "Benchmark prices are prices of grades at the base date {base}, for the statutory term and under the conditions of the table. They are results of valuation, not prices of transactions.",
            "基准地价是估价期日 {base}、法定最高年期和下表所列条件下的级别地价，是评估结果，不是宗地的成交价格。"
        ),
        lang,
    );
    listed(&mut doc, &tables.premises, &CODES, lang);
    doc.heading(1, &say!("2 Benchmark prices", "二、基准地价"), lang);
    for land_use in 0..release.uses.len() {
        prices(&mut doc, release, land_use, lang);
    }
    for table in [&tables.price_areas, &tables.price_streets].into_iter().filter(|table| table.rows > 0) {
        listed(&mut doc, table, &CODES, lang);
    }
    doc.heading(1, &say!("3 Areas of the grades", "三、土地级别面积"), lang);
    doc.say(&say!("The limits of the grades are those of the maps of grades.", "各级别范围以土地级别图为准。"), lang);
    listed(&mut doc, &tables.grades, &["use", "grade"], lang);
    if !announced_areas::by_district(&mut doc, release, lang) && tables.areas.rows > 0 {
        listed(&mut doc, &tables.areas, &["use", "grade", "area"], lang);
    }
    usage(&mut doc, tables, lang)?;
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

/// The price table of a use as it is announced.
fn prices(doc: &mut Document, release: &Release, land_use: usize, lang: Lang) {
    let own = &release.uses[land_use];
    let cells = release.cells.iter().filter(|cell| usize::from(cell.use_index) == land_use);
    let rows: Vec<Vec<String>> = cells
        .map(|cell| {
            let shown = |value: Option<f64>, decimals: u32| {
                value
                    .filter(|value| value.is_finite())
                    .map_or_else(|| "–".to_string(), |value| money::round_half_up(value, decimals).to_string())
            };
            let (ground, floor) = both(own, cell.grade, cell.published);
            let ratio = own.connotation.as_ref().map(|premises| premises.plot_ratio_of(cell.grade));
            let per_mu = cell.published.and_then(|price| own.per_mu(cell.grade, price));
            vec![
                grade::name(cell.grade, lang),
                shown(ground, 2),
                shown(floor, 2),
                per_mu.map_or_else(|| "–".to_string(), |price| format!("{price:.2}")),
                shown(ratio, 2),
            ]
        })
        .collect();
    if rows.is_empty() {
        return;
    }
    let name = &own.name;
    let head = [
        say!("grade", "级别"),
        say!("price of land (元/㎡)", "地面地价（元/㎡）"),
        say!("price of floor (元/㎡)", "楼面地价（元/㎡）"),
        say!("price of land (万元/亩)", "地面地价（万元/亩）"),
        say!("set plot ratio", "设定容积率"),
    ];
    doc.rows(
        &say!("Benchmark prices of {name}", "{name}基准地价表"),
        &head,
        &[false, true, true, true, true],
        rows,
        lang,
    );
}

/// The price of land and that of floor; `None` where the connotation does not tell.
fn both(own: &UseHead, at: u8, price: Option<f64>) -> (Option<f64>, Option<f64>) {
    let Some((price, premises)) = price.zip(own.connotation.as_ref()) else { return (price, None) };
    let ratio = premises.plot_ratio_of(at);
    match premises.kind.as_str() {
        "floor" => (Some(money::product(price, ratio)), Some(price)),
        "ground" => (Some(price), Some(price / ratio)),
        _ => (None, None),
    }
}

/// How a parcel's price follows from the benchmark price, with the tables.
fn usage(doc: &mut Document, tables: &Tables<'_>, lang: Lang) -> Outcome<()> {
    doc.heading(1, &say!("4 How prices are used", "四、使用说明"), lang);
    let said = |text: Text| text.in_lang(lang).to_string();
    let before = before_term(&tables.release.head.corrections);
    let names: Vec<&str> =
        tables.release.uses.iter().filter(|own| before.contains(&own.key)).map(|own| own.name.as_str()).collect();
    let mut items = vec![
        said(say!(
            "A parcel's price is the benchmark price of its grade (where it lies in an area or on a street with a price of its own, that price), corrected for date, plot ratio, term, \
             its own conditions and its development: P = P1b · (1 + ΣK) · ΠK + D.",
            "宗地地价以其所在级别（位于区片内或临路线价区段的，为区片价或路线价）的基准地价为基础，经期日、容积率、年期、个别因素和开发程度修正求得：\
             P = P1b ×（1 + ΣK）× ΠK + D。"
        )),
        said(say!(
            "A parcel in several grades, and one of a use that is not listed, is judged case by case.",
            "跨级别的宗地和未列用途的宗地，按具体情况另行评估确定。"
        )),
        said(say!(
            "Values between the rows of a table are read by straight lines, values outside from its end.",
            "修正系数表两个取值之间按直线内插，超出表列范围的取端值。"
        )),
        said(say!(
            "Prices older than three years are to be reviewed before they are used.",
            "估价期日距使用时超过三年的，使用前应当更新。"
        )),
    ];
    if !names.is_empty() {
        let list = names.join(if lang == Lang::Zh { "、" } else { ", " });
        items.insert(
            1,
            said(say!(
                "For {list} the correction for development comes before that for the term: P = [P1b · (1 + ΣK) · ΠK + D] · K(term).",
                "{list}的开发程度修正先于年期修正：P = [P1b ×（1 + ΣK）× ΠK + D] × K（年期）。"
            )),
        );
    }
    doc.list(items);
    if !coefficients_laid_out(doc, tables.release, lang)? {
        doc.say(&say!("【tables of correction coefficients】", "【基准地价修正系数表】"), lang);
    }
    Ok(())
}

/// The keys of uses whose development is corrected before the term.
fn before_term(corrections: &str) -> Vec<String> {
    let system: toml::Table = corrections.parse().unwrap_or_default();
    let uses = system.get("uses").and_then(Value::as_array).cloned().unwrap_or_default();
    let is_before = |own: &Value| own.get("development_order").and_then(Value::as_str) == Some("before-term");
    let key = |own: &Value| own.get("key").and_then(Value::as_str).map(str::to_string);
    uses.iter().filter(|own| is_before(own)).filter_map(key).collect()
}
