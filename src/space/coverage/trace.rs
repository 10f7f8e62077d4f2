//! Rings around regions, from the half-edges that bound them.

use super::{Coverage, NONE};

/// The half-edges of each ring, end to end. A ring passes no vertex twice.
pub(super) struct Rings {
    edges: Vec<u32>,
    ends: Vec<u32>,
}

impl Rings {
    pub fn iter(&self) -> impl Iterator<Item = &[u32]> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        starts.zip(&self.ends).map(|(start, &end)| &self.edges[start as usize..end as usize])
    }
}

impl Coverage {
    /// Follows the bounding half-edges with their region always to the left. `region` tells which region a half-edge bounds.
    pub(super) fn rings(&self, bounding: &[u32], region: impl Fn(u32) -> u32) -> Rings {
        // The bounding half-edges from each vertex, as chains in `bounding`'s order.
        let mut first = vec![NONE; self.vertices.len()];
        let mut next = vec![NONE; bounding.len()];
        for (at, &edge) in bounding.iter().enumerate().rev() {
            let from = self.from[edge as usize] as usize;
            next[at] = first[from];
            first[from] = at as u32;
        }
        let mut taken = vec![false; bounding.len()];
        let mut rings = Rings { edges: Vec::with_capacity(bounding.len()), ends: Vec::new() };
        let mut place = vec![NONE; self.vertices.len()];
        let mut path: Vec<u32> = Vec::new();
        for start in 0..bounding.len() {
            if taken[start] {
                continue;
            }
            let wanted = region(bounding[start]);
            let mut at = start;
            loop {
                taken[at] = true;
                let edge = bounding[at];
                self.step(&mut path, &mut place, &mut rings, edge);
                if path.is_empty() {
                    break;
                }
                let mut candidate = first[self.to[edge as usize] as usize];
                let mut best: Option<(f64, usize)> = None;
                while candidate != NONE {
                    let other = candidate as usize;
                    candidate = next[other];
                    if taken[other] || region(bounding[other]) != wanted {
                        continue;
                    }
                    // One way on is the rule: no angle is needed then.
                    let turn = if best.is_none() && candidate == NONE { 0.0 } else { self.turn(edge, bounding[other]) };
                    if best.is_none_or(|(least, _)| turn < least) {
                        best = Some((turn, other));
                    }
                }
                match best {
                    Some((_, other)) => at = other,
                    None => break,
                }
            }
            // Nothing is left over where the half-edges close, which those of polygons do.
            path.drain(..).for_each(|edge| place[self.from[edge as usize] as usize] = NONE);
        }
        rings
    }

    /// Adds a half-edge to the path; where it comes back to a vertex of the path, the loop becomes a ring of its own.
    fn step(&self, path: &mut Vec<u32>, place: &mut [u32], rings: &mut Rings, edge: u32) {
        place[self.from[edge as usize] as usize] = path.len() as u32;
        path.push(edge);
        let back = place[self.to[edge as usize] as usize];
        if back == NONE {
            return;
        }
        for &edge in &path[back as usize..] {
            place[self.from[edge as usize] as usize] = NONE;
        }
        // There and back again bounds nothing.
        if path.len() - back as usize > 2 {
            rings.edges.extend_from_slice(&path[back as usize..]);
            rings.ends.push(rings.edges.len() as u32);
        }
        path.truncate(back as usize);
    }

    /// The angle from the way back along `edge` clockwise to `onward`: the least stays in the wedge the region fills.
    fn turn(&self, edge: u32, onward: u32) -> f64 {
        let ((a, b), (_, c)) = (self.ends(edge), self.ends(onward));
        let (back_x, back_y, on_x, on_y) = (a.x - b.x, a.y - b.y, c.x - b.x, c.y - b.y);
        let clockwise = libm::atan2(on_x * back_y - on_y * back_x, back_x * on_x + back_y * on_y);
        if clockwise <= 0.0 { clockwise + std::f64::consts::TAU } else { clockwise }
    }
}
