//! The weights of a use from what its plan says: given, judged, or on two layers.

use crate::land::money::round_half_up;
use crate::land::{Fault, Outcome};
use crate::project::plan::{AhpSolver, PartPlan, RandomIndex, Shares, WeightsPlan};
use crate::project::{Project, UsePlan};
use crate::release::{GroupJudged, Judged, Layers};
use crate::weights::ahp::{self, Ahp, Judgements};
use crate::weights::{entry, mend};
use crate::{say, weights};

/// The weights of a use, one per factor of the project.
///
/// # Errors
/// `weight-range`, `weight-sum`; `ahp-inconsistent`, and what is wrong with a matrix.
pub(super) fn of_use(project: &Project, plan: &UsePlan) -> Outcome<Vec<f64>> {
    let mut weights = vec![0.0; project.factors.len()];
    match &plan.weights {
        WeightsPlan::Given(given) => {
            weights::given::check(&project.factor_keys(), given)?;
            weights.clone_from(given);
        }
        WeightsPlan::Ahp { factors, matrix, solver, random_index, accept_inconsistent } => {
            let derived = accepted(keys(project, factors), matrix, (*solver, *random_index), accept_inconsistent)?;
            factors.iter().zip(derived).for_each(|(&factor, weight)| weights[factor] = weight);
        }
        WeightsPlan::Grouped { parts, shares } => {
            for (part, share) in parts.iter().zip(self::shares(shares, part_keys(project, parts))?) {
                match part {
                    PartPlan::Factor(factor) => weights[*factor] = share,
                    PartPlan::Group { factors, shares, .. } => {
                        let inside = self::shares(shares, keys(project, factors))?;
                        factors
                            .iter()
                            .zip(inside)
                            .for_each(|(&factor, inside)| weights[factor] = decimal(share * inside));
                    }
                }
            }
        }
    }
    Ok(weights)
}

/// How consistent the judgements over a use's factors, or over its groups, are; `None` where those weights are given.
///
/// # Errors
/// What is wrong with the matrix.
pub(super) fn judged(project: &Project, plan: &UsePlan) -> Outcome<Option<Judged>> {
    match &plan.weights {
        WeightsPlan::Given(_) | WeightsPlan::Grouped { shares: Shares::Given(_), .. } => Ok(None),
        WeightsPlan::Ahp { factors, matrix, solver, random_index, accept_inconsistent } => {
            told(keys(project, factors), matrix, (*solver, *random_index), accept_inconsistent).map(Some)
        }
        WeightsPlan::Grouped { parts, shares: Shares::Ahp { matrix, solver, random_index, accept_inconsistent } } => {
            told(part_keys(project, parts), matrix, (*solver, *random_index), accept_inconsistent).map(Some)
        }
    }
}

/// The two layers of a use's weights; `None` where the project has no groups. Where the weights stand on one layer, a group has the sum of
/// its factors', and each of them its part of that.
///
/// # Errors
/// As [`of_use`].
pub(super) fn layers(project: &Project, plan: &UsePlan, weights: &[f64]) -> Outcome<Option<Layers>> {
    if project.groups.is_empty() {
        return Ok(None);
    }
    let mut groups = vec![0.0; project.groups.len()];
    let mut inside = vec![f64::NAN; weights.len()];
    let mut told_inside = Vec::new();
    if let WeightsPlan::Grouped { parts, shares } = &plan.weights {
        project
            .factors
            .iter()
            .zip(&mut inside)
            .filter(|(factor, _)| factor.group.is_some())
            .for_each(|(_, at)| *at = 0.0);
        for (part, share) in parts.iter().zip(self::shares(shares, part_keys(project, parts))?) {
            let PartPlan::Group { group, factors, shares } = part else { continue };
            groups[*group] = share;
            let of_factors = self::shares(shares, keys(project, factors))?;
            factors.iter().zip(of_factors).for_each(|(&factor, share)| inside[factor] = share);
            if let Shares::Ahp { matrix, solver, random_index, accept_inconsistent } = shares {
                let judged = told(keys(project, factors), matrix, (*solver, *random_index), accept_inconsistent)?;
                told_inside.push(GroupJudged { group: project.groups[*group].key.clone(), judged });
            }
        }
    } else {
        let grouped = || project.factors.iter().zip(weights).enumerate();
        grouped().for_each(|(_, (factor, weight))| factor.group.iter().for_each(|&group| groups[group] += weight));
        groups.iter_mut().for_each(|sum| *sum = decimal(*sum));
        for (at, (factor, weight)) in grouped() {
            let Some(group) = factor.group else { continue };
            inside[at] = if groups[group] > 0.0 { decimal(weight / groups[group]) } else { 0.0 };
        }
    }
    Ok(Some(Layers { groups, inside, judged: told_inside }))
}

