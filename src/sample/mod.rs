//! The seeded sample city: parcels, factor layers and sale samples around a known price surface, for one year and the next.

mod blocks;
mod cell;
mod centres;
mod city;
mod corrections;
mod dem;
mod fabric;
mod facilities;
mod land_parcels;
mod lattice;
mod layer;
mod ledger;
mod names;
mod prices;
mod random;
mod relief;
mod ring;
mod roads;
mod sales;
mod second_year;
mod streets;
mod uses;
mod wards;
mod water;
mod zones;

pub use city::{City, FEWEST_PARCELS, Plan, Year, city};
pub use corrections::{Corrections, USES, UseTerms};
pub use layer::{SampleColumn, SampleLayer};
pub use ledger::{Ledger, Recut, UseChange};
pub use prices::Surface;
pub use relief::Dem;

/// The first step of each theme's path of random numbers.
mod theme {
    pub const NAMES: u64 = 0;
    pub const LATTICE: u64 = 1;
    pub const WARD: u64 = 2;
    pub const CENTRES: u64 = 3;
    pub const USES: u64 = 4;
    pub const PARCELS: u64 = 5;
    pub const FACILITIES: u64 = 6;
    pub const ZONES: u64 = 7;
    pub const RELIEF: u64 = 8;
    pub const CHANGES: u64 = 10;
    pub const SALES: u64 = 11;
}
