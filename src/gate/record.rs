//! What the gate found, as it is sealed with a final release and printed as JSON.

use super::{Found, Waiver};
use serde::Serialize;

#[derive(Serialize)]
struct Record<'a> {
    passed: bool,
    rules_sha256: &'a str,
    /// The rule file, where it is not the one that is shipped.
    #[serde(skip_serializing_if = "Option::is_none")]
    rules_file: Option<&'a str>,
    previous: Option<&'a str>,
    rules: Vec<RuleRecord<'a>>,
    waivers: &'a [Waiver],
    /// Waivers that cover nothing, by their places.
    unused_waivers: &'a [usize],
}

#[derive(Serialize)]
struct RuleRecord<'a> {
    rule: super::Rule,
    severity: super::Severity,
    /// `off`, `not-applicable`, `passed`, `waived`, `breached`.
    state: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    why: Option<Words<'a>>,
    breaches: Vec<BreachRecord<'a>>,
}

#[derive(Serialize)]
struct Words<'a> {
    en: &'a str,
    zh: &'a str,
}

#[derive(Serialize)]
struct BreachRecord<'a> {
    #[serde(rename = "use")]
    land_use: Option<&'a str>,
    grade: Option<u8>,
    en: &'a str,
    zh: &'a str,
    /// The place of the waiver that covers it.
    waived_by: Option<usize>,
}

/// As JSON, the same whatever the day.
pub fn record(found: &Found) -> String {
    let rules = found.rules.iter().map(|judged| RuleRecord {
        rule: judged.rule,
        severity: judged.severity,
        state: judged.word(),
        why: judged.not_applicable.as_ref().map(|text| Words { en: &text.en, zh: &text.zh }),
        breaches: judged
            .breaches
            .iter()
            .map(|breach| BreachRecord {
                land_use: breach.land_use.as_deref(),
                grade: breach.grade,
                en: &breach.what.en,
                zh: &breach.what.zh,
                waived_by: breach.waived,
            })
            .collect(),
    });
    let record = Record {
        passed: found.passes(),
        rules_sha256: &found.rules_digest,
        rules_file: found.rules_text.as_deref(),
        previous: found.previous.as_deref(),
        rules: rules.collect(),
        waivers: &found.waivers,
        unused_waivers: &found.unused,
    };
    serde_json::to_string_pretty(&record).unwrap_or_default() + "\n"
}
