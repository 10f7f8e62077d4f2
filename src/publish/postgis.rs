//! PostGIS: the layers and tables of a release in a schema of a database, as the GeoPackage has them.

use super::samples_table::{sample_places, samples_table};
use super::tables::Tables;
use super::{Options, style};
use crate::formats::Table;
use crate::formats::postgis::{self, Layer, Stored};
use crate::land::{Outcome, Text};
use crate::release::Release;

/// Writes them; `schema` is `landgrade_NAME` where none is named. Hands over its name too.
///
/// # Errors
/// As [`postgis::write`].
pub fn store(
    release: &Release,
    connection: &str,
    schema: Option<&str>,
    options: &Options,
) -> Outcome<(String, Stored)> {
    options.selection.check()?;
    let (tables, lang) = (Tables::of(release, options), options.lang);
    let (places, finding_places) = (sample_places(release), release.findings.places());
    let findings = release.findings.table(lang, Some((&finding_places, &release.head.crs)));
    let samples = samples_table(release, lang, Some(&places));
    let units = tables.units.shapes.map(|_| style::units_style(release, &tables.units, lang));
    let others = [
        (&tables.zones, Some(style::zones_style(release, lang))),
        (&tables.parcels, Some(style::parcels_style(release, lang))),
        (&tables.price_areas, Some(style::price_areas_style(lang))),
        (&tables.price_streets, Some(style::price_streets_style(lang))),
        (&samples, Some(style::samples_style(lang))),
        (&findings, Some(style::findings_style(lang))),
        (&tables.prices, None),
        (&tables.premises, None),
    ];
    let all = std::iter::once((&tables.units, units)).chain(others);
    let filled = |(table, _): &(&Table<'_>, _)| table.rows > 0;
    let layers: Vec<Layer<'_>> = all.filter(filled).map(|(table, style)| Layer { table, style }).collect();
    let schema = schema.map_or_else(|| schema_of(&release.head.name), str::to_string);
    let title = Text::same(format!("{} {}", release.head.title, release.head.name));
    let stored = postgis::write(connection, &schema, &title, &layers, lang)?;
    Ok((schema, stored))
}

/// The schema of a release: small letters, digits and underscores.
fn schema_of(name: &str) -> String {
    let plain = |c: char| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '_' };
    format!("landgrade_{}", name.chars().map(plain).collect::<String>())
}
