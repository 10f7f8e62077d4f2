//! File formats, written from one description of a table: rows, fields with titles and units, and a geometry where there is one.
//!
//! Every writer builds its file aside and renames it when whole ([`part`]), and says what its format could not hold.

pub mod gpkg;
pub mod part;
pub mod style;
pub mod table;

pub use part::Part;
pub use style::Style;
pub use table::{Cells, Field, Table, Written};
