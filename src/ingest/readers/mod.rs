//! One reader per kind of source.

pub mod raster;
pub mod vector;
