//! The true price surface: access to centres and stations that fades with distance, times a gentle wave; known exactly everywhere.

use super::centres::Centre;
use super::corrections::index_at;
use super::facilities::Station;
use super::lattice::CENTRE;
use crate::land::date::Quarter;
use crate::space::index::BoxIndex;
use crate::space::{Extent, Point};

/// The price in 元/㎡ where access is 0.8, by use.
const BASE: [f64; 4] = [9000.0, 6000.0, 620.0, 2400.0];

/// How strongly access moves the logarithm of the price, by use.
const SLOPE: [f64; 4] = [1.25, 0.85, 0.28, 0.55];

/// The weights of the nearest centre of each level, and of the nearest station.
const ACCESS: [f64; 3] = [0.95, 0.5, 0.22];
const STATION: f64 = 0.24;

/// The distance over which the effect of a station falls to 1/e, in metres.
const STATION_FADE: f64 = 700.0;

/// The true price surface of every year.
pub struct Surface {
    first_year: i16,
    levels: [BoxIndex; 3],
    fades: [f64; 3],
    /// The stations of each year.
    stations: Vec<BoxIndex>,
    wave: f64,
}

impl Surface {
    pub(super) fn new(radius: f64, centres: &[Centre], stations: &[Station], years: &[i16]) -> Surface {
        let spot = |at: Point| Extent { min: at, max: at };
        let level = |level: u8| {
            BoxIndex::new(centres.iter().filter(|centre| centre.level == level).map(|centre| spot(centre.at)))
        };
        let of_year = |later: usize| {
            BoxIndex::new(stations.iter().filter(|station| station.since <= later).map(|station| spot(station.at)))
        };
        Surface {
            first_year: years[0],
            levels: [level(1), level(2), level(3)],
            fades: [
                (0.55 * radius).clamp(500.0, 5000.0),
                (0.25 * radius).clamp(250.0, 1800.0),
                (0.12 * radius).clamp(120.0, 500.0),
            ],
            stations: (0..years.len()).map(of_year).collect(),
            wave: (0.6 * radius).clamp(800.0, 2500.0),
        }
    }

    /// Access to centres (and, in the `later`-th year after the first, to stations): about 1.6 in the middle, near 0 far out.
    pub(super) fn access(&self, place: Point, later: usize) -> f64 {
        let nearest = |index: &BoxIndex, fade: f64| {
            index.nearest(place).map_or(0.0, |(_, squared)| libm::exp(-libm::sqrt(squared) / fade))
        };
        let centres: f64 = (0..3).map(|level| ACCESS[level] * nearest(&self.levels[level], self.fades[level])).sum();
        centres + STATION * nearest(&self.stations[later], STATION_FADE)
    }

    /// The true price in 元/㎡ of land of a use (its place in [`super::USES`]) at a place, at the end of the `later`-th year after the
    /// first, for the statutory term and the set plot ratio.
    pub fn price(&self, land_use: usize, place: Point, later: usize) -> f64 {
        let (x, y) = ((place.x - CENTRE.x) / self.wave, (place.y - CENTRE.y) / self.wave);
        let wave = 1.0 + 0.05 * libm::sin(x + 0.4) * libm::cos(0.8 * y);
        let level = |year: i16| index_at(self.first_year, Quarter { year, quarter: 4 })[land_use];
        let moved = level(self.first_year + later as i16) / level(self.first_year);
        BASE[land_use] * libm::exp(SLOPE[land_use] * (self.access(place, later) - 0.8)) * wave * moved
    }
}
