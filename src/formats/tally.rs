//! Counts of what a format could not hold, with the first row it happened in.

/// How often something happened, and where first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Tally {
    pub count: usize,
    first: Option<usize>,
}

impl Tally {
    /// Notes one more case, in this row (counted from 0).
    pub fn note(&mut self, row: usize) {
        self.count += 1;
        self.first = Some(self.first.map_or(row, |first| first.min(row)));
    }

    /// Adds another part's count.
    pub fn join(&mut self, other: Tally) {
        self.count += other.count;
        self.first = self.first.into_iter().chain(other.first).min();
    }

    /// The number of the first row as people count, from 1; `None` where nothing happened.
    pub fn first_row(&self) -> Option<usize> {
        self.first.map(|row| row + 1)
    }
}
