//! Whether the many rings of a large polygon keep apart.

use super::bands::Bands;
use super::index::BoxIndex;
use super::outline::touch;
use super::{Extent, Kind, Point, Shape, Shapes};
use crate::scale;

/// Edges looked at in one piece of work.
const PIECE: usize = 4096;

/// Whether the rings of a polygon of one part lie as rings may for sure: no ring meets another, and every hole lies inside the outer ring and
/// in no other hole. False proves nothing. Each ring must be simple.
pub fn apart(shape: Shape<'_>) -> bool {
    let mut rings = shape.rings();
    let Some(outer) = rings.next().filter(|ring| ring.outer) else { return false };
    let holes: Vec<_> = rings.collect();
    if holes.iter().any(|ring| ring.outer || ring.points.is_empty()) {
        return false;
    }
    let mut edges: Vec<(u32, [Point; 2])> = Vec::with_capacity(shape.points().len());
    for (number, ring) in (0u32..).zip(shape.rings()) {
        edges.extend(ring.points.windows(2).map(|pair| (number, [pair[0], pair[1]])));
    }
    let index = BoxIndex::new(edges.iter().map(|(_, edge)| Extent::of(edge)));
    let meeting = scale::chunks_with(edges.len(), PIECE, Vec::new, |near, range| {
        range.into_iter().any(|at| {
            let (ring, edge) = edges[at];
            index.touching(Extent::of(&edge), near);
            let others = near.iter().filter(|other| **other as usize > at).map(|other| edges[*other as usize]);
            others.into_iter().any(|(other, its)| other != ring && touch(edge, its))
        })
    });
    if meeting.contains(&true) {
        return false;
    }
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
    let lies_well = scale::chunks_with(holes.len(), PIECE, Vec::new, |near, range| {
        range.into_iter().all(|at| {
            let place = holes[at].points[0];
            boxes.touching(Extent::of(&[place]), near);
            inside.covers(place)
                && near.iter().all(|&other| other as usize == at || !bands[other as usize].covers(place))
        })
    });
    lies_well.into_iter().all(|well| well)
}

#[cfg(test)]
#[path = "rings_tests.rs"]
mod tests;
