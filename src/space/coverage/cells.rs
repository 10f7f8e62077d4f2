//! The last of the things met in each cell of a grid, kept by tiles: what lies near each other is found near each other in memory.

use super::NONE;
use rustc_hash::FxHashMap;

/// A cell's column and row.
pub(super) type Cell = (i64, i64);

/// One number per cell, at most.
pub(super) struct CellMap {
    tiles: FxHashMap<Cell, u32>,
    maps: Vec<FxHashMap<Cell, u32>>,
    /// A tile is 2 to this power cells wide.
    shift: u32,
}

impl CellMap {
    pub fn new(shift: u32) -> CellMap {
        CellMap { tiles: FxHashMap::default(), maps: Vec::new(), shift }
    }

    /// The number of a cell; [`NONE`] where it has none.
    pub fn get(&self, cell: Cell) -> u32 {
        let tile = self.tiles.get(&self.tile(cell));
        tile.and_then(|&tile| self.maps[tile as usize].get(&cell)).copied().unwrap_or(NONE)
    }

    /// Gives a cell a number; tells the one it had, [`NONE`] where it had none.
    pub fn insert(&mut self, cell: Cell, number: u32) -> u32 {
        let tile = *self.tiles.entry(self.tile(cell)).or_insert(self.maps.len() as u32) as usize;
        if tile == self.maps.len() {
            self.maps.push(FxHashMap::default());
        }
        self.maps[tile].insert(cell, number).unwrap_or(NONE)
    }

    fn tile(&self, (column, row): Cell) -> Cell {
        (column >> self.shift, row >> self.shift)
    }
}
