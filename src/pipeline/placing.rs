//! Finds the unit of every sample, and what is to be said of samples that lie in none of their use.

use super::{corrections, network};
use crate::ingest::finding::{Code, Finding, Policies};
use crate::ingest::survey::Survey;
use crate::land::progress::Watch;
use crate::land::{IdColumn, Outcome};
use crate::project::Project;
use crate::space::{Extent, Point, Shapes, covering};
use crate::{ingest, say};

/// The units that samples are placed in.
#[derive(Clone, Copy)]
pub(super) struct Ground<'a> {
    pub ids: &'a IdColumn,
    pub uses: &'a [u8],
    /// `None` where they are not at hand: then no sample lies in a unit.
    pub shapes: Option<&'a Shapes>,
}

/// A sample to be placed.
pub(super) struct Spot<'a> {
    pub id: &'a str,
    pub place: Point,
    pub use_index: u8,
}

/// Reads everything a project names and places its samples in the units, as pricing does.
///
/// # Errors
/// As [`ingest::survey()`]; what is wrong with the data is among the findings.
pub fn check(project: &Project, watch: &dyn Watch) -> Outcome<Survey> {
    let mut survey = ingest::survey(project, watch)?;
    let policies = ingest::policies(project)?;
    let network = network::of(project, survey.network.as_ref());
    survey.findings.extend(network::in_parts(&policies, network.as_ref(), survey.network.as_ref()));
    survey.findings.sort();
    // A unit that stops the run is not among the units: a sample in it would be said to lie outside.
    let sources = project.units.sources().chain(project.units.made().and(project.graded_area.as_ref()));
    let layers: Vec<String> = sources.map(ingest::label).collect();
    if survey.findings.denied().any(|finding| layers.contains(&finding.layer)) {
        return Ok(survey);
    }
    super::making::make(project, &mut survey, watch)?;
    // What grading would refuse is refused here: weights, judgements, levels and scores of the layers.
    let levels = super::levels::resolve(project, &survey.layers, survey.graded_area.as_ref())?;
    super::model::model(project, &survey.layers, &levels, &survey.barriers, network.as_ref())?;
    survey.findings.extend(super::barriers::doubts(project, &policies, &survey));
    survey.findings.extend(super::rules::findings(project, &policies)?);
    if let Some(plan) = &project.prices {
        let system = corrections::of(project, plan)?;
        survey.findings.extend(corrections::findings(project, &policies, system.as_ref())?);
    }
    let ground = Ground { ids: &survey.units.ids, uses: &survey.units.uses, shapes: Some(&survey.units.shapes) };
    let (samples, rejected) = (survey.samples.clone(), survey.rejected.clone());
    let rows = super::samples::rows(project, &policies, samples, rejected, &mut survey.findings)?;
    let spots = rows.samples.iter().filter(|sample| !sample.place.x.is_nan());
    let spots: Vec<Spot<'_>> =
        spots.map(|sample| Spot { id: &sample.id, place: sample.place, use_index: sample.use_index }).collect();
    let placed = place(project, &policies, ground, &spots);
    let lost = lost(project, &policies, ground, &spots, &placed);
    survey.findings.extend(placed.into_iter().filter_map(Result::err).chain(lost));
    if let Some(layers) = survey.parcels.take() {
        let units = &survey.units;
        survey.findings.extend(super::parcels::check(project, &policies, layers, &units.shapes, &units.uses));
    }
    survey.findings.sort();
    Ok(survey)
}

/// The unit of each sample, or why it has none: it lies in no unit, or in one of another use.
pub(super) fn place(
    project: &Project,
    policies: &Policies,
    ground: Ground<'_>,
    spots: &[Spot<'_>],
) -> Vec<Result<usize, Finding>> {
    let extent = extent(ground);
    let found = covered(ground, spots).into_iter().zip(spots);
    let placed = found.map(|(unit, spot)| {
        let (code, detail) = match unit {
            None if covering::exchanged(spot.place, extent) => (
                Code::SampleOutside,
                say!("the sample lies in no unit; x and y look exchanged", "样点不在任何单元内;x、y 似乎颠倒"),
            ),
            None => (Code::SampleOutside, say!("the sample lies in no unit", "样点不在任何单元内")),
            Some(unit) if ground.uses[unit] != spot.use_index => {
                let name = |at: u8| &project.uses[usize::from(at)].land_use.name;
                let (own, theirs, id) = (name(spot.use_index), name(ground.uses[unit]), ground.ids.show(unit));
                let detail = say!("a sample of {own} on unit {id} of {theirs}", "{own} 样点位于 {theirs} 单元 {id}");
                (Code::SampleUseMismatch, detail)
            }
            Some(unit) => return Ok(unit),
        };
        Err(Finding::new(policies, code, "samples", detail).of_feature(spot.id).at(Some(spot.place)))
    });
    placed.collect()
}

/// Uses that have samples, none of which lies in a unit of the use: they would be left without prices.
pub(super) fn lost(
    project: &Project,
    policies: &Policies,
    ground: Ground<'_>,
    spots: &[Spot<'_>],
    placed: &[Result<usize, Finding>],
) -> Vec<Finding> {
    let extent = extent(ground);
    let of_use = (0u8..).zip(&project.uses).filter_map(|(at, plan)| {
        let own = || spots.iter().zip(placed).filter(move |(spot, _)| spot.use_index == at);
        let (count, name) = (own().count(), &plan.land_use.name);
        if count == 0 || own().any(|(_, placed)| placed.is_ok()) {
            return None;
        }
        let detail = if own().all(|(spot, _)| covering::exchanged(spot.place, extent)) {
            say!(
                "none of the {count} samples of {name} lies in a unit of its use: x and y look exchanged",
                "{name} 的 {count} 个样点均不在该用途的单元内:x、y 似乎颠倒"
            )
        } else {
            say!(
                "none of the {count} samples of {name} lies in a unit of its use: check their coordinates, system and use",
                "{name} 的 {count} 个样点均不在该用途的单元内:请检查坐标、坐标系和用途"
            )
        };
        Some(Finding::new(policies, Code::SamplesLost, "samples", detail))
    });
    of_use.collect()
}

fn extent(ground: Ground<'_>) -> Extent {
    ground.shapes.map_or_else(|| Extent::of(&[]), Shapes::extent)
}

/// The unit each place lies in, as [`covering::covering`] says: units are in the order of their identifiers.
fn covered(ground: Ground<'_>, spots: &[Spot<'_>]) -> Vec<Option<usize>> {
    let Some(shapes) = ground.shapes else { return vec![None; spots.len()] };
    let spots: Vec<_> = spots.iter().map(|spot| covering::Spot { place: spot.place, kind: spot.use_index }).collect();
    covering::covering(shapes, ground.uses, &spots)
}
