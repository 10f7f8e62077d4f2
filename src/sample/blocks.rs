//! A block cut into parcels that share their corners: a mesh of points and of rings that name them, so that neighbours agree to the millimetre.

use super::cell::{longest_side, turned};
use super::ring::{MOST_VERTICES, area, centroid, millimetre, turn, well_shaped};
use crate::land::random::Random;
use crate::space::Point;
use crate::space::measure::squared_distance_to_segment;

/// Corners nearer than this (in metres) become one.
const SNAP: f64 = 1.5;

/// A corner this near an edge (in metres) lies on it: twice what rounding to the millimetre may move it.
const ON_EDGE: f64 = 0.0025;

/// The parcels of one block.
struct Mesh {
    points: Vec<Point>,
    rings: Vec<Vec<u16>>,
}

/// Cuts a block (a convex open ring, counter-clockwise) into parcels of about `wanted` m², as open rings.
pub(super) fn parcels(block: &[Point], wanted: f64, random: &mut Random) -> Vec<Vec<Point>> {
    let mut mesh = Mesh {
        points: block.iter().map(|&point| millimetre(point)).collect(),
        rings: vec![(0..block.len() as u16).collect()],
    };
    mesh.divide(wanted, random);
    mesh.share_corners();
    while mesh.cut_crowded(random) {
        mesh.share_corners();
    }
    mesh.bend_edges(random);
    mesh.rings.iter().map(|ring| mesh.ring(ring)).collect()
}

impl Mesh {
    fn ring(&self, ring: &[u16]) -> Vec<Point> {
        ring.iter().map(|&at| self.points[usize::from(at)]).collect()
    }

    /// Cuts every ring across its longest side until it is small enough.
    fn divide(&mut self, wanted: f64, random: &mut Random) {
        let (mut open, mut done) = (std::mem::take(&mut self.rings), Vec::new());
        while let Some(ring) = open.pop() {
            let points = self.ring(&ring);
            let small = area(&points) < wanted * random.between(0.95, 1.9);
            let halves = if small { None } else { (0..3).find_map(|_| self.halve(&ring, &points, random)) };
            match halves {
                Some((left, right)) => open.extend([left, right]),
                None => done.push(ring),
            }
        }
        self.rings = done;
    }

    fn halve(&mut self, ring: &[u16], points: &[Point], random: &mut Random) -> Option<(Vec<u16>, Vec<u16>)> {
        let (along, length) = longest_side(points);
        let (middle, shift) = (centroid(points), length * random.between(-0.12, 0.12));
        let through = Point::new(middle.x + along.x * shift, middle.y + along.y * shift);
        let across = turned(along, std::f64::consts::FRAC_PI_2 + random.between(-0.05, 0.05));
        let ahead = Point::new(through.x + across.x, through.y + across.y);
        let offsets: Vec<f64> = points.iter().map(|&point| turn(through, ahead, point)).collect();
        let count = ring.len();
        let crossed: Vec<usize> =
            (0..count).filter(|&at| (offsets[at] < 0.0) != (offsets[(at + 1) % count] < 0.0)).collect();
        let &[first, second] = crossed.as_slice() else { return None };
        let kept = self.points.len();
        let mut corner = |edge: usize| {
            let next = (edge + 1) % count;
            let share = offsets[edge] / (offsets[edge] - offsets[next]);
            let (a, b) = (points[edge], points[next]);
            self.corner(Point::new(a.x + (b.x - a.x) * share, a.y + (b.y - a.y) * share), a, b)
        };
        let (one, two) = (corner(first), corner(second));
        let path = |from: usize, to: usize, start: u16, end: u16| {
            let mut path = vec![start];
            path.extend((1..=(to + count - from) % count).map(|step| ring[(from + step) % count]));
            path.push(end);
            path.dedup();
            path
        };
        let halves = (path(first, second, one, two), path(second, first, two, one));
        let good = |half: &[u16]| half.len() > 3 && well_shaped(&self.ring(half));
        if good(&halves.0) && good(&halves.1) {
            return Some(halves);
        }
        self.points.truncate(kept);
        None
    }

    /// The number of the corner at a place on the edge a–b: an old one that lies on that edge nearby, else a new one.
    fn corner(&mut self, place: Point, a: Point, b: Point) -> u16 {
        let near =
            |point: Point| point.distance(place) < SNAP && squared_distance_to_segment(point, a, b) < ON_EDGE * ON_EDGE;
        if let Some(old) = self.points.iter().position(|&point| near(point)) {
            return old as u16;
        }
        self.points.push(millimetre(place));
        (self.points.len() - 1) as u16
    }

