//! The ground plan: wards (街坊, the lattice cells) of blocks of pieces, the finest parcels of any year, with streets and parks between them.

use super::blocks;
use super::cell::{Cell, Side};
use super::lattice::{Lattice, RoadClass};
use super::ring::millimetre;
use super::streets::{self, Street};
use super::theme;
use crate::land::random::Random;
use crate::space::{Kind, Point, Shapes};

/// The wanted area of a parcel in the middle of the city, before parks and leftover corners, in m².
const PARCEL: f64 = 1590.0;

/// A lattice cell that is built on.
pub(super) struct Ward {
    pub column: usize,
    pub row: usize,
    /// Whether industry prevails.
    pub industrial: bool,
    /// The ground bounded by the centre lines of its roads.
    pub ground: Vec<Point>,
    pub streets: Vec<Street>,
    pub blocks: Vec<Block>,
    /// District, sub-district and ward: the first 12 characters of a parcel's code.
    pub code: String,
    /// Its number among the cells, from the middle outwards; street numbers and random streams hang on it.
    pub rank: u32,
}

/// The ground between streets.
pub(super) struct Block {
    pub outline: Vec<Point>,
    pub sides: Vec<(Point, Point, Side)>,
    pub use_: Ground,
    /// The pieces of the block in [`Fabric::pieces`].
    pub pieces: std::ops::Range<usize>,
}

/// What a block is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ground {
    Built,
    Park,
}

/// The whole ground plan.
pub(super) struct Fabric {
    pub lattice: Lattice,
    pub wards: Vec<Ward>,
    /// Every piece, ward by ward, block by block.
    pub pieces: Shapes,
    /// The outermost pieces, ascending, which are to be added in later years.
    pub rim: Vec<u32>,
}

/// A ward with its pieces, before the wards are put in order.
struct Drawn {
    ward: Ward,
    rings: Vec<Vec<Point>>,
}

impl Fabric {
    /// Draws wards from the middle outwards until there are `pieces`; the outermost `rim` of them are marked.
    pub fn new(parcels: usize, pieces: usize, rim: usize, seed: u64) -> Fabric {
        let lattice = Lattice::new(parcels, seed);
        let mut drawn: Vec<Drawn> = Vec::new();
        let mut count = 0;
        for (rank, (column, row)) in lattice.outwards().into_iter().enumerate() {
            if count >= pieces {
                break;
            }
            let ward = draw(&lattice, rank as u32, (column, row), seed);
            count += ward.rings.len();
            drawn.push(ward);
        }
        assert!(count >= pieces, "the lattice holds more ground than any number of parcels needs");
        let spare = count - pieces;
        if let Some(last) = drawn.last_mut() {
            last.drop_last(spare);
        }
        drawn.retain(|drawn| !drawn.rings.is_empty());
        assemble(lattice, drawn, rim)
    }

    /// The ward of a piece.
    pub fn ward_of(&self, piece: usize) -> usize {
        self.wards.partition_point(|ward| ward.pieces().end <= piece)
    }

    /// The serial number a piece has in its ward as long as nothing changes it, from 1.
    pub fn own_serial(&self, piece: usize) -> u32 {
        (piece - self.wards[self.ward_of(piece)].pieces().start) as u32 + 1
    }

    /// The class of a road of this ward.
    pub fn road_class(&self, ward: &Ward, road: u32) -> RoadClass {
        if road < self.lattice.road_count() {
            return self.lattice.road_class(road);
        }
        ward.streets.iter().find(|street| street.road == road).map_or(RoadClass::Branch, |street| street.class)
    }

    /// The open ring of a piece.
    pub fn ring(&self, piece: usize) -> &[Point] {
        let points = self.pieces.get(piece).points();
        &points[..points.len() - 1]
    }

    /// Where the house numbers of a road of this ward start.
    pub fn road_origin(&self, ward: &Ward, road: u32) -> Point {
        if road < self.lattice.road_count() {
            return self.lattice.origin(road);
        }
        ward.streets.iter().find(|street| street.road == road).map_or(ward.ground[0], |street| street.from)
    }
}

impl Ward {
    /// The pieces of all its blocks.
    pub fn pieces(&self) -> std::ops::Range<usize> {
        match (self.blocks.first(), self.blocks.last()) {
            (Some(first), Some(last)) => first.pieces.start..last.pieces.end,
            _ => 0..0,
        }
    }
}

