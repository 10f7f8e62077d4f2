//! The geometry of many features in flat arrays: points, rings of points, features of rings.

use super::Extent;

/// A place, in metres east and north (or degrees of longitude and latitude before projection).
#[derive(Clone, Copy, Debug, Default, PartialEq)]
#[repr(C)]
pub struct Point {
    pub x: f64,
    pub y: f64,
}

impl Point {
    pub fn new(x: f64, y: f64) -> Point {
        Point { x, y }
    }

    pub fn distance(self, other: Point) -> f64 {
        let (dx, dy) = (self.x - other.x, self.y - other.y);
        (dx * dx + dy * dy).sqrt()
    }
}

/// What a layer's features are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Point,
    Line,
    Polygon,
}

/// Features of one kind. A point feature is rings of one point, a line feature is its paths, a polygon feature its closed rings;
/// multi-part features simply have more rings. A feature without rings has no geometry.
#[derive(Clone, Debug, PartialEq)]
pub struct Shapes {
    pub kind: Kind,
    points: Vec<Point>,
    ring_ends: Vec<u32>,
    /// Whether a ring opens a new part (an exterior ring); holes do not.
    ring_outer: Vec<bool>,
    feature_ends: Vec<u32>,
}

/// One ring of a feature.
#[derive(Clone, Copy, Debug)]
pub struct Ring<'a> {
    pub points: &'a [Point],
    pub outer: bool,
}

/// One feature's geometry, borrowed.
#[derive(Clone, Copy, Debug)]
pub struct Shape<'a> {
    pub kind: Kind,
    points: &'a [Point],
    ring_ends: &'a [u32],
    ring_outer: &'a [bool],
    /// Where `points` starts in the whole array, which `ring_ends` counts from.
    offset: u32,
}

impl Shapes {
    pub fn new(kind: Kind) -> Shapes {
        Shapes { kind, points: Vec::new(), ring_ends: Vec::new(), ring_outer: Vec::new(), feature_ends: Vec::new() }
    }

    /// Point features, one point each.
    pub fn of_points(points: impl IntoIterator<Item = Point>) -> Shapes {
        let mut shapes = Shapes::new(Kind::Point);
        for point in points {
            shapes.push_ring(&[point], true);
            shapes.end_feature();
        }
        shapes
    }

    pub fn len(&self) -> usize {
        self.feature_ends.len()
    }

    pub fn is_empty(&self) -> bool {
        self.feature_ends.is_empty()
    }

    pub fn point_count(&self) -> usize {
        self.points.len()
    }

    /// Every coordinate of every feature, in order.
    pub fn points(&self) -> &[Point] {
        &self.points
    }

    pub fn points_mut(&mut self) -> &mut [Point] {
        &mut self.points
    }

    pub fn reserve(&mut self, features: usize, points: usize) {
        self.feature_ends.reserve(features);
        self.ring_ends.reserve(features);
        self.ring_outer.reserve(features);
        self.points.reserve(points);
    }

    /// Adds a point to the ring under way.
    pub fn push_point(&mut self, point: Point) {
        self.points.push(point);
    }

    /// Ends the ring under way.
    pub fn end_ring(&mut self, outer: bool) {
        self.ring_ends.push(u32::try_from(self.points.len()).expect("a layer stays under 2^32 vertices"));
        self.ring_outer.push(outer);
    }

    /// Adds a whole ring to the feature under way.
    pub fn push_ring(&mut self, points: &[Point], outer: bool) {
        self.points.extend_from_slice(points);
        self.end_ring(outer);
    }

    /// Ends the feature under way.
    pub fn end_feature(&mut self) {
        self.feature_ends.push(self.ring_ends.len() as u32);
    }

    /// Takes back what was added since the last feature ended.
    pub fn drop_unfinished(&mut self) {
        let rings = self.feature_ends.last().map_or(0, |end| *end as usize);
        self.ring_ends.truncate(rings);
        self.ring_outer.truncate(rings);
        self.points.truncate(self.ring_ends.last().map_or(0, |end| *end as usize));
    }

    /// Adds a copy of another collection's feature.
    pub fn push_shape(&mut self, shape: Shape<'_>) {
        shape.rings().for_each(|ring| self.push_ring(ring.points, ring.outer));
        self.end_feature();
    }

    pub fn get(&self, feature: usize) -> Shape<'_> {
        let first_ring = if feature == 0 { 0 } else { self.feature_ends[feature - 1] as usize };
        let last_ring = self.feature_ends[feature] as usize;
        let offset = if first_ring == 0 { 0 } else { self.ring_ends[first_ring - 1] };
        let end = if last_ring == 0 { 0 } else { self.ring_ends[last_ring - 1] };
        Shape {
            kind: self.kind,
            points: &self.points[offset as usize..end.max(offset) as usize],
            ring_ends: &self.ring_ends[first_ring..last_ring],
            ring_outer: &self.ring_outer[first_ring..last_ring],
            offset,
        }
    }

    pub fn iter(&self) -> impl Iterator<Item = Shape<'_>> {
        (0..self.len()).map(|feature| self.get(feature))
    }

    /// The features in a new order: feature `i` of the result is feature `order[i]`.
    #[must_use]
    pub fn gather(&self, order: &[u32]) -> Shapes {
        let mut shapes = Shapes::new(self.kind);
        shapes.reserve(order.len(), self.points.len());
        order.iter().for_each(|&feature| shapes.push_shape(self.get(feature as usize)));
        shapes
    }

    pub fn extent(&self) -> Extent {
        Extent::of(&self.points)
    }
}

impl<'a> Shape<'a> {
    pub fn rings(&self) -> impl Iterator<Item = Ring<'a>> + Clone + use<'a> {
        let (points, offset, ends, outer) = (self.points, self.offset, self.ring_ends, self.ring_outer);
        (0..ends.len()).map(move |ring| {
            let start = if ring == 0 { 0 } else { (ends[ring - 1] - offset) as usize };
            Ring { points: &points[start..(ends[ring] - offset) as usize], outer: outer[ring] }
        })
    }

    /// Every coordinate of the feature.
    pub fn points(&self) -> &'a [Point] {
        self.points
    }

    /// The number of parts: exterior rings, paths or points.
    pub fn parts(&self) -> usize {
        self.ring_outer.iter().filter(|outer| **outer).count()
    }

    pub fn ring_count(&self) -> usize {
        self.ring_ends.len()
    }

    pub fn is_empty(&self) -> bool {
        self.points.is_empty()
    }

    /// Whether rings and coordinates are the same, one by one.
    pub fn equals(&self, other: Shape<'_>) -> bool {
        let ends = |shape: &Shape<'_>, ring: usize| shape.ring_ends[ring] - shape.offset;
        self.points == other.points
            && self.ring_outer == other.ring_outer
            && (0..self.ring_ends.len()).all(|ring| ends(self, ring) == ends(&other, ring))
    }

    pub fn extent(&self) -> Extent {
        Extent::of(self.points)
    }
}
