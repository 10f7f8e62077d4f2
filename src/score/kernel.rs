//! The one kernel: scores of neighbouring units, chunk by chunk along a Hilbert curve, so that a chunk shares its candidates.

use super::table::{ScoreTable, total};
use crate::factors::network::{Nearest, Network, Stand};
use crate::factors::reach::{Decisive, Near, NearBarred, NearDirections, NearGroup, NearNetwork, Reach, Through};
use crate::factors::zones::{NearZones, Share};
use crate::factors::{Field, Surface};
use crate::ingest::survey::Units;
use crate::land::progress::Watch;
use crate::land::{Fault, Outcome, cancel};
use crate::project::plan::ScoreAt;
use crate::space::crs::Transform;
use crate::space::{Extent, Point, Shape, measure};
use crate::{say, scale};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// Units in one chunk: enough to share the search for candidates, few enough to keep the window small.
const CHUNK: usize = 192;

/// Everything a score follows from, besides the unit itself.
pub struct Model {
    /// Factor keys, in the order of `fields`.
    pub keys: Vec<String>,
    pub fields: Vec<Field>,
    /// Weights by use, then factor.
    pub weights: Vec<Vec<f64>>,
    pub score_at: ScoreAt,
}

/// What a recorder is told about one factor of one unit.
#[derive(Clone, Debug, PartialEq)]
pub enum Detail {
    /// Per group the deciding source, and the directions that have a road, at the unit's first place.
    Reach(Vec<Option<Decisive>>, Option<Through>),
    Zones {
        shares: Vec<Share>,
        default: Option<f64>,
    },
    Surface {
        value: Option<f64>,
    },
    /// The layer is not at hand.
    Recorded,
}

/// A worker's scratch space: per factor what is near the current window.
pub(super) struct Worker {
    near: Vec<NearField>,
    places: Vec<Point>,
    /// The network of the factors whose distances run along it, and how far they reach, m.
    network: Option<(Arc<Network>, f64)>,
    nearest: Nearest,
    stands: Vec<Stand>,
}

enum NearField {
    Reach(Vec<Near>, NearDirections),
    Barred(Vec<NearBarred>, NearDirections),
    Network(Vec<NearNetwork>),
    Zones(NearZones),
    /// The way from the project's system into the raster's.
    Surface(Option<Transform>),
    Recorded,
}

impl Worker {
    pub(super) fn new(model: &Model) -> Outcome<Worker> {
        let near = model.fields.iter().map(|field| {
            Ok(match field {
                Field::Reach(reach) if reach.is_barred() => {
                    let near = reach.groups.iter().map(|_| NearBarred::default()).collect();
                    NearField::Barred(near, NearDirections::default())
                }
                Field::Reach(reach) if reach.network().is_some() => {
                    NearField::Network(reach.groups.iter().map(|_| NearNetwork::default()).collect())
                }
                Field::Reach(reach) => {
                    let near = reach.groups.iter().map(|_| Near::default()).collect();
                    NearField::Reach(near, NearDirections::default())
                }
                Field::Zones(_) => NearField::Zones(NearZones::default()),
                Field::Surface(surface) => NearField::Surface(surface.transform()?),
                Field::Recorded => NearField::Recorded,
            })
        });
        let near = near.collect::<Outcome<_>>()?;
        let network = network(&model.fields);
        Ok(Worker { near, places: Vec::new(), network, nearest: Nearest::default(), stands: Vec::new() })
    }

    /// Prepares for units whose places and shapes lie in the window.
    pub(super) fn enter(&mut self, model: &Model, window: Extent) {
        if let Some((network, reach)) = &self.network {
            self.nearest.gather(network, window, *reach);
        }
        let farthest = self.nearest.farthest();
        for (near, field) in self.near.iter_mut().zip(&model.fields) {
            match (near, field) {
                (NearField::Reach(near, roads), Field::Reach(reach)) => {
                    reach.directions.iter().for_each(|directions| roads.gather(directions, window));
                    near.iter_mut().zip(&reach.groups).for_each(|(near, group)| near.gather(group, window));
                }
                (NearField::Barred(near, roads), Field::Reach(reach)) => {
                    reach.directions.iter().for_each(|directions| roads.gather(directions, window));
                    near.iter_mut().zip(&reach.groups).for_each(|(near, group)| near.gather(group, window));
                }
                (NearField::Network(near), Field::Reach(reach)) => {
                    near.iter_mut().zip(&reach.groups).for_each(|(near, group)| near.gather(group, window, farthest));
                }
                (NearField::Zones(near), Field::Zones(zones)) => near.gather(zones, window),
                _ => {}
            }
        }
    }

