//! Polygons: an identifier is trusted where the two units share ground; what is left is matched by the ground alone.

use super::super::Options;
use super::super::side::Side;
use super::super::uses::Places;
use super::groups::{self, Link};
use super::shift;
use super::{Kind, MatchedBy, Matching, Pair, by_id_alone};
use crate::land::{Outcome, Text, cancel};
use crate::say;
use crate::scale;
use crate::space::index::BoxIndex;
use crate::space::overlap::Overlap;
use crate::space::{Extent, Point, Shape, Shapes};

/// Units looked at in one piece of work.
const CHUNK: usize = 2048;
/// No old unit.
const NONE: u32 = u32::MAX;
/// More ground than this many times its area lies over a unit where units are stacked (a layer of zones for each use).
const STACKED: f64 = 1.05;

/// What the ground says of two units with one identifier.
#[derive(Clone, Copy)]
enum Verdict {
    /// Every coordinate is equal.
    Identical,
    /// One of the two has no area.
    NoGround,
    /// m² in common.
    Shared(f64),
}

pub(super) fn matching(
    old: &Side<'_>,
    new: &Side<'_>,
    joined: &[(u32, u32)],
    places: &Places,
    metres_per_unit: f64,
    options: &Options,
    notes: &mut Vec<Text>,
) -> Outcome<Matching> {
    let (Some(before), Some(after)) = (old.shapes.as_deref(), new.shapes.as_deref()) else {
        return Ok(Matching::default());
    };
    let square = metres_per_unit * metres_per_unit;
    let verdicts = judge(old, new, before, after, joined, square);
    cancel::checkpoint()?;
    let mut matching = Matching { pairs: Vec::with_capacity(joined.len()), ..Matching::default() };
    let (mut free_old, mut partner) = (vec![true; old.len()], vec![NONE; new.len()]);
    let mut free_new = vec![true; new.len()];
    let (mut links, mut passed) = (Vec::new(), Vec::new());
    for (&(one, two), verdict) in joined.iter().zip(verdicts) {
        let (a, b) = (old.areas[one as usize], new.areas[two as usize]);
        match verdict {
            Verdict::Identical => matching.pairs.push(Pair {
                old: one,
                new: two,
                kind: Kind::Same,
                by: MatchedBy::Id,
                shared: a,
                share_old: 1.0,
                share_new: 1.0,
            }),
            Verdict::NoGround => matching.pairs.push(by_id_alone(old, new, one, two, options)),
            Verdict::Shared(shared) => {
                if shared >= options.id_share * a.min(b) && shared > 0.0 {
                    partner[two as usize] = one;
                    links.push(Link { old: one, new: two, shared, by_id: true });
                } else {
                    matching.moved_ids.push((one, two));
                }
                continue;
            }
        }
        (free_old[one as usize], free_new[two as usize]) = (false, false);
    }
    overlay(old, new, (before, after), (&free_old, &free_new), &partner, square, options, &mut links, &mut passed);
    cancel::checkpoint()?;
    let dropped = unstack(old, new, places, &mut links, &mut passed);
    matching.passed = passed.into_iter().map(|link| (link.old, link.new, link.shared)).collect();
    if dropped > 0 {
        notes.push(say!(
            "units of different uses lie upon one another: {dropped} overlaps across uses were left out",
            "不同用途的单元相互重叠:{dropped} 处跨用途叠置未计入匹配"
        ));
    }
    groups::pairs(old, new, links, options, &mut matching);
    shift::find(old, new, metres_per_unit, &mut matching, notes);
    notes.extend(shift::told_of_whole(old, new, metres_per_unit, &matching));
    Ok(matching)
}

fn judge(
    old: &Side<'_>,
    new: &Side<'_>,
    before: &Shapes,
    after: &Shapes,
    joined: &[(u32, u32)],
    square: f64,
) -> Vec<Verdict> {
    let one = |kernel: &mut Overlap, (one, two): (u32, u32)| {
        let (a, b) = (before.get(one as usize), after.get(two as usize));
        let has_ground = |area: f64| area > 0.0;
        if !has_ground(old.areas[one as usize]) || !has_ground(new.areas[two as usize]) {
            Verdict::NoGround
        } else if a.equals(b) {
            Verdict::Identical
        } else {
            Verdict::Shared(shared(kernel, a, b, a.extent(), b.extent()) * square)
        }
    };
    scale::chunks_with(joined.len(), CHUNK, Overlap::default, |kernel, range| -> Vec<Verdict> {
        joined[range].iter().map(|&pair| one(kernel, pair)).collect()
    })
    .concat()
}

