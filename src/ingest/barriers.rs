//! The barriers influence does not cross, and where it does.

use super::labelled;
use super::reading::{Reading, kinds};
use super::survey::{BarrierLayers, Layer};
use crate::land::{Fault, Outcome, Text};
use crate::project::plan::BarrierPlan;
use crate::say;
use crate::space::Kind;

/// Reads a barrier and its crossings.
///
/// # Errors
/// What the reader says; `wrong-geometry` where a barrier is of points or crossings are polygons.
pub(super) fn read(reading: &mut Reading<'_>, plan: &BarrierPlan) -> Outcome<BarrierLayers> {
    let walls = labelled::read(reading, &plan.source, None)?;
    if walls.shapes.kind == Kind::Point && !walls.shapes.is_empty() {
        let help = say!("give the lines or polygons nothing passes", "请给出不可穿越的线或面");
        return Err(wrong(plan, &walls, help));
    }
    let crossings = match &plan.crossings {
        None => None,
        Some(crossings) => Some(labelled::read(reading, &crossings.source, crossings.label.as_deref())?),
    };
    if let Some(crossings) = crossings.as_ref().filter(|crossings| crossings.shapes.kind == Kind::Polygon) {
        let help = say!("give points near the barrier, or lines across it", "请给出阻隔附近的点,或跨越它的线");
        return Err(wrong(plan, crossings, help));
    }
    Ok(BarrierLayers { walls, crossings })
}

fn wrong(plan: &BarrierPlan, layer: &Layer, help: Text) -> Fault {
    let (key, Text { en, zh }) = (&plan.key, kinds(layer.shapes.kind));
    Fault::new("wrong-geometry", say!("barrier {key}: its layer holds {en}", "阻隔 {key}:图层中的要素为{zh}"), help)
        .at(&layer.name)
}
