//! GeoJSON: the units, the zones, the parcels, areas and streets with prices, one feature each.

use super::Options;
use super::tables::Tables;
use crate::formats::geojson::Coordinates;
use crate::formats::{Written, geojson};
use crate::land::{Outcome, Text};
use crate::say;
use std::path::Path;

/// Writes `<layer>.geojson`, and a file for each other drawn layer there is.
pub(super) fn publish(tables: &Tables<'_>, folder: &Path, options: &Options) -> Outcome<Vec<Written>> {
    let how = geojson::Options { crs: options.coordinates };
    let layers = std::iter::once(&tables.units).chain(tables.drawn());
    layers.map(|layer| geojson::write(layer, &folder.join(format!("{}.geojson", layer.name)), &how)).collect()
}

/// Why degrees cannot be had of the units' places; `None` where they can, and where they are not asked for.
pub(super) fn unwritable(tables: &Tables<'_>, options: &Options) -> Outcome<Option<Text>> {
    let Some(crs) = tables.units.crs.filter(|_| options.coordinates == Coordinates::LonLat) else { return Ok(None) };
    match geojson::degrees_of(crs) {
        Ok(_) => Ok(None),
        Err(fault) if fault.code == "datum-needs-parameters" => {
            let (Text { en, zh }, Text { en: help, zh: help_zh }) = (fault.what, fault.help);
            Ok(Some(say!("{en}; {help}", "{zh};{help_zh}")))
        }
        Err(fault) => Err(fault),
    }
}
