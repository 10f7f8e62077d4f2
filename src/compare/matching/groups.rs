//! From overlaps to what happened: units that hang together by their main overlaps form a group, and its numbers name the kind.

use super::super::Options;
use super::super::side::Side;
use super::{Kind, MatchedBy, Matching, Pair, ids, share};

/// Ground that an old and a new unit share.
#[derive(Clone, Copy, Debug)]
pub(super) struct Link {
    pub old: u32,
    pub new: u32,
    /// m².
    pub shared: f64,
    /// Whether the two bear one identifier and the ground agrees.
    pub by_id: bool,
}

/// Makes pairs of the links that count: those by identifier, those that are most of the smaller unit, for a unit with none of these
/// its largest, and of a unit that is not told by its identifier every one that is no sliver of it, where the others leave ground over. The
/// links come sorted by old and new row.
pub(super) fn pairs(old: &Side<'_>, new: &Side<'_>, links: Vec<Link>, options: &Options, matching: &mut Matching) {
    let smaller = |link: &Link| old.area(link.old).min(new.area(link.new));
    let main = |link: &Link| link.by_id || link.shared >= options.main_share * smaller(link);
    let (mut held_old, mut held_new) = (vec![false; old.len()], vec![false; new.len()]);
    for link in links.iter().filter(|link| main(link)) {
        (held_old[link.old as usize], held_new[link.new as usize]) = (true, true);
    }
    let mut kept: Vec<bool> = links.iter().map(main).collect();
    keep_largest(&links, &held_old, |link| link.old, &mut kept);
    keep_largest(&links, &held_new, |link| link.new, &mut kept);
    // Both ends are asked of the same links, so that the way back is the mirror of the way there.
    let ends = [
        further(&links, &kept, (old.len(), |link| link.old, &|row| old.area(row)), options.sliver_share),
        further(&links, &kept, (new.len(), |link| link.new, &|row| new.area(row)), options.sliver_share),
    ];
    ends.iter().for_each(|end| kept.iter_mut().zip(end).for_each(|(kept, further)| *kept |= further));
    // What units share beside their main overlaps passed from one to the other.
    let beside = links.iter().zip(&kept).filter(|(_, kept)| !**kept).map(|(link, _)| (link.old, link.new, link.shared));
    matching.passed.extend(beside);
    matching.passed.sort_unstable_by_key(|passed| (passed.0, passed.1));
    let links: Vec<Link> = links.into_iter().zip(kept).filter(|(_, kept)| *kept).map(|(link, _)| link).collect();
    let mut groups = Groups::new(old.len() + new.len());
    links.iter().for_each(|link| groups.join(link.old, old.len() as u32 + link.new));
    let (mut olds, mut news) = (vec![0_u32; groups.parent.len()], vec![0_u32; groups.parent.len()]);
    let (mut seen_old, mut seen_new) = (vec![false; old.len()], vec![false; new.len()]);
    for link in &links {
        let group = groups.root(link.old) as usize;
        olds[group] += u32::from(!std::mem::replace(&mut seen_old[link.old as usize], true));
        news[group] += u32::from(!std::mem::replace(&mut seen_new[link.new as usize], true));
    }
    for link in links {
        let group = groups.root(link.old) as usize;
        let (a, b) = (old.area(link.old), new.area(link.new));
        let one_id = link.by_id || ids::equal((&old.ids, link.old), (&new.ids, link.new));
        let kind = match (olds[group], news[group]) {
            (1, 1) if one_id && 1.0 - link.shared / a.max(b) > options.recut_share => Kind::Recut,
            (1, 1) if one_id => Kind::Same,
            (1, 1) => Kind::Replaced,
            (1, _) => Kind::Split,
            (_, 1) => Kind::Merged,
            _ => Kind::Regrouped,
        };
        matching.pairs.push(Pair {
            old: link.old,
            new: link.new,
            kind,
            by: if link.by_id { MatchedBy::Id } else { MatchedBy::Overlap },
            shared: link.shared.min(a).min(b),
            share_old: share(link.shared, a),
            share_new: share(link.shared, b),
        });
    }
}

/// For each unit that no main link holds, its largest link counts; the first of equal ones.
fn keep_largest(links: &[Link], held: &[bool], unit: impl Fn(&Link) -> u32, kept: &mut [bool]) {
    let mut largest: Vec<Option<usize>> = vec![None; held.len()];
    for (place, link) in links.iter().enumerate() {
        let unit = unit(link) as usize;
        if !held[unit] && largest[unit].is_none_or(|best| links[best].shared < link.shared) {
            largest[unit] = Some(place);
        }
    }
    largest.into_iter().flatten().for_each(|place| kept[place] = true);
}

/// One side of the links: how many units it has, which of them a link is of, and their areas.
type End<'a> = (usize, fn(&Link) -> u32, &'a dyn Fn(u32) -> f64);

/// For each unit without a link by identifier, whose links that count leave more than a sliver of it over, the other ones that are no sliver of
/// it count as well.
fn further(links: &[Link], kept: &[bool], (count, unit, area): End<'_>, sliver: f64) -> Vec<bool> {
    let (mut covered, mut by_id) = (vec![0.0; count], vec![false; count]);
    for (link, _) in links.iter().zip(kept).filter(|(_, kept)| **kept) {
        covered[unit(link) as usize] += link.shared;
        by_id[unit(link) as usize] |= link.by_id;
    }
    let counts = |link: &Link| {
        let (row, whole) = (unit(link) as usize, area(unit(link)));
        !by_id[row] && covered[row] < (1.0 - sliver) * whole && link.shared >= sliver * whole
    };
    links.iter().map(counts).collect()
}

/// Disjoint groups (union–find).
struct Groups {
    parent: Vec<u32>,
}

impl Groups {
    fn new(count: usize) -> Groups {
        Groups { parent: (0..count as u32).collect() }
    }

    fn root(&mut self, mut unit: u32) -> u32 {
        while self.parent[unit as usize] != unit {
            let above = self.parent[self.parent[unit as usize] as usize];
            self.parent[unit as usize] = above;
            unit = above;
        }
        unit
    }

    fn join(&mut self, one: u32, other: u32) {
        let (one, other) = (self.root(one), self.root(other));
        // The smaller number stays the root, whatever the order of joining.
        self.parent[one.max(other) as usize] = one.min(other);
    }
}
