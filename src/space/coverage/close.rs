//! Closes the gaps between polygons, such as streets: each gets the ground up to the middle of the gap.
//!
//! The space between is cut into triangles (constrained Delaunay triangulation, `spade`) with the outlines as edges. A triangle that bridges
//! no more than the width asked for is shared out among the polygons at its corners, along the midpoints of its sides; so the line between
//! two sides of a street is its middle line, and the pieces fit each other without gap or overlap.

use super::{Coverage, Limit, NONE, Point};
use rustc_hash::FxHashMap;
use spade::{ConstrainedDelaunayTriangulation, Point2, Triangulation};

type Triangles = ConstrainedDelaunayTriangulation<Point2<f64>>;

/// Where three streets or more meet, a triangle without an outline among its sides is closed if its circumcircle is no larger than that of
/// a square crossing of streets of the width, with some room.
const CROSSING: f64 = 0.75;

/// No side of a triangle across a gap is longer than this many widths: √5/2, with some room.
const LONGEST: f64 = 1.2;

/// What closing gaps did.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Closed {
    /// The ground added, m².
    pub area: f64,
    /// Outlines that crossed others, so that gaps beside them stayed open.
    pub crossing: usize,
}

/// A side of a triangle: its vertices, the midpoint between them, the half-edge of a polygon behind it.
#[derive(Clone, Copy)]
struct Side {
    start: u32,
    middle: u32,
    behind: u32,
}

