//! How good prices are by the statistics that assessors are held to (ratio studies; IAAO, Standard on Ratio Studies).
//!
//! A pair is a value that was set and a price that was paid, both of one connotation; its ratio is value over price. [`level`] asks whether
//! the ratios lie at 1, [`spread`] how far they lie apart, [`equity`] and [`ladder`] whether dear land is valued like cheap land, [`chasing`]
//! whether the values follow the very sales they are held against, [`neighbours`] whether the grades differ, [`place`] whether the ratios
//! do in space. Every statistic says so where it cannot be had. What is acceptable is data ([`limits`]).

pub mod chasing;
pub mod equity;
pub mod intervals;
pub mod ladder;
pub mod level;
pub mod limits;
pub mod neighbours;
pub mod pairs;
pub mod place;
pub mod spread;
pub mod study;
pub mod verdict;

pub use intervals::Interval;
pub use limits::Limits;
pub use pairs::{Pair, Pairs};
pub use study::{Study, study};
