//! Places reckoned once though many vertices stand on them: polygons that tile share most of theirs.

use super::Point;
use std::hash::BuildHasher;

/// Places looked at together: their marks stay in the cache of a core.
const BLOCK: usize = 8192;

/// What `reckon` makes of the places, each distinct one of a block handed over once.
///
/// # Errors
/// The first of `reckon`; the places are of no use then.
pub(super) fn each_once<E>(
    points: &mut [Point],
    mut reckon: impl FnMut(&mut [Point]) -> Result<(), E>,
) -> Result<(), E> {
    let room = (2 * points.len().min(BLOCK)).next_power_of_two();
    let (mut marks, mut places) = (vec![FREE; room], Vec::with_capacity(points.len().min(BLOCK)));
    let mut distinct: Vec<Point> = Vec::new();
    for block in points.chunks_mut(BLOCK) {
        marks.fill(FREE);
        places.clear();
        distinct.clear();
        places.extend(block.iter().map(|point| place_of(*point, &mut marks, &mut distinct)));
        reckon(&mut distinct)?;
        block.iter_mut().zip(&places).for_each(|(point, at)| *point = distinct[*at as usize]);
    }
    Ok(())
}

/// No place stands here.
const FREE: u32 = u32::MAX;

/// Where a point stands among the distinct ones, to which it is added where it is new.
fn place_of(point: Point, marks: &mut [u32], distinct: &mut Vec<Point>) -> u32 {
    let bits = |point: Point| (point.x.to_bits(), point.y.to_bits());
    let own = bits(point);
    let mask = marks.len() - 1;
    let mut slot = rustc_hash::FxBuildHasher.hash_one(own) as usize & mask;
    loop {
        match marks[slot] {
            FREE => {
                let at = distinct.len() as u32;
                marks[slot] = at;
                distinct.push(point);
                return at;
            }
            at if bits(distinct[at as usize]) == own => return at,
            _ => slot = (slot + 1) & mask,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every third place of 20 000 is a new one, some far back, −0 apart from 0: each vertex has what is made of its own place, and the places handed over
    /// are those of each block, none twice.
    #[test]
    fn every_vertex_has_what_is_made_of_its_place() {
        let place = |at: usize| Point::new((at / 3) as f64, if at.is_multiple_of(7) { -0.0 } else { 0.0 });
        let given: Vec<Point> = (0..20_000).map(|at| place(at * 31 % 20_000)).collect();
        let made = |point: Point| Point::new(2.0 * point.x + 1.0, 1.0 / point.y);
        let (mut found, mut blocks) = (given.clone(), Vec::new());
        each_once(&mut found, |places| {
            let mut sorted: Vec<_> = places.iter().map(|point| (point.x.to_bits(), point.y.to_bits())).collect();
            sorted.sort_unstable();
            assert!(sorted.windows(2).all(|pair| pair[0] != pair[1]));
            blocks.push(places.len());
            places.iter_mut().for_each(|point| *point = made(*point));
            Ok::<(), ()>(())
        })
        .unwrap();
        assert!(given.iter().zip(&found).all(|(one, other)| made(*one) == *other));
        assert!(blocks.len() == 3 && blocks.iter().sum::<usize>() < given.len(), "{blocks:?}");
        assert_eq!(each_once(&mut [], |_| Err(())), Ok(()));
        assert_eq!(each_once(&mut found, |_| Err("stop")), Err("stop"));
    }
}
