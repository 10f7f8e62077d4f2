//! GeoJSON: one feature per line, as RFC 7946 wants it, or in the projected coordinates for programs that still read a `crs` member.

mod geometry;
mod text;

use super::stream::{self, Sink};
use super::tally::Tally;
use super::{Part, Table, Written, digits};
use crate::land::column::Value;
use crate::land::{Fault, Outcome, Text};
use crate::say;
use crate::space::crs::{Crs, Transform};
use crate::space::{Point, Shape, datum};
use geometry::Print;
use std::cell::RefCell;
use std::collections::BTreeSet;
use std::ops::Range;
use std::path::Path;

/// Features formatted in one piece of work.
const CHUNK: usize = 1024;
const AT_ONCE: usize = 32;
/// Integers beyond this are not told apart by readers that hold numbers as doubles (RFC 7493, section 2.2).
const LARGEST_SAFE: u64 = (1 << 53) - 1;

/// How a GeoJSON file is written.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options {
    pub crs: Coordinates,
}

/// Which coordinates the file holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Coordinates {
    /// Degrees of longitude and latitude in CGCS2000 (EPSG:4490), rings turned as RFC 7946 asks.
    #[default]
    LonLat,
    /// The table's own coordinates in full, with the `crs` member of the older GeoJSON 2008.
    Native,
}

/// What formatting one chunk gave.
#[derive(Default)]
struct Chunk {
    bytes: Vec<u8>,
    missed: Missed,
}

/// What could not be held as it was.
#[derive(Clone, Copy, Default)]
struct Missed {
    infinite: Tally,
    unsafe_integers: Tally,
    bad_places: Tally,
    turned: usize,
}

/// Writes a table as GeoJSON; rows keep their order, missing values become `null`.
///
/// # Errors
/// `no-crs` where degrees are asked of shapes without a system, `datum-needs-parameters` and `no-transform` where they cannot be had,
/// `duplicate-field` where two fields share a name, `io` where the file cannot be written, `cancelled`.
pub fn write(table: &Table<'_>, target: &Path, options: &Options) -> Outcome<Written> {
    let way = Way::of(table, options.crs)?;
    let keys = keys(table)?;
    let part = Part::new(target)?;
    let mut sink = Sink::create(part.path())?;
    sink.write(&head(table, options.crs))?;
    let mut missed = Missed::default();
    stream::in_batches(
        table.rows,
        (CHUNK, AT_ONCE),
        |rows| features(table, &keys, &way, rows),
        |chunk| {
            missed.join(&chunk.missed);
            sink.write(&chunk.bytes)
        },
    )?;
    sink.write(b"\n]}\n")?;
    drop(sink);
    let replaced = part.commit()?;
    Ok(Written {
        path: target.to_path_buf(),
        beside: Vec::new(),
        rows: table.rows,
        replaced,
        losses: losses(table, options.crs, &missed),
    })
}

/// The system of the degrees that places of `crs` are written in: WGS 84 where they are on it, else CGCS2000.
///
/// # Errors
/// `datum-needs-parameters` where `crs` is on an old datum whose shift is not given.
pub fn degrees_of(crs: &Crs) -> Outcome<Crs> {
    let to = Crs::parse(if crs.is_wgs_84() { "EPSG:4326" } else { "EPSG:4490" })?;
    datum::check(crs, &to).map_err(|fault| {
        let help = say!(
            "write the project's own coordinates (--geojson-crs project)",
            "请按项目坐标写出(--geojson-crs project)"
        );
        Fault { help, ..fault }
    })?;
    Ok(to)
}

/// How coordinates come out.
enum Way<'a> {
    AsTheyAre(Print),
    Through { from: &'a Crs, to: Crs },
}

