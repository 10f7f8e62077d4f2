//! 动态网格法: a cell is split into quarters while its ground is uneven.
//!
//! A cell is looked at on a grid of samples no wider apart than its smallest descendants, at most eight to a side. It is split where the
//! total of a use or the score of a main factor differs by more than the spread between its edges, as a slope through them has it, or a
//! barrier or the edge of a centre runs through it.

use super::cells::{Cell, Tile, covering};
use super::{Ground, Lines};
use crate::ingest::survey::Units;
use crate::land::progress::{Unwatched, Watch};
use crate::land::{Fault, Outcome};
use crate::project::plan::QuadtreePlan;
use crate::score::kernel::scores;
use crate::score::{Model, table};
use crate::space::{Kind, Shapes, hilbert, measure};
use crate::{say, scale};

/// Largest cells divided at a time: what is sampled of them stays in memory until they are.
const BLOCK: usize = 256;

/// What samples of a cell came to.
#[derive(Default)]
struct Sampled {
    cells: Vec<Cell>,
    /// For each the scores of the main factors and the totals of the uses; NaN where unknown.
    values: Vec<f64>,
}

/// What cells are judged by.
struct Judge<'a> {
    plan: &'a QuadtreePlan,
    model: &'a Model,
    lines: &'a Lines,
    main: Vec<usize>,
}

/// The cells that are even, or as small as they may be.
///
/// # Errors
/// As [`covering`]; what scoring says.
pub(super) fn cells(plan: &QuadtreePlan, area: &Shapes, ground: &Ground<'_>, watch: &dyn Watch) -> Outcome<Vec<Tile>> {
    let model = ground.model.ok_or_else(|| {
        Fault::new(
            "no-model",
            say!("cells are split by scores, and nothing scores them", "动态网格需要评分模型"),
            say!("list the project's factors", "请列出项目的因素"),
        )
    })?;
    let main = plan.main.clone().unwrap_or_else(|| heaviest(model));
    let judge = Judge { plan, model, lines: &ground.lines, main };
    let largest = covering(area, plan.largest)?;
    watch.begin(&say!("dividing into units", "划分定级单元"), largest.len() as u64);
    let (mut tiles, mut even) = (largest.into_iter(), Vec::new());
    loop {
        let block: Vec<Tile> = tiles.by_ref().take(BLOCK).collect();
        if block.is_empty() {
            return Ok(even);
        }
        let count = block.len() as u64;
        judge.divide(block, &mut even)?;
        watch.advance(count);
    }
}

