//! ESRI Shapefile: geometry, index, attribute table, projection and encoding, beside them a dictionary of the fields.

mod columns;
mod dbf;
mod dictionary;
mod encode;
mod losses;
mod names;
mod shp;

pub use encode::TextEncoding;

use super::stream::{self, Sink};
use super::{Part, Table, Written};
use crate::land::{Fault, Outcome, Text};
use crate::say;
use crate::space::{Crs, Shapes};
use columns::Column;
use gdal::spatial_ref::SpatialRef;
use std::path::{Path, PathBuf};

/// Rows formatted in one piece of work.
const CHUNK: usize = 4096;
/// Offsets are 32-bit and signed to many readers: no file may be larger.
const LARGEST: u64 = i32::MAX as u64;
/// The most fields of an attribute table that GDAL and ArcGIS read.
const MOST_FIELDS: usize = 255;
/// Indexes other programs leave beside a shapefile; they belong to the rows they were made for.
pub(super) const INDEXES: [&str; 8] = ["qix", "sbn", "sbx", "fbn", "fbx", "ain", "aih", "idm"];

/// How a shapefile is written.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options {
    pub encoding: TextEncoding,
}

/// Writes a table as a shapefile at `target` (`….shp`) with its companions `.shx`, `.dbf`, `.prj`, `.cpg` and `…_fields.csv`.
///
/// # Errors
/// `no-geometry` where the table has none, `too-many-fields` or `too-large` where the format cannot hold it (told before
/// anything is written), `io` where a file cannot be written, `cancelled`.
pub fn write(table: &Table<'_>, target: &Path, options: &Options) -> Outcome<Written> {
    let Some(shapes) = table.shapes else {
        return Err(Fault::new(
            "no-geometry",
            say!("a shapefile needs a geometry; this table has none", "Shapefile 需要几何;该表没有几何"),
            say!("write it as CSV or XLSX", "请改写为 CSV 或 XLSX"),
        )
        .at(&table.name));
    };
    if table.fields.len() > MOST_FIELDS {
        let count = table.fields.len();
        return Err(Fault::new(
            "too-many-fields",
            say!(
                "{count} fields; a shapefile holds {MOST_FIELDS}",
                "共 {count} 个字段,Shapefile 最多 {MOST_FIELDS} 个"
            ),
            say!("write fewer fields, or a GeoPackage", "请减少字段,或改写为 GeoPackage"),
        )
        .at(&table.name));
    }
    let encoding = options.encoding;
    let shorts = names::short_names(table.fields.iter().map(|field| field.name.as_str()), encoding);
    let columns: Vec<Column> = table
        .fields
        .iter()
        .zip(shorts)
        .map(|(field, short)| columns::lay_out(field, short, table.rows, encoding))
        .collect();
    let plan = shp::plan(shapes, CHUNK);
    check_size(table, &columns, &plan)?;

    let files = Files::new(target)?;
    let missed = write_rows(table, shapes, &columns, &plan, encoding, &files)?;
    Sink::create(files.cpg.path())?.write(encoding.code_page().as_bytes())?;
    Sink::create(files.dictionary.path())?.write(&dictionary::of(table, &columns)?)?;
    let prj = table.crs.and_then(esri_wkt);
    if let Some(wkt) = &prj {
        Sink::create(files.prj.path())?.write(wkt.as_bytes())?;
    }
    let mut losses = losses::of(table, &columns, &plan, &missed, prj.is_some());
    let Placed { replaced, beside, cleared } = files.commit(prj.is_some())?;
    losses.extend(cleared);
    Ok(Written { path: target.to_path_buf(), beside, rows: table.rows, replaced, losses })
}

fn check_size(table: &Table<'_>, columns: &[Column], plan: &shp::Plan) -> Outcome<()> {
    let row = dbf::row_length(columns);
    let rows = (row as u64).saturating_mul(table.rows as u64);
    let table_length = rows.saturating_add(dbf::header_length(columns) as u64 + 1);
    let (name, length) = if plan.length() > table_length { (".shp", plan.length()) } else { (".dbf", table_length) };
    if length <= LARGEST && row <= usize::from(u16::MAX) {
        return Ok(());
    }
    let what = if length > LARGEST {
        let gigabytes = format!("{:.1}", length as f64 / 1e9);
        say!(
            "the {name} file would take {gigabytes} GB; a shapefile holds 2 GB",
            "{name} 文件将达 {gigabytes} GB,Shapefile 上限为 2 GB"
        )
    } else {
        say!("a row would take {row} bytes; a shapefile holds 65535", "每行将占 {row} 字节,Shapefile 上限为 65535")
    };
    let help =
        say!("write a GeoPackage, or a smaller area or fewer fields", "请改写为 GeoPackage,或缩小范围、减少字段");
    Err(Fault::new("too-large", what, help).at(&table.name))
}

