//! What ingest hands on: units, layers and samples in one projected CRS, with the findings made on the way.

use super::finding::Findings;
use super::readers::raster::Grid;
use crate::land::transaction::Kind;
use crate::land::{Column, IdColumn, Text, Texts, Values};
use crate::project::plan::PriceKind;
use crate::space::{Point, Shapes};
use std::collections::BTreeMap;

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

impl Default for Units {
    fn default() -> Units {
        Units {
            ids: IdColumn::Int(Vec::new()),
            uses: Vec::new(),
            shapes: Shapes::new(crate::space::Kind::Polygon),
            areas: Vec::new(),
            centroids: Vec::new(),
            order: Vec::new(),
            kept: Vec::new(),
        }
    }
}

impl Units {
    pub fn len(&self) -> usize {
        self.uses.len()
    }

    pub fn is_empty(&self) -> bool {
        self.uses.is_empty()
    }
}

/// Everything a run works on.
#[derive(Debug)]
pub struct Survey {
    /// Empty where they are yet to be made.
    pub units: Units,
    /// The layers that units are made from by overlay, in the project's order.
    pub overlay: Vec<Layer>,
    /// One per factor, in the project's order.
    pub layers: Vec<FactorLayer>,
    /// One per barrier, in the project's order.
    pub barriers: Vec<BarrierLayers>,
    /// The lines distances are measured along, where the project names them.
    pub network: Option<Layer>,
    /// The districts areas are summed by, labelled with their names.
    pub districts: Option<Layer>,
    /// The parcels that get one grade each, where the project names them.
    pub parcels: Option<ParcelLayers>,
    /// The areas and streets that have prices of their own.
    pub places: PlaceLayers,
    /// The polygons of the graded area, where the project names one; ground that several claim is in one of them.
    pub graded_area: Option<Shapes>,
    /// Sorted by identifier; empty where the project prices nothing.
    pub samples: Vec<Sample>,
    /// Sorted by identifier: the rows of the samples' table that are not used.
    pub rejected: Vec<Rejected>,
    /// In their published order.
    pub findings: Findings,
}

/// A barrier: what is not crossed, and where it is.
#[derive(Clone, Debug)]
pub struct BarrierLayers {
    pub walls: Layer,
    pub crossings: Option<Layer>,
}

/// Parcels, sorted by identifier, and the streets they may front on.
#[derive(Debug)]
pub struct ParcelLayers {
    /// What the layer is called in findings.
    pub name: String,
    pub ids: IdColumn,
    /// Each parcel's use, as its place in the project's list; `None` where a parcel gets a grade for every use.
    pub uses: Option<Vec<u8>>,
    pub shapes: Shapes,
    /// Lines; `None` where no front is asked for.
    pub streets: Option<Layer>,
}

/// Areas and streets with prices of their own, where the project names them.
#[derive(Debug, Default)]
pub struct PlaceLayers {
    pub areas: Option<PlaceLayer>,
    pub streets: Option<PlaceLayer>,
}

/// Polygons or lines with prices of their own, sorted by identifier.
#[derive(Debug)]
pub struct PlaceLayer {
    /// What the layer is called in findings.
    pub name: String,
    pub ids: Vec<String>,
    /// Empty texts where they have no names.
    pub names: Vec<String>,
    /// Each one's use, as its place in the project's list; `None` where each is for every use.
    pub uses: Option<Vec<u8>>,
    pub shapes: Shapes,
    /// 元/㎡ as people decided; NaN where it is computed.
    pub prices: Vec<f64>,
    pub reasons: Vec<String>,
    /// Standard depths, metres; NaN for areas.
    pub depths: Vec<f64>,
}

/// What a factor is made from.
#[derive(Debug)]
pub enum FactorLayer {
    Vector(Layer),
    Grid(Grid),
    /// Not at hand: a raster of a sealed release, whose scores are on record.
    Recorded,
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
#[derive(Clone, Debug, Default)]
pub struct Sample {
    pub id: String,
    /// What findings call it: its identifier, with its line where another row bears it too.
    pub called: String,
    /// `None` where the table tells its grade only.
    pub place: Option<Point>,
    pub land_use: u8,
    /// 元/㎡; `None` where it is yet to be derived from the figures.
    pub price: Option<f64>,
    /// Whether it is a price of land or of floor, where the table or the project tells.
    pub price_kind: Option<PriceKind>,
    pub date: Option<jiff::civil::Date>,
    pub plot_ratio: Option<f64>,
    /// Remaining years.
    pub term: Option<f64>,
    /// m².
    pub area: Option<f64>,
    /// The grade its table tells.
    pub grade: Option<u8>,
    /// What was agreed, where the table tells it.
    pub kind: Option<Kind>,
    /// 元, m², years, parts of 1, by key.
    pub figures: BTreeMap<String, f64>,
    /// 100 where the circumstances of the sale are usual, and where the place is as good as the usual one of its grade.
    pub condition: Option<f64>,
    pub region: Option<f64>,
    /// As written, such as 五通一平; empty where it is not told.
    pub services: String,
    /// Metres behind the street.
    pub depth: Option<f64>,
    /// Its numbers that were brought to another unit.
    pub converted: Vec<Text>,
}

/// A row of the samples' table that is not used, for the findings of its identifier.
#[derive(Clone, Debug)]
pub struct Rejected {
    pub id: String,
    pub place: Option<Point>,
    /// `None` where it is not known.
    pub land_use: Option<u8>,
    /// 元/㎡.
    pub price: Option<f64>,
}
