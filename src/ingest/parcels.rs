//! The parcels that get one grade each: identified and told their use as units are, and the streets they front on.
//!
//! Parcels may lie upon one another: one of two uses is often registered twice.

use super::labelled;
use super::reading::{Reading, kinds, label};
use super::survey::{Layer, ParcelLayers};
use super::units::{id_column, identified, uses};
use crate::land::{Fault, Outcome, Text};
use crate::project::plan::{FrontPlan, ParcelsPlan};
use crate::project::{Project, Source};
use crate::say;
use crate::space::Kind;

/// Reads the parcels, where the project names them.
///
/// # Errors
/// What the reader says; `not-polygons`; `wrong-geometry` where the streets are no lines.
pub(super) fn read(reading: &mut Reading<'_>) -> Outcome<Option<ParcelLayers>> {
    let Some(plan) = &reading.project.zones.parcels else { return Ok(None) };
    let told = reading.findings.len();
    let mut layers = parcels(reading, plan)?;
    if known(reading.project).any(|source| *source == plan.source) {
        reading.findings.drop_repeats(told);
    }
    if let Some(front) = &plan.front {
        let told = reading.findings.len();
        layers.streets = Some(streets(reading, front)?);
        if known(reading.project).any(|source| *source == front.streets) {
            reading.findings.drop_repeats(told);
        }
    }
    Ok(Some(layers))
}

/// The layers whose faults were told before.
fn known(project: &Project) -> impl Iterator<Item = &Source> {
    let factors = project.factors.iter().map(|factor| &factor.source);
    let barriers = project.barriers.iter().map(|barrier| &barrier.source);
    project.units.sources().chain(factors).chain(barriers).chain(project.network.iter().map(|network| &network.source))
}

fn parcels(reading: &mut Reading<'_>, plan: &ParcelsPlan) -> Outcome<ParcelLayers> {
    let name = label(&plan.source);
    let fields: Vec<&str> = std::iter::once(&plan.id).chain(&plan.use_field).map(String::as_str).collect();
    let mut prepared = reading.layer(&plan.source, &fields, Some(0))?;
    if prepared.raw.shapes.kind != Kind::Polygon && !prepared.raw.rows.is_empty() {
        let Text { en, zh } = kinds(prepared.raw.shapes.kind);
        return Err(Fault::new(
            "not-polygons",
            say!("the parcels' layer {name} holds {en}, no polygons", "宗地图层 {name} 中的要素为{zh},不是面"),
            say!("name the layer of parcels", "请指定宗地图层"),
        )
        .at(plan.source.path.display()));
    }
    let uses = uses(reading, plan.use_field.is_some(), &mut prepared, &name);
    let order = identified(reading, &mut prepared, &name);
    Ok(ParcelLayers {
        ids: id_column(&prepared.raw.columns[0].values, &prepared.used).gather(&order),
        uses: plan.use_field.as_ref().map(|_| order.iter().map(|&row| uses[row as usize]).collect()),
        shapes: prepared.raw.shapes.gather(&order),
        name,
        streets: None,
    })
}

fn streets(reading: &mut Reading<'_>, plan: &FrontPlan) -> Outcome<Layer> {
    let layer = labelled::read(reading, &plan.streets, None)?;
    if layer.shapes.kind == Kind::Line || layer.shapes.is_empty() {
        return Ok(layer);
    }
    let (name, Text { en, zh }) = (&layer.name, kinds(layer.shapes.kind));
    Err(Fault::new(
        "wrong-geometry",
        say!("the streets {name} are {en}, not lines", "道路图层 {name} 中的要素为{zh},不是线"),
        say!("give a layer of lines", "请给出线图层"),
    )
    .at(plan.streets.path.display()))
}
