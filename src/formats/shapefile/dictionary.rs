//! The dictionary beside a shapefile: what each short name stands for.

use super::columns::Column;
use crate::formats::{Table, guard};
use crate::land::{Fault, Outcome};
use crate::say;

/// One line per field as CSV (UTF-8 with a mark, so that spreadsheets read the Chinese).
///
/// # Errors
/// `csv` where the text cannot be made.
pub(super) fn of(table: &Table<'_>, columns: &[Column]) -> Outcome<Vec<u8>> {
    let mut writer =
        ::csv::WriterBuilder::new().terminator(::csv::Terminator::CRLF).from_writer("\u{FEFF}".as_bytes().to_vec());
    let failed = |error: ::csv::Error| {
        Fault::new(
            "csv",
            say!("cannot write the dictionary of fields: {error}", "无法写出字段说明表:{error}"),
            say!("run the command again", "请重新运行命令"),
        )
    };
    writer
        .write_record([
            "short_name",
            "name",
            "title_zh",
            "title_en",
            "unit",
            "type",
            "width",
            "decimals",
            "note_zh",
            "note_en",
        ])
        .map_err(failed)?;
    for (field, column) in table.fields.iter().zip(columns) {
        let letter = char::from(column.layout.letter()).to_string();
        let (width, decimals) = (column.width.to_string(), column.layout.decimals().to_string());
        let texts = [&column.name.shown, &field.name, &field.title.zh, &field.title.en, field.unit].map(guard::shown);
        let notes = [&field.note.zh, &field.note.en].map(|note| guard::shown(note));
        writer
            .write_record(texts.iter().map(AsRef::as_ref).chain([
                letter.as_str(),
                &width,
                &decimals,
                &notes[0],
                &notes[1],
            ]))
            .map_err(failed)?;
    }
    writer.into_inner().map_err(|error| failed(error.into_error().into()))
}
