//! The correction system of a project, held against its uses; and its price index as a text to seal.

use crate::ingest::finding::{Code, Finding, Policies};
use crate::land::{Outcome, Text, services};
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
    let odd = told(project, system).into_iter().map(|text| Finding::new(policies, Code::OddTable, layer, text));
    let unread =
        unread(project, system).into_iter().map(|text| Finding::new(policies, Code::NotCorrected, layer, text));
    Ok(odd.chain(unread).collect())
}

/// Uses with costs of services whose own development is no set of services: nobody can be told what to add or to take off.
fn unread(project: &Project, system: &Corrections) -> Vec<Text> {
    let mut told = Vec::new();
    for (plan, own) in project.uses.iter().zip(&system.of_uses) {
        let Some(price) = plan.price.as_ref().filter(|_| own.as_ref().is_some_and(|own| own.development.is_some()))
        else {
            continue;
        };
        let of_grades = price.by_grade.iter().filter_map(|own| own.development.as_deref());
        for text in std::iter::once(price.development.as_str()).chain(of_grades) {
            if !text.trim().is_empty() && services::parse(text).is_none() {
                let name = &plan.land_use.name;
                told.push(say!(
                    "{name}: its development \"{text}\" is not read as services, so no price is corrected for development; write it as 五通一平, or list the services",
                    "{name}:开发程度「{text}」无法识别为各项设施,不作开发程度修正;请写成 五通一平,或逐项列出"
                ));
            }
        }
    }
    told
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
