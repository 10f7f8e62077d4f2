//! Where the rows of a table of parcels lie: which columns are east and north, and in which system.

use super::readers::table::RawTable;
use super::subjects::{Wanted, no_column};
use super::zone_prefix;
use crate::land::column::Value;
use crate::land::coordinates::{EAST, NORTH, Told, X, Y, is_degrees, is_turned, no_degrees, told, zone_of};
use crate::land::heading::heading;
use crate::land::{Column, Fault, Outcome, Text, number};
use crate::say;
use crate::space::crs::transform;
use crate::space::{Crs, Extent, Point, Shapes, datum};
use std::path::Path;

/// Keys by which a column of coordinates is stated.
pub(super) const KEYS: [&str; 4] = ["x", "y", "lon", "lat"];

/// The places of the rows in the system that is wanted.
pub(super) struct Places {
    /// Of the rows that have one.
    pub points: Vec<Option<Point>>,
    /// Which columns they are.
    pub columns: [usize; 2],
    /// What was assumed of them.
    pub notes: Vec<Text>,
    /// Rows whose coordinates are no numbers, in order.
    pub unread: Vec<(usize, Text)>,
}

/// The places of a table; `None` where no columns hold coordinates.
///
/// # Errors
/// `missing-field` for a stated column that is not there; `half-coordinates` where one of two is stated; what the transformation says.
pub(super) fn of_table(raw: &RawTable, wanted: &Wanted<'_>, path: &Path) -> Outcome<Option<Places>> {
    let Some(Axes { mut east, mut north, degrees, sure }) = axes(&raw.columns, wanted, path)? else { return Ok(None) };
    let mut notes = Vec::new();
    let (mut x, mut y, mut unread) = (Vec::new(), Vec::new(), Vec::new());
    for row in 0..raw.lines.len() {
        let [one, other] = [east, north].map(|at| read(&raw.columns[at], row));
        if let Some(text) = one.as_ref().err().or(other.as_ref().err()) {
            unread.push((row, text.clone()));
        }
        x.push(one.unwrap_or(f64::NAN));
        y.push(other.unwrap_or(f64::NAN));
    }
    let there = |x: &[f64], y: &[f64]| {
        let pairs = x.iter().copied().zip(y.iter().copied());
        pairs.filter(|(x, y)| x.is_finite() && y.is_finite()).collect::<Vec<(f64, f64)>>()
    };
    if !sure && is_turned(&there(&x, &y)) {
        std::mem::swap(&mut east, &mut north);
        std::mem::swap(&mut x, &mut y);
        let name = &raw.columns[east].name;
        notes.push(say!("the values of {name} tell that it is east", "按数值判断 {name} 为东坐标"));
    }
    let (crs, zone) = system(wanted, degrees, &there(&x, &y), &mut notes)?;
    for row in 0..x.len() {
        if let Some(text) = strange((x[row], y[row]), &crs, zone) {
            unread.push((row, text));
            (x[row], y[row]) = (f64::NAN, f64::NAN);
        }
    }
    unread.sort_by_key(|(row, _)| *row);
    let has_place = |row: &usize| x[*row].is_finite() && y[*row].is_finite();
    let rows: Vec<usize> = (0..x.len()).filter(has_place).collect();
    let mut shapes = Shapes::of_points(rows.iter().map(|&row| Point::new(x[row], y[row])));
    if wanted.crs.is_some() {
        zone_prefix::check(&crs, Extent::of(shapes.points()), &path.display().to_string())?;
    }
    if !crs.same_as(wanted.to) {
        datum::check(&crs, wanted.to).map_err(|fault| fault.at(path.display()))?;
        transform(&mut shapes, &crs, wanted.to).map_err(|fault| fault.at(path.display()))?;
    }
    let whole = |place: &Point| place.x.is_finite() && place.y.is_finite();
    let mut points = vec![None; x.len()];
    for (row, place) in rows.iter().zip(shapes.points()) {
        points[*row] = Some(*place).filter(whole);
    }
    Ok(Some(Places { points, columns: [east, north], notes, unread }))
}

struct Axes {
    east: usize,
    north: usize,
    /// Whether they are stated to be degrees.
    degrees: bool,
    /// Whether their names, or the user, tell which is which.
    sure: bool,
}

