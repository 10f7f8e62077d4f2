//! Area layers: districts and graded area, planning zones, flood zones, environment zones.

use super::fabric::{Fabric, push_open};
use super::layer::{SampleColumn, SampleLayer, one_decimal};
use super::ring::{centroid, millimetre};
use super::theme;
use super::wards::{DISTRICTS, Territory};
use super::water::River;
use crate::land::random::Random;
use crate::say;
use crate::space::measure::ring_side;
use crate::space::{Extent, Kind, Point, Shapes};

/// The three districts.
pub(super) fn districts(fabric: &Fabric, territory: &Territory) -> SampleLayer {
    let mut shapes = Shapes::new(Kind::Polygon);
    (0..DISTRICTS.len()).for_each(|number| push_open(&mut shapes, &territory.outline(&fabric.lattice, Some(number))));
    let columns = vec![
        SampleColumn::text("xzqdm", say!("district code", "行政区代码"), DISTRICTS.map(|(code, _)| code)),
        SampleColumn::text("xzqmc", say!("district name", "行政区名称"), DISTRICTS.map(|(_, name)| name)),
    ];
    SampleLayer { name: "districts", title: say!("districts", "行政区"), shapes, columns }
}

/// The graded area (定级范围).
pub(super) fn graded_area(fabric: &Fabric, territory: &Territory) -> SampleLayer {
    let mut shapes = Shapes::new(Kind::Polygon);
    push_open(&mut shapes, &territory.outline(&fabric.lattice, None));
    let columns = vec![SampleColumn::text("mc", say!("name", "名称"), ["样例市中心城区定级范围"])];
    SampleLayer { name: "graded_area", title: say!("graded area", "定级范围"), shapes, columns }
}

/// One planning zone per ward, after the use that prevails in it.
pub(super) fn planning(fabric: &Fabric, uses: &[u8]) -> SampleLayer {
    let mut shapes = Shapes::new(Kind::Polygon);
    let mut kinds = Vec::new();
    for ward in &fabric.wards {
        push_open(&mut shapes, &ward.ground);
        let mut counts = [0usize; 4];
        let pieces = ward.blocks.iter().flat_map(|block| block.pieces.clone());
        pieces.for_each(|piece| counts[usize::from(uses[piece])] += 1);
        let all = counts.iter().sum::<usize>().max(1);
        kinds.push(match counts {
            [commercial, ..] if commercial * 10 > all * 3 => "商业服务业集中区",
            [_, _, industrial, _] if industrial * 10 > all * 4 => "工业发展区",
            [_, _, _, public] if public * 10 > all * 2 => "公共服务区",
            [_, residential, ..] if residential * 10 > all * 6 => "居住生活区",
            _ => "综合发展区",
        });
    }
    let columns = vec![SampleColumn::text("lx", say!("category", "规划分区类型"), kinds)];
    SampleLayer { name: "planning", title: say!("planning zones", "规划分区"), shapes, columns }
}

/// Flood zones: the river's own (1), the strips beside it (2), and hollows away from it, some with a dry hill inside (3).
pub(super) fn flood(fabric: &Fabric, river: &River, seed: u64) -> SampleLayer {
    let mut random = Random::new(seed, &[theme::ZONES, 0]);
    let lattice = &fabric.lattice;
    let (near, far) = (lattice.bank + 60.0, lattice.bank + 60.0 + (0.07 * lattice.radius).clamp(60.0, 240.0));
    let mut shapes = Shapes::new(Kind::Polygon);
    let mut levels = vec![1, 2, 2];
    for (from, to) in [(-near, near), (near, far), (-far, -near)] {
        push_open(&mut shapes, &river.band(from, to));
    }
    let reach = (0.08 * lattice.radius).clamp(90.0, 450.0);
    let mut hollows: Vec<Point> = Vec::new();
    for _ in 0..20 * (2 + fabric.pieces.len() / 6000) {
        if hollows.len() >= 2 + fabric.pieces.len() / 6000 {
            break;
        }
        let at = centroid(&random.pick(&fabric.wards).ground);
        let clear = hollows.iter().all(|other| other.distance(at) > 2.6 * reach);
        if clear && river.distance(at) > far + 1.5 * reach {
            hollow(&mut shapes, at, reach, hollows.len().is_multiple_of(2), &mut random);
            levels.push(3);
            hollows.push(at);
        }
    }
    let names = levels.iter().map(|level| ["河道行洪区", "洪泛区", "内涝区"][*level as usize - 1]);
    let columns = vec![
        SampleColumn::int("jb", say!("level", "级别"), levels.iter().copied()),
        SampleColumn::text("mc", say!("name", "名称"), names),
    ];
    SampleLayer { name: "flood", title: say!("flood zones", "洪涝风险区"), shapes, columns }
}

