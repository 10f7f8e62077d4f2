//! Factor weights of a use: given, or derived from judgements with their statistics.
//!
//! GB/T 18507-2014 asks for weights between 0 and 1 that sum to 1, set by one named method. Here a method is a file:
//! [`given`] checks weights that experts wrote down, [`ahp`] derives them from judgements of pairs (层次分析法), in two layers by
//! [`hierarchy`], [`pairwise`] from wins (因素成对比较法), [`delphi`] from rounds of scores (特尔斐法). [`asked`] reads what a file asks for.

pub mod ahp;
pub mod asked;
pub mod circles;
pub mod decimals;
pub mod delphi;
mod delphi_check;
pub mod entry;
pub mod given;
pub mod hierarchy;
pub mod kendall;
pub mod mend;
pub mod pairwise;
mod random_index;

pub use ahp::{Ahp, Judgements, RandomIndex, Solver};
