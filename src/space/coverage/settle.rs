//! Ground in gaps goes to whom it lies beside.
//!
//! The ground before a corner goes to the polygon of that corner, with which it may share no line: a zone would have a part without a unit. Such
//! ground joins the neighbour it shares the longest line with; what has none stays open.

use super::{Coverage, NONE, Sets};
use rustc_hash::FxHashMap;

impl Coverage {
    /// Parts from number `own` on are ground in gaps; `sets` tells which parts are one already. Afterwards every half-edge of theirs belongs to a part below, which it is connected to
    /// by shared lines; lines from half-edge `first` on that have one part on both sides are gone. Gives the area of what was left open, m².
    pub(super) fn settle(&mut self, own: usize, first: usize, mut sets: Sets) -> f64 {
        let edges = || 0..self.from.len() as u32;
        for edge in edges() {
            let twin = self.twin[edge as usize];
            if twin != NONE && twin > edge && self.feature_of(edge) == self.feature_of(twin) {
                sets.join(self.part[edge as usize], self.part[twin as usize]);
            }
        }
        // The least part stands for a set: below `own` where a polygon is among its parts.
        let stray = |sets: &mut Sets, part: u32| sets.of(part) >= own as u32;
        let mut waiting: Vec<u32> = edges().filter(|&edge| stray(&mut sets, self.part[edge as usize])).collect();
        loop {
            // Of each stray piece: the metres it shares with each feature that is none, from the shortest line up.
            let mut lengths: Vec<(u32, u32, f64, u32)> = Vec::new();
            for &edge in &waiting {
                let twin = self.twin[edge as usize];
                if twin != NONE && !stray(&mut sets, self.part[twin as usize]) {
                    let (piece, beside) = (sets.of(self.part[edge as usize]), sets.of(self.part[twin as usize]));
                    lengths.push((piece, self.feature[beside as usize], self.length(edge), beside));
                }
            }
            if lengths.is_empty() {
                break;
            }
            lengths.sort_unstable_by(|a, b| (a.0, a.1).cmp(&(b.0, b.1)).then(a.2.total_cmp(&b.2)).then(a.3.cmp(&b.3)));
            let mut best: FxHashMap<u32, (f64, u32, u32)> = FxHashMap::default();
            for same in lengths.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)) {
                let (piece, feature, _, part) = same[0];
                let length: f64 = same.iter().map(|one| one.2).sum();
                let known = best.entry(piece).or_insert((length, feature, part));
                if length > known.0 {
                    *known = (length, feature, part);
                }
            }
            let mut chosen: Vec<(u32, u32)> = best.iter().map(|(&piece, &(_, _, part))| (piece, part)).collect();
            chosen.sort_unstable();
            chosen.into_iter().for_each(|(piece, part)| sets.join(piece, part));
            waiting.retain(|&edge| stray(&mut sets, self.part[edge as usize]));
        }
        let mut drop = vec![false; self.from.len()];
        let mut left_open = 0.0;
        for &edge in &waiting {
            let (a, b) = self.ends(edge);
            let (origin, _) = self.ends(waiting[0]);
            left_open += ((a.x - origin.x) * (b.y - origin.y) - (b.x - origin.x) * (a.y - origin.y)) / 2.0;
            drop[edge as usize] = true;
        }
        for part in &mut self.part {
            *part = sets.of(*part);
        }
        for (edge, drop) in drop.iter_mut().enumerate().skip(first) {
            let twin = self.twin[edge];
            *drop |= twin != NONE && twin as usize >= first && self.part[edge] == self.part[twin as usize];
        }
        self.retain(&drop);
        self.feature.truncate(own);
        left_open
    }
}
