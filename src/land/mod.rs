//! The nouns every stage shares: two-language text, faults, columns of values, uses, grades, prices and dates.
//!
//! Nothing here knows a file format, a project file or a stage.

pub mod above;
pub mod cancel;
pub mod column;
pub mod coordinates;
pub mod date;
pub mod decided;
pub mod fault;
pub mod grade;
pub mod heading;
pub mod land_use;
pub mod markup;
pub mod money;
pub mod number;
pub mod progress;
pub mod quantity;
pub mod random;
pub mod release_name;
pub mod services;
pub mod step;
pub mod text;
pub mod transaction;
pub mod written;

pub use column::{Column, IdColumn, Texts, Values};
pub use decided::Decided;
pub use fault::{Fault, Outcome};
pub use land_use::{Use, UseId};
pub use progress::Watch;
pub use text::{Lang, Text};
