//! Stations, bus stops, schools, hospitals and parks.

use super::fabric::{Fabric, Ground};
use super::lattice::RoadClass;
use super::layer::{SampleColumn, SampleLayer, one_decimal};
use super::ring::{area, centroid, millimetre};
use super::roads::Road;
use super::water::parallel;
use super::{names, theme};
use crate::land::Text;
use crate::land::random::Random;
use crate::say;
use crate::space::{Kind, Point, Shapes};

/// A facility that is a point.
#[derive(Clone, Debug)]
pub(super) struct Facility {
    pub name: String,
    pub kind: &'static str,
    pub at: Point,
    /// The scale index, 0–100.
    pub scale: f64,
    /// From which later year on it is there.
    pub since: usize,
    /// What the scale is made of, where it is a count: lines of a bus stop, beds of a hospital, classes of a school.
    pub size: i64,
}

/// A station, and the piece of ground a later one takes.
pub(super) type Station = Facility;

/// The middle of a piece of ground.
fn middle(fabric: &Fabric, piece: usize) -> Point {
    millimetre(centroid(fabric.ring(piece)))
}

/// Metro stations along lattice lines, railway and coach stations, and one metro station for each later year. Gives back the stations and
/// the pieces of ground that the later ones take.
pub(super) fn stations(fabric: &Fabric, parcels: usize, later_years: usize, seed: u64) -> (Vec<Station>, Vec<usize>) {
    let mut random = Random::new(seed, &[theme::FACILITIES, 0]);
    let lattice = &fabric.lattice;
    let mut stations: Vec<Station> = Vec::new();
    let add = |stations: &mut Vec<Station>, at: Point, kind: &'static str, scale: f64, since: usize| {
        let name =
            format!("{}{}", names::word(seed, 9_100_000 + stations.len() as u64), kind.trim_start_matches("地铁"));
        stations.push(Facility { name, kind, at, scale: one_decimal(scale), since, size: 0 });
    };
    let step = (5000.0 / lattice.node(lattice.middle_column, 0).distance(lattice.node(lattice.middle_column + 1, 0)))
        .max(3.0) as usize;
    let on_line = |line: usize| line.abs_diff(lattice.middle_column + 1).is_multiple_of(step);
    for row in 0..=lattice.rows {
        for column in 0..=lattice.columns {
            let (at, across) = (lattice.node(column, row), on_line(row) && row != lattice.river_row);
            if lattice.rim(at) > 0.85
                || !((across && column % 2 == 0) || (on_line(column) && row % 2 == 0 && row != lattice.river_row))
            {
                continue;
            }
            let scale = if across && on_line(column) { 95.0 } else { random.between(55.0, 85.0) };
            add(&mut stations, at, "地铁站", scale, 0);
        }
    }
    if stations.is_empty() {
        // A town too small for the lines' spacing has one station in its middle.
        let nodes = (0..=lattice.rows).flat_map(|row| (0..=lattice.columns).map(move |column| (row, column)));
        let dry = nodes.filter(|(row, _)| *row != lattice.river_row).map(|(row, column)| lattice.node(column, row));
        let middle = dry.min_by(|a, b| lattice.rim(*a).total_cmp(&lattice.rim(*b)));
        middle.into_iter().for_each(|at| add(&mut stations, at, "地铁站", 95.0, 0));
    }
    let kinds = [("火车站", 1 + parcels / 250_000, 88.0), ("汽车站", 2 + parcels / 100_000, 55.0)];
    for (kind, count, scale) in kinds {
        for _ in 0..count {
            let at = far_piece(fabric, &stations, &mut random, (0.4, 0.8)).map(|piece| middle(fabric, piece));
            at.into_iter().for_each(|at| add(&mut stations, at, kind, scale + random.between(-8.0, 12.0), 0));
        }
    }
    let mut taken = Vec::new();
    for later in 1..=later_years {
        if let Some(piece) = far_piece(fabric, &stations, &mut random, (0.3, 0.75)) {
            add(&mut stations, middle(fabric, piece), "地铁站", 80.0, later);
            taken.push(piece);
        }
    }
    (stations, taken)
}

/// Of a handful of pieces so far out, the one farthest from every station.
fn far_piece(fabric: &Fabric, stations: &[Station], random: &mut Random, rim: (f64, f64)) -> Option<usize> {
    let nearest = |piece: usize| {
        let at = middle(fabric, piece);
        stations.iter().map(|station| station.at.distance(at)).fold(f64::INFINITY, f64::min)
    };
    (0..40)
        .map(|_| random.below(fabric.pieces.len()))
        .filter(|&piece| (rim.0..rim.1).contains(&fabric.lattice.rim(fabric.ring(piece)[0])))
        .map(|piece| (nearest(piece), piece))
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, piece)| piece)
}

