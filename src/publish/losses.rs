//! `losses.csv`: what every published file could not hold as the release has it, in both languages.

use super::Published;
use crate::formats::csv::{self, Header};
use crate::formats::{Cells, Field, Table, Written};
use crate::land::{Lang, Outcome, Text, Texts, Values};
use crate::say;
use std::path::Path;

/// Writes the list: one row per loss, one for a file that lost nothing, and first what holds for all files.
pub(super) fn write(published: &Published, folder: &Path, lang: Lang) -> Outcome<Written> {
    let everywhere = say!("all files", "全部文件").in_lang(lang).to_string();
    let mut rows: Vec<(String, Text)> =
        published.remarks.iter().map(|remark| (everywhere.clone(), remark.clone())).collect();
    for file in &published.files {
        let name = file.path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        if file.losses.is_empty() {
            rows.push((name.clone(), say!("nothing is lost", "无损失")));
        }
        rows.extend(file.losses.iter().map(|loss| (name.clone(), loss.clone())));
    }
    let column = |text: fn(&(String, Text)) -> &str| Cells::Own(Values::Text(rows.iter().map(text).collect::<Texts>()));
    let fields = vec![
        Field::plain("file", column(|row| &row.0)).titled(say!("file", "文件")),
        Field::plain("loss_zh", column(|row| &row.1.zh)).titled(say!("loss (Chinese)", "损失说明(中文)")),
        Field::plain("loss_en", column(|row| &row.1.en)).titled(say!("loss (English)", "损失说明(英文)")),
    ];
    let title = say!("What the published files could not hold", "发布文件的信息损失");
    let table = Table { name: "losses".into(), title, fields, shapes: None, crs: None, rows: rows.len() };
    let how = csv::Options { bom: true, header: Header::Titles(lang), rounded: false };
    csv::write(&table, &folder.join("losses.csv"), &how)
}
