//! Where sources meet the network.

use super::{Nearest, Network};
use crate::factors::barrier::{foot, side};
use crate::space::index::BoxIndex;
use crate::space::{Extent, Point, Shape, measure};

/// What lies nearer to an edge than this touches it, m: far below what matters, above rounding.
const TOUCH: f64 = 1e-6;

/// A stretch of an edge where a source meets the network: metres from the edge's first node.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Meeting {
    pub edge: u32,
    pub from: f64,
    pub to: f64,
}

/// Where a source, or a piece of it, is reached from the network.
#[derive(Clone, Debug, PartialEq)]
pub struct Seed {
    /// See `Attenuation::strength`.
    pub strength: f64,
    pub feature: u32,
    /// Straight metres between the network and the source.
    pub access: f64,
    pub meetings: Vec<Meeting>,
}

impl Network {
    /// Where a point, a path or a ring meets the network, and at what distance: everywhere it crosses or touches an edge, else at the nearest
    /// point. Nowhere without a network.
    pub fn meet(&self, piece: &[[Point; 2]]) -> (f64, Vec<Meeting>) {
        let (mut found, mut meetings) = (Vec::new(), Vec::new());
        let Some(&[start, _]) = piece.first() else { return (f64::INFINITY, meetings) };
        let mut nearest = Nearest::default();
        nearest.gather(self, Extent::of(&[start]), f64::INFINITY);
        let stand = nearest.stand(self, start);
        if stand.access == f64::INFINITY {
            return (f64::INFINITY, meetings);
        }
        for segment in piece.iter().filter(|[from, to]| from != to) {
            self.index.touching(Extent::of(segment).grown(TOUCH), &mut found);
            meetings.extend(found.iter().filter_map(|&edge| self.shared(edge, *segment)));
        }
        if !meetings.is_empty() {
            meetings.sort_by(|one, other| one.edge.cmp(&other.edge).then(one.from.total_cmp(&other.from)));
            meetings.dedup();
            return (0.0, meetings);
        }
        let mut best = (stand.access, stand.edge, stand.along);
        for &[from, to] in piece.iter().filter(|[from, to]| from != to) {
            self.index.touching(Extent::of(&[from, to]).grown(best.0), &mut found);
            for &edge in &found {
                let ([start, end], length) = (self.ends(edge), self.lengths[edge as usize]);
                let onto = |place: Point| {
                    let foot = foot(place, start, end);
                    (foot.distance(place), edge, foot.distance(start).min(length))
                };
                let off = |place: Point, along: f64| (foot(place, from, to).distance(place), edge, along);
                for way in [onto(from), onto(to), off(start, 0.0), off(end, length)] {
                    if way.0.total_cmp(&best.0).then(way.1.cmp(&best.1)).then(way.2.total_cmp(&best.2)).is_lt() {
                        best = way;
                    }
                }
            }
        }
        let (access, edge, along) = best;
        (access, vec![Meeting { edge, from: along, to: along }])
    }

    /// The stretches of the network inside a polygon.
    pub fn inside(&self, polygon: Shape<'_>) -> Vec<Meeting> {
        let rings = polygon.rings().flat_map(|ring| ring.points.windows(2).map(|pair| [pair[0], pair[1]]));
        let sides: Vec<[Point; 2]> = rings.collect();
        let index = BoxIndex::new(sides.iter().map(|side| Extent::of(side)));
        let (mut edges, mut found, mut meetings) = (Vec::new(), Vec::new(), Vec::<Meeting>::new());
        self.index.touching(polygon.extent(), &mut edges);
        for &edge in &edges {
            let ([start, end], length) = (self.ends(edge), self.lengths[edge as usize]);
            index.touching(Extent::of(&[start, end]).grown(TOUCH), &mut found);
            let shared = found.iter().filter_map(|&at| self.shared(edge, sides[at as usize]));
            let mut cuts: Vec<f64> =
                shared.flat_map(|meeting| [meeting.from, meeting.to]).chain([0.0, length]).collect();
            cuts.sort_by(f64::total_cmp);
            for pair in cuts.windows(2).filter(|pair| pair[0] < pair[1]) {
                let share = (pair[0] + pair[1]) / 2.0 / length;
                let middle = Point::new(start.x + (end.x - start.x) * share, start.y + (end.y - start.y) * share);
                if !measure::covers(polygon, middle) {
                    continue;
                }
                match meetings.last_mut().filter(|last| last.edge == edge && last.to == pair[0]) {
                    Some(last) => last.to = pair[1],
                    None => meetings.push(Meeting { edge, from: pair[0], to: pair[1] }),
                }
            }
        }
        meetings
    }

    /// The stretch of an edge that a segment crosses or touches.
    fn shared(&self, edge: u32, [from, to]: [Point; 2]) -> Option<Meeting> {
        let ([start, end], length) = (self.ends(edge), self.lengths[edge as usize]);
        let mut low = f64::INFINITY;
        let mut high = f64::NEG_INFINITY;
        let mut at = |along: f64| (low, high) = (low.min(along), high.max(along));
        let (of_start, of_end) = (side(from, to, start), side(from, to, end));
        if of_start * of_end < 0.0 && side(start, end, from) * side(start, end, to) < 0.0 {
            at(of_start / (of_start - of_end) * length);
        }
        for place in [from, to] {
            let foot = foot(place, start, end);
            if foot.distance(place) <= TOUCH {
                at(foot.distance(start).min(length));
            }
        }
        for (place, along) in [(start, 0.0), (end, length)] {
            if foot(place, from, to).distance(place) <= TOUCH {
                at(along);
            }
        }
        (low <= high).then_some(Meeting { edge, from: low, to: high })
    }
}