/// Bus stops at the side of main and secondary roads; a few more on small streets in each later year.
pub(super) fn bus_stops(fabric: &Fabric, roads: &[Road], later_years: usize, seed: u64) -> Vec<Facility> {
    let mut random = Random::new(seed, &[theme::FACILITIES, 1]);
    let mut stops: Vec<Facility> = Vec::new();
    let add = |stops: &mut Vec<Facility>, road: &Road, along: f64, most: f64, since: usize, random: &mut Random| {
        let side = if random.chance(0.5) { 1.0 } else { -1.0 };
        let line = parallel(&road.points, side * (road.class.width() / 2.0 - 1.5));
        let Some(at) = place_along(&line, along) else { return };
        let central = (1.3 - fabric.lattice.rim(at)).clamp(0.15, 1.0);
        let lines = libm::round((most * central * random.between(0.4, 1.0)).max(1.0));
        let name = format!("{}站", names::word(seed, 9_200_000 + stops.len() as u64));
        stops.push(Facility {
            name,
            kind: "公交站",
            at,
            scale: one_decimal(100.0 * lines / 20.0),
            since,
            size: lines as i64,
        });
    };
    for road in roads.iter().filter(|road| road.class != RoadClass::Branch) {
        let length: f64 = road.points.windows(2).map(|pair| pair[0].distance(pair[1])).sum();
        let (spacing, most) = match road.class {
            RoadClass::Express => (900.0, 12.0),
            RoadClass::Arterial => (520.0, 20.0),
            RoadClass::Secondary | RoadClass::Branch => (700.0, 9.0),
        };
        let mut along = random.between(0.1, 0.9) * spacing;
        while along < length {
            add(&mut stops, road, along, most, 0, &mut random);
            along += spacing * random.between(0.8, 1.2);
        }
    }
    let branches: Vec<&Road> = roads.iter().filter(|road| road.class == RoadClass::Branch).collect();
    for later in 1..=later_years {
        for _ in 0..3.max(stops.len() / 80).min(branches.len()) {
            let road = random.pick(&branches);
            add(&mut stops, road, 30.0, 4.0, later, &mut random);
        }
    }
    stops
}

fn place_along(line: &[Point], mut along: f64) -> Option<Point> {
    for pair in line.windows(2) {
        let length = pair[0].distance(pair[1]);
        if along <= length {
            let share = along / length;
            let at =
                Point::new(pair[0].x + (pair[1].x - pair[0].x) * share, pair[0].y + (pair[1].y - pair[0].y) * share);
            return Some(millimetre(at));
        }
        along -= length;
    }
    None
}

/// The name, kind, size and scale of a facility by its number.
type Make<'a> = dyn Fn(usize, &mut Random) -> (String, &'static str, i64, f64) + 'a;

/// Schools and hospitals on public land that no later change touches.
pub(super) fn public_services(fabric: &Fabric, land: &[usize], parcels: usize, seed: u64) -> [Vec<Facility>; 2] {
    let mut random = Random::new(seed, &[theme::FACILITIES, 2]);
    let mut land = land.to_vec();
    let mut take = |count: usize, make: &Make<'_>| {
        let mut made = Vec::new();
        for number in 0..count.min(land.len()) {
            let piece = land.swap_remove(random.below(land.len()));
            let (name, kind, size, scale) = make(number, &mut random);
            made.push(Facility { name, kind, at: middle(fabric, piece), scale: one_decimal(scale), since: 0, size });
        }
        made
    };
    let schools = take((parcels / 600).max(4), &|number, random| {
        let kind = if number % 5 < 3 { "小学" } else { "中学" };
        let classes = 18 + random.below(43) as i64;
        (format!("样例市第{}{kind}", number + 1), kind, classes, 25.0 + 75.0 * (classes - 18) as f64 / 42.0)
    });
    let hospitals = take((parcels / 2500).max(3), &|number, random| {
        let (kind, beds, least) = [("三级", 800, 80.0), ("二级", 300, 55.0), ("一级", 60, 30.0)][number % 3];
        let beds = (beds + random.below(beds)) as i64;
        (format!("{}医院", names::word(seed, 9_300_000 + number as u64)), kind, beds, least + random.between(0.0, 20.0))
    });
    [schools, hospitals]
}

/// A layer of the facilities that are there in a year. `size` names the column of counts, where there is one.
pub(super) fn layer(
    name: &'static str,
    title: Text,
    facilities: &[Facility],
    later: usize,
    kind: Option<(&str, Text)>,
    size: Option<(&str, Text)>,
) -> SampleLayer {
    let there: Vec<&Facility> = facilities.iter().filter(|facility| facility.since <= later).collect();
    let mut columns = vec![SampleColumn::text("mc", say!("name", "名称"), there.iter().map(|facility| &facility.name))];
    if let Some((name, title)) = kind {
        columns.push(SampleColumn::text(name, title, there.iter().map(|facility| facility.kind)));
    }
    if let Some((name, title)) = size {
        columns.push(SampleColumn::int(name, title, there.iter().map(|facility| facility.size)));
    }
    let scales = there.iter().map(|facility| facility.scale).collect();
    columns.push(SampleColumn::real("guimo", say!("scale index", "规模指数"), scales).of("", 1));
    SampleLayer { name, title, shapes: Shapes::of_points(there.iter().map(|facility| facility.at)), columns }
}

/// Parks: the blocks left green.
pub(super) fn parks(fabric: &Fabric, seed: u64) -> SampleLayer {
    let mut shapes = Shapes::new(Kind::Polygon);
    let (mut names, mut areas, mut scales) = (Vec::new(), Vec::new(), Vec::new());
    for block in fabric.wards.iter().flat_map(|ward| &ward.blocks).filter(|block| block.use_ == Ground::Park) {
        super::fabric::push_open(&mut shapes, &block.outline);
        names.push(format!("{}公园", names::word(seed, 9_400_000 + names.len() as u64)));
        let ground = area(&block.outline);
        areas.push(one_decimal(ground));
        scales.push(one_decimal((20.0 + libm::sqrt(ground) / 3.5).min(100.0)));
    }
    let columns = vec![
        SampleColumn::text("mc", say!("name", "名称"), &names),
        SampleColumn::real("mj", say!("area", "面积"), areas).of("㎡", 1),
        SampleColumn::real("guimo", say!("scale index", "规模指数"), scales).of("", 1),
    ];
    SampleLayer { name: "parks", title: say!("parks", "公园绿地"), shapes, columns }
}
