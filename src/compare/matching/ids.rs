//! The identifiers that both releases have.

use crate::land::IdColumn;
use std::cmp::Ordering;

/// What two sorted columns have in common.
pub struct Joined {
    /// Rows, old and new, of the identifiers that each column has once; ascending.
    pub pairs: Vec<(u32, u32)>,
    /// Identifiers that a column has more than once.
    pub repeated: usize,
}

/// Walks both columns once. They hold the same type, sorted by [`IdColumn::order`].
pub fn join(old: &IdColumn, new: &IdColumn) -> Joined {
    let mut joined = Joined { pairs: Vec::with_capacity(old.len().min(new.len())), repeated: 0 };
    let (mut one, mut two) = (0, 0);
    while one < old.len() || two < new.len() {
        let order = match (one < old.len(), two < new.len()) {
            (true, true) => across(old, one, new, two),
            (true, false) => Ordering::Less,
            _ => Ordering::Greater,
        };
        let ends = (
            if order == Ordering::Greater { one } else { run_end(old, one) },
            if order == Ordering::Less { two } else { run_end(new, two) },
        );
        if ends.0 - one > 1 || ends.1 - two > 1 {
            joined.repeated += 1;
        } else if order == Ordering::Equal {
            joined.pairs.push((one as u32, two as u32));
        }
        (one, two) = ends;
    }
    joined
}

/// The first row after `row` with another identifier.
fn run_end(ids: &IdColumn, row: usize) -> usize {
    (row + 1..ids.len()).find(|&next| ids.order(row, next) != Ordering::Equal).unwrap_or(ids.len())
}

fn across(old: &IdColumn, one: usize, new: &IdColumn, two: usize) -> Ordering {
    match (old, new) {
        (IdColumn::Int(old), IdColumn::Int(new)) => old[one].cmp(&new[two]),
        (IdColumn::Text(old), IdColumn::Text(new)) => old.get(one).cmp(new.get(two)),
        // The sides are prepared to hold the same type.
        (old, new) => old.show(one).cmp(&new.show(two)),
    }
}

/// Whether two rows bear one identifier.
pub fn equal((old, one): (&IdColumn, u32), (new, two): (&IdColumn, u32)) -> bool {
    across(old, one as usize, new, two as usize) == Ordering::Equal
}
