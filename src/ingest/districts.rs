//! The districts that areas are summed by.

use super::canonical;
use super::overlaps;
use super::reading::{Prepared, Reading, kinds, label, row_name};
use super::survey::Layer;
use crate::land::{Fault, Outcome, Text, Texts};
use crate::space::{Kind, measure};
use crate::{say, scale};

/// Reads the districts, where the project names them; ground that two of them claim is found as overlaps of areas are.
///
/// # Errors
/// What the reader says; `not-polygons`.
pub(super) fn read(reading: &mut Reading<'_>) -> Outcome<Option<Layer>> {
    let Some((source, field)) = &reading.project.zones.districts else { return Ok(None) };
    let name = label(source);
    let Prepared { raw, used } = reading.layer(source, &[field], None)?;
    if raw.shapes.kind != Kind::Polygon {
        let Text { en, zh } = kinds(raw.shapes.kind);
        return Err(Fault::new(
            "not-polygons",
            say!("the districts are {en}, not polygons", "行政区图层为{zh},不是面"),
            say!("give a polygon layer", "请给出面图层"),
        )
        .at(source.path.display()));
    }
    let mut order: Vec<u32> = (0..raw.rows.len() as u32).filter(|&row| used[row as usize]).collect();
    order.sort_by(|&a, &b| canonical::order(&raw.shapes, &raw.columns, a as usize, b as usize));
    let names = raw.columns.first().map(|column| &column.values);
    let called = |&row: &u32| {
        let written = names.map(|names| names.get(row as usize).to_string().trim().to_string());
        written.filter(|name| !name.is_empty()).unwrap_or_else(|| row_name(&raw, row as usize))
    };
    let labels = order.iter().map(called).collect::<Texts>();
    let layer = Layer { name, shapes: raw.shapes.gather(&order), columns: Vec::new(), labels };
    let areas: Vec<f64> = scale::map(layer.shapes.len(), |area| measure::area(layer.shapes.get(area)));
    let found = overlaps::found(reading.project, &layer.shapes, &areas)?;
    overlaps::tell(reading, &layer.name, &found, &|area| layer.labels.get(area as usize).to_string());
    Ok(Some(layer))
}
