//! Whether polygons are what a polygon must be (OGC Simple Features, ISO 19125-1), and how to rebuild those that are not.
//!
//! Every parcel is checked, so the ordinary one (a single ring that runs around its middle) is answered in one pass, other short rings by
//! comparing their edges pair by pair, without allocating; rings that may touch one another (holes, several parts) are left to `geo`'s relate.

use crate::land::Text;
use crate::say;
use crate::space::measure::{area, twice_signed_area};
use crate::space::planar::{as_geo, placed};
use crate::space::rings;
use crate::space::{Kind, Point, Shape, Shapes};
use geo::kernels::{Kernel, RobustKernel};
use geo::{BooleanOps, Coord, MultiPolygon, Polygon, Validation};

/// The first thing found wrong with a polygon.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Invalid {
    /// A coordinate is infinite or not a number.
    NotFinite,
    /// A ring has fewer than three different corners.
    TooFewPoints(Point),
    /// A ring encloses nothing.
    NoArea(Point),
    /// A ring crosses, touches or runs back over itself here.
    SelfIntersection(Point),
    /// A hole lies outside its ring, or rings cross or run along one another.
    RingsConflict(Point),
}

impl Invalid {
    pub fn place(self) -> Option<Point> {
        match self {
            Invalid::NotFinite => None,
            Invalid::TooFewPoints(at)
            | Invalid::NoArea(at)
            | Invalid::SelfIntersection(at)
            | Invalid::RingsConflict(at) => Some(at),
        }
    }

    pub fn text(self) -> Text {
        match self {
            Invalid::NotFinite => say!("a coordinate is infinite or not a number", "坐标为无穷大或非数字"),
            Invalid::TooFewPoints(_) => say!("a ring has fewer than three corners", "环的顶点不足三个"),
            Invalid::NoArea(_) => say!("a ring encloses no area", "环不围成面积"),
            Invalid::SelfIntersection(_) => say!("a ring crosses or touches itself", "环自相交或自相接"),
            Invalid::RingsConflict(_) => say!(
                "a hole lies outside its ring, or rings cross or run along one another",
                "洞在外环之外,或环与环相交、重合"
            ),
        }
    }
}

/// Scratch space for [`Checker::check`], kept by a worker between calls; it holds nothing of the last shape.
#[derive(Default)]
pub struct Checker {
    ring: Vec<Point>,
    order: Vec<u32>,
}

/// Of polygons of more corners the holes that may lie ill are found first, which costs less than to relate all of them to one another.
const LARGE: usize = 2000;

/// Rings up to this many edges are compared pair by pair, longer ones by a sweep over x.
const SHORT: usize = 16;

impl Checker {
    /// The first fault of a feature; `None` where it is valid, is no polygon or has no geometry (which is a finding of its own).
    pub fn check(&mut self, shape: Shape<'_>) -> Option<Invalid> {
        if shape.kind != Kind::Polygon {
            return shape.points().iter().any(|p| !finite(*p)).then_some(Invalid::NotFinite);
        }
        for ring in shape.rings() {
            if let Some(invalid) = self.check_ring(ring.points) {
                return Some(invalid);
            }
        }
        if shape.ring_count() == 1 {
            return None;
        }
        // Each hole is held against every other ring: of large polygons only those are that may lie ill.
        match (shape.points().len() > LARGE).then(|| rings::in_question(shape)).flatten() {
            Some(holes) if holes.is_empty() => None,
            Some(holes) => rings_conflict(with_holes(shape, &holes).get(0)),
            None => rings_conflict(shape),
        }
    }

    fn check_ring(&mut self, points: &[Point]) -> Option<Invalid> {
        let mut repeats = false;
        for pair in points.windows(2) {
            repeats |= pair[0] == pair[1];
        }
        if !points.iter().all(|point| finite(*point)) {
            return Some(Invalid::NotFinite);
        }
        let first = *points.first()?;
        // An unclosed ring is closed by its reader; here it is judged as if it were.
        if !repeats && points.last() == Some(&first) {
            return check_clean(points, &mut self.order);
        }
        let mut ring = std::mem::take(&mut self.ring);
        ring.clear();
        ring.extend_from_slice(points);
        ring.push(first);
        ring.dedup();
        let invalid = check_clean(&ring, &mut self.order);
        self.ring = ring;
        invalid
    }
}

/// A closed ring of finite points, none repeated at once.
fn check_clean(ring: &[Point], order: &mut Vec<u32>) -> Option<Invalid> {
    if ring.len() < 4 {
        return Some(Invalid::TooFewPoints(ring[0]));
    }
    if runs_once_around(ring) {
        return None;
    }
    let edges = ring.len() - 1;
    let crossing = if edges <= SHORT { pair_by_pair(ring) } else { sweep(ring, order) };
    // A ring that lies in a line crosses itself everywhere; "no area" says it better.
    if crossing.is_some() && in_a_line(ring) || crossing.is_none() && twice_signed_area(ring) == 0.0 {
        return Some(Invalid::NoArea(ring[0]));
    }
    crossing.map(Invalid::SelfIntersection)
}

