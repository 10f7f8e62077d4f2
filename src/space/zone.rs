//! Which projected system suits a place: a proposal for people, never a guess the engine acts on.

use super::{Crs, Point};
use crate::land::Text;

/// The EPSG code of a projected system in metres for a place in degrees: CGCS2000 three-degree zones without prefix within China's
/// longitudes and latitudes (4534 for 75° E to 4554 for 135° E), UTM on WGS 84 elsewhere.
pub fn suitable(place: Point) -> u32 {
    let Point { x: longitude, y: latitude } = place;
    if (73.5..=136.5).contains(&longitude) && (17.0..=54.0).contains(&latitude) {
        let zone = libm::round((longitude - 75.0) / 3.0).clamp(0.0, 20.0);
        return 4534 + zone as u32;
    }
    let zone = libm::floor((longitude + 180.0) / 6.0).clamp(0.0, 59.0) as u32 + 1;
    if latitude >= 0.0 { 32600 + zone } else { 32700 + zone }
}

/// A system's name for readers: of the zones of CGCS2000 in the words of Chinese surveyors, else as PROJ calls it.
pub fn name(crs: &Crs) -> Text {
    let zone = |wide: u32, number: u32, prefix: bool| {
        let meridian = if wide == 3 { 3 * number } else { 6 * number - 3 };
        let behind = if prefix { format!(",带号 {number}") } else { String::new() };
        Text {
            en: crs.name.clone(), zh: format!("CGCS2000 高斯-克吕格 {wide}°带投影,中央经线 {meridian}°E{behind}")
        }
    };
    match crs.epsg {
        Some(code @ 4491..=4501) => zone(6, code - 4491 + 13, true),
        Some(code @ 4502..=4512) => zone(6, code - 4502 + 13, false),
        Some(code @ 4513..=4533) => zone(3, code - 4513 + 25, true),
        Some(code @ 4534..=4554) => zone(3, code - 4534 + 25, false),
        Some(4490) => Text { en: crs.name.clone(), zh: "CGCS2000 经纬度".to_string() },
        _ => Text::same(&crs.name),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_system_proposed_has_its_central_meridian_near_the_place() {
        // Wuhan, Sanyuan, Urumqi; Swellendam (UTM 34 S); the names are PROJ's.
        for (longitude, latitude, name) in [
            (114.3, 30.6, "CGCS2000 / 3-degree Gauss-Kruger CM 114E"),
            (108.9, 34.6, "CGCS2000 / 3-degree Gauss-Kruger CM 108E"),
            (87.6, 43.8, "CGCS2000 / 3-degree Gauss-Kruger CM 87E"),
            (20.4, -34.0, "WGS 84 / UTM zone 34S"),
        ] {
            let crs = Crs::parse(&suitable(Point::new(longitude, latitude)).to_string()).unwrap();
            assert_eq!(crs.name, name);
        }
    }

    #[test]
    fn zones_are_named_by_their_width_and_meridian_as_proj_has_them() {
        for code in (4491..=4554).filter(|code| *code != 4490) {
            let crs = Crs::parse(&format!("EPSG:{code}")).unwrap();
            let words = name(&crs);
            let meridian = crs.central_meridian().unwrap();
            assert!(words.zh.contains(&format!("中央经线 {meridian}°E")), "{code}: {words:?}");
            assert_eq!(words.zh.contains("3°带"), crs.name.contains("3-degree"), "{code}: {} {words:?}", crs.name);
            assert_eq!(words.zh.contains("带号"), crs.name.contains("zone"), "{code}: {} {words:?}", crs.name);
        }
    }
}
