//! Tables that are handed in beside a release: which file it was, and what it says of the grades.

use crate::ingest::{opinions, profits};
use crate::land::{Outcome, Text};
use crate::release::Release;
use crate::release::digest::{self, Digest};
use crate::review::experts::{self, Experts};
use crate::review::income::{self, Income};
use std::path::Path;

/// A table with what came of it.
#[derive(Debug)]
pub struct Handed<T> {
    /// The file's name, without its folder.
    pub file: String,
    pub digest: Digest,
    /// What was assumed about the table, and what of it is not used.
    pub notes: Vec<Text>,
    pub found: T,
}

/// Holds a table of experts' opinions against the grades.
///
/// # Errors
/// As [`opinions::read`].
pub fn experts(release: &Release, path: &Path, sheet: Option<&str>) -> Outcome<Handed<Experts>> {
    let table = opinions::read(path, sheet)?;
    let found = experts::check(release, &table);
    Ok(Handed { file: name(path), digest: digest::of(path)?, notes: table.notes, found })
}

/// Holds a table of profits against the grades.
///
/// # Errors
/// As [`profits::read`].
pub fn profits(release: &Release, path: &Path, sheet: Option<&str>) -> Outcome<Handed<Income>> {
    let table = profits::read(path, sheet)?;
    let found = income::check(release, &table);
    Ok(Handed { file: name(path), digest: digest::of(path)?, notes: table.notes, found })
}

fn name(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}
