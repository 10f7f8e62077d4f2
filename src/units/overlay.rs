//! 叠置法: the polygons of several layers laid over one another inside the graded area. Ground that a layer does not cover is a piece too.

use super::{Ground, Pieces};
use crate::ingest::overlaps::overlapping;
use crate::ingest::survey::Layer;
use crate::land::{Outcome, Texts, cancel};
use crate::scale;
use crate::space::index::BoxIndex;
use crate::space::planar::{as_geo, placed};
use crate::space::{Extent, Kind, Point, Shape, Shapes, clip, measure};
use geo::orient::Direction;
use geo::{BooleanOps, MultiPolygon, Orient, unary_union};
use std::collections::BTreeMap;

/// Metres: the overlay's grid divides the extent of what it works on by some 2³⁰, which is less for any city.
const TOLERANCE: f64 = 1e-3;

/// What ground without a polygon is called.
const NONE: &str = "-";

/// The pieces, named by the labels of the polygons they lie in: `A12/industrial`.
pub(super) fn pieces(ground: &Ground<'_>) -> Outcome<Pieces> {
    let mut names: Vec<String> = vec![String::new(); ground.area.len()];
    let mut shapes = ground.area.clone();
    for (number, layer) in ground.overlay.iter().enumerate() {
        let layer = disjoint(layer)?;
        let cut = cut(&shapes, &layer)?;
        let label = |polygon: Option<u32>| polygon.map_or(NONE, |polygon| layer.labels.get(polygon as usize));
        let joined = |&(piece, polygon): &(u32, Option<u32>)| match (number, &names[piece as usize]) {
            (0, _) => label(polygon).to_string(),
            (_, before) => format!("{before}/{}", label(polygon)),
        };
        names = cut.of.iter().map(joined).collect();
        shapes = Shapes::new(Kind::Polygon);
        cut.shapes.iter().for_each(|shape| shapes.push_shape(shape.get(0)));
    }
    // Polygons of one label, and the parts of one polygon, are pieces of their own.
    let mut by_name: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    names.iter().enumerate().for_each(|(piece, name)| by_name.entry(name).or_default().push(piece));
    let mut pieces = Pieces::new(TOLERANCE);
    for (name, members) in by_name {
        let mut parts = Shapes::new(Kind::Polygon);
        for &member in &members {
            clip::parts(shapes.get(member), TOLERANCE).iter().for_each(|part| parts.push_shape(part));
        }
        pieces.add(name, &parts);
    }
    Ok(pieces)
}

/// Features, and the piece and the polygon each is cut from; no polygon where none covers it.
#[derive(Default)]
struct Cut {
    shapes: Vec<Shapes>,
    of: Vec<(u32, Option<u32>)>,
}

/// Every piece cut by every polygon it meets, and what is left of it.
fn cut(pieces: &Shapes, layer: &Layer) -> Outcome<Cut> {
    let index = BoxIndex::of_shapes(pieces);
    let mut near = Vec::new();
    let (mut pairs, mut met) = (Vec::new(), vec![Vec::new(); pieces.len()]);
    for polygon in 0..layer.shapes.len() as u32 {
        index.touching(layer.shapes.get(polygon as usize).extent(), &mut near);
        for &piece in &near {
            pairs.push((piece, polygon));
            met[piece as usize].push(polygon);
        }
    }
    let shared = scale::chunks(pairs.len(), 64, |chunk| {
        cancel::checkpoint()?;
        Ok(pairs[chunk]
            .iter()
            .map(|&(piece, polygon)| intersection(pieces.get(piece as usize), layer.shapes.get(polygon as usize)))
            .collect::<Vec<Option<Shapes>>>())
    });
    let rest = scale::chunks(pieces.len(), 1, |at| {
        cancel::checkpoint()?;
        Ok(difference(pieces.get(at.start), layer, &met[at.start]))
    });
    let shared = shared.into_iter().collect::<Outcome<Vec<_>>>()?.into_iter().flatten();
    let rest = rest.into_iter().collect::<Outcome<Vec<_>>>()?.into_iter();
    let mut cut = Cut::default();
    let shared = pairs.iter().zip(shared).map(|(&(piece, polygon), shape)| (shape, piece, Some(polygon)));
    for (shape, piece, polygon) in shared.chain((0..).zip(rest).map(|(piece, shape)| (shape, piece, None))) {
        if let Some(shape) = shape {
            cut.shapes.push(shape);
            cut.of.push((piece, polygon));
        }
    }
    Ok(cut)
}

/// `None` where they share no ground.
fn intersection(piece: Shape<'_>, polygon: Shape<'_>) -> Option<Shapes> {
    let window = polygon.extent();
    let near = clip::to_box(piece, window);
    let origin = middle(window);
    let shared = as_geo(near.get(0), origin).intersection(&as_geo(polygon, origin).orient(Direction::Default));
    kept(&shared, origin)
}

/// The piece less the polygons; `None` where nothing is left of it.
fn difference(piece: Shape<'_>, layer: &Layer, polygons: &[u32]) -> Option<Shapes> {
    let origin = middle(piece.extent());
    let cover: Vec<MultiPolygon> = polygons
        .iter()
        .map(|&polygon| as_geo(layer.shapes.get(polygon as usize), origin).orient(Direction::Default))
        .collect();
    let whole = as_geo(piece, origin);
    if cover.is_empty() {
        return kept(&whole, origin);
    }
    kept(&whole.difference(&unary_union(&cover)), origin)
}

fn kept(polygons: &MultiPolygon, origin: Point) -> Option<Shapes> {
    let shape = placed(polygons, origin, &|corner| corner);
    (!shape.get(0).is_empty()).then_some(shape)
}

fn middle(extent: Extent) -> Point {
    Point::new((extent.min.x + extent.max.x) / 2.0, (extent.min.y + extent.max.y) / 2.0)
}

/// The layer with ground that several polygons claim left to the first of them; a finding has told of it.
fn disjoint(layer: &Layer) -> Outcome<Layer> {
    let areas: Vec<f64> = layer.shapes.iter().map(|shape| measure::area(shape)).collect();
    let mut taken: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for pair in overlapping(&layer.shapes, &areas, 1e-6)? {
        taken.entry(pair.other).or_default().push(pair.one);
    }
    if taken.is_empty() {
        return Ok(layer.clone());
    }
    let (mut shapes, mut labels) = (Shapes::new(Kind::Polygon), Texts::default());
    for polygon in 0..layer.shapes.len() {
        let left = match taken.get(&(polygon as u32)) {
            Some(earlier) => difference(layer.shapes.get(polygon), layer, earlier),
            None => Some(layer.shapes.gather(&[polygon as u32])),
        };
        if let Some(left) = left {
            shapes.push_shape(left.get(0));
            labels.push(layer.labels.get(polygon));
        }
    }
    Ok(Layer { name: layer.name.clone(), shapes, columns: Vec::new(), labels })
}
