//! The frame of the city: a bent lattice of main roads around the centre, one of whose lines is the river.

use super::cell::{Cell, Side};
use super::ring::millimetre;
use crate::land::random::Random;
use crate::space::Point;

/// The middle of the city, east and north in EPSG:4547.
pub(super) const CENTRE: Point = Point { x: 528_000.0, y: 3_388_000.0 };

/// Ground per parcel in m², streets, parks and water included: 400 parcels/km².
const GROUND_PER_PARCEL: f64 = 2500.0;

/// How far the road on a river bank lies from the blocks along it, in metres.
pub(super) const EMBANKMENT: f64 = 10.0;

/// How much the outline departs from a circle.
const LOBES: [(f64, f64); 2] = [(2.0, 0.11), (3.0, 0.07)];

/// A class of road.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RoadClass {
    Express,
    Arterial,
    Secondary,
    Branch,
}

impl RoadClass {
    pub fn name(self) -> &'static str {
        match self {
            RoadClass::Express => "快速路",
            RoadClass::Arterial => "主干道",
            RoadClass::Secondary => "次干道",
            RoadClass::Branch => "支路",
        }
    }

    /// The width of the gap between the blocks on its sides, in metres.
    pub fn width(self) -> f64 {
        match self {
            RoadClass::Express => 40.0,
            RoadClass::Arterial => 28.0,
            RoadClass::Secondary => 18.0,
            RoadClass::Branch => 10.0,
        }
    }
}

/// The lattice: columns × rows of cells between (columns + 1) × (rows + 1) nodes.
pub(super) struct Lattice {
    pub columns: usize,
    pub rows: usize,
    /// The row of nodes along which the river runs.
    pub river_row: usize,
    /// The column of nodes that parts the districts north of the river.
    pub middle_column: usize,
    /// The radius of the city in metres, were it round.
    pub radius: f64,
    /// Half the gap between the blocks on the river's banks, in metres.
    pub bank: f64,
    nodes: Vec<Point>,
    phases: [f64; 2],
}

impl Lattice {
    pub fn new(parcels: usize, seed: u64) -> Lattice {
        let mut random = Random::new(seed, &[super::theme::LATTICE]);
        let radius = libm::sqrt(parcels as f64 * GROUND_PER_PARCEL / std::f64::consts::PI);
        let step = (0.25 * radius).clamp(380.0, 850.0);
        let lines = libm::ceil(1.25 * radius / step) as usize + 1;
        let south = libm::fmax(1.0, libm::round(0.2 * radius / step)) as usize;
        let bend = Bend::new(&mut random, radius);
        let count = 2 * lines + 1;
        let nodes = (0..count * count)
            .map(|number| {
                let along = |line: usize| (line as f64 - lines as f64) * step / radius;
                let mut jitter = || random.between(-0.08, 0.08) * step / radius;
                let (u, v) = (along(number % count) + jitter(), along(number / count) + jitter());
                millimetre(bend.apply(spread(u), spread(v)))
            })
            .collect();
        Lattice {
            columns: count - 1,
            rows: count - 1,
            river_row: lines - south,
            middle_column: lines,
            radius,
            bank: (0.03 * radius).clamp(45.0, 130.0) + 25.0,
            nodes,
            phases: [random.phase(), random.phase()],
        }
    }

    pub fn node(&self, column: usize, row: usize) -> Point {
        self.nodes[row * (self.columns + 1) + column]
    }

    /// The number of the road along a column of nodes.
    pub fn column_road(&self, column: usize) -> u32 {
        column as u32
    }

    /// The number of the road along a row of nodes. On the river's row it is the road on the south bank; the next number is the north bank's.
    pub fn row_road(&self, row: usize) -> u32 {
        (self.columns + 1 + row + usize::from(row > self.river_row)) as u32
    }

    /// How many road numbers the lattice uses; streets inside the cells are numbered from here on.
    pub fn road_count(&self) -> u32 {
        (self.columns + self.rows + 3) as u32
    }

    /// The class of the road along a line of nodes `line` lines from the first.
    pub fn class(&self, line: usize) -> RoadClass {
        let from_middle = line.abs_diff(self.middle_column);
        if from_middle % 4 == 2 { RoadClass::Express } else { RoadClass::Arterial }
    }

