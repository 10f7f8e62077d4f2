//! One HTML file: the city's summary, then a page per district. No script, nothing from elsewhere; text from data is text.

use super::super::{Check, Item, Severity, Supervision};
use super::{legend, mark, standing, tables};
use crate::land::markup::escaped;
use crate::land::{Lang, Text};
use crate::say;
use std::fmt::Write as _;

const STYLE: &str = "body{font:14px/1.55 'Noto Sans CJK SC','Microsoft YaHei','PingFang SC',sans-serif;color:#222;max-width:1180px;margin:1.5em auto;padding:0 1em}\
h1{font-size:1.6em}h2{font-size:1.25em;border-bottom:2px solid #345;margin-top:2em}h3{font-size:1.05em}\
table{border-collapse:collapse;margin:.5em 0 1em;font-size:12.5px}th,td{border:1px solid #ccc;padding:3px 7px;text-align:left;vertical-align:top}\
th{background:#eef1f5}td.m{text-align:center;font-weight:600}.error{background:#f6d5da}.warning{background:#fbe9c6}.note{background:#dceaf7}.passed{background:#dff0e4}\
.none{color:#888}figure{margin:1em 0}figure svg{max-width:100%;height:auto;border:1px solid #ddd}.wide{overflow-x:auto}nav a{margin-right:1em}\
td{overflow-wrap:break-word}th.s{writing-mode:vertical-rl;font-weight:500;padding:6px 2px}\
@media print{body{max-width:none;margin:0;font-size:11px}section{break-before:page}figure,tr{break-inside:avoid}}";

/// The whole file.
pub fn text(found: &Supervision, timeline: &str, map: Option<&str>, lang: Lang) -> String {
    let tag = if lang == Lang::Zh { "zh-CN" } else { "en" };
    let say = |text: &Text| escaped(text.in_lang(lang));
    let title = say(&found.title);
    let mut out = format!(
        "<!DOCTYPE html>\n<html lang=\"{tag}\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n\
         <title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<h1>{title}</h1>\n"
    );
    let (today, count) = (found.today, found.districts.len());
    let _ =
        writeln!(out, "<p>{}</p>", say(&say!("{count} districts, as of {today}", "{count} 个区县,检查日期 {today}")));
    let links =
        found.districts.iter().enumerate().map(|(at, own)| format!("<a href=\"#d{at}\">{}</a>", escaped(&own.name)));
    let _ = writeln!(out, "<nav>{}</nav>", links.collect::<String>());
    let _ = writeln!(out, "<h2>{}</h2>", say(&say!("Districts by check", "区县 × 检查项")));
    matrix(&mut out, found, lang);
    for note in std::iter::once(&legend()).chain(&found.notes) {
        let _ = writeln!(out, "<p class=\"none\">{}</p>", say(note));
    }
    let _ = writeln!(out, "<h2>{}</h2>", say(&say!("Districts by use", "区县 × 用途")));
    uses(&mut out, found, lang);
    let _ = writeln!(out, "<h2>{}</h2>\n<figure>{timeline}</figure>", say(&say!("Timeline", "时间线")));
    let _ = writeln!(out, "<h2>{}</h2>", say(&say!("Map", "地图")));
    match map {
        Some(map) => drop(writeln!(out, "<figure>{map}</figure>")),
        None => drop(writeln!(out, "<p>{}</p>", say(&say!("No release has polygons.", "没有带图形的成果。")))),
    }
    borders(&mut out, found, lang);
    for at in 0..found.districts.len() {
        district(&mut out, found, at, lang);
    }
    let _ = writeln!(out, "<section><h2>{}</h2>", say(&say!("What the checks are", "检查项说明")));
    let rows = Check::ALL.iter().map(|check| {
        let [title, formula] = check.text();
        format!("<tr><td>{}</td><td>{}</td><td>{}</td></tr>\n", check.id(), say(&title), say(&formula))
    });
    let _ = writeln!(out, "<table>{}</table></section>\n</body>\n</html>", rows.collect::<String>());
    out
}

fn class(severity: Option<Severity>, checked: bool) -> &'static str {
    match severity {
        Some(Severity::Error) => "error",
        Some(Severity::Warning) => "warning",
        Some(Severity::Note) => "note",
        None if checked => "passed",
        None => "none",
    }
}

fn matrix(out: &mut String, found: &Supervision, lang: Lang) {
    let head = |title: &Text| format!("<th class=\"s\">{}</th>", escaped(title.in_lang(lang)));
    let checks = Check::ALL.map(|check| {
        let ([Text { en, zh }, _], id) = (check.text(), check.id());
        head(&say!("{id} {en}", "{id} {zh}"))
    });
    let base = escaped(say!("base date", "估价期日").in_lang(lang));
    let (name, points) = (say!("district", "区县"), say!("points", "得分"));
    let (name, points) = (escaped(name.in_lang(lang)), escaped(points.in_lang(lang)));
    let _ = writeln!(
        out,
        "<div class=\"wide\"><table><tr><th>{name}</th><th>{base}</th>{}<th>{points}</th></tr>",
        checks.concat()
    );
    for (at, own) in found.districts.iter().enumerate() {
        let cells = Check::ALL.map(|check| {
            let class = class(found.worst(at, Some(check)), found.was_checked(at, check));
            format!("<td class=\"m {class}\">{}</td>", mark(found, at, check))
        });
        let base = own.newest().and_then(|held| held.base).map(|day| day.to_string()).unwrap_or_default();
        let (name, score) = (escaped(&own.name), found.score(at));
        let _ = writeln!(
            out,
            "<tr><td><a href=\"#d{at}\">{name}</a></td><td>{base}</td>{}<td class=\"m\">{score:.0}</td></tr>",
            cells.concat()
        );
    }
    out.push_str("</table></div>\n");
}

