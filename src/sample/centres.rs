//! Commercial centres of three levels: in the middle, in the quarters, at the corner.

use super::fabric::{Fabric, Ground};
use super::lattice::CENTRE;
use super::layer::{SampleColumn, SampleLayer, one_decimal};
use super::ring::{centroid, millimetre};
use super::{names, theme};
use crate::land::random::Random;
use crate::say;
use crate::space::{Kind, Point, Shapes};

/// A commercial centre.
pub(super) struct Centre {
    pub name: String,
    /// 1 is the highest.
    pub level: u8,
    pub at: Point,
    pub outline: Vec<Point>,
    /// Yearly sales in 100 million yuan.
    pub sales: f64,
    /// Floor area in 10 000 m².
    pub floor: f64,
    pub outlets: i64,
    /// The scale index, 0–100, within its level.
    pub scale: f64,
}

/// What makes a level: how many parcels there are to one centre, the fewest centres, radius as a share of the city's with its limits in
/// metres, how far out they lie.
struct Level {
    parcels: usize,
    fewest: usize,
    radius: (f64, f64, f64),
    rim: (f64, f64),
}

const LEVELS: [Level; 3] = [
    Level { parcels: 150_000, fewest: 1, radius: (0.11, 90.0, 450.0), rim: (0.0, 0.55) },
    Level { parcels: 7000, fewest: 3, radius: (0.055, 60.0, 240.0), rim: (0.2, 0.9) },
    Level { parcels: 1200, fewest: 6, radius: (0.03, 35.0, 110.0), rim: (0.1, 1.1) },
];

/// Places the centres: each the candidate that lies farthest from those placed before, none touching another.
pub(super) fn place(fabric: &Fabric, parcels: usize, seed: u64) -> Vec<Centre> {
    let mut random = Random::new(seed, &[theme::CENTRES]);
    let mut placed: Vec<(Point, f64, u8)> = Vec::new();
    for (number, level) in LEVELS.iter().enumerate() {
        let radius = (level.radius.0 * fabric.lattice.radius).clamp(level.radius.1, level.radius.2);
        for _ in 0..level.fewest.max(parcels / level.parcels) {
            let first = placed.is_empty();
            // The first is the one nearest the middle; of the others, the one that lies farthest from its neighbours.
            let merit = |at: Point| {
                if first {
                    return Some(-at.distance(CENTRE));
                }
                let gap = |(other, size, _): &(Point, f64, u8)| at.distance(*other) - size - radius;
                let nearest = placed.iter().map(gap).fold(f64::INFINITY, f64::min);
                let inside = (level.rim.0..level.rim.1).contains(&fabric.lattice.rim(at));
                (nearest > 40.0 && inside).then_some(nearest)
            };
            let found = (0..if first { 400 } else { 24 })
                .filter_map(|_| candidate(fabric, &mut random))
                .filter_map(|at| merit(at).map(|merit| (merit, at)))
                .max_by(|a, b| a.0.total_cmp(&b.0));
            placed.extend(found.map(|(_, at)| (at, radius, number as u8 + 1)));
        }
    }
    placed
        .into_iter()
        .enumerate()
        .map(|(number, (at, radius, level))| furnish(number, at, radius, level, seed))
        .collect()
}

/// The middle of some block that is built on from the first year on.
fn candidate(fabric: &Fabric, random: &mut Random) -> Option<Point> {
    let ward = random.pick(&fabric.wards);
    let block = ward.blocks.get(random.below(ward.blocks.len().max(1)))?;
    let built = block.use_ == Ground::Built && fabric.rim.binary_search(&(block.pieces.start as u32)).is_err();
    built.then(|| centroid(&block.outline))
}

fn furnish(number: usize, at: Point, radius: f64, level: u8, seed: u64) -> Centre {
    let mut random = Random::new(seed, &[theme::CENTRES, 1, number as u64]);
    let corners = 8 + random.below(5);
    let turn = random.between(0.0, 1.0);
    let outline = (0..corners)
        .map(|corner| {
            let angle = std::f64::consts::TAU * (corner as f64 + turn) / corners as f64;
            let reach = radius * random.between(0.78, 1.0);
            millimetre(Point::new(at.x + reach * libm::cos(angle), at.y + reach * libm::sin(angle)))
        })
        .collect();
    let (top, suffix) = match level {
        1 => (100.0, "中心商圈"),
        2 => (30.0, "商业广场"),
        _ => (5.0, "商业街"),
    };
    let share = if number == 0 { 1.0 } else { random.between(0.45, 1.0) };
    Centre {
        name: format!("{}{suffix}", names::word(seed, 9_000_000 + number as u64)),
        level,
        at: millimetre(at),
        outline,
        sales: one_decimal(2.4 * top * share),
        floor: one_decimal(0.9 * top * share * random.between(0.85, 1.15)),
        outlets: libm::round(11.0 * top * share * random.between(0.8, 1.2)) as i64,
        scale: one_decimal(100.0 * share),
    }
}

/// The layer of centres.
pub(super) fn layer(centres: &[Centre]) -> SampleLayer {
    let mut shapes = Shapes::new(Kind::Polygon);
    centres.iter().for_each(|centre| super::fabric::push_open(&mut shapes, &centre.outline));
    let each = |value: fn(&Centre) -> f64| centres.iter().map(value).collect::<Vec<f64>>();
    SampleLayer {
        name: "centres",
        title: say!("commercial centres", "商服中心"),
        shapes,
        columns: vec![
            SampleColumn::text("mc", say!("name", "名称"), centres.iter().map(|centre| &centre.name)),
            SampleColumn::int("jb", say!("level", "级别"), centres.iter().map(|centre| i64::from(centre.level))),
            SampleColumn::real("xse", say!("yearly sales", "年销售额"), each(|centre| centre.sales)).of("亿元", 1),
            SampleColumn::real("yymj", say!("floor area", "营业面积"), each(|centre| centre.floor)).of("万㎡", 1),
            SampleColumn::int("wds", say!("outlets", "网点数"), centres.iter().map(|centre| centre.outlets)),
            SampleColumn::real("guimo", say!("scale index", "规模指数"), each(|centre| centre.scale)).of("", 1),
        ],
    }
}
