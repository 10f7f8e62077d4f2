//! Which places lie in polygons of a layer.

use super::{Kind, Point, Shapes, measure};
use crate::scale;

/// For each place whether a polygon holds it; `counts` tells which rows count for a place.
pub fn held(places: &[Point], shapes: &Shapes, counts: impl Fn(usize, usize) -> bool + Sync) -> Vec<bool> {
    let mut found = vec![false; places.len()];
    if shapes.kind != Kind::Polygon {
        return found;
    }
    let hits = scale::map(shapes.len(), |row| {
        let shape = shapes.get(row);
        let extent = shape.extent();
        let lies = |(at, place): &(usize, &Point)| {
            extent.contains(**place) && counts(*at, row) && measure::covers(shape, **place)
        };
        places.iter().enumerate().filter(lies).map(|(at, _)| at).collect::<Vec<usize>>()
    });
    hits.into_iter().flatten().for_each(|at| found[at] = true);
    found
}
