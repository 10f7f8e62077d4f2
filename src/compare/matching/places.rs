//! Points, lines and mixed releases: an identifier is trusted near its old place, where no address speaks against it; points that are left are
//! matched by their address, then to the nearest.

use super::super::Options;
use super::super::side::Side;
use super::{Kind, MatchedBy, Matching, Pair, by_id_alone, unmeasured};
use crate::land::{Outcome, Text, cancel};
use crate::say;
use crate::space::index::BoxIndex;
use crate::space::{Extent, Kind as Geometry, Point, Shape, Shapes, measure};
use std::collections::BTreeMap;

/// Metres within which a point stands still.
const STILL: f64 = 1.0;
/// So many times the tolerance a point may have moved that an address alone makes known.
const FAR: f64 = 10.0;

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
    let near = |a: Shape<'_>, b: Shape<'_>| distance(a, b) * metres_per_unit <= options.point_tolerance;
    // At one place another address is another spelling; elsewhere it tells another point.
    let still = |a: Shape<'_>, b: Shape<'_>| distance(a, b) * metres_per_unit <= STILL;
    let witness = Witness::new(old, new, options);
    // One that kept its number elsewhere only moved.
    let kind = |(one, two): (u32, u32)| match old.ids.show(one as usize) == new.ids.show(two as usize) {
        true => Kind::Shifted,
        false => Kind::Replaced,
    };
    let mut matching = Matching::default();
    let mut far: Vec<(f64, u32)> = Vec::new();
    let (mut free_old, mut free_new) = (vec![true; old.len()], vec![true; new.len()]);
    for &(one, two) in joined {
        let pair = (one, two);
        let (a, b) = (before.get(one as usize), after.get(two as usize));
        let by = if a.is_empty() || b.is_empty() {
            matching.pairs.push(by_id_alone(old, new, one, two, options));
            (free_old[one as usize], free_new[two as usize]) = (false, false);
            continue;
        } else if near(a, b) && (witness.says(pair) != Some(false) || still(a, b)) {
            MatchedBy::Id
        } else if witness.says(pair) == Some(true) && witness.is_alone(pair) {
            let away = distance(a, b) * metres_per_unit;
            if away > FAR * options.point_tolerance {
                far.push((away, one));
            }
            MatchedBy::IdAndField
        } else {
            matching.moved_ids.push(pair);
            continue;
        };
        let kind = if far.last().is_some_and(|(_, last)| *last == one) { Kind::Shifted } else { Kind::Same };
        matching.pairs.push(unmeasured(old, new, pair, kind, by));
        (free_old[one as usize], free_new[two as usize]) = (false, false);
    }
    notes.extend(told_of_far(old, &far, FAR * options.point_tolerance));
    cancel::checkpoint()?;
    if before.kind == Geometry::Point && after.kind == Geometry::Point {
        let tolerance = FAR * options.point_tolerance / metres_per_unit;
        for (one, two) in by_field(old, new, (&free_old, &free_new), options) {
            if distance(before.get(one as usize), after.get(two as usize)) <= tolerance {
                matching.pairs.push(unmeasured(old, new, (one, two), kind((one, two)), MatchedBy::Field));
                (free_old[one as usize], free_new[two as usize]) = (false, false);
            }
        }
        let olds = left(before, &free_old);
        let news = left(after, &free_new);
        for (one, two) in mutual(&olds, &news, options.point_tolerance / metres_per_unit) {
            matching.pairs.push(unmeasured(old, new, (one, two), kind((one, two)), MatchedBy::Nearest));
        }
    } else {
        notes.push(say!(
            "the releases hold different or linear geometry: units were matched by identifier near their place, never by place alone",
            "两期几何类型不同或为线:单元按编号并在原位置附近匹配,不单凭位置匹配"
        ));
    }
    Ok(matching)
}

