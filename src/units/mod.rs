//! Grading units (定级单元) made to tile the graded area: cells of a grid, cells of a quadtree, or the pieces of layers laid over one
//! another. What is too small or too narrow joins a neighbour, and the result is held against the graded area.

mod cells;
mod lines;
mod overlay;
mod quadtree;
mod slivers;
mod tiling;
mod uses;

pub use lines::Lines;
pub use tiling::Tiling;
pub use uses::for_every_use;

use crate::ingest::survey::{Layer, Units};
use crate::land::progress::Watch;
use crate::land::{Fault, Outcome, Texts};
use crate::project::plan::{MadeUnits, Way};
use crate::say;
use crate::score::Model;
use crate::space::{Kind, Shapes, faces, measure};

/// Metres: corners of polygons laid over one another that are nearer than this are one. Rounding sets them apart by a thousandth of it, and
/// a line a kilometre long that moves so far changes no area by 0.001 m².
const SNAP: f64 = 1e-6;

/// What units are made from.
pub struct Ground<'a> {
    /// The polygons of the graded area; several are united before anything else.
    pub area: &'a Shapes,
    /// The layers of an overlay.
    pub overlay: &'a [Layer],
    /// What scores places, for a quadtree.
    pub model: Option<&'a Model>,
    /// The lines a cell of a quadtree is split along: barriers and the edges of centres.
    pub lines: Lines,
}

/// Single-part polygons with names, before slivers join their neighbours.
struct Pieces {
    names: Texts,
    shapes: Shapes,
    /// Metres: places nearer to each other than this are one.
    tolerance: f64,
}

impl Pieces {
    fn new(tolerance: f64) -> Pieces {
        Pieces { names: Texts::default(), shapes: Shapes::new(Kind::Polygon), tolerance }
    }

    /// Adds the parts of what has one name: numbered from south to north, then west to east, then from the largest, where there are several.
    fn add(&mut self, name: &str, parts: &Shapes) {
        let corner = |part: u32| parts.get(part as usize).extent().min;
        let area = |part: u32| measure::area(parts.get(part as usize));
        let mut order: Vec<u32> = (0..parts.len() as u32).collect();
        order.sort_by(|&a, &b| {
            let (p, q) = (corner(a), corner(b));
            p.y.total_cmp(&q.y).then(p.x.total_cmp(&q.x)).then_with(|| area(b).total_cmp(&area(a)))
        });
        for (number, &part) in order.iter().enumerate() {
            let numbered = format!("{name}.{}", number + 1);
            self.names.push(if order.len() > 1 { &numbered } else { name });
            self.shapes.push_shape(parts.get(part as usize));
        }
    }
}

/// Makes the units: of use 0, sorted by identifier, with a report of how they tile the graded area.
///
/// # Errors
/// `no-graded-area` where it holds no ground; `too-many-cells`; `units-not-tiling`; what scoring says; `cancelled`.
pub fn make(plan: &MadeUnits, ground: &Ground<'_>, watch: &dyn Watch) -> Outcome<(Units, Tiling)> {
    if ground.area.is_empty() {
        return Err(Fault::new(
            "no-graded-area",
            say!("the graded area holds no ground", "定级范围为空"),
            say!("name a layer of polygons as graded_area", "请将 graded_area 指向面图层"),
        ));
    }
    let united = if ground.area.len() > 1 { Some(faces::united(ground.area, SNAP)?) } else { None };
    let area = united.as_ref().unwrap_or(ground.area);
    let pieces = match &plan.way {
        Way::Grid { size } => cells::pieces(&cells::covering(area, *size)?)?,
        Way::Quadtree(plan) => cells::pieces(&quadtree::cells(plan, area, ground, watch)?)?,
        Way::Overlay(_) => overlay::pieces(area, ground.overlay)?,
    };
    tiling::tile(&pieces, plan, area)
}

#[cfg(test)]
#[path = "units_tests.rs"]
mod tests;
