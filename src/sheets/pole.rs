//! The pole of inaccessibility: the place inside a polygon farthest from its border, where a label has most room.

use crate::space::{Extent, Point, Shape, measure};
use std::cmp::Ordering;
use std::collections::BinaryHeap;

/// A square under which the pole may lie.
struct Cell {
    middle: Point,
    half: f64,
    /// From the middle to the border; below 0 outside.
    distance: f64,
    /// What a place in the cell can have at most.
    most: f64,
}

impl PartialEq for Cell {
    fn eq(&self, other: &Cell) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Cell {}

impl PartialOrd for Cell {
    fn partial_cmp(&self, other: &Cell) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Cell {
    fn cmp(&self, other: &Cell) -> Ordering {
        // Of equals the western, then the southern one, so that nothing depends on the way there.
        let key = |cell: &Cell| (cell.middle.x, cell.middle.y);
        self.most.total_cmp(&other.most).then_with(|| {
            let ((x, y), (other_x, other_y)) = (key(self), key(other));
            other_x.total_cmp(&x).then(other_y.total_cmp(&y))
        })
    }
}

/// The pole of a polygon and its distance from the border, to within `near` metres; `None` of one without ground. The search by squares with
/// an upper bound is that of Garcia-Castellanos and Lombardo (2007) as quadtree.
pub fn pole(shape: Shape<'_>, near: f64) -> Option<(Point, f64)> {
    let extent = shape.extent();
    let side = extent.width().min(extent.height());
    if side.is_nan() || side <= 0.0 {
        return None;
    }
    let cell = |middle: Point, half: f64| {
        let away = distance_to_border(shape, middle);
        let distance = if measure::covers(shape, middle) { away } else { -away };
        Cell { middle, half, distance, most: distance + half * std::f64::consts::SQRT_2 }
    };
    let mut best = measure::point_on_surface(shape).map(|middle| cell(middle, 0.0))?;
    let mut open: BinaryHeap<Cell> = squares(extent, side).map(|(middle, half)| cell(middle, half)).collect();
    while let Some(next) = open.pop() {
        if next.most - best.distance <= near {
            break;
        }
        let half = next.half / 2.0;
        for (east, north) in [(-1.0, -1.0), (1.0, -1.0), (-1.0, 1.0), (1.0, 1.0)] {
            open.push(cell(Point::new(next.middle.x + east * half, next.middle.y + north * half), half));
        }
        if next.distance > best.distance {
            best = next;
        }
    }
    (best.distance > 0.0).then_some((best.middle, best.distance))
}

/// Squares of a side that cover an extent: middle and half a side.
fn squares(extent: Extent, side: f64) -> impl Iterator<Item = (Point, f64)> {
    // A long strip is cut into no more than so many.
    const MOST: f64 = 64.0;
    let side = side.max(extent.width().max(extent.height()) / MOST);
    let (columns, rows) = ((extent.width() / side).ceil() as u32, (extent.height() / side).ceil() as u32);
    let middle = move |column: u32, row: u32| {
        Point::new(extent.min.x + (f64::from(column) + 0.5) * side, extent.min.y + (f64::from(row) + 0.5) * side)
    };
    (0..columns.max(1)).flat_map(move |column| (0..rows.max(1)).map(move |row| (middle(column, row), side / 2.0)))
}

fn distance_to_border(shape: Shape<'_>, point: Point) -> f64 {
    let mut least = f64::INFINITY;
    for ring in shape.rings() {
        for pair in ring.points.windows(2) {
            least = least.min(measure::squared_distance_to_segment(point, pair[0], pair[1]));
        }
    }
    least.sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::space::{Kind, Shapes};

    fn polygon(rings: &[&[(f64, f64)]]) -> Shapes {
        let mut shapes = Shapes::new(Kind::Polygon);
        for (at, ring) in rings.iter().enumerate() {
            let points: Vec<Point> = ring.iter().map(|(x, y)| Point::new(*x, *y)).collect();
            shapes.push_ring(&points, at == 0);
        }
        shapes.end_feature();
        shapes
    }

    /// A rectangle 40 by 10: 5 m from both long sides. An L of arms 10 wide: in its corner, by 2 r = the diagonal's share
    /// r + r√2 = 10√2, r = 10√2/(1 + √2) = 5.858. A square with a hole in its middle: not in the hole.
    #[test]
    fn the_pole_is_as_far_from_the_border_as_can_be() {
        let strip = polygon(&[&[(0.0, 0.0), (40.0, 0.0), (40.0, 10.0), (0.0, 10.0), (0.0, 0.0)]]);
        let (_, radius) = pole(strip.get(0), 0.01).unwrap();
        assert!((radius - 5.0).abs() < 0.01, "{radius}");
        let l =
            polygon(&[&[(0.0, 0.0), (40.0, 0.0), (40.0, 10.0), (10.0, 10.0), (10.0, 40.0), (0.0, 40.0), (0.0, 0.0)]]);
        let (place, radius) = pole(l.get(0), 0.001).unwrap();
        let by_hand = 10.0 * 2f64.sqrt() / (1.0 + 2f64.sqrt());
        assert!((radius - by_hand).abs() < 0.01, "{radius} {by_hand}");
        assert!((place.x - by_hand).abs() < 0.02 && (place.y - by_hand).abs() < 0.02, "{place:?}");
        let square: &[(f64, f64)] = &[(0.0, 0.0), (30.0, 0.0), (30.0, 30.0), (0.0, 30.0), (0.0, 0.0)];
        let hole: &[(f64, f64)] = &[(10.0, 10.0), (10.0, 20.0), (20.0, 20.0), (20.0, 10.0), (10.0, 10.0)];
        let (place, radius) = pole(polygon(&[square, hole]).get(0), 0.001).unwrap();
        assert!(!(10.0..=20.0).contains(&place.x) || !(10.0..=20.0).contains(&place.y), "{place:?}");
        assert!((radius - by_hand).abs() < 0.01, "in a corner, as in the L: {radius}");
    }
}
