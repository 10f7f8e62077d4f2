//! What happens to the ground between one year and the next: parcels merged, split, shifted, added, removed, put to another use.
//!
//! The ground plan holds the finest pieces of all years; a change says from which year on which pieces count as what. So every year is
//! drawn from the same pieces, and what no change names is the same to the millimetre.

use super::fabric::Fabric;
use super::ring::{shifted, union};
use super::theme;
use crate::land::random::Random;

/// One change; pieces by number.
#[derive(Clone, Debug)]
pub(super) enum Change {
    /// Two parcels become one, with a new serial number.
    Merge {
        one: usize,
        other: usize,
        serial: u32,
    },
    /// A parcel (drawn as two pieces) becomes two, with new serial numbers.
    Split {
        one: usize,
        other: usize,
        serials: [u32; 2],
    },
    /// The boundary between two parcels moves; both keep their numbers.
    Shift {
        one: usize,
        other: usize,
        bend: f64,
    },
    Remove {
        piece: usize,
    },
    Add {
        piece: usize,
    },
    Use {
        piece: usize,
        to: u8,
    },
}

/// How many changes of each kind a year brings.
pub(super) struct Counts {
    pub merges: usize,
    pub splits: usize,
    pub shifts: usize,
    pub added: usize,
    pub removed: usize,
    pub uses: usize,
}

impl Counts {
    /// About 1.5 % of the parcels re-cut (two by a merger or a shift, one by a split), 1 % put to another use.
    pub fn of(parcels: usize) -> Counts {
        let share = |permille: f64, least: usize| ((parcels as f64 * permille / 1000.0) as usize).max(least);
        Counts {
            merges: share(3.0, 1),
            splits: share(4.0, 1),
            shifts: share(2.5, 1),
            added: share(0.5, 3),
            removed: share(0.7, 2),
            uses: share(10.0, 2),
        }
    }
}

/// Every change of every later year.
pub(super) struct Changes {
    /// Each with the later year (1 for the first after the first) it belongs to.
    pub list: Vec<(usize, Change)>,
    /// For each piece the place in `list` plus one; 0 where nothing happens to it.
    fate: Vec<u32>,
    /// The highest serial number given out in each ward.
    serials: Vec<u32>,
}

impl Changes {
    /// Chooses the changes. `taken` are pieces that a later year's station takes, one a year.
    pub fn choose(
        fabric: &Fabric,
        uses: &[u8],
        taken: &[usize],
        counts: &Counts,
        later_years: usize,
        seed: u64,
    ) -> Changes {
        let mut random = Random::new(seed, &[theme::CHANGES]);
        let serials = fabric.wards.iter().map(|ward| ward.pieces().len() as u32).collect();
        let mut changes = Changes { list: Vec::new(), fate: vec![0; fabric.pieces.len()], serials };
        for (at, &piece) in fabric.rim.iter().enumerate() {
            changes.record(at / counts.added + 1, Change::Add { piece: piece as usize });
        }
        for (at, &piece) in taken.iter().enumerate() {
            changes.record(at + 1, Change::Remove { piece });
        }
        for later in 1..=later_years {
            for _ in 0..counts.merges {
                changes.merge_or_split(fabric, uses, later, true, &mut random);
            }
            for _ in 0..counts.splits {
                changes.merge_or_split(fabric, uses, later, false, &mut random);
            }
            for _ in 0..counts.shifts {
                let bend = random.between(0.07, 0.16) * if random.chance(0.5) { 1.0 } else { -1.0 };
                let works = |one: usize, other: usize| shifted(fabric.ring(one), fabric.ring(other), bend).is_some();
                let (_, one, other) = changes.pair(fabric, uses, &mut random, works);
                changes.record(later, Change::Shift { one, other, bend });
            }
            for _ in 0..counts.removed {
                let piece = changes.single(fabric, &mut random);
                changes.record(later, Change::Remove { piece });
            }
            for _ in 0..counts.uses {
                let piece = changes.single(fabric, &mut random);
                // Industry gives way to dwellings, dwellings to shops, the rest to dwellings.
                let to = if uses[piece] == 1 { 0 } else { 1 };
                changes.record(later, Change::Use { piece, to });
            }
        }
        changes
    }

    /// What happens to a piece, and in which later year.
    pub fn of(&self, piece: usize) -> Option<&(usize, Change)> {
        self.fate[piece].checked_sub(1).map(|at| &self.list[at as usize])
    }

    fn record(&mut self, later: usize, change: Change) {
        self.list.push((later, change.clone()));
        let number = self.list.len() as u32;
        match change {
            Change::Merge { one, other, .. } | Change::Split { one, other, .. } | Change::Shift { one, other, .. } => {
                (self.fate[one], self.fate[other]) = (number, number);
            }
            Change::Remove { piece } | Change::Add { piece } | Change::Use { piece, .. } => self.fate[piece] = number,
        }
    }

    fn merge_or_split(&mut self, fabric: &Fabric, uses: &[u8], later: usize, merge: bool, random: &mut Random) {
        let works = |one: usize, other: usize| union(fabric.ring(one), fabric.ring(other)).is_some();
        let (ward, one, other) = self.pair(fabric, uses, random, works);
        let next = &mut self.serials[ward];
        let change = if merge {
            *next += 1;
            Change::Merge { one, other, serial: *next }
        } else {
            *next += 2;
            Change::Split { one, other, serials: [*next - 1, *next] }
        };
        self.record(later, change);
    }

    /// A piece nothing happens to.
    fn single(&self, fabric: &Fabric, random: &mut Random) -> usize {
        (0..100_000)
            .map(|_| random.below(fabric.pieces.len()))
            .find(|&piece| self.fate[piece] == 0)
            .expect("most pieces stay as they are")
    }

    /// Two untouched neighbours of one use in one block that `works` accepts, and their ward.
    fn pair(
        &self,
        fabric: &Fabric,
        uses: &[u8],
        random: &mut Random,
        works: impl Fn(usize, usize) -> bool,
    ) -> (usize, usize, usize) {
        (0..100_000)
            .find_map(|_| {
                let one = self.single(fabric, random);
                let ward = fabric.ward_of(one);
                let block = fabric.wards[ward].blocks.iter().find(|block| block.pieces.contains(&one))?;
                let other = block.pieces.clone().find(|&other| {
                    other > one && self.fate[other] == 0 && uses[other] == uses[one] && works(one, other)
                })?;
                Some((ward, one, other))
            })
            .expect("most parcels have a neighbour of their use")
    }
}
