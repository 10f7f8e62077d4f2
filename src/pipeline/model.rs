//! From the project's factors and their layers to the model that scores: fields and weights.

use super::{levels, weights};
use crate::factors::barrier::{Barriers, Crossings};
use crate::factors::network::Network;
use crate::factors::{Field, Reach, Surface, Zones, reach};
use crate::ingest::survey::{BarrierLayers, FactorLayer};
use crate::land::{Fault, Outcome};
use crate::project::plan::{Distance, ReachPlan};
use crate::project::{FactorKind, FactorPlan, Project};
use crate::release::LevelHead;
use crate::say;
use crate::score::Model;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Builds the model. `levels` is, per factor, what rules came to.
///
/// # Errors
/// Every factor's and every use's fault at once.
pub fn model(
    project: &Project,
    layers: &[FactorLayer],
    levels: &[Vec<LevelHead>],
    barriers: &[BarrierLayers],
    network: Option<&Arc<Network>>,
) -> Outcome<Model> {
    let mut faults = Vec::new();
    let mut standing = Standing { network, ..Standing::new(project, barriers) };
    let mut fields = Vec::new();
    for (at, (factor, layer)) in project.factors.iter().zip(layers).enumerate() {
        match field(project, factor, layer, levels.get(at).map_or(&[], Vec::as_slice), &mut standing) {
            Ok(field) => fields.push(field),
            Err(fault) => faults.push(fault),
        }
    }
    let mut of_uses = Vec::new();
    for plan in &project.uses {
        match weights::of_use(project, plan) {
            Ok(of_use) => of_uses.push(of_use),
            Err(fault) => faults.push(fault.at(format!("{}: {}", project.path.display(), plan.land_use.key))),
        }
    }
    match Fault::of_all(faults) {
        Some(fault) => Err(fault),
        None => Ok(Model { keys: project.factor_keys(), fields, weights: of_uses, score_at: project.units.score_at }),
    }
}

/// The barriers of factors, each set made once, and the network.
struct Standing<'a> {
    project: &'a Project,
    layers: &'a [BarrierLayers],
    made: BTreeMap<Vec<usize>, Arc<Barriers>>,
    network: Option<&'a Arc<Network>>,
}

impl<'a> Standing<'a> {
    fn new(project: &'a Project, layers: &'a [BarrierLayers]) -> Standing<'a> {
        Standing { project, layers, made: BTreeMap::new(), network: None }
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

    /// The factor with the distances its plan asks for.
    fn measured(&self, plan: &ReachPlan, reach: Reach) -> Reach {
        match (plan.distance, self.network) {
            (Distance::Network, Some(network)) => reach.by_network(network),
            (Distance::Network, None) | (Distance::Straight, _) => reach,
        }
    }
}

fn field(
    project: &Project,
    factor: &FactorPlan,
    layer: &FactorLayer,
    numbers: &[LevelHead],
    standing: &mut Standing<'_>,
) -> Outcome<Field> {
    let key = &factor.key;
    match (&factor.kind, layer) {
        (FactorKind::Point(plan) | FactorKind::Line(plan), FactorLayer::Vector(layer)) => {
            let plan = levels::numbered(plan, numbers, key)?;
            reach::build(key, &plan, layer, false, standing.of(&plan.barriers).as_ref())
                .map(|reach| Field::Reach(standing.measured(&plan, reach)))
        }
        (FactorKind::Centre(plan), FactorLayer::Vector(layer)) => {
            let plan = levels::numbered(plan, numbers, key)?;
            reach::build(key, &plan, layer, true, standing.of(&plan.barriers).as_ref())
                .map(|reach| Field::Reach(standing.measured(&plan, reach)))
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
