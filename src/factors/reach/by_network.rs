//! Factors whose distances run along a network: where their sources meet it, and the sources that can matter inside a window.
//!
//! A place is reached by the ways that pass its own edge, which the search has left at the edge's two ends, and straight by the sources that
//! are nearer than the two accesses together.

use super::near::distances;
use super::{Decisive, Group, NearGroup, NetworkWay, Reach, Segment};
use crate::factors::network::{Network, Seed, Stand, Ways};
use crate::scale;
use crate::space::index::BoxIndex;
use crate::space::{Extent, measure};
use std::sync::Arc;

/// The network of a group with the ways to its sources.
pub struct OnNetwork {
    pub network: Arc<Network>,
    ways: Ways,
    /// Of each segment of the sources: straight metres between the network and the point, path or ring it belongs to.
    access: Vec<f64>,
    /// The segments, each grown by its access.
    index: BoxIndex,
}

impl Reach {
    /// The same factor with its distances along a network.
    #[must_use]
    pub fn by_network(mut self, network: &Arc<Network>) -> Reach {
        for group in &mut self.groups {
            group.on_network = Some(OnNetwork::new(group, network));
        }
        self
    }

    /// The network its distances run along, if they do.
    pub fn network(&self) -> Option<&Arc<Network>> {
        self.groups.first()?.on_network.as_ref().map(|on| &on.network)
    }
}

impl OnNetwork {
    fn new(group: &Group, network: &Arc<Network>) -> OnNetwork {
        let segments = &group.sources.segments;
        let pieces = pieces(segments);
        let met = scale::chunks(pieces.len(), 16, |chunk| {
            let meet = |piece: &[Segment]| {
                network.meet(&piece.iter().map(|segment| [segment.a, segment.b]).collect::<Vec<_>>())
            };
            chunk.map(|at| meet(pieces[at])).collect::<Vec<_>>()
        });
        let mut access = Vec::with_capacity(segments.len());
        let mut seeds = Vec::new();
        for ((far, meetings), piece) in met.into_iter().flatten().zip(&pieces) {
            access.extend(piece.iter().map(|_| far));
            let Segment { strength, feature, .. } = piece[0];
            seeds.push(Seed { strength, feature, access: far, meetings });
        }
        if let Some(polygons) = &group.sources.polygons {
            for (at, (&strength, &feature)) in polygons.strengths.iter().zip(&polygons.features).enumerate() {
                let meetings = network.inside(polygons.shapes.get(at));
                seeds.push(Seed { strength, feature, access: 0.0, meetings });
            }
        }
        // A source that scores nothing anywhere needs no way.
        seeds.retain(|seed| seed.strength >= 0.0);
        seeds.sort_by_key(|seed| seed.feature);
        let reach = group.law.radius + group.half_width;
        let boxes = segments.iter().zip(&access);
        let index =
            BoxIndex::new(boxes.map(|(segment, far)| Extent::of(&[segment.a, segment.b]).grown(far.min(reach))));
        OnNetwork { network: network.clone(), ways: network.ways(seeds, reach), access, index }
    }
}

/// The points, paths and rings that the segments of a group are cut from.
fn pieces(segments: &[Segment]) -> Vec<&[Segment]> {
    segments.chunk_by(|one, other| one.feature == other.feature && one.b == other.a).collect()
}

/// Scratch arrays for one group and window, reused from window to window.
#[derive(Default)]
pub struct NearNetwork {
    ax: Vec<f64>,
    ay: Vec<f64>,
    dx: Vec<f64>,
    dy: Vec<f64>,
    /// 1 / squared length; 0 for a point.
    inverse: Vec<f64>,
    strength: Vec<f64>,
    feature: Vec<u32>,
    access: Vec<f64>,
    squared: Vec<f64>,
    polygons: Vec<u32>,
    found: Vec<u32>,
}

/// The best so far.
struct Best {
    level: f64,
    feature: u32,
    to_axis: f64,
    way: NetworkWay,
}