    /// The class of a lattice road by its number; the embankments are secondary roads.
    pub fn road_class(&self, road: u32) -> RoadClass {
        let road = road as usize;
        let south_bank = self.columns + 1 + self.river_row;
        match road {
            road if road <= self.columns => self.class(road),
            road if road == south_bank || road == south_bank + 1 => RoadClass::Secondary,
            road if road < south_bank => self.class(road - self.columns - 1),
            road => self.class(road - self.columns - 2),
        }
    }

    /// Where house numbers along a lattice road start.
    pub fn origin(&self, road: u32) -> Point {
        let road = road as usize;
        if road <= self.columns {
            return self.node(road, 0);
        }
        let row = road - self.columns - 1;
        self.node(0, row - usize::from(row > self.river_row))
    }

    /// The ground between four nodes, bounded by the centre lines of its roads.
    pub fn cell(&self, column: usize, row: usize) -> Cell {
        let corners = vec![
            self.node(column, row),
            self.node(column + 1, row),
            self.node(column + 1, row + 1),
            self.node(column, row + 1),
        ];
        let vertical =
            |column| Side { road: self.column_road(column), half: self.class(column).width() / 2.0, line: 0.0 };
        let horizontal = |row: usize, north_of_it: bool| {
            if row == self.river_row {
                return Side {
                    road: self.row_road(row) + u32::from(north_of_it),
                    half: self.bank,
                    line: self.bank - EMBANKMENT,
                };
            }
            Side { road: self.row_road(row), half: self.class(row).width() / 2.0, line: 0.0 }
        };
        let sides = vec![horizontal(row, true), vertical(column + 1), horizontal(row + 1, false), vertical(column)];
        Cell { corners, sides }
    }

    /// How far out a place lies: 0 in the middle, about 1 at the outline.
    pub fn rim(&self, place: Point) -> f64 {
        let (x, y) = (place.x - CENTRE.x, place.y - CENTRE.y);
        let angle = libm::atan2(y, x);
        let lobes: f64 =
            LOBES.iter().zip(self.phases).map(|((times, size), phase)| size * libm::sin(times * angle + phase)).sum();
        libm::sqrt(x * x + y * y) / (self.radius * (1.0 + lobes))
    }

    /// Whether a place lies in the two sectors where industry gathers: a wide one and a narrow one.
    pub fn industry(&self, place: Point) -> bool {
        let angle = libm::atan2(place.y - CENTRE.y, place.x - CENTRE.x) - self.phases[0];
        libm::cos(angle) > 0.72 || libm::cos(angle - 2.5) > 0.93
    }

    /// Every cell as (column, row), from the middle outwards.
    pub fn outwards(&self) -> Vec<(usize, usize)> {
        let mut cells: Vec<(f64, usize, usize)> = (0..self.rows)
            .flat_map(|row| (0..self.columns).map(move |column| (column, row)))
            .map(|(column, row)| (self.rim(self.cell(column, row).centroid()), column, row))
            .collect();
        cells.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.2.cmp(&b.2)).then(a.1.cmp(&b.1)));
        cells.into_iter().map(|(_, column, row)| (column, row)).collect()
    }
}

/// Lines stand closer in the middle than outside: slope 0.8 in the middle, 1.4 at the rim.
fn spread(along: f64) -> f64 {
    0.8 * along + 0.2 * along * along * along
}

/// The smooth bending that turns straight lattice lines into roads and a meandering river.
struct Bend {
    radius: f64,
    phases: [f64; 6],
    turn: f64,
}

impl Bend {
    fn new(random: &mut Random, radius: f64) -> Bend {
        Bend { radius, phases: [(); 6].map(|()| random.phase()), turn: random.between(0.08, 0.22) }
    }

    /// The place of lattice coordinates (in city radii) on the ground.
    fn apply(&self, u: f64, v: f64) -> Point {
        let wave = |along: f64, length: f64, phase: f64| libm::sin(std::f64::consts::TAU * along / length + phase);
        let [a, b, c, d, e, f] = self.phases;
        let x = u + 0.045 * wave(v, 1.7, a) + 0.016 * wave(v, 0.75, b);
        let meander = 0.05 * wave(u, 1.15, e) + 0.02 * wave(u, 0.6, f);
        let near_river = libm::exp(-(v + 0.18) * (v + 0.18) / 0.09);
        let y = v + 0.045 * wave(u, 1.9, c) + 0.016 * wave(u, 0.8, d) + meander * near_river;
        let turned = super::cell::turned(Point::new(x, y), self.turn);
        Point::new(CENTRE.x + self.radius * turned.x, CENTRE.y + self.radius * turned.y)
    }
}

#[cfg(test)]
#[path = "lattice_tests.rs"]
mod tests;
