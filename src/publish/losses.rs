//! `losses.csv`: what every published file could not hold as the release has it, in both languages.

use super::Published;
use crate::formats::csv::{self, Header};
use crate::formats::{Cells, Field, Table, Written};
use crate::land::{Lang, Outcome, Text, Texts, Values};
use crate::say;
use std::path::Path;

const NAME: &str = "losses.csv";

/// Writes the list: one row per loss, one for a file that lost nothing, first what holds for all files, last what an earlier list in
/// `standing` tells of files that stay there.
pub(super) fn write(published: &Published, folder: &Path, standing: &Path, lang: Lang) -> Outcome<Written> {
    let everywhere = say!("all files", "全部文件");
    let mut rows: Vec<(String, Text)> =
        published.remarks.iter().map(|remark| (everywhere.in_lang(lang).to_string(), remark.clone())).collect();
    for file in &published.files {
        let name = file.path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        if file.losses.is_empty() {
            rows.push((name.clone(), say!("nothing is lost", "无损失")));
        }
        rows.extend(file.losses.iter().map(|loss| (name.clone(), loss.clone())));
    }
    let new: Vec<&str> = rows.iter().map(|(name, _)| name.as_str()).chain([&*everywhere.en, &*everywhere.zh]).collect();
    let mut stays = earlier(&standing.join(NAME));
    stays.retain(|(name, _)| !new.contains(&name.as_str()) && standing.join(name).is_file());
    rows.extend(stays);
    let column = |text: fn(&(String, Text)) -> &str| Cells::Own(Values::Text(rows.iter().map(text).collect::<Texts>()));
    let fields = vec![
        Field::plain("file", column(|row| &row.0)).titled(say!("file", "文件")),
        Field::plain("loss_zh", column(|row| &row.1.zh)).titled(say!("loss (Chinese)", "损失说明(中文)")),
        Field::plain("loss_en", column(|row| &row.1.en)).titled(say!("loss (English)", "损失说明(英文)")),
    ];
    let title = say!("What the published files could not hold", "发布文件的信息损失");
    let table = Table { name: "losses".into(), title, fields, shapes: None, crs: None, rows: rows.len() };
    let how = csv::Options { bom: true, header: Header::Titles(lang), rounded: false };
    csv::write(&table, &folder.join(NAME), &how)
}

/// The rows of an earlier list; none where there is no list, or it is none of ours.
fn earlier(path: &Path) -> Vec<(String, Text)> {
    let Ok(mut reader) = ::csv::ReaderBuilder::new().has_headers(true).from_path(path) else { return Vec::new() };
    let row = |record: ::csv::StringRecord| {
        let texts: Vec<String> = record.iter().map(String::from).collect();
        <[String; 3]>::try_from(texts)
            .ok()
            .filter(|[name, ..]| Path::new(name).file_name().is_some_and(|own| own == &**name))
    };
    let rows = reader.records().map_while(Result::ok).filter_map(row);
    rows.map(|[name, zh, en]| (name, Text { en, zh })).collect()
}