    /// Scores one unit on every factor into `row`; with `RECORD` also tells what each score comes from. Gives the first place.
    pub(super) fn unit<const RECORD: bool>(
        &mut self,
        model: &Model,
        units: &Units,
        unit: usize,
        row: &mut [f64],
        mut record: impl FnMut(Detail),
    ) -> Outcome<Point> {
        let (shape, centroid) = (units.shapes.get(unit), units.centroids[unit]);
        places(shape, centroid, model.score_at, &mut self.places);
        if let Some((network, _)) = &self.network {
            self.stands.clear();
            self.stands.extend(self.places.iter().map(|&place| self.nearest.stand(network, place)));
        }
        for ((near, field), score) in self.near.iter_mut().zip(&model.fields).zip(row) {
            *score = match (near, field) {
                (NearField::Reach(near, roads), Field::Reach(reach)) => {
                    let tell = |details, through| record(Detail::Reach(details, through));
                    reach_score::<RECORD, _>((near, roads), reach, &self.places, tell)
                }
                (NearField::Barred(near, roads), Field::Reach(reach)) => {
                    let tell = |details, through| record(Detail::Reach(details, through));
                    reach_score::<RECORD, _>((near, roads), reach, &self.places, tell)
                }
                (NearField::Network(near), Field::Reach(reach)) => {
                    let tell = |details, through| record(Detail::Reach(details, through));
                    reach_score::<RECORD, _>((near, &NearDirections::default()), reach, &self.stands, tell)
                }
                (NearField::Zones(near), Field::Zones(zones)) => {
                    let mut shares = Vec::new();
                    let score = near.score::<RECORD>(zones, shape, units.areas[unit], shape.extent(), &mut shares);
                    if RECORD {
                        let default = (!zones.default.is_nan()).then_some(zones.default);
                        record(Detail::Zones { shares, default });
                    }
                    score
                }
                (NearField::Surface(transform), Field::Surface(surface)) => {
                    let (value, score) = surface_score(surface, transform.as_ref(), &self.places)?;
                    if RECORD {
                        record(Detail::Surface { value: (!value.is_nan()).then_some(value) });
                    }
                    score
                }
                _ => {
                    if RECORD {
                        record(Detail::Recorded);
                    }
                    f64::NAN
                }
            };
        }
        Ok(self.places[0])
    }
}

/// The network that distances run along, and the farthest reach of a factor on it.
fn network(fields: &[Field]) -> Option<(Arc<Network>, f64)> {
    let on_it = fields.iter().filter_map(|field| match field {
        Field::Reach(reach) => Some((reach.network()?, reach)),
        Field::Zones(_) | Field::Surface(_) | Field::Recorded => None,
    });
    let on_it: Vec<_> = on_it.collect();
    let groups = on_it.iter().flat_map(|(_, reach)| &reach.groups);
    let reach = groups.map(|group| group.law.radius + group.half_width).fold(0.0, f64::max);
    on_it.first().map(|(network, _)| (Arc::clone(network), reach))
}

/// The places a unit is scored at.
fn places(shape: Shape<'_>, centroid: Point, score_at: ScoreAt, places: &mut Vec<Point>) {
    places.clear();
    match score_at {
        ScoreAt::Centroid => places.push(centroid),
        ScoreAt::Surface => places.push(measure::point_on_surface(shape).unwrap_or(centroid)),
        ScoreAt::Vertices => {
            places.push(centroid);
            for ring in shape.rings() {
                // A ring's last point is its first.
                places.extend_from_slice(&ring.points[..ring.points.len().saturating_sub(1)]);
            }
        }
    }
}

fn reach_score<const RECORD: bool, N: NearGroup>(
    (near, roads): (&mut [N], &NearDirections),
    reach: &Reach,
    spots: &[N::Spot],
    mut record: impl FnMut(Vec<Option<Decisive>>, Option<Through>),
) -> f64 {
    let mut sum = 0.0;
    for (at, &spot) in spots.iter().enumerate() {
        let mut details = Vec::new();
        let effects = near.iter_mut().zip(&reach.groups).map(|(near, group)| {
            if RECORD && at == 0 {
                let (effect, decisive) = near.effect::<true>(group, spot);
                details.push(decisive);
                effect
            } else {
                near.effect::<false>(group, spot).0
            }
        });
        let score = reach.combined(effects);
        let through = reach.directions.as_ref().map(|directions| roads.through(directions, spot.into()));
        sum += through.map_or(score, |through| score * through.coefficient);
        if RECORD && at == 0 {
            record(details, through);
        }
    }
    sum / spots.len() as f64
}

