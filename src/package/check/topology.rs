//! T1, T2, T6, T8: shapes by themselves, and points in the range.

use super::read::{Layer, Package, Rows};
use super::{Found, Item};
use crate::ingest::overlaps::overlapping;
use crate::ingest::readers::vector::Trouble;
use crate::ingest::validity::Checker;
use crate::land::Outcome;
use crate::package::rules::{Content, Source};
use crate::space::bands::Bands;
use crate::space::index::BoxIndex;
use crate::space::outline::Outline;
use crate::space::{Extent, Kind, Point, Shape, Shapes, measure};
use crate::{say, scale};
use std::collections::BTreeMap;

/// A polygon of more corners is a large one.
const LARGE: usize = 500;

/// Rows looked at in one piece of work.
const ROWS: usize = 1024;

/// Layers of polygons.
pub(super) fn polygons<'p>(package: &'p Package<'_>) -> impl Iterator<Item = &'p Layer<'p>> {
    package.layers.iter().filter(|layer| layer.is_placed && layer.shapes.kind == Kind::Polygon)
}

pub(super) fn valid(package: &Package<'_>) -> Found {
    let mut items = Vec::new();
    for layer in &package.layers {
        for (row, trouble) in &layer.troubles {
            let what = match trouble {
                Trouble::Null | Trouble::Empty => say!("the row has no geometry", "要素没有图形"),
                Trouble::OtherKind(code) => {
                    say!("the geometry is of another kind (WKB {code})", "几何类型不同(WKB {code})")
                }
                Trouble::Broken => say!("the geometry cannot be read", "图形无法读取"),
                Trouble::Unclosed => say!("a ring is not closed", "环未闭合"),
                Trouble::HeightDropped => continue,
            };
            items.push(Item::of(&layer.path, what).in_row(*row + 1));
        }
    }
    let limits = package.rules.limits;
    for layer in polygons(package) {
        let is_drawn = matches!(layer.rule.of, Content::Grades | Content::Range | Content::Areas | Content::Districts);
        let look = |checker: &mut Checker, row: usize| {
            let shape = layer.shapes.get(row);
            if let Some(invalid) = checker.check(shape) {
                return Some(Item::of(&layer.path, invalid.text()).in_row(row + 1).at(invalid.place()));
            }
            let thin = sliver(shape, limits.sliver_area, limits.sliver_width).filter(|_| is_drawn);
            thin.map(|what| Item::of(&layer.path, what).in_row(row + 1).at(measure::point_on_surface(shape)))
        };
        let found = scale::chunks_with(layer.shapes.len(), ROWS, Checker::default, |checker, rows| {
            rows.filter_map(|row| look(checker, row)).collect::<Vec<_>>()
        });
        items.extend(found.into_iter().flatten());
    }
    Ok(items)
}

/// A polygon too small, or too thin: twice its area over its perimeter.
fn sliver(shape: Shape<'_>, least: f64, narrowest: f64) -> Option<crate::land::Text> {
    let area = measure::area(shape);
    if area < least {
        return Some(say!("{area:.2} m² is less than {least}", "面积 {area:.2} m²,小于 {least}"));
    }
    let sides = shape.rings().flat_map(|ring| ring.points.windows(2)).map(|pair| pair[0].distance(pair[1]));
    let width = 2.0 * area / sides.sum::<f64>();
    (width < narrowest)
        .then(|| say!("{width:.3} m wide, less than {narrowest}", "平均宽度 {width:.3} m,小于 {narrowest}"))
}

