//! Convex pieces of ground bounded by the centre lines of streets: cut by further streets, then drawn in by half of each street's width.

use super::ring::{area, centroid, turn};
use crate::space::Point;

/// What bounds one side of a cell.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Side {
    /// The number of the road along it.
    pub road: u32,
    /// Half the width of the gap the road makes, in metres.
    pub half: f64,
    /// How far inside the side the road's centre line runs, in metres: 0 but along the river, whose roads follow its banks.
    pub line: f64,
}

/// A convex polygon, counter-clockwise; side `i` runs from corner `i` to the next.
#[derive(Clone, Debug)]
pub(super) struct Cell {
    pub corners: Vec<Point>,
    pub sides: Vec<Side>,
}

/// A cell cut in two by a street.
pub(super) struct Cut {
    pub left: Cell,
    pub right: Cell,
    pub from: Point,
    pub to: Point,
}

impl Cell {
    pub fn area(&self) -> f64 {
        area(&self.corners)
    }

    pub fn centroid(&self) -> Point {
        centroid(&self.corners)
    }

    pub fn ends(&self, side: usize) -> (Point, Point) {
        (self.corners[side], self.corners[(side + 1) % self.corners.len()])
    }

    /// The unit direction and the length of the longest side.
    pub fn longest(&self) -> (Point, f64) {
        longest_side(&self.corners)
    }

    /// The two halves along a line of unit direction, whose street ends where it meets other roads; `None` where the line passes too near a corner to leave good shapes.
    pub fn cut(&self, through: Point, direction: Point, street: Side) -> Option<Cut> {
        let ahead = Point::new(through.x + direction.x, through.y + direction.y);
        let offsets: Vec<f64> = self.corners.iter().map(|&corner| turn(through, ahead, corner)).collect();
        if offsets.iter().any(|offset| offset.abs() < 12.0) {
            return None;
        }
        let count = self.corners.len();
        let next = |at: usize| (at + 1) % count;
        let enters = (0..count).find(|&at| offsets[at] < 0.0 && offsets[next(at)] > 0.0)?;
        let leaves = (0..count).find(|&at| offsets[at] > 0.0 && offsets[next(at)] < 0.0)?;
        let crossing = |side: usize| {
            let ((a, b), share) = (self.ends(side), offsets[side] / (offsets[side] - offsets[next(side)]));
            Point::new(a.x + (b.x - a.x) * share, a.y + (b.y - a.y) * share)
        };
        // The left part lies between the side where the boundary crosses to the left and the one where it crosses back.
        let (front, back) = (crossing(enters), crossing(leaves));
        let end = |side: usize, at: Point, way: f64| {
            let (a, b) = self.ends(side);
            let sine = ((b.x - a.x) * direction.y - (b.y - a.y) * direction.x).abs() / a.distance(b);
            let inwards = way * self.sides[side].line / sine;
            Point::new(at.x + direction.x * inwards, at.y + direction.y * inwards)
        };
        let left = self.part(enters, front, leaves, back, street);
        let right = self.part(leaves, back, enters, front, street);
        (left.corners.len() > 3 && right.corners.len() > 3).then_some(Cut {
            left,
            right,
            from: end(leaves, back, 1.0),
            to: end(enters, front, -1.0),
        })
    }

    fn part(&self, first: usize, start: Point, last: usize, end: Point, street: Side) -> Cell {
        let count = self.corners.len();
        let (mut corners, mut sides) = (vec![start], vec![self.sides[first]]);
        let mut at = first;
        while at != last {
            at = (at + 1) % count;
            corners.push(self.corners[at]);
            sides.push(self.sides[at]);
        }
        corners.push(end);
        sides.push(street);
        Cell { corners, sides }
    }

    /// The ground left when every side is drawn in by its half width; corners nearer than 2 m to one another become one. `None` where
    /// fewer than three corners are left.
    pub fn inset(&self) -> Option<Vec<Point>> {
        let mut ring = self.corners.clone();
        for (number, side) in self.sides.iter().enumerate() {
            let (a, b) = self.ends(number);
            let length = a.distance(b);
            ring = keep(&ring, |point| turn(a, b, point) / length - side.half);
        }
        let far = |a: Point, b: Point| a.distance(b) > 2.0;
        let mut kept: Vec<Point> = Vec::with_capacity(ring.len());
        for point in ring {
            if kept.last().is_none_or(|&last| far(last, point)) && kept.first().is_none_or(|&first| far(first, point)) {
                kept.push(point);
            }
        }
        (kept.len() > 2).then_some(kept)
    }
}

/// The part of a convex ring where `inner` is not negative (Sutherland–Hodgman).
fn keep(ring: &[Point], inner: impl Fn(Point) -> f64) -> Vec<Point> {
    let mut kept = Vec::with_capacity(ring.len() + 1);
    for (number, &a) in ring.iter().enumerate() {
        let b = ring[(number + 1) % ring.len()];
        let (from, to) = (inner(a), inner(b));
        if from >= 0.0 {
            kept.push(a);
        }
        if (from >= 0.0) != (to >= 0.0) {
            let share = from / (from - to);
            kept.push(Point::new(a.x + (b.x - a.x) * share, a.y + (b.y - a.y) * share));
        }
    }
    kept
}

/// The unit direction and the length of the longest side of an open ring.
pub(super) fn longest_side(ring: &[Point]) -> (Point, f64) {
    let mut best = (Point::new(1.0, 0.0), 0.0);
    for (number, &a) in ring.iter().enumerate() {
        let b = ring[(number + 1) % ring.len()];
        let length = a.distance(b);
        if length > best.1 {
            best = (Point::new((b.x - a.x) / length, (b.y - a.y) / length), length);
        }
    }
    best
}

/// A direction turned by an angle in radians.
pub(super) fn turned(direction: Point, angle: f64) -> Point {
    let (sin, cos) = (libm::sin(angle), libm::cos(angle));
    Point::new(direction.x * cos - direction.y * sin, direction.x * sin + direction.y * cos)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn square() -> Cell {
        let corners = [(0.0, 0.0), (100.0, 0.0), (100.0, 100.0), (0.0, 100.0)].map(|(x, y)| Point::new(x, y)).to_vec();
        Cell { corners, sides: (0..4).map(|road| Side { road, half: 10.0, line: 0.0 }).collect() }
    }

    #[test]
    fn a_cut_square_gives_two_blocks_with_the_street_between() {
        let cut =
            square().cut(Point::new(40.0, 50.0), Point::new(0.0, 1.0), Side { road: 9, half: 5.0, line: 0.0 }).unwrap();
        assert_eq!((cut.left.area(), cut.right.area()), (4000.0, 6000.0));
        assert_eq!(cut.left.sides.iter().filter(|side| side.road == 9).count(), 1);
        // Left: x from 10 to 35, right: x from 45 to 90, both y from 10 to 90.
        assert_eq!(area(&cut.left.inset().unwrap()), 25.0 * 80.0);
        assert_eq!(area(&cut.right.inset().unwrap()), 45.0 * 80.0);
    }

    #[test]
    fn a_cut_that_would_leave_a_triangle_is_refused() {
        let diagonal = Point::new(libm::sqrt(0.5), libm::sqrt(0.5));
        assert!(square().cut(Point::new(60.0, 10.0), diagonal, Side { road: 9, half: 5.0, line: 0.0 }).is_none());
    }
}
