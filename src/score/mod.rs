//! Units × factors × weights → scores and totals, in parallel; an explanation is the same computation with a recorder.

pub mod explain;
pub mod kernel;
pub mod table;

pub use explain::{Explainer, Explanation, FactorShare};
pub use kernel::{Detail, Model, score};
pub use table::{ScoreTable, points};
