//! One reader per kind of source.

mod arrow;
pub(super) mod column;
mod delimited;
pub mod files;
pub mod grid;
mod loose;
pub mod raster;
pub mod schema;
pub(super) mod shapefile;
pub mod table;
mod two_rows;
pub mod vector;
pub(super) mod workbook;
