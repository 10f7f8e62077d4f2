//! ESRI Shapefile: the units, the zones, the parcels, areas and streets with prices, and the samples, each with the dictionary of its fields.

use super::Options;
use super::samples_table::{sample_places, samples_table};
use super::tables::Tables;
use crate::formats::{Written, shapefile};
use crate::land::Outcome;
use std::path::Path;

/// Writes `<layer>.shp`, `samples.shp` and a file for each other drawn layer there is.
pub(super) fn publish(tables: &Tables<'_>, folder: &Path, options: &Options) -> Outcome<Vec<Written>> {
    let how = shapefile::Options { encoding: options.encoding };
    let places = sample_places(tables.release);
    let samples = samples_table(tables.release, options.lang, Some(&places));
    let write = |layer| shapefile::write(layer, &folder.join(format!("{}.shp", layer.name)), &how);
    tables.each(&samples).map(write).collect()
}
