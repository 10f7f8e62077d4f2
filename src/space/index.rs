//! The R-tree over boxes (the only use of `rstar`): which features may touch a window.

use super::{Extent, Point, Shapes};
use rstar::primitives::{GeomWithData, Rectangle};
use rstar::{AABB, RTree};

type Entry = GeomWithData<Rectangle<[f64; 2]>, u32>;

/// Boxes with their numbers, packed into an R-tree.
pub struct BoxIndex {
    tree: RTree<Entry>,
}

impl BoxIndex {
    /// Packs boxes; the number of a box is its place in the iterator. Empty boxes are left out.
    pub fn new(extents: impl IntoIterator<Item = Extent>) -> BoxIndex {
        let entries = extents
            .into_iter()
            .enumerate()
            .filter(|(_, extent)| !extent.is_empty())
            .map(|(number, extent)| Entry::new(Rectangle::from_aabb(envelope(extent)), number as u32))
            .collect();
        BoxIndex { tree: RTree::bulk_load(entries) }
    }

    /// Packs the boxes of a layer's features.
    pub fn of_shapes(shapes: &Shapes) -> BoxIndex {
        BoxIndex::new(shapes.iter().map(|shape| shape.extent()))
    }

    /// The numbers of the boxes that touch the window, ascending, into `found`.
    pub fn touching(&self, window: Extent, found: &mut Vec<u32>) {
        found.clear();
        if !window.is_empty() {
            found.extend(self.tree.locate_in_envelope_intersecting(&envelope(window)).map(|entry| entry.data));
            found.sort_unstable();
        }
    }

    /// The number of the box nearest to a point, the smallest number on a tie, with its squared distance.
    pub fn nearest(&self, point: Point) -> Option<(u32, f64)> {
        let mut nearest: Option<(u32, f64)> = None;
        for (entry, squared) in self.tree.nearest_neighbor_iter_with_distance_2(&[point.x, point.y]) {
            match nearest {
                Some((_, best)) if squared > best => break,
                Some((number, _)) if entry.data >= number => {}
                _ => nearest = Some((entry.data, squared)),
            }
        }
        nearest
    }

    /// The numbers of the boxes nearest to a point, `own` not among them: so many, and of boxes at one distance those of lower number.
    pub fn nearest_others(&self, point: Point, own: u32, count: usize) -> Vec<u32> {
        let mut found: Vec<(f64, u32)> = Vec::with_capacity(count + 1);
        for (entry, squared) in self.tree.nearest_neighbor_iter_with_distance_2(&[point.x, point.y]) {
            // Those as far as the last one wanted are all looked at: the tree hands them over in any order.
            if found.len() >= count && squared > found[count - 1].0 {
                break;
            }
            if entry.data != own {
                found.push((squared, entry.data));
            }
        }
        found.sort_by(|one, other| one.0.total_cmp(&other.0).then(one.1.cmp(&other.1)));
        found.truncate(count);
        found.into_iter().map(|(_, number)| number).collect()
    }

    /// The number of the thing nearest to a point, of several the smallest, where `squared` tells the squared distance of a numbered thing,
    /// which is not below that of its box.
    pub fn nearest_by(&self, point: Point, squared: impl Fn(u32) -> f64) -> Option<(u32, f64)> {
        let mut nearest: Option<(u32, f64)> = None;
        for (entry, of_box) in self.tree.nearest_neighbor_iter_with_distance_2(&[point.x, point.y]) {
            if nearest.is_some_and(|(_, best)| of_box > best) {
                break;
            }
            let found = (entry.data, squared(entry.data));
            let nearer = |(number, best): (u32, f64)| found.1 < best || (found.1 == best && found.0 < number);
            if nearest.is_none_or(nearer) {
                nearest = Some(found);
            }
        }
        nearest
    }
}

fn envelope(extent: Extent) -> AABB<[f64; 2]> {
    AABB::from_corners([extent.min.x, extent.min.y], [extent.max.x, extent.max.y])
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_tree_finds_what_brute_force_finds(
            boxes in prop::collection::vec((0.0..100.0f64, 0.0..100.0f64, 0.0..10.0f64, 0.0..10.0f64), 0..200),
            window in (0.0..100.0f64, 0.0..100.0f64, 0.0..30.0f64, 0.0..30.0f64),
        ) {
            let extent = |(x, y, w, h): (f64, f64, f64, f64)| Extent { min: Point::new(x, y), max: Point::new(x + w, y + h) };
            let boxes: Vec<Extent> = boxes.into_iter().map(extent).collect();
            let window = extent(window);
            let mut found = Vec::new();
            BoxIndex::new(boxes.iter().copied()).touching(window, &mut found);
            let brute: Vec<u32> = (0..boxes.len() as u32).filter(|&n| boxes[n as usize].touches(window)).collect();
            prop_assert_eq!(found, brute);
        }

        #[test]
        fn the_nearest_diagonal_is_that_of_brute_force(
            boxes in prop::collection::vec((0.0..100.0f64, 0.0..100.0f64, 0.0..50.0f64, 0.0..50.0f64), 0..60),
            (x, y) in (0.0..150.0f64, 0.0..150.0f64),
        ) {
            let ends: Vec<[Point; 2]> =
                boxes.into_iter().map(|(x, y, w, h)| [Point::new(x, y), Point::new(x + w, y + h)]).collect();
            let squared = |number: u32| {
                let [from, to] = ends[number as usize];
                crate::space::measure::squared_distance_to_segment(Point::new(x, y), from, to)
            };
            let found = BoxIndex::new(ends.iter().map(|ends| Extent::of(ends))).nearest_by(Point::new(x, y), squared);
            let brute = (0..ends.len() as u32).min_by(|&one, &other| squared(one).total_cmp(&squared(other)));
            prop_assert_eq!(found, brute.map(|number| (number, squared(number))));
        }
    }
}
