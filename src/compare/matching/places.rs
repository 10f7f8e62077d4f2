//! Points, lines and mixed releases: an identifier is trusted near its old place; points that are left are matched to the nearest.

use super::super::Options;
use super::super::side::Side;
use super::{Kind, MatchedBy, Matching, by_id_alone, unmeasured};
use crate::land::{Outcome, Text, cancel};
use crate::say;
use crate::space::index::BoxIndex;
use crate::space::{Extent, Kind as Geometry, Point, Shape, Shapes, measure};

pub(super) fn matching(
    old: &Side<'_>,
    new: &Side<'_>,
    joined: &[(u32, u32)],
    metres_per_unit: f64,
    options: &Options,
    notes: &mut Vec<Text>,
) -> Outcome<Matching> {
    let (Some(before), Some(after)) = (old.shapes.as_deref(), new.shapes.as_deref()) else {
        return Ok(Matching::default());
    };
    let mut matching = Matching::default();
    let (mut free_old, mut free_new) = (vec![true; old.len()], vec![true; new.len()]);
    for &(one, two) in joined {
        let pair = (one, two);
        let (a, b) = (before.get(one as usize), after.get(two as usize));
        let by = if a.is_empty() || b.is_empty() {
            matching.pairs.push(by_id_alone(old, new, one, two, options));
            (free_old[one as usize], free_new[two as usize]) = (false, false);
            continue;
        } else if distance(a, b) * metres_per_unit <= options.point_tolerance {
            MatchedBy::Id
        } else if confirmed(old, new, pair, options) {
            MatchedBy::IdAndField
        } else {
            matching.moved_ids.push(pair);
            continue;
        };
        matching.pairs.push(unmeasured(old, new, pair, Kind::Same, by));
        (free_old[one as usize], free_new[two as usize]) = (false, false);
    }
    cancel::checkpoint()?;
    if before.kind == Geometry::Point && after.kind == Geometry::Point {
        let olds = left(before, &free_old);
        let news = left(after, &free_new);
        for (one, two) in mutual(&olds, &news, options.point_tolerance / metres_per_unit) {
            matching.pairs.push(unmeasured(old, new, (one, two), Kind::Replaced, MatchedBy::Nearest));
        }
    } else {
        notes.push(say!(
            "the releases hold different or linear geometry: units were matched by identifier near their place, never by place alone",
            "两期几何类型不同或为线:单元按编号并在原位置附近匹配,不单凭位置匹配"
        ));
    }
    Ok(matching)
}

/// The distance between two units in the units of their system; between lines and polygons that of their boxes.
fn distance(a: Shape<'_>, b: Shape<'_>) -> f64 {
    match (a.kind, b.kind) {
        (_, Geometry::Point) => b.points().iter().map(|&p| measure::distance(a, p)).fold(f64::INFINITY, f64::min),
        (Geometry::Point, _) => a.points().iter().map(|&p| measure::distance(b, p)).fold(f64::INFINITY, f64::min),
        _ => between(a.extent(), b.extent()),
    }
}

fn between(a: Extent, b: Extent) -> f64 {
    let apart = |min: f64, max: f64| (min - max).max(0.0);
    let dx = apart(b.min.x, a.max.x).max(apart(a.min.x, b.max.x));
    let dy = apart(b.min.y, a.max.y).max(apart(a.min.y, b.max.y));
    dx.hypot(dy)
}

/// Whether the confirming field says the same of both.
fn confirmed(old: &Side<'_>, new: &Side<'_>, (one, two): (u32, u32), options: &Options) -> bool {
    options.witness.as_deref().is_some_and(|field| {
        old.kept(field, one as usize).is_some_and(|said| Some(said) == new.kept(field, two as usize))
    })
}

/// Rows without a partner, with their places.
fn left(shapes: &Shapes, free: &[bool]) -> Vec<(u32, Point)> {
    (0..free.len())
        .filter(|&row| free[row])
        .filter_map(|row| Some((row as u32, *shapes.get(row).points().first()?)))
        .collect()
}

/// The pairs of which each is the other's nearest, within the tolerance.
fn mutual(olds: &[(u32, Point)], news: &[(u32, Point)], tolerance: f64) -> Vec<(u32, u32)> {
    let index = |points: &[(u32, Point)]| BoxIndex::new(points.iter().map(|(_, point)| Extent::of(&[*point])));
    let (of_olds, of_news) = (index(olds), index(news));
    let mut pairs = Vec::new();
    for (place, &(one, point)) in olds.iter().enumerate() {
        let Some((there, squared)) = of_news.nearest(point).filter(|(_, squared)| squared.sqrt() <= tolerance) else {
            continue;
        };
        let (two, back) = news[there as usize];
        let nearest = of_olds.nearest(back);
        if nearest.is_some_and(|(here, again)| here as usize == place && again == squared) {
            pairs.push((one, two));
        }
    }
    pairs
}