/// Without the binary tail that products and sums of decimals have: 0.75 × 0.6 is 0.45.
fn decimal(weight: f64) -> f64 {
    round_half_up(weight, 15)
}

fn keys(project: &Project, factors: &[usize]) -> Vec<String> {
    factors.iter().map(|&factor| project.factors[factor].key.clone()).collect()
}

fn part_keys(project: &Project, parts: &[PartPlan]) -> Vec<String> {
    let key = |part: &PartPlan| match part {
        PartPlan::Factor(factor) => project.factors[*factor].key.clone(),
        PartPlan::Group { group, .. } => project.groups[*group].key.clone(),
    };
    parts.iter().map(key).collect()
}

/// The shares on one layer.
fn shares(shares: &Shares, names: Vec<String>) -> Outcome<Vec<f64>> {
    match shares {
        Shares::Given(given) => weights::given::check(&names, given).map(|()| given.clone()),
        Shares::Ahp { matrix, solver, random_index, accept_inconsistent } => {
            accepted(names, matrix, (*solver, *random_index), accept_inconsistent)
        }
    }
}

/// The weights that judgements give, if they are consistent or accepted for a reason.
fn accepted(
    names: Vec<String>,
    matrix: &[Vec<f64>],
    way: (AhpSolver, RandomIndex),
    reason: &Option<String>,
) -> Outcome<Vec<f64>> {
    let (judgements, derived) = derived(names, matrix, way)?;
    if !derived.accepted && reason.is_none() {
        return Err(inconsistent(&judgements, &derived, way));
    }
    Ok(derived.weights)
}

fn told(
    names: Vec<String>,
    matrix: &[Vec<f64>],
    way: (AhpSolver, RandomIndex),
    reason: &Option<String>,
) -> Outcome<Judged> {
    let Ahp { lambda_max, ci, ri, cr, accepted, .. } = derived(names, matrix, way)?.1;
    let solver = match way.0 {
        AhpSolver::Eigenvector => "eigenvector",
        AhpSolver::GeometricMean => "geometric-mean",
        AhpSolver::ColumnMean => "column-mean",
    };
    let accepted_because = reason.clone().filter(|_| !accepted);
    Ok(Judged { solver: solver.to_string(), lambda_max, ci, ri, cr, accepted_because })
}

fn derived(
    names: Vec<String>,
    matrix: &[Vec<f64>],
    (solver, random_index): (AhpSolver, RandomIndex),
) -> Outcome<(Judgements, Ahp)> {
    let (solver, random_index) = ways((solver, random_index));
    let judgements = Judgements { names, matrix: matrix.to_vec() };
    let derived = ahp::derive(&judgements, solver, random_index)?;
    Ok((judgements, derived))
}

fn ways((solver, random_index): (AhpSolver, RandomIndex)) -> (ahp::Solver, ahp::RandomIndex) {
    let solver = match solver {
        AhpSolver::Eigenvector => ahp::Solver::Eigenvector,
        AhpSolver::GeometricMean => ahp::Solver::GeometricMean,
        AhpSolver::ColumnMean => ahp::Solver::ColumnMean,
    };
    let random_index = match random_index {
        RandomIndex::A => ahp::RandomIndex::A,
        RandomIndex::B => ahp::RandomIndex::B,
    };
    (solver, random_index)
}

/// Says what `landgrade weights` says of the same matrix.
fn inconsistent(judgements: &Judgements, derived: &ahp::Ahp, way: (AhpSolver, RandomIndex)) -> Fault {
    let cr = derived.cr;
    let (solver, random_index) = ways(way);
    let advised = mend::advise(judgements, solver, random_index, derived);
    let help = match advised.first() {
        Some(worst) => {
            let (row, column) = (&judgements.names[worst.row], &judgements.names[worst.column]);
            let (judged, fitting, scale, next) =
                (entry::shown(worst.judged), entry::shown(worst.fitting), entry::shown(worst.scale), worst.cr);
            say!(
                "the most inconsistent judgement is {row} against {column}: {judged}, the others imply {fitting}; with {scale} the ratio is {next:.4}. Or give the reason in `accept_inconsistent`",
                "最不一致的判断是 {row} 比 {column}:{judged},其余判断推得 {fitting};改为 {scale} 时一致性比率为 {next:.4}。也可在 accept_inconsistent 中写明理由"
            )
        }
        None => say!("review the judgements", "请复核判断矩阵"),
    };
    Fault::new(
        "ahp-inconsistent",
        say!(
            "the judgements have a consistency ratio of {cr:.4}, 0.1 or more",
            "判断矩阵的一致性比率为 {cr:.4},不小于 0.1"
        ),
        help,
    )
}
