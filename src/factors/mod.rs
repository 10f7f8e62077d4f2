//! From layers to influence fields: what a factor's score at a place, or over a unit, is made of.

pub mod attenuation;
pub mod barrier;
pub mod network;
pub mod normalise;
pub mod reach;
pub mod surface;
pub mod zones;

pub use reach::{Group, Reach};
pub use surface::Surface;
pub use zones::Zones;

/// One factor, ready to be evaluated anywhere.
pub enum Field {
    /// Facilities, lines and centres whose influence fades with distance.
    Reach(Reach),
    /// Areas whose score counts by the share of the unit they cover.
    Zones(Zones),
    /// A raster.
    Surface(Surface),
    /// Not at hand: the scores are those on record.
    Recorded,
}
