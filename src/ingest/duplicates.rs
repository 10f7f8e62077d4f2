//! Features drawn twice: the same corners, wherever the ring begins and whichever way it runs.

use crate::scale;
use crate::space::{Kind, Point, Shape, Shapes};

/// Each feature that has the geometry of an earlier one, with the first such: pairs (first, duplicate) by the duplicate's number.
/// Repeated points, the ring's start, its direction and the order of the parts make no difference; one step in the last binary digit does.
/// Features without geometry are nobody's duplicates.
pub fn duplicates(shapes: &Shapes) -> Vec<(u32, u32)> {
    let mut keyed: Vec<(u64, u32)> =
        scale::map(shapes.len(), |number| (fingerprint(shapes.get(number)), number as u32));
    keyed.retain(|(_, number)| !shapes.get(*number as usize).is_empty());
    keyed.sort_unstable();
    let mut found = Vec::new();
    for group in keyed.chunk_by(|a, b| a.0 == b.0).filter(|group| group.len() > 1) {
        // Fingerprints may agree by chance: the corners decide.
        let mut firsts: Vec<(Vec<Drawn>, u32)> = Vec::new();
        for &(_, number) in group {
            let drawn = drawing(shapes.get(number as usize));
            match firsts.iter().find(|(first, _)| *first == drawn) {
                Some((_, first)) => found.push((*first, number)),
                None => firsts.push((drawn, number)),
            }
        }
    }
    found.sort_unstable_by_key(|(_, duplicate)| *duplicate);
    found
}

/// A sum over the corners that no order or direction changes.
fn fingerprint(shape: Shape<'_>) -> u64 {
    let mut sum = 0u64;
    for ring in shape.rings() {
        // A polygon's closing corner counts once, as its first.
        let corners = if shape.kind == Kind::Polygon { ring.points.get(1..) } else { None }.unwrap_or(ring.points);
        let mut before = ring.points.first().filter(|_| shape.kind == Kind::Polygon);
        for corner in corners {
            if before != Some(corner) {
                sum = sum.wrapping_add(spread(bits(*corner)));
            }
            before = Some(corner);
        }
    }
    sum
}

/// The coordinates' bits, with one zero.
fn bits(point: Point) -> (u64, u64) {
    ((point.x + 0.0).to_bits(), (point.y + 0.0).to_bits())
}

/// Mixes two words into one (the finaliser of SplitMix64, Steele et al. 2014).
fn spread((one, other): (u64, u64)) -> u64 {
    let mut mixed = one ^ other.rotate_left(32).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}

/// One ring, drawn from its smallest corner in the smaller of its two directions.
type Drawn = (bool, Vec<(u64, u64)>);

fn drawing(shape: Shape<'_>) -> Vec<Drawn> {
    let mut rings: Vec<Drawn> = shape
        .rings()
        .map(|ring| {
            let mut corners: Vec<(u64, u64)> = ring.points.iter().map(|point| bits(*point)).collect();
            corners.dedup();
            let mut back: Vec<(u64, u64)> = corners.iter().rev().copied().collect();
            if shape.kind == Kind::Polygon {
                for way in [&mut corners, &mut back] {
                    if way.len() > 1 {
                        way.pop();
                    }
                    start_smallest(way);
                }
            }
            (ring.outer, corners.min(back))
        })
        .collect();
    rings.sort_unstable();
    rings
}

/// Turns the ring so that it reads smallest.
fn start_smallest(ring: &mut [(u64, u64)]) {
    let Some(&smallest) = ring.iter().min() else { return };
    let starts = (0..ring.len()).filter(|&at| ring[at] == smallest);
    let from = |at: usize| ring[at..].iter().chain(&ring[..at]);
    let best = starts.min_by(|&a, &b| from(a).cmp(from(b))).unwrap_or(0);
    ring.rotate_left(best);
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn polygon(shapes: &mut Shapes, ring: &[(i32, i32)]) {
        let mut points: Vec<Point> = ring.iter().map(|&(x, y)| Point::new(f64::from(x), f64::from(y))).collect();
        points.push(points[0]);
        shapes.push_ring(&points, true);
    }

    #[test]
    fn the_same_ring_drawn_otherwise_is_a_duplicate_and_a_moved_one_is_not() {
        let mut shapes = Shapes::new(Kind::Polygon);
        for ring in [
            [(0, 0), (4, 0), (4, 4), (0, 4)],
            [(0, 1), (4, 0), (4, 4), (0, 4)],
            [(4, 4), (4, 0), (0, 0), (0, 4)],
            [(4, 0), (4, 4), (0, 4), (0, 0)],
        ] {
            polygon(&mut shapes, &ring);
            shapes.end_feature();
        }
        shapes.end_feature();
        shapes.end_feature();
        assert_eq!(duplicates(&shapes), [(0, 2), (0, 3)]);
    }

    #[test]
    fn points_and_parts_in_another_order_count_too() {
        let points =
            Shapes::of_points([(1.0, 2.0), (0.0, 5.0), (1.0, 2.0), (-0.0, 5.0)].map(|(x, y)| Point::new(x, y)));
        assert_eq!(duplicates(&points), [(0, 2), (1, 3)]);
        let (a, b) = ([(0, 0), (1, 0), (1, 1)], [(5, 5), (6, 5), (6, 6)]);
        let mut shapes = Shapes::new(Kind::Polygon);
        for order in [[&a, &b], [&b, &a]] {
            order.iter().for_each(|ring| polygon(&mut shapes, *ring));
            shapes.end_feature();
        }
        assert_eq!(duplicates(&shapes), [(0, 1)]);
    }

    proptest! {
        #[test]
        fn turning_and_reversing_any_ring_keeps_its_drawing(
            ring in prop::collection::vec((0i32..4, 0i32..4), 3..9), turn in 0usize..9, reverse: bool,
        ) {
            let mut other = ring.clone();
            other.rotate_left(turn % ring.len());
            if reverse {
                other.reverse();
            }
            let mut shapes = Shapes::new(Kind::Polygon);
            polygon(&mut shapes, &ring);
            shapes.end_feature();
            polygon(&mut shapes, &other);
            shapes.end_feature();
            // A ring whose repeated corner falls on its start loses it in one drawing only after closing: both are deduplicated.
            let clean = |ring: &[(i32, i32)]| ring.windows(2).all(|p| p[0] != p[1]) && ring.first() != ring.last();
            prop_assume!(clean(&ring));
            prop_assert_eq!(duplicates(&shapes), [(0, 1)]);
        }
    }
}
