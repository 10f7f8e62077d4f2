//! Radii and scores of levels that follow from rules: resolved once in a run, and kept in the release for whoever explains it.

use crate::factors::reach;
use crate::ingest::survey::FactorLayer;
use crate::land::{Fault, Outcome};
use crate::project::plan::{FactorKind, ReachPlan};
use crate::project::{FactorPlan, Project};
use crate::release::LevelHead;
use crate::say;
use crate::space::Shapes;
use std::borrow::Cow;

/// Per factor what its levels come to; nothing of factors whose numbers all stand in the project file.
///
/// # Errors
/// Every factor's fault at once, as [`reach::resolve`].
pub(super) fn resolve(
    project: &Project,
    layers: &[FactorLayer],
    city: Option<&Shapes>,
) -> Outcome<Vec<Vec<LevelHead>>> {
    let (mut heads, mut faults) = (Vec::new(), Vec::new());
    for (factor, layer) in project.factors.iter().zip(layers) {
        let plan = of(factor).filter(|plan| plan.has_rules());
        let (Some(plan), FactorLayer::Vector(layer)) = (plan, layer) else {
            heads.push(Vec::new());
            continue;
        };
        let centre = matches!(factor.kind, FactorKind::Centre(_));
        match reach::resolve(&factor.key, plan, layer, centre, city) {
            Ok(numbers) => heads.push(
                plan.levels
                    .iter()
                    .zip(numbers)
                    .map(|(level, (radius, score))| LevelHead {
                        level: level.name.clone(),
                        radius,
                        radius_rule: level.radius_rule.map(|rule| rule.word().to_string()),
                        score,
                        score_rule: level.score_rule.map(|_| "mean".to_string()),
                    })
                    .collect(),
            ),
            Err(fault) => faults.push(fault),
        }
    }
    Fault::of_all(faults).map_or(Ok(heads), Err)
}

/// The plan with the numbers its rules came to.
///
/// # Errors
/// `inconsistent-release` where there are none for every level.
pub(super) fn numbered<'a>(plan: &'a ReachPlan, levels: &[LevelHead], key: &str) -> Outcome<Cow<'a, ReachPlan>> {
    if !plan.has_rules() {
        return Ok(Cow::Borrowed(plan));
    }
    if levels.len() != plan.levels.len() {
        return Err(Fault::new(
            "inconsistent-release",
            say!(
                "factor {key}: the release does not tell what its levels' rules came to",
                "因素 {key}:成果未记录按规则推算的级别半径与分值"
            ),
            say!("make the release anew", "请重新生成成果"),
        ));
    }
    Ok(Cow::Owned(plan.with(levels.iter().map(|level| (level.radius, level.score)))))
}

pub(super) fn of(factor: &FactorPlan) -> Option<&ReachPlan> {
    match &factor.kind {
        FactorKind::Point(plan) | FactorKind::Line(plan) | FactorKind::Centre(plan) => Some(plan),
        FactorKind::Area(_) | FactorKind::Raster(_) => None,
    }
}