pub(super) fn overlaps(package: &Package<'_>) -> Outcome<Found> {
    let mut items = Vec::new();
    for layer in polygons(package) {
        // One layer may hold the ground of several uses.
        let mut groups: BTreeMap<Option<usize>, Vec<u32>> = BTreeMap::new();
        for row in 0..layer.shapes.len() {
            groups.entry(layer.use_of_row(package.rules, row)).or_default().push(row as u32);
        }
        for rows in groups.values() {
            let shapes = layer.shapes.gather(rows);
            // Large polygons are only held against one another where their outlines meet.
            let largest = shapes.iter().map(|shape| shape.points().len()).max().unwrap_or(0);
            let suspects = (largest > LARGE).then(|| Outline::of(&shapes).suspects(&shapes));
            let (shapes, rows) = match suspects {
                Some(suspects) => {
                    let numbers: Vec<u32> = suspects.iter().map(|&at| rows[at as usize]).collect();
                    (shapes.gather(&suspects), numbers)
                }
                None => (shapes, rows.clone()),
            };
            let areas: Vec<f64> = shapes.iter().map(measure::area).collect();
            for found in overlapping(&shapes, &areas, package.rules.limits.overlap)? {
                let (one, other) = (rows[found.one as usize] as usize, rows[found.other as usize] + 1);
                let area = found.area;
                let what = say!("it overlaps row {other} by {area:.3} m²", "与第 {other} 行重叠 {area:.3} m²");
                items.push(Item::of(&layer.path, what).in_row(one + 1).at(Some(found.place)));
            }
        }
    }
    Ok(Ok(items))
}

pub(super) fn parts(package: &Package<'_>) -> Found {
    let mut items = Vec::new();
    for layer in package.of(Content::Grades) {
        for row in 0..layer.rows() {
            let (parts, label) = (layer.shapes.get(row).parts(), layer.text(Source::GradeName, row));
            if parts > 1 && !layer.rule.several_parts.contains(&label) {
                items.push(
                    Item::of(&layer.path, say!("{label} has {parts} parts", "{label} 含 {parts} 个部分"))
                        .in_row(row + 1),
                );
            }
        }
    }
    Ok(items)
}

/// The ground that points and lines must lie on: the range, else the grades.
pub(super) fn ground(package: &Package<'_>) -> Option<Shapes> {
    let of = |content| {
        let mut all = Shapes::new(Kind::Polygon);
        let layers = package.of(content).filter(|layer| layer.shapes.kind == Kind::Polygon);
        layers.flat_map(|layer| layer.shapes.iter()).for_each(|shape| all.push_shape(shape));
        (!all.is_empty()).then_some(all)
    };
    of(Content::Range).or_else(|| of(Content::Grades))
}

/// Polygons to ask whether one of them covers a place.
pub(super) struct Ground<'s> {
    shapes: Vec<Bands<'s>>,
    index: BoxIndex,
}

impl<'s> Ground<'s> {
    pub fn new(shapes: &'s Shapes) -> Ground<'s> {
        Ground { shapes: shapes.iter().map(Bands::new).collect(), index: BoxIndex::of_shapes(shapes) }
    }

    /// The polygons that cover a place.
    pub fn covering(&self, place: Point) -> Vec<u32> {
        let mut near = Vec::new();
        self.index.touching(Extent::of(&[place]), &mut near);
        near.retain(|&at| self.shapes[at as usize].covers(place));
        near
    }

    pub fn covers(&self, place: Point) -> bool {
        !self.covering(place).is_empty()
    }
}

pub(super) fn points(package: &Package<'_>) -> Found {
    let layers: Vec<&Layer<'_>> =
        package.layers.iter().filter(|layer| layer.is_placed && layer.shapes.kind == Kind::Point).collect();
    if layers.is_empty() {
        return Err(say!("the package has no layer of points", "成果包中没有点图层"));
    }
    let Some(shapes) = ground(package) else {
        return Err(say!("the package has neither range nor grades", "成果包中没有定级范围和级别图层"));
    };
    let ground = Ground::new(&shapes);
    let mut items = Vec::new();
    for layer in layers {
        for row in 0..layer.rows() {
            // A sample that no price is made from may lie anywhere.
            let aside = layer.field(Source::Used).is_some() && layer.text(Source::Used, row) == "0";
            let places = layer.shapes.get(row).points();
            if let Some(place) = places.iter().find(|place| !aside && !ground.covers(**place)) {
                items.push(
                    Item::of(&layer.path, say!("the point lies outside the range", "点在定级范围之外"))
                        .in_row(row + 1)
                        .at(Some(*place)),
                );
            }
        }
    }
    Ok(items)
}
