//! Degrees and metres told apart, where a layer is said to be in a system that its coordinates contradict.

use crate::land::{Fault, Outcome};
use crate::say;
use crate::space::{Crs, Extent};

/// The longitudes and latitudes of China. Metres as small as these lie near the equator, hundreds of kilometres off any zone's meridian.
const LONGITUDES: std::ops::RangeInclusive<f64> = 73.0..=136.0;
const LATITUDES: std::ops::RangeInclusive<f64> = 3.0..=54.0;

/// Refuses metres said to be degrees, and degrees said to be metres.
///
/// # Errors
/// `not-degrees`, `not-metres`.
pub fn check(crs: &Crs, extent: Extent) -> Outcome<()> {
    if extent.is_empty() {
        return Ok(());
    }
    let (west, east, south, north) = (extent.min.x, extent.max.x, extent.min.y, extent.max.y);
    let label = crs.label();
    if crs.geographic && (west < -180.0 || east > 360.0 || south < -90.0 || north > 90.0) {
        return Err(Fault::new(
            "not-degrees",
            say!(
                "coordinates such as ({west}, {south}) are no degrees, though the layer is said to be in {label}",
                "坐标如 ({west}, {south}) 不是经纬度,但图层标为 {label}"
            ),
            say!("write the true system: crs = \"EPSG:…\"", "请写明真实坐标系:crs = \"EPSG:…\""),
        ));
    }
    let within = |range: std::ops::RangeInclusive<f64>, low, high| range.contains(&low) && range.contains(&high);
    if !crs.geographic && within(LONGITUDES, west, east) && within(LATITUDES, south, north) {
        return Err(Fault::new(
            "not-metres",
            say!(
                "coordinates such as ({west}, {south}) are degrees, though the layer is said to be in {label}",
                "坐标如 ({west}, {south}) 是经纬度,但图层标为 {label}"
            ),
            say!("write the true system, such as crs = \"EPSG:4490\"", "请写明真实坐标系,如 crs = \"EPSG:4490\""),
        ));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::space::Point;

    fn extent(x: f64, y: f64, side: f64) -> Extent {
        Extent { min: Point::new(x, y), max: Point::new(x + side, y + side) }
    }

    #[test]
    fn metres_are_no_degrees_and_degrees_no_metres() {
        let (degrees, metres) = (Crs::parse("EPSG:4490").unwrap(), Crs::parse("EPSG:4547").unwrap());
        assert!(check(&degrees, extent(114.0, 30.0, 0.2)).is_ok());
        assert!(check(&metres, extent(500_000.0, 3_300_000.0, 1000.0)).is_ok());
        assert_eq!(check(&degrees, extent(500_000.0, 3_300_000.0, 1000.0)).unwrap_err().code, "not-degrees");
        assert_eq!(check(&metres, extent(114.0, 30.0, 0.2)).unwrap_err().code, "not-metres");
        assert!(check(&metres, Extent::EMPTY).is_ok());
        // A drawing about a corner of its own is no place in China.
        assert!(check(&metres, extent(0.0, 0.0, 120.0)).is_ok());
    }
}
