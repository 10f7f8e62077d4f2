//! Which polygon a place lies in, where polygons of several kinds (land uses) may lie upon one another.

use super::index::BoxIndex;
use super::{Extent, Point, Shapes, measure};
use crate::scale;

/// A place and the kind of the polygon that is looked for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spot {
    pub place: Point,
    pub kind: u8,
}

/// The polygon each place lies in or on the edge of: of several the first of its own kind, else the first, in the order of the shapes.
/// `kinds` holds one kind per shape.
pub fn covering(shapes: &Shapes, kinds: &[u8], spots: &[Spot]) -> Vec<Option<usize>> {
    let strips = Strips::of(spots);
    let found = scale::chunks_with(shapes.len(), 512, Vec::new, |near, chunk| {
        let mut found: Vec<(u32, usize)> = Vec::new();
        for at in chunk {
            let shape = shapes.get(at);
            strips.touching(shape.extent(), near, |spot| {
                if measure::covers(shape, spots[spot as usize].place) {
                    found.push((spot, at));
                }
            });
        }
        found
    });
    let mut placed = vec![None; spots.len()];
    for (spot, at) in found.into_iter().flatten() {
        let (place, own): (&mut Option<usize>, u8) = (&mut placed[spot as usize], spots[spot as usize].kind);
        if place.is_none_or(|first| kinds[first] != own && kinds[at] == own) {
            *place = Some(at);
        }
    }
    placed
}

/// Spots from west to east in strips, each with an index of its own: they are packed on every core.
struct Strips {
    strips: Vec<Strip>,
}

struct Strip {
    west: f64,
    east: f64,
    index: BoxIndex,
    /// The spots by their number in the index.
    spots: Vec<u32>,
}

impl Strips {
    /// Spots of a strip.
    const SIZE: usize = 32_768;

    fn of(spots: &[Spot]) -> Strips {
        let mut order: Vec<(f64, u32)> = spots.iter().zip(0..).map(|(spot, at)| (spot.place.x, at)).collect();
        scale::sort_by(&mut order, |one, other| one.0.total_cmp(&other.0).then(one.1.cmp(&other.1)));
        let strips = scale::chunks(order.len(), Strips::SIZE, |rows| {
            let own = &order[rows];
            let spots_of: Vec<u32> = own.iter().map(|(_, at)| *at).collect();
            let boxes =
                spots_of.iter().map(|at| spots[*at as usize].place).map(|place| Extent { min: place, max: place });
            Strip { west: own[0].0, east: own[own.len() - 1].0, index: BoxIndex::new(boxes), spots: spots_of }
        });
        Strips { strips }
    }

    /// Every spot that may touch the window, in any order.
    fn touching(&self, window: Extent, near: &mut Vec<u32>, mut found: impl FnMut(u32)) {
        let first = self.strips.partition_point(|strip| strip.east < window.min.x);
        for strip in self.strips[first..].iter().take_while(|strip| strip.west <= window.max.x) {
            strip.index.touching(window, near);
            near.iter().for_each(|at| found(strip.spots[*at as usize]));
        }
    }
}

/// Whether a place is outside the extent, and inside it once its coordinates are exchanged.
pub fn exchanged(place: Point, extent: Extent) -> bool {
    !extent.contains(place) && extent.contains(Point::new(place.y, place.x))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::space::Kind;

    /// Two squares side by side and one of another kind upon the second.
    #[test]
    fn a_place_on_several_polygons_is_in_the_first_of_its_kind() {
        let mut shapes = Shapes::new(Kind::Polygon);
        for x in [0.0, 10.0, 10.0] {
            let ring = [(0.0, 0.0), (10.0, 0.0), (10.0, 10.0), (0.0, 10.0), (0.0, 0.0)];
            shapes.push_ring(&ring.map(|(dx, dy)| Point::new(x + dx, dy)), true);
            shapes.end_feature();
        }
        let spot = |x: f64, y: f64, kind: u8| Spot { place: Point::new(x, y), kind };
        let spots = [spot(5.0, 5.0, 1), spot(15.0, 5.0, 1), spot(15.0, 5.0, 0), spot(10.0, 5.0, 1), spot(30.0, 5.0, 0)];
        assert_eq!(covering(&shapes, &[0, 0, 1], &spots), [Some(0), Some(2), Some(1), Some(2), None]);
        assert!(
            exchanged(Point::new(5.0, 15.0), shapes.extent()) && !exchanged(Point::new(15.0, 5.0), shapes.extent())
        );
    }
}
