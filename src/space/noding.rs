//! Lines cut where they meet: at the corners that lie on them and where they cross, until none meets another but at a corner.

use super::Point;
use super::coverage::Numbering;
use super::extent::Extent;
use super::index::BoxIndex;
use crate::land::{Fault, Outcome, cancel};
use crate::{say, scale};
use rustc_hash::FxHashSet;

/// Passes over all lines. Each cut moves a line by less than the tolerance, which seldom makes it meet another: two or three are the rule.
const PASSES: usize = 50;

/// Where an edge is to be cut.
#[derive(Clone, Copy)]
enum Cut {
    /// At a vertex that lies on it.
    At(u32),
    /// Where it crosses another.
    New(Point),
}

/// Cuts edges between numbered places; each remains once, with its lower number first.
///
/// # Errors
/// `lines-too-dense` where cutting comes to no end; `cancelled`.
pub fn noded(edges: Vec<(u32, u32)>, places: &mut Numbering, tolerance: f64) -> Outcome<Vec<(u32, u32)>> {
    let mut edges = once(edges.into_iter());
    // Of the edges of a pass only those that are new can meet others in the next.
    let mut fresh = vec![true; edges.len()];
    for _ in 0..PASSES {
        cancel::checkpoint()?;
        let cuts = cuts(&edges, &fresh, places.vertices(), tolerance);
        if cuts.iter().all(Vec::is_empty) {
            return Ok(edges);
        }
        let (mut next, mut known) = (Vec::with_capacity(edges.len()), FxHashSet::default());
        let mut new = Vec::new();
        for (&(a, b), cuts) in edges.iter().zip(cuts) {
            let start = places.vertices()[a as usize];
            let number = |cut| match cut {
                Cut::At(vertex) => vertex,
                Cut::New(place) => places.number(place),
            };
            let numbers: Vec<u32> = cuts.into_iter().map(number).filter(|&vertex| vertex != a && vertex != b).collect();
            let far = |&vertex: &u32| (start.distance(places.vertices()[vertex as usize]), vertex);
            let mut along: Vec<(f64, u32)> = numbers.iter().map(far).collect();
            along.sort_by(|one, other| one.0.total_cmp(&other.0).then(one.1.cmp(&other.1)));
            along.dedup_by_key(|cut| cut.1);
            let whole = along.is_empty();
            let mut from = a;
            for to in along.into_iter().map(|(_, vertex)| vertex).chain([b]) {
                let edge = (from.min(to), from.max(to));
                if from != to && known.insert(edge) {
                    next.push(edge);
                    new.push(!whole);
                }
                from = to;
            }
        }
        (edges, fresh) = (next, new);
    }
    Err(Fault::new(
        "lines-too-dense",
        say!(
            "polygons laid over one another cannot be told apart: their lines are too dense",
            "叠置的面边线过密,无法分开"
        ),
        say!("check the layers for many lines within a millionth of a metre", "请检查图层中是否有大量几乎重合的边线"),
    ))
}

fn once(edges: impl Iterator<Item = (u32, u32)>) -> Vec<(u32, u32)> {
    let mut known = FxHashSet::default();
    edges.filter(|(a, b)| a != b).map(|(a, b)| (a.min(b), a.max(b))).filter(|&edge| known.insert(edge)).collect()
}

/// The cuts of every edge. Where neither of two edges is fresh they were looked at before.
fn cuts(edges: &[(u32, u32)], fresh: &[bool], vertices: &[Point], tolerance: f64) -> Vec<Vec<Cut>> {
    let ends = |edge: usize| (vertices[edges[edge].0 as usize], vertices[edges[edge].1 as usize]);
    let extent = |edge: usize| {
        let (a, b) = ends(edge);
        Extent::of(&[a, b]).grown(tolerance)
    };
    let index = BoxIndex::new((0..edges.len()).map(extent));
    scale::chunks_with(edges.len(), 1024, Vec::new, |near, chunk| {
        let of = |edge: usize| {
            index.touching(extent(edge), near);
            let others = near.iter().map(|&other| other as usize);
            let others = others.filter(|&other| other != edge && (fresh[edge] || fresh[other]));
            let mut cuts = Vec::new();
            for other in others {
                meet(edges[edge], edges[other], vertices, tolerance, &mut cuts);
            }
            cuts
        };
        chunk.map(of).collect::<Vec<_>>()
    })
    .concat()
}

/// Where `edge` is to be cut because of `other`.
fn meet(edge: (u32, u32), other: (u32, u32), vertices: &[Point], tolerance: f64, cuts: &mut Vec<Cut>) {
    let place = |vertex: u32| vertices[vertex as usize];
    let (a, b) = (place(edge.0), place(edge.1));
    let before = cuts.len();
    let mut touching = false;
    for vertex in [other.0, other.1] {
        if vertex == edge.0 || vertex == edge.1 {
            touching = true;
        } else if on(place(vertex), a, b, tolerance) {
            cuts.push(Cut::At(vertex));
        }
    }
    let (c, d) = (place(other.0), place(other.1));
    // Edges with a corner in common, or a corner of one on the other, meet there.
    if touching || cuts.len() > before || on(a, c, d, tolerance) || on(b, c, d, tolerance) {
        return;
    }
    // The same two edges in the same order for both, so that both are cut at the same place.
    let crossing = if edge < other { crossing(a, b, c, d) } else { crossing(c, d, a, b) };
    cuts.extend(crossing.map(Cut::New));
}

/// Whether a place lies on the inside of a segment.
fn on(place: Point, a: Point, b: Point, tolerance: f64) -> bool {
    let (dx, dy) = (b.x - a.x, b.y - a.y);
    let squared = dx * dx + dy * dy;
    let (px, py) = (place.x - a.x, place.y - a.y);
    let along = (px * dx + py * dy) / squared;
    (0.0..=1.0).contains(&along) && (px * dy - py * dx).abs() <= tolerance * squared.sqrt()
}

/// Where two segments cross, about the start of the first.
fn crossing(a: Point, b: Point, c: Point, d: Point) -> Option<Point> {
    let (rx, ry, sx, sy) = (b.x - a.x, b.y - a.y, d.x - c.x, d.y - c.y);
    let (qx, qy) = (c.x - a.x, c.y - a.y);
    let across = rx * sy - ry * sx;
    if across == 0.0 {
        return None;
    }
    let (t, u) = ((qx * sy - qy * sx) / across, (qx * ry - qy * rx) / across);
    ((0.0..=1.0).contains(&t) && (0.0..=1.0).contains(&u)).then(|| Point::new(a.x + t * rx, a.y + t * ry))
}

#[cfg(test)]
#[path = "noding_tests.rs"]
mod tests;
