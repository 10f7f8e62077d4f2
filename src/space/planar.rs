//! Polygons as `geo` has them, and back: for what is cut, united or subtracted. The overlay works on a grid fitted to its operands, so they
//! are brought near the origin first.

use super::{Kind, Point, Shape, Shapes};
use geo::{Coord, LineString, MultiPolygon, Polygon};

/// A polygon feature about `origin`, each exterior ring with the holes that follow it.
pub fn as_geo(shape: Shape<'_>, origin: Point) -> MultiPolygon {
    let mut polygons: Vec<(LineString, Vec<LineString>)> = Vec::new();
    for ring in shape.rings() {
        let line = ring.points.iter().map(|point| Coord { x: point.x - origin.x, y: point.y - origin.y }).collect();
        match polygons.last_mut() {
            Some((_, holes)) if !ring.outer => holes.push(line),
            _ => polygons.push((line, Vec::new())),
        }
    }
    polygons.into_iter().map(|(shell, holes)| Polygon::new(shell, holes)).collect()
}

/// Polygons back where they belong as one feature, each corner as `corner` has it.
pub fn placed(polygons: &MultiPolygon, origin: Point, corner: &dyn Fn(Point) -> Point) -> Shapes {
    let mut shapes = Shapes::new(Kind::Polygon);
    for polygon in polygons {
        for (number, ring) in std::iter::once(polygon.exterior()).chain(polygon.interiors()).enumerate() {
            let points = ring.coords().map(|c| corner(Point::new(c.x + origin.x, c.y + origin.y)));
            shapes.push_ring(&points.collect::<Vec<_>>(), number == 0);
        }
    }
    shapes.end_feature();
    shapes
}
