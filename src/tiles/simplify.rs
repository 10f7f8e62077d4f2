//! The next smaller zoom: coordinates halved, and lines without what a screen does not show.

use super::EXTENT;
use crate::space::measure::{self, squared_distance_to_segment};
use crate::space::{Kind, Point, Shapes};
use rustc_hash::FxHashMap;

/// How far a line may move: half a pixel of a tile of 512.
const TOLERANCE: f64 = EXTENT / 512.0 / 2.0;

/// What is not seen: a quarter of a pixel.
const LEAST: f64 = TOLERANCE * TOLERANCE;

/// A corner in whole units.
type Corner = (i64, i64);

/// What is told of a corner: its first two neighbours, and whether it has others, so that lines of several shapes meet there.
#[derive(Clone, Copy)]
struct Meeting {
    beside: [Option<Corner>; 2],
    many: bool,
}

/// Shapes at half the size. Rows of one group share borders: where lines of several meet stays, and what lies between is simplified from the
/// same end whichever shape it belongs to.
pub(super) fn halved(shapes: &Shapes, groups: Option<&[u8]>) -> Shapes {
    let mut small = Shapes::new(shapes.kind);
    small.reserve(shapes.len(), shapes.point_count());
    let mut ring_points = Vec::new();
    for shape in shapes.iter() {
        for ring in shape.rings() {
            ring_points.clear();
            for point in ring.points {
                let half = Point::new((point.x / 2.0).floor(), (point.y / 2.0).floor());
                if ring_points.last() != Some(&half) {
                    ring_points.push(half);
                }
            }
            if shapes.kind != Kind::Polygon || ring_points.len() >= 4 {
                small.push_ring(&ring_points, ring.outer);
            }
        }
        small.end_feature();
    }
    match groups {
        Some(groups) if shapes.kind == Kind::Polygon => simplified(&small, groups),
        Some(_) if shapes.kind == Kind::Line => lines(&small),
        _ => small,
    }
}

/// Lines, each from end to end.
fn lines(shapes: &Shapes) -> Shapes {
    let mut simple = Shapes::new(Kind::Line);
    let mut kept = Vec::new();
    for shape in shapes.iter() {
        for ring in shape.rings().filter(|ring| ring.points.len() >= 2) {
            kept.clear();
            kept.push(ring.points[0]);
            arc(ring.points, &mut kept);
            simple.push_ring(&kept, ring.outer);
        }
        simple.end_feature();
    }
    simple
}

fn simplified(shapes: &Shapes, groups: &[u8]) -> Shapes {
    let mut meetings: FxHashMap<(u8, Corner), Meeting> = FxHashMap::default();
    for (row, shape) in shapes.iter().enumerate() {
        for pair in shape.rings().flat_map(|ring| ring.points.windows(2)) {
            let (one, other) = (corner(pair[0]), corner(pair[1]));
            for (at, beside) in [(one, other), (other, one)] {
                let meeting = meetings.entry((groups[row], at)).or_insert(Meeting { beside: [None; 2], many: false });
                match meeting.beside {
                    [None, _] => meeting.beside[0] = Some(beside),
                    [Some(first), None] if first != beside => meeting.beside[1] = Some(beside),
                    [Some(first), Some(second)] if first != beside && second != beside => meeting.many = true,
                    _ => {}
                }
            }
        }
    }
    let mut simple = Shapes::new(Kind::Polygon);
    simple.reserve(shapes.len(), shapes.point_count() / 2);
    let mut kept = Vec::new();
    for (row, shape) in shapes.iter().enumerate() {
        for ring in shape.rings() {
            let open = &ring.points[..ring.points.len() - 1];
            let meets = |point: &Point| meetings.get(&(groups[row], corner(*point))).is_some_and(|found| found.many);
            // Without a meeting the lowest corner is an end, whichever shape begins where.
            let lowest = || (0..open.len()).min_by_key(|at| corner(open[*at])).unwrap_or(0);
            let start = open.iter().position(meets).unwrap_or_else(lowest);
            let mut round: Vec<Point> = open[start..].iter().chain(&open[..start]).copied().collect();
            round.push(open[start]);
            kept.clear();
            kept.push(round[0]);
            let mut from = 0;
            for at in 1..round.len() {
                if at + 1 == round.len() || meets(&round[at]) {
                    arc(&round[from..=at], &mut kept);
                    from = at;
                }
            }
            let area = measure::twice_signed_area(&kept).abs() / 2.0;
            if kept.len() >= 4 && area >= LEAST {
                simple.push_ring(&kept, ring.outer);
            }
        }
        simple.end_feature();
    }
    simple
}