fn axes(columns: &[Column], wanted: &Wanted<'_>, path: &Path) -> Outcome<Option<Axes>> {
    let stated = |key: &str| match wanted.stated.iter().find(|(own, _)| own == key) {
        None => Ok(None),
        Some((_, name)) => columns.iter().position(|column| column.name == *name).map(Some).ok_or_else(|| {
            let known = columns.iter().map(|column| column.name.as_str()).collect::<Vec<_>>();
            no_column(name, &known.join(", "), path)
        }),
    };
    let [x, y, lon, lat] = KEYS.map(stated);
    for ((one, other), degrees) in [((x?, y?), false), ((lon?, lat?), true)] {
        match (one, other) {
            (Some(east), Some(north)) => return Ok(Some(Axes { east, north, degrees, sure: true })),
            (None, None) => {}
            _ => {
                return Err(Fault::new(
                    "half-coordinates",
                    say!("one column of coordinates is named, not both", "只指定了一个坐标列"),
                    say!(
                        "name both with --field, x and y or lon and lat",
                        "请用 --field 同时指定 x 与 y,或 lon 与 lat"
                    ),
                )
                .at(path.display()));
            }
        }
    }
    let names: Vec<String> = columns.iter().map(|column| heading(&column.name).name).collect();
    let exact = |known: &[&str]| known.iter().find_map(|name| names.iter().position(|own| own == name));
    // 宗地东坐标 is an easting too.
    let like = |known: &[&str]| {
        let mut words = known.iter().filter(|name| !name.is_ascii());
        exact(known).or_else(|| words.find_map(|word| names.iter().position(|own| own.contains(word))))
    };
    let sure = like(EAST).zip(like(NORTH)).map(|(east, north)| Axes { east, north, degrees: false, sure: true });
    Ok(sure.or_else(|| exact(X).zip(exact(Y)).map(|(east, north)| Axes { east, north, degrees: false, sure: false })))
}

/// A coordinate; NaN of an empty cell, what stands there where it is no number.
fn read(column: &Column, row: usize) -> Result<f64, Text> {
    match column.values.get(row) {
        Value::Int(number) => Ok(number as f64),
        Value::Real(number) => Ok(number),
        Value::None => Ok(f64::NAN),
        Value::Text(text) if text.trim().is_empty() => Ok(f64::NAN),
        Value::Text(text) => {
            let known = |unit: &str| matches!(unit, "" | "m" | "米" | "度" | "°");
            number::parse(text).filter(|typed| known(&typed.unit)).map(|typed| typed.value).ok_or_else(|| {
                let name = &column.name;
                say!("{name} is \"{text}\", not a coordinate", "{name}为「{text}」,不是坐标")
            })
        }
    }
}

/// Why a place cannot be one of the others' system; `None` where it can, and where a row has none.
fn strange((x, y): (f64, f64), crs: &Crs, zone: Option<u32>) -> Option<Text> {
    if !(x.is_finite() && y.is_finite()) {
        return None;
    }
    if crs.geographic && !is_degrees((x, y)) {
        return Some(no_degrees((x, y)));
    }
    let zone = zone.filter(|zone| *zone != zone_of(x))?;
    Some(say!(
        "the easting {x} has not the zone {zone} of the other rows in front",
        "横坐标 {x} 的带号不是其他行的 {zone}"
    ))
}

/// The system of the numbers, the one stated, else what they tell; with the zone whose number stands in front of eastings.
fn system(
    wanted: &Wanted<'_>,
    degrees: bool,
    places: &[(f64, f64)],
    notes: &mut Vec<Text>,
) -> Outcome<(Crs, Option<u32>)> {
    if let Some(crs) = wanted.crs {
        return Ok((crs.clone(), None));
    }
    let code = match told(places) {
        _ if degrees => 4490,
        Told::Degrees => 4490,
        Told::Zone(code) => code,
        Told::Nothing => return Ok((wanted.to.clone(), None)),
    };
    let zone = (code != 4490).then(|| if code >= 4513 { code - 4488 } else { code - 4478 });
    if wanted.to.epsg == Some(code) || code == 4490 && wanted.to.geographic {
        return Ok((wanted.to.clone(), zone));
    }
    let what = match code {
        4490 => {
            say!("longitudes and latitudes, taken as CGCS2000 (EPSG:4490)", "坐标为经纬度,按 CGCS2000(EPSG:4490)读取")
        }
        _ => say!("eastings with the number of their zone, taken as EPSG:{code}", "横坐标带带号,按 EPSG:{code} 读取"),
    };
    notes.push(what);
    Ok((Crs::parse(&format!("EPSG:{code}"))?, zone))
}
