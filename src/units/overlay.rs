//! 叠置法: the polygons of several layers laid over one another inside the graded area. Ground that a layer does not cover is a piece too;
//! ground that several polygons of a layer claim is the smallest one's.

use super::{Pieces, SNAP};
use crate::ingest::survey::Layer;
use crate::land::{Fault, Outcome};
use crate::space::faces::{Cover, Faces};
use crate::space::{Kind, Point, Shapes};
use crate::{say, scale};
use std::collections::BTreeMap;

/// What ground without a polygon is called.
const NONE: &str = "none";

/// Metres: pieces share every corner to the bit.
const TOLERANCE: f64 = 1e-9;

/// The pieces, named by the labels of the polygons they lie in: `A12/industrial`.
///
/// # Errors
/// As [`Faces::of`]; `layer-elsewhere` where a layer covers none of the graded area.
pub(super) fn pieces(area: &Shapes, overlay: &[Layer]) -> Outcome<Pieces> {
    let layers: Vec<&Shapes> = std::iter::once(area).chain(overlay.iter().map(|layer| &layer.shapes)).collect();
    let faces = Faces::of(&layers, SNAP)?;
    let covers: Vec<Cover<'_>> = layers.iter().map(|shapes| Cover::new(shapes)).collect();
    let label = |layer: &Layer, polygon: Option<u32>| match polygon {
        Some(polygon) => layer.labels.get(polygon as usize).to_string(),
        None => NONE.to_string(),
    };
    for (layer, cover) in overlay.iter().zip(&covers[1..]) {
        let mut near = Vec::new();
        let mut both = |&place: &Point| {
            covers[0].smallest(place, &mut near).is_some() && cover.smallest(place, &mut near).is_some()
        };
        if !faces.places().iter().any(&mut both) {
            let name = &layer.name;
            return Err(Fault::new(
                "layer-elsewhere",
                say!(
                    "{name}, a layer of the overlay, covers none of the graded area",
                    "叠置图层 {name} 与定级范围没有重叠"
                ),
                say!("check the layer's coordinate system, or leave it out", "请检查该图层的坐标系,或去掉该图层"),
            ));
        }
    }
    let names = scale::chunks_with(faces.places().len(), 1024, Vec::new, |near, chunk| {
        let name = |&place| {
            covers[0].smallest(place, near)?;
            let labels = overlay.iter().zip(&covers[1..]);
            let labels = labels.map(|(layer, cover)| label(layer, cover.smallest(place, near)));
            Some(labels.collect::<Vec<String>>().join("/"))
        };
        faces.places()[chunk].iter().map(name).collect::<Vec<Option<String>>>()
    })
    .concat();
    // Polygons of one label are one: regions are numbered by their names, in the order of names.
    let mut numbers: BTreeMap<&str, u32> = names.iter().flatten().map(|name| (name.as_str(), 0)).collect();
    numbers.values_mut().zip(1..).for_each(|(number, at)| *number = at);
    let of_regions: Vec<u32> = names.iter().map(|name| name.as_deref().map_or(0, |name| numbers[name])).collect();
    let (shapes, labels) = faces.joined(&of_regions);
    let mut pieces = Pieces::new(TOLERANCE);
    let names: Vec<&str> = numbers.keys().copied().collect();
    let mut first = 0;
    for parts in labels.chunk_by(|a, b| a == b) {
        let numbers: Vec<u32> = (first..first + parts.len() as u32).collect();
        let mut of_name = Shapes::new(Kind::Polygon);
        numbers.iter().for_each(|&part| of_name.push_shape(shapes.get(part as usize)));
        pieces.add(names[parts[0] as usize - 1], &of_name);
        first += parts.len() as u32;
    }
    Ok(pieces)
}
