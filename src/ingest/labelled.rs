//! A layer of which only places and names are wanted.

use super::canonical;
use super::reading::{Prepared, Reading, label, place_name};
use super::survey::Layer;
use crate::land::{Outcome, Texts};
use crate::project::plan::Source;

/// Reads a layer in canonical order; a feature without a name is called by its place.
///
/// # Errors
/// What the reader says.
pub(super) fn read(reading: &mut Reading<'_>, source: &Source, named: Option<&str>) -> Outcome<Layer> {
    let name = label(source);
    let wanted: Vec<&str> = named.into_iter().collect();
    let Prepared { raw, used } = reading.layer(source, &wanted, None)?;
    let mut order: Vec<u32> = (0..raw.rows.len() as u32).filter(|&row| used[row as usize]).collect();
    order.sort_by(|&a, &b| canonical::order(&raw.shapes, &raw.columns, a as usize, b as usize));
    let names = raw.columns.first().map(|column| &column.values);
    let called = |&row: &u32| {
        let written = names.map(|names| names.get(row as usize).to_string().trim().to_string());
        written.filter(|name| !name.is_empty()).unwrap_or_else(|| place_name(&raw, row as usize))
    };
    let labels = order.iter().map(called).collect::<Texts>();
    Ok(Layer { name, shapes: raw.shapes.gather(&order), columns: Vec::new(), labels })
}
