//! The layers that units are made from by laying them over one another.

use super::reading::{Reading, kinds};
use super::survey::Layer;
use super::{labelled, overlaps};
use crate::land::{Fault, Outcome, Text};
use crate::project::plan::{MadeUnits, Way};
use crate::space::{Kind, measure};
use crate::{say, scale};

/// Reads the layers of an overlay; nothing for units made otherwise. Ground that several polygons of a layer claim is found.
///
/// # Errors
/// What the reader says; `wrong-geometry` where a layer is not of polygons.
pub(super) fn read(reading: &mut Reading<'_>, made: &MadeUnits) -> Outcome<Vec<Layer>> {
    let Way::Overlay(plans) = &made.way else { return Ok(Vec::new()) };
    let mut layers = Vec::new();
    for plan in plans {
        let layer = labelled::read(reading, &plan.source, plan.label.as_deref())?;
        if layer.shapes.kind != Kind::Polygon && !layer.shapes.is_empty() {
            let (name, Text { en, zh }) = (&layer.name, kinds(layer.shapes.kind));
            return Err(Fault::new(
                "wrong-geometry",
                say!("{name}, a layer of the overlay, holds {en}", "叠置图层 {name} 中的要素为{zh}"),
                say!("lay layers of polygons over one another", "请使用面图层进行叠置"),
            )
            .at(plan.source.path.display()));
        }
        let areas: Vec<f64> = scale::map(layer.shapes.len(), |area| measure::area(layer.shapes.get(area)));
        let found = overlaps::found(reading.project, &layer.shapes, &areas)?;
        overlaps::tell(reading, &layer.name, &found, &|area| layer.labels.get(area as usize).to_string());
        layers.push(layer);
    }
    Ok(layers)
}