impl NearNetwork {
    /// Gathers the sources that may be nearer to a place of the window than the network lets them be; no place is farther than `farthest` from
    /// the network.
    pub fn gather(&mut self, group: &Group, window: Extent, farthest: f64) {
        let on = of(group);
        let columns = [&mut self.ax, &mut self.ay, &mut self.dx, &mut self.dy, &mut self.inverse, &mut self.strength];
        columns.into_iter().for_each(Vec::clear);
        self.feature.clear();
        self.access.clear();
        let reach = group.law.radius + group.half_width;
        on.index.touching(window.grown(farthest.min(reach)), &mut self.found);
        for &number in &self.found {
            let Segment { a, b, strength, feature } = group.sources.segments[number as usize];
            let access = on.access[number as usize];
            let (nearest, _) = distances(window, a, b);
            let most = (farthest + access).min(reach) * (1.0 + 1e-9) + 1e-6;
            if nearest > most || strength == f64::NEG_INFINITY {
                continue;
            }
            let (dx, dy) = (b.x - a.x, b.y - a.y);
            let squared = dx * dx + dy * dy;
            self.ax.push(a.x);
            self.ay.push(a.y);
            self.dx.push(dx);
            self.dy.push(dy);
            self.inverse.push(if squared > 0.0 { 1.0 / squared } else { 0.0 });
            self.strength.push(strength);
            self.feature.push(feature);
            self.access.push(access);
        }
        self.polygons.clear();
        if let Some(polygons) = &group.sources.polygons {
            polygons.index.touching(window, &mut self.polygons);
        }
    }

    /// Squared distances from a place to every gathered source.
    fn squared_distances(&mut self, stand: Stand) {
        let place = stand.place;
        self.squared.clear();
        let starts = self.ax.iter().zip(&self.ay);
        let steps = self.dx.iter().zip(&self.dy).zip(&self.inverse);
        self.squared.extend(starts.zip(steps).map(|((ax, ay), ((dx, dy), inverse))| {
            let (px, py) = (place.x - ax, place.y - ay);
            let along = ((px * dx + py * dy) * inverse).clamp(0.0, 1.0);
            let (x, y) = (px - along * dx, py - along * dy);
            x * x + y * y
        }));
    }
}

impl NearGroup for NearNetwork {
    type Spot = Stand;

    /// Of equal effects the first source in the layer's order counts.
    fn effect<const RECORD: bool>(&mut self, group: &Group, stand: Stand) -> (f64, Option<Decisive>) {
        let (law, on) = (group.law, of(group));
        let off = |distance: f64| (distance - group.half_width).max(0.0);
        let mut best = Best { level: f64::NEG_INFINITY, feature: 0, to_axis: 0.0, way: NetworkWay::Straight };
        on.ways.arrivals(&on.network, stand, |arrival| {
            let to_axis = (stand.access + arrival.access) + arrival.along;
            let (along, access, source_access) = (arrival.along, stand.access, arrival.access);
            let way = NetworkWay::Along { access, along, source_access };
            let level = law.level(arrival.strength, off(to_axis));
            best.take(Best { level, feature: arrival.feature, to_axis, way });
        });
        self.squared_distances(stand);
        for (at, &squared) in self.squared.iter().enumerate() {
            let both = stand.access + self.access[at];
            if squared < both * both {
                let (to_axis, feature) = (squared.sqrt(), self.feature[at]);
                let level = law.level(self.strength[at], off(to_axis));
                best.take(Best { level, feature, to_axis, way: NetworkWay::Straight });
            }
        }
        if let Some(polygons) = &group.sources.polygons {
            for &number in &self.polygons {
                let (strength, feature) = (polygons.strengths[number as usize], polygons.features[number as usize]);
                let level = law.level(strength, 0.0);
                if level > best.level && measure::covers(polygons.shapes.get(number as usize), stand.place) {
                    best = Best { level, feature, to_axis: 0.0, way: NetworkWay::Straight };
                }
            }
        }
        let effect = law.effect(best.level);
        let found = RECORD && best.level > f64::NEG_INFINITY;
        let decisive = found.then(|| Decisive {
            feature: best.feature,
            to_axis: best.to_axis,
            distance: off(best.to_axis),
            function_score: group.function_score(best.feature),
            effect,
            detour: false,
            crossing: None,
            network: Some(best.way),
        });
        (effect, decisive)
    }
}

impl Best {
    fn take(&mut self, other: Best) {
        if other.level > self.level || (other.level == self.level && other.feature < self.feature) {
            *self = other;
        }
    }
}

fn of(group: &Group) -> &OnNetwork {
    group.on_network.as_ref().expect("every group of the factor is on the network")
}

#[cfg(test)]
#[path = "by_network_tests.rs"]
mod tests;
