//! Which projected system suits a place: a proposal for people, never a guess the engine acts on.

use super::Point;

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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::space::Crs;

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
}
