//! Shares the triangles between outlines out among the polygons at their corners, along the midpoints of their sides.
//!
//! Only lines between different polygons become half-edges: where both sides of a line go to one polygon, the two pieces are one at once.

use super::close::{CHUNK, Ground, bridges, twice_area};
use super::{Coverage, Limit, NONE, Point, Sets};
use spade::Triangulation;
use spade::handles::{FixedFaceHandle, InnerTag};

type Face = FixedFaceHandle<InnerTag>;

/// The line across a gap between two triangles, as the first of them meets it: from `start` over `middle` to `end`, with the pieces of that
/// triangle at both halves. [`NONE`] before the first and after the second.
#[derive(Clone, Copy)]
struct Across {
    start: u32,
    middle: u32,
    end: u32,
    pieces: [u32; 2],
}

const NOT_MET: Across = Across { start: NONE, middle: NONE, end: NONE, pieces: [NONE; 2] };

/// A triangle: its corners, and of the side from each to the next the half-edge behind it and the number.
struct Triangle {
    corners: [u32; 3],
    walls: [u32; 3],
    sides: [usize; 3],
}

struct Shares<'a> {
    coverage: &'a mut Coverage,
    ground: &'a Ground,
    /// Parts that are one.
    sets: Sets,
    across: Vec<Across>,
}

impl Coverage {
    /// Gives the triangles that bridge gaps up to `width` metres within the limit to parts of their own, of the features at their corners.
    /// Gives the area, m², and which parts are one.
    pub(super) fn share_out(&mut self, ground: &Ground, width: f64, within: Option<&Limit>) -> (f64, Sets) {
        let chosen = self.chosen(ground, width, within);
        let sets = Sets::new(self.feature.len());
        let across = vec![NOT_MET; ground.triangles.num_undirected_edges()];
        let mut shares = Shares { coverage: self, ground, sets, across };
        let mut area = 0.0;
        for face in chosen {
            let triangle = ground.triangle(face);
            area += twice_area(triangle.corners.map(|corner| shares.place(corner))) / 2.0;
            shares.cut(&triangle);
        }
        shares.leave_ends_open();
        (area, shares.sets)
    }

    /// The triangles to share out, in order.
    fn chosen(&self, ground: &Ground, width: f64, within: Option<&Limit>) -> Vec<Face> {
        let faces = ground.triangles.num_inner_faces();
        let chosen = crate::scale::chunks_with(faces, CHUNK, Vec::new, |near, chunk| {
            let faces = ground.triangles.fixed_inner_faces().skip(chunk.start).take(chunk.len());
            let bridges = |&face: &Face| {
                let triangle = ground.triangle(face);
                let corners = triangle.corners.map(|corner| self.vertices[corner as usize]);
                bridges(corners, triangle.walls, width, self.tolerance)
                    && within.is_none_or(|limit| limit.holds(corners, near))
            };
            faces.filter(|face| ground.open[face.index()]).filter(bridges).collect::<Vec<Face>>()
        });
        chosen.concat()
    }
}

impl Ground {
    fn triangle(&self, face: Face) -> Triangle {
        let edges = self.triangles.face(face).adjacent_edges();
        Triangle {
            corners: edges.map(|edge| self.vertices[edge.from().fix().index()]),
            walls: edges.map(|edge| self.walls[edge.rev().fix().index()]),
            sides: edges.map(|edge| edge.as_undirected().fix().index()),
        }
    }
}

