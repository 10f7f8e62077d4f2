//! A shapefile's attribute table (dBASE III) as the bytes it is: texts that an encoding is judged by, and number cells as they stand.

use crate::land::{Fault, Outcome, cancel};
use crate::say;
use std::fs::File;
use std::io::{BufReader, Read};
use std::path::{Path, PathBuf};

/// The head of a .dbf file.
#[derive(Clone, Debug)]
pub struct Dbf {
    path: PathBuf,
    /// The language driver byte at offset 29; 0 states nothing.
    pub language: u8,
    fields: Vec<FieldPlace>,
    header_length: usize,
    record_length: usize,
    records: usize,
}

#[derive(Clone, Debug)]
struct FieldPlace {
    name: Vec<u8>,
    /// `C` for texts, `N` and `F` for numbers.
    kind: u8,
    start: usize,
    end: usize,
}

impl FieldPlace {
    /// The cell in a record: what stands before a NUL.
    fn of<'a>(&self, record: &'a [u8]) -> &'a [u8] {
        record[self.start..self.end].split(|byte| *byte == 0).next().unwrap_or_default()
    }
}

/// One text of the table.
#[derive(Clone, Copy, Debug)]
pub struct RawText<'a> {
    /// Without the padding.
    pub bytes: &'a [u8],
    /// Counted from 1; 0 for the name of a field.
    pub row: usize,
    /// The field's number, from 0.
    pub field: usize,
    /// Whether the text fills its field, so that its end may have been cut off inside a character.
    pub full: bool,
}

/// dBASE gives a field's name 11 bytes, the last of them 0.
const NAME_WIDTH: usize = 10;

impl Dbf {
    /// Reads the head.
    ///
    /// # Errors
    /// `io`; `broken-dbf` where the bytes are no dBASE header; `cut-short` where rows are missing at the end.
    pub fn open(path: &Path) -> Outcome<Dbf> {
        let mut file = open(path)?;
        let broken = || {
            Fault::new(
                "broken-dbf",
                say!("the attribute table is damaged or no dBASE file", "属性表已损坏或不是 dBASE 文件"),
                say!("export the shapefile again", "请重新导出 shapefile"),
            )
            .at(path.display())
        };
        let mut head = [0u8; 32];
        file.read_exact(&mut head).map_err(|_| broken())?;
        let word = |at: usize| usize::from(u16::from_le_bytes([head[at], head[at + 1]]));
        let (header_length, record_length) = (word(8), word(10));
        let records = u32::from_le_bytes([head[4], head[5], head[6], head[7]]) as usize;
        if header_length < 33 || record_length == 0 {
            return Err(broken());
        }
        let mut descriptors = vec![0u8; header_length - 32];
        file.read_exact(&mut descriptors).map_err(|_| broken())?;
        let (mut fields, mut start) = (Vec::new(), 1);
        for field in descriptors.chunks_exact(32).take_while(|field| field[0] != 0x0d) {
            let end = start + usize::from(field[16]);
            let name = field[..=NAME_WIDTH].split(|byte| *byte == 0).next().unwrap_or_default().to_vec();
            fields.push(FieldPlace { name, kind: field[11], start, end });
            start = end;
        }
        if start > record_length {
            return Err(broken());
        }
        let held = file.metadata().map_err(|_| broken())?.len().saturating_sub(header_length as u64);
        let held = held / record_length as u64;
        if held < records as u64 {
            return Err(Fault::new(
                "cut-short",
                say!(
                    "the attribute table ends early: {held} of its {records} rows are there",
                    "属性表不完整:应有 {records} 行,实有 {held} 行"
                ),
                say!(
                    "copy the shapefile again; its rows would be lost in silence",
                    "请重新复制 shapefile,否则会丢失要素"
                ),
            )
            .at(path.display()));
        }
        Ok(Dbf { path: path.into(), language: head[29], fields, header_length, record_length, records })
    }

    /// Holds the number of rows against the features of the shapefile it belongs to: of rows and features cut off, GDAL says nothing.
    ///
    /// # Errors
    /// `missing-shx`, `io`; `broken-dbf` where rows are missing or are not as many as the features.
    pub fn check_rows(&self, shapefile: &Path) -> Outcome<()> {
        let failed = |error: std::io::Error| {
            Fault::io(say!("the shapefile cannot be read", "无法读取 shapefile"), shapefile, &error)
        };
        let Some(index) = sibling(shapefile, "shx") else {
            return Err(Fault::new(
                "missing-shx",
                say!("the shapefile has no .shx, so its features cannot be found", "shapefile 缺少 .shx,无法定位要素"),
                say!("copy the .shx of the same name beside the .shp", "请把同名的 .shx 放在 .shp 旁边"),
            )
            .at(shapefile.display()));
        };
        check_length(shapefile)?;
        // A hundred bytes of header, then eight for each feature (ESRI Shapefile Technical Description, 1998).
        let features = std::fs::metadata(index).map_err(failed)?.len().saturating_sub(100) / 8;
        let bytes = std::fs::metadata(&self.path).map_err(failed)?.len();
        let whole = bytes.saturating_sub(self.header_length as u64) / self.record_length as u64;
        let (rows, told) = (whole.min(self.records as u64), self.records);
        if rows == features && rows == told as u64 {
            return Ok(());
        }
        Err(Fault::new(
            "broken-dbf",
            say!(
                "the .dbf has {rows} rows (its header says {told}), the shapefile {features} features",
                ".dbf 有 {rows} 行(文件头为 {told}),shapefile 有 {features} 个要素"
            ),
            say!("copy the whole shapefile again, or export it again", "请重新完整复制或重新导出 shapefile"),
        )
        .at(self.path.display()))
    }

