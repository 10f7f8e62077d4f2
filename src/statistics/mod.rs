//! Distributions and tests that several stages share.

pub mod apportion;
pub mod beta;
pub mod chi_square;
pub mod groups;
pub mod pairs;
pub mod student;
