//! What lies under the grades: roads, water and districts, from the layers of the release and from files the layout names.

use super::layout::{Draw, FilePlan, Layout, UnderlayPlan};
use super::svg::{Anchor, Look, Svg};
use super::view::View;
use crate::formats::style::Colour;
use crate::ingest::readers::vector;
use crate::land::{Fault, Outcome, Texts};
use crate::release::Release;
use crate::say;
use crate::space::crs::Transform;
use crate::space::{Crs, Extent, Kind, Point, Shapes};
use std::borrow::Cow;

/// A layer with how it is drawn; names where they are written.
struct Drawn<'a> {
    draw: Draw,
    shapes: Cow<'a, Shapes>,
    names: Option<Texts>,
}

/// Everything underneath.
pub struct Underlay<'a> {
    layers: Vec<Drawn<'a>>,
}

const WATER: Colour = [166, 206, 227];
const SHORE: Colour = [90, 150, 190];
const ROAD: Colour = [120, 120, 120];
const BORDER: Colour = [60, 60, 60];
const BAND: Colour = [226, 205, 232];
/// Times the text.
const BORDER_WIDTH: f64 = 0.1;
const BAND_WIDTH: f64 = 0.5;
const RIVER_WIDTH: f64 = 0.18;

impl<'a> Underlay<'a> {
    /// The layers of a release whose key or name the layout names, the network, and the layout's own files.
    ///
    /// # Errors
    /// What reading and transforming the files says; `missing-crs` of one that tells no system.
    pub fn of(release: &'a Release, layout: &Layout) -> Outcome<Underlay<'a>> {
        let mut layers = Vec::new();
        for (head, layer) in release.head.factors.iter().zip(&release.layers) {
            let Some(layer) = layer else { continue };
            if let Some(draw) = kind(&layout.underlay, &[&head.key, &head.name, &layer.name], layer.shapes.kind) {
                layers.push(Drawn { draw, shapes: Cow::Borrowed(&layer.shapes), names: None });
            }
        }
        for barrier in &release.barriers {
            let walls = &barrier.walls;
            if let Some(draw) = kind(&layout.underlay, &[&walls.name], walls.shapes.kind) {
                layers.push(Drawn { draw, shapes: Cow::Borrowed(&walls.shapes), names: None });
            }
        }
        let network = release.network.iter();
        layers.extend(network.map(|own| Drawn { draw: Draw::Road, shapes: Cow::Borrowed(&own.shapes), names: None }));
        for plan in &layout.underlay.files {
            layers.push(file(plan, layout, &release.head.crs)?);
        }
        Ok(Underlay { layers })
    }

    /// Every layer with how it is drawn, the lowest first.
    pub fn drawn(&self) -> impl Iterator<Item = (Draw, &Shapes)> {
        self.layers.iter().map(|layer| (layer.draw, &*layer.shapes))
    }

    /// Whether anything is drawn so.
    pub fn has(&self, draw: Draw) -> bool {
        self.layers.iter().any(|layer| layer.draw == draw)
    }

    /// Whether a line that is drawn so, or a sheet of water, comes to lie on a sheet.
    pub fn shows(&self, draw: Draw, view: &View) -> bool {
        let sheet = view.extent();
        let crosses = |pair: &[Point]| Extent::of(pair).touches(sheet);
        self.layers_of(draw).any(|layer| {
            layer.shapes.iter().filter(|shape| shape.extent().touches(sheet)).any(|shape| {
                let is_area = draw == Draw::Water && shape.kind == Kind::Polygon;
                is_area || shape.rings().any(|ring| ring.points.windows(2).any(crosses))
            })
        })
    }

    /// Sheets of water, under everything.
    pub fn water(&self, svg: &mut Svg, view: &View, text: f64) {
        for layer in self.layers_of(Draw::Water).filter(|layer| layer.shapes.kind == Kind::Polygon) {
            svg.path(&path(layer, view), Some((WATER, 1.0)), 0.04 * text, SHORE, &[]);
        }
    }

    /// Districts, roads and rivers over the colours of the grades, in this order: a border that follows a river or a road lies on both sides
    /// of it as a pale band.
    pub fn lines(&self, svg: &mut Svg, view: &View, text: f64) {
        let borders: Vec<String> = self.layers_of(Draw::District).map(|layer| path(layer, view)).collect();
        borders.iter().for_each(|path| svg.path(path, None, BAND_WIDTH * text, BAND, &[]));
        borders.iter().for_each(|path| svg.path(path, None, BORDER_WIDTH * text, BORDER, &dashes(text)));
        for layer in self.layers_of(Draw::Road) {
            svg.path(&path(layer, view), None, 0.07 * text, ROAD, &[]);
        }
        for layer in self.layers_of(Draw::Water).filter(|layer| layer.shapes.kind == Kind::Line) {
            svg.path(&path(layer, view), None, RIVER_WIDTH * text, SHORE, &[]);
        }
    }

    fn layers_of(&self, draw: Draw) -> impl Iterator<Item = &Drawn<'a>> {
        self.layers.iter().filter(move |layer| layer.draw == draw)
    }

