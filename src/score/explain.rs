//! One unit, with everything its total comes from.

use super::kernel::{Detail, Model, Worker, window};
use super::table::{contributions, points};
use crate::ingest::survey::Units;
use crate::land::Outcome;
use crate::space::Point;

/// Where a unit's total comes from. The contributions add up to the total exactly.
#[derive(Clone, Debug)]
pub struct Explanation {
    pub unit: usize,
    /// The first place it is scored at, from which its facilities are told.
    pub place: Point,
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

/// Explains units one by one with the kernel that scored them.
pub struct Explainer<'a> {
    model: &'a Model,
    worker: Worker,
}

impl<'a> Explainer<'a> {
    /// # Errors
    /// `no-transform` where a raster's system cannot be reached.
    pub fn new(model: &'a Model) -> Outcome<Explainer<'a>> {
        Ok(Explainer { model, worker: Worker::new(model)? })
    }

    /// `recorded` holds the unit's scores on record, for factors whose layer is not at hand.
    ///
    /// # Errors
    /// `no-transform` where a place lies outside a raster's system.
    pub fn explain(&mut self, units: &Units, unit: usize, recorded: &[f64]) -> Outcome<Explanation> {
        let Explainer { model, worker } = self;
        worker.enter(model, window(units, &[unit as u32]));
        let mut row = vec![0.0; model.fields.len()];
        let mut details = Vec::new();
        let place = worker.unit::<true>(model, units, unit, &mut row, |detail| details.push(detail))?;
        let weights = &model.weights[usize::from(units.uses[unit])];
        for (factor, _) in details.iter().enumerate().filter(|(_, detail)| **detail == Detail::Recorded) {
            row[factor] = recorded[factor];
        }
        let contributions = contributions(weights, &row);
        let factors = details.into_iter().zip(&contributions).enumerate();
        let factors = factors.map(|(factor, (detail, &contribution_nano))| {
            let (score, weight) = (row[factor], weights[factor]);
            FactorShare { factor, score, weight, contribution_nano, detail }
        });
        let factors: Vec<FactorShare> = factors.collect();
        Ok(Explanation { unit, place, total_nano: contributions.iter().sum(), factors })
    }
}
