//! FlatGeobuf: the units and each other drawn layer, and the samples, a file each.

use super::Options;
use super::samples_table::{sample_places, samples_table};
use super::tables::Tables;
use crate::formats::{Written, flatgeobuf};
use crate::land::Outcome;
use std::path::Path;

/// Writes `<layer>.fgb` and the like.
pub(super) fn publish(tables: &Tables<'_>, folder: &Path, options: &Options) -> Outcome<Vec<Written>> {
    let places = sample_places(tables.release);
    let samples = samples_table(tables.release, options.lang, Some(&places));
    tables.each(&samples).map(|layer| flatgeobuf::write(layer, &folder.join(format!("{}.fgb", layer.name)))).collect()
}
