//! Distributions and tests that several stages share.

pub mod agreement;
pub mod apportion;
pub mod beta;
pub mod chi_square;
pub mod fisher;
pub mod groups;
pub mod pairs;
pub mod quantile;
pub mod regression;
pub mod student;
