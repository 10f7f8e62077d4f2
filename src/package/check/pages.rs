//! What the check found, for machines and for people.

use super::{Checked, Judged};
use crate::formats::document::Document;
use crate::land::{Lang, Text};
use crate::package::Severity;
use crate::say;
use serde_json::{Value, json};

/// Things of a rule that a page shows; the JSON holds all.
const SHOWN: usize = 50;

/// The report's files: name and text.
pub fn files(checked: &Checked, lang: Lang) -> Vec<(&'static str, String)> {
    let json = serde_json::to_string_pretty(&record(checked)).unwrap_or_default() + "\n";
    vec![("report.json", json), ("report.html", html(checked, lang))]
}

/// As JSON, the same whatever the day.
pub fn record(checked: &Checked) -> Value {
    let rule = |judged: &Judged| {
        let items = judged.items.iter().map(|item| {
            json!({"file": item.file, "row": item.row, "place": item.place.map(|place| [place.x, place.y]),
                   "en": item.what.en, "zh": item.what.zh})
        });
        let title = judged.code.title();
        json!({"code": judged.code.name(), "en": title.en, "zh": title.zh, "severity": word(judged.severity), "state": judged.word(),
               "why": judged.not_applicable.as_ref().map(|why| json!({"en": why.en, "zh": why.zh})),
               "items": items.collect::<Vec<_>>()})
    };
    json!({
        "package": checked.name, "rules": checked.rules, "rules_sha256": checked.rules_sha256, "passed": checked.passes(),
        "read": checked.read.iter().map(|(file, rows)| json!({"file": file, "rows": rows})).collect::<Vec<_>>(),
        "absent": checked.absent,
        "checks": checked.judged.iter().map(rule).collect::<Vec<_>>(),
    })
}

fn word(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Off => "off",
    }
}

/// The severity for readers.
pub fn severity(severity: Severity) -> Text {
    match severity {
        Severity::Error => say!("error", "错误"),
        Severity::Warning => say!("warning", "警告"),
        Severity::Off => say!("off", "停用"),
    }
}

/// What is said above the files that are not there and may not apply.
pub fn absent(checked: &Checked) -> Text {
    let count = checked.absent.len();
    say!(
        "{count} files that are asked where they apply are not there; whether they apply is for the reader to say",
        "按条件必选的文件有 {count} 个不在包中,是否适用请人工确认"
    )
}

/// As a page.
pub fn html(checked: &Checked, lang: Lang) -> String {
    let (name, rules) = (&checked.name, &checked.rules);
    let text = |text: Text| text.in_lang(lang).to_string();
    let mut page = Document::new(&text(say!("Check of the package {name}", "成果包检查报告:{name}")));
    page.say(
        &match checked.passes() {
            true => say!("The package passes the rules ({rules}).", "成果包符合规则({rules})。"),
            false => {
                let count = checked.errors().count();
                say!("The package breaks {count} rules ({rules}).", "成果包有 {count} 项规则不通过({rules})。")
            }
        },
        lang,
    );
    let head = [
        say!("code", "代码"),
        say!("rule", "规则"),
        say!("severity", "等级"),
        say!("result", "结果"),
        say!("count", "条数"),
        say!("remark", "说明"),
    ];
    let row = |judged: &Judged| {
        let count = if judged.items.is_empty() { String::new() } else { judged.items.len().to_string() };
        let why = judged.not_applicable.clone().map(text).unwrap_or_default();
        vec![
            judged.code.name().to_string(),
            text(judged.code.title()),
            text(severity(judged.severity)),
            text(judged.title()),
            count,
            why,
        ]
    };
    let rows = checked.judged.iter().map(row).collect();
    page.rows(&say!("rules", "检查项"), &head, &[false, false, false, false, true, false], rows, lang);
    for judged in checked.judged.iter().filter(|judged| !judged.items.is_empty()) {
        let (code, Text { en, zh }) = (judged.code.name(), judged.code.title());
        page.heading(1, &say!("{code}: {en}", "{code} {zh}"), lang);
        page.list(judged.items.iter().take(SHOWN).map(|item| item.line(lang)).collect());
        let more = judged.items.len().saturating_sub(SHOWN);
        if more > 0 {
            page.say(
                &say!("… and {more} more, all of them in report.json", "……另有 {more} 条,全部见 report.json"),
                lang,
            );
        }
    }
    let read = checked.read.iter().map(|(file, rows)| vec![file.clone(), rows.to_string()]).collect();
    page.rows(
        &say!("layers and tables read", "已读取的图层和表"),
        &[say!("file", "文件"), say!("rows", "行数")],
        &[false, true],
        read,
        lang,
    );
    if !checked.absent.is_empty() {
        page.say(&absent(checked), lang);
        page.list(checked.absent.clone());
    }
    page.html(lang)
}
