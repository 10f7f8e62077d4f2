//! The seeded sample city: parcels, factor layers and sale samples around a known price surface, for one year and the next.
//!
//! The city 样例市 lies in EPSG:4547; its districts bear codes that no real place has. [`city`] makes everything in memory; writers take
//! [`City::tables`], [`Year::index_table`] and [`Dem::write`]. It is drawn in this order: the lattice of main roads, the wards between
//! them, streets and blocks, parcels, centres, stations, the price surface, uses, the changes between years, then each year's layers.
//!
//! | layer | geometry | fields |
//! |---|---|---|
//! | `parcels` | polygons | `zddm` code, `xzqdm` district, `zl` address, `yt` use, `mj` registered area, `rjl` plot ratio |
//! | `samples` | points | `ypbh`, `yt`, `jylx` transaction, `jyrq` date, `dj` price, `dw` its unit, `mj`, `zj` total, `rjl`, `synx` term |
//! | `centres` | polygons | `mc`, `jb` level 1–3, `xse` sales, `yymj` floor, `wds` outlets, `guimo` scale |
//! | `bus_stops`, `stations`, `schools`, `hospitals` | points | `mc`, `lx` kind or `xls` lines, `bjs` classes, `cws` beds, `guimo` |
//! | `parks` | polygons | `mc`, `mj`, `guimo` |
//! | `roads` | lines | `bh`, `mc`, `lx` class, `kd` width |
//! | `river`, `water`, `bridges` | line, polygon, points | `mc` and `kd`; `lx`; `dllx` |
//! | `districts`, `graded_area` | polygons | `xzqdm`, `xzqmc`; `mc` |
//! | `planning`, `flood`, `environment` | polygons | `lx` category; `jb` level and `mc`; `df` score |

mod blocks;
mod broken;
mod cell;
mod centres;
mod city;
mod composite_file;
mod corrections;
mod corrections_file;
mod dem;
mod fabric;
mod facilities;
pub mod hamlet;
mod land_parcels;
mod lattice;
mod layer;
mod layout_file;
mod ledger;
mod names;
mod prices;
mod project_file;

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

pub use broken::{Broken, SeenWith, write_broken};
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
