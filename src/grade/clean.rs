//! Clean-up of a grading: patches smaller than the smallest mapped area go over to a neighbour.
//!
//! A patch is what the units of one use and grade make together across the lines they share. From the smallest up, a patch under the
//! limit takes the grade of a neighbouring patch of its use: of those along at least half as many metres as the one with the longest shared
//! line, the one with the closest mean score; of equals the longer line, then the lower first unit. Neighbours of that grade are then one
//! patch with it. A patch with no neighbour of its use stays and is told.

use crate::space::coverage::Border;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};

/// What is cleaned up: columns of units.
#[derive(Clone, Copy)]
pub struct Graded<'a> {
    pub uses: &'a [u8],
    /// Total scores.
    pub totals: &'a [f64],
    /// m².
    pub areas: &'a [f64],
    /// The lines units share.
    pub borders: &'a [Border],
}

/// A patch under the limit, and what became of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Merged {
    /// Its units, ascending.
    pub units: Vec<u32>,
    pub from: u8,
    /// The grade it took; `None` where no neighbour is of its use.
    pub to: Option<u8>,
    /// m².
    pub area: f64,
    /// The line shared with the patch it went to, m.
    pub border: f64,
    /// The distance between the area-weighted mean scores of the two, points.
    pub difference: f64,
}

struct Patch {
    units: Vec<u32>,
    grade: u8,
    area: f64,
    /// Total × area, summed.
    weighted: f64,
    /// Shared lines in micrometres, by the other patch: whole numbers add up the same in any order.
    beside: BTreeMap<u32, u64>,
}

impl Patch {
    fn score(&self) -> f64 {
        self.weighted / self.area
    }

    fn rank(&self) -> Reverse<(u64, u32)> {
        // Areas are not negative: their bits sort as they do.
        Reverse((self.area.to_bits(), self.units[0]))
    }
}

/// Merges patches smaller than `smallest` m², changing `grades`; gives every patch that was under the limit, in the order it was met.
pub fn merge(graded: &Graded<'_>, grades: &mut [u8], smallest: f64) -> Vec<Merged> {
    let (mut patches, mut home) = patches(graded, grades);
    let mut waiting: BinaryHeap<_> = patches.iter().flatten().map(Patch::rank).collect();
    let mut merged = Vec::new();
    while let Some(Reverse((bits, first))) = waiting.pop() {
        let at = home[first as usize];
        // What grew since it was put here waits under its new area.
        let Some(patch) = patches[at as usize].as_ref().filter(|patch| patch.rank().0 == (bits, first)) else {
            continue;
        };
        if patch.area >= smallest {
            break;
        }
        let chosen = choose(&patches, patch);
        merged.push(Merged {
            units: patch.units.clone(),
            from: patch.grade,
            to: chosen.map(|(other, _, _)| patches[other as usize].as_ref().expect("neighbours stand").grade),
            area: patch.area,
            border: chosen.map_or(0.0, |(_, length, _)| length as f64 / 1e6),
            difference: chosen.map_or(f64::NAN, |(_, _, difference)| difference),
        });
        let Some((other, _, _)) = chosen else { continue };
        let grade = patches[other as usize].as_ref().expect("neighbours stand").grade;
        patch.units.iter().for_each(|&unit| grades[unit as usize] = grade);
        let same = |beside: &&u32| patches[**beside as usize].as_ref().is_some_and(|patch| patch.grade == grade);
        let joined: Vec<u32> = patch.beside.keys().filter(same).copied().collect();
        let grown = joined.into_iter().fold(at, |one, other| join(&mut patches, &mut home, one, other));
        let patch = patches[grown as usize].as_mut().expect("it was just joined");
        patch.grade = grade;
        waiting.push(patch.rank());
    }
    merged
}

/// The neighbour a patch goes to, the length of the line between and the distance between their scores.
fn choose(patches: &[Option<Patch>], patch: &Patch) -> Option<(u32, u64, f64)> {
    let longest = *patch.beside.values().max()?;
    let near = patch.beside.iter().filter(|(_, length)| **length * 2 >= longest).map(|(&other, &length)| {
        let its = patches[other as usize].as_ref().expect("neighbours stand");
        (other, length, (its.score() - patch.score()).abs(), its.units[0])
    });
    let best = near.min_by(|one, other| one.2.total_cmp(&other.2).then(other.1.cmp(&one.1)).then(one.3.cmp(&other.3)));
    best.map(|(other, length, difference, _)| (other, length, difference))
}

/// Joins two patches; the one with fewer units goes into the other. Gives the number that stands for both.
fn join(patches: &mut [Option<Patch>], home: &mut [u32], one: u32, other: u32) -> u32 {
    let count = |at: u32| patches[at as usize].as_ref().map_or(0, |patch| patch.units.len());
    let (host, guest) = if count(one) >= count(other) { (one, other) } else { (other, one) };
    let gone = patches[guest as usize].take().expect("it stands");
    for (&third, &length) in gone.beside.iter().filter(|(third, _)| **third != host) {
        let its = &mut patches[third as usize].as_mut().expect("neighbours stand").beside;
        its.remove(&guest);
        *its.entry(host).or_insert(0) += length;
    }
    let patch = patches[host as usize].as_mut().expect("it stands");
    patch.beside.remove(&guest);
    for (&third, &length) in gone.beside.iter().filter(|(third, _)| **third != host) {
        *patch.beside.entry(third).or_insert(0) += length;
    }
    gone.units.iter().for_each(|&unit| home[unit as usize] = host);
    patch.units.extend(&gone.units);
    patch.units.sort_unstable();
    patch.area += gone.area;
    patch.weighted += gone.weighted;
    host
}

/// The patches there are, and the patch of each unit.
fn patches(graded: &Graded<'_>, grades: &[u8]) -> (Vec<Option<Patch>>, Vec<u32>) {
    let of_use = |border: &Border| graded.uses[border.one as usize] == graded.uses[border.other as usize];
    let within = |border: &Border| of_use(border) && grades[border.one as usize] == grades[border.other as usize];
    let mut sets = crate::space::coverage::Sets::new(grades.len());
    graded.borders.iter().filter(|border| within(border)).for_each(|border| sets.join(border.one, border.other));
    let mut patches: Vec<Option<Patch>> = Vec::new();
    let mut home = vec![u32::MAX; grades.len()];
    for unit in 0..grades.len() as u32 {
        let at = unit as usize;
        let first = sets.of(unit) as usize;
        if first == at {
            home[at] = patches.len() as u32;
            let (units, beside) = (Vec::new(), BTreeMap::new());
            patches.push(Some(Patch { units, grade: grades[at], area: 0.0, weighted: 0.0, beside }));
        }
        home[at] = home[first];
        let patch = patches[home[at] as usize].as_mut().expect("made with its first unit");
        patch.units.push(unit);
        patch.area += graded.areas[at];
        patch.weighted += graded.totals[at] * graded.areas[at];
    }
    for border in graded.borders.iter().filter(|border| of_use(border) && !within(border)) {
        let ends = [home[border.one as usize], home[border.other as usize]];
        let length = (border.length * 1e6).round() as u64;
        for (one, other) in [(ends[0], ends[1]), (ends[1], ends[0])] {
            let patch = patches[one as usize].as_mut().expect("every home stands");
            *patch.beside.entry(other).or_insert(0) += length;
        }
    }
    (patches, home)
}

#[cfg(test)]
#[path = "clean_tests.rs"]
mod tests;
