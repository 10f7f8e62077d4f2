//! How far a plane system's lengths and areas are off at a place: what the map says over what the ellipsoid says.

use super::crs::Transform;
use super::{Crs, Point};
use gdal::spatial_ref::SpatialRef;
use geo::{Bearing, Distance, Geodesic};

/// The length measured, in metres of the plane: long enough for the digits of degrees, short against any change of scale.
const STEP: f64 = 500.0;

/// Scales of a projected system at a place; 1 is true.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Distortion {
    /// Plane over geodesic length along the system's x axis.
    pub along_x: f64,
    /// The same along its y axis.
    pub along_y: f64,
    /// Plane over true area.
    pub area: f64,
    /// The place in degrees of the system's own datum.
    pub degrees: Point,
}

impl Distortion {
    /// Measures a projected system at a place of its plane; `None` of a system that lies nowhere on Earth, and of a place that it does not
    /// reach.
    pub fn at(crs: &Crs, place: Point) -> Option<Distortion> {
        let geographic = SpatialRef::from_wkt(&crs.wkt).ok()?.geog_cs().ok()?;
        let to_degrees = geographic.angular_units().to_degrees();
        let way = Transform::of(crs, &Crs::of_srs(&geographic)?).ok()?;
        let half = STEP / 2.0 / crs.metres_per_unit;
        let around = [(0.0, 0.0), (-half, 0.0), (half, 0.0), (0.0, -half), (0.0, half)];
        let mut places = around.map(|(x, y)| Point::new(place.x + x, place.y + y));
        way.apply(&mut places).ok()?;
        let [middle, west, east, south, north] = places.map(|at| geo::Point::new(at.x, at.y) * to_degrees);
        // WGS 84's ellipsoid stands for any: they differ by a ten-thousandth.
        let (across, up) = (Geodesic.distance(west, east), Geodesic.distance(south, north));
        let turn = (Geodesic.bearing(west, east) - Geodesic.bearing(south, north)).to_radians();
        let found = Distortion {
            along_x: STEP / across,
            along_y: STEP / up,
            area: STEP * STEP / (across * up * libm::sin(turn).abs()),
            degrees: Point::new(middle.x(), middle.y()),
        };
        [found.along_x, found.along_y, found.area].iter().all(|scale| scale.is_finite()).then_some(found)
    }

    /// Whether a length along an axis is off by more than a share.
    pub fn is_beyond(&self, share: f64) -> bool {
        (self.along_x - 1.0).abs() > share || (self.along_y - 1.0).abs() > share
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(crs: &str, x: f64, y: f64) -> Distortion {
        Distortion::at(&Crs::parse(crs).unwrap(), Point::new(x, y)).unwrap()
    }

    fn close(found: f64, expected: f64) -> bool {
        (found - expected).abs() < 2e-4
    }

    #[test]
    fn web_mercator_stretches_by_the_secant_of_the_latitude() {
        // y = 3 480 000 is 29.8157° N (atan sinh(y / 6 378 137)). Scale by hand: a / (N cos φ) from west to east, a / (M cos φ) from south
        // to north, with N = 6 383 419 m and M = 6 351 243 m on WGS 84: 1.1516 and 1.1574, areas 1.3329.
        let found = at("EPSG:3857", 12_690_400.0, 3_480_000.0);
        assert!(close(found.along_x, 1.1516) && close(found.along_y, 1.1574), "{found:?}");
        assert!((found.area - 1.3329).abs() < 5e-4 && found.is_beyond(0.01), "{found:?}");
        assert!((found.degrees.x - 114.0).abs() < 0.01 && (found.degrees.y - 29.8157).abs() < 1e-3, "{found:?}");
    }

    #[test]
    fn zones_are_true_near_their_meridian_and_not_far_from_it() {
        // 1 + (x / R)² / 2: at 150 km 1.00028.
        let found = at("EPSG:4547", 650_000.0, 3_300_000.0);
        assert!(
            close(found.along_x, 1.000_28) && close(found.along_y, 1.000_28) && !found.is_beyond(0.01),
            "{found:?}"
        );
        // UTM is short by 0.0004 on its meridian, the Korean system true; US feet are no matter.
        assert!(close(at("EPSG:32650", 500_000.0, 3_300_000.0).along_x, 0.9996));
        assert!(!at("EPSG:5186", 200_000.0, 550_000.0).is_beyond(0.01));
        assert!(!at("EPSG:2263", 1_000_000.0, 200_000.0).is_beyond(0.01));
        // The zone of 75° E for a place at 114° E, 27.1° N: 39° off, sin 39° · cos 27.1° = 0.56, 1 / √(1 − 0.56²) = 1.207.
        let mut place = [Point::new(114.0, 27.1)];
        let (degrees, zone) = (Crs::parse("EPSG:4490").unwrap(), Crs::parse("EPSG:4534").unwrap());
        Transform::new(&degrees, &zone).unwrap().apply(&mut place).unwrap();
        let found = Distortion::at(&zone, place[0]).unwrap();
        assert!((found.along_x - 1.207).abs() < 0.002 && (found.area - 1.457).abs() < 0.005, "{found:?}");
    }

    #[test]
    fn an_old_datum_is_measured_and_a_plane_without_a_place_is_not() {
        assert!(!at("EPSG:2383", 500_000.0, 3_300_000.0).is_beyond(0.01));
        assert!(
            !at("+proj=tmerc +lon_0=114 +x_0=500000 +ellps=krass +towgs84=15,-154,-82,0,0,0,0", 5e5, 3.3e6)
                .is_beyond(0.01)
        );
        let nowhere = Crs::parse("LOCAL_CS[\"no geometry\",UNIT[\"metre\",1]]").unwrap();
        assert_eq!(Distortion::at(&nowhere, Point::new(0.0, 0.0)), None);
    }
}
