//! One unit, with everything its total comes from.

use super::kernel::{Detail, Model, Worker, window};
use super::table::{contribution, points};
use crate::ingest::survey::Units;
use crate::land::Outcome;

/// Where a unit's total comes from. The contributions add up to the total exactly.
#[derive(Clone, Debug)]
pub struct Explanation {
    pub unit: usize,
    pub factors: Vec<FactorShare>,
    /// In 10⁻⁹ points.
    pub total_nano: i64,
}

/// What one factor adds.
#[derive(Clone, Debug)]
pub struct FactorShare {
    /// The factor's number in the model.
    pub factor: usize,
    /// 0–100.
    pub score: f64,
    pub weight: f64,
    /// weight × score in 10⁻⁹ points, rounded.
    pub contribution_nano: i64,
    pub detail: Detail,
}

impl Explanation {
    pub fn total(&self) -> f64 {
        points(self.total_nano)
    }
}

/// Explains one unit with the kernel that scored it.
///
/// # Errors
/// `no-transform` where a raster's system cannot be reached.
pub fn explain(model: &Model, units: &Units, unit: usize) -> Outcome<Explanation> {
    let mut worker = Worker::new(model)?;
    worker.enter(model, window(units, &[unit as u32]));
    let mut row = vec![0.0; model.fields.len()];
    let mut details = Vec::new();
    worker.unit::<true>(model, units, unit, &mut row, |detail| details.push(detail))?;
    let weights = &model.weights[usize::from(units.uses[unit])];
    let factors: Vec<FactorShare> = details
        .into_iter()
        .enumerate()
        .map(|(factor, detail)| {
            let (score, weight) = (row[factor], weights[factor]);
            FactorShare { factor, score, weight, contribution_nano: contribution(weight, score), detail }
        })
        .collect();
    Ok(Explanation { unit, total_nano: factors.iter().map(|share| share.contribution_nano).sum(), factors })
}
