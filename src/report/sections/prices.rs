//! The prices: what they mean, and the tables of grades, areas and streets.

use super::{Report, Subject};
use crate::land::Lang;
use crate::publish;
use crate::review::uncorrected::uncorrected;
use crate::say;

/// Nothing where nothing was priced.
pub(super) fn write(report: &mut Report, subject: &Subject<'_>, lang: Lang) {
    let release = subject.release;
    let places = &release.map.places;
    if release.cells.is_empty() && places.areas.rows.is_empty() && places.streets.rows.is_empty() {
        return;
    }
    report.heading(1, &say!("Prices", "基准地价"), lang);
    let meant = publish::premises_table(release, lang);
    if meant.rows > 0 {
        report.table(&meant, &["use"], usize::MAX, lang);
    }
    if !release.cells.is_empty() {
        report.table(&publish::price_table(release, lang), &["use"], usize::MAX, lang);
    }
    let untold = uncorrected(release);
    report.list(untold.iter().map(|text| text.in_lang(lang).to_string()).collect());
    let tables = [
        (!places.areas.rows.is_empty()).then(|| publish::price_areas_table(release, lang)),
        (!places.streets.rows.is_empty()).then(|| publish::price_streets_table(release, lang)),
    ];
    for table in tables.iter().flatten() {
        report.table(table, &["use"], usize::MAX, lang);
    }
}
