//! The evidence a review of a grading asks for: how firm each grade is, and what other weights would give.
//!
//! Everything here starts from the scores of a release; layers and inputs are not needed. Experts' opinions and business samples are tables
//! that are handed in beside it.

mod back_test;
pub mod breaks;
pub mod candidates;
pub mod chart;
pub mod coefficients;
pub mod evidence;
pub mod experts;
#[cfg(test)]
pub(crate) mod fixture;
pub mod flips;
pub mod income;
pub mod income_chart;
pub mod income_models;
pub mod jumps;
pub mod left_out;
pub mod margin;
pub mod place_candidates;
pub mod plot_ratio_fit;
pub mod prices;
pub mod quality;
pub mod sample_laws;
pub mod scored;
pub mod sections;
pub mod simulate;
pub mod uncorrected;
pub mod whatif;

pub use margin::Margin;
pub use scored::Scored;
