//! Which boxes of a layer share ground: a grid of as many cells as there are boxes, so that a cell meets a few.

use crate::land::{Outcome, cancel};
use crate::scale;
use crate::space::Extent;

/// Boxes sorted into the cells they reach, in one array.
pub struct Neighbours<'a> {
    extents: &'a [Extent],
    whole: Extent,
    columns: usize,
    rows: usize,
    /// Where each cell's boxes end in `members`, row by row.
    ends: Vec<u32>,
    members: Vec<u32>,
}

/// Cells with more boxes are walked by a sweep over x, others pair by pair.
const CROWDED: usize = 24;

impl<'a> Neighbours<'a> {
    /// Sorts the boxes; empty ones have no neighbours.
    pub fn new(extents: &'a [Extent]) -> Neighbours<'a> {
        let whole = extents.iter().filter(|extent| !extent.is_empty()).fold(Extent::EMPTY, |sum, e| sum.union(*e));
        let side = (whole.width() * whole.height() / extents.len().max(1) as f64).sqrt();
        let longest = whole.width().max(whole.height());
        // A layer in a line has no area to share out: cells along the line.
        let side = if side > 0.0 { side.max(longest / 65_536.0) } else { longest / extents.len().max(1) as f64 };
        let count = |length: f64| if side > 0.0 && length > 0.0 { (length / side) as usize + 1 } else { 1 };
        let (columns, rows) = if whole.is_empty() { (0, 0) } else { (count(whole.width()), count(whole.height())) };
        let mut grid = Neighbours { extents, whole, columns, rows, ends: vec![0; columns * rows], members: Vec::new() };
        let mut ends = vec![0u32; columns * rows + 1];
        grid.each_cell(|_, cell| ends[cell + 1] += 1);
        for cell in 1..ends.len() {
            ends[cell] += ends[cell - 1];
        }
        let mut members = vec![0u32; ends.last().map_or(0, |end| *end as usize)];
        // `ends[cell]` is where the cell begins, and moves to where it ends as the cell fills.
        grid.each_cell(|number, cell| {
            members[ends[cell] as usize] = number;
            ends[cell] += 1;
        });
        ends.pop();
        (grid.ends, grid.members) = (ends, members);
        grid
    }

    fn each_cell(&self, mut visit: impl FnMut(u32, usize)) {
        for (number, extent) in self.extents.iter().enumerate().filter(|(_, extent)| !extent.is_empty()) {
            let (left, right) = (self.column(extent.min.x), self.column(extent.max.x));
            for row in self.row(extent.min.y)..=self.row(extent.max.y) {
                for column in left..=right {
                    visit(number as u32, row * self.columns + column);
                }
            }
        }
    }

    fn column(&self, x: f64) -> usize {
        place_in(x - self.whole.min.x, self.whole.width(), self.columns)
    }

    fn row(&self, y: f64) -> usize {
        place_in(y - self.whole.min.y, self.whole.height(), self.rows)
    }

    /// Gives every pair of boxes that share more than an edge to `visit`, smaller number first, and gathers what it makes of them. The
    /// order is that of the cells, whatever the number of threads; each pair comes once.
    ///
    /// # Errors
    /// `cancelled` where a stop was asked for.
    pub fn pairs<S: Default, T: Send>(
        &self,
        visit: impl Fn(&mut S, u32, u32) -> Option<T> + Sync + Send,
    ) -> Outcome<Vec<T>> {
        let found = scale::chunks_with(self.rows, 4, S::default, |state, rows| {
            cancel::checkpoint()?;
            let (mut found, mut sorted) = (Vec::new(), Vec::new());
            for cell in rows.start * self.columns..rows.end * self.columns {
                self.cell(cell, &mut sorted, |one, other| found.extend(visit(state, one, other)));
            }
            Ok(found)
        });
        Ok(found.into_iter().collect::<Outcome<Vec<Vec<T>>>>()?.into_iter().flatten().collect())
    }

    fn cell(&self, cell: usize, sorted: &mut Vec<u32>, mut visit: impl FnMut(u32, u32)) {
        let start = if cell == 0 { 0 } else { self.ends[cell - 1] as usize };
        let members = &self.members[start..self.ends[cell] as usize];
        let (row, column) = (cell / self.columns, cell % self.columns);
        let mut meet = |a: u32, b: u32| {
            let (one, other) = (&self.extents[a as usize], &self.extents[b as usize]);
            let (x, y) = (one.min.x.max(other.min.x), one.min.y.max(other.min.y));
            // The pair belongs to the cell of the lower left corner of what the boxes share.
            let shared = x < one.max.x.min(other.max.x) && y < one.max.y.min(other.max.y);
            if shared && self.column(x) == column && self.row(y) == row {
                visit(a.min(b), a.max(b));
            }
        };
        if members.len() <= CROWDED {
            for (at, &a) in members.iter().enumerate() {
                members[at + 1..].iter().for_each(|&b| meet(a, b));
            }
            return;
        }
        let left = |number: u32| self.extents[number as usize].min.x;
        sorted.clear();
        sorted.extend_from_slice(members);
        sorted.sort_unstable_by(|a, b| left(*a).total_cmp(&left(*b)).then(a.cmp(b)));
        for (at, &a) in sorted.iter().enumerate() {
            let end = self.extents[a as usize].max.x;
            sorted[at + 1..].iter().take_while(|b| left(**b) < end).for_each(|&b| meet(a, b));
        }
    }
}

fn place_in(along: f64, length: f64, cells: usize) -> usize {
    if length > 0.0 { ((along / length * cells as f64) as usize).min(cells - 1) } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::space::Point;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn every_pair_of_boxes_that_share_ground_comes_once(
            boxes in prop::collection::vec((0u8..40, 0u8..40, 0u8..9, prop_oneof![0u8..9, Just(40u8)]), 0..120),
            squeezed: bool,
        ) {
            // Squeezed: nearly all boxes in one corner cell, so that the sweep is taken.
            let scale = |v: u8| if squeezed && v < 39 { f64::from(v) / 1000.0 } else { f64::from(v) };
            let boxes: Vec<Extent> = boxes.into_iter().map(|(x, y, w, h)| Extent {
                min: Point::new(scale(x), scale(y)), max: Point::new(scale(x) + scale(w), scale(y) + scale(h)),
            }).collect();
            let mut found = Neighbours::new(&boxes).pairs(|(): &mut (), one, other| Some((one, other))).unwrap();
            found.sort_unstable();
            let mut brute = Vec::new();
            for (a, one) in boxes.iter().enumerate() {
                for (b, other) in boxes.iter().enumerate().skip(a + 1) {
                    let width = one.max.x.min(other.max.x) - one.min.x.max(other.min.x);
                    let height = one.max.y.min(other.max.y) - one.min.y.max(other.min.y);
                    if width > 0.0 && height > 0.0 {
                        brute.push((a as u32, b as u32));
                    }
                }
            }
            prop_assert_eq!(found, brute);
        }
    }
}