impl Coverage {
    /// Gives gaps up to `width` metres to the polygons beside them, where they lie within the limit.
    pub fn close_gaps(&mut self, width: f64, within: Option<&Limit>) -> Closed {
        let pieces = self.densify(width / 2.0);
        let single: Vec<u32> = (0..self.len() as u32).filter(|&edge| self.twin[edge as usize] == NONE).collect();
        let mut closed = Closed::default();
        if let Some((triangles, vertices)) = self.triangles(&single, &mut closed) {
            let walls = self.walls(&triangles, &vertices, &single);
            let open = outside(&triangles, &walls);
            let owners = self.owners(&single);
            let (own, first) = (self.feature.len(), self.len());
            self.share_out(&triangles, &vertices, &walls, &open, &owners, (width, within), &mut closed);
            self.pair();
            // Triangles as flat as the tolerance were left out: what lies along them meets now.
            self.split();
            closed.area -= self.settle(own, first);
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

    /// The half-edge that runs along each directed edge of the triangulation, polygon to the left; [`NONE`] where none does.
    fn walls(&self, triangles: &Triangles, vertices: &[u32], single: &[u32]) -> Vec<u32> {
        let behind: FxHashMap<(u32, u32), u32> =
            single.iter().map(|&edge| ((self.from[edge as usize], self.to[edge as usize]), edge)).collect();
        let mut walls = vec![NONE; triangles.num_directed_edges()];
        for edge in triangles.directed_edges().filter(|edge| edge.is_constraint_edge()) {
            let [start, end] = edge.vertices().map(|vertex| vertices[vertex.fix().index()]);
            walls[edge.fix().index()] = behind.get(&(start, end)).copied().unwrap_or(NONE);
        }
        walls
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

    #[expect(clippy::too_many_arguments, reason = "the tables of one triangulation, made together and used once")]
    fn share_out(
        &mut self,
        triangles: &Triangles,
        vertices: &[u32],
        behind: &[u32],
        open: &[bool],
        owners: &[u32],
        (width, within): (f64, Option<&Limit>),
        closed: &mut Closed,
    ) {
        let mut middles = vec![NONE; triangles.num_undirected_edges()];
        let mut near = Vec::new();
        for face in triangles.inner_faces().filter(|face| open[face.fix().index()]) {
            let edges = face.adjacent_edges();
            let ends = |at: usize| edges[at].vertices().map(|vertex| vertices[vertex.fix().index()]);
            let walls = [0, 1, 2].map(|at: usize| behind[edges[at].rev().fix().index()]);
            let corners = [0, 1, 2].map(|at: usize| self.vertices[ends(at)[0] as usize]);
            let bridges = bridges(corners, walls, width, self.tolerance);
            if !bridges || within.is_some_and(|limit| !limit.holds(corners, &mut near)) {
                continue;
            }
            let sides = [0, 1, 2].map(|at: usize| {
                let middle = &mut middles[edges[at].as_undirected().fix().index()];
                if walls[at] == NONE && *middle == NONE {
                    *middle = self.vertices.len() as u32;
                    let [a, b] = ends(at).map(|vertex| self.vertices[vertex as usize]);
                    self.vertices.push(Point::new((a.x + b.x) / 2.0, (a.y + b.y) / 2.0));
                }
                Side { start: ends(at)[0], middle: *middle, behind: walls[at] }
            });
            closed.area += twice_area(corners) / 2.0;
            self.cut(sides, owners);
        }
    }

    /// Shares one triangle out among the parts at its corners.
    fn cut(&mut self, sides: [Side; 3], owners: &[u32]) {
        let part_behind = |side: Side| self.part[side.behind as usize];
        let walls: Vec<usize> = (0..3).filter(|&at| sides[at].behind != NONE).collect();
        let mut owner = sides.map(|side| owners[side.start as usize]);
        match walls[..] {
            [] => {}
            [wall] => {
                owner[wall] = part_behind(sides[wall]);
                owner[(wall + 1) % 3] = owner[wall];
            }
            // Between two outlines: whole to the one of the longer.
            _ => {
                let key = |&at: &usize| {
                    let part = part_behind(sides[at]);
                    (std::cmp::Reverse(self.length(sides[at].behind).to_bits()), self.feature[part as usize], part)
                };
                let longest = walls.iter().min_by_key(|at| key(at)).copied().unwrap_or(0);
                owner = [part_behind(sides[longest]); 3];
            }
        }
        let [a, b, c] = owner;
        if a == b && b == c {
            let outline = sides.iter().flat_map(|side| [side.start, side.middle]);
            let outline: Vec<u32> = outline.filter(|&vertex| vertex != NONE).collect();
            return self.add(&outline, a);
        }
        let alone = if a == b {
            2
        } else if b == c {
            0
        } else {
            1
        };
        if a == b || b == c || a == c {
            let [odd, next, last] = [alone, alone + 1, alone + 2].map(|at| sides[at % 3]);
            self.add(&[odd.start, odd.middle, last.middle], owner[alone]);
            let rest = [odd.middle, next.start, next.middle, last.start, last.middle];
            let rest: Vec<u32> = rest.into_iter().filter(|&vertex| vertex != NONE).collect();
            return self.add(&rest, owner[(alone + 1) % 3]);
        }
        let corners = sides.map(|side| self.vertices[side.start as usize]);
        let centre = self.vertices.len() as u32;
        let mean = |of: fn(Point) -> f64| corners.iter().map(|&corner| of(corner)).sum::<f64>() / 3.0;
        self.vertices.push(Point::new(mean(|p| p.x), mean(|p| p.y)));
        for at in 0..3 {
            let before = sides[(at + 2) % 3];
            self.add(&[sides[at].start, sides[at].middle, centre, before.middle], owner[at]);
        }
    }

    /// Adds a closed line of vertices as a part of the feature of `owner`.
    fn add(&mut self, outline: &[u32], owner: u32) {
        let part = self.feature.len() as u32;
        self.feature.push(self.feature[owner as usize]);
        for at in 0..outline.len() {
            self.from.push(outline[at]);
            self.to.push(outline[(at + 1) % outline.len()]);
            self.part.push(part);
            self.twin.push(NONE);
        }
    }
}

fn twice_area([a, b, c]: [Point; 3]) -> f64 {
    (b.x - a.x) * (c.y - a.y) - (c.x - a.x) * (b.y - a.y)
}

/// Whether a triangle lies in a gap no wider than `width`, and has any height.
fn bridges(corners: [Point; 3], walls: [u32; 3], width: f64, tolerance: f64) -> bool {
    let doubled = twice_area(corners);
    let lengths = [0, 1, 2].map(|at: usize| corners[at].distance(corners[(at + 1) % 3]));
    let longest = lengths.iter().copied().fold(0.0, f64::max);
    // Outlines are cut into pieces of half the width: across a gap no side is longer than √(1 + ¼) widths. Longer ones lie along an edge
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
    let mut reached = [vec![false; triangles.num_all_faces()], vec![false; triangles.num_all_faces()]];
    for (inside, reached) in reached.iter_mut().enumerate() {
        let mut waiting = Vec::new();
        for edge in triangles.directed_edges().filter(|edge| edge.is_constraint_edge()) {
            let wall = if inside == 1 { walls[edge.fix().index()] } else { walls[edge.rev().fix().index()] };
            waiting.extend((wall != NONE).then(|| edge.face().fix()));
        }
        if inside == 0 {
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
    }
    let [open, inside] = reached;
    open.iter().zip(inside).map(|(&open, inside)| open && !inside).collect()
}
