//! The relief: a valley along the river, gentle swells, hills beyond one side of the city.

use super::fabric::Fabric;
use super::lattice::CENTRE;
use super::theme;
use super::water::River;
use crate::land::random::Random;
use crate::space::{Extent, Point};

/// A raster of heights, rows from north to south.
#[derive(Clone, Debug, PartialEq)]
pub struct Dem {
    /// The north-west corner of the first cell.
    pub corner: Point,
    /// The side of a cell in metres.
    pub cell: f64,
    pub columns: usize,
    pub rows: usize,
    /// Metres above sea level, row by row.
    pub heights: Vec<f32>,
}

const CELL: f64 = 30.0;

/// Heights over the territory and 300 m around it.
pub(super) fn model(fabric: &Fabric, extent: Extent, river: &River, seed: u64) -> Dem {
    let mut random = Random::new(seed, &[theme::RELIEF]);
    let radius = fabric.lattice.radius;
    let swells: Vec<[f64; 4]> = (0..5)
        .map(|_| {
            let angle = random.phase();
            let length = random.between(700.0, 2600.0);
            [libm::cos(angle) / length, libm::sin(angle) / length, random.phase(), random.between(0.6, 2.2)]
        })
        .collect();
    let toward = random.between(1.2, 2.0);
    let (hill_x, hill_y) = (libm::cos(toward), libm::sin(toward));
    let height = |place: Point| {
        let (x, y) = (place.x - CENTRE.x, place.y - CENTRE.y);
        let valley = 14.0 * (1.0 - libm::exp(-river.distance(place) / (0.35 * radius).min(1800.0)));
        let swell: f64 = swells
            .iter()
            .map(|[a, b, phase, size]| size * libm::sin(std::f64::consts::TAU * (a * x + b * y) + phase))
            .sum();
        let beyond = ((x * hill_x + y * hill_y) / radius - 0.55).max(0.0);
        21.0 + valley + swell + 110.0 * beyond * beyond * (1.0 + 0.4 * libm::sin(x / 600.0))
    };
    let snap = |value: f64| libm::floor(value / CELL) * CELL;
    let extent = extent.grown(300.0);
    let corner = Point::new(snap(extent.min.x), snap(extent.max.y) + CELL);
    let columns = libm::ceil((extent.max.x - corner.x) / CELL) as usize;
    let rows = libm::ceil((corner.y - extent.min.y) / CELL) as usize;
    let at = |row: usize, column: usize| {
        Point::new(corner.x + (column as f64 + 0.5) * CELL, corner.y - (row as f64 + 0.5) * CELL)
    };
    // Centimetres, as height models are delivered.
    let rounded = |height: f64| (libm::round(height * 100.0) / 100.0) as f32;
    let heights = (0..rows * columns).map(|cell| rounded(height(at(cell / columns, cell % columns)))).collect();
    Dem { corner, cell: CELL, columns, rows, heights }
}
