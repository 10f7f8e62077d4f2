//! File formats, written from one description of a table: rows, fields with titles and units, and a geometry where there is one.
//!
//! Every writer builds its file aside and renames it when whole ([`part`]), and says what its format could not hold.

pub mod csv;
mod digits;
pub mod document;
pub mod fields;
#[cfg(test)]
mod fixture;
pub mod flatgeobuf;
pub mod geojson;
pub mod geoparquet;
pub mod gpkg;
mod guard;
mod ogr;
pub mod part;
pub mod postgis;
pub mod shapefile;
pub(crate) mod shown;
mod stream;
pub mod style;
pub mod table;
mod tally;
pub mod together;
pub mod xlsx;

pub use part::Part;
pub use style::Style;
pub use table::{Cells, Declared, Field, Table, Written};
pub use together::Together;
