//! Simplifies the lines between labels, each once for both sides.
//!
//! Vertices are only left out, never moved: a vertex where lines meet stays, and one that is left out is so in every ring that passes it.
//! Lines are thinned by Douglas and Peucker's rule (1973); those that then cross another, or have passed over it, are thinned again by half
//! the tolerance, until none does. Lines between a label and nothing stay as they are.

use super::limit::off;
use super::trace::Rings;
use super::{Coverage, Point};
use crate::space::Extent;
use crate::space::index::BoxIndex;

/// Which vertices remain.
pub(super) struct Kept(Vec<bool>);

/// Halvings of the tolerance before a line that still crosses another stays as it is.
const HALVINGS: i32 = 12;

impl Kept {
    pub fn new(coverage: &Coverage, rings: &Rings, labels: &[u32], tolerance: f64) -> Kept {
        let (chains, open) = chains(coverage, rings, labels);
        let mut kept = Kept(vec![true; coverage.vertices.len()]);
        // A line with nothing beside bounds the ground all zones lie in: it stays, for every use alike.
        let mut halved: Vec<i32> = open.iter().map(|open| if *open { HALVINGS + 1 } else { 0 }).collect();
        let mut changed: Vec<usize> = (0..chains.len()).filter(|&chain| !open[chain]).collect();
        while !changed.is_empty() {
            for &chain in &changed {
                let tolerance = if halved[chain] > HALVINGS { 0.0 } else { tolerance * 0.5f64.powi(halved[chain]) };
                kept.thin(coverage, &chains[chain], tolerance);
            }
            changed = kept.crossing(coverage, &chains).into_iter().filter(|&chain| halved[chain] <= HALVINGS).collect();
            changed.iter().for_each(|&chain| halved[chain] += 1);
        }
        kept
    }

    pub fn holds(&self, vertex: u32) -> bool {
        self.0[vertex as usize]
    }

    /// Marks the vertices of a chain that remain. Its ends always do; of a closed chain three at least.
    fn thin(&mut self, coverage: &Coverage, chain: &[u32], tolerance: f64) {
        let place = |at: usize| coverage.vertices[chain[at] as usize];
        let last = chain.len() - 1;
        chain[1..last].iter().for_each(|&vertex| self.0[vertex as usize] = tolerance == 0.0);
        let mut open = vec![(0, last)];
        if chain[0] == chain[last] && tolerance > 0.0 {
            // A closed chain has two anchors more: the vertex farthest from its start, and the one farthest from the line between.
            let far = farthest(1..last, |at| place(at).distance(place(0)));
            let aside = farthest((1..last).filter(|&at| at != far), |at| off(place(at), place(0), place(far)));
            let (near, far) = (far.min(aside), far.max(aside));
            [near, far].iter().for_each(|&at| self.0[chain[at] as usize] = true);
            open = vec![(0, near), (near, far), (far, last)];
        }
        while let Some((start, end)) = open.pop() {
            if end - start < 2 || tolerance == 0.0 {
                continue;
            }
            let middle = farthest(start + 1..end, |at| off(place(at), place(start), place(end)));
            if off(place(middle), place(start), place(end)) > tolerance {
                self.0[chain[middle] as usize] = true;
                open.extend([(start, middle), (middle, end)]);
            }
        }
    }

    /// The chains that cross or run along another as they stand, or have passed over a vertex of another: what lay on one side of such a
    /// line lies on the other now.
    fn crossing(&self, coverage: &Coverage, chains: &[Vec<u32>]) -> Vec<usize> {
        let mut segments: Vec<(usize, u32, u32)> = Vec::new();
        // Where in its chain each segment begins and ends.
        let mut spans: Vec<(usize, usize)> = Vec::new();
        for (number, chain) in chains.iter().enumerate() {
            let remaining: Vec<usize> = (0..chain.len()).filter(|&at| self.holds(chain[at])).collect();
            segments.extend(remaining.windows(2).map(|pair| (number, chain[pair[0]], chain[pair[1]])));
            spans.extend(remaining.windows(2).map(|pair| (pair[0], pair[1])));
        }
        let place = |vertex: u32| coverage.vertices[vertex as usize];
        let extent = |&(_, a, b): &(usize, u32, u32)| Extent::of(&[place(a), place(b)]);
        let index = BoxIndex::new(segments.iter().map(extent));
        let found = crate::scale::chunks_with(segments.len(), 4096, Vec::new, |near, chunk| {
            let mut bad = Vec::new();
            for at in chunk {
                let (chain, a, b) = segments[at];
                let (start, end) = spans[at];
                if end - start > 1 {
                    let left_out: Vec<Point> = chains[chain][start..=end].iter().map(|&vertex| place(vertex)).collect();
                    index.touching(Extent::of(&left_out), near);
                    let own = &chains[chain][start..=end];
                    let passed = near.iter().flat_map(|&other| {
                        let (its, c, d) = segments[other as usize];
                        [(its, c), (its, d)]
                    });
                    for (its, vertex) in passed.filter(|(_, vertex)| !own.contains(vertex)) {
                        if encloses(&left_out, place(vertex)) {
                            bad.extend([chain, its]);
                        }
                    }
                }
                index.touching(extent(&segments[at]), near);
                for &other in near.iter().filter(|&&other| other as usize > at) {
                    let (its, c, d) = segments[other as usize];
                    if meet([a, b].map(|v| (v, place(v))), [c, d].map(|v| (v, place(v)))) {
                        bad.extend([chain, its]);
                    }
                }
            }
            bad
        });
        let mut found: Vec<usize> = found.into_iter().flatten().collect();
        found.sort_unstable();
        found.dedup();
        found
    }
}

