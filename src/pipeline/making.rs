//! Where units are not read but made, or graded for every use: makes them between the survey and the scoring.

use super::{levels, model, network};
use crate::ingest::code::Code;
use crate::ingest::finding::Finding;
use crate::ingest::survey::{FactorLayer, Survey};
use crate::land::Outcome;
use crate::land::progress::Watch;
use crate::project::Project;
use crate::project::plan::{FactorKind, Way};
use crate::release::TilingHead;
use crate::space::{Shapes, measure};
use crate::units::{self, Ground, Lines, Tiling};
use crate::{ingest, say};

/// Fills in the survey's units where the project has them made; gives how they tile the graded area, or how much of it given ones cover.
///
/// # Errors
/// What [`units::make`] says; for a quadtree what its factors and weights say.
pub(super) fn make(project: &Project, survey: &mut Survey, watch: &dyn Watch) -> Outcome<Option<TilingHead>> {
    let mut told = None;
    if let Some(plan) = project.units.made() {
        let nothing = Shapes::new(crate::space::Kind::Polygon);
        let area = survey.graded_area.as_ref().unwrap_or(&nothing);
        let model = match &plan.way {
            Way::Quadtree(_) => {
                let levels = levels::resolve(project, &survey.layers, Some(area))?;
                let network = network::of(project, survey.network.as_ref());
                Some(model::model(project, &survey.layers, &levels, &survey.barriers, network.as_ref())?)
            }
            Way::Grid { .. } | Way::Overlay(_) => None,
        };
        let lines = lines(project, survey);
        let ground = Ground { area, overlay: &survey.overlay, model: model.as_ref(), lines };
        let (made, tiling) = units::make(plan, &ground, watch)?;
        if tiling.joined > 0 {
            let Tiling { joined, joined_area, .. } = tiling;
            let detail = say!(
                "pieces too small or too narrow that joined a neighbour: {joined}, {joined_area:.2} m² in all",
                "过小或过窄而并入相邻单元的碎块:{joined} 个,共 {joined_area:.2} ㎡"
            );
            let policies = ingest::policies(project)?;
            survey.findings.push(Finding::new(&policies, Code::SliversJoined, "units", detail));
            survey.findings.sort();
        }
        survey.units = made;
        told = Some(TilingHead {
            way: plan.way.word().to_string(),
            units: tiling.units,
            area: tiling.area,
            graded_area: tiling.graded_area,
            joined: tiling.joined,
            joined_area: tiling.joined_area,
        });
    }
    if let (None, Some(area)) = (project.units.made(), &survey.graded_area) {
        told = Some(TilingHead {
            way: "given".to_string(),
            units: survey.units.areas.len(),
            area: survey.units.areas.iter().sum(),
            graded_area: area.iter().map(measure::area).sum(),
            joined: 0,
            joined_area: 0.0,
        });
    }
    if project.units.every_use {
        let keys: Vec<&str> = project.uses.iter().map(|plan| plan.land_use.key.as_str()).collect();
        survey.units = units::for_every_use(std::mem::take(&mut survey.units), &keys);
    }
    Ok(told)
}

/// What a cell is not to lie across: barriers and the edges of centres.
fn lines(project: &Project, survey: &Survey) -> Lines {
    let walls = survey.barriers.iter().map(|barrier| &barrier.walls.shapes);
    let centres =
        project.factors.iter().zip(&survey.layers).filter_map(|(factor, layer)| match (&factor.kind, layer) {
            (FactorKind::Centre(_), FactorLayer::Vector(layer)) => Some(&layer.shapes),
            _ => None,
        });
    Lines::new(&walls.chain(centres).collect::<Vec<_>>())
}
