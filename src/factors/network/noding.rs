//! From lines to junctions and the edges between them.

use crate::factors::barrier::{foot, side};
use crate::scale;
use crate::space::index::BoxIndex;
use crate::space::{Extent, Kind, Point, Shapes};
use rustc_hash::FxHashMap;
use std::cmp::Ordering;

/// Segments looked at in one piece of work.
const CHUNK: usize = 512;

/// A segment's number and a place it is cut at.
type Cut = (u32, Point);

/// The nodes in the order of their places, and the edges between them in the order of their nodes.
pub(super) fn node(lines: &Shapes, snap: f64) -> (Vec<Point>, Vec<[u32; 2]>) {
    let segments = segments(lines);
    let (mut cuts, mut pieces) = meetings(&segments, snap);
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

/// Where segments meet: the places they are cut at, and the straight pieces that join what is as near as `snap`.
fn meetings(segments: &[[Point; 2]], snap: f64) -> (Vec<Cut>, Vec<[Point; 2]>) {
    let index = BoxIndex::new(segments.iter().map(|segment| Extent::of(segment)));
    let of_chunks = scale::chunks_with(segments.len(), CHUNK, Vec::new, |found, chunk| {
        let (mut cuts, mut joints) = (Vec::new(), Vec::new());
        for at in chunk {
            let one = (at as u32, segments[at]);
            index.touching(Extent::of(&one.1).grown(snap), found);
            // Each pair once, and of a segment with itself its own two ends.
            for &other in found.iter().filter(|&&other| other >= one.0) {
                let other = (other, segments[other as usize]);
                if let Some(place) = crossing(one.1, other.1) {
                    cuts.extend([(one.0, place), (other.0, place)]);
                }
                for corner in one.1 {
                    join(corner, other, snap, &mut cuts, &mut joints);
                }
                for corner in other.1 {
                    join(corner, one, snap, &mut cuts, &mut joints);
                }
            }
        }
        (cuts, joints)
    });
    let (mut cuts, mut joints) = (Vec::new(), Vec::new());
    for (cuts_of_chunk, joints_of_chunk) in of_chunks {
        cuts.extend(cuts_of_chunk);
        joints.extend(joints_of_chunk);
    }
    (cuts, joints)
}

/// Joins a corner to a segment that is as near as `snap`: to its corners where those are as near, else to the nearest place, where it is cut.
fn join(
    corner: Point,
    (number, [from, to]): (u32, [Point; 2]),
    snap: f64,
    cuts: &mut Vec<Cut>,
    joints: &mut Vec<[Point; 2]>,
) {
    if corner == from || corner == to {
        return;
    }
    let near = |place: Point| corner.distance(place) <= snap;
    joints.extend([from, to].into_iter().filter(|&end| near(end)).map(|end| [corner, end]));
    let place = plain(foot(corner, from, to));
    if near(place) && !near(from) && !near(to) {
        cuts.push((number, place));
        joints.push([corner, place]);
    }
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

/// One zero, not two.
fn plain(place: Point) -> Point {
    Point::new(place.x + 0.0, place.y + 0.0)
}

fn compare(one: &Point, other: &Point) -> Ordering {
    one.x.total_cmp(&other.x).then(one.y.total_cmp(&other.y))
}