/// Whether every edge, seen from the mean corner, runs on in the same direction, once around: then no two edges can meet. True for
/// nearly all parcels; false proves nothing. The margin is above the rounding of the products, so a "true" is certain.
fn runs_once_around(ring: &[Point]) -> bool {
    let (count, first) = ((ring.len() - 1) as f64, ring[0]);
    let sum = ring[1..].iter().fold((0.0, 0.0), |sum, p| (sum.0 + (p.x - first.x), sum.1 + (p.y - first.y)));
    let centre = Point::new(first.x + sum.0 / count, first.y + sum.1 / count);
    let (mut ax, mut ay) = (first.x - centre.x, first.y - centre.y);
    let (mut left, mut right, mut rounds) = (true, true, 0);
    for point in &ring[1..] {
        let (bx, by) = (point.x - centre.x, point.y - centre.y);
        let (one, other) = (ax * by, ay * bx);
        let margin = 1e-14 * (one.abs() + other.abs());
        left &= one - other > margin;
        right &= other - one > margin;
        // Each round crosses the level of the centre upwards once.
        rounds += u32::from(ay < 0.0 && by >= 0.0);
        (ax, ay) = (bx, by);
    }
    (left || right) && rounds == 1
}

fn in_a_line(ring: &[Point]) -> bool {
    let far = ring.iter().copied().max_by(|a, b| a.distance(ring[0]).total_cmp(&b.distance(ring[0])));
    far.is_some_and(|far| ring.iter().all(|point| turn(ring[0], far, *point) == 0.0))
}

fn pair_by_pair(ring: &[Point]) -> Option<Point> {
    let edges = ring.len() - 1;
    for one in 0..edges {
        for other in one + 1..edges {
            if let Some(at) = conflict(ring, one, other) {
                return Some(at);
            }
        }
    }
    None
}

/// Edges by their left end; each is compared with those that begin before it ends.
fn sweep(ring: &[Point], order: &mut Vec<u32>) -> Option<Point> {
    let left = |edge: u32| ring[edge as usize].x.min(ring[edge as usize + 1].x);
    let right = |edge: u32| ring[edge as usize].x.max(ring[edge as usize + 1].x);
    order.clear();
    order.extend(0..ring.len() as u32 - 1);
    order.sort_unstable_by(|a, b| left(*a).total_cmp(&left(*b)).then(a.cmp(b)));
    for (at, &one) in order.iter().enumerate() {
        let end = right(one);
        for &other in order[at + 1..].iter().take_while(|other| left(**other) <= end) {
            if let Some(at) = conflict(ring, one.min(other) as usize, one.max(other) as usize) {
                return Some(at);
            }
        }
    }
    None
}

/// Where edges `one` < `other` meet although they should not: neighbours may share their common corner only.
#[inline]
fn conflict(ring: &[Point], one: usize, other: usize) -> Option<Point> {
    let (a, b, c, d) = (ring[one], ring[one + 1], ring[other], ring[other + 1]);
    let apart = a.x.max(b.x) < c.x.min(d.x)
        || c.x.max(d.x) < a.x.min(b.x)
        || a.y.max(b.y) < c.y.min(d.y)
        || c.y.max(d.y) < a.y.min(b.y);
    if apart {
        return None;
    }
    let next = other == one + 1;
    let around = one == 0 && other + 2 == ring.len();
    match (next, around) {
        (true, _) => runs_back(a, b, d).then_some(b),
        (false, true) => runs_back(c, a, b).then_some(a),
        (false, false) => meeting(a, b, c, d),
    }
}

/// Whether the path a → b → c turns back over itself.
fn runs_back(a: Point, b: Point, c: Point) -> bool {
    let along = (b.x - a.x) * (c.x - b.x) + (b.y - a.y) * (c.y - b.y);
    along < 0.0 && turn(a, b, c) == 0.0
}

/// Where two segments share a point, their ends included.
fn meeting(a: Point, b: Point, c: Point, d: Point) -> Option<Point> {
    let (at_c, at_d) = (turn(a, b, c), turn(a, b, d));
    if at_c * at_d > 0.0 {
        return None;
    }
    let (at_a, at_b) = (turn(c, d, a), turn(c, d, b));
    if at_a * at_b > 0.0 {
        return None;
    }
    // In one line, their boxes touch: the end of one lies in the other.
    let ends = [(c, at_c), (d, at_d), (a, at_a), (b, at_b)];
    if let Some((end, _)) = ends.into_iter().find(|(_, side)| *side == 0.0).filter(|_| at_c == 0.0 && at_d == 0.0) {
        return [c, d].into_iter().find(|p| within(*p, a, b)).or(Some(if within(a, c, d) { a } else { end }));
    }
    if let Some((end, _)) = ends.into_iter().find(|(_, side)| *side == 0.0) {
        return Some(end);
    }
    let share = at_a / (at_a - at_b);
    Some(Point::new(a.x + (b.x - a.x) * share, a.y + (b.y - a.y) * share))
}

