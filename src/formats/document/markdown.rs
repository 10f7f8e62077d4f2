//! A document as Markdown. Text from data is text: what Markdown would read as marks is escaped.

use super::{Block, Document};
use crate::land::Lang;
use crate::say;
use std::fmt::Write as _;

pub(super) fn text(document: &Document, lang: Lang) -> String {
    let mut out = format!("# {}\n", escaped(&document.title));
    let (mut tables, mut figures) = (0, 0);
    for block in &document.blocks {
        out.push('\n');
        match block {
            Block::Heading { level, text } => {
                let _ = writeln!(out, "{} {}", "#".repeat(usize::from(*level) + 1), escaped(text));
            }
            Block::Paragraph(text) => {
                let _ = writeln!(out, "{}", escaped(text));
            }
            Block::List(items) => items.iter().for_each(|item| {
                let _ = writeln!(out, "- {}", escaped(item));
            }),
            Block::Rows { title, head, rows, numbers } => {
                tables += 1;
                let caption = say!("Table {tables}. {title}", "表 {tables} {title}");
                let _ = writeln!(out, "**{}**\n", escaped(caption.in_lang(lang)));
                let line = |cells: &[String]| {
                    format!("| {} |", cells.iter().map(|cell| escaped(cell)).collect::<Vec<_>>().join(" | "))
                };
                let rule: Vec<&str> = numbers.iter().map(|number| if *number { "---:" } else { "---" }).collect();
                let _ = writeln!(out, "{}\n| {} |", line(head), rule.join(" | "));
                rows.iter().for_each(|row| {
                    let _ = writeln!(out, "{}", line(row));
                });
            }
            Block::Figure { name, title, .. } => {
                figures += 1;
                let caption = say!("Figure {figures}. {title}", "图 {figures} {title}");
                let caption = escaped(caption.in_lang(lang));
                let _ = writeln!(out, "![{caption}]({name}.svg)\n\n*{caption}*");
            }
        }
    }
    out
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' | '\r' => out.push(' '),
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '~' | '!' => {
                out.push('\\');
                out.push(c);
            }
            '&' => out.push_str("&amp;"),
            c if c.is_control() => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}