fn surface_score(surface: &Surface, transform: Option<&Transform>, places: &[Point]) -> Outcome<(f64, f64)> {
    let (mut first, mut sum) = (f64::NAN, 0.0);
    for (at, &place) in places.iter().enumerate() {
        let mut place = [place];
        if let Some(transform) = transform {
            transform.apply(&mut place)?;
        }
        let (value, score) = surface.score(place[0]);
        if at == 0 {
            first = value;
        }
        sum += score;
    }
    Ok((first, sum / places.len() as f64))
}

/// Scores every unit.
///
/// # Errors
/// `unscored-units` where a factor says nothing about units and has no default; `cancelled`.
pub fn score(model: &Model, units: &Units, watch: &dyn Watch) -> Outcome<ScoreTable> {
    watch.begin(&say!("scoring", "计算作用分"), units.len() as u64);
    let factors = model.fields.len();
    let scores = scores(model, units, watch)?;
    let row = |unit: usize| &scores[unit * factors..(unit + 1) * factors];
    let totals = scale::map(units.len(), |unit| total(&model.weights[usize::from(units.uses[unit])], row(unit)));
    if totals.iter().any(|total| total.is_nan()) {
        return Err(unscored(model, units, &scores));
    }
    Ok(ScoreTable { factors, scores, totals })
}

/// The scores of every unit on every factor, unit by unit; NaN where a factor says nothing.
///
/// # Errors
/// What the rasters' transforms say; `cancelled`.
pub fn scores(model: &Model, units: &Units, watch: &dyn Watch) -> Outcome<Vec<f64>> {
    let factors = model.fields.len();
    let scores: Vec<AtomicU64> = (0..units.len() * factors).map(|_| AtomicU64::new(0)).collect();
    let chunks = scale::chunks_with(
        units.len(),
        CHUNK,
        || Worker::new(model),
        |worker, chunk| -> Outcome<()> {
            cancel::checkpoint()?;
            let worker = worker.as_mut().map_err(|fault| fault.clone())?;
            let members = &units.order[chunk.clone()];
            worker.enter(model, window(units, members));
            let mut row = vec![0.0; factors];
            let mut before: Option<u32> = None;
            for &unit in members {
                // Units that lie upon one another, one for each use, have one row of scores.
                let shape = |unit: u32| units.shapes.get(unit as usize);
                if before.is_none_or(|before| !shape(before).equals(shape(unit))) {
                    worker.unit::<false>(model, units, unit as usize, &mut row, |_| {})?;
                }
                before = Some(unit);
                // Relaxed stores into distinct places: ordered by the join at the end.
                let cells = &scores[unit as usize * factors..(unit as usize + 1) * factors];
                cells.iter().zip(&row).for_each(|(cell, score)| cell.store(score.to_bits(), Ordering::Relaxed));
            }
            watch.advance(members.len() as u64);
            Ok(())
        },
    );
    chunks.into_iter().collect::<Outcome<Vec<()>>>()?;
    Ok(scores.into_iter().map(|cell| f64::from_bits(cell.into_inner())).collect())
}

/// The box that holds every unit's shape (and so every place it is scored at; a centroid lies inside the box of its shape).
pub(super) fn window(units: &Units, members: &[u32]) -> Extent {
    members.iter().fold(Extent::EMPTY, |window, &unit| {
        window.union(units.shapes.get(unit as usize).extent()).with(units.centroids[unit as usize])
    })
}

fn unscored(model: &Model, units: &Units, scores: &[f64]) -> Fault {
    let factors = model.fields.len();
    let faults = (0..factors).filter_map(|factor| {
        let mut without = (0..units.len()).filter(|unit| scores[unit * factors + factor].is_nan());
        let first = units.ids.show(without.next()?);
        let (key, count) = (&model.keys[factor], 1 + without.count());
        Some(Fault::new(
            "unscored-units",
            say!(
                "factor {key} says nothing about {count} units; the first is {first}",
                "因素 {key} 对 {count} 个单元没有取值;第一个是 {first}"
            ),
            say!(
                "complete the layer, or state a `default` score for the factor",
                "请补全图层,或为该因素写明 default 分值"
            ),
        ))
    });
    Fault::of_all(faults.collect()).expect("a total is missing because a score is")
}

#[cfg(test)]
#[path = "kernel_tests.rs"]
mod tests;
