//! Which ground without a grade of its use is seen on a sheet, so that its legend explains that and no more.

use super::content::Content;
use super::layout::Draw;
use super::underlay::Underlay;
use super::view::View;
use crate::space::{Kind, Shape};

/// What is seen beside the grades.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Seen {
    /// Ground of other uses.
    pub others: bool,
    /// Ground of other uses lies under that of this one as well.
    pub both: bool,
    /// Ground of no use: within the districts, where the layout draws their ground.
    pub bare: bool,
    /// Lines of districts, roads, and water.
    pub districts: bool,
    pub roads: bool,
    pub water: bool,
}

impl Seen {
    pub const ALL: Seen = Seen { others: true, both: true, bare: true, districts: true, roads: true, water: true };

    pub fn line(self, draw: Draw) -> bool {
        match draw {
            Draw::District => self.districts,
            Draw::Road => self.roads,
            Draw::Water => self.water,
        }
    }
}

const OWN: u8 = 1;
const OTHER: u8 = 2;
const WATER: u8 = 4;
const CITY: u8 = 8;

/// Columns of the squares that a map is looked at through, and how many of them the eye takes notice of.
const COLUMNS: usize = 240;
const NOTICED: usize = 4;

/// Looks at a sheet through squares.
pub fn seen(view: &View, content: &Content<'_>, underlay: &Underlay<'_>) -> Seen {
    let mut squares = Squares::new(view);
    let mut paint = |fills: &[super::content::Fill<'_>], bit: u8| {
        for fill in fills {
            fill.rows.iter().for_each(|&row| squares.paint(fill.shapes.get(row), view, bit));
        }
    };
    paint(&content.fills, OWN);
    paint(&content.borders, OWN);
    paint(&content.others, OTHER);
    let mut city = false;
    for (draw, shapes) in underlay.drawn().filter(|(_, shapes)| shapes.kind == Kind::Polygon) {
        let bit = match draw {
            Draw::Water => WATER,
            Draw::District => CITY,
            Draw::Road => continue,
        };
        city |= bit == CITY;
        shapes.iter().for_each(|shape| squares.paint(shape, view, bit));
    }
    let noticed = |holds: &dyn Fn(u8) -> bool| squares.bits.iter().filter(|bits| holds(**bits)).count() >= NOTICED;
    Seen {
        others: noticed(&|bits| bits & (OWN | OTHER) == OTHER),
        both: squares.bits.iter().any(|bits| bits & (OWN | OTHER) == OWN | OTHER),
        bare: noticed(&|bits| bits & (OWN | OTHER | WATER) == 0 && (!city || bits & CITY != 0)),
        districts: underlay.shows(Draw::District, view),
        roads: underlay.shows(Draw::Road, view),
        water: underlay.shows(Draw::Water, view),
    }
}

/// A map in squares, each with the bits of what its middle lies in.
struct Squares {
    columns: usize,
    side: f64,
    bits: Vec<u8>,
    /// Of the shape that is painted: where its border crosses the middle of a row.
    crossings: Vec<Vec<f64>>,
}

impl Squares {
    fn new(view: &View) -> Squares {
        let side = view.map.width / COLUMNS as f64;
        let rows = (view.map.height / side).floor().max(1.0) as usize;
        Squares { columns: COLUMNS, side, bits: vec![0; COLUMNS * rows], crossings: vec![Vec::new(); rows] }
    }

    fn paint(&mut self, shape: Shape<'_>, view: &View, bit: u8) {
        if !shape.extent().touches(view.extent()) {
            return;
        }
        let in_squares = |at: f64, from: f64| (at - from) / self.side - 0.5;
        for ring in shape.rings() {
            for pair in ring.points.windows(2) {
                let [(x0, y0), (x1, y1)] = [pair[0], pair[1]].map(|point| {
                    let (x, y) = view.place(point);
                    (in_squares(x, view.map.left), in_squares(y, view.map.top))
                });
                // Rows whose middle the segment crosses: half-open, so that a corner counts once.
                let (first, last) = (y0.min(y1).ceil().max(0.0), y0.max(y1).ceil().min(self.crossings.len() as f64));
                for row in first as usize..last.max(0.0) as usize {
                    self.crossings[row].push(x0 + (x1 - x0) * (row as f64 - y0) / (y1 - y0));
                }
            }
        }
        for (row, crossings) in self.crossings.iter_mut().enumerate().filter(|(_, row)| !row.is_empty()) {
            crossings.sort_by(f64::total_cmp);
            for pair in crossings.chunks_exact(2) {
                let column = |at: f64| at.ceil().clamp(0.0, self.columns as f64) as usize;
                let start = row * self.columns;
                self.bits[start + column(pair[0])..start + column(pair[1])].iter_mut().for_each(|own| *own |= bit);
            }
            crossings.clear();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sheets::paper::Rect;
    use crate::space::{Point, Shapes};

    /// 240 by 120 squares of 1 mm, 1 m each: a rectangle of 60 by 30 m with a hole of 20 by 10 has 1600 of them.
    #[test]
    fn a_shape_fills_as_many_squares_as_it_has_square_metres() {
        let map = Rect { left: 5.0, top: 7.0, width: 240.0, height: 120.0 };
        let view = View { map, centre: Point::new(120.0, 60.0), scale: 1000.0 };
        let mut shapes = Shapes::new(Kind::Polygon);
        for (at, (west, south, wide, high)) in [(10.0, 20.0, 60.0, 30.0), (30.0, 30.0, 20.0, 10.0)].iter().enumerate() {
            let (east, north) = (west + wide, south + high);
            let ring = [(*west, *south), (east, *south), (east, north), (*west, north), (*west, *south)];
            shapes.push_ring(&ring.map(|(x, y)| Point::new(x, y)), at == 0);
        }
        shapes.end_feature();
        let mut squares = Squares::new(&view);
        squares.paint(shapes.get(0), &view, OTHER);
        assert_eq!(squares.bits.iter().filter(|bits| **bits == OTHER).count(), 1600);
        assert!(squares.crossings.iter().all(Vec::is_empty));
    }
}
