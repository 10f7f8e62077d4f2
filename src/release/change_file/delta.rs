//! One file as pieces of another and what is new: rolling sums find where blocks of the old file stand in the new one (Tridgell and
//! Mackerras 1996), and each find is taken as far as the two agree.

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

/// Bytes of the old file that are looked for as a whole.
const BLOCK: usize = 2048;

/// Places of equal sums that are tried before a find is given up.
const TRIED: usize = 16;

/// A piece of the new file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Piece {
    /// So many bytes of the old file, from a place on.
    Old { from: u64, bytes: u64 },
    /// So many bytes that follow in the change file.
    New { bytes: u64 },
}

/// The pieces of `new`, and what is new in it.
pub fn delta(old: &[u8], new: &[u8]) -> (Vec<Piece>, Vec<u8>) {
    let blocks = blocks(old);
    let (mut pieces, mut fresh) = (Vec::new(), Vec::new());
    let (mut at, mut start) = (0, 0);
    let mut sum = (new.len() >= BLOCK).then(|| Rolling::of(&new[..BLOCK]));
    while let Some(rolling) = sum {
        let Some((from, back, bytes)) = found(old, new, &blocks, rolling.value(), at, start) else {
            let next = at + BLOCK;
            sum = (next < new.len()).then(|| rolling.moved(new[at], new[next]));
            at += 1;
            continue;
        };
        take(&mut pieces, &mut fresh, &new[start..at - back]);
        pieces.push(Piece::Old { from: (from - back) as u64, bytes: (bytes + back) as u64 });
        at += bytes;
        start = at;
        sum = (at + BLOCK <= new.len()).then(|| Rolling::of(&new[at..at + BLOCK]));
    }
    take(&mut pieces, &mut fresh, &new[start..]);
    (pieces, fresh)
}

fn take(pieces: &mut Vec<Piece>, fresh: &mut Vec<u8>, bytes: &[u8]) {
    if !bytes.is_empty() {
        pieces.push(Piece::New { bytes: bytes.len() as u64 });
        fresh.extend_from_slice(bytes);
    }
}

/// Where blocks of the old file begin, by their sums.
fn blocks(old: &[u8]) -> FxHashMap<u64, Vec<u32>> {
    let mut blocks: FxHashMap<u64, Vec<u32>> = FxHashMap::default();
    for (number, block) in old.chunks_exact(BLOCK).enumerate() {
        let places = blocks.entry(Rolling::of(block).value()).or_default();
        if places.len() < TRIED {
            places.push(number as u32);
        }
    }
    blocks
}

/// The longest stretch of the old file that agrees with the new one at `at`: where it begins, how far it agrees before that (not before
/// `start`), and how far from there on.
fn found(
    old: &[u8],
    new: &[u8],
    blocks: &FxHashMap<u64, Vec<u32>>,
    sum: u64,
    at: usize,
    start: usize,
) -> Option<(usize, usize, usize)> {
    let ahead = |from: usize| old[from..].iter().zip(&new[at..]).take_while(|(one, other)| one == other).count();
    let places = blocks.get(&sum)?.iter().map(|number| *number as usize * BLOCK);
    let finds = places.map(|from| (from, ahead(from))).filter(|(_, bytes)| *bytes >= BLOCK);
    let (from, bytes) = finds.reduce(|best, next| if next.1 > best.1 { next } else { best })?;
    let before = old[..from].iter().rev().zip(new[start..at].iter().rev());
    let back = before.take_while(|(one, other)| one == other).count();
    Some((from, back, bytes))
}

/// The sum of a block that moves on byte by byte: a polynomial in the bytes, modulo 2⁶⁴.
#[derive(Clone, Copy)]
struct Rolling(u64);

const FACTOR: u64 = 0x9E37_79B9_7F4A_7C15 | 1;

/// FACTOR to the power of the block's length less one.
const LEAVING: u64 = {
    let (mut power, mut count) = (1u64, 1);
    while count < BLOCK {
        power = power.wrapping_mul(FACTOR);
        count += 1;
    }
    power
};

impl Rolling {
    fn of(block: &[u8]) -> Rolling {
        Rolling(block.iter().fold(0u64, |sum, byte| sum.wrapping_mul(FACTOR).wrapping_add(u64::from(*byte) + 1)))
    }

    fn moved(self, leaves: u8, comes: u8) -> Rolling {
        let without = self.0.wrapping_sub((u64::from(leaves) + 1).wrapping_mul(LEAVING));
        Rolling(without.wrapping_mul(FACTOR).wrapping_add(u64::from(comes) + 1))
    }

    fn value(self) -> u64 {
        self.0
    }
}

#[cfg(test)]
#[path = "delta_tests.rs"]
mod tests;
