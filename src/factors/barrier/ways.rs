//! The shortest ways from the sources of a group to the places where ways turn.

use super::{Barriers, CLEARANCE, Node, side};
use crate::scale;
use crate::space::index::BoxIndex;
use crate::space::{Extent, Point};
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// A place where ways turn, reached from a source: what lies before it is reached from there as from a source that far away.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stop {
    pub place: Point,
    /// See `Attenuation::strength`.
    pub strength: f64,
    /// Metres of the way behind it.
    pub behind: f64,
    pub feature: u32,
    /// The number of the crossing the way takes from here on, if any.
    pub crossing: Option<u32>,
}

/// Every stop a group's influence may come by.
pub struct Ways {
    pub stops: Vec<Stop>,
    index: BoxIndex,
}

impl Ways {
    /// The stops inside a box, into `found`.
    pub fn touching(&self, extent: Extent, found: &mut Vec<u32>) {
        self.index.touching(extent, found);
    }
}

/// What a node is reached from straight, by distance.
pub struct Seed {
    pub distance: f64,
    pub strength: f64,
    pub feature: u32,
}

/// A way under construction; the shortest first, then the strongest, then the lowest numbers.
type Label = Reverse<(u64, Reverse<i64>, u32, u32, u32)>;

/// No crossing.
const NONE: u32 = u32::MAX;

impl Barriers {
    /// Spreads from what each node sees (`seeds`, its sources with their straight distances) along ways of at most `reach` metres. At a node
    /// a weaker source counts only where it is nearer than every stronger one.
    pub fn ways(&self, reach: f64, seeds: impl Fn(&Node) -> Vec<Seed> + Sync + Send) -> Ways {
        let from_sources =
            scale::chunks(self.nodes.len(), 16, |chunk| chunk.map(|node| seeds(&self.nodes[node])).collect::<Vec<_>>());
        let mut waiting: BinaryHeap<Label> = BinaryHeap::new();
        for (node, seeds) in from_sources.into_iter().flatten().enumerate() {
            for seed in seeds {
                waiting.push(label(seed.distance, seed.strength, node as u32, seed.feature, NONE));
            }
        }
        let onward = scale::chunks(self.nodes.len(), 16, |chunk| {
            chunk.map(|node| self.onward(node as u32, reach)).collect::<Vec<_>>()
        });
        let onward: Vec<Vec<(u32, f64)>> = onward.into_iter().flatten().collect();
        let mut strongest = vec![f64::NEG_INFINITY; self.nodes.len()];
        let mut stops = Vec::new();
        while let Some(Reverse((bits, Reverse(strength), node, feature, crossing))) = waiting.pop() {
            let (behind, strength) = (f64::from_bits(bits), unordered(strength));
            if strength <= strongest[node as usize] || behind >= reach {
                continue;
            }
            strongest[node as usize] = strength;
            let at = &self.nodes[node as usize];
            let crossing = (crossing != NONE).then_some(crossing);
            stops.push(Stop { place: at.place, strength, behind, feature, crossing });
            let over =
                at.crossing.map(|(other, number)| (other, at.place.distance(self.nodes[other as usize].place), number));
            let walked = onward[node as usize].iter().map(|&(other, length)| (other, length, crossing.unwrap_or(NONE)));
            for (other, length, crossing) in walked.chain(over) {
                if strength > strongest[other as usize] && behind + length < reach {
                    waiting.push(label(behind + length, strength, other, feature, crossing));
                }
            }
        }
        let index = BoxIndex::new(stops.iter().map(|stop| Extent::of(&[stop.place])));
        Ways { stops, index }
    }

    /// The nodes a way may go on to straight: in sight, and turning about corners at both ends.
    fn onward(&self, from: u32, reach: f64) -> Vec<(u32, f64)> {
        let here = &self.nodes[from as usize];
        let (mut near, mut found) = (Vec::new(), Vec::new());
        self.nodes_index.touching(Extent::of(&[here.place]).grown(reach), &mut near);
        let mut onward = Vec::new();
        for &other in near.iter().filter(|&&other| other != from) {
            let there = &self.nodes[other as usize];
            let length = here.place.distance(there.place);
            if length < reach
                && turns(here, there.place)
                && turns(there, here.place)
                && !self.blocked(here.place, there.place, &mut found)
            {
                onward.push((other, length));
            }
        }
        onward
    }
}

/// Whether a way through the node to a place may turn there: it leaves the walls of a corner on one side, or runs along one of them (as
/// exactly as nodes stand off their corners).
fn turns(node: &Node, towards: Point) -> bool {
    let Some([one, other]) = node.walls else { return true };
    let (origin, length) = (Point::new(0.0, 0.0), node.place.distance(towards));
    let direction = Point::new((towards.x - node.place.x) / length, (towards.y - node.place.y) / length);
    let (one, other) = (side(origin, direction, one), side(origin, direction, other));
    one * other >= 0.0 || one.abs().min(other.abs()) <= 3.0 * CLEARANCE / length
}

fn label(distance: f64, strength: f64, node: u32, feature: u32, crossing: u32) -> Label {
    // Distances are not negative: their bits sort as they do.
    Reverse((distance.to_bits(), Reverse(ordered(strength)), node, feature, crossing))
}

/// Bits that sort as the numbers do.
fn ordered(value: f64) -> i64 {
    let bits = value.to_bits() as i64;
    bits ^ (((bits >> 63) as u64) >> 1) as i64
}

fn unordered(bits: i64) -> f64 {
    f64::from_bits((bits ^ (((bits >> 63) as u64) >> 1) as i64) as u64)
}
