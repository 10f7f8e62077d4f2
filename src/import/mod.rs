//! A release out of a foreign layer or table: what another program graded and priced, brought into our form so that it can be compared.
//!
//! A [`Mapping`] says which field means what. Nothing is guessed: a system, a use or a unit that nobody tells is asked for.

mod cells;
mod check;
#[cfg(test)]
mod fixture;
mod kind;
pub mod mapping;
mod notes;
mod numbers;
mod place;
mod prices;
mod printed;
mod source;
mod units;
mod uses;

pub use mapping::Mapping;

use crate::land::{Outcome, release_name};
use crate::release::GradeMap;
use crate::release::content::{Head, Origin, Release, UnitRows};
use notes::Notes;
use std::path::Path;

/// Makes a release named `name` out of the source the mapping names; relative paths start from `folder`.
///
/// Units come sorted by identifier, uses by key. Polygons are measured in m² in the release's system. A price table gives a release with
/// cells and no units.
///
/// # Errors
/// `mapping-sense`, `missing-file`, `no-rows`, `missing-crs`, `not-degrees`, `not-metres`, `zone-prefix`, `crs-not-metric`,
/// `datum-needs-parameters`, `line-layer`, `unknown-unit`, `unit-conflict`, `kind-conflict`, `no-grade-name`, `too-many-uses`, those of the readers, `release-name`, and
/// `denied` for what the policies do not let pass.
pub fn import(mapping: &Mapping, folder: &Path, name: &str) -> Outcome<Release> {
    check::check(mapping)?;
    release_name::check(name)?;
    let mut notes = Notes::new(mapping.policies()?);
    let mut rows = source::open(mapping, folder, &mut notes)?;
    let mapping = &*kind::completed(mapping, &rows.above, &mut notes)?;
    let base_date = uses::base_date(&rows, mapping, &mut notes);
    let (crs, uses, units, cells) = if mapping.rows_are_prices() {
        let (records, last_places) = prices::read(&rows, mapping, &mut notes)?;
        let (keys, places) = uses::sorted(&records)?;
        let heads = uses::heads(&keys, &places, (&records, &last_places), &rows, mapping, &mut notes);
        let label = |row: usize| rows.numbers[row].to_string();
        printed::check((&rows, mapping), (&heads, &places, &records), &label, &mut notes);
        let cells = cells::of_table(&heads, &places, &records, &rows, &mut notes);
        (place::nowhere(mapping)?, heads, UnitRows::none(), cells)
    } else {
        let units::Read { mut units, records, last_places, crs } = units::read(&mut rows, mapping, &mut notes)?;
        let (keys, places) = uses::sorted(&records)?;
        let heads = uses::heads(&keys, &places, (&records, &last_places), &rows, mapping, &mut notes);
        let label = |row: usize| units::label(&rows, mapping, row);
        printed::check((&rows, mapping), (&heads, &places, &records), &label, &mut notes);
        units.uses = places;
        units::tell_of_overlaps(&units, &mut notes)?;
        let cells = cells::of_units(&heads, &units, &mut notes);
        (crs, heads, units, cells)
    };
    let head = Head {
        name: name.to_string(),
        title: mapping.title.clone().unwrap_or_else(|| name.to_string()),
        crs,
        base_date,
        supersedes: None,
        origin: Origin::Imported,
        project: String::new(),
        factors: Vec::new(),
        groups: Vec::new(),
        inputs: source::inputs(mapping, folder),
        tiling: None,
        corrections: String::new(),
        index: String::new(),
        mapping: mapping.text(),
        gate: String::new(),
    };
    Ok(Release {
        head,
        uses,
        units,
        cells,
        samples: Vec::new(),
        rejected: Vec::new(),
        findings: notes.finish()?,
        layers: Vec::new(),
        barriers: Vec::new(),
        network: None,
        map: GradeMap::default(),
    })
}

#[cfg(test)]
#[path = "import_tests.rs"]
mod tests;

#[cfg(test)]
mod published_tests;
#[cfg(test)]
mod table_tests;