    /// The name of a field, as bytes.
    pub fn field_name(&self, field: usize) -> &[u8] {
        &self.fields[field].name
    }

    /// Gives every text that is not plain ASCII to `visit`: field names, then text values row by row, until it answers `false`.
    /// Deleted records are passed over.
    ///
    /// # Errors
    /// `io`, `cancelled`.
    pub fn each_text(&self, mut visit: impl FnMut(RawText<'_>) -> bool) -> Outcome<()> {
        for (number, field) in self.fields.iter().enumerate().filter(|(_, field)| !field.name.is_ascii()) {
            let full = field.name.len() >= NAME_WIDTH;
            if !visit(RawText { bytes: &field.name, row: 0, field: number, full }) {
                return Ok(());
            }
        }
        let texts: Vec<(usize, &FieldPlace)> =
            self.fields.iter().enumerate().filter(|(_, field)| field.kind == b'C').collect();
        if texts.is_empty() {
            return Ok(());
        }
        self.each_record(|row, record| {
            if record.is_ascii() {
                return true;
            }
            texts.iter().all(|&(number, field)| {
                let bytes = field.of(record).trim_ascii_end();
                let full = bytes.len() == field.end - field.start;
                bytes.is_ascii() || visit(RawText { bytes, row, field: number, full })
            })
        })
    }

    /// Gives every cell of a field of numbers that is neither blank nor stars (dBASE's overflow) to `visit`, trimmed, with its row counted
    /// from 1. Nothing of a field that is not of numbers.
    ///
    /// # Errors
    /// `io`, `cancelled`.
    pub fn each_number(&self, fields: &[usize], mut visit: impl FnMut(usize, usize, &[u8])) -> Outcome<()> {
        let places = fields.iter().filter_map(|&number| Some((number, self.fields.get(number)?)));
        let places: Vec<(usize, &FieldPlace)> = places.filter(|(_, field)| matches!(field.kind, b'N' | b'F')).collect();
        if places.is_empty() {
            return Ok(());
        }
        self.each_record(|row, record| {
            for &(number, field) in &places {
                let cell = field.of(record).trim_ascii();
                if !cell.is_empty() && cell[0] != b'*' {
                    visit(row, number, cell);
                }
            }
            true
        })
    }

    /// How many records the table has, deleted ones among them.
    pub fn records(&self) -> usize {
        self.records
    }

    /// Gives every record that is not deleted, with its number from 1, until `visit` answers `false`.
    fn each_record(&self, mut visit: impl FnMut(usize, &[u8]) -> bool) -> Outcome<()> {
        let failed = |error: std::io::Error| {
            Fault::io(say!("the attribute table cannot be read", "无法读取属性表"), &self.path, &error)
        };
        let mut file = BufReader::with_capacity(1 << 18, open(&self.path)?);
        std::io::copy(&mut (&mut file).take(self.header_length as u64), &mut std::io::sink()).map_err(failed)?;
        let mut record = vec![0u8; self.record_length];
        for row in 1..=self.records {
            if row % 65_536 == 0 {
                cancel::checkpoint()?;
            }
            match file.read_exact(&mut record) {
                Ok(()) => {}
                // A table cut short: the layer's reader counts the rows.
                Err(error) if error.kind() == std::io::ErrorKind::UnexpectedEof => return Ok(()),
                Err(error) => return Err(failed(error)),
            }
            if record[0] != b'*' && !visit(row, &record) {
                return Ok(());
            }
        }
        Ok(())
    }
}

fn open(path: &Path) -> Outcome<File> {
    File::open(path).map_err(|error| Fault::io(say!("the file cannot be opened", "无法打开文件"), path, &error))
}

/// Whether a shapefile's geometry and index are as long as their heads say (16-bit words, big-endian, at byte 24).
///
/// # Errors
/// `cut-short`; `io`.
pub fn check_length(path: &Path) -> Outcome<()> {
    let unreadable =
        |error: std::io::Error| Fault::io(say!("the shapefile cannot be read", "无法读取 shapefile"), path, &error);
    let mut file = File::open(path).map_err(unreadable)?;
    let held = file.metadata().map_err(unreadable)?.len();
    let mut head = [0u8; 28];
    // What is not even a head GDAL refuses.
    if file.read_exact(&mut head).is_err() {
        return Ok(());
    }
    let stated = 2 * u64::from(u32::from_be_bytes([head[24], head[25], head[26], head[27]]));
    if held >= stated {
        return Ok(());
    }
    Err(Fault::new(
        "cut-short",
        say!(
            "the file ends early: {held} of its {stated} bytes are there",
            "文件不完整:应有 {stated} 字节,实有 {held} 字节"
        ),
        say!("copy the shapefile again", "请重新复制 shapefile"),
    )
    .at(path.display()))
}

/// A file beside `path` with another ending, in lower or upper case.
pub fn sibling(path: &Path, ending: &str) -> Option<PathBuf> {
    [ending.to_ascii_lowercase(), ending.to_ascii_uppercase()]
        .into_iter()
        .map(|ending| path.with_extension(ending))
        .find(|path| path.is_file())
}
