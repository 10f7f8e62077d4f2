//! Opens a foreign layer or table and picks the rows asked for.

use super::mapping::Mapping;
use super::notes::Notes;
use crate::ingest::encoding;
use crate::ingest::finding::Code;
use crate::ingest::readers::vector::Trouble;
use crate::ingest::readers::{table, vector};
use crate::land::column::Value;
use crate::land::{Column, Fault, Outcome, Values};
use crate::release::content::Input;
use crate::say;
use crate::space::{Crs, Shapes};
use std::borrow::Cow;
use std::path::Path;

/// The rows of a layer or table, with the fields the mapping names.
pub(super) struct Rows {
    pub columns: Vec<Column>,
    /// None of a table.
    pub shapes: Option<Shapes>,
    pub crs: Option<Crs>,
    pub troubles: Vec<(usize, Trouble)>,
    /// What each row is called where it has no identifier: its line in a table, else its number, from 1.
    pub numbers: Vec<u32>,
    /// Whether every value is text because the file knows nothing else.
    pub plain_text: bool,
    /// What stands above a table: titles, notes, a unit.
    pub above: Vec<String>,
    /// For each column that came as texts, which rows are numbers in their file; empty where none is known.
    pub number_cells: Vec<Vec<bool>>,
}

impl Rows {
    pub fn len(&self) -> usize {
        self.numbers.len()
    }

    pub fn column(&self, name: &str) -> &Values {
        let column = self.columns.iter().find(|column| column.name == name);
        &column.expect("every field of the mapping was read").values
    }

    /// Whether the cell of a row is a number in its file, though its column came as texts.
    pub fn is_number_cell(&self, name: &str, row: usize) -> bool {
        let place = self.columns.iter().position(|column| column.name == name);
        place.and_then(|place| self.number_cells.get(place)?.get(row)).copied().unwrap_or(false)
    }

    /// A value as text, trimmed; empty where there is none.
    pub fn text(&self, name: &str, row: usize) -> Cow<'_, str> {
        text_of(self.column(name).get(row))
    }

    fn only(&mut self, order: &[u32]) {
        self.columns.iter_mut().for_each(|column| column.values = column.values.gather(order));
        self.shapes = self.shapes.take().map(|shapes| shapes.gather(order));
        self.numbers = order.iter().map(|&row| self.numbers[row as usize]).collect();
        for cells in self.number_cells.iter_mut().filter(|cells| !cells.is_empty()) {
            *cells = order.iter().map(|&row| cells[row as usize]).collect();
        }
        let place = |row: usize| order.binary_search(&(row as u32)).ok();
        self.troubles = self.troubles.iter().filter_map(|&(row, trouble)| Some((place(row)?, trouble))).collect();
    }
}

