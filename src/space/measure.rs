//! Areas, centroids, lengths, distances and containment, in plane coordinates.

use super::{Point, Ring, Shape};

/// Twice the signed area of a closed ring (positive when it runs counter-clockwise), about its first point to keep precision.
pub fn twice_signed_area(ring: &[Point]) -> f64 {
    let Some(&origin) = ring.first() else { return 0.0 };
    ring.windows(2)
        .map(|pair| {
            let (a, b) = (pair[0], pair[1]);
            (a.x - origin.x) * (b.y - origin.y) - (b.x - origin.x) * (a.y - origin.y)
        })
        .sum()
}

/// The plane area of a polygon feature in m²: exterior rings less holes, whichever way the rings run.
pub fn area(shape: Shape<'_>) -> f64 {
    shape.rings().map(|ring| ring_sign(ring) * twice_signed_area(ring.points) / 2.0).sum()
}

/// What a ring's signed area is multiplied by so that exterior rings count up and holes count down.
pub fn ring_sign(ring: Ring<'_>) -> f64 {
    let runs_counter_clockwise = twice_signed_area(ring.points) >= 0.0;
    if runs_counter_clockwise == ring.outer { 1.0 } else { -1.0 }
}

/// The area centroid of a polygon feature (shoelace), the mean point of a degenerate one; `None` without points.
pub fn centroid(shape: Shape<'_>) -> Option<Point> {
    let &origin = shape.points().first()?;
    let (mut doubled, mut x, mut y) = (0.0, 0.0, 0.0);
    for ring in shape.rings() {
        let (mut ring_doubled, mut ring_x, mut ring_y) = (0.0, 0.0, 0.0);
        for pair in ring.points.windows(2) {
            let (ax, ay) = (pair[0].x - origin.x, pair[0].y - origin.y);
            let (bx, by) = (pair[1].x - origin.x, pair[1].y - origin.y);
            let cross = ax * by - bx * ay;
            ring_doubled += cross;
            ring_x += (ax + bx) * cross;
            ring_y += (ay + by) * cross;
        }
        let sign = if (ring_doubled >= 0.0) == ring.outer { 1.0 } else { -1.0 };
        doubled += sign * ring_doubled;
        x += sign * ring_x;
        y += sign * ring_y;
    }
    if doubled > 0.0 {
        return Some(Point { x: origin.x + x / (3.0 * doubled), y: origin.y + y / (3.0 * doubled) });
    }
    let count = shape.points().len() as f64;
    let sum = shape.points().iter().fold((0.0, 0.0), |sum, p| (sum.0 + (p.x - origin.x), sum.1 + (p.y - origin.y)));
    Some(Point { x: origin.x + sum.0 / count, y: origin.y + sum.1 / count })
}

/// Whether a point lies inside a polygon feature or on its edge.
pub fn covers(shape: Shape<'_>, point: Point) -> bool {
    let mut inside = false;
    for ring in shape.rings() {
        match ring_side(ring.points, point) {
            Side::Edge => return true,
            Side::Inside => inside = !inside,
            Side::Outside => {}
        }
    }
    inside
}

/// Where a point lies with respect to a closed ring.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    Inside,
    Edge,
    Outside,
}

/// Crossing number with an exact-sign test on the edge: a point on the ring is on its edge.
pub fn ring_side(ring: &[Point], point: Point) -> Side {
    let mut inside = false;
    for pair in ring.windows(2) {
        let (a, b) = (pair[0], pair[1]);
        if (a.y > point.y) == (b.y > point.y) {
            let level = a.y == point.y && b.y == point.y && a.x.min(b.x) <= point.x && point.x <= a.x.max(b.x);
            if level || a == point || b == point {
                return Side::Edge;
            }
            continue;
        }
        let turn = (b.x - a.x) * (point.y - a.y) - (point.x - a.x) * (b.y - a.y);
        if turn == 0.0 {
            return Side::Edge;
        }
        if (turn > 0.0) == (b.y > a.y) {
            inside = !inside;
        }
    }
    if inside { Side::Inside } else { Side::Outside }
}

/// A point inside a polygon feature: its centroid where that lies inside, else the middle of the widest inner stretch of a horizontal
/// line through the middle of its extent (as GEOS and OGC "point on surface" do); `None` without area.
pub fn point_on_surface(shape: Shape<'_>) -> Option<Point> {
    let centre = centroid(shape)?;
    if covers(shape, centre) {
        return Some(centre);
    }
    // A level that no vertex lies on: halfway between the vertex levels around the middle.
    let extent = shape.extent();
    let middle = (extent.min.y + extent.max.y) / 2.0;
    let below = shape.points().iter().map(|p| p.y).filter(|y| *y <= middle).fold(extent.min.y, f64::max);
    let above = shape.points().iter().map(|p| p.y).filter(|y| *y > middle).fold(extent.max.y, f64::min);
    let y = (below + above) / 2.0;
    let mut crossings: Vec<f64> = Vec::new();
    for ring in shape.rings() {
        for pair in ring.points.windows(2) {
            let (a, b) = (pair[0], pair[1]);
            if (a.y > y) != (b.y > y) {
                crossings.push(a.x + (b.x - a.x) * (y - a.y) / (b.y - a.y));
            }
        }
    }
    crossings.sort_by(f64::total_cmp);
    let widest = crossings.chunks_exact(2).max_by(|a, b| (a[1] - a[0]).total_cmp(&(b[1] - b[0])))?;
    Some(Point { x: (widest[0] + widest[1]) / 2.0, y })
}

/// The square of the distance from a point to a segment; a segment of no length is a point.
pub fn squared_distance_to_segment(point: Point, a: Point, b: Point) -> f64 {
    let (dx, dy) = (b.x - a.x, b.y - a.y);
    let (px, py) = (point.x - a.x, point.y - a.y);
    let squared_length = dx * dx + dy * dy;
    let along = if squared_length > 0.0 { ((px * dx + py * dy) / squared_length).clamp(0.0, 1.0) } else { 0.0 };
    let (x, y) = (px - along * dx, py - along * dy);
    x * x + y * y
}

/// The distance from a point to a feature: 0 inside a polygon; infinite where there is no geometry.
pub fn distance(shape: Shape<'_>, point: Point) -> f64 {
    use super::Kind;
    if shape.kind == Kind::Polygon && covers(shape, point) {
        return 0.0;
    }
    let mut nearest = f64::INFINITY;
    for ring in shape.rings() {
        if let [only] = ring.points {
            nearest = nearest.min(squared_distance_to_segment(point, *only, *only));
        }
        for pair in ring.points.windows(2) {
            nearest = nearest.min(squared_distance_to_segment(point, pair[0], pair[1]));
        }
    }
    nearest.sqrt()
}
