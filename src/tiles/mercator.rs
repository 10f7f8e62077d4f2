//! Degrees in the grid of a zoom: Web Mercator (EPSG:3857), the world's side 2^zoom tiles, y downwards.

use super::EXTENT;
use crate::scale;
use crate::space::{Extent, Point, Shapes};
use std::f64::consts::{PI, TAU};

/// Farther north and south the square ends.
const LIMIT: f64 = 85.051_128;

/// Shapes in whole units of the grid.
pub(super) fn placed(shapes: &Shapes, zoom: u8) -> Shapes {
    let side = f64::from(1_u32 << zoom) * EXTENT;
    let mut placed = shapes.clone();
    scale::pieces_mut(
        placed.points_mut(),
        65_536,
        || (),
        |(), points| {
            for point in points {
                let (x, y) = unit(*point);
                *point = Point::new((x * side).round(), (y * side).round());
            }
        },
    );
    placed
}

/// A place in parts of the square.
fn unit(place: Point) -> (f64, f64) {
    let sine = libm::sin(place.y.clamp(-LIMIT, LIMIT) * PI / 180.0);
    (place.x / 360.0 + 0.5, 0.5 - libm::log((1.0 + sine) / (1.0 - sine)) / (2.0 * TAU))
}

/// The largest zoom at which an extent in degrees is not wider or higher than so many tiles.
pub fn zoom_of(extent: Extent, tiles: f64, most: u8) -> u8 {
    let (west, south) = unit(extent.min);
    let (east, north) = unit(extent.max);
    let wide = (east - west).max(south - north).max(1e-9);
    (0..=most).rev().find(|zoom| wide * f64::from(1_u32 << zoom) <= tiles).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The corner of the world's first quarter, and EPSG:3857 of 30° N by its formula: R·ln tan(45° + φ/2) = 3 503 549.84 m of 20 037 508.34.
    #[test]
    fn places_are_those_of_web_mercator() {
        assert_eq!(unit(Point::new(0.0, 0.0)), (0.5, 0.5));
        let (x, y) = unit(Point::new(90.0, 30.0));
        assert_eq!(x, 0.75);
        assert!((y - (0.5 - 3_503_549.843_504 / 20_037_508.342_789 / 2.0)).abs() < 1e-12, "{y}");
        let extent = Extent { min: Point::new(104.0, 30.0), max: Point::new(104.2, 30.1) };
        // 0.2° are 0.2/360 · 2^11 = 1.14 tiles at zoom 11.
        assert_eq!((zoom_of(extent, 1.2, 14), zoom_of(extent, 1.0, 14)), (11, 10));
    }
}
