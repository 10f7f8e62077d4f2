//! What of a project breaks the rules it is held against.

use super::weights;
use crate::ingest::finding::{Code, Finding, Policies};
use crate::land::Outcome;
use crate::project::Project;
use crate::project::rules::breaches;

/// A finding for each breach; none where the project names no rules.
///
/// # Errors
/// What is wrong with the weights.
pub(super) fn findings(project: &Project, policies: &Policies) -> Outcome<Vec<Finding>> {
    let Some(rules) = &project.rules else { return Ok(Vec::new()) };
    let weights = project.uses.iter().map(|plan| weights::of_use(project, plan)).collect::<Outcome<Vec<_>>>()?;
    let finding = |breach: crate::project::rules::Breach| {
        let mut finding = Finding::new(policies, Code::RuleBreach, "rules", breach.text);
        finding.feature = breach.rule.to_string();
        finding
    };
    Ok(breaches(project, rules, &weights).into_iter().map(finding).collect())
}