fn hollow(shapes: &mut Shapes, at: Point, reach: f64, hill: bool, random: &mut Random) {
    const CORNERS: usize = 28;
    let (one, two) = (random.phase(), random.phase());
    let edge = |share: f64| -> Vec<Point> {
        (0..CORNERS)
            .map(|corner| {
                let angle = std::f64::consts::TAU * corner as f64 / CORNERS as f64;
                let far =
                    share * reach * (0.85 + 0.13 * libm::cos(2.0 * angle + one) + 0.08 * libm::cos(5.0 * angle + two));
                millimetre(Point::new(at.x + far * libm::cos(angle), at.y + far * libm::sin(angle)))
            })
            .collect()
    };
    let close = |mut ring: Vec<Point>| {
        ring.push(ring[0]);
        ring
    };
    shapes.push_ring(&close(edge(1.0)), true);
    if hill {
        let mut inner = close(edge(0.38));
        inner.reverse();
        shapes.push_ring(&inner, false);
    }
    shapes.end_feature();
}

/// Environment zones: a coarse tiling that pays no heed to streets, with a score; some of it was not surveyed.
pub(super) fn environment(fabric: &Fabric, territory: &Territory, river: &River, seed: u64) -> SampleLayer {
    let mut random = Random::new(seed, &[theme::ZONES, 1]);
    let outline = territory.outline(&fabric.lattice, None);
    let closed: Vec<Point> = outline.iter().chain(&outline[..1]).copied().collect();
    let extent = Extent::of(&outline).grown(50.0);
    let step = (0.33 * fabric.lattice.radius).clamp(350.0, 1500.0);
    let (columns, rows) = (libm::ceil(extent.width() / step) as usize, libm::ceil(extent.height() / step) as usize);
    let nodes: Vec<Point> = (0..(columns + 1) * (rows + 1))
        .map(|number| {
            let (column, row) = ((number % (columns + 1)) as f64, (number / (columns + 1)) as f64);
            let mut jitter = || random.between(-0.22, 0.22);
            let (x, y) = (column + jitter(), row + jitter());
            millimetre(Point::new(extent.min.x + x * step, extent.min.y + y * step))
        })
        .collect();
    let mut shapes = Shapes::new(Kind::Polygon);
    let mut scores = Vec::new();
    for cell in 0..columns * rows {
        let at = cell / columns * (columns + 1) + cell % columns;
        let ring = [nodes[at], nodes[at + 1], nodes[at + columns + 2], nodes[at + columns + 1]];
        let middle = centroid(&ring);
        let outside =
            ring.iter().chain([&middle]).all(|&p| ring_side(&closed, p) == crate::space::measure::Side::Outside);
        if outside || random.chance(0.06) {
            continue;
        }
        push_open(&mut shapes, &ring);
        let water = 22.0 * libm::exp(-river.distance(middle) / (0.3 * fabric.lattice.radius));
        let green = 25.0 * fabric.lattice.rim(middle).min(1.2);
        scores.push(one_decimal((38.0 + water + green + 7.0 * random.normal()).clamp(5.0, 100.0)));
    }
    let columns = vec![SampleColumn::real("df", say!("score", "得分"), scores).of("分", 1)];
    SampleLayer { name: "environment", title: say!("environment zones", "环境质量分区"), shapes, columns }
}