    /// Gives every ring the corners of its neighbours that lie on its edges.
    fn share_corners(&mut self) {
        let points = &self.points;
        for ring in &mut self.rings {
            let mut whole: Vec<u16> = Vec::with_capacity(ring.len() + 4);
            for (number, &from) in ring.iter().enumerate() {
                let to = ring[(number + 1) % ring.len()];
                let (a, b) = (points[usize::from(from)], points[usize::from(to)]);
                let mut between: Vec<(f64, u16)> = (0..points.len() as u16)
                    .filter(|&at| at != from && at != to)
                    .map(|at| (points[usize::from(at)], at))
                    .filter(|(point, _)| squared_distance_to_segment(*point, a, b) < ON_EDGE * ON_EDGE)
                    .map(|(point, at)| (point.distance(a), at))
                    .collect();
                between.sort_by(|one, other| one.0.total_cmp(&other.0));
                whole.push(from);
                whole.extend(between.into_iter().map(|(_, at)| at));
            }
            *ring = whole;
        }
    }

    /// Cuts the rings whose neighbours gave them too many corners; tells whether there were any that could be cut.
    fn cut_crowded(&mut self, random: &mut Random) -> bool {
        let mut cut = false;
        for at in 0..self.rings.len() {
            if self.rings[at].len() <= MOST_VERTICES {
                continue;
            }
            let ring = self.rings[at].clone();
            let points = self.ring(&ring);
            if let Some((left, right)) = (0..20).find_map(|_| self.halve(&ring, &points, random)) {
                self.rings[at] = left;
                self.rings.push(right);
                cut = true;
            }
        }
        cut
    }

    /// Bends some edges: between neighbours either way (or with a step), on the street inwards; so some parcels become concave.
    fn bend_edges(&mut self, random: &mut Random) {
        for ring in 0..self.rings.len() {
            let edges = self.rings[ring].clone();
            for (number, &from) in edges.iter().enumerate() {
                let to = edges[(number + 1) % edges.len()];
                let length = self.points[usize::from(from)].distance(self.points[usize::from(to)]);
                let neighbour = self.neighbour(to, from);
                if length < 22.0 || neighbour.is_some_and(|other| other < ring) {
                    continue;
                }
                let depth = (length * random.between(0.04, 0.11)).min(5.0);
                let (chosen, way) = (random.unit(), if random.chance(0.5) { 1.0 } else { -1.0 });
                match neighbour {
                    Some(other) if chosen < 0.2 => self.bend(ring, Some(other), from, to, &[(0.5, way * depth)]),
                    Some(other) if chosen < 0.28 => {
                        self.bend(ring, Some(other), from, to, &[(0.47, way * depth), (0.53, -way * depth)]);
                    }
                    None if chosen < 0.1 => self.bend(ring, None, from, to, &[(0.5, depth.min(2.5))]),
                    _ => {}
                }
            }
        }
    }

    /// The ring that has the edge from → to.
    fn neighbour(&self, from: u16, to: u16) -> Option<usize> {
        self.rings.iter().position(|ring| {
            ring.iter().enumerate().any(|(number, &at)| at == from && ring[(number + 1) % ring.len()] == to)
        })
    }

    /// Puts points into an edge, each at a share of its length and so many metres to the left; undone where a parcel would lose its shape.
    fn bend(&mut self, ring: usize, other: Option<usize>, from: u16, to: u16, places: &[(f64, f64)]) {
        let (a, b) = (self.points[usize::from(from)], self.points[usize::from(to)]);
        let length = a.distance(b);
        let (x, y) = ((b.x - a.x) / length, (b.y - a.y) / length);
        let kept = self.points.len();
        for &(share, left) in places {
            let along = share * length;
            self.points.push(millimetre(Point::new(a.x + x * along - y * left, a.y + y * along + x * left)));
        }
        let added: Vec<u16> = (kept as u16..self.points.len() as u16).collect();
        let put = |ring: &[u16], after: u16, added: &mut dyn Iterator<Item = u16>| {
            let at = ring.iter().position(|&corner| corner == after).map_or(0, |at| at + 1);
            let mut longer = ring.to_vec();
            longer.splice(at..at, added);
            longer
        };
        let own = put(&self.rings[ring], from, &mut added.iter().copied());
        let others = other.map(|other| (other, put(&self.rings[other], to, &mut added.iter().rev().copied())));
        let good = |ring: &[u16]| ring.len() <= MOST_VERTICES && well_shaped(&self.ring(ring));
        if !good(&own) || !others.as_ref().is_none_or(|(_, ring)| good(ring)) {
            self.points.truncate(kept);
            return;
        }
        self.rings[ring] = own;
        if let Some((other, longer)) = others {
            self.rings[other] = longer;
        }
    }
}

#[cfg(test)]
#[path = "blocks_tests.rs"]
mod tests;
