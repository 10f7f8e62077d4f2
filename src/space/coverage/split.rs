//! Cuts edges where a neighbour has a vertex on them and they have none.

use super::cells::CellMap;
use super::{Coverage, NONE, Point};

/// A tile is 2 to this power cells wide.
const TILE: u32 = 6;

/// Vertices by cell, for the question which of them an edge passes through.
struct Cells {
    last: CellMap,
    /// Vertices with the place in this list of the one before in the same cell.
    entries: Vec<(u32, u32)>,
    size: f64,
    origin: Point,
}

impl Cells {
    fn new(vertices: &[Point], chosen: impl Iterator<Item = u32>, size: f64) -> Cells {
        let origin = vertices.first().copied().unwrap_or_default();
        let mut cells = Cells { last: CellMap::new(TILE), entries: Vec::new(), size, origin };
        let mut seen = vec![false; vertices.len()];
        for vertex in chosen.filter(|&vertex| !std::mem::replace(&mut seen[vertex as usize], true)) {
            let cell = (cells.column(vertices[vertex as usize].x), cells.row(vertices[vertex as usize].y));
            let before = cells.last.insert(cell, cells.entries.len() as u32);
            cells.entries.push((vertex, before));
        }
        cells
    }

    fn column(&self, x: f64) -> i64 {
        ((x - self.origin.x) / self.size).floor() as i64
    }

    fn row(&self, y: f64) -> i64 {
        ((y - self.origin.y) / self.size).floor() as i64
    }

    /// Calls `each` for the vertices of every cell the edge comes within `margin` of.
    fn along(&self, a: Point, b: Point, margin: f64, mut each: impl FnMut(u32)) {
        let (left, right) = if a.x <= b.x { (a, b) } else { (b, a) };
        let slope = if right.x > left.x { (right.y - left.y) / (right.x - left.x) } else { 0.0 };
        for column in self.column(left.x - margin)..=self.column(right.x + margin) {
            let start = self.origin.x + column as f64 * self.size - margin;
            let at = |x: f64| left.y + slope * (x.clamp(left.x, right.x) - left.x);
            let (mut low, mut high) = (at(start), at(start + self.size + 2.0 * margin));
            if slope == 0.0 {
                (low, high) = (a.y, b.y);
            }
            for row in self.row(low.min(high) - margin)..=self.row(low.max(high) + margin) {
                let mut next = self.last.get((column, row));
                while next != NONE {
                    let (vertex, before) = self.entries[next as usize];
                    each(vertex);
                    next = before;
                }
            }
        }
    }
}

impl Coverage {
    /// Cuts the half-edges without a twin at every vertex of another such half-edge that lies on them, and pairs what then meets.
    pub(super) fn split(&mut self) {
        let tolerance = self.tolerance;
        let single: Vec<u32> = (0..self.len() as u32).filter(|&edge| self.twin[edge as usize] == NONE).collect();
        if single.is_empty() {
            return;
        }
        let mean = single.iter().map(|&edge| self.length(edge)).sum::<f64>() / single.len() as f64;
        let ends = single.iter().map(|&edge| self.from[edge as usize]);
        let cells = Cells::new(&self.vertices, ends, mean.max(tolerance * 16.0).max(1e-3));
        let cuts = crate::scale::map(single.len(), |at| self.cuts(single[at], &cells, tolerance));
        let mut any = false;
        for (&edge, cuts) in single.iter().zip(cuts).filter(|(_, cuts)| !cuts.is_empty()) {
            any = true;
            let end = std::mem::replace(&mut self.to[edge as usize], cuts[0]);
            for (at, &start) in cuts.iter().enumerate() {
                self.from.push(start);
                self.to.push(cuts.get(at + 1).copied().unwrap_or(end));
                self.part.push(self.part[edge as usize]);
            }
        }
        if any {
            self.pair();
        }
    }

    /// The vertices on a half-edge between its ends, in its direction.
    fn cuts(&self, edge: u32, cells: &Cells, tolerance: f64) -> Vec<u32> {
        let (a, b) = self.ends(edge);
        let (from, to) = (self.from[edge as usize], self.to[edge as usize]);
        let (dx, dy) = (b.x - a.x, b.y - a.y);
        let squared = dx * dx + dy * dy;
        // Rounding keeps a vertex computed to lie on an edge some ulps off it.
        let margin = tolerance.max(1e-9 * (a.x.abs() + a.y.abs()).max(1.0) * 1e-3);
        let mut found: Vec<(f64, u32)> = Vec::new();
        cells.along(a, b, margin, |vertex| {
            if vertex == from || vertex == to {
                return;
            }
            let place = self.vertices[vertex as usize];
            let (px, py) = (place.x - a.x, place.y - a.y);
            let along = (px * dx + py * dy) / squared;
            let off = (px * dy - py * dx).abs() / squared.sqrt();
            if along > 0.0 && along < 1.0 && off <= margin {
                found.push((along, vertex));
            }
        });
        found.sort_by(|one, other| one.0.total_cmp(&other.0).then(one.1.cmp(&other.1)));
        found.dedup_by_key(|cut| cut.1);
        found.into_iter().map(|(_, vertex)| vertex).collect()
    }
}
