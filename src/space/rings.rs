//! Which of the many rings of a large polygon do not keep apart for sure.

use super::bands::Bands;
use super::index::BoxIndex;
use super::outline::touch;
use super::{Extent, Kind, Point, Shape, Shapes};
use crate::scale;
use std::collections::BTreeSet;

/// Edges looked at in one piece of work.
const PIECE: usize = 4096;

/// The holes of a polygon of one part that are to be looked at, by their number from 0: those that meet another ring, lie outside the outer
/// ring, or in another hole, with that one. All others lie as holes may for sure. `None` for several parts. Each ring must be simple.
pub fn in_question(shape: Shape<'_>) -> Option<Vec<usize>> {
    let mut rings = shape.rings();
    let outer = rings.next().filter(|ring| ring.outer)?;
    let holes: Vec<_> = rings.collect();
    if holes.iter().any(|ring| ring.outer || ring.points.is_empty()) {
        return None;
    }
    let mut edges: Vec<(u32, [Point; 2])> = Vec::with_capacity(shape.points().len());
    for (number, ring) in (0u32..).zip(shape.rings()) {
        edges.extend(ring.points.windows(2).map(|pair| (number, [pair[0], pair[1]])));
    }
    let index = BoxIndex::new(edges.iter().map(|(_, edge)| Extent::of(edge)));
    let meeting = scale::chunks_with(edges.len(), PIECE, Vec::new, |near, range| {
        let mut found = Vec::new();
        for at in range {
            let (ring, edge) = edges[at];
            index.touching(Extent::of(&edge), near);
            let others = near.iter().filter(|other| **other as usize > at).map(|other| edges[*other as usize]);
            for (other, _) in others.filter(|(other, its)| *other != ring && touch(edge, *its)) {
                found.extend([ring, other]);
            }
        }
        found
    });
    let alone = |points: &[Point]| {
        let mut shapes = Shapes::new(Kind::Polygon);
        shapes.push_ring(points, true);
        shapes.end_feature();
        shapes
    };
    let outer = alone(outer.points);
    let inside = Bands::new(outer.get(0));
    let mut solid = Shapes::new(Kind::Polygon);
    for hole in &holes {
        solid.push_ring(hole.points, true);
        solid.end_feature();
    }
    let boxes = BoxIndex::of_shapes(&solid);
    let bands: Vec<Bands<'_>> = solid.iter().map(Bands::new).collect();
    let lying_ill = scale::chunks_with(holes.len(), PIECE, Vec::new, |near, range| {
        let mut found = Vec::new();
        for at in range {
            let place = holes[at].points[0];
            boxes.touching(Extent::of(&[place]), near);
            let around = near.iter().map(|other| *other as usize);
            let around = around.filter(|&other| other != at && bands[other].covers(place)).collect::<Vec<_>>();
            if !inside.covers(place) || !around.is_empty() {
                found.push(at);
                found.extend(around);
            }
        }
        found
    });
    // Ring 0 is the outer one.
    let meeting = meeting.into_iter().flatten().filter(|ring| *ring > 0).map(|ring| ring as usize - 1);
    let all: BTreeSet<usize> = meeting.chain(lying_ill.into_iter().flatten()).collect();
    Some(all.into_iter().collect())
}

#[cfg(test)]
#[path = "rings_tests.rs"]
mod tests;
