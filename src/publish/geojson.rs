//! GeoJSON: the units, one feature each.

use super::Options;
use super::tables::Tables;
use crate::formats::{Written, geojson};
use crate::land::Outcome;
use std::path::Path;

/// Writes `<layer>.geojson`.
pub(super) fn publish(tables: &Tables<'_>, folder: &Path, options: &Options) -> Outcome<Vec<Written>> {
    let target = folder.join(format!("{}.geojson", tables.units.name));
    Ok(vec![geojson::write(&tables.units, &target, &geojson::Options { crs: options.coordinates })?])
}
