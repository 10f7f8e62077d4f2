//! Geometry as columns: shapes of many features in flat arrays, their measures, order, index and overlap.
//!
//! `rstar` is used in [`index`] only. Coordinates are plane metres of the project's projected CRS, x east, y north.

pub mod bands;
pub mod clip;
pub mod coverage;
pub mod covering;
pub mod crs;
pub mod datum;
pub mod distortion;
pub mod extent;
pub mod faces;
pub mod fronts;
pub mod held;
pub mod hilbert;
pub mod index;
pub mod measure;
pub mod noding;
mod once;
pub mod outline;
pub mod overlap;
pub mod planar;
pub mod quiet;
pub mod rings;
pub mod shapes;
pub mod shares;
pub mod wkb;
pub mod zone;

pub use crs::Crs;
pub use extent::Extent;
pub use shapes::{Kind, Point, Ring, Shape, Shapes};
