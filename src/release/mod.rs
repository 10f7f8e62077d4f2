//! A release: what was graded and priced, complete and self-explaining; sealed into a dated folder that never changes.
//!
//! docs/release-format.md describes the folder, file by file.

pub mod change_file;
mod consistent;
pub mod content;
pub mod difference;
mod difference_map;
mod difference_parcels;
mod difference_samples;
pub mod digest;
#[cfg(test)]
mod fixture;
pub mod grade_map;
mod grade_price;
mod handed_out;
pub mod layers;
pub mod life;
pub mod manifest;
pub mod open;
pub mod parcels;
pub mod places;
pub mod priced;
pub mod rows;
pub mod rows_read;
pub mod scores;
pub mod seal;
pub mod tables;
pub mod tables_read;
pub mod tables_samples;
pub mod tiling;
pub mod verify;

pub use content::{
    Connotation, FactorHead, GradeConnotation, GroupHead, GroupJudged, Head, Input, Judged, Layers, LevelHead, Origin,
    Release, UnitRows, UseHead, Within,
};
pub use difference::first_difference;
pub use grade_map::{AreaRow, ChangeRow, GradeMap, ZoneRows};
pub use handed_out::refuse as refuse_handed_out;
pub use life::Life;
pub use manifest::{Manifest, Output, Seal, State};
pub use open::{Cover, open, open_head};
pub use parcels::ParcelRows;
pub use places::{PlaceRow, PlaceRows, Places};
pub use priced::{Decided, PriceCell, RejectedRow, SampleDetail, SampleRow};
pub use scores::Scores;
pub use seal::{Sealed, digest_inputs, seal};
pub use tiling::TilingHead;
pub use verify::{InputState, Verification, verify};
