//! The shortest ways along the network from the sources of a group.

use super::{Network, Seed, Stand};
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// A source as it is reached at a junction.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Label {
    /// Metres of the network behind it.
    along: f64,
    seed: u32,
}

/// What can be reached by way of every junction and edge.
pub struct Ways {
    seeds: Vec<Seed>,
    /// Where the labels of each node start.
    starts: Vec<u32>,
    labels: Vec<Label>,
    /// Seed and stretch of the meetings, by edge, and where those of each edge start.
    on_edges: Vec<(u32, f64, f64)>,
    edge_starts: Vec<u32>,
}

/// A source that is reached from a place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Arrival {
    pub strength: f64,
    pub feature: u32,
    /// Metres along the network.
    pub along: f64,
    /// Straight metres between the network and the source.
    pub access: f64,
}

/// A way under construction: the shortest first, then the strongest, then node, seed, and its metres along the network.
type Waiting = Reverse<(u64, Reverse<u64>, u32, u32, u64)>;

impl Network {
    /// Spreads from the seeds, which stand in the order of their features, along ways of at most `reach` metres, the access of the source
    /// counted. At a node a weaker source counts only where it is nearer than every stronger one: it is farther and weaker than that one
    /// everywhere beyond.
    pub fn ways(&self, seeds: Vec<Seed>, reach: f64) -> Ways {
        let mut waiting: BinaryHeap<Waiting> = BinaryHeap::new();
        let entry = |along: f64, seed: u32, node: u32| {
            let Seed { access, strength, .. } = seeds[seed as usize];
            // Neither distances nor strengths are negative: their bits sort as they do.
            let key = (access + along).to_bits();
            Reverse((key, Reverse((strength + 0.0).to_bits()), node, seed, along.to_bits()))
        };
        let mut on_edges: Vec<(u32, u32, f64, f64)> = Vec::new();
        for (seed, number) in seeds.iter().zip(0..) {
            for meeting in seed.meetings.iter().filter(|_| seed.access <= reach) {
                let [from, to] = self.edges[meeting.edge as usize];
                let left = self.lengths[meeting.edge as usize] - meeting.to;
                waiting.extend([entry(meeting.from, number, from), entry(left.max(0.0), number, to)]);
                on_edges.push((meeting.edge, number, meeting.from, meeting.to));
            }
        }
        let mut strongest = vec![f64::NEG_INFINITY; self.nodes.len()];
        let mut reached: Vec<(u32, Label)> = Vec::new();
        while let Some(Reverse((key, Reverse(strength), node, seed, along))) = waiting.pop() {
            let (strength, along) = (f64::from_bits(strength), f64::from_bits(along));
            if strength <= strongest[node as usize] || f64::from_bits(key) > reach {
                continue;
            }
            strongest[node as usize] = strength;
            reached.push((node, Label { along, seed }));
            for &(edge, other) in self.around(node) {
                if strength > strongest[other as usize] {
                    waiting.push(entry(along + self.lengths[edge as usize], seed, other));
                }
            }
        }
        // The sorts keep the labels of a node in the order they were reached, the meetings of an edge in that of the seeds.
        reached.sort_by_key(|(node, _)| *node);
        on_edges.sort_by_key(|(edge, ..)| *edge);
        Ways {
            starts: starts(self.nodes.len(), reached.iter().map(|(node, _)| *node)),
            labels: reached.into_iter().map(|(_, label)| label).collect(),
            edge_starts: starts(self.edges.len(), on_edges.iter().map(|(edge, ..)| *edge)),
            on_edges: on_edges.into_iter().map(|(_, seed, from, to)| (seed, from, to)).collect(),
            seeds,
        }
    }
}

impl Ways {
    /// Tells of every source that may decide at a place.
    pub fn arrivals(&self, network: &Network, stand: Stand, mut tell: impl FnMut(Arrival)) {
        let Some(&[from, to]) = network.edges.get(stand.edge as usize) else { return };
        let mut arrive = |seed: u32, along: f64| {
            let Seed { strength, feature, access, .. } = self.seeds[seed as usize];
            tell(Arrival { strength, feature, along, access });
        };
        let left = (network.lengths[stand.edge as usize] - stand.along).max(0.0);
        for (node, walked) in [(from, stand.along), (to, left)] {
            for label in of(&self.starts, node, &self.labels) {
                arrive(label.seed, walked + label.along);
            }
        }
        for &(seed, from, to) in of(&self.edge_starts, stand.edge, &self.on_edges) {
            // One of the two is above 0, or the place stands before the stretch itself.
            arrive(seed, (from - stand.along).max(stand.along - to).max(0.0));
        }
    }
}

/// Where the entries of each number start, of entries in the order of their numbers.
fn starts(count: usize, numbers: impl Iterator<Item = u32>) -> Vec<u32> {
    let mut starts = vec![0u32; count + 1];
    numbers.for_each(|number| starts[number as usize + 1] += 1);
    (0..count).for_each(|number| starts[number + 1] += starts[number]);
    starts
}

fn of<'a, T>(starts: &[u32], number: u32, entries: &'a [T]) -> &'a [T] {
    &entries[starts[number as usize] as usize..starts[number as usize + 1] as usize]
}
