//! How a district stands: its worst finding, its points.

use super::{Check, Item, Severity, Status, Supervision};

impl Supervision {
    /// 100 less the points of every finding, 0 at least and where no release can be read. The list counts, not the number.
    pub fn score(&self, district: usize) -> f64 {
        let own = &self.districts[district];
        if own.unread > 0 && own.current().is_none() {
            return 0.0;
        }
        let points = |severity: Severity| match severity {
            Severity::Note => self.rules.score.note,
            Severity::Warning => self.rules.score.warning,
            Severity::Error => self.rules.score.error,
        };
        // What cannot be read is as bad as an error.
        let unread = self.districts[district].unread as f64 * points(Severity::Error);
        let off = unread + self.items[district].iter().filter_map(Item::severity).map(points).sum::<f64>();
        (100.0 - off).max(0.0)
    }

    /// The worst finding of a district, of one check where one is named.
    pub fn worst(&self, district: usize, check: Option<Check>) -> Option<Severity> {
        let own = self.items[district].iter().filter(|item| check.is_none_or(|check| check == item.check));
        let unread = (check.is_none() && self.districts[district].unread > 0).then_some(Severity::Error);
        own.filter_map(Item::severity).chain(unread).max()
    }

    /// Whether a check was made at all in a district.
    pub fn was_checked(&self, district: usize, check: Check) -> bool {
        let own = self.items[district].iter().filter(|item| item.check == check);
        own.into_iter().any(|item| !matches!(item.status, Status::NotChecked(_)))
    }

    /// Findings of a district of a severity; what cannot be read is an error.
    pub fn count(&self, district: usize, severity: Severity) -> usize {
        let unread = if severity == Severity::Error { self.districts[district].unread } else { 0 };
        unread + self.items[district].iter().filter(|item| item.severity() == Some(severity)).count()
    }
}
