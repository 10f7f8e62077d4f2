//! Units whose shape is the same and only stands elsewhere: what a new survey or another transformation of the whole map leaves.

use super::super::side::Side;
use super::{Kind, Matching};
use crate::land::Text;
use crate::say;
use crate::scale;
use crate::space::{Point, Shape};

/// Corners of one shape lie within this many metres of where the shift puts them.
const NEAR: f64 = 0.01;

/// Makes re-cut pairs of one shape shifted ones; tells how far they moved.
pub(super) fn find(
    old: &Side<'_>,
    new: &Side<'_>,
    metres_per_unit: f64,
    matching: &mut Matching,
    notes: &mut Vec<Text>,
) {
    let (Some(before), Some(after)) = (old.shapes.as_deref(), new.shapes.as_deref()) else { return };
    let recut = matching.pairs.iter().enumerate().filter(|(_, pair)| pair.kind == Kind::Recut);
    let recut: Vec<usize> = recut.map(|(at, _)| at).collect();
    let found = scale::map(recut.len(), |at| {
        let pair = &matching.pairs[recut[at]];
        shift(before.get(pair.old as usize), after.get(pair.new as usize), NEAR / metres_per_unit)
    });
    let (mut east, mut north) = (Vec::new(), Vec::new());
    for (at, by) in recut.into_iter().zip(found) {
        if let Some(by) = by {
            matching.pairs[at].kind = Kind::Shifted;
            east.push(by.x * metres_per_unit);
            north.push(by.y * metres_per_unit);
        }
    }
    if !east.is_empty() {
        let (count, east, north) = (east.len(), middle(east), middle(north));
        notes.push(say!(
            "{count} units kept their shape and stand elsewhere: shifted by {east:.2} m east and {north:.2} m north (medians)",
            "{count} 个单元形状未变、位置平移:向东 {east:.2} m、向北 {north:.2} m(中位数)"
        ));
    }
}

/// Identifiers that were not trusted since their ground lies elsewhere, most of which have one shape and one shift: a map on another datum. Where
/// the ground has another unit of the same outline, it is the identifiers that were given anew.
pub(super) fn told_of_whole(old: &Side<'_>, new: &Side<'_>, metres_per_unit: f64, matching: &Matching) -> Option<Text> {
    let (before, after) = (old.shapes.as_deref()?, new.shapes.as_deref()?);
    let moved = &matching.moved_ids;
    let mut stays = vec![false; old.len()];
    for pair in matching.pairs.iter().filter(|pair| pair.share_old.min(pair.share_new) >= STAYS) {
        stays[pair.old as usize] = true;
    }
    if 2 * moved.iter().filter(|(one, _)| stays[*one as usize]).count() >= moved.len() {
        return None;
    }
    let found = scale::map(moved.len(), |at| {
        let (one, two) = moved[at];
        shift(before.get(one as usize), after.get(two as usize), NEAR / metres_per_unit)
    });
    let of =
        |axis: fn(&Point) -> f64| found.iter().flatten().map(|by| axis(by) * metres_per_unit).collect::<Vec<f64>>();
    let (east, north) = (of(|by| by.x), of(|by| by.y));
    if east.len() < LEAST {
        return None;
    }
    let (x, y) = (middle(east.clone()), middle(north.clone()));
    let count = east.iter().zip(&north).filter(|(own_x, own_y)| (*own_x - x).hypot(*own_y - y) <= ALIKE).count();
    let all = moved.len();
    (count >= LEAST && 2 * count > all).then(|| {
        say!(
            "{count} of {all} identifiers that are not trusted are of units of one shape that stand {x:.1} m east and {y:.1} m north: one layer seems to be on another datum; bring both to one and compare again",
            "未采信的 {all} 个编号中有 {count} 个单元形状未变、整体偏移(向东 {x:.1} m、向北 {y:.1} m):两期坐标基准可能不同,请统一后再比较"
        )
    })
}

/// So many units of one shift are no chance.
const LEAST: usize = 3;
/// Ground that two units have so much of in common, as a share of both, is one outline.
const STAYS: f64 = 0.98;
/// Metres within which shifts are one: another transformation of a map turns it a little as well.
const ALIKE: f64 = 1.0;

/// By how much one shape stands beside the other; `None` where they are not one shape. Rings may start at other corners and run the other way.
fn shift(one: Shape<'_>, other: Shape<'_>, near: f64) -> Option<Point> {
    let mut by: Option<Point> = None;
    let (mut rings, mut others) = (one.rings(), other.rings());
    loop {
        match (rings.next(), others.next()) {
            (None, None) => return by,
            (Some(ring), Some(other)) if ring.outer == other.outer && ring.points.len() == other.points.len() => {
                by = Some(ring_shift(ring.points, other.points, by, near)?);
            }
            _ => return None,
        }
    }
}

/// The shift of a ring: the one known, or any that puts every corner on a corner, one way round or the other, as formats differ in it.
fn ring_shift(one: &[Point], other: &[Point], known: Option<Point>, near: f64) -> Option<Point> {
    let count = one.len().checked_sub(1).filter(|count| *count > 0)?;
    let ways = (0..count).flat_map(|start| [(start, false), (start, true)]);
    ways.into_iter().find_map(|(start, back)| {
        let by = known.unwrap_or_else(|| Point::new(other[start].x - one[0].x, other[start].y - one[0].y));
        let lands = |at: usize| {
            let there = if back { start + count - at } else { start + at };
            Point::new(one[at].x + by.x, one[at].y + by.y).distance(other[there % count]) <= near
        };
        (0..count).all(lands).then_some(by)
    })
}

fn middle(mut values: Vec<f64>) -> f64 {
    values.sort_unstable_by(f64::total_cmp);
    values[values.len() / 2]
}
