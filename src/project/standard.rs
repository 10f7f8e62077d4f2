//! Checks what a project says of the standard: rule file, schemes, which factor is which, the size of the city.

use super::check::{Files, Problems};
use super::file::ProjectFile;
use super::lines::Step;
use super::rules::Standard;
use crate::say;
use std::path::PathBuf;

/// The rules, where the project asks to be held against them, and their file where it is the project's own.
pub(super) fn check(raw: &ProjectFile, problems: &mut Problems<'_>) -> (Option<Standard>, Option<PathBuf>) {
    let sizes = [("large", ()), ("medium", ()), ("small", ())];
    if let Some(size) = &raw.project.city_size {
        problems.word(&[Step::Key("project"), Step::Key("city_size")], Some(size), &sizes);
    }
    let Some(entry) = &raw.rules else { return (None, None) };
    let file = entry.file.as_ref().map(|file| problems.folder.join(file));
    if file.as_ref().is_some_and(|file| problems.files != Files::Needed && !file.exists()) {
        // A sealed release is read without its rule file.
        return (None, file);
    }
    let rules = match Standard::read(file.as_deref()) {
        Ok(rules) => rules,
        Err(fault) => {
            problems.add(fault.code, &[Step::Key("rules"), Step::Key("file")], fault.what, fault.help);
            return (None, file);
        }
    };
    for (at, entry) in raw.uses.iter().enumerate() {
        let known = rules.schemes();
        if let Some(scheme) = entry.scheme.as_ref().filter(|scheme| !known.contains(&scheme.as_str())) {
            let list = known.join(", ");
            problems.add(
                "unknown-scheme",
                &[Step::Key("uses"), Step::At(at), Step::Key("scheme")],
                say!("the rules have no scheme \"{scheme}\"", "规则中没有定级类型「{scheme}」"),
                say!("write one of: {list}", "可写:{list}"),
            );
        }
    }
    for (at, factor) in raw.factors.iter().enumerate() {
        if let Some(id) = factor.standard.as_ref().filter(|id| rules.group_of(id).is_none()) {
            let list: Vec<&str> = rules.factors.iter().map(|factor| factor.id.as_str()).collect();
            let list = list.join(", ");
            problems.add(
                "unknown-standard-factor",
                &[Step::Key("factors"), Step::At(at), Step::Key("standard")],
                say!("the rules have no factor \"{id}\"", "规则中没有因素「{id}」"),
                say!("write one of: {list}", "可写:{list}"),
            );
        }
    }
    (Some(rules), file)
}
