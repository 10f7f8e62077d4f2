//! What is left of the edges of polygons once those that two neighbours share are taken away: the outline of the ground they cover together.

use super::bands::{Bands, oriented};
use super::index::BoxIndex;
use super::{Extent, Point, Shapes, measure};
use crate::scale;
use geo::kernels::{Kernel, RobustKernel};
use geo::{Coord, Orientation};
use std::cmp::Ordering;

/// An edge, the ground of its polygon to the left.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Edge {
    feature: u32,
    from: Point,
    to: Point,
}

impl Edge {
    /// Its ends in an order that its direction does not change.
    fn ends(&self) -> [Point; 2] {
        if before(self.from, self.to) == Ordering::Greater { [self.to, self.from] } else { [self.from, self.to] }
    }
}

fn before(a: Point, b: Point) -> Ordering {
    a.x.total_cmp(&b.x).then(a.y.total_cmp(&b.y))
}

/// The outline of some polygons.
pub struct Outline {
    /// By their ends.
    edges: Vec<Edge>,
    /// Features with an edge that another one has in the same direction.
    twice: Vec<u32>,
}

impl Outline {
    pub fn of(shapes: &Shapes) -> Outline {
        let mut all: Vec<Edge> = Vec::with_capacity(shapes.point_count());
        for (feature, shape) in shapes.iter().enumerate() {
            let edges = shape.rings().flat_map(oriented);
            all.extend(edges.map(|[from, to]| Edge { feature: feature as u32, from, to }));
        }
        scale::sort_by(&mut all, |one, other| {
            let ([a, b], [c, d]) = (one.ends(), other.ends());
            before(a, c).then(before(b, d)).then(one.feature.cmp(&other.feature)).then(before(one.from, other.from))
        });
        let mut outline = Outline { edges: Vec::new(), twice: Vec::new() };
        for same in all.chunk_by(|one, other| one.ends() == other.ends()) {
            let [first, second] = match same {
                [first, second] => [first, second],
                [alone] => {
                    outline.edges.push(*alone);
                    continue;
                }
                more => {
                    outline.edges.extend(more);
                    outline.twice.extend(more.iter().map(|edge| edge.feature));
                    continue;
                }
            };
            if first.from == second.from {
                outline.edges.extend(same);
                outline.twice.extend([first.feature, second.feature]);
            }
        }
        outline
    }

    /// Whether two sets of polygons cover the same ground for sure: neither overlaps itself along an edge, and both have the same outline,
    /// corner by corner. Where it is false they may cover the same ground all the same.
    pub fn is_same(&self, other: &Outline) -> bool {
        let alike = |(one, other): (&Edge, &Edge)| (one.from, one.to) == (other.from, other.to);
        self.twice.is_empty()
            && other.twice.is_empty()
            && self.edges.len() == other.edges.len()
            && self.edges.iter().zip(&other.edges).all(alike)
    }

    /// The features that may overlap another one, ascending: all others do not. Those whose outlines meet elsewhere than in common corners,
    /// and those with a place inside that another covers.
    pub fn suspects(&self, shapes: &Shapes) -> Vec<u32> {
        let index = BoxIndex::new(self.edges.iter().map(|edge| Extent::of(&[edge.from, edge.to])));
        let meeting = scale::chunks_with(self.edges.len(), PIECE, Vec::new, |near, range| {
            let mut found = Vec::new();
            for at in range {
                let own = &self.edges[at];
                index.touching(Extent::of(&[own.from, own.to]), near);
                let others =
                    near.iter().filter(|other| **other as usize > at).map(|other| &self.edges[*other as usize]);
                for other in others.filter(|other| other.feature != own.feature && meet(own, other)) {
                    found.extend([own.feature, other.feature]);
                }
            }
            found
        });
        let bands: Vec<Bands<'_>> = shapes.iter().map(Bands::new).collect();
        let boxes = BoxIndex::of_shapes(shapes);
        let inside = scale::chunks_with(shapes.len(), PIECE, Vec::new, |near, range| {
            let mut found = Vec::new();
            for at in range {
                let Some(place) = measure::point_on_surface(shapes.get(at)) else { continue };
                boxes.touching(Extent::of(&[place]), near);
                let over = near.iter().copied().filter(|&other| other as usize != at);
                let over: Vec<u32> = over.filter(|&other| bands[other as usize].covers(place)).collect();
                if !over.is_empty() {
                    // It may lie across an edge that two others share, which is of no outline.
                    boxes.touching(shapes.get(at).extent(), near);
                    found.extend(near.iter().copied().chain(over));
                }
            }
            found
        });
        let mut all: Vec<u32> = self.twice.iter().copied().chain(meeting.into_iter().chain(inside).flatten()).collect();
        all.sort_unstable();
        all.dedup();
        all
    }
}

/// Edges or features looked at in one piece of work.
const PIECE: usize = 4096;

/// Whether two segments have a place in common, their ends included.
pub(super) fn touch([a, b]: [Point; 2], [c, d]: [Point; 2]) -> bool {
    let apart = turn(a, b, c) * turn(a, b, d) > 0 || turn(c, d, a) * turn(c, d, b) > 0;
    !apart && Extent::of(&[a, b]).touches(Extent::of(&[c, d]))
}

/// Whether two edges meet elsewhere than in a corner of both.
fn meet(one: &Edge, other: &Edge) -> bool {
    let (a, b, c, d) = (one.from, one.to, other.from, other.to);
    let [at_c, at_d] = [turn(a, b, c), turn(a, b, d)];
    let [at_a, at_b] = [turn(c, d, a), turn(c, d, b)];
    if at_c == 0 && at_d == 0 {
        // In one line, with boxes that touch: they share more than a corner unless they only follow one another.
        let shared = [a, b].iter().filter(|end| **end == c || **end == d).count();
        let reach = |p: Point, q: Point, r: Point| (q.x - p.x) * (r.x - p.x) + (q.y - p.y) * (r.y - p.y) < 0.0;
        return match shared {
            1 if a == c => !reach(a, b, d),
            1 if a == d => !reach(a, b, c),
            1 if b == c => !reach(b, a, d),
            1 => !reach(b, a, c),
            _ => true,
        };
    }
    if at_c * at_d > 0 || at_a * at_b > 0 {
        return false;
    }
    !(a == c || a == d || b == c || b == d)
}

/// The sign of the turn a → b → c, exactly.
fn turn(a: Point, b: Point, c: Point) -> i8 {
    let coord = |point: Point| Coord { x: point.x, y: point.y };
    match RobustKernel::orient2d(coord(a), coord(b), coord(c)) {
        Orientation::CounterClockwise => 1,
        Orientation::Clockwise => -1,
        Orientation::Collinear => 0,
    }
}

#[cfg(test)]
#[path = "outline_tests.rs"]
mod tests;
