//! Polygons of one layer that share ground, which a cadastre and a layer of zones should not have: every pair, with the area, the mean width and a place to look.
//!
//! The grid gives the pairs whose boxes share ground; for each of them the area kernel sums over the few edges around the shared box, which
//! is exact for touching neighbours without a topology. Only true overlaps are cut out as polygons, to see how wide they are and where.

use super::finding::Code;
use super::neighbours::Neighbours;
use super::reading::Reading;
use crate::land::Outcome;
use crate::project::Project;
use crate::space::overlap::Overlap as Kernel;
use crate::space::{Extent, Kind, Point, Shape, Shapes};
use crate::{say, scale};
use geo::{Area, BooleanOps, Coord, Euclidean, InteriorPoint, Length, LineString, MultiPolygon, Polygon};

/// Two features that share ground.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Overlap {
    /// Feature number, the smaller of the two.
    pub one: u32,
    pub other: u32,
    /// m².
    pub area: f64,
    /// Twice the area over the perimeter, in m: the width of a strip, half the side of a square.
    pub width: f64,
    /// A place inside.
    pub place: Point,
}

impl Overlap {
    /// Whether it is a strip narrower than the survey can tell, rather than ground claimed twice.
    pub fn is_sliver(&self, narrowest: f64) -> bool {
        self.width < narrowest
    }
}

/// The overlaps a project asks for; see [`overlapping`].
///
/// # Errors
/// `cancelled` where a stop was asked for.
pub(super) fn found(project: &Project, shapes: &Shapes, areas: &[f64]) -> Outcome<Vec<Overlap>> {
    project.units.overlaps.map_or(Ok(Vec::new()), |least| overlapping(shapes, areas, least))
}

/// A finding for each of a layer's overlaps; `name` is what a feature is called.
pub(super) fn tell(reading: &mut Reading<'_>, layer: &str, overlaps: &[Overlap], name: &dyn Fn(u32) -> String) {
    for found in overlaps {
        let code = if found.is_sliver(reading.project.units.sliver_width) { Code::Sliver } else { Code::Overlap };
        let (feature, other) = (name(found.one), name(found.other));
        // What two digitisings of a shared corner differ by is not 0.000.
        let area = if found.area < 5e-4 { format!("{:.1e}", found.area) } else { format!("{:.3}", found.area) };
        let detail = say!("it shares {area} m² with {other}", "与 {other} 重叠 {area} m²");
        reading.row(code, layer, feature, Some(found.place), detail);
    }
}

/// Every pair of polygon features that share more than `least_area` (m²), by feature numbers. Pairs with the same geometry are among them.
/// `areas` are the features' own areas. Rings that cross themselves have no area to speak of: check validity first.
///
/// # Errors
/// `cancelled` where a stop was asked for.
pub fn overlapping(shapes: &Shapes, areas: &[f64], least_area: f64) -> Outcome<Vec<Overlap>> {
    if shapes.kind != Kind::Polygon {
        return Ok(Vec::new());
    }
    let extents = scale::map(shapes.len(), |number| shapes.get(number).extent());
    let found = Neighbours::new(&extents).pairs(|kernel: &mut Kernel, one, other| {
        let (a, b) = (one as usize, other as usize);
        let window = shared_box(extents[a], extents[b]);
        if window.width() * window.height() <= least_area {
            return None;
        }
        let area = kernel.area_of_pair(shapes.get(a), shapes.get(b), window).min(areas[a]).min(areas[b]);
        (area > least_area).then_some((one, other, area))
    })?;
    let mut overlaps = scale::map(found.len(), |number| {
        let (one, other, area) = found[number];
        let (a, b) = (one as usize, other as usize);
        let (width, place) = look(shapes.get(a), shapes.get(b), shared_box(extents[a], extents[b]), area);
        Overlap { one, other, area, width, place }
    });
    overlaps.sort_unstable_by_key(|overlap| (overlap.one, overlap.other));
    Ok(overlaps)
}

fn shared_box(a: Extent, b: Extent) -> Extent {
    Extent {
        min: Point::new(a.min.x.max(b.min.x), a.min.y.max(b.min.y)),
        max: Point::new(a.max.x.min(b.max.x), a.max.y.min(b.max.y)),
    }
}

/// The mean width of the shared ground and a place in its largest piece. Where the overlay sees nothing (its grid is coarser than the
/// kernel), the shared box answers.
fn look(one: Shape<'_>, other: Shape<'_>, window: Extent, area: f64) -> (f64, Point) {
    let middle = Point::new((window.min.x + window.max.x) / 2.0, (window.min.y + window.max.y) / 2.0);
    let shared = as_geo(one, middle).intersection(&as_geo(other, middle));
    let perimeter: f64 = shared
        .iter()
        .flat_map(|polygon| std::iter::once(polygon.exterior()).chain(polygon.interiors()))
        .map(|ring| Euclidean.length(ring))
        .sum();
    let largest = shared.iter().max_by(|a, b| a.unsigned_area().total_cmp(&b.unsigned_area()));
    match largest.and_then(InteriorPoint::interior_point) {
        Some(inside) if perimeter > 0.0 => {
            (2.0 * area / perimeter, Point::new(inside.x() + middle.x, inside.y() + middle.y))
        }
        _ => (area / window.width().hypot(window.height()), middle),
    }
}

/// The rings about a local origin; the even-odd rule of the overlay makes holes of inner rings.
fn as_geo(shape: Shape<'_>, origin: Point) -> MultiPolygon {
    let ring = |points: &[Point]| -> LineString {
        points.iter().map(|p| Coord { x: p.x - origin.x, y: p.y - origin.y }).collect()
    };
    shape.rings().map(|r| Polygon::new(ring(r.points), Vec::new())).collect()
}

#[cfg(test)]
#[path = "overlaps_tests.rs"]
mod tests;
