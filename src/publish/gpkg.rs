//! GeoPackage: the units coloured by grade, samples and findings as points, and the price table, in one file.

use super::samples_table::{sample_places, samples_table};
use super::tables::Tables;
use super::{Options, style};
use crate::formats::Written;
use crate::formats::gpkg::{self, Layer};
use crate::land::Outcome;
use std::path::Path;

/// Writes `<layer>.gpkg`; units without geometry become a plain table, and layers without rows are left out.
pub(super) fn publish(tables: &Tables<'_>, folder: &Path, options: &Options) -> Outcome<Vec<Written>> {
    let (release, lang) = (tables.release, options.lang);
    let (sample_places, finding_places) = (sample_places(release), release.findings.places());
    let samples = samples_table(release, lang, Some(&sample_places));
    let findings = release.findings.table(lang, Some((&finding_places, &release.head.crs)));
    let look = style::units_style(release, &tables.units, lang);
    let (of_samples, of_findings) = (style::samples_style(lang), style::findings_style(lang));
    let (zones_look, parcels_look) = (style::zones_style(release, lang), style::parcels_style(release, lang));
    let (areas_look, streets_look) = (style::price_areas_style(lang), style::price_streets_style(lang));
    let mut layers = vec![Layer { table: &tables.units, style: tables.units.shapes.map(|_| &look) }];
    let others = [
        (&tables.zones, Some(&zones_look)),
        (&tables.parcels, Some(&parcels_look)),
        (&tables.price_areas, Some(&areas_look)),
        (&tables.price_streets, Some(&streets_look)),
        (&samples, Some(&of_samples)),
        (&findings, Some(&of_findings)),
        (&tables.prices, None),
        (&tables.premises, None),
    ];
    layers.extend(others.into_iter().filter(|(table, _)| table.rows > 0).map(|(table, style)| Layer { table, style }));
    let target = folder.join(format!("{}.gpkg", tables.units.name));
    Ok(vec![gpkg::write(&target, &layers)?])
}
