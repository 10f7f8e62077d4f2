//! What lies side by side: the borders between units, zones and districts of a release, or along the common border of two districts' releases.
//!
//! [`within()`] looks at one release, [`across()`] at two; prices are brought to one date and one connotation first ([`bring`]). Every border has its
//! step of grades, its ratio of prices and its flags ([`judge`]); [`write`](mod@write) makes the files (docs/borders.md).

pub mod across;
pub mod bring;
pub mod judge;
pub mod options;
mod prices;
mod summary;
mod tables;
pub mod within;
pub mod write;

pub use across::across;
pub use judge::{Flag, Flags};
pub use options::Options;
pub use summary::Pair;
pub use within::within;
pub use write::{Format, write};

use crate::land::Text;
use crate::space::{Crs, Point};

/// What lies on the two sides of a border.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    Zone,
    Unit,
}

impl Level {
    /// Its word in files.
    pub fn name(self) -> &'static str {
        match self {
            Level::Zone => "zone",
            Level::Unit => "unit",
        }
    }

    pub fn title(self) -> Text {
        match self {
            Level::Zone => crate::say!("zone", "级别范围"),
            Level::Unit => crate::say!("unit", "单元"),
        }
    }
}

/// One side of a border.
#[derive(Clone, Debug, PartialEq)]
pub struct Side {
    /// The release, as its place in [`Borders::releases`].
    pub release: u8,
    /// The unit's identifier; of a zone use, grade and first unit.
    pub id: String,
    pub grade: u8,
    /// 元/㎡ as published; NaN where there is none.
    pub price: f64,
    /// 元/㎡ of ground at the common date and connotation; NaN where it could not be brought there.
    pub common: f64,
    /// m² of a unit or zone; NaN where unknown.
    pub area: f64,
    /// The district, where a field tells it.
    pub district: String,
}

/// The line two neighbours share.
#[derive(Clone, Debug, PartialEq)]
pub struct Border {
    pub level: Level,
    /// The place among [`Borders::uses`].
    pub land_use: u8,
    pub one: Side,
    pub other: Side,
    /// Metres.
    pub length: f64,
    /// By how many grades they differ; `None` between releases, whose grades are not of one system.
    pub step: Option<u8>,
    /// ln of the higher over the lower common price; NaN where one is unknown.
    pub gap: f64,
    /// What the gap is held against: the larger step ln(P_k/P_{k+1}) inside either side next to it; NaN where there is none.
    pub inner: f64,
    pub flags: Flags,
    /// From 1 among those with flags; 0 without.
    pub rank: u32,
    pub paths: Vec<Vec<Point>>,
}

impl Border {
    /// The common price of the one over that of the other.
    pub fn ratio(&self) -> f64 {
        self.one.common / self.other.common
    }
}

/// A use and how its prices were brought together.
#[derive(Clone, Debug, PartialEq)]
pub struct UseSide {
    pub key: String,
    pub name: String,
    /// What prices were brought to, and by what steps; refusals.
    pub told: Vec<Text>,
    /// Why prices of the use are not compared at all.
    pub refused: Option<Text>,
}

/// Everything found.
pub struct Borders {
    /// Names of the release, or of both.
    pub releases: Vec<String>,
    pub crs: Crs,
    pub options: Options,
    /// Metres: what counted as touching, and the gaps that were closed.
    pub snap: f64,
    pub close_gaps: f64,
    pub uses: Vec<UseSide>,
    /// Flagged ones first, by rank; the others by level, use and identifiers.
    pub borders: Vec<Border>,
    /// Pairs of neighbours of one use that were looked at, equal ones included; zones, then units.
    pub looked_at: [usize; 2],
    /// Along the borders of districts, by use: one row per pair of districts, or of the two releases.
    pub pairs: Vec<Pair>,
    pub notes: Vec<Text>,
}