pub(super) fn text_of(value: Value<'_>) -> Cow<'_, str> {
    match value {
        Value::None => Cow::Borrowed(""),
        Value::Int(number) => Cow::Owned(number.to_string()),
        Value::Real(number) if number.fract() == 0.0 && number.abs() < 1e15 => Cow::Owned(format!("{number:.0}")),
        Value::Real(number) => Cow::Owned(zmij::Buffer::new().format(number).to_string()),
        Value::Text(text) => Cow::Borrowed(text.trim()),
    }
}

/// Opens the source, which stands in `folder` unless its path is absolute.
pub(super) fn open(mapping: &Mapping, folder: &Path, notes: &mut Notes) -> Outcome<Rows> {
    let path = folder.join(&mapping.source);
    if !path.exists() {
        return Err(Fault::new(
            "missing-file",
            say!("there is no such file", "找不到文件"),
            say!(
                "check `source`; relative paths start from the mapping file's folder",
                "请检查 source;相对路径从映射文件所在文件夹算起"
            ),
        )
        .at(path.display()));
    }
    let mut rows =
        if mapping.is_table() { open_table(mapping, &path, notes) } else { open_layer(mapping, &path, notes) }?;
    let wanted = |row: &usize| mapping.only.iter().all(|(field, text)| rows.text(field, *row) == text.trim());
    let kept: Vec<u32> = (0..rows.len()).filter(wanted).map(|row| row as u32).collect();
    if kept.is_empty() {
        return Err(Fault::new(
            "no-rows",
            say!("no row is there to be imported", "没有可导入的行"),
            say!("check the source, and the texts under `where`", "请检查数据源,以及 where 中的文字"),
        )
        .at(path.display()));
    }
    if kept.len() < rows.len() {
        rows.only(&kept);
    }
    Ok(rows)
}

fn open_table(mapping: &Mapping, path: &Path, notes: &mut Notes) -> Outcome<Rows> {
    let options = table::Options {
        sheet: mapping.layer.as_deref(),
        header: mapping.header,
        encoding: mapping.encoding.as_deref(),
        keep_uneven: false,
    };
    let raw = table::read(path, options)?;
    notes.layer.clone_from(&raw.name);
    if let Some(told) = raw.encoding.as_ref().and_then(table::TextEncoding::told) {
        notes.layer(Code::EncodingDetected, told);
    }
    for told in raw.told() {
        notes.layer(Code::ReaderRemark, told);
    }
    let (mut columns, mut number_cells) = (Vec::new(), Vec::new());
    for name in mapping.fields() {
        number_cells.push(raw.number_cells(name).to_vec());
        let values = raw.column(name).map_err(|fault| fault.at(path.display()))?.clone();
        columns.push(Column { name: name.to_string(), values });
    }
    Ok(Rows {
        columns,
        shapes: None,
        crs: None,
        troubles: Vec::new(),
        numbers: raw.lines,
        plain_text: raw.encoding.is_some(),
        above: raw.above,
        number_cells,
    })
}

fn open_layer(mapping: &Mapping, path: &Path, notes: &mut Notes) -> Outcome<Rows> {
    let shapefile = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("shp"));
    notes.layer = mapping.layer.clone().unwrap_or_else(|| stem(path));
    let mut charset = None;
    if shapefile {
        let (decision, findings) =
            encoding::of_shapefile(path, mapping.encoding.as_deref(), &notes.layer, &notes.policies)?;
        notes.extend(findings);
        charset = Some(encoding::gdal_name(decision.encoding));
    } else if let Some(name) = &mapping.encoding {
        return Err(Fault::new(
            "encoding-without-use",
            say!("the format tells its encoding itself, {name} cannot be chosen", "该格式自带编码,不能指定 {name}"),
            say!(
                "remove `encoding`; it is for shapefiles and text tables",
                "请删除 encoding;它只用于 Shapefile 和文本表格"
            ),
        )
        .at(path.display()));
    }
    let raw = vector::read(path, mapping.layer.as_deref(), &mapping.fields(), charset)?;
    let deleted = raw.told_of_deleted();
    notes.layer = raw.name;
    if let Some(told) = deleted {
        notes.layer(Code::ReaderRemark, told);
    }
    let count = raw.rows.len() as u32;
    Ok(Rows {
        columns: raw.columns,
        shapes: Some(raw.shapes),
        crs: raw.crs,
        troubles: raw.troubles,
        numbers: (1..=count).collect(),
        plain_text: raw.plain_text,
        above: Vec::new(),
        number_cells: raw.number_cells,
    })
}

fn stem(path: &Path) -> String {
    path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default()
}

/// The files a release is made from: the source with what belongs to it, and the mapping file where it stands in the same folder.
pub(super) fn inputs(mapping: &Mapping, folder: &Path) -> Vec<Input> {
    let mut paths = vec![mapping.source.clone()];
    if let Some(bare) = mapping.source.to_ascii_lowercase().strip_suffix(".shp").map(str::len) {
        paths.extend(["dbf", "shx", "prj", "cpg"].map(|ending| format!("{}.{ending}", &mapping.source[..bare])));
    }
    // A FileGDB is a folder of files.
    let whole = folder.join(&mapping.source);
    if whole.is_dir() {
        let inside = std::fs::read_dir(&whole).into_iter().flatten().flatten();
        let mut names: Vec<_> = inside.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        paths = names.into_iter().map(|name| format!("{}/{name}", mapping.source.trim_end_matches('/'))).collect();
    }
    let own = mapping.file.as_deref().and_then(|file| Some((file, file.file_name()?.to_string_lossy().into_owned())));
    let beside = |file: &Path, name: &str| {
        std::fs::canonicalize(file).ok().is_some_and(|file| std::fs::canonicalize(folder.join(name)).ok() == Some(file))
    };
    paths.extend(own.filter(|(file, name)| beside(file, name)).map(|(_, name)| name));
    let sized = |path: String| {
        let found = std::fs::metadata(folder.join(&path)).ok().filter(std::fs::Metadata::is_file)?;
        Some(Input { path, bytes: found.len(), digest: String::new() })
    };
    paths.into_iter().filter_map(sized).collect()
}
