//! What lies beside what, and along how many metres.

use super::{Coverage, NONE};

/// The line two features share.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Border {
    /// The feature with the smaller number.
    pub one: u32,
    pub other: u32,
    /// Metres.
    pub length: f64,
}

impl Coverage {
    /// Every pair of features with a line between them, once, by their numbers.
    pub fn borders(&self) -> Vec<Border> {
        let mut borders: Vec<Border> = Vec::new();
        for edge in 0..self.len() as u32 {
            let twin = self.twin[edge as usize];
            if twin == NONE || twin < edge {
                continue;
            }
            let (one, other) = (self.feature_of(edge) as u32, self.feature_of(twin) as u32);
            if one != other {
                borders.push(Border { one: one.min(other), other: one.max(other), length: self.length(edge) });
            }
        }
        // Lengths of one pair are added up from the shortest, so that the numbering of the half-edges changes nothing.
        borders.sort_unstable_by(|a, b| (a.one, a.other).cmp(&(b.one, b.other)).then(a.length.total_cmp(&b.length)));
        borders.dedup_by(|next, kept| {
            let same = (next.one, next.other) == (kept.one, kept.other);
            if same {
                kept.length += next.length;
            }
            same
        });
        borders
    }

    /// The piece each feature lies in, by its first part: features of one label that shared edges connect have one number; `u32::MAX` for
    /// those of label 0.
    pub fn pieces_of(&self, labels: &[u32]) -> Vec<u32> {
        let pieces = self.pieces(labels);
        let mut of = vec![NONE; self.features];
        for (part, &feature) in self.feature.iter().enumerate().rev() {
            if labels[feature as usize] != 0 {
                of[feature as usize] = pieces[part];
            }
        }
        of
    }

    /// The metres of a feature's outline with nothing beside.
    pub fn open_lengths(&self) -> Vec<f64> {
        let mut open = vec![0.0; self.features];
        for edge in (0..self.len() as u32).filter(|&edge| self.twin[edge as usize] == NONE) {
            open[self.feature_of(edge)] += self.length(edge);
        }
        open
    }
}