/// Units of which one release has no geometry: by identifier, unless the confirming field tells that it is another's; then by that field.
pub(super) fn tables(old: &Side<'_>, new: &Side<'_>, joined: &[(u32, u32)], options: &Options) -> Matching {
    let witness = Witness::new(old, new, options);
    let mut matching = Matching::default();
    let (mut free_old, mut free_new) = (vec![true; old.len()], vec![true; new.len()]);
    for &(one, two) in joined {
        let by = match witness.says((one, two)) {
            Some(false) => {
                matching.moved_ids.push((one, two));
                continue;
            }
            Some(true) => MatchedBy::IdAndField,
            None => MatchedBy::IdWithoutGeometry,
        };
        matching.pairs.push(Pair { by, ..by_id_alone(old, new, one, two, options) });
        (free_old[one as usize], free_new[two as usize]) = (false, false);
    }
    for (one, two) in by_field(old, new, (&free_old, &free_new), options) {
        let same = old.ids.show(one as usize) == new.ids.show(two as usize);
        let kind = if same { Kind::Same } else { Kind::Replaced };
        matching.pairs.push(unmeasured(old, new, (one, two), kind, MatchedBy::Field));
    }
    matching
}

/// Units whose identifier and confirming field agree though they lie far apart: one of the two places is wrong, or the unit moved.
fn told_of_far(old: &Side<'_>, far: &[(f64, u32)], limit: f64) -> Option<Text> {
    let (most, unit) = far.iter().copied().max_by(|one, other| one.0.total_cmp(&other.0).then(other.1.cmp(&one.1)))?;
    let (count, id, most) = (far.len(), old.ids.show(unit as usize), most.round());
    Some(say!(
        "units with one identifier and one confirming field that lie more than {limit} m apart: {count}; {id} by {most} m: they are matched as shifted, look at their places",
        "编号与佐证字段均一致但位置相距超过 {limit} 米的单元 {count} 个,最远为 {id}({most} 米):按位移匹配,请核对位置"
    ))
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

/// What the confirming field says of each unit.
struct Witness {
    old: Vec<Option<String>>,
    new: Vec<Option<String>>,
    /// How many units of each release a text is said of.
    counts: BTreeMap<String, [u32; 2]>,
}

impl Witness {
    fn new(old: &Side<'_>, new: &Side<'_>, options: &Options) -> Witness {
        let said = |side: &Side<'_>| -> Vec<Option<String>> {
            let Some(field) = options.witness.as_deref() else { return vec![None; side.len()] };
            (0..side.len()).map(|row| side.kept(field, row)).collect()
        };
        let (old, new) = (said(old), said(new));
        let mut counts: BTreeMap<String, [u32; 2]> = BTreeMap::new();
        for (at, texts) in [&old, &new].into_iter().enumerate() {
            texts.iter().flatten().for_each(|text| counts.entry(text.clone()).or_default()[at] += 1);
        }
        Witness { old, new, counts }
    }

    /// Whether it says the same of both; `None` where it says nothing of one.
    fn says(&self, (one, two): (u32, u32)) -> Option<bool> {
        Some(self.old[one as usize].as_ref()? == self.new[two as usize].as_ref()?)
    }

    /// Whether what it says of the two is said of no other unit: an address that many share tells none of them.
    fn is_alone(&self, (one, _): (u32, u32)) -> bool {
        let text = self.old[one as usize].as_ref();
        text.and_then(|text| self.counts.get(text)).is_some_and(|counts| *counts == [1, 1])
    }
}

/// The free units of which the confirming field says the same, and of no other free one.
fn by_field(
    old: &Side<'_>,
    new: &Side<'_>,
    (free_old, free_new): (&[bool], &[bool]),
    options: &Options,
) -> Vec<(u32, u32)> {
    let Some(field) = options.witness.as_deref() else { return Vec::new() };
    let said = |side: &Side<'_>, free: &[bool]| {
        let mut said: BTreeMap<String, Option<u32>> = BTreeMap::new();
        for row in (0..free.len()).filter(|&row| free[row]) {
            let Some(text) = side.kept(field, row) else { continue };
            said.entry(text).and_modify(|found| *found = None).or_insert(Some(row as u32));
        }
        said
    };
    let news = said(new, free_new);
    let olds = said(old, free_old).into_iter();
    let mut pairs: Vec<(u32, u32)> =
        olds.filter_map(|(text, one)| Some((one?, news.get(&text).copied().flatten()?))).collect();
    pairs.sort_unstable();
    pairs
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
