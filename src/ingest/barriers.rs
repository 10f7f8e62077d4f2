//! The barriers influence does not cross, and where it does.

use super::canonical;
use super::reading::{Prepared, Reading, kinds, label, row_name};
use super::survey::{BarrierLayers, Layer};
use crate::land::{Fault, Outcome, Text, Texts};
use crate::project::plan::{BarrierPlan, Source};
use crate::say;
use crate::space::Kind;

/// Reads a barrier and its crossings.
///
/// # Errors
/// What the reader says; `wrong-geometry` where a barrier is of points or crossings are polygons.
pub(super) fn read(reading: &mut Reading<'_>, plan: &BarrierPlan) -> Outcome<BarrierLayers> {
    let walls = layer(reading, &plan.source, None)?;
    if walls.shapes.kind == Kind::Point && !walls.shapes.is_empty() {
        let help = say!("give the lines or polygons nothing passes", "请给出不可穿越的线或面");
        return Err(wrong(plan, &walls, help));
    }
    let crossings = match &plan.crossings {
        None => None,
        Some(crossings) => Some(layer(reading, &crossings.source, crossings.label.as_deref())?),
    };
    if let Some(crossings) = crossings.as_ref().filter(|crossings| crossings.shapes.kind == Kind::Polygon) {
        let help = say!("give points near the barrier, or lines across it", "请给出阻隔附近的点,或跨越它的线");
        return Err(wrong(plan, crossings, help));
    }
    Ok(BarrierLayers { walls, crossings })
}

fn layer(reading: &mut Reading<'_>, source: &Source, named: Option<&str>) -> Outcome<Layer> {
    let name = label(source);
    let wanted: Vec<&str> = named.into_iter().collect();
    let Prepared { raw, used } = reading.layer(source, &wanted, None)?;
    let mut order: Vec<u32> = (0..raw.rows.len() as u32).filter(|&row| used[row as usize]).collect();
    order.sort_by(|&a, &b| canonical::order(&raw.shapes, &raw.columns, a as usize, b as usize));
    let names = raw.columns.first().map(|column| &column.values);
    let called = |&row: &u32| {
        let written = names.map(|names| names.get(row as usize).to_string().trim().to_string());
        written.filter(|name| !name.is_empty()).unwrap_or_else(|| row_name(&raw, row as usize))
    };
    let labels = order.iter().map(called).collect::<Texts>();
    Ok(Layer { name, shapes: raw.shapes.gather(&order), columns: Vec::new(), labels })
}

fn wrong(plan: &BarrierPlan, layer: &Layer, help: Text) -> Fault {
    let (key, Text { en, zh }) = (&plan.key, kinds(layer.shapes.kind));
    Fault::new("wrong-geometry", say!("barrier {key}: its layer holds {en}", "阻隔 {key}:图层中的要素为{zh}"), help)
        .at(&layer.name)
}
