//! What a package says of itself: one JSON object of texts.

use super::Subject;
use crate::land::{Fault, Outcome};
use crate::say;
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::Path;

/// What the program knows to say.
pub const ITEMS: [&str; 16] = [
    "title",
    "county_code",
    "county_name",
    "year",
    "release",
    "state",
    "base_date",
    "supersedes",
    "content_digest",
    "sealed_on",
    "crs",
    "epsg",
    "classification",
    "right",
    "rules",
    "rules_sha256",
];

/// The items of a package of a release.
pub(super) fn of(subject: &Subject<'_>, content_digest: &str, sealed_on: &str) -> BTreeMap<String, String> {
    let (head, names, rules) = (&subject.release.head, subject.names, subject.rules);
    let stated = |text: fn(&crate::release::Connotation) -> &String| {
        let all = subject.release.uses.iter().filter_map(|own| own.connotation.as_ref()).map(text);
        let mut all: Vec<&str> = all.map(String::as_str).filter(|text| !text.is_empty()).collect();
        all.sort_unstable();
        all.dedup();
        all.join(";")
    };
    let known = [
        ("title", head.title.clone()),
        ("county_code", names.code.clone()),
        ("county_name", names.name.clone()),
        ("year", names.year.clone()),
        ("release", head.name.clone()),
        ("state", head.state().title().zh),
        ("base_date", head.base_date.clone().unwrap_or_default()),
        ("supersedes", head.supersedes.clone().unwrap_or_default()),
        ("content_digest", content_digest.to_string()),
        ("sealed_on", sealed_on.to_string()),
        ("crs", head.crs.name.clone()),
        ("epsg", head.crs.epsg.map(|code| code.to_string()).unwrap_or_default()),
        ("classification", stated(|own| &own.classification)),
        ("right", stated(|own| &own.right)),
        ("rules", rules.title.clone()),
        ("rules_sha256", rules.digest.clone()),
    ];
    let known = known.into_iter().map(|(key, value)| (key.to_string(), value));
    let given = rules.metadata.given.iter().map(|(key, value)| (key.clone(), value.clone()));
    known.chain(given).filter(|(_, value)| !value.is_empty()).collect()
}

/// As JSON.
pub(super) fn text(items: &BTreeMap<String, String>) -> String {
    serde_json::to_string_pretty(items).unwrap_or_default() + "\n"
}

/// Reads the items back.
///
/// # Errors
/// `io`; `bad-metadata` where it is no object of texts.
pub(super) fn read(path: &Path) -> Outcome<BTreeMap<String, String>> {
    let text = std::fs::read_to_string(path)
        .map_err(|error| Fault::io(say!("cannot read the metadata", "无法读取元数据"), path, &error))?;
    let read: Result<BTreeMap<String, Value>, _> = serde_json::from_str(text.trim_start_matches('\u{feff}'));
    let shown = |value: Value| match value {
        Value::String(text) => text,
        Value::Null => String::new(),
        other => other.to_string(),
    };
    read.map(|items| items.into_iter().map(|(key, value)| (key, shown(value))).collect()).map_err(|error| {
        let (line, column) = (error.line(), error.column());
        Fault::new(
            "bad-metadata",
            say!(
                "the metadata are no JSON from line {line}, column {column} on",
                "元数据自第 {line} 行第 {column} 列起不是有效的 JSON"
            ),
            say!("they are one JSON object", "元数据应为一个 JSON 对象"),
        )
        .at(path.display())
    })
}
