//! What every section about a table that was handed in says: the file, what was assumed about it, and the rows that are not in it.

use crate::formats::{Cells, Field, Table};
use crate::land::{Lang, Text, Values};
use crate::report::{Handed, Report};
use crate::review::left_out::{LeftOut, by_reason};
use crate::say;

/// So many rows of a list stand in the report, the rest in the file beside it.
pub(super) const LISTED: usize = 30;
/// So many lines of each reason.
const LINES: usize = 20;
/// So many characters of a text from the data.
const LENGTH: usize = 160;

pub(super) fn source<T>(report: &mut Report, handed: &Handed<T>, lang: Lang) {
    let Handed { file, digest, notes, .. } = handed;
    let (bytes, sha256) = (digest.bytes, &digest.sha256);
    report.say(
        &say!(
            "From the file {file}, {bytes} bytes, SHA-256 {sha256}.",
            "数据文件:{file},{bytes} 字节,SHA-256 {sha256}。"
        ),
        lang,
    );
    report.list(notes.iter().map(|note| short(note.in_lang(lang))).collect());
}

/// The rows that were left out, by reason, and all of them in a file.
pub(super) fn left_out(report: &mut Report, rows: &[LeftOut], file: &'static str, lang: Lang) {
    let by_reason = by_reason(rows).into_iter().map(|(why, lines)| {
        let first: Vec<String> = lines.iter().take(LINES).map(u32::to_string).collect();
        let more = if lines.len() > LINES { " …" } else { "" };
        vec![why.text().in_lang(lang).to_string(), lines.len().to_string(), first.join(", ") + more]
    });
    if !rows.is_empty() {
        let head = [say!("why", "原因"), say!("rows", "行数"), say!("lines in the file", "文件中的行号")];
        let title = say!("Rows left out (all of them: {file})", "未采用的行(全部见 {file})");
        report.rows(&title, &head, &[false, true, false], by_reason.collect(), lang);
    }
    let mut fields =
        vec![whole("line", say!("line in the file", "文件中的行号"), rows.iter().map(|row| i64::from(row.line)))];
    fields.push(texts("why", say!("why", "原因"), rows.iter().map(|row| row.why.text().in_lang(lang).to_string())));
    fields.push(texts("value", say!("what is meant", "所指内容"), rows.iter().map(|row| row.value.clone())));
    report.attach(file, table(fields, rows.len()));
}

pub(super) fn table(fields: Vec<Field<'static>>, rows: usize) -> Table<'static> {
    Table { name: "rows".to_string(), title: Text::default(), fields, shapes: None, crs: None, rows }
}

pub(super) fn texts(name: &str, title: Text, cells: impl Iterator<Item = String>) -> Field<'static> {
    Field::plain(name, Cells::Own(Values::Text(cells.collect()))).titled(title)
}

pub(super) fn whole(name: &str, title: Text, cells: impl Iterator<Item = i64>) -> Field<'static> {
    Field::plain(name, Cells::Own(Values::Int(cells.map(Some).collect()))).titled(title)
}

pub(super) fn reals(name: &str, title: Text, unit: &'static str, cells: impl Iterator<Item = f64>) -> Field<'static> {
    Field::plain(name, Cells::Own(Values::Real(cells.collect()))).titled(title).in_unit(unit)
}

/// A text from the data, cut where it would fill the page.
pub(super) fn short(text: &str) -> String {
    match text.char_indices().nth(LENGTH) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_string(),
    }
}

pub(super) fn number(value: f64, decimals: usize) -> String {
    match value {
        value if value.is_nan() => String::new(),
        value if value.is_infinite() => if value > 0.0 { "∞" } else { "−∞" }.to_string(),
        value => format!("{value:.decimals$}"),
    }
}

/// A probability: four decimals, and what is smaller as that.
pub(super) fn probability(p: f64) -> String {
    if p < 0.0001 { "< 0.0001".to_string() } else { number(p, 4) }
}
