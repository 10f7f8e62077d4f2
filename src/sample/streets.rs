//! A lattice cell cut into blocks by secondary roads and branch roads.

use super::cell::{Cell, Side, turned};
use super::lattice::RoadClass;
use crate::land::random::Random;
use crate::space::Point;

/// A street inside a cell, along its centre line.
#[derive(Clone, Copy, Debug)]
pub(super) struct Street {
    pub road: u32,
    pub class: RoadClass,
    pub from: Point,
    pub to: Point,
}

/// The blocks of a cell, bounded by centre lines, and its streets. The streets are numbered from `first_road` on.
/// `block` is the wanted ground of a block in m².
pub(super) fn cut(cell: Cell, block: f64, first_road: u32, random: &mut Random) -> (Vec<Cell>, Vec<Street>) {
    let (mut blocks, mut streets, mut open) = (Vec::new(), Vec::new(), vec![cell]);
    while let Some(cell) = open.pop() {
        let ground = cell.area();
        let road = first_road + streets.len() as u32;
        let class = if ground > 7.0 * block { RoadClass::Secondary } else { RoadClass::Branch };
        let wanted = block * random.between(1.15, 2.1);
        let halves = if ground > wanted { halve(&cell, road, class, random) } else { None };
        match halves {
            Some((left, right, street)) => {
                streets.push(street);
                open.push(left);
                open.push(right);
            }
            None => blocks.push(cell),
        }
    }
    (blocks, streets)
}

fn halve(cell: &Cell, road: u32, class: RoadClass, random: &mut Random) -> Option<(Cell, Cell, Street)> {
    let (along, length) = cell.longest();
    let middle = cell.centroid();
    (0..4).find_map(|_| {
        let shift = length * random.between(-0.13, 0.13);
        let through = Point::new(middle.x + along.x * shift, middle.y + along.y * shift);
        let across = turned(along, std::f64::consts::FRAC_PI_2 + random.between(-0.09, 0.09));
        let cut = cell.cut(through, across, Side { road, half: class.width() / 2.0, line: 0.0 })?;
        let street = Street { road, class, from: cut.from, to: cut.to };
        Some((cut.left, cut.right, street))
    })
}
