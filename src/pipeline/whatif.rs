//! What other weights would give, from the scores of a sealed release.

use super::grading::method;
use crate::grade::{self, Method};
use crate::land::{Fault, Outcome};
use crate::project::Project;
use crate::release::{Scores, UseHead};
use crate::review::Scored;
use crate::review::scored::no_scores;
use crate::review::whatif::{self, Moves, Setting};
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

/// The uses whose weights were set, and the grades and totals of all units.
pub struct Answer {
    pub uses: Vec<Changed>,
    /// By the limits of the release, before any clean-up, and by the new ones.
    pub before: Vec<u8>,
    pub after: Vec<u8>,
    pub totals: Vec<f64>,
}

/// Applies the settings. The limits are made anew by the method of the project, or `kept`.
///
/// # Errors
/// What the settings are wrong in; `no-scores`; `no-ground` for section profiles, which need the units' places; what the method says.
pub fn whatif(scores: &Scores, settings: &[Setting], kept: bool) -> Outcome<Answer> {
    let factors: Vec<String> = scores.factors.iter().map(|factor| factor.key.clone()).collect();
    let weighted = scores.uses.iter().all(|head| head.weights.len() == factors.len());
    if factors.is_empty() || scores.scores.len() != factors.len() || !weighted {
        return Err(no_scores());
    }
    let weights = whatif::weights(&scores.uses, &factors, settings)?;
    let set = |key: &str| settings.iter().any(|setting| setting.land_use == key);
    let others: Vec<Option<Vec<f64>>> =
        scores.uses.iter().zip(&weights).map(|(head, weights)| set(&head.key).then(|| weights.clone())).collect();
    let totals = whatif::totals(&scores.scores, &scores.use_of, &scores.totals, &others);
    let before: Vec<u8> = crate::scale::map(scores.totals.len(), |unit| {
        let head = &scores.uses[usize::from(scores.use_of[unit])];
        // Fewer classes than grades count from the worst.
        head.grades - (Scored::class(&head.limits, scores.totals[unit]) as u8).min(head.grades - 1)
    });
    let mut after = before.clone();
    let project = Project::sealed(&scores.project, Path::new("project.toml"))?;
    let mut uses = Vec::new();
    for (land_use, head) in scores.uses.iter().enumerate() {
        if !set(&head.key) {
            continue;
        }
        let members: Vec<usize> =
            (0..totals.len()).filter(|&unit| usize::from(scores.use_of[unit]) == land_use).collect();
        let cut = cut(&project, land_use, head, &members, &totals, &scores.areas, kept)?;
        members.iter().zip(&cut.grades).for_each(|(&unit, &grade)| after[unit] = grade);
        let pairs = members.iter().map(|&unit| (before[unit], after[unit], scores.areas[unit]));
        let moves = Moves::of(head.grades, pairs);
        uses.push(Changed { land_use, weights: weights[land_use].clone(), limits: cut.limits, gvf: cut.gvf, moves });
    }
    Ok(Answer { uses, before, after, totals })
}

fn cut(
    project: &Project,
    land_use: usize,
    head: &UseHead,
    members: &[usize],
    totals: &[f64],
    areas: &[f64],
    kept: bool,
) -> Outcome<grade::Graded> {
    let of = |column: &[f64]| members.iter().map(|&unit| column[unit]).collect::<Vec<f64>>();
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
    let (totals, areas) = (of(totals), of(areas));
    grade::grade(grade::Units { totals: &totals, areas: Some(&areas), ground: None }, head.grades, &method)
}