fn write_rows(
    table: &Table<'_>,
    shapes: &Shapes,
    columns: &[Column],
    plan: &shp::Plan,
    encoding: TextEncoding,
    files: &Files,
) -> Outcome<dbf::Missed> {
    let mut shp = Sink::create(files.shp.path())?;
    let mut shx = Sink::create(files.shx.path())?;
    let mut dbf = Sink::create(files.dbf.path())?;
    shp.write(&plan.header(plan.length()))?;
    shx.write(&plan.header(shp::HEADER + shp::INDEX_ENTRY * table.rows as u64))?;
    dbf.write(&dbf::header(columns, table.rows, encoding))?;
    let mut missed = dbf::Missed::default();
    stream::in_order(
        table.rows,
        CHUNK,
        |range| {
            let (records, index) = plan.records(shapes, range.clone());
            Ok((records, index, dbf::rows(table, columns, encoding, range)))
        },
        |(records, index, (rows, chunk_missed))| {
            missed.join(chunk_missed);
            shp.write(&records)?;
            shx.write(&index)?;
            dbf.write(&rows)
        },
    )?;
    dbf.write(&[0x1A])?;
    Ok(missed)
}

/// The system as ArcGIS spells it.
fn esri_wkt(crs: &Crs) -> Option<String> {
    let srs = SpatialRef::from_wkt(&crs.wkt).ok()?;
    srs.morph_to_esri().ok()?;
    srs.to_wkt().ok().filter(|wkt| !wkt.is_empty())
}

/// Every file of the set, under way.
struct Files {
    shx: Part,
    dbf: Part,
    prj: Part,
    cpg: Part,
    dictionary: Part,
    base: PathBuf,
    /// The first made, so the last dropped: it takes away the folders it made, once they are empty.
    shp: Part,
}

/// A set in its place: whether it replaced an earlier one, its files besides the geometry, what was cleared of an earlier set.
#[derive(Debug)]
struct Placed {
    replaced: bool,
    beside: Vec<PathBuf>,
    cleared: Option<Text>,
}

impl Files {
    fn new(target: &Path) -> Outcome<Files> {
        let base = target.with_extension("");
        let with = |tail: &str| Part::new(beside(&base, tail));
        Ok(Files {
            shp: Part::new(target)?,
            shx: with(".shx")?,
            dbf: with(".dbf")?,
            prj: with(".prj")?,
            cpg: with(".cpg")?,
            dictionary: with("_fields.csv")?,
            base,
        })
    }

    /// Puts the set in its place, geometry last; when one file fails, those already placed go again, for half a set (or one of two
    /// ages) misleads.
    fn commit(self, with_prj: bool) -> Outcome<Placed> {
        let mut placed: Vec<PathBuf> = Vec::new();
        let mut replaced = false;
        let prj = with_prj.then_some(self.prj);
        for part in [self.dictionary, self.cpg].into_iter().chain(prj).chain([self.dbf, self.shx, self.shp]) {
            let target = part.target().to_path_buf();
            match part.commit() {
                Ok(earlier) => replaced = earlier,
                Err(fault) => {
                    // The fault at hand is the one to tell; a file that stays is replaced by the next run.
                    placed.iter().for_each(|path| drop(std::fs::remove_file(path)));
                    return Err(fault);
                }
            }
            placed.push(target);
        }
        let stale = (!with_prj).then_some("prj").into_iter().chain(INDEXES);
        let mut cleared: Vec<&str> = Vec::new();
        for extension in stale {
            let path = beside(&self.base, &format!(".{extension}"));
            match std::fs::remove_file(&path) {
                Ok(()) => cleared.push(extension),
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
                Err(error) => return Err(stream::fault(&path, &error)),
            }
        }
        let names = cleared.join(", ");
        let cleared = (!cleared.is_empty()).then(|| {
            say!(
                "files of the earlier shapefile were removed because they no longer fit: {names}",
                "已删除不再匹配的旧 Shapefile 附属文件:{names}"
            )
        });
        // The geometry comes last.
        placed.pop();
        Ok(Placed { replaced, beside: placed, cleared })
    }
}

fn beside(base: &Path, tail: &str) -> PathBuf {
    let mut name = base.as_os_str().to_os_string();
    name.push(tail);
    PathBuf::from(name)
}

#[cfg(test)]
#[path = "shapefile_tests.rs"]
mod tests;
