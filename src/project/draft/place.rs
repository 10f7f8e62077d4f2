//! Where the rows of a table lie: which columns are east and north, and the coordinate system their numbers speak of.

use super::home::Home;
use super::{FieldInfo, LayerInfo, fields};
use crate::land::coordinates::{EAST, NORTH, Told, X, Y, is_turned, told};

/// The columns of a table's coordinates.
pub(super) struct Place<'a> {
    pub east: &'a FieldInfo,
    pub north: &'a FieldInfo,
    /// Whether surveyors' X (north) and Y (east) were told by the values.
    pub turned: bool,
    /// What `crs` is to be, and the question about it.
    pub crs: (String, &'static str),
}

/// The coordinates of a table; `None` where it has none, or no plain numbers there.
pub(super) fn of_table<'a>(info: &'a LayerInfo, home: &Home) -> Option<Place<'a>> {
    let (mut east, mut north, sure) = columns(info)?;
    let turned = !sure && is_turned(&places(east, north));
    if turned {
        (east, north) = (north, east);
    }
    Some(Place { east, north, turned, crs: system(&places(east, north), home) })
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

/// The places of the first rows that have two numbers.
fn places(east: &FieldInfo, north: &FieldInfo) -> Vec<(f64, f64)> {
    let both = east.samples.iter().zip(&north.samples);
    both.filter_map(|(east, north)| Some((east.parse().ok()?, north.parse().ok()?))).collect()
}

fn system(places: &[(f64, f64)], home: &Home) -> (String, &'static str) {
    let told = told(places);
    if told == Told::Degrees {
        return match &home.degrees {
            Some(own) => {
                (own.clone(), "longitude and latitude, taken to be in the units' system / 经纬度,暂按单元图层的坐标系")
            }
            None => ("EPSG:4490".into(), "longitude and latitude, taken to be CGCS2000 / 经纬度,暂按 CGCS2000"),
        };
    }
    match told {
        Told::Zone(code) => (
            format!("EPSG:{code}"),
            "eastings with the zone's number, taken to be CGCS2000 / 横坐标带带号,暂按 CGCS2000",
        ),
        _ if home.holds(places) => (
            home.crs.clone(),
            "the table tells none; its places lie among the units / 表中未说明坐标系,坐标落在单元范围内",
        ),
        _ => (home.crs.clone(), "the table tells none; taken to be the project's / 表中未说明坐标系,暂按项目坐标系"),
    }
}
