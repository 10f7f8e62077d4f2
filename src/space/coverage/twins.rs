//! Which half-edges run along each other.

use super::{Coverage, NONE};

impl Coverage {
    /// Pairs every half-edge without a twin with one that runs the other way, where there is one.
    pub(super) fn pair(&mut self) {
        let count = self.len();
        self.twin.resize(count, NONE);
        // The last half-edge from each vertex that waits for its twin, and the one before it.
        let mut waiting = vec![NONE; self.vertices.len()];
        let mut before = vec![NONE; count];
        for edge in 0..count {
            if self.twin[edge] != NONE {
                continue;
            }
            let (from, to) = (self.from[edge], self.to[edge]);
            let mut other = waiting[to as usize];
            while other != NONE && (self.to[other as usize] != from || self.twin[other as usize] != NONE) {
                other = before[other as usize];
            }
            if other == NONE {
                before[edge] = waiting[from as usize];
                waiting[from as usize] = edge as u32;
            } else {
                self.twin[edge] = other;
                self.twin[other as usize] = edge as u32;
            }
        }
    }
}