fn within(point: Point, a: Point, b: Point) -> bool {
    (a.x.min(b.x)..=a.x.max(b.x)).contains(&point.x) && (a.y.min(b.y)..=a.y.max(b.y)).contains(&point.y)
}

/// The exact sign of the turn a → b → c: positive to the left.
#[inline]
fn turn(a: Point, b: Point, c: Point) -> f64 {
    let sign = RobustKernel::orient2d(coord(a), coord(b), coord(c));
    match sign {
        geo::Orientation::CounterClockwise => 1.0,
        geo::Orientation::Clockwise => -1.0,
        geo::Orientation::Collinear => 0.0,
    }
}

fn finite(point: Point) -> bool {
    point.x.is_finite() && point.y.is_finite()
}

fn coord(point: Point) -> Coord {
    Coord { x: point.x, y: point.y }
}

/// The polygon of one part with some of its holes alone.
fn with_holes(shape: Shape<'_>, holes: &[usize]) -> Shapes {
    let mut shapes = Shapes::new(Kind::Polygon);
    for (number, ring) in shape.rings().enumerate() {
        if number == 0 || holes.binary_search(&(number - 1)).is_ok() {
            shapes.push_ring(ring.points, ring.outer);
        }
    }
    shapes.end_feature();
    shapes
}

/// Rings that are each simple, but not in the places rings may have. Whether holes cut the inside in two is not asked.
fn rings_conflict(shape: Shape<'_>) -> Option<Invalid> {
    let polygons = as_geo(shape, Point::default());
    let faulty = polygons.iter().position(|polygon| !polygon.is_valid());
    let faulty = faulty.or_else(|| (polygons.0.len() > 1 && !polygons.is_valid()).then_some(0))?;
    let at = polygons.0[faulty].exterior().0.first()?;
    Some(Invalid::RingsConflict(Point::new(at.x, at.y)))
}

/// A rebuilt polygon, and what that did to its area.
#[derive(Clone, Debug)]
pub struct Repaired {
    /// One feature.
    pub shapes: Shapes,
    /// m², as the faulty rings summed up.
    pub area_before: f64,
    /// m².
    pub area_after: f64,
}

/// Rebuilds a polygon from all its rings by the even-odd rule: what an odd number of rings surrounds is inside. Lines and points that a
/// ring degenerates to vanish. `None` where nothing with an area remains, or what remains is still invalid.
pub fn repair(shape: Shape<'_>) -> Option<Repaired> {
    if shape.kind != Kind::Polygon || !shape.points().iter().all(|point| finite(*point)) {
        return None;
    }
    // About a local origin: the overlay works on a grid fitted to its operands (design: precision falls as the operand grows).
    let extent = shape.extent();
    let origin = Point::new((extent.min.x + extent.max.x) / 2.0, (extent.min.y + extent.max.y) / 2.0);
    let rings = shape.rings().map(|ring| {
        let local = ring.points.iter().map(|p| Coord { x: p.x - origin.x, y: p.y - origin.y });
        Polygon::new(local.collect(), Vec::new())
    });
    let nothing = MultiPolygon::<f64>::new(Vec::new());
    let rebuilt = MultiPolygon::new(rings.collect()).union(&nothing);
    let corners = Corners::new(shape.points(), extent.width().max(extent.height()));
    let usable = |corner: &dyn Fn(Point) -> Point| {
        let shapes = placed(&rebuilt, origin, corner);
        let area_after = area(shapes.get(0));
        let usable = area_after > 0.0 && Checker::default().check(shapes.get(0)).is_none();
        usable.then(|| Repaired { area_before: area(shape), area_after, shapes })
    };
    usable(&|corner| corners.own(corner)).or_else(|| usable(&|corner| corner))
}

/// The corners a polygon had. The overlay rounds all of them to its grid; a corner that neighbours share must stay where it was, or the
/// mended parcel overlaps each of them by a hair.
struct Corners {
    /// By x.
    sorted: Vec<Point>,
    /// Wider than the grid, which divides the extent by 2³⁰ or so.
    tolerance: f64,
}

impl Corners {
    fn new(points: &[Point], size: f64) -> Corners {
        let mut sorted = points.to_vec();
        sorted.sort_unstable_by(|a, b| a.x.total_cmp(&b.x).then(a.y.total_cmp(&b.y)));
        Corners { sorted, tolerance: size * 1e-8 }
    }

    /// The corner that was here, else the place itself.
    fn own(&self, place: Point) -> Point {
        let first = self.sorted.partition_point(|corner| corner.x < place.x - self.tolerance);
        let near = self.sorted[first..].iter().take_while(|corner| corner.x <= place.x + self.tolerance);
        let nearest = near.min_by(|a, b| a.distance(place).total_cmp(&b.distance(place)));
        nearest.copied().filter(|corner| corner.distance(place) <= self.tolerance).unwrap_or(place)
    }
}

#[cfg(test)]
#[path = "validity_tests.rs"]
pub(in crate::ingest) mod tests;
