//! Sources and their ways past barriers.

use super::{Group, Segment};
use crate::factors::barrier::{self, Barriers, Seed, Ways};
use crate::space::{Extent, Point};

/// A source cut where walls cross it, so that each piece has one side's places before it; pieces end a little off the wall.
pub(super) fn pieces(barriers: &Barriers, segment: Segment, into: &mut Vec<Segment>) {
    let (a, b) = (segment.a, segment.b);
    let length = a.distance(b);
    let mut found = Vec::new();
    barriers.touching(Extent::of(&[a, b]), &mut found);
    let mut cuts: Vec<f64> = found
        .iter()
        .map(|&wall| barriers.wall(wall))
        .filter(|wall| barrier::parts(*wall, a, b))
        .map(|[from, to]| {
            let (of_a, of_b) = (barrier::side(from, to, a), barrier::side(from, to, b));
            of_a / (of_a - of_b)
        })
        .collect();
    cuts.sort_by(f64::total_cmp);
    let at = |along: f64| Point::new(a.x + (b.x - a.x) * along, a.y + (b.y - a.y) * along);
    let clear = barrier::CLEARANCE / length;
    let mut start = 0.0;
    for cut in cuts.into_iter().map(|cut| (cut, true)).chain([(1.0, false)]) {
        let (end, next) = if cut.1 { (cut.0 - clear, cut.0 + clear) } else { (1.0, 1.0) };
        if start <= end {
            let whole = start == 0.0 && end == 1.0;
            let (a, b) = if whole { (a, b) } else { (at(start), at(end)) };
            into.push(Segment { a, b, ..segment });
        }
        start = next;
    }
}

/// The ways of a group past its barriers, from what each of their nodes sees: of its sources the nearest, and farther ones that are stronger.
pub(super) fn ways(group: &Group, barriers: &Barriers) -> Ways {
    let reach = group.law.radius + group.half_width;
    barriers.ways(reach, |node| {
        let (mut near, mut walls, mut seeds) = (Vec::new(), Vec::new(), Vec::new());
        group.index.touching(Extent::of(&[node.place]).grown(reach), &mut near);
        let mut seen: Vec<(f64, Point, u32)> = near
            .iter()
            .map(|&number| {
                let segment = &group.sources.segments[number as usize];
                let foot = barrier::foot(node.place, segment.a, segment.b);
                (foot.distance(node.place), foot, number)
            })
            .filter(|(distance, ..)| *distance < reach)
            .collect();
        seen.sort_by(|one, other| one.0.total_cmp(&other.0).then(one.2.cmp(&other.2)));
        let mut strongest = f64::NEG_INFINITY;
        for (distance, foot, number) in seen {
            let Segment { strength, feature, .. } = group.sources.segments[number as usize];
            if strength > strongest && !barriers.blocked(node.place, foot, &mut walls) {
                strongest = strength;
                seeds.push(Seed { distance, strength, feature });
            }
        }
        seeds
    })
}
