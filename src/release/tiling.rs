//! How the units of a release came to be, and how they lie to the graded area.

use super::content::UnitRows;
use crate::space::{Point, hilbert, measure};
use serde::{Deserialize, Serialize};

/// Units made to tile the graded area, or given ones beside it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TilingHead {
    /// `grid`, `quadtree`, `overlay` or `given`.
    pub way: String,
    /// How many there are; each stands once for every use among the units of the release.
    pub units: usize,
    /// m², of all units together and of the graded area.
    pub area: f64,
    pub graded_area: f64,
    /// Pieces too small or too narrow that joined a neighbour, and their m².
    pub joined: usize,
    pub joined_area: f64,
}

impl UnitRows {
    /// The units as they lie side by side, along a Hilbert curve: all of them, or those of each use where every unit is graded for every
    /// use and they lie upon one another. Nothing where their shapes are not at hand.
    pub fn sheets(&self, every_use: bool) -> Vec<Vec<u32>> {
        let Some(shapes) = &self.shapes else { return Vec::new() };
        let places: Vec<Point> = shapes.iter().map(|shape| measure::centroid(shape).unwrap_or_default()).collect();
        let order = hilbert::order(&places);
        if !every_use {
            return vec![order];
        }
        let most = self.uses.iter().max().map_or(0, |&most| usize::from(most) + 1);
        let mut sheets = vec![Vec::new(); most];
        order.into_iter().for_each(|unit| sheets[usize::from(self.uses[unit as usize])].push(unit));
        sheets
    }
}
