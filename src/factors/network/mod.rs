//! The network (路网) that distances are measured along: the pieces of its lines, joined where they meet.
//!
//! The distance from a place to a source is the straight access to the nearest point of the network, the way along it, and the straight
//! access of the source; where the straight line is shorter than the two accesses together, it counts instead. So no distance is below the
//! straight one, and it is the same both ways.
//!
//! Pieces are joined where they share a corner, where they cross in the plane, and where a corner of one is as near as `snap` to another:
//! then by a straight piece that bridges the gap, whose length counts. No line is moved for it.

mod nearest;
mod noding;
mod touch;
mod ways;

pub use nearest::{Nearest, Stand};
pub use touch::{Meeting, Seed};
pub use ways::{Arrival, Ways};

use crate::space::index::BoxIndex;
use crate::space::{Extent, Point, Shapes};

/// No edge.
pub(super) const NONE: u32 = u32::MAX;

/// Junctions and the straight edges between them, in an order that follows from their places alone.
pub struct Network {
    nodes: Vec<Point>,
    /// The two nodes of each edge, the lower number first.
    edges: Vec<[u32; 2]>,
    lengths: Vec<f64>,
    /// Where the edges of each node start in `around`.
    starts: Vec<u32>,
    /// Edge and node at its other end.
    around: Vec<(u32, u32)>,
    index: BoxIndex,
}

/// What hangs together without being joined to the rest.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Island {
    /// m.
    pub length: f64,
    /// A place of it.
    pub place: Point,
}

impl Network {
    /// The network of the lines of a layer. Whichever way a line is drawn, and in whatever order: the network is the same.
    pub fn new(lines: &Shapes, snap: f64) -> Network {
        let (nodes, edges) = noding::node(lines, snap);
        let places = |edge: &[u32; 2]| edge.map(|node| nodes[node as usize]);
        let lengths = edges.iter().map(places).map(|[from, to]| from.distance(to)).collect();
        let index = BoxIndex::new(edges.iter().map(|edge| Extent::of(&places(edge))));
        let mut starts = vec![0u32; nodes.len() + 1];
        edges.iter().flatten().for_each(|&node| starts[node as usize + 1] += 1);
        (0..nodes.len()).for_each(|node| starts[node + 1] += starts[node]);
        let mut next = starts.clone();
        let mut around = vec![(NONE, NONE); edges.len() * 2];
        for (&[from, to], edge) in edges.iter().zip(0..) {
            for (here, there) in [(from, to), (to, from)] {
                around[next[here as usize] as usize] = (edge, there);
                next[here as usize] += 1;
            }
        }
        Network { nodes, edges, lengths, starts, around, index }
    }

    pub fn is_empty(&self) -> bool {
        self.edges.is_empty()
    }

    /// The two ends of an edge.
    pub fn ends(&self, edge: u32) -> [Point; 2] {
        self.edges[edge as usize].map(|node| self.nodes[node as usize])
    }

    /// The number of edges.
    pub fn count(&self) -> u32 {
        self.edges.len() as u32
    }

    fn around(&self, node: u32) -> &[(u32, u32)] {
        &self.around[self.starts[node as usize] as usize..self.starts[node as usize + 1] as usize]
    }

    /// The parts that are not joined to one another, the longest first.
    pub fn islands(&self) -> Vec<Island> {
        let mut seen = vec![false; self.nodes.len()];
        let mut islands = Vec::new();
        let mut waiting = Vec::new();
        for first in 0..self.nodes.len() {
            if std::mem::replace(&mut seen[first], true) {
                continue;
            }
            // Every edge is met from both its ends.
            let mut twice = 0.0;
            waiting.push(first as u32);
            while let Some(node) = waiting.pop() {
                for &(edge, other) in self.around(node) {
                    twice += self.lengths[edge as usize];
                    if !std::mem::replace(&mut seen[other as usize], true) {
                        waiting.push(other);
                    }
                }
            }
            islands.push(Island { length: twice / 2.0, place: self.nodes[first] });
        }
        // The sort keeps parts of one length in the order of their places.
        islands.sort_by(|one, other| other.length.total_cmp(&one.length));
        islands
    }
}

#[cfg(test)]
#[path = "network_tests.rs"]
mod tests;
