//! A document as one HTML file: no script, nothing from elsewhere. Text from data is text.

use super::{Block, Document};
use crate::land::Lang;
use crate::land::markup::escaped;
use crate::say;
use std::fmt::Write as _;

/// Rows of a table that is not cut between pages.
const SHORT: usize = 24;

const STYLE: &str = "body{font:15px/1.6 'Noto Sans CJK SC','Microsoft YaHei','PingFang SC','Droid Sans Fallback',sans-serif;color:#222;max-width:1060px;margin:2em auto;padding:0 1em}\
h1{font-size:1.7em}h2{font-size:1.3em;border-bottom:1px solid #bbb;margin-top:2em}h3{font-size:1.1em}\
table{border-collapse:collapse;margin:.5em 0 1.5em;font-size:13px}th,td{border:1px solid #ccc;padding:3px 8px;text-align:left;vertical-align:top;word-break:keep-all;overflow-wrap:break-word}\
th{background:#f2f4f6}td.n,th.n{text-align:right;font-variant-numeric:tabular-nums}caption,figcaption{text-align:left;font-weight:600;padding:.3em 0}\
figure{margin:1em 0}figure svg{max-width:100%;height:auto;border:1px solid #ddd}nav{font-size:14px}.wide{overflow-x:auto}\
@media print{body{max-width:none;margin:0}.wide{overflow:visible}table{font-size:10px;max-width:100%}th,td{word-break:normal;overflow-wrap:anywhere}td.n{white-space:nowrap}th,td{padding:2px 4px}h2{break-after:avoid}figure,tr,.short{break-inside:avoid}caption,thead{break-after:avoid}}";

pub(super) fn text(document: &Document, lang: Lang) -> String {
    let tag = match lang {
        Lang::Zh => "zh-CN",
        Lang::En => "en",
    };
    let title = escaped(&document.title);
    let mut out = format!(
        "<!DOCTYPE html>\n<html lang=\"{tag}\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n\
         <title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<h1>{title}</h1>\n"
    );
    contents(&mut out, document);
    let (mut tables, mut figures, mut chapters) = (0, 0, 0);
    for block in &document.blocks {
        let _ = match block {
            Block::Heading { level: 1, text } => {
                chapters += 1;
                writeln!(out, "<h2 id=\"c{chapters}\">{}</h2>", escaped(text))
            }
            Block::Heading { text, .. } => writeln!(out, "<h3>{}</h3>", escaped(text)),
            Block::Paragraph(text) => writeln!(out, "<p>{}</p>", escaped(text)),
            Block::List(items) => {
                let items: String = items.iter().map(|item| format!("<li>{}</li>", escaped(item))).collect();
                writeln!(out, "<ul>{items}</ul>")
            }
            Block::Rows { title, head, rows, numbers } => {
                tables += 1;
                let caption = say!("Table {tables}. {title}", "表 {tables} {title}");
                let class = |at: usize| if numbers.get(at).copied().unwrap_or(false) { " class=\"n\"" } else { "" };
                let line = |tag: &str, cells: &[String]| -> String {
                    let cell = |(at, cell): (usize, &String)| format!("<{tag}{}>{}</{tag}>", class(at), escaped(cell));
                    format!("<tr>{}</tr>\n", cells.iter().enumerate().map(cell).collect::<String>())
                };
                let body: String = rows.iter().map(|row| line("td", row)).collect();
                let caption = escaped(caption.in_lang(lang));
                // A table that fits a page stays on one when it is printed.
                let wide = if rows.len() <= SHORT { "wide short" } else { "wide" };
                writeln!(
                    out,
                    "<div class=\"{wide}\"><table><caption>{caption}</caption>\n<thead>{}</thead>\n<tbody>{body}</tbody></table></div>",
                    line("th", head)
                )
            }
            Block::Figure { title, svg, .. } => {
                figures += 1;
                let caption = say!("Figure {figures}. {title}", "图 {figures} {title}");
                let caption = escaped(caption.in_lang(lang));
                writeln!(out, "<figure>{svg}<figcaption>{caption}</figcaption></figure>")
            }
        };
    }
    out.push_str("</body>\n</html>\n");
    out
}

/// Links to the chapters.
fn contents(out: &mut String, document: &Document) {
    let chapters = document.blocks.iter().filter_map(|block| match block {
        Block::Heading { level: 1, text } => Some(text),
        _ => None,
    });
    let links = chapters.enumerate().map(|(at, text)| format!("<a href=\"#c{}\">{}</a>", at + 1, escaped(text)));
    let _ = writeln!(out, "<nav>{}</nav>", links.collect::<Vec<_>>().join(" · "));
}
