//! Lines that a cell should not lie across: barriers and the edges of centres.

use crate::space::index::BoxIndex;
use crate::space::{Extent, Kind, Point, Shapes};

/// Segments of lines and outlines.
pub struct Lines {
    segments: Vec<(Point, Point)>,
    index: BoxIndex,
}

impl Lines {
    /// Of layers of lines and polygons; points have no lines.
    pub fn new(layers: &[&Shapes]) -> Lines {
        let mut segments = Vec::new();
        for shapes in layers.iter().filter(|shapes| shapes.kind != Kind::Point) {
            let rings = shapes.iter().flat_map(|shape| shape.rings());
            rings.for_each(|ring| segments.extend(ring.points.windows(2).map(|pair| (pair[0], pair[1]))));
        }
        let index = BoxIndex::new(segments.iter().map(|&(a, b)| Extent::of(&[a, b])));
        Lines { segments, index }
    }

    /// Whether a line passes through the inside of a box; one along its side does not.
    pub(super) fn cross(&self, extent: Extent, near: &mut Vec<u32>) -> bool {
        self.index.touching(extent, near);
        near.iter().any(|&segment| {
            let (a, b) = self.segments[segment as usize];
            passes(a, b, extent)
        })
    }
}

/// Whether a stretch of the segment lies strictly inside the box (Liang and Barsky 1984).
fn passes(a: Point, b: Point, extent: Extent) -> bool {
    let (mut enter, mut leave) = (0.0f64, 1.0f64);
    for (from, step, low, high) in
        [(a.x, b.x - a.x, extent.min.x, extent.max.x), (a.y, b.y - a.y, extent.min.y, extent.max.y)]
    {
        if step == 0.0 {
            if from <= low || from >= high {
                return false;
            }
            continue;
        }
        let (first, second) = ((low - from) / step, (high - from) / step);
        enter = enter.max(first.min(second));
        leave = leave.min(first.max(second));
    }
    enter < leave
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_through_the_box_crosses_and_one_along_its_side_does_not() {
        let extent = Extent { min: Point::new(0.0, 0.0), max: Point::new(10.0, 10.0) };
        let crossing = |a: (f64, f64), b: (f64, f64)| passes(Point::new(a.0, a.1), Point::new(b.0, b.1), extent);
        assert!(crossing((-5.0, 5.0), (15.0, 6.0)));
        assert!(crossing((2.0, 2.0), (3.0, 3.0)), "inside");
        assert!(crossing((10.0, 5.0), (9.0, 5.0)), "from the side inward");
        assert!(!crossing((-5.0, 10.0), (15.0, 10.0)), "along the upper side");
        assert!(!crossing((10.0, -5.0), (10.0, 15.0)), "along the right side");
        assert!(!crossing((-5.0, 5.0), (5.0, -5.0)), "through the corner");
        assert!(!crossing((11.0, 0.0), (20.0, 10.0)), "beside");
    }
}
