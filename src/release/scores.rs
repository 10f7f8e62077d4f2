//! The scores of a sealed release without its geometry: what a question about weights needs, quickly.

use super::content::UseHead;
use super::manifest::{PROJECT, UNITS};
use super::open::{damaged, open_head};
use super::rows::{Mark, Role};
use super::rows_read::{note, to_reals, to_uses, unfit};
use crate::formats::geoparquet::{Sheet, Stored};
use crate::land::Outcome;
use std::path::{Path, PathBuf};

/// A sealed release whose columns are read as they are asked for.
#[derive(Debug)]
pub struct Scores {
    pub factors: Vec<super::FactorHead>,
    pub uses: Vec<UseHead>,
    /// The project file's text.
    pub project: String,
    units: PathBuf,
    marks: Vec<Mark>,
}

/// Columns of some units of a release, one behind the other in its order.
#[derive(Debug)]
pub struct Columns {
    pub use_of: Vec<u8>,
    /// m².
    pub areas: Vec<f64>,
    pub totals: Vec<f64>,
    /// One column per factor; empty where it was not asked for.
    pub scores: Vec<Vec<f64>>,
}

/// Opens it. The manifest is held against the seal; the rows are not digested, which `landgrade verify` does.
///
/// # Errors
/// As [`super::open_head`]; `parquet` where the file of units says nothing of its columns.
pub fn open(folder: &Path) -> Outcome<Scores> {
    let manifest = open_head(folder)?.manifest;
    let units = folder.join(UNITS);
    let marks = note(&Stored::open(&units)?.notes(), &units)?.columns;
    let project = match manifest.output(PROJECT) {
        None => String::new(),
        Some(_) => std::fs::read_to_string(folder.join(PROJECT)).map_err(|_| damaged(folder, PROJECT))?,
    };
    Ok(Scores { factors: manifest.factors, uses: manifest.uses, project, units, marks })
}

impl Scores {
    /// Whether each factor has a column of scores.
    pub fn are_complete(&self) -> bool {
        self.marks.iter().filter(|mark| mark.role == Role::Score).count() == self.factors.len()
    }

    /// Reads uses, areas, totals and the scores of the factors that are `wanted`, a piece of the units at a time and several at once, and
    /// gives what is made of each piece, in order.
    ///
    /// # Errors
    /// `parquet` naming a column that is missing or does not fit; those of `make`.
    pub fn pieces<T: Send>(&self, wanted: &[bool], make: impl Fn(Columns) -> T + Sync) -> Outcome<Vec<T>> {
        let mut factors = wanted.iter();
        let asked = |mark: &&Mark| match mark.role {
            Role::Use | Role::Area | Role::Total => true,
            Role::Score => factors.next().is_some_and(|wanted| *wanted),
            _ => false,
        };
        let marks: Vec<&Mark> = self.marks.iter().filter(asked).collect();
        let named = |name: &str| marks.iter().any(|mark| mark.column == name);
        Stored::open(&self.units)?.pieces(&named, |sheet| Ok(make(self.columns(sheet, &marks, wanted)?)))
    }

    fn columns(&self, mut sheet: Sheet, marks: &[&Mark], wanted: &[bool]) -> Outcome<Columns> {
        let unfit = |column: &str| unfit(&self.units, column);
        let (mut use_of, mut areas, mut totals, mut scores) = (None, None, None, Vec::new());
        for mark in marks {
            let unfit = || unfit(&mark.column);
            let values = sheet.take(&mark.column).ok_or_else(unfit)?;
            match mark.role {
                Role::Use => use_of = Some(to_uses(&values, &self.uses).ok_or_else(unfit)?),
                Role::Area => areas = Some(to_reals(values).ok_or_else(unfit)?),
                Role::Total => totals = Some(to_reals(values).ok_or_else(unfit)?),
                _ => scores.push(to_reals(values).ok_or_else(unfit)?),
            }
        }
        let mut scores = scores.into_iter();
        let scores = wanted.iter().map(|wanted| wanted.then(|| scores.next()).flatten().unwrap_or_default());
        Ok(Columns {
            scores: scores.collect(),
            use_of: use_of.ok_or_else(|| unfit("use"))?,
            areas: areas.ok_or_else(|| unfit("area"))?,
            totals: totals.ok_or_else(|| unfit("total"))?,
        })
    }
}
