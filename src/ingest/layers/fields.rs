//! The fields a factor needs of its layer.

use crate::project::plan::{AmountPlan, AreaPlan, AreaScore, FactorKind, FactorPlan, ReachPlan, ScalePlan};
use std::ops::RangeInclusive;

/// A field of numbers.
pub(super) struct Real {
    pub field: String,
    /// Values outside are findings.
    pub range: RangeInclusive<f64>,
    /// Whether a value outside the range can be used at all, where the policy says so: the methods know no score beyond 0 to 100, no share
    /// beyond 0 to 1 and no indicator below 0.
    pub usable: fn(f64) -> bool,
    /// Whether a feature without a value is a finding.
    pub needed: bool,
}

/// The fields a factor needs: as they are, and as numbers; each once.
pub(super) fn of(factor: &FactorPlan) -> (Vec<String>, Vec<Real>) {
    let (texts, reals) = match &factor.kind {
        FactorKind::Point(plan) | FactorKind::Line(plan) | FactorKind::Centre(plan) => of_reach(plan),
        FactorKind::Area(plan) => of_area(plan),
        FactorKind::Raster(_) => (Vec::new(), Vec::new()),
    };
    let mut once: Vec<Real> = Vec::new();
    for real in reals {
        if once.iter().all(|known| known.field != real.field) {
            once.push(real);
        }
    }
    (texts, once)
}

/// Scales run from 0 to 100, indicators of a scale from 0 up.
fn of_reach(plan: &ReachPlan) -> (Vec<String>, Vec<Real>) {
    let mut texts: Vec<String> = plan.level_field.iter().cloned().collect();
    texts.extend(
        plan.grades.iter().map(|grades| grades.field.clone()).filter(|field| Some(field) != plan.level_field.as_ref()),
    );
    let mut reals = match &plan.scale {
        None => Vec::new(),
        Some(ScalePlan::Index(field)) => vec![points(field)],
        Some(ScalePlan::Indicators { fields, .. }) => fields.iter().map(|field| up_from_0(field)).collect(),
    };
    // Only levels whose radius follows from it need a service distance; what lacks one is told there.
    let service = plan.rules.service_field.iter().map(|field| Real { needed: false, ..up_from_0(field) });
    reals.extend(service);
    (texts, reals)
}

/// Scores run from 0 to 100, shares from 0 to 1; an index is whatever it is.
fn of_area(plan: &AreaPlan) -> (Vec<String>, Vec<Real>) {
    match &plan.score {
        AreaScore::Category { field, .. } => (vec![field.clone()], Vec::new()),
        AreaScore::Field(field) => (Vec::new(), vec![points(field)]),
        AreaScore::Index { field, .. } => (Vec::new(), vec![anything(field)]),
        AreaScore::Items(items) => (Vec::new(), items.iter().map(|item| anything(&item.field)).collect()),
        AreaScore::Services { services, percent } => {
            let rate: fn(&str) -> Real = if *percent { points } else { share };
            let amount = |amount: &AmountPlan, real: fn(&str) -> Real| match amount {
                AmountPlan::Number(_) => None,
                AmountPlan::Field(field) => Some(real(field)),
            };
            let of_service =
                services.iter().flat_map(|service| [amount(&service.level, share), amount(&service.rate, rate)]);
            (Vec::new(), of_service.flatten().collect())
        }
    }
}

fn points(field: &str) -> Real {
    Real { field: field.to_string(), range: 0.0..=100.0, usable: |value| (0.0..=100.0).contains(&value), needed: true }
}

fn share(field: &str) -> Real {
    Real { field: field.to_string(), range: 0.0..=1.0, usable: |value| (0.0..=1.0).contains(&value), needed: true }
}

fn up_from_0(field: &str) -> Real {
    Real {
        field: field.to_string(),
        range: 0.0..=f64::MAX,
        usable: |value| (0.0..=f64::MAX).contains(&value),
        needed: true,
    }
}

fn anything(field: &str) -> Real {
    Real { field: field.to_string(), range: f64::NEG_INFINITY..=f64::INFINITY, usable: |_| true, needed: true }
}
