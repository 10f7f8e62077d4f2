//! The scores of a sealed release without its geometry: what a question about weights needs, quickly.

use super::content::UseHead;
use super::manifest::{PROJECT, UNITS};
use super::open::{damaged, open_head};
use super::rows::Role;
use super::rows_read::{note, to_grades, to_reals, to_uses, unfit};
use crate::formats::geoparquet;
use crate::land::{Outcome, Values};
use std::path::Path;

/// Columns of the units of a release, in its order.
#[derive(Debug)]
pub struct Scores {
    pub title: String,
    pub factors: Vec<super::FactorHead>,
    pub uses: Vec<UseHead>,
    /// The project file's text.
    pub project: String,
    pub use_of: Vec<u8>,
    pub areas: Vec<f64>,
    /// One column per factor.
    pub scores: Vec<Vec<f64>>,
    pub totals: Vec<f64>,
    pub grades: Vec<u8>,
}

/// Reads them. The manifest is held against the seal; the rows are not digested, which `landgrade verify` does.
///
/// # Errors
/// As [`super::open_head`]; `parquet` naming a column that is missing or does not fit.
pub fn read(folder: &Path) -> Outcome<Scores> {
    let manifest = open_head(folder)?.manifest;
    let path = folder.join(UNITS);
    let wanted = |name: &str| name.starts_with("score_") || ["use", "area", "total", "grade"].contains(&name);
    let mut sheet = geoparquet::read_columns(&path, &wanted)?;
    let uses = manifest.uses.clone();
    let (mut use_of, mut areas, mut totals, mut grades, mut scores) = (None, None, None, None, Vec::new());
    for mark in note(&sheet, &path)?.columns {
        // A kept field may bear a name that begins like a score's: its role tells.
        let own = matches!(mark.role, Role::Use | Role::Area | Role::Total | Role::Grade | Role::Score);
        let Some(values) = sheet.take(&mark.column).filter(|_| own) else { continue };
        let unfit = || unfit(&path, &mark.column);
        let reals = |values: Values| to_reals(values).ok_or_else(unfit);
        match mark.role {
            Role::Use => use_of = Some(to_uses(&values, &uses).ok_or_else(unfit)?),
            Role::Grade => grades = Some(to_grades(&values).ok_or_else(unfit)?),
            Role::Area => areas = Some(reals(values)?),
            Role::Total => totals = Some(reals(values)?),
            _ => scores.push(reals(values)?),
        }
    }
    let needed = |column: &str| unfit(&path, column);
    let project = match manifest.output(PROJECT) {
        None => String::new(),
        Some(_) => std::fs::read_to_string(folder.join(PROJECT)).map_err(|_| damaged(folder, PROJECT))?,
    };
    Ok(Scores {
        title: manifest.title,
        factors: manifest.factors,
        uses,
        project,
        use_of: use_of.ok_or_else(|| needed("use"))?,
        areas: areas.ok_or_else(|| needed("area"))?,
        scores,
        totals: totals.unwrap_or_default(),
        grades: grades.ok_or_else(|| needed("grade"))?,
    })
}
