//! The barriers influence does not cross, and where it does.

use super::finding::Code;
use super::labelled;
use super::reading::{Reading, kinds};
use super::survey::{BarrierLayers, Layer};
use crate::land::{Fault, Outcome, Text};
use crate::project::plan::BarrierPlan;
use crate::say;
use crate::space::index::BoxIndex;
use crate::space::{Extent, Kind, Point, measure};

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
    if let Some(crossings) = &crossings {
        astray(reading, plan, &walls, crossings);
    }
    Ok(BarrierLayers { walls, crossings })
}

/// Crossings that touch no wall: nothing is crossed there.
fn astray(reading: &mut Reading<'_>, plan: &BarrierPlan, walls: &Layer, crossings: &Layer) {
    let within = plan.crossings.as_ref().map_or(0.0, |crossings| crossings.within);
    let pairs = walls.shapes.iter().flat_map(|shape| shape.rings()).flat_map(|ring| ring.points.windows(2));
    let lines: Vec<[Point; 2]> = pairs.map(|pair| [pair[0], pair[1]]).collect();
    let boxes = BoxIndex::new(lines.iter().map(|ends| Extent::of(ends)));
    let grounds = BoxIndex::of_shapes(&walls.shapes);
    let mut near = Vec::new();
    for (at, shape) in crossings.shapes.iter().enumerate() {
        let points = shape.points();
        boxes.touching(shape.extent().grown(within), &mut near);
        // Of lines the boxes tell; a point is near a line, or inside a polygon.
        let close = |line: &u32| {
            let [from, to] = lines[*line as usize];
            points.len() > 1
                || points.iter().any(|&own| measure::squared_distance_to_segment(own, from, to) <= within * within)
        };
        let mut touches = near.iter().any(close);
        if !touches && walls.shapes.kind == Kind::Polygon {
            grounds.touching(shape.extent(), &mut near);
            touches = near
                .iter()
                .any(|&wall| points.iter().any(|&own| measure::covers(walls.shapes.get(wall as usize), own)));
        }
        if !touches {
            let (key, label) = (&plan.key, crossings.labels.get(at).to_string());
            let detail = say!(
                "the crossing touches nothing of the barrier {key}: nothing is crossed there",
                "通道未触及阻隔 {key},不起作用"
            );
            let place = shape.points().first().copied();
            reading.row(Code::BarrierDoubt, &crossings.name, label, place, detail);
        }
    }
}

fn wrong(plan: &BarrierPlan, layer: &Layer, help: Text) -> Fault {
    let (key, Text { en, zh }) = (&plan.key, kinds(layer.shapes.kind));
    Fault::new("wrong-geometry", say!("barrier {key}: its layer holds {en}", "阻隔 {key}:图层中的要素为{zh}"), help)
        .at(&layer.name)
}
