//! The method report of a release (定级方法报告): what was graded, by which factors and weights, how it was cut and checked, and what is open.
//!
//! Everything comes from the sealed release, so a report can be made again at any time and says the same. Two checks need what no release
//! holds: experts' opinions and profits of businesses, tables that are named in the report by their digest.

mod handed;
mod sections;

pub use crate::formats::document::{Block, Document as Report};
pub use handed::{Handed, experts, profits};

use crate::formats::{Together, Written, csv};
use crate::land::{Fault, Lang, Outcome, progress::Watch};
use crate::project::Project;
use crate::release::Release;
use crate::review::experts::Experts;
use crate::review::income::Income;
use crate::review::jumps::Jump;
use crate::say;
use std::path::{Path, PathBuf};

/// What a report is made from.
pub struct Subject<'a> {
    pub release: &'a Release,
    /// None for imported releases.
    pub project: Option<&'a Project>,
    /// The digest the release was sealed with, and the day.
    pub content_digest: &'a str,
    pub sealed_on: &'a str,
    /// Tables handed in beside it.
    pub experts: Option<&'a Handed<Experts>>,
    pub profits: Option<&'a Handed<Income>>,
    /// Neighbours more than one grade apart and the pairs looked at, once they were sought.
    pub jumps: std::cell::OnceCell<(Vec<Jump>, usize)>,
}

/// Makes the report.
pub fn make(subject: &Subject<'_>, lang: Lang, watch: &dyn Watch) -> Report {
    sections::all(subject, lang, watch)
}

/// The names of the files of a report.
const NAMES: [&str; 2] = ["report.md", "report.html"];

/// The names of the files that [`write()`] makes.
pub fn names(report: &Report) -> Vec<String> {
    let figures = report.figures().map(|(name, _)| format!("{name}.svg"));
    let beside = report.beside.iter().map(|(name, _)| (*name).to_string());
    NAMES.map(String::from).into_iter().chain(figures).chain(beside).collect()
}

/// Writes `report.md` with its figures and tables beside it, and `report.html`, which holds the figures; all or none.
///
/// # Errors
/// `io`.
pub fn write(report: &Report, folder: &Path, lang: Lang) -> Outcome<Vec<PathBuf>> {
    let together = Together::new(folder)?;
    let mut files = vec![(NAMES[0].to_string(), report.markdown(lang)), (NAMES[1].to_string(), report.html(lang))];
    let figures = report.figures().map(|(name, svg)| (format!("{name}.svg"), svg.to_string()));
    files.extend(figures);
    let mut written = Vec::new();
    for (name, text) in files {
        let path = together.path().join(name);
        std::fs::write(&path, text)
            .map_err(|error| Fault::io(say!("cannot write the report", "无法写出报告"), &path, &error))
            .map_err(|fault| together.placed(fault))?;
        written.push(Written { path, beside: Vec::new(), rows: 0, replaced: false, losses: Vec::new() });
    }
    let options = csv::Options { header: csv::Header::Titles(lang), ..csv::Options::default() };
    for (name, table) in &report.beside {
        let path = together.path().join(name);
        let file = csv::write(table, &path, &options).map_err(|fault| together.placed(fault))?;
        written.push(file);
    }
    together.ready()?;
    together.commit(&mut written)?;
    Ok(written.into_iter().map(|written| written.path).collect())
}

#[cfg(test)]
#[path = "report_tests.rs"]
mod tests;
