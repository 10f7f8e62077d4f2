//! Administrative division: districts along the river and the middle avenue, sub-districts (街道) of neighbouring wards (街坊), and their outlines.

use super::fabric::Ward;
use super::lattice::Lattice;
use crate::space::Point;

/// The districts' codes and names; 9901 is no real administrative division.
pub(super) const DISTRICTS: [(&str, &str); 3] = [("990101", "城西区"), ("990102", "城东区"), ("990103", "江南区")];

/// Wards on a side of a sub-district, at least.
const SUBDISTRICT: usize = 3;

/// The place in [`DISTRICTS`] of a lattice cell.
pub(super) fn district(lattice: &Lattice, column: usize, row: usize) -> usize {
    match (row < lattice.river_row, column < lattice.middle_column) {
        (true, _) => 2,
        (false, true) => 0,
        (false, false) => 1,
    }
}

/// Gives every ward its code: 6 digits of the district, 3 of the sub-district, 3 of the ward.
pub(super) fn coded<T>(lattice: &Lattice, mut drawn: Vec<T>, ward: impl Fn(&mut T) -> &mut Ward) -> Vec<T> {
    // Both numbers have three digits, so the sub-districts of a big city are larger.
    let side = SUBDISTRICT.max(lattice.columns.div_ceil(28));
    let mut keys: Vec<_> = drawn
        .iter_mut()
        .enumerate()
        .map(|(number, item)| {
            let ward = ward(item);
            let place = (district(lattice, ward.column, ward.row), ward.row / side, ward.column / side);
            (place, (ward.row, ward.column), number)
        })
        .collect();
    keys.sort_unstable();
    let mut last: Option<(usize, usize, usize)> = None;
    let (mut street, mut block) = (0, 0);
    for (place, _, number) in keys {
        match last {
            Some((before, ..)) if before != place.0 => (street, block) = (1, 1),
            Some(before) if before == place => block += 1,
            _ => (street, block) = (street + 1, 1),
        }
        last = Some(place);
        ward(&mut drawn[number]).code = format!("{}{street:03}{block:03}", DISTRICTS[place.0].0);
    }
    drawn
}

/// The rows of cells the city covers, each as a stretch of columns: the hull of the wards row by row, without gaps between rows.
pub(super) struct Territory {
    /// (row, first column, column after the last), row by row without a missing row.
    rows: Vec<(usize, usize, usize)>,
}

impl Territory {
    pub fn new(lattice: &Lattice, wards: &[Ward]) -> Territory {
        // Both banks belong to it, even where a small city has not reached one yet.
        let (south, north) = (lattice.river_row - 1, lattice.river_row);
        let first = wards.iter().map(|ward| ward.row).fold(south, usize::min);
        let last = wards.iter().map(|ward| ward.row).fold(north, usize::max);
        let middle = lattice.middle_column;
        let rows = (first..=last)
            .map(|row| {
                let inside = wards.iter().filter(|ward| ward.row == row);
                let (start, end) = inside.fold((middle - 1, middle + 1), |(start, end), ward| {
                    (start.min(ward.column), end.max(ward.column + 1))
                });
                (row, start, end)
            })
            .collect();
        Territory { rows }
    }

    /// The outline of the territory, of which only the cells that belong to `district` where one is named, as an open ring.
    pub fn outline(&self, lattice: &Lattice, only: Option<usize>) -> Vec<Point> {
        let middle = lattice.middle_column;
        let rows: Vec<(usize, usize, usize)> = self
            .rows
            .iter()
            .map(|&(row, start, end)| match only {
                Some(0) => (row, start, end.min(middle)),
                Some(1) => (row, start.max(middle), end),
                _ => (row, start, end),
            })
            .filter(|&(row, start, _)| only.is_none_or(|district_| district(lattice, start, row) == district_))
            .collect();
        trace(lattice, &rows)
    }

    /// The stretch of columns in a row.
    pub fn columns(&self, row: usize) -> Option<(usize, usize)> {
        self.rows.iter().find(|entry| entry.0 == row).map(|&(_, start, end)| (start, end))
    }

    /// The rows, from the first to the one after the last.
    pub fn rows(&self) -> (usize, usize) {
        (self.rows[0].0, self.rows[self.rows.len() - 1].0 + 1)
    }

    /// Whether a cell belongs to the territory.
    pub fn holds(&self, column: usize, row: usize) -> bool {
        self.columns(row).is_some_and(|(start, end)| (start..end).contains(&column))
    }
}

/// Counter-clockwise: along the bottom, up the right ends of the rows, back along the top, down the left ends; every node on the way.
fn trace(lattice: &Lattice, rows: &[(usize, usize, usize)]) -> Vec<Point> {
    let mut nodes: Vec<(usize, usize)> = Vec::new();
    let walk = |nodes: &mut Vec<(usize, usize)>, column: usize, row: usize| {
        while let Some(&(at, level)) = nodes.last().filter(|&&(at, level)| level == row && at != column) {
            nodes.push((if at < column { at + 1 } else { at - 1 }, level));
        }
        if nodes.last() != Some(&(column, row)) {
            nodes.push((column, row));
        }
    };
    let Some(&(bottom, start, _)) = rows.first() else { return Vec::new() };
    nodes.push((start, bottom));
    for &(row, _, end) in rows {
        walk(&mut nodes, end, row);
        walk(&mut nodes, end, row + 1);
    }
    for &(row, start, _) in rows.iter().rev() {
        walk(&mut nodes, start, row + 1);
        walk(&mut nodes, start, row);
    }
    nodes.pop();
    nodes.into_iter().map(|(column, row)| lattice.node(column, row)).collect()
}

#[cfg(test)]
#[path = "wards_tests.rs"]
mod tests;
