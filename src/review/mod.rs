//! The evidence a review of a grading asks for: how firm each grade is, and what other weights would give.
//!
//! Everything here starts from the scores of a release; layers and inputs are not needed.

pub mod breaks;
pub mod chart;
pub mod flips;
pub mod jumps;
pub mod margin;
pub mod prices;
pub mod scored;
pub mod sections;
pub mod simulate;
pub mod whatif;

pub use margin::Margin;
pub use scored::Scored;
