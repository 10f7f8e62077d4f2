//! From files to a survey: GIS layers, rasters and tables in one projected CRS, with a finding for everything that was not as it should be.

mod barriers;
mod canonical;
pub mod charset;
pub mod code;
pub mod dbf;
mod decided_prices;
pub mod degrees;
pub mod distorted;
mod districts;
pub mod duplicates;
pub mod encoding;
pub mod finding;
mod graded_area;
mod guess;
pub mod headed;
pub mod inspect;
mod labelled;
mod layers;
pub mod neighbours;
mod network;
mod numbers;
pub mod opinions;
pub mod overlaps;
mod overlay;
mod parcels;
mod places;
mod policies;
pub mod profits;
pub mod ratios;
pub mod readers;
mod reading;
pub mod rounded_id;
mod sales;
mod samples;
mod subject_places;
pub mod subjects;
pub mod survey;
mod units;
pub mod validity;
pub mod values;
pub mod zone_prefix;

use crate::land::progress::Watch;
use crate::land::{Fault, Outcome};
use crate::project::plan::UnitsOrigin;
use crate::project::{Project, draft};
use crate::say;
use crate::space::{Extent, Shapes};
use finding::{Code, Findings, Policies};
use reading::Reading;
pub(crate) use reading::label;
use survey::{Layer, Rejected, Sample, Survey};

/// Reads everything the project names.
///
/// # Errors
/// What stops a run: files, layers or fields that are missing, systems that are not known. Faults in the data are findings; whether one of
/// them stops the run is told by [`finding::Findings::denied`].
pub fn survey(project: &Project, watch: &dyn Watch) -> Outcome<Survey> {
    watch.begin(&say!("reading", "读取数据"), 3 + (project.factors.len() + project.barriers.len()) as u64);
    let mut reading = Reading::new(project)?;
    open_questions(&mut reading);
    let (units, overlay, extent) = match &project.units.origin {
        UnitsOrigin::Given(given) => {
            let units = units::read(&mut reading, given)?;
            let extent = units.shapes.extent();
            (units, Vec::new(), extent)
        }
        UnitsOrigin::Made(made) => {
            graded_area::read(&mut reading)?;
            let extent = reading.graded_area.as_ref().map_or(Extent::EMPTY, Shapes::extent);
            (survey::Units::default(), overlay::read(&mut reading, made)?, extent)
        }
    };
    if let Some(detail) = distorted::detail(&project.crs, extent) {
        let ground = project.units.given().map(|given| &given.source).or(project.graded_area.as_ref());
        reading.note(Code::DistortedCrs, &ground.map(label).unwrap_or_default(), detail);
    }
    watch.advance(1);
    let (mut layers, mut faults) = (Vec::new(), Vec::new());
    for factor in &project.factors {
        match layers::read(&mut reading, factor, extent) {
            Ok(layer) => layers.push(layer),
            Err(fault) => faults.push(fault),
        }
        watch.advance(1);
    }
    let (samples, rejected) = match &project.prices {
        Some(prices) => samples::read(&mut reading, &prices.samples).unwrap_or_else(|fault| {
            faults.push(fault);
            Default::default()
        }),
        None => Default::default(),
    };
    watch.advance(1);
    let mut barriers = Vec::new();
    for plan in &project.barriers {
        match self::barriers::read(&mut reading, plan) {
            Ok(layers) => barriers.push(layers),
            Err(fault) => faults.push(fault),
        }
        watch.advance(1);
    }
    let network = network::read(&mut reading).unwrap_or_else(|fault| {
        faults.push(fault);
        None
    });
    let districts = districts::read(&mut reading).unwrap_or_else(|fault| {
        faults.push(fault);
        None
    });
    let parcels = self::parcels::read(&mut reading).unwrap_or_else(|fault| {
        faults.push(fault);
        None
    });
    let places = places::read(&mut reading).unwrap_or_else(|fault| {
        faults.push(fault);
        Default::default()
    });
    watch.advance(1);
    if let Some(fault) = Fault::of_all(faults) {
        return Err(fault);
    }
    let (mut findings, graded_area) = (reading.findings, reading.graded_area);
    findings.sort();
    Ok(Survey {
        units,
        overlay,
        layers,
        barriers,
        network,
        districts,
        parcels,
        places,
        samples,
        rejected,
        graded_area,
        findings,
    })
}

/// Reads the samples alone, with the findings made on the way.
///
/// # Errors
/// As [`survey()`], of the samples.
pub fn samples(project: &Project) -> Outcome<(Vec<Sample>, Vec<Rejected>, Findings)> {
    let Some(prices) = &project.prices else { return Ok(Default::default()) };
    let mut reading = Reading::new(project)?;
    let (samples, rejected) = samples::read(&mut reading, &prices.samples)?;
    reading.findings.sort();
    Ok((samples, rejected, reading.findings))
}

/// Reads the districts alone; `None` where the project names none.
///
/// # Errors
/// As [`survey()`], of the districts.
pub fn districts(project: &Project) -> Outcome<Option<Layer>> {
    districts::read(&mut Reading::new(project)?)
}

/// The lines of a draft that nobody has decided yet.
fn open_questions(reading: &mut Reading<'_>) {
    for (number, line) in draft::questions(&reading.project.text) {
        let line = line.trim();
        let detail = say!("line {number} is not decided yet: {line}", "第 {number} 行尚未确定:{line}");
        reading.row(Code::OpenQuestion, "project.toml", number.to_string(), None, detail);
    }
}

/// The policies a project chooses.
///
/// # Errors
/// `unknown-finding`, `policy-not-allowed`.
pub fn policies(project: &Project) -> Outcome<Policies> {
    let mut policies = Policies::default();
    let faults = project.policy.iter().filter_map(|(code, policy)| policies.set(code, policy).err());
    let faults = faults.map(|fault| fault.at(format!("{}: [policy]", project.path.display()))).collect();
    Fault::of_all(faults).map_or(Ok(policies), Err)
}
