//! The river along its lattice line: centre line, water surface, embankment roads and bridges.

use super::fabric::push_open;
use super::lattice::Lattice;
use super::layer::{SampleColumn, SampleLayer};
use super::ring::millimetre;
use super::wards::Territory;
use crate::say;
use crate::space::{Kind, Point, Shapes};

const NAME: &str = "样江";

/// The river within the territory.
pub(super) struct River {
    pub line: Vec<Point>,
    /// Half the width of the water in metres.
    pub half: f64,
    /// The first column of nodes on the line.
    pub first_column: usize,
}

impl River {
    pub fn new(lattice: &Lattice, territory: &Territory) -> River {
        let row = lattice.river_row;
        let beside = [row.checked_sub(1), Some(row)].into_iter().flatten().filter_map(|row| territory.columns(row));
        let (first, last) =
            beside.fold((lattice.columns, 0), |(first, last), (start, end)| (first.min(start), last.max(end)));
        let line = (first..=last.max(first)).map(|column| lattice.node(column, row)).collect();
        River { line, half: lattice.bank - 32.0, first_column: first }
    }

    /// The distance of a place from the middle of the river.
    pub fn distance(&self, place: Point) -> f64 {
        let squared = |pair: &[Point]| crate::space::measure::squared_distance_to_segment(place, pair[0], pair[1]);
        libm::sqrt(self.line.windows(2).map(squared).fold(f64::INFINITY, f64::min))
    }

    /// The ground between two parallels of the river, so many metres to its left (north), as an open ring.
    pub fn band(&self, from: f64, to: f64) -> Vec<Point> {
        let mut ring = parallel(&self.line, from);
        ring.extend(parallel(&self.line, to).into_iter().rev());
        ring
    }

    pub fn line_layer(&self) -> SampleLayer {
        let mut shapes = Shapes::new(Kind::Line);
        shapes.push_ring(&self.line, true);
        shapes.end_feature();
        let columns = vec![
            SampleColumn::text("mc", say!("name", "名称"), [NAME]),
            SampleColumn::real("kd", say!("width", "宽度"), vec![2.0 * self.half]).of("m", 0),
        ];
        SampleLayer { name: "river", title: say!("river, centre line", "河流中心线"), shapes, columns }
    }

    pub fn water_layer(&self) -> SampleLayer {
        let mut shapes = Shapes::new(Kind::Polygon);
        push_open(&mut shapes, &self.band(-self.half, self.half));
        let columns = vec![
            SampleColumn::text("mc", say!("name", "名称"), [NAME]),
            SampleColumn::text("lx", say!("kind", "类型"), ["河流"]),
        ];
        SampleLayer { name: "water", title: say!("water", "水域"), shapes, columns }
    }

    /// Bridges where the roads across the river are, the ends of the line left out.
    pub fn bridges(&self, lattice: &Lattice, seed: u64) -> SampleLayer {
        let inner: Vec<usize> = (1..self.line.len().saturating_sub(1)).collect();
        let road = |at: usize| lattice.column_road(self.first_column + at);
        let class = |at: usize| lattice.class(self.first_column + at);
        let name = |at: usize| format!("{}大桥", super::names::road(seed, road(at), class(at)));
        let columns = vec![
            SampleColumn::text("mc", say!("name", "名称"), inner.iter().map(|&at| name(at))),
            SampleColumn::text("dllx", say!("class of road", "道路类型"), inner.iter().map(|&at| class(at).name())),
        ];
        let shapes = Shapes::of_points(inner.iter().map(|&at| self.line[at]));
        SampleLayer { name: "bridges", title: say!("bridges", "桥梁"), shapes, columns }
    }
}

/// The line moved to its left by so many metres, mitred at its bends.
pub(super) fn parallel(line: &[Point], left: f64) -> Vec<Point> {
    let normal = |a: Point, b: Point| {
        let length = a.distance(b);
        Point::new(-(b.y - a.y) / length, (b.x - a.x) / length)
    };
    let count = line.len();
    (0..count)
        .map(|at| {
            let before = normal(line[at.max(1) - 1], line[at.max(1)]);
            let after = normal(line[at.min(count - 2)], line[at.min(count - 2) + 1]);
            let scale = left / (1.0 + before.x * after.x + before.y * after.y);
            millimetre(Point::new(line[at].x + (before.x + after.x) * scale, line[at].y + (before.y + after.y) * scale))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_parallel_keeps_its_distance_on_both_sides_of_a_bend() {
        let line = [(0.0, 0.0), (1000.0, 0.0), (1800.0, 600.0)].map(|(x, y)| Point::new(x, y));
        let moved = parallel(&line, 50.0);
        assert_eq!(moved[0], Point::new(0.0, 50.0));
        // The normal of (4, 3)/5 is (−3, 4)/5: the end moves by (−30, 40).
        assert_eq!(moved[2], Point::new(1770.0, 640.0));
        // Where the parallels meet: 50 above the first line, and on the second's parallel.
        assert_eq!(moved[1].y, 50.0);
        assert!(((moved[1].x - 1770.0) * 3.0 - (moved[1].y - 640.0) * 4.0).abs() < 0.01);
    }
}
