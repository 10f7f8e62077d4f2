//! From rings to half-edges over numbered vertices.

use super::cells::{Cell, CellMap};
use super::{Coverage, NONE, Point, Shapes, measure};

/// A cell is this many tolerances wide: few vertices lie near its border, few share it.
const CELL: f64 = 128.0;

/// A tile is 2 to this power cells wide.
const TILE: u32 = 12;

/// Numbers places, so that places nearer than the tolerance have one number: that of the first met.
pub struct Numbering {
    vertices: Vec<Point>,
    /// The last vertex of each cell, and the one before it in the same cell.
    last: CellMap,
    before: Vec<u32>,
    cell: f64,
    tolerance: f64,
}

impl Numbering {
    /// For `count` places; `tolerance` in metres.
    pub fn new(count: usize, tolerance: f64) -> Numbering {
        Numbering {
            vertices: Vec::with_capacity(count / 3),
            last: CellMap::new(TILE),
            before: Vec::with_capacity(count / 3),
            cell: (tolerance * CELL).max(1e-6),
            tolerance,
        }
    }

    /// The numbered places, by their numbers.
    pub fn vertices(&self) -> &[Point] {
        &self.vertices
    }

    /// The number of a place; its own where none is near.
    pub fn number(&mut self, place: Point) -> u32 {
        let (x, y) = ((place.x / self.cell).floor(), (place.y / self.cell).floor());
        let home = (x as i64, y as i64);
        if let Some(found) = self.near(home, place) {
            return found;
        }
        // A vertex within the tolerance may stand over the border of the cell.
        let (left, low) = (place.x - x * self.cell, place.y - y * self.cell);
        let reach = |offset: f64| {
            let below = i64::from(offset <= self.tolerance);
            let above = i64::from(offset >= self.cell - self.tolerance);
            -below..=above
        };
        for dx in reach(left) {
            for dy in reach(low) {
                if let Some(found) =
                    ((dx, dy) != (0, 0)).then(|| self.near((home.0 + dx, home.1 + dy), place)).flatten()
                {
                    return found;
                }
            }
        }
        let number = self.vertices.len() as u32;
        self.vertices.push(place);
        self.before.push(self.last.insert(home, number));
        number
    }

    fn near(&self, cell: Cell, place: Point) -> Option<u32> {
        let mut found = None;
        let mut next = self.last.get(cell);
        while next != NONE {
            let vertex = self.vertices[next as usize];
            if vertex == place || vertex.distance(place) <= self.tolerance {
                // The first met counts.
                found = Some(next);
            }
            next = self.before[next as usize];
        }
        found
    }
}

/// Every ring as half-edges with its polygon to the left; edges of no length are left out.
pub(super) fn half_edges(shapes: &Shapes, order: &[u32], tolerance: f64) -> Coverage {
    let count = shapes.point_count();
    let mut numbering = Numbering::new(count, tolerance);
    let mut coverage = Coverage {
        vertices: Vec::new(),
        from: Vec::with_capacity(count),
        to: Vec::with_capacity(count),
        part: Vec::with_capacity(count),
        twin: Vec::new(),
        feature: Vec::with_capacity(shapes.len()),
        features: shapes.len(),
        tolerance,
    };
    let mut ring_vertices = Vec::new();
    for &feature in order {
        for ring in shapes.get(feature as usize).rings() {
            if ring.outer || coverage.feature.last() != Some(&feature) {
                coverage.feature.push(feature);
            }
            let part = coverage.feature.len() as u32 - 1;
            ring_vertices.clear();
            ring_vertices.extend(ring.points.iter().map(|&place| numbering.number(place)));
            if measure::ring_sign(ring) < 0.0 {
                ring_vertices.reverse();
            }
            for pair in ring_vertices.windows(2).filter(|pair| pair[0] != pair[1]) {
                coverage.from.push(pair[0]);
                coverage.to.push(pair[1]);
                coverage.part.push(part);
            }
        }
    }
    coverage.vertices = numbering.vertices;
    coverage
}
