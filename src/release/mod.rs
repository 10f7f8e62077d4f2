//! A release: what was graded and priced, complete and self-explaining; sealed into a dated folder that never changes.

pub mod content;

pub use content::{Connotation, FactorHead, Head, Input, Origin, PriceCell, Release, SampleRow, UnitRows, UseHead};