fn shared(kernel: &mut Overlap, a: Shape<'_>, b: Shape<'_>, box_a: Extent, box_b: Extent) -> f64 {
    let window = Extent {
        min: Point::new(box_a.min.x.max(box_b.min.x), box_a.min.y.max(box_b.min.y)),
        max: Point::new(box_a.max.x.min(box_b.max.x), box_a.max.y.min(box_b.max.y)),
    };
    if window.is_empty() { 0.0 } else { kernel.area_of_pair(a, b, window) }
}

/// Adds what units that are not settled share: links where it is a large part of one, else ground that passed; slivers left out. Units whose identifier and coordinates are equal take no part.
#[expect(clippy::too_many_arguments, reason = "two releases, each with shapes and what is free of it")]
fn overlay(
    old: &Side<'_>,
    new: &Side<'_>,
    (before, after): (&Shapes, &Shapes),
    (free_old, free_new): (&[bool], &[bool]),
    partner: &[u32],
    square: f64,
    options: &Options,
    links: &mut Vec<Link>,
    passed: &mut Vec<Link>,
) {
    let open = |free: &[bool], areas: &[f64]| -> Vec<u32> {
        (0..free.len() as u32).filter(|&row| free[row as usize] && areas[row as usize] > 0.0).collect()
    };
    let (olds, news) = (open(free_old, &old.areas), open(free_new, &new.areas));
    if olds.is_empty() || news.is_empty() {
        return;
    }
    let boxes: Vec<Extent> = scale::map(olds.len(), |place| before.get(olds[place] as usize).extent());
    let index = BoxIndex::new(boxes.iter().copied());
    let found = scale::chunks_with(
        news.len(),
        CHUNK,
        || (Overlap::default(), Vec::new()),
        |(kernel, near), range| {
            let mut found = Vec::new();
            for &two in &news[range] {
                let shape = after.get(two as usize);
                let extent = shape.extent();
                index.touching(extent, near);
                for place in near.iter().map(|&place| place as usize) {
                    let one = olds[place];
                    if partner[two as usize] == one {
                        continue;
                    }
                    let shared = shared(kernel, before.get(one as usize), shape, boxes[place], extent) * square;
                    let smaller = old.areas[one as usize].min(new.areas[two as usize]);
                    let shared = shared.min(smaller);
                    let sliver = shared < options.sliver_area && shared < options.main_share * smaller;
                    // Touching neighbours come out some 1e-9 m² off 0.
                    if !sliver && shared > 1e-9 * smaller {
                        let is_part = shared >= options.sliver_share * smaller;
                        found.push((is_part, Link { old: one, new: two, shared, by_id: false }));
                    }
                }
            }
            found
        },
    );
    for (is_part, link) in found.into_iter().flatten() {
        if is_part { links.push(link) } else { passed.push(link) }
    }
    links.sort_unstable_by_key(|link| (link.old, link.new));
    passed.sort_unstable_by_key(|link| (link.old, link.new));
}

/// Leaves out overlaps across uses where more ground lies over a unit than it has: there each use has its own layer of zones.
fn unstack(old: &Side<'_>, new: &Side<'_>, places: &Places, links: &mut Vec<Link>, passed: &mut Vec<Link>) -> usize {
    let (mut over_old, mut over_new) = (vec![0.0; old.len()], vec![0.0; new.len()]);
    for link in links.iter().chain(passed.iter()) {
        over_old[link.old as usize] += link.shared;
        over_new[link.new as usize] += link.shared;
    }
    let before = links.len();
    let stays = |link: &Link| {
        let (one, two) = (link.old as usize, link.new as usize);
        let stacked = over_old[one] > STACKED * old.areas[one] || over_new[two] > STACKED * new.areas[two];
        link.by_id || !stacked || places.old(old.uses[one]) == places.new_use(new.uses[two])
    };
    links.retain(stays);
    passed.retain(stays);
    before - links.len()
}