/// Adds what is kept of an arc behind its first corner (Douglas and Peucker), read from its lower end.
fn arc(points: &[Point], kept: &mut Vec<Point>) {
    let (first, last) = (points[0], points[points.len() - 1]);
    // A closed arc is lower where its second corner is.
    let (one, other) = if first == last { (points[1], points[points.len() - 2]) } else { (first, last) };
    let turned = corner(other) < corner(one);
    let mut way: Vec<Point> = points.to_vec();
    if turned {
        way.reverse();
    }
    let mut keeps = vec![false; way.len()];
    (keeps[0], keeps[way.len() - 1]) = (true, true);
    let mut open = vec![(0, way.len() - 1)];
    while let Some((low, high)) = open.pop() {
        let off = |at: &usize| squared_distance_to_segment(way[*at], way[low], way[high]);
        let farthest =
            (low + 1..high).map(|at| (off(&at), at)).reduce(|most, next| if next.0 > most.0 { next } else { most });
        if let Some((squared, at)) = farthest
            && squared > TOLERANCE * TOLERANCE
        {
            keeps[at] = true;
            open.extend([(low, at), (at, high)]);
        }
    }
    let chosen = way.iter().zip(&keeps).filter(|(_, keeps)| **keeps).map(|(point, _)| *point);
    if turned { kept.extend(chosen.rev().skip(1)) } else { kept.extend(chosen.skip(1)) }
}

fn corner(point: Point) -> Corner {
    (point.x as i64, point.y as i64)
}

#[cfg(test)]
mod tests {
    use super::*;
    /// Two areas share a ragged border: after three halvings they still tile the square they made together.
    #[test]
    fn neighbours_keep_their_common_border() {
        // Teeth of 30 units, and a step of 2000 that must stay.
        let x = |at: i32| f64::from(8000 + 3 * (at * at % 11) + if (80..120).contains(&at) { 2000 } else { 0 });
        let ragged: Vec<(f64, f64)> = (0..=200).map(|at| (x(at), f64::from(at) * 80.0)).collect();
        let mut shapes = Shapes::new(Kind::Polygon);
        let mut push = |points: Vec<(f64, f64)>| {
            shapes.push_ring(&points.iter().map(|&(x, y)| Point::new(x, y)).collect::<Vec<_>>(), true);
            shapes.end_feature();
        };
        let west: Vec<(f64, f64)> =
            [(0.0, 0.0)].into_iter().chain(ragged.iter().copied()).chain([(0.0, 16000.0), (0.0, 0.0)]).collect();
        let east = ragged.iter().rev().copied().chain([(16000.0, 0.0), (16000.0, 16000.0)]).chain([ragged[200]]);
        push(west);
        push(east.collect());
        let mut small = shapes;
        for _ in 0..3 {
            small = halved(&small, Some(&[0, 0]));
        }
        assert!((14..40).contains(&small.point_count()), "{}", small.point_count());
        let [one, other] = [0, 1].map(|at| measure::area(small.get(at)));
        assert!((one + other - 2000.0 * 2000.0).abs() < 1e-6, "{one} {other}");
        let border = |at: usize| {
            let mut own: Vec<Corner> =
                small.get(at).points().iter().map(|p| corner(*p)).filter(|(x, _)| *x > 0 && *x < 2000).collect();
            own.sort_unstable();
            own.dedup();
            own
        };
        assert_eq!(border(0), border(1));
        assert!(border(0).iter().any(|(x, _)| *x >= 1250), "{:?}", border(0));
    }
}
