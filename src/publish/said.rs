//! What a release's project file says in people's words, and no table of the release holds: the reasons of given limits, the rounding step.

use crate::release::Release;
use toml::{Table, Value};

/// The project file of a release, as far as it is quoted in published tables; empty for imported releases.
pub(super) struct Said(Table);

impl Said {
    pub fn of(release: &Release) -> Said {
        Said(release.head.project.parse().unwrap_or_default())
    }

    /// Why a use's limits are what they are, where its breaks state a reason.
    pub fn reason_of_use(&self, key: &str) -> Option<&str> {
        reason(self.0.get("uses")?, key)
    }

    /// As [`Said::reason_of_use`], of an alternative grading.
    pub fn reason_of_alternative(&self, key: &str) -> Option<&str> {
        reason(self.0.get("grading")?.get("alternatives")?, key)
    }

    /// Prices are multiples of this many 元/㎡, 0 where they are published as computed; `None` where the release prices nothing.
    pub fn rounding(&self) -> Option<f64> {
        let written = match self.0.get("prices")?.get("rounding") {
            None => return Some(1.0),
            Some(written) => written,
        };
        written.as_float().or_else(|| written.as_integer().map(|step| step as f64))
    }
}

fn reason<'a>(entries: &'a Value, key: &str) -> Option<&'a str> {
    let named = |entry: &&Value| entry.get("key").and_then(Value::as_str) == Some(key);
    entries.as_array()?.iter().find(named)?.get("breaks")?.get("reason")?.as_str()
}
