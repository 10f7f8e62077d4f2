//! Where the rows of a table lie: which columns are east and north, and the coordinate system their numbers speak of.

use super::home::Home;
use super::{FieldInfo, LayerInfo, fields};

/// The columns of a table's coordinates.
pub(super) struct Place<'a> {
    pub east: &'a FieldInfo,
    pub north: &'a FieldInfo,
    /// Whether surveyors' X (north) and Y (east) were told by the values.
    pub turned: bool,
    /// What `crs` is to be, and the question about it.
    pub crs: (String, &'static str),
}

const EAST: &[&str] =
    &["东坐标", "横坐标", "经度", "东经", "easting", "east", "longitude", "long", "lon", "lng", "jd", "hzb"];
const NORTH: &[&str] = &["北坐标", "纵坐标", "纬度", "北纬", "northing", "north", "latitude", "lat", "wd", "zzb"];
const X: &[&str] = &["x", "x坐标", "坐标x", "中心点x", "xzb", "zbx", "x_coord", "coord_x", "point_x"];
const Y: &[&str] = &["y", "y坐标", "坐标y", "中心点y", "yzb", "zby", "y_coord", "coord_y", "point_y"];

/// The coordinates of a table; `None` where it has none, or no plain numbers there.
pub(super) fn of_table<'a>(info: &'a LayerInfo, home: &Home) -> Option<Place<'a>> {
    let (mut east, mut north, sure) = columns(info)?;
    let turned = !sure && is_turned(&numbers(east), &numbers(north));
    if turned {
        (east, north) = (north, east);
    }
    Some(Place { east, north, turned, crs: system(&numbers(east), &numbers(north), home) })
}

/// Whether a table has columns of coordinates.
pub(super) fn has_coordinates(info: &LayerInfo) -> bool {
    columns(info).is_some()
}

fn columns(info: &LayerInfo) -> Option<(&FieldInfo, &FieldInfo, bool)> {
    let named = |east, north| Some((fields::find_coordinate(info, east)?, fields::find_coordinate(info, north)?));
    let sure = named(EAST, NORTH).map(|(east, north)| (east, north, true));
    sure.or_else(|| named(X, Y).map(|(x, y)| (x, y, false)))
}

fn numbers(field: &FieldInfo) -> Vec<f64> {
    field.samples.iter().filter_map(|value| value.parse().ok()).collect()
}

/// Whether x is the northing: in China northings run from 1.8 to 6.2 million metres and eastings do not, latitudes end where longitudes begin.
fn is_turned(x: &[f64], y: &[f64]) -> bool {
    let northing = |value: &f64| (1.8e6..6.2e6).contains(value) || (3.0..54.0).contains(value);
    let easting =
        |value: &f64| (1e5..9.5e5).contains(value) || (1.2e7..4.6e7).contains(value) || (73.0..136.0).contains(value);
    x.iter().all(northing) && y.iter().all(easting)
}

fn system(east: &[f64], north: &[f64], home: &Home) -> (String, &'static str) {
    let degrees = east.iter().all(|value| value.abs() <= 180.0) && north.iter().all(|value| value.abs() <= 90.0);
    if degrees {
        return match &home.degrees {
            Some(own) => {
                (own.clone(), "longitude and latitude, taken to be in the units' system / 经纬度,暂按单元图层的坐标系")
            }
            None => ("EPSG:4490".into(), "longitude and latitude, taken to be CGCS2000 / 经纬度,暂按 CGCS2000"),
        };
    }
    // CGCS2000 with the zone number in front: 3-degree zones 25–45 are EPSG 4513–4533, 6-degree zones 13–23 are EPSG 4491–4501.
    let zone = east.first().map_or(0, |value| (value / 1e6) as u32);
    let whole = east.iter().all(|value| (value / 1e6) as u32 == zone);
    match zone {
        25..=45 if whole => (
            format!("EPSG:{}", 4488 + zone),
            "eastings with the zone's number, taken to be CGCS2000 / 横坐标带带号,暂按 CGCS2000",
        ),
        13..=23 if whole => (
            format!("EPSG:{}", 4478 + zone),
            "eastings with the zone's number, taken to be CGCS2000 / 横坐标带带号,暂按 CGCS2000",
        ),
        _ if home.holds(east, north) => (
            home.crs.clone(),
            "the table tells none; its places lie among the units / 表中未说明坐标系,坐标落在单元范围内",
        ),
        _ => (home.crs.clone(), "the table tells none; taken to be the project's / 表中未说明坐标系,暂按项目坐标系"),
    }
}