impl Judge<'_> {
    /// Splits cells of one size until they are even or as small as they may be.
    fn divide(&self, tiles: Vec<Tile>, even: &mut Vec<Tile>) -> Outcome<()> {
        let mut open: Vec<(Tile, Sampled)> = tiles.into_iter().map(|tile| (tile, Sampled::default())).collect();
        let mut known = None;
        while let Some(size) =
            open.first().map(|(tile, _)| tile.cell.size).filter(|size| size / 2.0 >= self.plan.smallest)
        {
            let side = self.side(size);
            if known != Some(side) {
                self.look(&mut open, side)?;
            }
            known = Some(side);
            let splits = scale::chunks_with(open.len(), 64, Vec::new, |near, chunk| {
                chunk.map(|at| self.splits(&open[at].0, &open[at].1, near)).collect::<Vec<bool>>()
            })
            .concat();
            let kept = self.side(size / 2.0) == side;
            let mut next = Vec::new();
            for ((tile, sampled), split) in open.into_iter().zip(splits) {
                if split {
                    next.extend(tile.quarters().map(|quarter| {
                        let own = if kept { sampled.inside(quarter.cell) } else { Sampled::default() };
                        (quarter, own)
                    }));
                } else {
                    even.push(tile);
                }
            }
            open = next;
        }
        even.extend(open.into_iter().map(|(tile, _)| tile));
        Ok(())
    }

    /// The side of the samples of a cell: no wider than the smallest cells, and at most eight along a side.
    fn side(&self, size: f64) -> f64 {
        let sides = [2.0, 4.0, 8.0].map(|times| size / times);
        sides.into_iter().find(|side| *side <= self.plan.smallest).unwrap_or(sides[2])
    }

    /// Samples every cell anew.
    fn look(&self, tiles: &mut [(Tile, Sampled)], side: f64) -> Outcome<()> {
        let times = (tiles[0].0.cell.size / side).log2() as u32;
        let sampled = scale::chunks(tiles.len(), 16, |chunk| {
            let (mut shapes, mut cells) = (Shapes::new(Kind::Polygon), Vec::new());
            for (tile, _) in &tiles[chunk] {
                let mut samples = Vec::new();
                tile.quarters().for_each(|quarter| quarter.descend(times - 1, &mut samples));
                samples.iter().for_each(|sample| sample.push(&mut shapes));
                cells.push(samples.iter().map(|sample| sample.cell).collect::<Vec<Cell>>());
            }
            (shapes, cells)
        });
        let (mut shapes, mut cells) = (Shapes::new(Kind::Polygon), Vec::new());
        for (some, of_tiles) in sampled {
            some.iter().for_each(|shape| shapes.push_shape(shape));
            cells.extend(of_tiles);
        }
        let scores = scores(self.model, &places(shapes), &Unwatched)?;
        let mut rows = scores.chunks_exact(self.model.fields.len());
        for ((_, sampled), cells) in tiles.iter_mut().zip(cells) {
            sampled.values.clear();
            for row in rows.by_ref().take(cells.len()) {
                sampled.values.extend(self.main.iter().map(|&factor| row[factor]));
                sampled.values.extend(self.model.weights.iter().map(|weights| table::total(weights, row)));
            }
            sampled.cells = cells;
        }
        Ok(())
    }

    fn splits(&self, tile: &Tile, sampled: &Sampled, near: &mut Vec<u32>) -> bool {
        let width = self.main.len() + self.model.weights.len();
        let column = |at: usize| sampled.values.iter().skip(at).step_by(width).copied();
        // Samples stand in the middle of their squares, half a square short of the edges: an even slope differs by n/(n − 1) of what they do.
        let along = (sampled.cells.len() as f64).sqrt();
        let reach = if along > 1.0 { along / (along - 1.0) } else { 1.0 };
        (0..width).any(|at| spread(column(at)) * reach > self.plan.spread) || self.lines.cross(tile.cell.extent(), near)
    }
}

impl Sampled {
    /// Those in a cell.
    fn inside(&self, cell: Cell) -> Sampled {
        let mut own = Sampled::default();
        let width = self.values.len() / self.cells.len().max(1);
        for (at, sample) in self.cells.iter().enumerate().filter(|(_, sample)| cell.holds(**sample)) {
            own.cells.push(*sample);
            own.values.extend_from_slice(&self.values[at * width..(at + 1) * width]);
        }
        own
    }
}

/// The two heaviest factors of each use, the first in the project's order of equals.
fn heaviest(model: &Model) -> Vec<usize> {
    let mut main = Vec::new();
    for weights in &model.weights {
        let mut order: Vec<usize> = (0..weights.len()).filter(|&factor| weights[factor] > 0.0).collect();
        order.sort_by(|&a, &b| weights[b].total_cmp(&weights[a]));
        main.extend(order.into_iter().take(2));
    }
    main.sort_unstable();
    main.dedup();
    main
}

/// Samples as units to be scored.
fn places(shapes: Shapes) -> Units {
    let centroids = scale::map(shapes.len(), |sample| measure::centroid(shapes.get(sample)).unwrap_or_default());
    Units {
        uses: vec![0; shapes.len()],
        areas: scale::map(shapes.len(), |sample| measure::area(shapes.get(sample))),
        order: hilbert::order(&centroids),
        centroids,
        shapes,
        ..Units::default()
    }
}

/// The greatest less the least; values that are not known do not count.
fn spread(values: impl Iterator<Item = f64>) -> f64 {
    let known = values.filter(|value| !value.is_nan());
    let (low, high) =
        known.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| (low.min(value), high.max(value)));
    high - low
}
