//! The correction system of a project, held against its uses; and its price index as a text to seal.

use crate::ingest::finding::{Code, Finding, Policies};
use crate::land::{Outcome, Text};
use crate::price::system::{self, Doubt, System};
use crate::project::plan::PricePlan;
use crate::project::{Project, system as file};
use crate::say;
use std::path::Path;

/// The system of every use.
pub(super) struct Corrections {
    /// The file, as it is sealed; empty where the project names none.
    pub text: String,
    pub of_uses: Vec<Option<System>>,
    pub doubts: Vec<(usize, Doubt)>,
}

/// The system of the file the project names; `None` where it names none.
///
/// # Errors
/// `io`, `bad-corrections`; what is wrong with its tables.
pub(super) fn of(project: &Project, plan: &PricePlan) -> Outcome<Option<Corrections>> {
    let Some(path) = &plan.corrections_file else {
        let by_grade = project.uses.iter().any(|plan| plan.price.as_ref().is_some_and(|it| !it.by_grade.is_empty()));
        return by_grade.then(|| parse(project, String::new(), &project.path)).transpose();
    };
    let (_, text) = file::System::read(path)?;
    parse(project, text, path).map(Some)
}

/// The system of a text; of an empty one what the project file itself says: terms, rates, tables of plot ratios.
///
/// # Errors
/// As [`of`].
pub(super) fn parse(project: &Project, text: String, path: &Path) -> Outcome<Corrections> {
    let file = file::System::parse(&text, path)?;
    let (of_uses, doubts) = system::build(&file, &project.uses).map_err(|fault| fault.at(path.display()))?;
    Ok(Corrections { text, of_uses, doubts })
}

/// What deserves a second look; of a project without a system in what it says itself of terms and plot ratios.
///
/// # Errors
/// As [`parse`].
pub(super) fn findings(project: &Project, policies: &Policies, system: Option<&Corrections>) -> Outcome<Vec<Finding>> {
    let own = match system {
        Some(_) => None,
        None => Some(parse(project, String::new(), &project.path)?),
    };
    let Some(system) = system.or(own.as_ref()) else { return Ok(Vec::new()) };
    // Without a file of corrections the tables are the project's own.
    let layer = if system.text.is_empty() { "prices" } else { "corrections" };
    Ok(told(project, system).into_iter().map(|text| Finding::new(policies, Code::OddTable, layer, text)).collect())
}

/// As [`findings`], in words.
pub(super) fn told(project: &Project, system: &Corrections) -> Vec<Text> {
    let text = |(at, doubt): &(usize, Doubt)| {
        let name = &project.uses[*at].land_use.name;
        let Text { en, zh } = &doubt.text;
        say!("{name}: {en}", "{name}:{zh}")
    };
    system.doubts.iter().map(text).collect()
}

/// The index as CSV: a column `quarter` and one per use; empty without an index.
pub(super) fn index_text(project: &Project, plan: &PricePlan) -> String {
    if plan.index.is_empty() {
        return String::new();
    }
    let keys: Vec<&str> = project.uses.iter().map(|plan| plan.land_use.key.as_str()).collect();
    let mut writer = csv::Writer::from_writer(Vec::new());
    let head = std::iter::once("quarter").chain(keys.iter().copied());
    let rows = plan.index.iter().map(|(quarter, values)| {
        std::iter::once(quarter.to_string()).chain(values.iter().map(f64::to_string)).collect::<Vec<_>>()
    });
    // Writing into memory cannot fail.
    let _ = writer.write_record(head);
    rows.for_each(|row| drop(writer.write_record(row)));
    writer.into_inner().ok().and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default()
}
