//! The seeded sample city: parcels, factor layers and sale samples around a known price surface, for one year and the next.

mod blocks;
mod cell;
mod fabric;
mod lattice;
mod random;
mod ring;
mod streets;
mod wards;

/// The first step of each theme's path of random numbers.
mod theme {
    pub const LATTICE: u64 = 1;
    pub const WARD: u64 = 2;
    pub const CENTRES: u64 = 3;
    pub const USES: u64 = 4;
    pub const PARCELS: u64 = 5;
    pub const FACILITIES: u64 = 6;
    pub const ZONES: u64 = 7;
    pub const RELIEF: u64 = 8;
    pub const SURFACE: u64 = 9;
    pub const CHANGES: u64 = 10;
    pub const SALES: u64 = 11;
}