fn uses(out: &mut String, found: &Supervision, lang: Lang) {
    let (heads, rows) = tables::uses(found, lang);
    let heads: String = heads.iter().map(|head| format!("<th>{}</th>", escaped(head))).collect();
    let _ = writeln!(out, "<div class=\"wide\"><table><tr><th></th>{heads}</tr>");
    for (own, row) in found.districts.iter().zip(rows) {
        let cells: String = row
            .iter()
            .map(|cell| match cell {
                Some(text) => format!("<td>{}</td>", escaped(text.in_lang(lang))),
                None => "<td class=\"m none\">–</td>".to_string(),
            })
            .collect();
        let _ = writeln!(out, "<tr><td>{}</td>{cells}</tr>", escaped(&own.name));
    }
    out.push_str("</table></div>\n");
}

fn borders(out: &mut String, found: &Supervision, lang: Lang) {
    let table = tables::borders(found);
    if table.rows == 0 {
        return;
    }
    let _ = writeln!(out, "<h3>{}</h3>", escaped(say!("Borders of districts", "区县边界").in_lang(lang)));
    let heads: String = table
        .fields
        .iter()
        .map(|field| format!("<th>{}</th>", escaped(&crate::formats::style::alias(field, lang))))
        .collect();
    let _ = writeln!(out, "<div class=\"wide\"><table><tr>{heads}</tr>");
    for row in 0..table.rows {
        let cells: String = table
            .fields
            .iter()
            .map(|field| {
                let shown = match (field.cells.get(row), field.decimals) {
                    (crate::land::column::Value::Real(value), Some(places)) => {
                        format!("{value:.*}", usize::from(places))
                    }
                    (value, _) => value.to_string(),
                };
                format!("<td>{}</td>", escaped(&shown))
            })
            .collect();
        let _ = writeln!(out, "<tr>{cells}</tr>");
    }
    out.push_str("</table></div>\n");
}

/// 一区一表.
fn district(out: &mut String, found: &Supervision, at: usize, lang: Lang) {
    let own = &found.districts[at];
    let say = |text: &Text| escaped(text.in_lang(lang));
    let _ = writeln!(out, "<section><h2 id=\"d{at}\">{} {}</h2>", escaped(&own.name), escaped(&own.code));
    let _ = writeln!(out, "<p>{}</p>", say(&standing(found, at)));
    let releases = own.releases.iter().map(|held| {
        let base = held.base.map(|day| day.to_string()).unwrap_or_else(|| "?".to_string());
        let published = own.published(held).map(|day| day.to_string()).unwrap_or_else(|| "?".to_string());
        let (place, title, sealed) = (&held.place, &held.title, &held.sealed_on);
        let told = say!(
            "{place} ({title}): base date {base}, published {published}, sealed {sealed}",
            "{place}({title}):估价期日 {base},公布 {published},封存 {sealed}"
        );
        format!("<li>{}</li>", say(&told))
    });
    let _ = writeln!(out, "<ul>{}</ul>", releases.collect::<String>());
    let heads = [
        say!("check", "检查项"),
        say!("use", "用途"),
        say!("result", "结果"),
        say!("what was found", "说明"),
        say!("measured", "实测"),
        say!("limit", "限值"),
        say!("source", "出处"),
    ];
    let heads: String = heads.iter().map(|head| format!("<th>{}</th>", say(head))).collect();
    let _ = writeln!(out, "<table><tr>{heads}</tr>");
    for item in &found.items[at] {
        out.push_str(&row(item, lang));
    }
    out.push_str("</table>\n");
    if !own.notes.is_empty() {
        let notes: String = own.notes.iter().map(|note| format!("<li>{}</li>", say(note))).collect();
        let _ = writeln!(out, "<ul class=\"none\">{notes}</ul>");
    }
    out.push_str("</section>\n");
}

fn row(item: &Item, lang: Lang) -> String {
    let say = |text: &Text| escaped(text.in_lang(lang));
    let class = class(item.severity(), item.word() == "passed");
    let [title, _] = item.check.text();
    let id = item.check.id();
    format!(
        "<tr><td>{id} {}</td><td>{}</td><td class=\"{class}\">{}</td><td>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>\n",
        say(&title),
        escaped(&item.land_use),
        say(&item.title()),
        say(&item.sentence()),
        say(&item.measured),
        say(&item.limit),
        say(&item.source)
    )
}
