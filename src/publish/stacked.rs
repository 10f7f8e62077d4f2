//! Whether the maps of several uses lie upon one another, so that one layer cannot show them all at once.

use crate::space::held::held;
use crate::space::{Kind, Point, Shapes, measure};

/// So many places of each use are looked at.
const PLACES: usize = 64;

/// Whether more than half of some places in polygons of one use lie in one of another use too.
pub(super) fn stacked(shapes: &Shapes, uses: &[u8]) -> bool {
    let Some(&most) = uses.iter().max().filter(|_| shapes.kind == Kind::Polygon) else { return false };
    let mut places: Vec<(u8, Point)> = Vec::new();
    for land_use in 0..=most {
        let own: Vec<usize> = (0..uses.len()).filter(|row| uses[*row] == land_use).collect();
        let step = own.len().div_ceil(PLACES).max(1);
        let inside = own.into_iter().step_by(step).filter_map(|row| measure::point_on_surface(shapes.get(row)));
        places.extend(inside.map(|place| (land_use, place)));
    }
    let points: Vec<Point> = places.iter().map(|place| place.1).collect();
    let shared = held(&points, shapes, |at, row| uses[row] != places[at].0).into_iter().filter(|own| *own).count();
    2 * shared > places.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn squares(all: &[(f64, f64)]) -> Shapes {
        let mut shapes = Shapes::new(Kind::Polygon);
        for (x, y) in all {
            let corners = [(0.0, 0.0), (10.0, 0.0), (10.0, 10.0), (0.0, 10.0), (0.0, 0.0)];
            shapes.push_ring(&corners.map(|(east, north)| Point::new(x + east, y + north)), true);
            shapes.end_feature();
        }
        shapes
    }

    #[test]
    fn uses_of_the_same_ground_are_stacked_and_those_side_by_side_are_not() {
        let twice = squares(&[(0.0, 0.0), (20.0, 0.0), (0.0, 0.0), (20.0, 0.0)]);
        assert!(stacked(&twice, &[0, 0, 1, 1]));
        assert!(!stacked(&twice, &[0, 0, 0, 0]), "of one use");
        assert!(!stacked(&squares(&[(0.0, 0.0), (10.0, 0.0), (20.0, 0.0), (30.0, 0.0)]), &[0, 1, 0, 1]));
        assert!(!stacked(&squares(&[(0.0, 0.0), (20.0, 0.0), (40.0, 0.0), (0.0, 0.0)]), &[0, 0, 1, 1]), "half of them");
    }
}
