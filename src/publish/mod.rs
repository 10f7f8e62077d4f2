//! From a release to published files: the units as layers with styles, the price list and its evidence as tables, through `formats`.
//!
//! A format is one file here and one row of the table `publisher.rs`. What a format cannot hold is told in `losses.csv` beside the files.

mod announced_areas;
mod announced_prices;
mod announced_usage;
mod announcement;
mod areas_table;
mod corrections_table;
mod csv;
mod firm_table;
mod flatgeobuf;
mod geojson;
mod geoparquet;
mod gpkg;
mod grades_table;
mod kept_titles;
mod laid_out;
mod limits_table;
mod losses;
mod notes;
mod parcels_table;
mod places_table;
mod pmtiles;
mod postgis;
mod premises_table;
mod price_table;
mod publisher;
mod said;
mod samples_table;
mod selection;
mod shp;
mod stacked;
mod style;
mod tables;
mod units;
mod weights_table;
mod xlsx;
mod zones_table;

#[cfg(test)]
pub(crate) mod fixture;

pub use areas_table::{areas_table, changes_table};
pub use corrections_table::corrections_table;
pub use firm_table::{firm_style, firm_table};
pub use grades_table::grades_table;
pub use kept_titles::title as kept_title;
pub use laid_out::coefficients_laid_out;
pub use limits_table::limits_table;
pub use notes::areas_rounded as rounding_of_areas;
pub use notes::notes_table;
pub use parcels_table::{parcels_table, split_parcels_table};
pub use places_table::{price_areas_table, price_streets_table};
pub use postgis::store as store_in_postgis;
pub use premises_table::premises_table;
pub use price_table::price_table;
pub use publisher::Format;
pub use samples_table::{rejected_table, sample_places, samples_table};
pub use selection::{Selection, UnitColumn};
pub use style::{parcels_style, samples_style, units_style, zones_style};
pub use units::{Units, units_table};
pub use weights_table::weights_table;
pub use zones_table::zones_table;

use crate::formats::geojson::Coordinates;
use crate::formats::shapefile::TextEncoding;
use crate::formats::{Together, Written};
use crate::land::{Lang, Outcome, Text};
use crate::release::Release;
use crate::release::life::Life;
use crate::say;
use std::path::Path;
use tables::Tables;

/// How a release is published.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The language of titles, labels and notes inside the files.
    pub lang: Lang,
    /// The encoding of shapefiles' texts.
    pub encoding: TextEncoding,
    /// Whether CSV files begin without a byte order mark, as programs like them; spreadsheets want one.
    pub plain_csv: bool,
    /// The coordinates of GeoJSON files.
    pub coordinates: Coordinates,
    pub selection: Selection,
    pub issued: Issued,
}

/// Who publishes a release under which number, and what became of it so far: what an announcement says.
#[derive(Clone, Debug, Default)]
pub struct Issued {
    pub office: String,
    pub document: String,
    pub life: Option<Life>,
}

/// What was published.
#[derive(Clone, Debug, Default)]
pub struct Published {
    /// Every file, the list of losses last; a shapefile stands for the files of its set.
    pub files: Vec<Written>,
    /// What holds for all of them, one sentence each: what the release has none of, fields that bear another name, formats not written.
    pub remarks: Vec<Text>,
}

/// What will be published: every file is written, none is in its place yet. Dropped, it leaves nothing.
pub struct Prepared {
    together: Together,
    published: Published,
}

impl Prepared {
    /// Puts the files in their places.
    ///
    /// # Errors
    /// `io` where one cannot be put there.
    pub fn commit(mut self) -> Outcome<Published> {
        self.together.commit(&mut self.published.files)?;
        Ok(self.published)
    }
}

/// Publishes a release into `folder` in each of the formats, in the order of [`Format::ALL`], with the list of what each file lost. Earlier
/// files of the same names are replaced, others stay.
///
/// # Errors
/// `bad-layer-name`, `sealed-folder`, `file-in-the-way`, and what the writers of [`crate::formats`] say; nothing is published then.
pub fn publish(release: &Release, folder: &Path, formats: &[Format], options: &Options) -> Outcome<Published> {
    prepare(release, folder, formats, options)?.commit()
}

/// Adds to the list of losses in a folder what is told of further files in it, such as maps.
///
/// # Errors
/// `io` where the list cannot be written.
pub fn list_losses(files: &[Written], folder: &Path, lang: Lang) -> Outcome<Written> {
    let inside = files.iter().filter(|file| file.path.parent() == Some(folder));
    losses::write(&Published { files: inside.cloned().collect(), remarks: Vec::new() }, folder, folder, lang)
}

/// As [`publish`], up to the moment where the files are put in their places.
///
/// # Errors
/// As [`publish`].
pub fn prepare(release: &Release, folder: &Path, formats: &[Format], options: &Options) -> Outcome<Prepared> {
    options.selection.check()?;
    let together = Together::new(folder)?;
    let published =
        write(release, together.path(), folder, formats, options).map_err(|fault| together.placed(fault))?;
    together.ready()?;
    Ok(Prepared { together, published })
}

fn write(
    release: &Release,
    folder: &Path,
    standing: &Path,
    formats: &[Format],
    options: &Options,
) -> Outcome<Published> {
    let tables = Tables::of(release, options);
    let mut published = Published { files: Vec::new(), remarks: tables.remarks.clone() };
    let mut styled = Vec::new();
    for format in Format::ALL.into_iter().filter(|format| formats.contains(format)) {
        if let Some(Text { en, zh }) = format.unwritable(&tables, options)? {
            let name = format.name();
            published.remarks.push(say!("{name} is not written: {en}", "未写出 {name}:{zh}"));
            continue;
        }
        published.files.extend(format.publish(&tables, folder, options)?);
        styled.extend(format.styled());
    }
    let list = losses::write(&published, folder, standing, options.lang)?;
    published.files.extend(style::write_beside(&tables, &styled, folder, options.lang)?);
    published.files.push(list);
    Ok(published)
}

#[cfg(test)]
#[path = "publish_tests.rs"]
mod tests;

#[cfg(test)]
mod publish_edge_tests;
