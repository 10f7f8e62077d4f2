//! Axis-parallel boxes.

use super::Point;

/// A box; an empty one has `min` above `max`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Extent {
    pub min: Point,
    pub max: Point,
}

impl Extent {
    pub const EMPTY: Extent = Extent {
        min: Point { x: f64::INFINITY, y: f64::INFINITY },
        max: Point { x: f64::NEG_INFINITY, y: f64::NEG_INFINITY },
    };

    pub fn of(points: &[Point]) -> Extent {
        points.iter().fold(Extent::EMPTY, |extent, &point| extent.with(point))
    }

    #[must_use]
    pub fn with(self, point: Point) -> Extent {
        Extent {
            min: Point { x: self.min.x.min(point.x), y: self.min.y.min(point.y) },
            max: Point { x: self.max.x.max(point.x), y: self.max.y.max(point.y) },
        }
    }

    #[must_use]
    pub fn union(self, other: Extent) -> Extent {
        self.with(other.min).with(other.max)
    }

    #[must_use]
    pub fn grown(self, by: f64) -> Extent {
        Extent {
            min: Point { x: self.min.x - by, y: self.min.y - by },
            max: Point { x: self.max.x + by, y: self.max.y + by },
        }
    }

    pub fn is_empty(self) -> bool {
        self.min.x > self.max.x || self.min.y > self.max.y
    }

    /// Whether the boxes share a point, their edges included.
    pub fn touches(self, other: Extent) -> bool {
        self.min.x <= other.max.x && other.min.x <= self.max.x && self.min.y <= other.max.y && other.min.y <= self.max.y
    }

    pub fn contains(self, point: Point) -> bool {
        self.min.x <= point.x && point.x <= self.max.x && self.min.y <= point.y && point.y <= self.max.y
    }

    /// Points along the four sides, `steps` to a side: what the box covers in another system, its sides may bend.
    pub fn rim(self, steps: u32) -> Vec<Point> {
        let share = |step: u32| f64::from(step) / f64::from(steps);
        let side = |step: u32| {
            let (x, y) = (self.min.x + self.width() * share(step), self.min.y + self.height() * share(step));
            [(x, self.min.y), (x, self.max.y), (self.min.x, y), (self.max.x, y)]
        };
        (0..=steps).flat_map(side).map(|(x, y)| Point { x, y }).collect()
    }

    pub fn width(self) -> f64 {
        self.max.x - self.min.x
    }

    pub fn height(self) -> f64 {
        self.max.y - self.min.y
    }
}
