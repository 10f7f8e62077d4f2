//! What other weights would give, from the scores of a sealed release.

use super::grading::method;
use crate::grade::{self, Method};
use crate::land::{Fault, Outcome};
use crate::project::Project;
use crate::release::{Scores, UseHead};
use crate::review::Scored;
use crate::review::scored::no_scores;
use crate::review::whatif::{self, Moves, Reweighed, Setting};
use crate::say;
use std::path::Path;

/// One use under other weights.
pub struct Changed {
    /// Its place among the release's uses.
    pub land_use: usize,
    pub weights: Vec<f64>,
    pub limits: Vec<f64>,
    pub gvf: f64,
    pub moves: Moves,
}

/// Applies the settings to the uses they name. The limits are made anew by the method of the project, or `kept`.
///
/// # Errors
/// What the settings are wrong in; `no-scores`; `no-ground` for section profiles, which need the units' places; what the method says.
pub fn whatif(scores: &Scores, settings: &[Setting], kept: bool) -> Outcome<Vec<Changed>> {
    let factors = &scores.factors;
    let weighted = scores.uses.iter().all(|head| head.weights.len() == factors.len());
    if factors.is_empty() || !scores.are_complete() || !weighted {
        return Err(no_scores());
    }
    let weights = whatif::weights(&scores.uses, factors, settings)?;
    let set = |land_use: usize| settings.iter().any(|setting| whatif::is_of(setting, &scores.uses[land_use]));
    let uses: Vec<usize> = (0..scores.uses.len()).filter(|&land_use| set(land_use)).collect();
    // A factor without weight adds nothing to any total: its scores are not read.
    let wanted: Vec<bool> =
        (0..factors.len()).map(|factor| uses.iter().any(|&land_use| weights[land_use][factor] != 0.0)).collect();
    let mut pieces = scores.pieces(&wanted, |columns| {
        let mut of_uses: Vec<Reweighed> = uses.iter().map(|_| Reweighed::default()).collect();
        uses.iter().zip(&mut of_uses).for_each(|(&land_use, units)| units.take(land_use, &weights[land_use], &columns));
        of_uses
    })?;
    let project = Project::sealed(&scores.project, Path::new("project.toml"))?;
    let mut changed = Vec::new();
    for (at, land_use) in uses.into_iter().enumerate() {
        let head = &scores.uses[land_use];
        let mut units = Reweighed::default();
        pieces.iter_mut().for_each(|piece| units.append(std::mem::take(&mut piece[at])));
        let Reweighed { areas, before, after } = units;
        let cut = cut(&project, land_use, head, &after, &areas, kept)?;
        // By the limits of the release, before any clean-up; fewer classes than grades count from the worst.
        let old = |total| head.grades - (Scored::class(&head.limits, total) as u8).min(head.grades - 1);
        let grades = before.iter().zip(&cut.grades).zip(&areas);
        let moves = Moves::of(head.grades, grades.map(|((&total, &new), &area)| (old(total), new, area)));
        changed.push(Changed { land_use, weights: weights[land_use].clone(), limits: cut.limits, gvf: cut.gvf, moves });
    }
    Ok(changed)
}

fn cut(
    project: &Project,
    land_use: usize,
    head: &UseHead,
    totals: &[f64],
    areas: &[f64],
    kept: bool,
) -> Outcome<grade::Graded> {
    let method = if kept { Method::Given(head.limits.clone()) } else { method(&project.uses[land_use].breaks) };
    if matches!(method, Method::Profile(_)) {
        let name = &head.name;
        return Err(Fault::new(
            "no-ground",
            say!(
                "the limits of {name} come from section profiles, which need places",
                "{name} 的界限由剖面图法得出,需要位置"
            ),
            say!("keep the limits with --keep-limits", "请用 --keep-limits 保留原界限"),
        ));
    }
    grade::grade(grade::Units { totals, areas: Some(areas), ground: None }, head.grades, &method)
}
