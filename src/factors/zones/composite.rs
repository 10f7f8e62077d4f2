//! Area scores made of several fields: services with level and rate, and items that are normalised one by one.

use crate::factors::normalise::Scale;
use crate::factors::reach::{field_of, text_of};
use crate::ingest::survey::Layer;
use crate::land::column::Value;
use crate::land::{Fault, Outcome};
use crate::project::plan::{AmountPlan, ItemPlan, ServicePlan};
use crate::say;

/// One part of the scores of all areas.
pub struct Piece {
    pub name: String,
    /// k: its effect index.
    pub index: f64,
    /// Its own score of every area, 0–100.
    pub scores: Vec<f64>,
}

/// The pieces of an infrastructure score (基础设施完善度): of each service 100 · level · rate.
///
/// # Errors
/// `missing-field`; `bad-score` where a level or rate is not within its range.
pub fn services(key: &str, plans: &[ServicePlan], percent: bool, layer: &Layer) -> Outcome<Vec<Piece>> {
    let whole = if percent { 100.0 } else { 1.0 };
    let piece = |plan: &ServicePlan| {
        let levels = amounts(key, &plan.level, 1.0, layer)?;
        let rates = amounts(key, &plan.rate, whole, layer)?;
        let scores = levels.iter().zip(rates).map(|(level, rate)| 100.0 * level * (rate / whole)).collect();
        Ok(Piece { name: plan.name.clone(), index: plan.index, scores })
    };
    plans.iter().map(piece).collect()
}

/// The pieces of a score of several indices (环境质量优劣度): each index normalised for itself.
///
/// # Errors
/// `missing-field`, `flat-index`; `bad-score` where an area has no value.
pub fn items(key: &str, plans: &[ItemPlan], layer: &Layer) -> Outcome<Vec<Piece>> {
    let piece = |plan: &ItemPlan| {
        let values = numbers(key, &plan.field, f64::NEG_INFINITY..=f64::INFINITY, layer)?;
        let scale = Scale::new(plan.scaling, &values, &format!("{key} ({})", plan.name))?;
        let scores = values.into_iter().map(|value| scale.score(value)).collect();
        Ok(Piece { name: plan.name.clone(), index: plan.index, scores })
    };
    plans.iter().map(piece).collect()
}

/// F = Σ k · score, of every area; indices that sum to a little more than 1 lift none above 100.
pub fn sums(pieces: &[Piece], count: usize) -> Vec<f64> {
    let of = |area: usize| pieces.iter().map(|piece| piece.index * piece.scores[area]).sum::<f64>().min(100.0);
    (0..count).map(of).collect()
}

fn amounts(key: &str, plan: &AmountPlan, most: f64, layer: &Layer) -> Outcome<Vec<f64>> {
    match plan {
        AmountPlan::Number(number) => Ok(vec![*number; layer.shapes.len()]),
        AmountPlan::Field(field) => numbers(key, field, 0.0..=most, layer),
    }
}

fn numbers(key: &str, field: &str, range: std::ops::RangeInclusive<f64>, layer: &Layer) -> Outcome<Vec<f64>> {
    let values = field_of(key, layer, field)?;
    let number = |feature| match values.get(feature) {
        Value::Int(number) => number as f64,
        Value::Real(number) => number,
        Value::None | Value::Text(_) => f64::NAN,
    };
    let found: Vec<f64> = (0..layer.shapes.len()).map(number).collect();
    let Some(feature) = found.iter().position(|value| !range.contains(value)) else { return Ok(found) };
    let (label, shown) = (layer.labels.get(feature), text_of(values.get(feature)));
    let (low, high) = (range.start(), range.end());
    let help = if high.is_finite() {
        say!(
            "give a number from {low} to {high}; rates in percent need percent = true",
            "请填 {low} 到 {high} 之间的数;保证率为百分数时请写 percent = true"
        )
    } else {
        say!("give every area a number", "请为每个区域填写数值")
    };
    let what = say!(
        "factor {key}: area {label} has \"{shown}\" in {field}",
        "因素 {key}:区域 {label} 的 {field} 为「{shown}」"
    );
    Err(Fault::new("bad-score", what, help).at(&layer.name))
}

#[cfg(test)]
#[path = "composite_tests.rs"]
mod tests;
