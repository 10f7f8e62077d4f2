//! Areas whose score counts by the share of the unit they cover: with A the unit's area, A_i what it shares with area i and s_i that
//! area's score, score = (Σ A_i·s_i + default·U) / (Σ A_i + U) with U = max(0, A − Σ A_i) the part no area covers.

mod composite;

pub use composite::Piece;

use super::normalise::Scale;
use super::reach::{field_of, text_of};
use crate::ingest::survey::Layer;
use crate::land::column::Value;
use crate::land::{Fault, Outcome};
use crate::project::plan::{AreaPlan, AreaScore};
use crate::say;
use crate::space::index::BoxIndex;
use crate::space::overlap::{Overlap, ZonePart};
use crate::space::{Extent, Shape, Shapes};

/// An area factor.
pub struct Zones {
    pub shapes: Shapes,
    /// One score per area, 0–100.
    pub scores: Vec<f64>,
    /// How an index became scores; `None` where the layer has scores or categories.
    pub scale: Option<Scale>,
    /// What composite scores are made of; empty for others.
    pub pieces: Vec<Piece>,
    /// The score where no area is; NaN where the project states none.
    pub default: f64,
    index: BoxIndex,
}

/// The areas that reach into a window, reduced to it.
#[derive(Default)]
pub struct NearZones {
    parts: Vec<(u32, ZonePart)>,
    found: Vec<u32>,
    overlap: Overlap,
}

/// What one area has to do with a unit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Share {
    pub feature: u32,
    /// m² in common.
    pub area: f64,
    pub score: f64,
}

impl Zones {
    /// Builds an area factor from its layer.
    ///
    /// # Errors
    /// `missing-field`, `unmapped-category`, `bad-score`, `flat-index`.
    pub fn build(key: &str, plan: &AreaPlan, layer: &Layer) -> Outcome<Zones> {
        let count = layer.shapes.len();
        let (mut scale, mut pieces) = (None, Vec::new());
        let scores = match &plan.score {
            AreaScore::Field(field) => {
                let scores = numbers(key, field, layer)?;
                checked(key, field, layer, "bad-score", scores)?
            }
            AreaScore::Category { field, scores } => {
                let values = field_of(key, layer, field)?;
                let score = |feature| scores.get(&text_of(values.get(feature))).copied().unwrap_or(f64::NAN);
                checked(key, field, layer, "unmapped-category", (0..count).map(score).collect())?
            }
            AreaScore::Index { field, scaling } => {
                let indices = numbers(key, field, layer)?;
                let found = *scale.insert(Scale::new(*scaling, &indices, key)?);
                let scores = indices.into_iter().map(|index| found.score(index)).collect();
                checked(key, field, layer, "bad-score", scores)?
            }
            AreaScore::Services { services, percent } => {
                pieces = composite::services(key, services, *percent, layer)?;
                composite::sums(&pieces, count)
            }
            AreaScore::Items(items) => {
                pieces = composite::items(key, items, layer)?;
                composite::sums(&pieces, count)
            }
        };
        Ok(Zones {
            index: BoxIndex::of_shapes(&layer.shapes),
            shapes: layer.shapes.clone(),
            scores,
            scale,
            pieces,
            default: plan.default.unwrap_or(f64::NAN),
        })
    }
}

/// The numbers of a field; NaN where there is none.
fn numbers(key: &str, field: &str, layer: &Layer) -> Outcome<Vec<f64>> {
    let values = field_of(key, layer, field)?;
    let number = |feature| match values.get(feature) {
        Value::Int(number) => number as f64,
        Value::Real(number) => number,
        Value::None | Value::Text(_) => f64::NAN,
    };
    Ok((0..layer.shapes.len()).map(number).collect())
}

/// Scores that every area has, within 0–100; else a fault with this code.
fn checked(key: &str, field: &str, layer: &Layer, code: &'static str, scores: Vec<f64>) -> Outcome<Vec<f64>> {
    let Some(feature) = scores.iter().position(|score| !(0.0..=100.0).contains(score)) else { return Ok(scores) };
    let (label, shown) = (layer.labels.get(feature), text_of(field_of(key, layer, field)?.get(feature)));
    let help = match code {
        "unmapped-category" => {
            say!("add the category to `categories` with its score", "请在 categories 中为该类别写上分值")
        }
        _ => say!("a score is a number from 0 to 100", "分值应为 0 到 100 的数"),
    };
    let what = say!(
        "factor {key}: area {label} has \"{shown}\" in {field}",
        "因素 {key}:区域 {label} 的 {field} 为「{shown}」"
    );
    Err(Fault::new(code, what, help).at(&layer.name))
}

impl NearZones {
    /// Gathers the areas that reach into the window, which must hold the boxes of every unit scored with it.
    pub fn gather(&mut self, zones: &Zones, window: Extent) {
        zones.index.touching(window, &mut self.found);
        self.parts.clear();
        for &zone in &self.found {
            let part = ZonePart::new(zones.shapes.get(zone as usize), window);
            if !part.is_empty() {
                self.parts.push((zone, part));
            }
        }
    }

    /// The factor's score of a unit, NaN where areas leave a part of it without a score; with `RECORD` the shares it comes from.
    pub fn score<const RECORD: bool>(
        &mut self,
        zones: &Zones,
        unit: Shape<'_>,
        area: f64,
        extent: Extent,
        shares: &mut Vec<Share>,
    ) -> f64 {
        let (mut covered, mut scored) = (0.0, 0.0);
        for (zone, part) in &self.parts {
            let common = self.overlap.area(unit, area, extent, part);
            if common > 0.0 {
                let score = zones.scores[*zone as usize];
                covered += common;
                scored += common * score;
                if RECORD {
                    shares.push(Share { feature: *zone, area: common, score });
                }
            }
        }
        let uncovered = (area - covered).max(0.0);
        if zones.default.is_nan() {
            // Rounding of the overlap is far below a thousandth of the unit.
            return if uncovered > area * 1e-3 || covered == 0.0 { f64::NAN } else { scored / covered };
        }
        if area <= 0.0 {
            return zones.default;
        }
        (scored + zones.default * uncovered) / (covered + uncovered)
    }
}
