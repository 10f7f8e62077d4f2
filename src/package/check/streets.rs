//! T7: route lines.

use super::read::{Layer, Package, Rows};
use super::{Found, Item};
use crate::package::rules::Content;
use crate::say;
use crate::space::fronts::Fronts;
use crate::space::index::BoxIndex;
use crate::space::{Extent, Kind, Point, Shape, Shapes, measure};

pub(super) fn streets(package: &Package<'_>) -> Found {
    let layers: Vec<&Layer<'_>> = package.of(Content::Streets).collect();
    if layers.is_empty() {
        return Err(say!("the package has no route lines", "成果包中没有路线价图层"));
    }
    let mut roads = Shapes::new(Kind::Line);
    let lines = package.of(Content::Roads).filter(|layer| layer.shapes.kind == Kind::Line);
    lines.flat_map(|layer| layer.shapes.iter()).for_each(|shape| roads.push_shape(shape));
    let on_roads = (!roads.is_empty()).then(|| Fronts::new(&roads));
    let mut items = Vec::new();
    for layer in layers {
        for row in 0..layer.rows() {
            let grades = grades(package, layer, row);
            let most = package.rules.limits.road;
            let places = along(layer.shapes.get(row), most);
            if let Some(place) = places.iter().find(|place| !grades.near(**place, most)) {
                let worst = layer.rule.worst_grade.map_or(String::new(), |worst| format!(" 1–{worst}"));
                let what = say!(
                    "the line is more than {most} m off the grades{worst} of its use",
                    "路线距其用途的级别{worst}超过 {most} m"
                );
                items.push(Item::of(&layer.path, what).in_row(row + 1).at(Some(*place)));
            }
            let off = on_roads
                .as_ref()
                .and_then(|roads| places.iter().find(|place| roads.of_point(**place, most).is_empty()));
            if let Some(place) = off {
                let what = say!("the line is more than {most} m off the roads", "路线距道路超过 {most} m");
                items.push(Item::of(&layer.path, what).in_row(row + 1).at(Some(*place)));
            }
        }
    }
    Ok(items)
}

/// Places along lines, none farther than `step` metres from the next.
fn along(shape: Shape<'_>, step: f64) -> Vec<Point> {
    let mut places = Vec::new();
    for pair in shape.rings().flat_map(|ring| ring.points.windows(2)) {
        let [from, to] = [pair[0], pair[1]];
        let pieces = (from.distance(to) / step.max(1.0)).ceil().clamp(1.0, MOST_PIECES);
        let place =
            |at: f64| Point::new(from.x + (to.x - from.x) * at / pieces, from.y + (to.y - from.y) * at / pieces);
        places.extend((0..=pieces as usize).map(|at| place(at as f64)));
    }
    places
}

/// Of one side: a line across a whole county is cut into no more.
const MOST_PIECES: f64 = 100_000.0;

/// The polygons of the grades that a row of a street layer may lie in.
struct Grades<'p> {
    shapes: Vec<(&'p Layer<'p>, u32)>,
    index: BoxIndex,
}

fn grades<'p>(package: &'p Package<'_>, streets: &Layer<'_>, row: usize) -> Grades<'p> {
    let of_use = streets.use_of_row(package.rules, row);
    let worst = streets.rule.worst_grade.unwrap_or(u8::MAX);
    let mut shapes = Vec::new();
    for layer in package.of(Content::Grades).filter(|layer| layer.shapes.kind == Kind::Polygon) {
        let rows = (0..layer.rows()).filter(|&at| {
            let own = layer.use_of_row(package.rules, at);
            (own == of_use || own.is_none()) && layer.grade_of_row(at) <= worst
        });
        shapes.extend(rows.map(|at| (layer, at as u32)));
    }
    let index = BoxIndex::new(shapes.iter().map(|(layer, at)| layer.shapes.get(*at as usize).extent()));
    Grades { shapes, index }
}

impl Grades<'_> {
    /// A street may run between the grades on its sides.
    fn near(&self, place: Point, within: f64) -> bool {
        let mut near = Vec::new();
        self.index.touching(Extent::of(&[place]).grown(within), &mut near);
        near.iter().any(|&at| {
            let (layer, row) = self.shapes[at as usize];
            let shape = layer.shapes.get(row as usize);
            measure::covers(shape, place) || measure::distance(shape, place) <= within
        })
    }
}
