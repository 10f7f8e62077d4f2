//! The scores of a sealed release without its geometry: what a question about weights needs, quickly.

use super::content::UseHead;
use super::manifest::{PROJECT, UNITS};
use super::open::{damaged, open_head};
use super::rows::{Mark, Role};
use super::rows_read::{note, to_reals, to_uses, unfit};
use crate::formats::geoparquet;
use crate::land::{Outcome, Values};
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

/// Columns of the units of a release, in its order.
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
    let marks = note(&geoparquet::read_columns(&units, &|_| false)?, &units)?.columns;
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

    /// Reads uses, areas, totals and the scores of the factors that are `wanted`.
    ///
    /// # Errors
    /// `parquet` naming a column that is missing or does not fit.
    pub fn columns(&self, wanted: &[bool]) -> Outcome<Columns> {
        let path = &self.units;
        let mut factors = wanted.iter();
        let asked = |mark: &&Mark| match mark.role {
            Role::Use | Role::Area | Role::Total => true,
            Role::Score => factors.next().is_some_and(|wanted| *wanted),
            _ => false,
        };
        let marks: Vec<&Mark> = self.marks.iter().filter(asked).collect();
        let mut sheet = geoparquet::read_columns(path, &|name| marks.iter().any(|mark| mark.column == name))?;
        let mut take = |mark: &Mark| sheet.take(&mark.column).ok_or_else(|| unfit(path, &mark.column));
        let reals = |mark: &Mark, values: Values| to_reals(values).ok_or_else(|| unfit(path, &mark.column));
        let (mut use_of, mut areas, mut totals, mut scores) = (None, None, None, Vec::new());
        for mark in marks {
            let values = take(mark)?;
            match mark.role {
                Role::Use => use_of = Some(to_uses(&values, &self.uses).ok_or_else(|| unfit(path, &mark.column))?),
                Role::Area => areas = Some(reals(mark, values)?),
                Role::Total => totals = Some(reals(mark, values)?),
                _ => scores.push(reals(mark, values)?),
            }
        }
        let needed = |column: &str| unfit(path, column);
        let mut scores = scores.into_iter();
        let scores = wanted.iter().map(|wanted| wanted.then(|| scores.next()).flatten().unwrap_or_default());
        Ok(Columns {
            scores: scores.collect(),
            use_of: use_of.ok_or_else(|| needed("use"))?,
            areas: areas.ok_or_else(|| needed("area"))?,
            totals: totals.ok_or_else(|| needed("total"))?,
        })
    }
}
