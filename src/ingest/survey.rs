//! What ingest hands on: units, layers and samples in one projected CRS, with the findings made on the way.

use crate::land::{Column, IdColumn, Texts, Values};
use crate::space::{Point, Shapes};

/// The grading units, sorted by identifier.
#[derive(Debug)]
pub struct Units {
    pub ids: IdColumn,
    /// Each unit's use, as its place in the project's list.
    pub uses: Vec<u8>,
    pub shapes: Shapes,
    /// Plane areas in m², measured, never the registered ones.
    pub areas: Vec<f64>,
    /// Area centroids.
    pub centroids: Vec<Point>,
    /// Unit numbers along a Hilbert curve through the centroids.
    pub order: Vec<u32>,
    /// Fields carried through.
    pub kept: Vec<Column>,
}

impl Units {
    pub fn len(&self) -> usize {
        self.uses.len()
    }

    pub fn is_empty(&self) -> bool {
        self.uses.is_empty()
    }
}

/// One factor layer, its features in canonical order (by geometry, then attributes), so that the order in the file changes nothing.
#[derive(Clone, Debug)]
pub struct Layer {
    pub name: String,
    pub shapes: Shapes,
    pub columns: Vec<Column>,
    /// What each feature is called in explanations: its identifier or name where it has one, else its row in the file.
    pub labels: Texts,
}

impl Layer {
    pub fn column(&self, name: &str) -> Option<&Values> {
        self.columns.iter().find(|column| column.name == name).map(|column| &column.values)
    }
}

/// One sale sample, brought to the units it is priced in, not yet corrected.
#[derive(Clone, Debug)]
pub struct Sample {
    pub id: String,
    pub place: Point,
    pub land_use: u8,
    /// 元/㎡.
    pub price: f64,
    pub date: Option<jiff::civil::Date>,
    pub plot_ratio: Option<f64>,
    /// Remaining years.
    pub term: Option<f64>,
    /// m².
    pub area: Option<f64>,
}
