//! Closes the gaps between polygons, such as streets: each gets the ground up to the middle of the gap.
//!
//! The space between is cut into triangles (constrained Delaunay triangulation, `spade`) with the outlines as edges. A triangle that bridges
//! no more than the width asked for is shared out among the polygons at its corners, along the midpoints of its sides; so the line between
//! two sides of a street is its middle line, and the pieces fit each other without gap or overlap.

use super::{Coverage, Limit, NONE, Point};
use spade::handles::DirectedEdgeHandle;
use spade::{CdtEdge, ConstrainedDelaunayTriangulation, Point2, Triangulation};

type Triangles = ConstrainedDelaunayTriangulation<Point2<f64>>;

/// Where three streets or more meet, a triangle without an outline among its sides is closed if its circumcircle is no larger than that of
/// a square crossing of streets of the width, with some room.
const CROSSING: f64 = 0.75;

/// No side of a triangle across a gap is longer than this many widths: √2, with some room.
const LONGEST: f64 = 1.5;

/// Triangles or sides looked at by one thread at a time.
pub(super) const CHUNK: usize = 1 << 14;

/// What closing gaps did.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Closed {
    /// The ground added, m².
    pub area: f64,
    /// Outlines that crossed others, so that gaps beside them stayed open.
    pub crossing: usize,
}

/// The triangles between outlines, and what lies around them.
pub(super) struct Ground {
    pub triangles: Triangles,
    /// The vertex each of the triangulation's is.
    pub vertices: Vec<u32>,
    /// The half-edge that runs along each directed edge of the triangulation, polygon to the left; [`NONE`] where none does.
    pub walls: Vec<u32>,
    /// Which triangles lie outside every polygon.
    pub open: Vec<bool>,
    /// The part at each vertex that gets the ground before it where no outline tells.
    pub owners: Vec<u32>,
}

impl Coverage {
    /// Gives gaps up to `width` metres to the polygons beside them, where they lie within the limit.
    pub fn close_gaps(&mut self, width: f64, within: Option<&Limit>) -> Closed {
        let pieces = self.densify(width);
        let single: Vec<u32> = (0..self.len() as u32).filter(|&edge| self.twin[edge as usize] == NONE).collect();
        let mut closed = Closed::default();
        if let Some(ground) = self.ground(&single, &mut closed) {
            let (own, first) = (self.feature.len(), self.len());
            let (area, sets) = self.share_out(&ground, width, within);
            // Triangles as flat as the tolerance were left out: what lies along them meets now.
            self.split();
            closed.area = area - self.settle(own, first, sets);
        }
        self.undo(pieces);
        closed
    }

    /// Cuts half-edges without a twin into equal pieces no longer than `most`. Gives what each was cut into: the first of the new
    /// half-edges, and how many.
    fn densify(&mut self, most: f64) -> Vec<(u32, u32, u32)> {
        let mut cut = Vec::new();
        for edge in 0..self.len() {
            let count = (self.length(edge as u32) / most).ceil();
            if self.twin[edge] != NONE || count <= 1.0 {
                continue;
            }
            let ((a, b), end) = (self.ends(edge as u32), self.to[edge]);
            cut.push((edge as u32, self.from.len() as u32, count as u32 - 1));
            for piece in 1..count as u32 {
                let along = f64::from(piece) / count;
                let vertex = self.vertices.len() as u32;
                self.vertices.push(Point::new(a.x + (b.x - a.x) * along, a.y + (b.y - a.y) * along));
                if piece == 1 {
                    self.to[edge] = vertex
                } else {
                    *self.to.last_mut().expect("a piece before") = vertex
                }
                self.from.push(vertex);
                self.to.push(end);
                self.part.push(self.part[edge]);
                self.twin.push(NONE);
            }
        }
        cut
    }

    /// Makes whole again what was cut and met nothing. A cut that another outline comes to remains: it lies some ulps off the whole edge.
    fn undo(&mut self, cut: Vec<(u32, u32, u32)>) {
        let mut drop = vec![false; self.len()];
        let mut starts = vec![0u8; self.vertices.len()];
        self.from.iter().for_each(|&vertex| starts[vertex as usize] = starts[vertex as usize].saturating_add(1));
        for (edge, first, count) in cut {
            let mut whole = edge;
            for piece in first..first + count {
                let met = [whole, piece].iter().any(|&edge| self.twin[edge as usize] != NONE);
                let joint = self.from[piece as usize];
                if met || starts[joint as usize] != 1 || self.to[whole as usize] != joint {
                    whole = piece;
                } else {
                    self.to[whole as usize] = self.to[piece as usize];
                    drop[piece as usize] = true;
                }
            }
        }
        self.retain(&drop);
    }

    /// Leaves out half-edges whose twins are left out with them, where they have any.
    pub(super) fn retain(&mut self, drop: &[bool]) {
        let mut number = vec![NONE; self.len()];
        let mut count = 0;
        for edge in 0..self.len() {
            if !drop[edge] {
                number[edge] = count as u32;
                (self.from[count], self.to[count], self.part[count]) =
                    (self.from[edge], self.to[edge], self.part[edge]);
                self.twin[count] = self.twin[edge];
                count += 1;
            }
        }
        for list in [&mut self.from, &mut self.to, &mut self.part, &mut self.twin] {
            list.truncate(count);
        }
        self.twin.iter_mut().filter(|twin| **twin != NONE).for_each(|twin| *twin = number[*twin as usize]);
    }

