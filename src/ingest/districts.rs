//! The districts that areas are summed by.

use super::reading::{Reading, kinds};
use super::survey::Layer;
use super::{labelled, overlaps};
use crate::land::{Fault, Outcome, Text};
use crate::space::{Kind, measure};
use crate::{say, scale};

/// Reads the districts, where the project names them; ground that two of them claim is found as overlaps of areas are.
///
/// # Errors
/// What the reader says; `not-polygons`.
pub(super) fn read(reading: &mut Reading<'_>) -> Outcome<Option<Layer>> {
    let Some((source, field)) = &reading.project.zones.districts else { return Ok(None) };
    let layer = labelled::read(reading, source, Some(field))?;
    if layer.shapes.kind != Kind::Polygon {
        let Text { en, zh } = kinds(layer.shapes.kind);
        return Err(Fault::new(
            "not-polygons",
            say!("the districts are {en}, not polygons", "行政区图层为{zh},不是面"),
            say!("give a polygon layer", "请给出面图层"),
        )
        .at(source.path.display()));
    }
    let areas: Vec<f64> = scale::map(layer.shapes.len(), |area| measure::area(layer.shapes.get(area)));
    let found = overlaps::found(reading.project, &layer.shapes, &areas)?;
    overlaps::tell(reading, &layer.name, &found, &|area| layer.labels.get(area as usize).to_string());
    Ok(Some(layer))
}
