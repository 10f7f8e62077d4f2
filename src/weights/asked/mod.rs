//! What a file asks for: judgements of AHP, comparisons of pairs or rounds of Delphi, in TOML, a text table or a workbook.

mod blanks;
mod labels;
mod matrix;
mod round_number;
mod scores;
mod stated;
mod syntax;
mod words;

use super::ahp::{RandomIndex, Solver};
use super::delphi::Delphi;
use super::hierarchy::Hierarchy;
use crate::ingest::readers::grid::{self, Grid};
use crate::land::{Fault, Outcome, Text};
use std::path::Path;

/// How weights are found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    Ahp,
    Pairwise,
    Delphi,
}

impl Method {
    pub const ALL: [Method; 3] = [Method::Ahp, Method::Pairwise, Method::Delphi];

    /// As files and options name it.
    pub fn word(self) -> &'static str {
        match self {
            Method::Ahp => "ahp",
            Method::Pairwise => "pairwise",
            Method::Delphi => "delphi",
        }
    }
}

/// What to compute, checked only so far that it has the form it needs.
#[derive(Clone, Debug, PartialEq)]
pub enum Asked {
    Ahp(Ahp),
    Pairwise(Pairwise),
    Delphi(Delphi),
}

/// Judgements in one layer or two, and why they are accepted although they contradict each other.
#[derive(Clone, Debug, PartialEq)]
pub struct Ahp {
    pub hierarchy: Hierarchy,
    /// For every matrix.
    pub reason: Option<String>,
    /// For the matrix of one group each, in the order of the groups.
    pub reasons: Vec<Option<String>>,
}

/// Comparisons of pairs.
#[derive(Clone, Debug, PartialEq)]
pub struct Pairwise {
    pub factors: Vec<String>,
    pub matrix: Vec<Vec<f64>>,
    pub with_virtual: bool,
}

impl Asked {
    pub fn method(&self) -> Method {
        match self {
            Asked::Ahp(_) => Method::Ahp,
            Asked::Pairwise(_) => Method::Pairwise,
            Asked::Delphi(_) => Method::Delphi,
        }
    }
}

/// Reads a file; beside what it asks for stands what was assumed about it. `.toml` states everything; a table with the same names in its
/// first row and first column holds judgements or comparisons, any other table scores of experts.
///
/// # Errors
/// `io` and what the readers of tables say; `weights-syntax` with its line; `unknown-word`, `stray-key`, `missing-key`, `unknown-factor`,
/// `out-of-range`; `weights-twice`, `weights-labels`, `weights-header`, `weights-entry`, `weights-blank`, `weights-sheets`; `delphi-table`.
pub fn read(path: &Path, method: Option<Method>, sheet: Option<&str>) -> Outcome<(Asked, Vec<Text>)> {
    if path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("toml")) {
        return stated::read(path, method, sheet);
    }
    let grids = grid::read(path, sheet)?;
    let square = |grid: &Grid| matrix::looks_square(grid);
    match method {
        Some(Method::Delphi) => scores::of_grids(&grids),
        Some(_) => matrix::of_grids(&grids, method),
        None if grids.iter().any(square) => matrix::of_grids(&grids, None),
        None => scores::of_grids(&grids),
    }
}

/// Says where, of every fault that does not know.
fn placed(mut fault: Fault, place: &str) -> Fault {
    fault.place.get_or_insert_with(|| place.to_string());
    fault.also.iter_mut().for_each(|also| {
        also.place.get_or_insert_with(|| place.to_string());
    });
    fault
}

/// AHP of a single matrix as tables hold it.
fn plain(top: super::Judgements) -> Asked {
    let hierarchy =
        Hierarchy { top, groups: Vec::new(), solver: Solver::default(), random_index: RandomIndex::default() };
    Asked::Ahp(Ahp { hierarchy, reason: None, reasons: Vec::new() })
}

#[cfg(test)]
#[path = "asked_tests.rs"]
mod tests;