/// Whether a place lies inside the ring of a line and the segment between its ends.
fn encloses(line: &[Point], place: Point) -> bool {
    let mut inside = false;
    let mut before = line[line.len() - 1];
    for &point in line {
        if (point.y > place.y) != (before.y > place.y) {
            let x = (before.x - point.x) * (place.y - point.y) / (before.y - point.y) + point.x;
            inside ^= place.x < x;
        }
        before = point;
    }
    inside
}

/// Whether two segments meet anywhere but at a vertex they share.
fn meet([a, b]: [(u32, Point); 2], [c, d]: [(u32, Point); 2]) -> bool {
    let shared = [a, b].iter().filter(|end| end.0 == c.0 || end.0 == d.0).count();
    let side = |p: Point, q: Point, r: Point| {
        let cross = (q.x - p.x) * (r.y - p.y) - (q.y - p.y) * (r.x - p.x);
        cross.partial_cmp(&0.0).map_or(0, |order| order as i32)
    };
    match shared {
        // The same two ends: two lines have fallen together.
        2 => true,
        1 => {
            let (joint, one) = if a.0 == c.0 || a.0 == d.0 { (a, b) } else { (b, a) };
            let other = if c.0 == joint.0 { d } else { c };
            let towards =
                (one.1.x - joint.1.x) * (other.1.x - joint.1.x) + (one.1.y - joint.1.y) * (other.1.y - joint.1.y);
            side(joint.1, one.1, other.1) == 0 && towards > 0.0
        }
        _ => {
            let (s, t) = (side(a.1, b.1, c.1), side(a.1, b.1, d.1));
            let (u, v) = (side(c.1, d.1, a.1), side(c.1, d.1, b.1));
            if s == 0 && t == 0 {
                return Extent::of(&[a.1, b.1]).touches(Extent::of(&[c.1, d.1]));
            }
            s * t <= 0 && u * v <= 0
        }
    }
}

fn farthest(range: impl Iterator<Item = usize>, measure: impl Fn(usize) -> f64) -> usize {
    let mut best = (f64::NEG_INFINITY, 0);
    for at in range {
        let measured = measure(at);
        if measured > best.0 {
            best = (measured, at);
        }
    }
    best.1
}

/// The lines between vertices where lines meet, as vertices in order, each once and always in the same direction; rings that meet no
/// other start and end at their lowest vertex. Beside them, whether nothing lies on the other side.
fn chains(coverage: &Coverage, rings: &Rings, labels: &[u32]) -> (Vec<Vec<u32>>, Vec<bool>) {
    let right = |edge: u32| coverage.beside(edge).map_or(0, |feature| labels[feature]);
    let mut lines = vec![0u8; coverage.vertices.len()];
    for &edge in rings.iter().flatten() {
        // An edge between two labels bounds both: it is counted with the first of its half-edges.
        let twin = coverage.twin[edge as usize];
        if right(edge) == 0 || edge < twin {
            for vertex in [coverage.from[edge as usize], coverage.to[edge as usize]] {
                lines[vertex as usize] = lines[vertex as usize].saturating_add(1);
            }
        }
    }
    let (mut chains, mut open) = (Vec::new(), Vec::new());
    for edges in rings.iter() {
        let left = labels[coverage.feature_of(edges[0])];
        let count = edges.len();
        let node = |at: usize| {
            let (edge, before) = (edges[at % count], edges[(at + count - 1) % count]);
            lines[coverage.from[edge as usize] as usize] != 2 || right(edge) != right(before)
        };
        let lowest = || {
            let start = |at: &usize| coverage.vertices[coverage.from[edges[*at] as usize] as usize];
            (0..count).min_by(|one, other| {
                let (one, other) = (start(one), start(other));
                one.x.total_cmp(&other.x).then(one.y.total_cmp(&other.y))
            })
        };
        let first = (0..count).find(|&at| node(at)).or_else(lowest).unwrap_or(0);
        let mut chain = vec![coverage.from[edges[first] as usize]];
        for at in first..first + count {
            let edge = edges[at % count];
            chain.push(coverage.to[edge as usize]);
            if node(at + 1) || at + 1 == first + count {
                let done = std::mem::take(&mut chain);
                chain = vec![coverage.to[edge as usize]];
                // The side with the greater label takes the line from the other.
                if right(edge) == 0 || left < right(edge) {
                    chains.push(directed(coverage, done));
                    open.push(right(edge) == 0);
                }
            }
        }
    }
    (chains, open)
}

/// The same direction whichever side the line was met from.
fn directed(coverage: &Coverage, mut chain: Vec<u32>) -> Vec<u32> {
    let key = |vertex: u32| {
        let place = coverage.vertices[vertex as usize];
        (place.x, place.y)
    };
    let ends = |chain: &[u32]| (key(chain[0]), key(chain[1]));
    let forward = ends(&chain);
    let backward = (key(chain[chain.len() - 1]), key(chain[chain.len() - 2]));
    if backward < forward {
        chain.reverse();
    }
    chain
}
