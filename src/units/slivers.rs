//! Pieces too small or too narrow to be units join the neighbour they share the longest line with.

use crate::project::plan::MadeUnits;
use crate::space::coverage::Border;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};

/// What pieces are judged by.
pub(super) struct Measured<'a> {
    /// m².
    pub areas: &'a [f64],
    /// Metres of outline with nothing beside.
    pub open: &'a [f64],
    pub borders: &'a [Border],
}

struct Group {
    members: Vec<u32>,
    /// The largest of them, which the others take their name from.
    host: u32,
    area: f64,
    /// Micrometres: whole numbers add up the same in any order.
    open: u64,
    beside: BTreeMap<u32, u64>,
}

impl Group {
    /// Twice the area over the outline, m: the width of a strip, half the side of a square.
    fn width(&self) -> f64 {
        let outline = self.open + self.beside.values().sum::<u64>();
        if outline == 0 { 0.0 } else { 2.0 * self.area / (outline as f64 / 1e6) }
    }

    fn is_sliver(&self, plan: &MadeUnits) -> bool {
        self.area < plan.least_area || self.width() < plan.least_width
    }

    fn rank(&self) -> Reverse<(u64, u32)> {
        // Areas are not negative: their bits sort as they do.
        Reverse((self.area.to_bits(), self.host))
    }
}

/// For each piece the piece it becomes part of, itself where it stays; the smallest slivers first. One with no neighbour stays.
pub(super) fn joined(measured: &Measured<'_>, plan: &MadeUnits) -> Vec<u32> {
    let micro = |length: f64| (length * 1e6).round() as u64;
    let mut groups: Vec<Option<Group>> = (0..measured.areas.len())
        .map(|piece| {
            Some(Group {
                members: vec![piece as u32],
                host: piece as u32,
                area: measured.areas[piece],
                open: micro(measured.open[piece]),
                beside: BTreeMap::new(),
            })
        })
        .collect();
    for border in measured.borders {
        for (one, other) in [(border.one, border.other), (border.other, border.one)] {
            let group = groups[one as usize].as_mut().expect("none has gone yet");
            *group.beside.entry(other).or_insert(0) += micro(border.length);
        }
    }
    let mut waiting: BinaryHeap<(Reverse<(u64, u32)>, u32)> = (0u32..)
        .zip(&groups)
        .filter_map(|(at, group)| group.as_ref().filter(|group| group.is_sliver(plan)).map(|group| (group.rank(), at)))
        .collect();
    while let Some((rank, at)) = waiting.pop() {
        // What was joined or grew meanwhile waits elsewhere, if at all.
        let Some(group) = groups[at as usize].as_ref().filter(|group| group.rank() == rank) else { continue };
        let longest = group.beside.iter().max_by_key(|(other, length)| (**length, Reverse(**other)));
        let Some((&host, _)) = longest else { continue };
        let gone = groups[at as usize].take().expect("it was just there");
        for (&third, &length) in gone.beside.iter().filter(|(third, _)| **third != host) {
            let its = &mut groups[third as usize].as_mut().expect("neighbours stand").beside;
            its.remove(&at);
            *its.entry(host).or_insert(0) += length;
        }
        let group = groups[host as usize].as_mut().expect("neighbours stand");
        group.beside.remove(&at);
        for (&third, &length) in gone.beside.iter().filter(|(third, _)| **third != host) {
            *group.beside.entry(third).or_insert(0) += length;
        }
        if measured.areas[gone.host as usize] > measured.areas[group.host as usize] {
            group.host = gone.host;
        }
        group.open += gone.open;
        group.area += gone.area;
        group.members.extend(gone.members);
        if group.is_sliver(plan) {
            waiting.push((group.rank(), host));
        }
    }
    let mut part_of = vec![0; measured.areas.len()];
    for group in groups.iter().flatten() {
        group.members.iter().for_each(|&member| part_of[member as usize] = group.host);
    }
    part_of
}

#[cfg(test)]
#[path = "slivers_tests.rs"]
mod tests;
