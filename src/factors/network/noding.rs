//! From lines to junctions and the edges between them.

use crate::factors::barrier::{foot, side};
use crate::scale;
use crate::space::index::BoxIndex;
use crate::space::{Extent, Kind, Point, Shapes};
use rustc_hash::FxHashMap;
use std::cmp::Ordering;

/// Segments or corners looked at in one piece of work.
const CHUNK: usize = 512;

/// A segment's number and a place it is cut at.
type Cut = (u32, Point);

/// The nodes in the order of their places, and the edges between them in the order of their nodes.
pub(super) fn node(lines: &Shapes, snap: f64) -> (Vec<Point>, Vec<[u32; 2]>) {
    let segments = segments(lines);
    let index = BoxIndex::new(segments.iter().map(|segment| Extent::of(segment)));
    let mut cuts = crossings(&segments, &index);
    let mut pieces = joints(&segments, &index, snap, &mut cuts);
    cuts.sort_by(|one, other| one.0.cmp(&other.0).then(compare(&one.1, &other.1)));
    // A segment runs from its lesser end to its greater: its cuts lie along it in the same order.
    let mut cuts = cuts.into_iter().peekable();
    for (&[from, to], at) in segments.iter().zip(0..) {
        let mut here = from;
        while let Some((_, place)) = cuts.next_if(|(segment, _)| *segment == at) {
            pieces.push([here, place]);
            here = place;
        }
        pieces.push([here, to]);
    }
    let mut nodes: Vec<Point> = pieces.iter().flatten().copied().collect();
    scale::sort_by(&mut nodes, compare);
    nodes.dedup();
    let bits = |place: &Point| (place.x.to_bits(), place.y.to_bits());
    let numbers: FxHashMap<(u64, u64), u32> = nodes.iter().zip(0..).map(|(place, at)| (bits(place), at)).collect();
    let edge = |piece: &[Point; 2]| {
        let mut ends = piece.map(|place| numbers[&bits(&place)]);
        ends.sort_unstable();
        ends
    };
    let mut edges: Vec<[u32; 2]> = pieces.iter().map(edge).filter(|[from, to]| from != to).collect();
    edges.sort_unstable();
    edges.dedup();
    (nodes, edges)
}

/// The segments of all lines, each from its lesser end to its greater, each once, in order.
fn segments(lines: &Shapes) -> Vec<[Point; 2]> {
    let mut segments: Vec<[Point; 2]> = Vec::new();
    for shape in lines.iter().filter(|shape| shape.kind != Kind::Point) {
        for ring in shape.rings() {
            let pairs = ring.points.windows(2).filter(|pair| pair[0] != pair[1]);
            segments.extend(pairs.map(|pair| [plain(pair[0]), plain(pair[1])]));
        }
    }
    segments.iter_mut().for_each(|segment| segment.sort_by(compare));
    scale::sort_by(&mut segments, |one, other| compare(&one[0], &other[0]).then(compare(&one[1], &other[1])));
    segments.dedup();
    segments
}

/// Where segments cross between their ends.
fn crossings(segments: &[[Point; 2]], index: &BoxIndex) -> Vec<Cut> {
    let of_chunks = scale::chunks_with(segments.len(), CHUNK, Vec::new, |found, chunk| {
        let mut cuts: Vec<Cut> = Vec::new();
        for at in chunk {
            let [from, to] = segments[at];
            index.touching(Extent::of(&[from, to]), found);
            for &other in found.iter().filter(|&&other| other as usize > at) {
                if let Some(place) = crossing([from, to], segments[other as usize]) {
                    cuts.extend([(at as u32, place), (other, place)]);
                }
            }
        }
        cuts
    });
    of_chunks.into_iter().flatten().collect()
}

/// The place where two segments cross, with the ends of each on both sides of the other.
fn crossing([from, to]: [Point; 2], [start, end]: [Point; 2]) -> Option<Point> {
    let (of_from, of_to) = (side(start, end, from), side(start, end, to));
    if of_from * of_to >= 0.0 || side(from, to, start) * side(from, to, end) >= 0.0 {
        return None;
    }
    let along = of_from / (of_from - of_to);
    Some(plain(Point::new(from.x + (to.x - from.x) * along, from.y + (to.y - from.y) * along)))
}

/// The straight pieces that join corners to others, and to the segments they lie at, as near as `snap`; cuts those segments there.
fn joints(segments: &[[Point; 2]], index: &BoxIndex, snap: f64, cuts: &mut Vec<Cut>) -> Vec<[Point; 2]> {
    let mut corners: Vec<Point> = segments.iter().flatten().copied().collect();
    scale::sort_by(&mut corners, compare);
    corners.dedup();
    let corner_index = BoxIndex::new(corners.iter().map(|corner| Extent::of(&[*corner])));
    let near = |one: Point, other: Point| one.distance(other) <= snap;
    let of_chunks = scale::chunks_with(corners.len(), CHUNK, Vec::new, |found, chunk| {
        let (mut joints, mut cuts) = (Vec::new(), Vec::new());
        for at in chunk {
            let corner = corners[at];
            let around = Extent::of(&[corner]).grown(snap);
            corner_index.touching(around, found);
            let others = found.iter().filter(|&&other| other as usize > at).map(|&other| corners[other as usize]);
            joints.extend(others.filter(|&other| near(corner, other)).map(|other| [corner, other]));
            index.touching(around, found);
            for &segment in found.iter() {
                let [from, to] = segments[segment as usize];
                let place = plain(foot(corner, from, to));
                // Near an end of it the two corners are joined.
                if near(corner, place) && !near(corner, from) && !near(corner, to) {
                    cuts.push((segment, place));
                    joints.push([corner, place]);
                }
            }
        }
        (joints, cuts)
    });
    let mut joints = Vec::new();
    for (of_chunk, cuts_of_chunk) in of_chunks {
        joints.extend(of_chunk);
        cuts.extend(cuts_of_chunk);
    }
    joints
}

/// One zero, not two.
fn plain(place: Point) -> Point {
    Point::new(place.x + 0.0, place.y + 0.0)
}

fn compare(one: &Point, other: &Point) -> Ordering {
    one.x.total_cmp(&other.x).then(one.y.total_cmp(&other.y))
}
