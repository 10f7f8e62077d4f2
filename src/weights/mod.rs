//! Factor weights of a use: given, or derived from judgements with their statistics.
//!
//! GB/T 18507-2014 asks for weights between 0 and 1 that sum to 1, set by one named method. Here a method is a file:
//! [`given`] checks weights that experts wrote down, [`ahp`] derives them from pairwise judgements (层次分析法).

pub mod ahp;
pub mod given;
mod random_index;

pub use ahp::{Ahp, Judgements, RandomIndex, Solver};
