//! Coordinates in tables: what their columns are called, and what the numbers themselves tell of their system.

use super::Text;
use crate::say;

/// Columns that are east, by name, in small letters without blanks.
pub const EAST: &[&str] =
    &["东坐标", "横坐标", "经度", "东经", "easting", "east", "longitude", "long", "lon", "lng", "jd", "hzb"];
/// Columns that are north.
pub const NORTH: &[&str] = &["北坐标", "纵坐标", "纬度", "北纬", "northing", "north", "latitude", "lat", "wd", "zzb"];
/// Columns that are east or, as surveyors name them, north.
pub const X: &[&str] = &["x", "x坐标", "坐标x", "中心点x", "xzb", "zbx", "x_coord", "coord_x", "point_x"];
pub const Y: &[&str] = &["y", "y坐标", "坐标y", "中心点y", "yzb", "zby", "y_coord", "coord_y", "point_y"];

/// What numbers tell of their system.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Told {
    /// They may be longitudes and latitudes.
    Degrees,
    /// Eastings with the number of a CGCS2000 zone in front: its EPSG code.
    Zone(u32),
    Nothing,
}

/// What the places of a table tell, east and north: what most of them do.
pub fn told(places: &[(f64, f64)]) -> Told {
    let most = |count: usize| 2 * count > places.len();
    if most(places.iter().filter(|place| is_degrees(**place)).count()) {
        return Told::Degrees;
    }
    // With the zone number in front 3-degree zones 25–45 are EPSG 4513–4533, 6-degree zones 13–23 are EPSG 4491–4501.
    let mut zones: Vec<u32> = places.iter().map(|(east, _)| zone_of(*east)).collect();
    zones.sort_unstable();
    let Some(zone) =
        zones.get(zones.len() / 2).copied().filter(|zone| most(zones.iter().filter(|own| *own == zone).count()))
    else {
        return Told::Nothing;
    };
    match zone {
        25..=45 => Told::Zone(4488 + zone),
        13..=23 => Told::Zone(4478 + zone),
        _ => Told::Nothing,
    }
}

/// Whether two numbers may be a longitude and a latitude.
pub fn is_degrees((east, north): (f64, f64)) -> bool {
    east.abs() <= 180.0 && north.abs() <= 90.0
}

/// What is said of a place among degrees that is none.
pub fn no_degrees((x, y): (f64, f64)) -> Text {
    match is_degrees((y, x)) {
        true => say!(
            "({x}, {y}) are no degrees: are longitude and latitude exchanged?",
            "({x}, {y}) 不是经纬度:经度、纬度是否颠倒?"
        ),
        false => say!("({x}, {y}) are no degrees", "({x}, {y}) 不是经纬度"),
    }
}

/// The number of a zone that stands in front of an easting; 0 without one.
pub fn zone_of(east: f64) -> u32 {
    (east / 1e6) as u32
}

/// Whether x is the northing: in China northings run from 1.8 to 6.2 million metres and eastings do not, latitudes end where longitudes begin.
pub fn is_turned(places: &[(f64, f64)]) -> bool {
    let northing = |value: &f64| (1.8e6..6.2e6).contains(value) || (3.0..54.0).contains(value);
    let easting =
        |value: &f64| (1e5..9.5e5).contains(value) || (1.2e7..4.6e7).contains(value) || (73.0..136.0).contains(value);
    // Of most rows, since one may be wrong.
    2 * places.iter().filter(|(x, y)| northing(x) && easting(y)).count() > places.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_tell_degrees_zones_and_surveyors_axes() {
        assert_eq!(told(&[(114.3, 30.5)]), Told::Degrees);
        // Zone 38 of three degrees, zone 20 of six; two zones are none.
        let in_zone = |zone: f64| (zone * 1e6 + 527_652.8, 3_388_836.0);
        assert_eq!((told(&[in_zone(38.0)]), told(&[in_zone(20.0)])), (Told::Zone(4526), Told::Zone(4498)));
        assert_eq!(told(&[in_zone(38.0), in_zone(39.0)]), Told::Nothing);
        assert_eq!((told(&[in_zone(0.0)]), told(&[])), (Told::Nothing, Told::Nothing));
        assert!(is_turned(&[(3_388_836.0, 527_652.8)]) && !is_turned(&[(527_652.8, 3_388_836.0)]));
        assert!(is_turned(&[(30.5, 114.3)]) && !is_turned(&[(114.3, 30.5)]));
        // One row of three whose numbers were exchanged changes nothing.
        let rows = [(114.3, 30.5), (114.31, 30.51), (30.5, 114.3)];
        assert!(told(&rows) == Told::Degrees && !is_turned(&rows));
    }
}