impl Drawn {
    /// Drops the last pieces, and the blocks they leave empty.
    fn drop_last(&mut self, spare: usize) {
        let left = self.rings.len() - spare.min(self.rings.len());
        self.rings.truncate(left);
        for block in &mut self.ward.blocks {
            block.pieces = block.pieces.start.min(left)..block.pieces.end.min(left);
        }
        self.ward.blocks.retain(|block| block.use_ == Ground::Park || !block.pieces.is_empty());
    }
}

fn draw(lattice: &Lattice, rank: u32, (column, row): (usize, usize), seed: u64) -> Drawn {
    let mut random = Random::new(seed, &[theme::WARD, u64::from(rank)]);
    let cell = lattice.cell(column, row);
    let middle = cell.centroid();
    let rim = lattice.rim(middle);
    let industrial = rim > 0.5 && lattice.industry(middle);
    // The river and the main roads take more of a small city's ground, so its parcels are a little smaller.
    let share = 1.0 - 110.0 / lattice.radius;
    let parcel = PARCEL * share * (0.52 + 0.95 * rim.min(1.3)) * if industrial { 2.0 } else { 1.0 };
    let ground: Vec<Point> = cell.corners.clone();
    let first_road = lattice.road_count() + rank * 4096;
    let (mut cells, streets) = streets::cut(cell, parcel * 12.5, first_road, &mut random);
    // From the inner corner of the ward outwards, so that what the city's edge leaves out lies outside.
    cells.sort_by(|a, b| lattice.rim(a.centroid()).total_cmp(&lattice.rim(b.centroid())));
    let (mut blocks, mut rings) = (Vec::with_capacity(cells.len()), Vec::new());
    for cell in cells {
        let Some(outline) = cell.inset() else { continue };
        // Every city has at least the one park of its innermost ward.
        let central = rank == 0 && blocks.len() == 2;
        let park = random.chance(0.03) || central || outline.len() < 4;
        let use_ = if park { Ground::Park } else { Ground::Built };
        let start = rings.len();
        if use_ == Ground::Built {
            rings.extend(blocks::parcels(&outline, parcel, &mut random));
        }
        let outline = outline.into_iter().map(millimetre).collect();
        blocks.push(Block { outline, sides: sides(&cell), use_, pieces: start..rings.len() });
    }
    Drawn { ward: Ward { column, row, industrial, ground, streets, blocks, code: String::new(), rank }, rings }
}

fn sides(cell: &Cell) -> Vec<(Point, Point, Side)> {
    (0..cell.sides.len()).map(|side| (cell.ends(side).0, cell.ends(side).1, cell.sides[side])).collect()
}

/// Puts the wards in the order of their codes and numbers their pieces.
fn assemble(lattice: Lattice, drawn: Vec<Drawn>, rim: usize) -> Fabric {
    // The outermost pieces: the last ones of the last wards drawn.
    let mut to_mark = rim;
    let mut marked: Vec<(u32, usize)> = Vec::new();
    for drawn in drawn.iter().rev().take_while(|_| rim > 0) {
        let taken = to_mark.min(drawn.rings.len());
        marked.push((drawn.ward.rank, drawn.rings.len() - taken));
        to_mark -= taken;
        if to_mark == 0 {
            break;
        }
    }
    let mut coded: Vec<Drawn> = super::wards::coded(&lattice, drawn, |drawn| &mut drawn.ward);
    coded.sort_by(|a, b| a.ward.code.cmp(&b.ward.code));
    let mut fabric =
        Fabric { lattice, wards: Vec::with_capacity(coded.len()), pieces: Shapes::new(Kind::Polygon), rim: Vec::new() };
    let points = coded.iter().flat_map(|drawn| &drawn.rings).map(|ring| ring.len() + 1).sum();
    fabric.pieces.reserve(coded.iter().map(|drawn| drawn.rings.len()).sum(), points);
    for Drawn { mut ward, rings } in coded {
        let start = fabric.pieces.len();
        if let Some((_, from)) = marked.iter().find(|(rank, _)| *rank == ward.rank) {
            fabric.rim.extend((start + from..start + rings.len()).map(|piece| piece as u32));
        }
        for block in &mut ward.blocks {
            block.pieces = start + block.pieces.start..start + block.pieces.end;
        }
        for ring in rings {
            push_open(&mut fabric.pieces, &ring);
        }
        fabric.wards.push(ward);
    }
    fabric
}

/// Adds an open ring as a polygon feature.
pub(super) fn push_open(shapes: &mut Shapes, ring: &[Point]) {
    ring.iter().chain(&ring[..1]).for_each(|&point| shapes.push_point(point));
    shapes.end_ring(true);
    shapes.end_feature();
}

#[cfg(test)]
#[path = "fabric_tests.rs"]
mod tests;
