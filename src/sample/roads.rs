//! Roads: the lattice lines, the embankments and the streets inside the wards, as centre lines with class, name and width.

use super::fabric::Fabric;
use super::lattice::{EMBANKMENT, Lattice, RoadClass};
use super::layer::{SampleColumn, SampleLayer};
use super::wards::Territory;
use super::water::{River, parallel};
use super::{names, theme};
use crate::land::random::Random;
use crate::say;
use crate::space::{Kind, Point, Shapes};

/// A lattice road is cut into stretches of at most so many segments.
const STRETCH: usize = 8;

/// One stretch of road.
#[derive(Clone, Debug)]
pub(super) struct Road {
    /// The number of the road it belongs to.
    pub road: u32,
    pub class: RoadClass,
    pub points: Vec<Point>,
    /// From which later year on its class is one higher.
    pub upgraded_from: Option<usize>,
}

/// Every stretch: along the columns, along the rows, the embankments, then the streets ward by ward.
pub(super) fn lay(fabric: &Fabric, territory: &Territory, river: &River) -> Vec<Road> {
    let lattice = &fabric.lattice;
    let mut roads = Vec::new();
    let (first_row, last_row) = territory.rows();
    for column in 0..=lattice.columns {
        let beside = |row: usize| (column > 0 && territory.holds(column - 1, row)) || territory.holds(column, row);
        let line = |row: usize| lattice.node(column, row);
        let (road, class) = (lattice.column_road(column), lattice.class(column));
        stretches(&mut roads, (road, class), first_row..last_row, beside, line);
    }
    for row in (0..=lattice.rows).filter(|&row| row != lattice.river_row) {
        let beside = |column: usize| (row > 0 && territory.holds(column, row - 1)) || territory.holds(column, row);
        let line = |column: usize| lattice.node(column, row);
        stretches(&mut roads, (lattice.row_road(row), lattice.class(row)), 0..lattice.columns, beside, line);
    }
    embankments(&mut roads, lattice, river);
    for street in fabric.wards.iter().flat_map(|ward| &ward.streets) {
        let points = [street.from, street.to].map(super::ring::millimetre).to_vec();
        roads.push(Road { road: street.road, class: street.class, points, upgraded_from: None });
    }
    roads
}

fn embankments(roads: &mut Vec<Road>, lattice: &Lattice, river: &River) {
    for (north, left) in [(0, EMBANKMENT - lattice.bank), (1, lattice.bank - EMBANKMENT)] {
        let line = parallel(&river.line, left);
        let segments = 0..line.len() - 1;
        let road = (lattice.row_road(lattice.river_row) + north, RoadClass::Secondary);
        stretches(roads, road, segments, |_| true, |at| line[at]);
    }
}

/// Cuts a line into stretches of the segments that lie beside the territory; segment `n` runs from node `n` to the next.
fn stretches(
    roads: &mut Vec<Road>,
    (road, class): (u32, RoadClass),
    segments: std::ops::Range<usize>,
    beside: impl Fn(usize) -> bool,
    node: impl Fn(usize) -> Point,
) {
    let mut points: Vec<Point> = Vec::new();
    let mut close = |points: &mut Vec<Point>| {
        if points.len() > 1 {
            roads.push(Road { road, class, points: std::mem::take(points), upgraded_from: None });
        }
        points.clear();
    };
    for segment in segments {
        if !beside(segment) {
            close(&mut points);
            continue;
        }
        if points.len() > STRETCH {
            close(&mut points);
        }
        if points.is_empty() {
            points.push(node(segment));
        }
        points.push(node(segment + 1));
    }
    close(&mut points);
}

/// Chooses a secondary street for each later year that becomes an arterial then; gives back its place in the list.
pub(super) fn upgrade(roads: &mut [Road], later_years: usize, seed: u64) -> Vec<Option<usize>> {
    let mut random = Random::new(seed, &[theme::CHANGES, 1]);
    (1..=later_years)
        .map(|later| {
            let candidates: Vec<usize> = (0..roads.len())
                .filter(|&at| roads[at].class == RoadClass::Secondary && roads[at].upgraded_from.is_none())
                .collect();
            let chosen = (!candidates.is_empty()).then(|| *random.pick(&candidates))?;
            roads[chosen].upgraded_from = Some(later);
            Some(chosen)
        })
        .collect()
}

impl Road {
    /// Its class in a year.
    pub fn class_in(&self, later: usize) -> RoadClass {
        match self.class {
            RoadClass::Secondary if self.upgraded_from.is_some_and(|from| from <= later) => RoadClass::Arterial,
            class => class,
        }
    }
}

/// The number of a stretch as the layer shows it.
pub(super) fn label(stretch: usize) -> String {
    format!("DL{:06}", stretch + 1)
}

/// The layer of roads in a year.
pub(super) fn layer(roads: &[Road], later: usize, seed: u64) -> SampleLayer {
    let mut shapes = Shapes::new(Kind::Line);
    for road in roads {
        shapes.push_ring(&road.points, true);
        shapes.end_feature();
    }
    let widths = roads.iter().map(|road| road.class_in(later).width()).collect();
    let columns = vec![
        SampleColumn::text("bh", say!("number", "编号"), (0..roads.len()).map(label)),
        SampleColumn::text(
            "mc",
            say!("name", "名称"),
            roads.iter().map(|road| names::road(seed, road.road, road.class)),
        ),
        SampleColumn::text("lx", say!("class", "道路类型"), roads.iter().map(|road| road.class_in(later).name())),
        SampleColumn::real("kd", say!("width", "宽度"), widths).of("m", 0),
    ];
    SampleLayer { name: "roads", title: say!("roads", "道路"), shapes, columns }
}
