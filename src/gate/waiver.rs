//! Waivers: who lets a breach pass, and why.

use super::{Judged, Rule};
use crate::land::{Fault, Outcome, Text, date, written};
use crate::release::Release;
use crate::say;
use serde::{Deserialize, Serialize};
use std::path::Path;

/// A breach, or every breach of a rule, that somebody lets pass.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Waiver {
    pub rule: Rule,
    /// The use's key; every use where it is left out.
    #[serde(default, rename = "use", skip_serializing_if = "Option::is_none")]
    pub land_use: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grade: Option<u8>,
    pub who: String,
    pub why: String,
    /// `YYYY-MM-DD`.
    pub date: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    waivers: Vec<Waiver>,
}

/// Reads a file of `[[waivers]]`.
///
/// # Errors
/// `io`; `bad-waivers` where it cannot be read, or a waiver has a blank name or reason or no date.
pub fn read(path: &Path) -> Outcome<Vec<Waiver>> {
    let text = std::fs::read_to_string(path)
        .map_err(|error| Fault::io(say!("cannot read the waivers", "无法读取豁免文件"), path, &error))?;
    parse(&text).map_err(|fault| fault.within(path))
}

fn parse(text: &str) -> Outcome<Vec<Waiver>> {
    let File { waivers } = written::parse(text, "bad-waivers", form())?;
    for waiver in &waivers {
        let key = waiver.rule.key();
        if waiver.who.trim().is_empty() || waiver.why.trim().is_empty() {
            return Err(bad(&format!("{key}: who and why must be stated")));
        }
        if date::parse(&waiver.date).is_none() {
            return Err(bad(&format!("{key}: date = \"{}\"", waiver.date)));
        }
    }
    Ok(waivers)
}

fn bad(what: &str) -> Fault {
    Fault::new("bad-waivers", say!("the waivers cannot be used: {what}", "豁免文件不可用:{what}"), form())
}

fn form() -> Text {
    say!(
        "write each as [[waivers]] with rule, who, why and date, and use and grade where it is for one alone",
        "每项写为 [[waivers]],含 rule、who、why、date;只针对某用途或级别时另写 use、grade"
    )
}

/// The waivers a release was sealed as final with; none of a draft.
pub fn kept(release: &Release) -> Vec<Waiver> {
    #[derive(Default, Deserialize)]
    struct Sealed {
        waivers: Vec<Waiver>,
    }
    serde_json::from_str::<Sealed>(&release.head.gate).unwrap_or_default().waivers
}

/// Marks what the waivers cover, the first that does; gives the places of those that cover nothing.
pub(super) fn apply(judged: &mut [Judged], waivers: &[Waiver]) -> Vec<usize> {
    let mut used = vec![false; waivers.len()];
    for breach in judged.iter_mut().flat_map(|judged| &mut judged.breaches) {
        let covers = |waiver: &Waiver| {
            waiver.rule == breach.rule
                && waiver.land_use.as_ref().is_none_or(|own| breach.land_use.as_ref() == Some(own))
                && waiver.grade.is_none_or(|own| breach.grade == Some(own))
        };
        breach.waived = waivers.iter().position(covers);
        // A second waiver of the same breach is not unused.
        waivers.iter().zip(&mut used).filter(|(waiver, _)| covers(waiver)).for_each(|(_, used)| *used = true);
    }
    (0..waivers.len()).filter(|&at| !used[at]).collect()
}

#[cfg(test)]
#[path = "waiver_tests.rs"]
mod tests;
