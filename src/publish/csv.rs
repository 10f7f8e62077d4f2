//! CSV: every table as a file that spreadsheets open, with titles and units in the header and numbers in full.

use super::Options;
use super::tables::Tables;
use crate::formats::Written;
use crate::formats::csv::{self, Header};
use crate::land::Outcome;
use std::path::Path;

/// Writes each table that has rows, as `prices.csv` and the like, and `<layer>.csv`.
pub(super) fn publish(tables: &Tables<'_>, folder: &Path, options: &Options) -> Outcome<Vec<Written>> {
    // Titles, and so guarded texts: these files are opened in spreadsheets. Programs take the release or the GeoPackage.
    let how = csv::Options { bom: !options.plain_csv, header: Header::Titles(options.lang), rounded: false };
    let units = Some(&tables.units).filter(|units| units.rows > 0);
    tables
        .evidence()
        .chain(units)
        .map(|table| csv::write(table, &folder.join(format!("{}.csv", table.name)), &how))
        .collect()
}
