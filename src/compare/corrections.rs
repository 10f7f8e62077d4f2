//! Correction systems: parcels are valued by them, so a change of theirs is one though every benchmark price stays.

use crate::land::Text;
use crate::release::Release;
use crate::say;
use std::collections::{BTreeMap, BTreeSet};
use toml::{Table, Value};

/// What differs, use by use; nothing where a release was imported and has none. Layout and comments do not count.
pub(super) fn differences(old: &Release, new: &Release) -> Vec<Text> {
    let [before, after] = [old, new].map(|release| release.head.corrections.parse::<Table>().unwrap_or_default());
    if before.is_empty() || after.is_empty() || before == after {
        return Vec::new();
    }
    let (one, other) = (by_use(&before), by_use(&after));
    let keys: BTreeSet<&String> = one.keys().chain(other.keys()).collect();
    let mut told: Vec<Text> = keys.into_iter().filter_map(|key| of_use(key, one.get(key), other.get(key))).collect();
    let rest = parts(&general(&before), &general(&after));
    if !rest.is_empty() {
        let list = rest.join(", ");
        told.push(say!("the correction systems differ in {list}", "两期修正体系不同:{list}"));
    }
    told
}

fn by_use(system: &Table) -> BTreeMap<String, Table> {
    let uses = system.get("uses").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_table);
    uses.filter_map(|own| Some((own.get("key")?.as_str()?.to_string(), own.clone()))).collect()
}

fn general(system: &Table) -> Table {
    system.iter().filter(|(key, _)| *key != "uses").map(|(key, value)| (key.clone(), value.clone())).collect()
}

/// The keys whose values differ.
fn parts(one: &Table, other: &Table) -> Vec<String> {
    let keys: BTreeSet<&String> = one.keys().chain(other.keys()).collect();
    keys.into_iter().filter(|key| one.get(*key) != other.get(*key)).cloned().collect()
}

fn of_use(key: &str, one: Option<&Table>, other: Option<&Table>) -> Option<Text> {
    match (one, other) {
        (Some(one), Some(other)) => {
            let list = Some(parts(one, other)).filter(|parts| !parts.is_empty())?.join(", ");
            Some(say!(
                "{key}: the correction systems differ in {list}; prices of parcels change though benchmark prices need not",
                "{key}:两期修正体系的 {list} 不同;即使基准地价不变,宗地地价也会变化"
            ))
        }
        (Some(_), None) => Some(say!("{key}: the new release has no correction system", "{key}:新期没有修正体系")),
        _ => Some(say!("{key}: the old release has no correction system", "{key}:旧期没有修正体系")),
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{bare, use_head, with_defaults};

    #[test]
    fn a_changed_coefficient_is_a_difference_and_a_comment_is_none() {
        let of = |corrections: &str| {
            let mut release = bare("a", vec![use_head("commercial", "商业", 1)]);
            release.head.corrections = corrections.to_string();
            release
        };
        let system = "[[uses]]\nkey = \"commercial\"\ntables = [{ key = \"width\", rows = [[5, 0.92]] }]\n";
        let old = of(system);
        assert!(!with_defaults(&old, &of(&format!("# a comment\n{system}"))).has_differences());
        assert!(!with_defaults(&old, &of("")).has_differences());
        let changed = of(&system.replace("0.92", "0.9"));
        let comparison = with_defaults(&old, &changed);
        assert!(comparison.has_differences());
        let told: Vec<&str> = comparison.notes.iter().map(|note| note.en.as_str()).collect();
        assert!(
            told.iter().any(|note| note.starts_with("commercial: the correction systems differ in tables")),
            "{told:?}"
        );
    }
}
