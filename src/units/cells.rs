//! Square cells counted from the origin of the coordinate system, so that a cell bears the same name in every release.

use super::Pieces;
use crate::land::{Fault, Outcome, cancel};
use crate::space::{Extent, Kind, Point, Ring, Shapes, clip, measure};
use crate::{say, scale};

/// Metres: what rounding may set apart of a crossing with a cell's side.
const TOLERANCE: f64 = 1e-6;

/// More cells than this are refused: their numbers would not fit the flat arrays.
const MOST: f64 = 5e7;

/// Blocks along the longer side of the area that cells are cut from.
const BLOCKS: f64 = 16.0;

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Cell {
    /// Metres.
    pub size: f64,
    /// Cells of this size from the origin, eastward and northward.
    pub column: i64,
    pub row: i64,
}

impl Cell {
    pub fn extent(self) -> Extent {
        let at = |column: i64, row: i64| Point::new(column as f64 * self.size, row as f64 * self.size);
        Extent { min: at(self.column, self.row), max: at(self.column + 1, self.row + 1) }
    }

    fn quarters(self) -> [Cell; 4] {
        let quarter = |east: i64, north: i64| Cell {
            size: self.size / 2.0,
            column: 2 * self.column + east,
            row: 2 * self.row + north,
        };
        [quarter(0, 0), quarter(1, 0), quarter(0, 1), quarter(1, 1)]
    }

    /// Whether a cell no larger lies in it.
    pub fn holds(self, cell: Cell) -> bool {
        let times = (self.size / cell.size).round() as i64;
        (cell.column.div_euclid(times), cell.row.div_euclid(times)) == (self.column, self.row)
    }

    /// Its size and its lower left corner in cells: `50E10021N76440`.
    pub fn name(self) -> String {
        format!("{}E{}N{}", self.size, self.column, self.row)
    }
}

/// What of a cell lies in the graded area.
enum Held {
    Whole,
    /// One feature, as [`clip::to_box`] cuts it.
    Part(Shapes),
}

/// A cell with ground in it.
pub(super) struct Tile {
    pub cell: Cell,
    held: Held,
}

impl Tile {
    /// `None` where the cell holds no ground.
    fn of(cell: Cell, cut: Shapes) -> Option<Tile> {
        let extent = cell.extent();
        let corner =
            |p: &Point| (p.x == extent.min.x || p.x == extent.max.x) && (p.y == extent.min.y || p.y == extent.max.y);
        if cut.get(0).points().iter().any(|point| !corner(point)) {
            return Some(Tile { cell, held: Held::Part(cut) });
        }
        // Rings around the whole cell, or along its sides and back.
        let covers = |ring: Ring<'_>| measure::twice_signed_area(ring.points).abs() > cell.size * cell.size;
        let times: i32 =
            cut.get(0).rings().filter(|&ring| covers(ring)).map(|ring| if ring.outer { 1 } else { -1 }).sum();
        (times > 0).then_some(Tile { cell, held: Held::Whole })
    }

    /// Its quarters that hold ground.
    pub fn quarters(&self) -> impl Iterator<Item = Tile> {
        self.cell.quarters().into_iter().filter_map(|cell| match &self.held {
            Held::Whole => Some(Tile { cell, held: Held::Whole }),
            Held::Part(part) => Tile::of(cell, clip::to_box(part.get(0), cell.extent())),
        })
    }

    /// Adds the tiles it falls into when it is quartered `times` times.
    pub fn descend(self, times: u32, tiles: &mut Vec<Tile>) {
        match times {
            0 => tiles.push(self),
            _ => self.quarters().for_each(|quarter| quarter.descend(times - 1, tiles)),
        }
    }

    /// Adds its ground as one feature; pieces may hang together by stretches along the cell's sides.
    pub fn push(&self, shapes: &mut Shapes) {
        match &self.held {
            Held::Whole => {
                let Extent { min, max } = self.cell.extent();
                let ring = [min, Point::new(max.x, min.y), max, Point::new(min.x, max.y), min];
                shapes.push_ring(&ring, true);
                shapes.end_feature();
            }
            Held::Part(part) => shapes.push_shape(part.get(0)),
        }
    }
}

/// The cells of a size that hold ground of the area.
///
/// # Errors
/// `too-many-cells`; `cancelled`.
pub(super) fn covering(area: &Shapes, size: f64) -> Outcome<Vec<Tile>> {
    let extent = area.extent();
    let count = (extent.width() / size).ceil() * (extent.height() / size).ceil();
    if count > MOST {
        return Err(Fault::new(
            "too-many-cells",
            say!(
                "cells of {size} m over the graded area are {count:.0}",
                "定级范围按 {size} 米划分将有 {count:.0} 个单元"
            ),
            say!("take larger cells", "请加大单元尺寸"),
        ));
    }
    let mut whole = Shapes::new(Kind::Polygon);
    area.iter().flat_map(|shape| shape.rings()).for_each(|ring| whole.push_ring(ring.points, ring.outer));
    whole.end_feature();
    let doublings = (extent.width().max(extent.height()) / (size * BLOCKS)).log2().ceil().max(0.0);
    let block = size * doublings.exp2();
    let first = |low: f64| (low / block).floor() as i64;
    let (columns, rows) = (first(extent.min.x)..=first(extent.max.x), first(extent.min.y)..=first(extent.max.y));
    let blocks: Vec<Cell> =
        rows.flat_map(|row| columns.clone().map(move |column| Cell { size: block, column, row })).collect();
    let tiles = scale::chunks(blocks.len(), 1, |at| {
        cancel::checkpoint()?;
        let (cell, mut tiles) = (blocks[at.start], Vec::new());
        if let Some(tile) = Tile::of(cell, clip::to_box(whole.get(0), cell.extent())) {
            tile.descend(doublings as u32, &mut tiles);
        }
        Ok(tiles)
    });
    Ok(tiles.into_iter().collect::<Outcome<Vec<_>>>()?.into_iter().flatten().collect())
}

/// The ground of cells as pieces of one part each.
///
/// # Errors
/// `cancelled`.
pub(super) fn pieces(tiles: &[Tile]) -> Outcome<Pieces> {
    let chunks = scale::chunks(tiles.len(), 1024, |chunk| {
        cancel::checkpoint()?;
        let mut pieces = Pieces::new(TOLERANCE);
        for tile in &tiles[chunk] {
            let mut ground = Shapes::new(Kind::Polygon);
            tile.push(&mut ground);
            match tile.held {
                Held::Whole => pieces.add(&tile.cell.name(), &ground),
                Held::Part(_) => pieces.add(&tile.cell.name(), &clip::parts(ground.get(0), TOLERANCE)),
            }
        }
        Ok(pieces)
    });
    let mut all = Pieces::new(TOLERANCE);
    for pieces in chunks {
        let pieces = pieces?;
        pieces.names.iter().for_each(|name| all.names.push(name));
        pieces.shapes.iter().for_each(|shape| all.shapes.push_shape(shape));
    }
    Ok(all)
}
