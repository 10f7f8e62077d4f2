//! The regions that the lines of many polygons cut the ground into: a triangulation with every line among its edges (`spade`), crossings
//! made corners. What lies in a region lies in the same polygons everywhere, so polygons may overlap, leave gaps and cross: no case is
//! special, and what regions make together has no gap and no overlap.

use super::bands::Bands;
use super::coverage::{Coverage, Numbering};
use super::index::BoxIndex;
use super::noding::noded;
use super::{Extent, Kind, Point, Shapes, hilbert, measure};
use crate::land::{Fault, Outcome};
use crate::say;
use spade::{ConstrainedDelaunayTriangulation, Point2, Triangulation};

type Triangles = ConstrainedDelaunayTriangulation<Point2<f64>>;

/// No region.
const NONE: u32 = u32::MAX;

/// Ground in triangles, by the regions they belong to.
pub struct Faces {
    triangles: Vec<[Point; 3]>,
    /// The region of each triangle.
    region: Vec<u32>,
    /// A place inside each region: the middle of its largest triangle.
    places: Vec<Point>,
}

impl Faces {
    /// The regions between the outlines of polygons. Corners nearer to each other than `tolerance` metres are one, that of the first.
    ///
    /// # Errors
    /// `bad-coordinates`; as [`noded`].
    pub fn of(layers: &[&Shapes], tolerance: f64) -> Outcome<Faces> {
        let rings = layers.iter().flat_map(|shapes| shapes.iter()).flat_map(|shape| shape.rings());
        let mut places = Numbering::new(layers.iter().map(|shapes| shapes.point_count()).sum(), tolerance);
        let mut edges = Vec::new();
        for ring in rings {
            let numbers: Vec<u32> = ring.points.iter().map(|&point| places.number(point)).collect();
            edges.extend(numbers.windows(2).map(|pair| (pair[0], pair[1])));
        }
        let edges = noded(edges, &mut places, tolerance)?;
        let edges = edges.into_iter().map(|(a, b)| [a as usize, b as usize]).collect();
        let corners = places.vertices().iter().map(|p| Point2::new(p.x, p.y)).collect();
        let mut crossing = 0;
        let triangles = Triangles::try_bulk_load_cdt(corners, edges, |_| crossing += 1);
        let triangles =
            triangles.ok().filter(|triangles| crossing == 0 && triangles.num_vertices() == places.vertices().len());
        let triangles = triangles.ok_or_else(|| {
            Fault::new(
                "bad-coordinates",
                say!("corners of polygons laid over one another cannot be computed with", "叠置的面有顶点无法参与计算"),
                say!(
                    "check the layers for infinite coordinates or lines that nearly coincide",
                    "请检查图层中是否有无穷坐标或几乎重合的边线"
                ),
            )
        })?;
        Ok(regions(&triangles))
    }

    /// A place inside each region.
    pub fn places(&self) -> &[Point] {
        &self.places
    }

    /// The regions of one label as connected polygons, with their labels; regions with label 0 are left out.
    pub fn joined(&self, labels: &[u32]) -> (Shapes, Vec<u32>) {
        let chosen: Vec<usize> =
            (0..self.triangles.len()).filter(|&at| labels[self.region[at] as usize] != 0).collect();
        let middles: Vec<Point> = chosen.iter().map(|&at| middle(self.triangles[at])).collect();
        let (mut shapes, mut of_triangles) = (Shapes::new(Kind::Polygon), Vec::with_capacity(chosen.len()));
        for place in hilbert::order(&middles) {
            let at = chosen[place as usize];
            let [a, b, c] = self.triangles[at];
            shapes.push_ring(&[a, b, c, a], true);
            shapes.end_feature();
            of_triangles.push(labels[self.region[at] as usize]);
        }
        let order: Vec<u32> = (0..shapes.len() as u32).collect();
        let zones = Coverage::new(&shapes, &order, 0.0).dissolve(&of_triangles, 0.0);
        (zones.shapes, zones.labels)
    }
}

/// What polygons cover together, as connected polygons.
///
/// # Errors
/// As [`Faces::of`].
pub fn united(shapes: &Shapes, tolerance: f64) -> Outcome<Shapes> {
    let faces = Faces::of(&[shapes], tolerance)?;
    let cover = Cover::new(shapes);
    let mut near = Vec::new();
    let labels: Vec<u32> =
        faces.places().iter().map(|&place| u32::from(cover.smallest(place, &mut near).is_some())).collect();
    Ok(faces.joined(&labels).0)
}

/// Polygons by the places they cover.
pub struct Cover<'a> {
    shapes: Vec<Bands<'a>>,
    areas: Vec<f64>,
    index: BoxIndex,
}

impl<'a> Cover<'a> {
    pub fn new(shapes: &'a Shapes) -> Cover<'a> {
        let areas = shapes.iter().map(|shape| measure::area(shape)).collect();
        Cover { shapes: shapes.iter().map(Bands::new).collect(), areas, index: BoxIndex::of_shapes(shapes) }
    }

    /// The smallest polygon that covers a place, the first of equals.
    pub fn smallest(&self, place: Point, near: &mut Vec<u32>) -> Option<u32> {
        self.index.touching(Extent::of(&[place]), near);
        let covering = near.iter().copied().filter(|&at| self.shapes[at as usize].covers(place));
        covering.min_by(|&a, &b| self.areas[a as usize].total_cmp(&self.areas[b as usize]))
    }
}

/// Triangles that no line parts are of one region.
fn regions(triangles: &Triangles) -> Faces {
    let count = triangles.num_all_faces();
    let mut of_face = vec![NONE; count];
    let mut faces = Faces { triangles: Vec::new(), region: Vec::new(), places: Vec::new() };
    for face in triangles.inner_faces() {
        if of_face[face.fix().index()] != NONE {
            continue;
        }
        let region = faces.places.len() as u32;
        let (mut waiting, mut largest) = (vec![face], (f64::NEG_INFINITY, Point::default()));
        of_face[face.fix().index()] = region;
        while let Some(face) = waiting.pop() {
            let corners = face.vertices().map(|vertex| Point::new(vertex.position().x, vertex.position().y));
            let area = doubled(corners);
            if area > largest.0 {
                largest = (area, middle(corners));
            }
            faces.triangles.push(corners);
            faces.region.push(region);
            for edge in face.adjacent_edges().into_iter().filter(|edge| !edge.is_constraint_edge()) {
                if let Some(next) = edge.rev().face().as_inner().filter(|next| of_face[next.fix().index()] == NONE) {
                    of_face[next.fix().index()] = region;
                    waiting.push(next);
                }
            }
        }
        faces.places.push(largest.1);
    }
    faces
}

fn doubled([a, b, c]: [Point; 3]) -> f64 {
    (b.x - a.x) * (c.y - a.y) - (c.x - a.x) * (b.y - a.y)
}

fn middle([a, b, c]: [Point; 3]) -> Point {
    Point::new((a.x + b.x + c.x) / 3.0, (a.y + b.y + c.y) / 3.0)
}

#[cfg(test)]
#[path = "faces_tests.rs"]
mod tests;