impl Shares<'_> {
    fn place(&self, vertex: u32) -> Point {
        self.coverage.vertices[vertex as usize]
    }

    /// Shares one triangle out among the parts at its corners.
    fn cut(&mut self, triangle: &Triangle) {
        let [a, b, c] = self.owners(triangle);
        let at_a = self.piece(a);
        let at_b = if b == a { at_a } else { self.piece(b) };
        let at_c = if c == a {
            at_a
        } else if c == b {
            at_b
        } else {
            self.piece(c)
        };
        let pieces = [at_a, at_b, at_c];
        let middles = [0, 1, 2].map(|at: usize| {
            let (this, next) = (pieces[at], pieces[(at + 1) % 3]);
            let (start, end) = (triangle.corners[at], triangle.corners[(at + 1) % 3]);
            match triangle.walls[at] {
                NONE => self.across(triangle.sides[at], [start, end], [this, next]),
                wall => self.along(wall, this),
            }
        });
        let mut alone = (0..3).filter(|&at| pieces[at] != pieces[(at + 1) % 3] && pieces[at] != pieces[(at + 2) % 3]);
        match (alone.next(), alone.next()) {
            (None, _) => {}
            (Some(alone), None) => {
                let (ahead, behind) = (middles[alone], middles[(alone + 2) % 3]);
                self.line([ahead, behind], pieces[alone], pieces[(alone + 1) % 3]);
            }
            _ => {
                let centre = self.centre(triangle.corners);
                for at in 0..3 {
                    self.line([middles[at], centre], pieces[at], pieces[(at + 1) % 3]);
                }
            }
        }
    }

    /// The part that gets the ground at each corner. Ground along an outline goes to the polygon behind it, between two outlines whole to
    /// the one of the longer.
    fn owners(&self, triangle: &Triangle) -> [u32; 3] {
        let mut owners = triangle.corners.map(|corner| self.ground.owners[corner as usize]);
        let coverage = &self.coverage;
        let behind = |at: usize| coverage.part[triangle.walls[at] as usize];
        let walls = || (0..3).filter(|&at| triangle.walls[at] != NONE);
        let key = |&at: &usize| {
            let length = coverage.length(triangle.walls[at]);
            (std::cmp::Reverse(length.to_bits()), coverage.feature[behind(at) as usize], behind(at))
        };
        match (walls().count(), walls().min_by_key(key)) {
            (1, Some(wall)) => {
                owners[wall] = behind(wall);
                owners[(wall + 1) % 3] = behind(wall);
                owners
            }
            (_, Some(longest)) => [behind(longest); 3],
            (_, None) => owners,
        }
    }

    /// A new part of the owner's feature.
    fn piece(&mut self, owner: u32) -> u32 {
        self.coverage.feature.push(self.coverage.feature[owner as usize]);
        self.sets.push()
    }

    fn centre(&mut self, corners: [u32; 3]) -> u32 {
        let corners = corners.map(|corner| self.place(corner));
        let mean = |of: fn(Point) -> f64| corners.iter().map(|&corner| of(corner)).sum::<f64>() / 3.0;
        self.vertex(Point::new(mean(|p| p.x), mean(|p| p.y)))
    }

    fn vertex(&mut self, place: Point) -> u32 {
        self.coverage.vertices.push(place);
        self.coverage.vertices.len() as u32 - 1
    }

    fn edge(&mut self, [from, to]: [u32; 2], part: u32, twin: u32) -> u32 {
        let coverage = &mut self.coverage;
        coverage.from.push(from);
        coverage.to.push(to);
        coverage.part.push(part);
        coverage.twin.push(twin);
        coverage.from.len() as u32 - 1
    }

    /// Whether the parts belong to one feature; then they are one from here on.
    fn joined(&mut self, one: u32, other: u32) -> bool {
        let same = self.coverage.feature[one as usize] == self.coverage.feature[other as usize];
        if same {
            self.sets.join(one, other);
        }
        same
    }

    /// A line with the part `left` to its left and `right` to its right.
    fn line(&mut self, [from, to]: [u32; 2], left: u32, right: u32) {
        if !self.joined(left, right) {
            let edge = self.edge([from, to], left, NONE);
            self.coverage.twin[edge as usize] = self.edge([to, from], right, edge);
        }
    }

    /// The side of a triangle along the outline of a polygon.
    fn along(&mut self, wall: u32, piece: u32) -> u32 {
        let (start, end) = (self.coverage.to[wall as usize], self.coverage.from[wall as usize]);
        self.coverage.twin[wall as usize] = self.edge([start, end], piece, wall);
        self.joined(piece, self.coverage.part[wall as usize]);
        NONE
    }

    /// The side of a triangle across a gap, with the piece at each of its halves. Gives its midpoint.
    fn across(&mut self, side: usize, [start, end]: [u32; 2], pieces: [u32; 2]) -> u32 {
        let known = self.across[side];
        if known.middle == NONE {
            let (a, b) = (self.place(start), self.place(end));
            let middle = self.vertex(Point::new((a.x + b.x) / 2.0, (a.y + b.y) / 2.0));
            self.across[side] = Across { start, middle, end, pieces };
            return middle;
        }
        // The second triangle runs along it the other way.
        self.line([known.start, known.middle], known.pieces[0], pieces[1]);
        self.line([known.middle, known.end], known.pieces[1], pieces[0]);
        self.across[side].pieces = [NONE; 2];
        known.middle
    }

    /// Where the ground shared out ends nothing lies beside.
    fn leave_ends_open(&mut self) {
        for side in 0..self.across.len() {
            let Across { start, middle, end, pieces: [one, other] } = self.across[side];
            if one != NONE {
                self.edge([start, middle], one, NONE);
                self.edge([middle, end], other, NONE);
            }
        }
    }
}
