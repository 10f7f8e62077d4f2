//! From the project's factors and their layers to the model that scores: fields and weights.

use crate::factors::barrier::{Barriers, Crossings};
use crate::factors::{Field, Surface, Zones, reach};
use crate::ingest::survey::{BarrierLayers, FactorLayer};
use crate::land::{Fault, Outcome};
use crate::project::plan::{AhpSolver, FactorKind, RandomIndex, WeightsPlan};
use crate::project::{FactorPlan, Project, UsePlan};
use crate::release::Judged;
use crate::score::Model;
use crate::weights::ahp::{self, Ahp, Judgements};
use crate::{say, weights};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Builds the model.
///
/// # Errors
/// Every factor's and every use's fault at once.
pub fn model(project: &Project, layers: &[FactorLayer], barriers: &[BarrierLayers]) -> Outcome<Model> {
    let mut faults = Vec::new();
    let mut standing = Standing::new(project, barriers);
    let mut fields = Vec::new();
    for (factor, layer) in project.factors.iter().zip(layers) {
        match field(project, factor, layer, &mut standing) {
            Ok(field) => fields.push(field),
            Err(fault) => faults.push(fault),
        }
    }
    let mut weights = Vec::new();
    for plan in &project.uses {
        match weights_of(project, plan) {
            Ok(of_use) => weights.push(of_use),
            Err(fault) => faults.push(fault.at(format!("{}: {}", project.path.display(), plan.land_use.key))),
        }
    }
    match Fault::of_all(faults) {
        Some(fault) => Err(fault),
        None => Ok(Model { keys: project.factor_keys(), fields, weights, score_at: project.units.score_at }),
    }
}

/// The barriers of factors, each set made once.
struct Standing<'a> {
    project: &'a Project,
    layers: &'a [BarrierLayers],
    made: BTreeMap<Vec<usize>, Arc<Barriers>>,
}

impl<'a> Standing<'a> {
    fn new(project: &'a Project, layers: &'a [BarrierLayers]) -> Standing<'a> {
        Standing { project, layers, made: BTreeMap::new() }
    }

    /// The barriers of these numbers; none where there are no numbers.
    fn of(&mut self, numbers: &[usize]) -> Option<Arc<Barriers>> {
        if numbers.is_empty() {
            return None;
        }
        let (project, layers) = (self.project, self.layers);
        let make = || {
            let walls: Vec<_> = numbers.iter().map(|&number| &layers[number].walls.shapes).collect();
            let crossings = numbers.iter().filter_map(|&number| {
                let within = project.barriers[number].crossings.as_ref()?.within;
                Some(Crossings { shapes: &layers[number].crossings.as_ref()?.shapes, within })
            });
            Arc::new(Barriers::new(&walls, &crossings.collect::<Vec<_>>()))
        };
        Some(self.made.entry(numbers.to_vec()).or_insert_with(make).clone())
    }
}

fn field(project: &Project, factor: &FactorPlan, layer: &FactorLayer, standing: &mut Standing<'_>) -> Outcome<Field> {
    let key = &factor.key;
    match (&factor.kind, layer) {
        (FactorKind::Point(plan) | FactorKind::Line(plan), FactorLayer::Vector(layer)) => {
            reach::build(key, plan, layer, false, standing.of(&plan.barriers).as_ref()).map(Field::Reach)
        }
        (FactorKind::Centre(plan), FactorLayer::Vector(layer)) => {
            reach::build(key, plan, layer, true, standing.of(&plan.barriers).as_ref()).map(Field::Reach)
        }
        (FactorKind::Area(plan), FactorLayer::Vector(layer)) => Zones::build(key, plan, layer).map(Field::Zones),
        (FactorKind::Raster(plan), FactorLayer::Grid(grid)) => {
            Surface::build(key, plan, grid.clone(), &project.crs).map(Field::Surface)
        }
        (_, FactorLayer::Recorded) => Ok(Field::Recorded),
        _ => Err(Fault::new(
            "wrong-layer",
            say!("factor {key}: its layer is of another kind", "因素 {key}:图层类型不符"),
            say!("read the layers anew", "请重新读取图层"),
        )),
    }
}

/// How consistent the judgements of a use are; `None` where its weights are given.
///
/// # Errors
/// `ahp-inconsistent` where they are not, and no reason is given; what is wrong with the matrix.
pub(super) fn judged(project: &Project, plan: &UsePlan) -> Outcome<Option<Judged>> {
    let WeightsPlan::Ahp { factors, matrix, solver, random_index, accept_inconsistent } = &plan.weights else {
        return Ok(None);
    };
    let Ahp { lambda_max, ci, ri, cr, accepted, .. } = derived(project, factors, matrix, *solver, *random_index)?.1;
    let solver = match solver {
        AhpSolver::Eigenvector => "eigenvector",
        AhpSolver::GeometricMean => "geometric-mean",
        AhpSolver::ColumnMean => "column-mean",
    };
    let accepted_because = accept_inconsistent.clone().filter(|_| !accepted);
    Ok(Some(Judged { solver: solver.to_string(), lambda_max, ci, ri, cr, accepted_because }))
}

fn derived(
    project: &Project,
    factors: &[usize],
    matrix: &[Vec<f64>],
    solver: AhpSolver,
    random_index: RandomIndex,
) -> Outcome<(Judgements, Ahp)> {
    let names = factors.iter().map(|&factor| project.factors[factor].key.clone()).collect();
    let solver = match solver {
        AhpSolver::Eigenvector => ahp::Solver::Eigenvector,
        AhpSolver::GeometricMean => ahp::Solver::GeometricMean,
        AhpSolver::ColumnMean => ahp::Solver::ColumnMean,
    };
    let random_index = match random_index {
        RandomIndex::A => ahp::RandomIndex::A,
        RandomIndex::B => ahp::RandomIndex::B,
    };
    let judgements = Judgements { names, matrix: matrix.to_vec() };
    let derived = ahp::derive(&judgements, solver, random_index)?;
    Ok((judgements, derived))
}

/// The weights of a use, one per factor of the project.
fn weights_of(project: &Project, plan: &UsePlan) -> Outcome<Vec<f64>> {
    match &plan.weights {
        WeightsPlan::Given(given) => {
            weights::given::check(&project.factor_keys(), given)?;
            Ok(given.clone())
        }
        WeightsPlan::Ahp { factors, matrix, solver, random_index, accept_inconsistent } => {
            let (judgements, derived) = derived(project, factors, matrix, *solver, *random_index)?;
            if !derived.accepted && accept_inconsistent.is_none() {
                return Err(inconsistent(&judgements, &derived));
            }
            let mut weights = vec![0.0; project.factors.len()];
            factors.iter().zip(&derived.weights).for_each(|(&factor, &weight)| weights[factor] = weight);
            Ok(weights)
        }
    }
}

fn inconsistent(judgements: &Judgements, derived: &ahp::Ahp) -> Fault {
    let cr = derived.cr;
    let help = match &derived.worst {
        Some(worst) => {
            let (row, column) = (&judgements.names[worst.row], &judgements.names[worst.column]);
            let (judged, proposed) = (worst.judged, worst.proposed);
            say!(
                "the most inconsistent judgement is {row} against {column}: {judged}, {proposed:.2} would fit; or give the reason in `accept_inconsistent`",
                "最不一致的判断是 {row} 比 {column}:{judged},改为 {proposed:.2} 较合适;或在 accept_inconsistent 中写明理由"
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
