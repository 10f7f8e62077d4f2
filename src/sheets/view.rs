//! Ground on paper: which metre lies at which millimetre.

use super::paper::Rect;
use crate::space::{Extent, Point, Shape};
use std::fmt::Write;

/// The ground inside the neat line.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct View {
    pub map: Rect,
    /// The ground at the map's centre.
    pub centre: Point,
    /// The denominator of the scale.
    pub scale: f64,
}

/// Hundredths of a millimetre: nearer points are one on paper.
const GRAIN: f64 = 50.0;

impl View {
    /// Millimetres on paper of a metre.
    pub fn of_metre(&self) -> f64 {
        1000.0 / self.scale
    }

    /// The place of a point on the page.
    pub fn place(&self, point: Point) -> (f64, f64) {
        let (x, y) = self.map.centre();
        (x + (point.x - self.centre.x) * self.of_metre(), y - (point.y - self.centre.y) * self.of_metre())
    }

    /// The ground at a place on the page.
    pub fn ground(&self, (left, top): (f64, f64)) -> Point {
        let (x, y) = self.map.centre();
        Point::new(self.centre.x + (left - x) / self.of_metre(), self.centre.y - (top - y) / self.of_metre())
    }

    /// The ground inside the neat line.
    pub fn extent(&self) -> Extent {
        let (half_width, half_height) =
            (self.map.width / 2.0 / self.of_metre(), self.map.height / 2.0 / self.of_metre());
        Extent {
            min: Point::new(self.centre.x - half_width, self.centre.y - half_height),
            max: Point::new(self.centre.x + half_width, self.centre.y + half_height),
        }
    }

    /// Adds a shape to a path, its points to the grain of paper; nothing of a shape outside the map. Points go to the same place in every
    /// shape that holds them, so neighbours still meet. Outer rings run one way, holes the other.
    pub fn path(&self, shape: Shape<'_>, closed: bool, path: &mut String) {
        if !shape.extent().touches(self.extent()) {
            return;
        }
        for ring in shape.rings() {
            let places = ring.points.iter().map(|point| {
                let (x, y) = self.place(*point);
                ((x * GRAIN).round() as i64, (y * GRAIN).round() as i64)
            });
            let mut places: Vec<(i64, i64)> = places.collect();
            places.dedup();
            if closed && runs_right(&places) != ring.outer {
                places.reverse();
            }
            for (at, (x, y)) in places.iter().enumerate() {
                let command = if at == 0 { 'M' } else { 'L' };
                let _ = write!(path, "{command}{:.2} {:.2}", *x as f64 / GRAIN, *y as f64 / GRAIN);
            }
            if closed && !places.is_empty() {
                path.push('Z');
            }
        }
    }
}

/// Whether a ring runs clockwise on paper, where y grows downwards.
fn runs_right(ring: &[(i64, i64)]) -> bool {
    let cross = |pair: &[(i64, i64)]| {
        i128::from(pair[0].0) * i128::from(pair[1].1) - i128::from(pair[1].0) * i128::from(pair[0].1)
    };
    ring.windows(2).map(cross).sum::<i128>() > 0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::space::{Kind, Shapes};

    /// 1:10 000: 100 m are 10 mm; north is up.
    #[test]
    fn metres_are_millimetres_by_the_scale() {
        let map = Rect { left: 20.0, top: 30.0, width: 200.0, height: 100.0 };
        let view = View { map, centre: Point::new(500_000.0, 3_300_000.0), scale: 10_000.0 };
        assert_eq!(view.place(Point::new(500_100.0, 3_300_200.0)), (130.0, 60.0));
        assert_eq!(view.ground((130.0, 60.0)), Point::new(500_100.0, 3_300_200.0));
        let extent = view.extent();
        assert_eq!((extent.width(), extent.height()), (2000.0, 1000.0));
        let mut shapes = Shapes::new(Kind::Polygon);
        let corner = |x: f64, y: f64| Point::new(500_000.0 + x, 3_300_000.0 + y);
        let ring = [corner(0.0, 0.0), corner(100.0, 0.0), corner(100.01, 0.0), corner(0.0, 100.0), corner(0.0, 0.0)];
        shapes.push_ring(&ring, true);
        shapes.end_feature();
        let mut path = String::new();
        view.path(shapes.get(0), true, &mut path);
        assert_eq!(path, "M120.00 80.00L120.00 70.00L130.00 80.00L120.00 80.00Z");
        let far = View { centre: Point::new(0.0, 0.0), ..view };
        let mut none = String::new();
        far.path(shapes.get(0), true, &mut none);
        assert!(none.is_empty());
    }
}