    /// The triangulation between the outlines, and the vertex of each of its vertices.
    fn triangles(&self, single: &[u32], closed: &mut Closed) -> Option<(Triangles, Vec<u32>)> {
        let mut number = vec![NONE; self.vertices.len()];
        let (mut vertices, mut sides) = (Vec::new(), Vec::with_capacity(single.len()));
        for &edge in single {
            let side = [self.from[edge as usize], self.to[edge as usize]].map(|vertex| {
                if number[vertex as usize] == NONE {
                    number[vertex as usize] = vertices.len() as u32;
                    vertices.push(vertex);
                }
                number[vertex as usize] as usize
            });
            sides.push(side);
        }
        let places = vertices.iter().map(|&vertex| self.vertices[vertex as usize]).map(|p| Point2::new(p.x, p.y));
        let triangles = Triangles::try_bulk_load_cdt(places.collect(), sides, |_| closed.crossing += 1).ok()?;
        (triangles.num_vertices() == vertices.len()).then_some((triangles, vertices))
    }

    fn ground(&self, single: &[u32], closed: &mut Closed) -> Option<Ground> {
        let (triangles, vertices) = self.triangles(single, closed)?;
        let walls = self.walls(&triangles, &vertices, single);
        let open = outside(&triangles, &walls);
        Some(Ground { walls, open, owners: self.owners(single), triangles, vertices })
    }

    /// See [`Ground::walls`].
    fn walls(&self, triangles: &Triangles, vertices: &[u32], single: &[u32]) -> Vec<u32> {
        // The last of the half-edges from each vertex, and the one before it.
        let mut last = vec![NONE; self.vertices.len()];
        let mut before = vec![NONE; single.len()];
        for (at, &edge) in single.iter().enumerate() {
            before[at] = std::mem::replace(&mut last[self.from[edge as usize] as usize], at as u32);
        }
        let wall = |edge: DirectedEdgeHandle<'_, Point2<f64>, (), CdtEdge<()>, ()>| {
            if !edge.is_constraint_edge() {
                return NONE;
            }
            let [start, end] = edge.vertices().map(|vertex| vertices[vertex.fix().index()]);
            let mut at = last[start as usize];
            while at != NONE && self.to[single[at as usize] as usize] != end {
                at = before[at as usize];
            }
            if at == NONE { NONE } else { single[at as usize] }
        };
        let walls = crate::scale::chunks(triangles.num_directed_edges(), CHUNK, |chunk| {
            triangles.directed_edges().skip(chunk.start).take(chunk.len()).map(wall).collect::<Vec<u32>>()
        });
        walls.concat()
    }

    /// The part at each vertex that gets the ground before it where no outline tells: that of the first feature there.
    fn owners(&self, single: &[u32]) -> Vec<u32> {
        let mut owners = vec![NONE; self.vertices.len()];
        for &edge in single {
            let part = self.part[edge as usize];
            for vertex in [self.from[edge as usize], self.to[edge as usize]] {
                let owner = &mut owners[vertex as usize];
                if *owner == NONE || self.feature[part as usize] < self.feature[*owner as usize] {
                    *owner = part;
                }
            }
        }
        owners
    }
}

pub(super) fn twice_area([a, b, c]: [Point; 3]) -> f64 {
    (b.x - a.x) * (c.y - a.y) - (c.x - a.x) * (b.y - a.y)
}

/// Whether a triangle lies in a gap no wider than `width`, and has any height.
pub(super) fn bridges(corners: [Point; 3], walls: [u32; 3], width: f64, tolerance: f64) -> bool {
    let doubled = twice_area(corners);
    let lengths = [0, 1, 2].map(|at: usize| corners[at].distance(corners[(at + 1) % 3]));
    let longest = lengths.iter().copied().fold(0.0, f64::max);
    // Outlines are cut into pieces of the width: across a gap no side is longer than √2 widths. Longer ones lie along an edge
    // of the city, as flat as they may be.
    if doubled <= tolerance * longest || longest > LONGEST * width {
        return false;
    }
    let wall = (0..3).filter(|&at| walls[at] != NONE).map(|at| lengths[at]).fold(0.0, f64::max);
    if wall > 0.0 {
        return doubled / wall <= width;
    }
    lengths.iter().product::<f64>() / (2.0 * doubled) <= CROSSING * width
}

/// Which triangles lie outside every polygon: reached from the right of an outline, and not from the left of one, across sides that are
/// no outline.
fn outside(triangles: &Triangles, walls: &[u32]) -> Vec<bool> {
    let flood = |inside: bool| {
        let mut reached = vec![false; triangles.num_all_faces()];
        let mut waiting = Vec::new();
        for edge in triangles.directed_edges().filter(|edge| edge.is_constraint_edge()) {
            let wall = if inside { walls[edge.fix().index()] } else { walls[edge.rev().fix().index()] };
            waiting.extend((wall != NONE).then(|| edge.face().fix()));
        }
        if !inside {
            let hull = triangles.convex_hull().filter(|edge| !edge.is_constraint_edge());
            waiting.extend(hull.map(|edge| edge.rev().face().fix()));
        }
        while let Some(face) = waiting.pop() {
            if std::mem::replace(&mut reached[face.index()], true) {
                continue;
            }
            if let Some(face) = triangles.face(face).as_inner() {
                let sides = face.adjacent_edges().into_iter().filter(|edge| !edge.is_constraint_edge());
                waiting.extend(sides.map(|edge| edge.rev().face().fix()));
            }
        }
        reached
    };
    let (open, inside) = crate::scale::both(|| flood(false), || flood(true));
    open.iter().zip(inside).map(|(&open, inside)| open && !inside).collect()
}