    /// The names of what has names: where each is, and the text.
    pub fn names(&self) -> impl Iterator<Item = (crate::space::Shape<'_>, String)> {
        self.layers.iter().filter(|layer| layer.shapes.kind == Kind::Polygon).flat_map(|layer| {
            let names = layer.names.iter();
            names.flat_map(|names| (0..names.len()).map(|at| (layer.shapes.get(at), names.get(at).to_string())))
        })
    }

    /// Samples of what there is, for the legend.
    pub fn sample(draw: Draw, svg: &mut Svg, (x, y): (f64, f64), wide: f64, text: f64) {
        let (colour, line, dashes_of_line) = match draw {
            Draw::Road => (ROAD, 0.07 * text, vec![]),
            Draw::Water => (SHORE, RIVER_WIDTH * text, vec![]),
            Draw::District => (BORDER, BORDER_WIDTH * text, dashes(text).to_vec()),
        };
        let path = format!("M{x:.2} {y:.2}L{:.2} {y:.2}", x + wide);
        if draw == Draw::District {
            svg.path(&path, None, BAND_WIDTH * text, BAND, &[]);
        }
        svg.path(&path, None, line, colour, &dashes_of_line);
    }
}

/// How a name of an area is written on the map.
pub fn name_look(text: f64) -> Look {
    Look::new(1.25 * text, Anchor::Middle).coloured([70, 70, 110]).with_halo()
}

fn dashes(text: f64) -> [f64; 4] {
    [1.2 * text, 0.5 * text, 0.2 * text, 0.5 * text]
}

fn path(layer: &Drawn<'_>, view: &View) -> String {
    let mut path = String::new();
    let closed = layer.shapes.kind == Kind::Polygon;
    layer.shapes.iter().for_each(|shape| view.path(shape, closed, &mut path));
    path
}

/// How the layout draws a layer of the release; points are not drawn.
fn kind(plan: &UnderlayPlan, names: &[&str], kind: Kind) -> Option<Draw> {
    let holds = |words: &[String]| words.iter().any(|word| names.iter().any(|name| name.contains(word.as_str())));
    match kind {
        Kind::Point => None,
        _ if holds(&plan.water) => Some(Draw::Water),
        Kind::Line if holds(&plan.roads) => Some(Draw::Road),
        Kind::Line | Kind::Polygon => None,
    }
}

fn file<'a>(plan: &FilePlan, layout: &Layout, crs: &Crs) -> Outcome<Drawn<'a>> {
    let path = layout.folder.join(&plan.source);
    let fields: Vec<&str> = plan.name.iter().map(String::as_str).collect();
    let mut raw = vector::read(&path, plan.layer.as_deref(), &fields, plan.encoding.as_deref())?;
    let stated = plan.crs.as_deref().map(Crs::parse).transpose()?;
    let own = stated.or(raw.crs.take()).ok_or_else(|| {
        Fault::new(
            "missing-crs",
            say!("the layer tells no coordinate system", "图层没有坐标系"),
            say!("write `crs` beside its `source` in the layout", "请在版式文件中其 source 旁写明 crs"),
        )
        .at(path.display())
    })?;
    if !own.same_as(crs) {
        Transform::new(&own, crs)?.apply(raw.shapes.points_mut())?;
    }
    let names = raw
        .columns
        .first()
        .map(|column| (0..raw.shapes.len()).map(|row| column.values.get(row).to_string()).collect::<Texts>());
    Ok(Drawn { draw: plan.draw, shapes: Cow::Owned(raw.shapes), names })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sheets::paper::Rect;
    use crate::space::Point;

    /// A river that is the border of two districts is drawn last, its border first.
    #[test]
    fn a_border_along_a_river_lies_below_it() {
        let mut shapes = Shapes::new(Kind::Line);
        shapes.push_ring(&[Point::new(-40.0, 0.0), Point::new(40.0, 0.0)], true);
        shapes.end_feature();
        let drawn = |draw: Draw| Drawn { draw, shapes: Cow::Borrowed(&shapes), names: None };
        let underlay = Underlay { layers: vec![drawn(Draw::Water), drawn(Draw::District)] };
        let map = Rect { left: 0.0, top: 0.0, width: 100.0, height: 100.0 };
        let view = View { map, centre: Point::new(0.0, 0.0), scale: 1000.0 };
        let mut svg = Svg::new(100.0, 100.0, "x");
        underlay.lines(&mut svg, &view, 2.5);
        let page = svg.finish();
        let colours: Vec<&str> = page.match_indices("stroke=\"#").map(|(at, _)| &page[at + 8..at + 15]).collect();
        assert_eq!(colours, ["#e2cde8", "#3c3c3c", "#5a96be"], "band, dashes, river");
    }
}