impl<'a> Way<'a> {
    fn of(table: &Table<'a>, coordinates: Coordinates) -> Outcome<Way<'a>> {
        if coordinates == Coordinates::Native || table.shapes.is_none() {
            return Ok(Way::AsTheyAre(Print::Full));
        }
        let from = table.crs.ok_or_else(|| {
            Fault::new(
                "no-crs",
                say!(
                    "GeoJSON needs longitude and latitude, but the layer has no coordinate reference system",
                    "GeoJSON 需要经纬度,但图层没有坐标系"
                ),
                say!("state the layer's CRS, or write its own coordinates", "请写明图层的坐标系,或按原坐标写出"),
            )
            .at(&table.name)
        })?;
        let to = degrees_of(from)?;
        Ok(if from.same_as(&to) { Way::AsTheyAre(Print::Degrees) } else { Way::Through { from, to } })
    }

    fn print(&self) -> Print {
        match self {
            Way::AsTheyAre(print) => *print,
            Way::Through { .. } => Print::Degrees,
        }
    }

    /// The places of a chunk as they are to be printed.
    fn carry(&self, points: &mut [Point]) -> Outcome<()> {
        // A PROJ object belongs to one thread and costs milliseconds to make: each worker keeps its last.
        thread_local! { static LAST: RefCell<Option<(Crs, Crs, Transform)>> = const { RefCell::new(None) } }
        let Way::Through { from, to } = self else { return Ok(()) };
        LAST.with_borrow_mut(|last| {
            if last.as_ref().is_none_or(|(one, two, _)| one != *from || two != to) {
                *last = Some(((*from).clone(), to.clone(), Transform::new(from, to)?));
            }
            last.as_ref().map_or(Ok(()), |(_, _, transform)| transform.apply(points))
        })
    }
}

/// What stands before the value of each field, with the comma behind the field before it.
fn keys(table: &Table<'_>) -> Outcome<Vec<Vec<u8>>> {
    let mut seen = BTreeSet::new();
    let mut keys = Vec::new();
    for field in &table.fields {
        let name = &field.name;
        if !seen.insert(name) {
            return Err(Fault::new(
                "duplicate-field",
                say!("two fields are named \"{name}\"", "有两个字段都叫「{name}」"),
                say!("give one of them another name", "请给其中一个改名"),
            )
            .at(&table.name));
        }
        let mut key = if keys.is_empty() { Vec::new() } else { vec![b','] };
        text::push(&mut key, name);
        key.push(b':');
        keys.push(key);
    }
    Ok(keys)
}

fn head(table: &Table<'_>, coordinates: Coordinates) -> Vec<u8> {
    let mut out = b"{\"type\":\"FeatureCollection\",\"name\":".to_vec();
    text::push(&mut out, &table.name);
    if let Some(code) = table.crs.and_then(|crs| crs.epsg).filter(|_| native(table, coordinates)) {
        let member =
            format!(",\"crs\":{{\"type\":\"name\",\"properties\":{{\"name\":\"urn:ogc:def:crs:EPSG::{code}\"}}}}");
        out.extend_from_slice(member.as_bytes());
    }
    let notes: Vec<&str> = table.notes().into_iter().flat_map(|note| [note.zh.as_str(), note.en.as_str()]).collect();
    if !notes.is_empty() {
        out.extend_from_slice(b",\"description\":");
        text::push(&mut out, &notes.join("\n"));
    }
    out.extend_from_slice(b",\"features\":[");
    out
}

fn native(table: &Table<'_>, coordinates: Coordinates) -> bool {
    table.shapes.is_some() && coordinates == Coordinates::Native
}

fn features(table: &Table<'_>, keys: &[Vec<u8>], way: &Way<'_>, rows: Range<usize>) -> Outcome<Chunk> {
    let mut chunk = Chunk { bytes: Vec::with_capacity(rows.len() * 1024), missed: Missed::default() };
    let shape_of = |row: usize| table.shapes.map(|shapes| shapes.get(row)).filter(|shape| !shape.is_empty());
    let mut carried: Vec<Point> = Vec::new();
    if let Way::Through { .. } = way {
        rows.clone().filter_map(shape_of).filter(is_finite).for_each(|shape| carried.extend(shape.points()));
        way.carry(&mut carried)?;
    }
    let mut rest = carried.as_slice();
    for row in rows {
        let out = &mut chunk.bytes;
        out.extend_from_slice(if row == 0 { b"\n" } else { b",\n" });
        out.extend_from_slice(b"{\"type\":\"Feature\",\"properties\":{");
        for (field, key) in table.fields.iter().zip(keys) {
            out.extend_from_slice(key);
            value(out, field.cells.get(row), row, &mut chunk.missed);
        }
        out.extend_from_slice(b"},\"geometry\":");
        match shape_of(row) {
            Some(shape) if is_finite(&shape) => {
                let points = match way {
                    Way::AsTheyAre(_) => shape.points(),
                    Way::Through { .. } => rest.split_off(..shape.points().len()).unwrap_or_default(),
                };
                chunk.missed.turned += geometry::push(out, shape, points, way.print());
            }
            Some(_) => {
                chunk.missed.bad_places.note(row);
                out.extend_from_slice(b"null");
            }
            None => out.extend_from_slice(b"null"),
        }
        out.push(b'}');
    }
    Ok(chunk)
}

fn is_finite(shape: &Shape<'_>) -> bool {
    shape.points().iter().all(|point| point.x.is_finite() && point.y.is_finite())
}

fn value(out: &mut Vec<u8>, value: Value<'_>, row: usize, missed: &mut Missed) {
    match value {
        Value::None => out.extend_from_slice(b"null"),
        Value::Int(value) => {
            if value.unsigned_abs() > LARGEST_SAFE {
                missed.unsafe_integers.note(row);
            }
            digits::push_int(out, value);
        }
        Value::Real(value) if !value.is_finite() => {
            missed.infinite.note(row);
            out.extend_from_slice(b"null");
        }
        Value::Real(value) => out.extend_from_slice(zmij::Buffer::new().format_finite(value).as_bytes()),
        Value::Text(value) => text::push(out, value),
    }
}

impl Missed {
    fn join(&mut self, other: &Missed) {
        self.infinite.join(other.infinite);
        self.unsafe_integers.join(other.unsafe_integers);
        self.bad_places.join(other.bad_places);
        self.turned += other.turned;
    }
}

fn losses(table: &Table<'_>, coordinates: Coordinates, missed: &Missed) -> Vec<Text> {
    let mut losses = Vec::new();
    if table.shapes.is_some() {
        losses.extend(place_losses(table.crs, coordinates, missed.turned));
    }
    if table.fields.iter().any(|field| !field.unit.is_empty() || field.title != Text::same(field.name.clone())) {
        losses.push(say!(
            "GeoJSON holds field names only: titles and units are left out",
            "GeoJSON 只保存字段名:字段标题和单位未写入"
        ));
    }
    if let (count, Some(row)) = (missed.infinite.count, missed.infinite.first_row()) {
        losses.push(say!(
            "{count} infinite numbers are written as null (first in row {row})",
            "{count} 个无穷大数值写为 null(首见于第 {row} 行)"
        ));
    }
    if let (count, Some(row)) = (missed.unsafe_integers.count, missed.unsafe_integers.first_row()) {
        losses.push(say!(
            "{count} whole numbers are beyond 2^53: programs that read numbers as doubles round them (first in row {row})",
            "{count} 个整数超过 2^53:以双精度读取的软件会将其取整(首见于第 {row} 行)"
        ));
    }
    if let (count, Some(row)) = (missed.bad_places.count, missed.bad_places.first_row()) {
        losses.push(say!(
            "{count} features have coordinates that are no numbers; their geometry is null (first in row {row})",
            "{count} 个要素的坐标不是有效数值,其几何写为 null(首见于第 {row} 行)"
        ));
    }
    losses
}

fn place_losses(crs: Option<&Crs>, coordinates: Coordinates, turned: usize) -> Vec<Text> {
    let label = crs.map(Crs::label);
    match (coordinates, label) {
        (Coordinates::Native, Some(label)) if crs.is_some_and(|crs| crs.epsg.is_some()) => vec![say!(
            "coordinates are those of {label}, named in a crs member that RFC 7946 no longer has: programs that follow it alone misplace them",
            "坐标为 {label} 的坐标,用 RFC 7946 已取消的 crs 成员注明:只按该标准读取的软件会放错位置"
        )],
        (Coordinates::Native, Some(label)) => vec![say!(
            "coordinates are those of {label}, which has no EPSG code, so the file cannot name it",
            "坐标为 {label} 的坐标,该坐标系没有 EPSG 代码,文件中无法注明"
        )],
        (Coordinates::Native, None) => {
            vec![say!("the file does not say in which system its coordinates are", "文件未注明坐标系")]
        }
        (Coordinates::LonLat, label) => {
            let label = label.unwrap_or_default();
            let mut losses = vec![
                match crs.is_some_and(Crs::is_wgs_84) {
                    true => say!(
                        "coordinates are WGS 84 lon/lat (EPSG:4326), not the coordinates of {label}",
                        "坐标为 WGS 84 经纬度(EPSG:4326),不是 {label} 的坐标"
                    ),
                    false => say!(
                        "coordinates are CGCS2000 lon/lat (EPSG:4490), not the coordinates of {label}; RFC 7946 readers take them for WGS 84",
                        "坐标为 CGCS2000 经纬度(EPSG:4490),不是 {label} 的坐标;按 RFC 7946 读取的软件视其为 WGS 84"
                    ),
                },
                say!(
                    "degrees are rounded to 8 decimals, about 1 mm on the ground",
                    "经纬度保留 8 位小数,约合地面 1 毫米"
                ),
            ];
            if turned > 0 {
                losses.push(say!(
                    "{turned} rings are turned: exterior counter-clockwise, holes clockwise (RFC 7946)",
                    "{turned} 个环调整了方向:外环逆时针,内环顺时针(RFC 7946)"
                ));
            }
            losses
        }
    }
}

#[cfg(test)]
#[path = "geojson_tests.rs"]
mod tests;
