//! 动态网格法: a cell is split into quarters while its ground is uneven.
//!
//! A cell is looked at on a grid of samples no wider apart than its smallest descendants, at most eight to a side. It is split where the
//! total of a use or the score of a main factor differs by more than the spread among them, or a barrier or the edge of a centre runs
//! through it.

use super::Ground;
use super::cells::{Tile, covering};
use crate::ingest::survey::Units;
use crate::land::progress::{Unwatched, Watch};
use crate::land::{Fault, Outcome};
use crate::project::plan::QuadtreePlan;
use crate::score::kernel::scores;
use crate::score::{Model, table};
use crate::space::{Kind, Shapes, hilbert, measure};
use crate::{say, scale};

/// Cells looked at at a time.
const BLOCK: usize = 8192;

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
    let (mut open, mut even) = (covering(area, plan.largest)?, Vec::new());
    while open.first().is_some_and(|tile| tile.cell.size / 2.0 >= plan.smallest) {
        watch.begin(&say!("dividing into units", "划分定级单元"), open.len() as u64);
        let mut next = Vec::new();
        let mut tiles = open.into_iter();
        loop {
            let block: Vec<Tile> = tiles.by_ref().take(BLOCK).collect();
            if block.is_empty() {
                break;
            }
            let splits = uneven(plan, &main, model, ground, &block)?;
            watch.advance(block.len() as u64);
            for (tile, split) in block.into_iter().zip(splits) {
                if split { next.extend(tile.quarters()) } else { even.push(tile) }
            }
        }
        open = next;
    }
    even.extend(open);
    Ok(even)
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

/// For each tile whether it is to be split.
fn uneven(
    plan: &QuadtreePlan,
    main: &[usize],
    model: &Model,
    ground: &Ground<'_>,
    tiles: &[Tile],
) -> Outcome<Vec<bool>> {
    let size = tiles[0].cell.size;
    let times = (1..=3).find(|&times| size / f64::from(1 << times) <= plan.smallest).unwrap_or(3);
    let sampled = scale::chunks(tiles.len(), 64, |chunk| {
        let (mut shapes, mut ends) = (Shapes::new(Kind::Polygon), Vec::new());
        for tile in &tiles[chunk] {
            let mut samples = Vec::new();
            tile.quarters().for_each(|quarter| quarter.descend(times - 1, &mut samples));
            samples.iter().for_each(|sample| sample.push(&mut shapes));
            ends.push(samples.len());
        }
        (shapes, ends)
    });
    let (mut shapes, mut counts) = (Shapes::new(Kind::Polygon), Vec::new());
    for (some, of_tiles) in sampled {
        some.iter().for_each(|shape| shapes.push_shape(shape));
        counts.extend(of_tiles);
    }
    let scores = scores(model, &places(shapes), &Unwatched)?;
    let factors = model.fields.len();
    let mut first = 0;
    let ranges: Vec<_> = counts
        .iter()
        .map(|count| {
            first += count;
            (first - count) * factors..first * factors
        })
        .collect();
    Ok(scale::chunks_with(tiles.len(), 64, Vec::new, |near, chunk| {
        let split = |at: usize| {
            let rows = || scores[ranges[at].clone()].chunks_exact(factors);
            let wide = main.iter().any(|&factor| spread(rows().map(|row| row[factor])) > plan.spread);
            let differs = |weights: &Vec<f64>| spread(rows().map(|row| table::total(weights, row))) > plan.spread;
            wide || model.weights.iter().any(differs) || ground.lines.cross(tiles[at].cell.extent(), near)
        };
        chunk.map(split).collect::<Vec<bool>>()
    })
    .concat())
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
