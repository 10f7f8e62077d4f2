//! What units would be worth with some inputs of one release and some of another.

use super::{denied, refuse_denied, samples, zoning};
use crate::ingest;
use crate::ingest::readers::files;
use crate::land::column::Texts;
use crate::land::progress::Watch;
use crate::land::{Fault, Outcome, cancel};
use crate::project::Project;
use crate::project::mix::{Group, Groups, Mixture};
use crate::release::{Release, UnitRows};
use std::io::Read;
use std::path::{Path, PathBuf};

/// The groups in which two projects differ, in settings or in data. Files are compared byte by byte, so that a file with many layers makes
/// every group that reads it one of these; where its own layers are the same, it comes to nothing.
pub fn differing(mixture: &Mixture) -> Groups {
    let settings = mixture.settings_differ();
    Groups::of(Group::ALL.into_iter().filter(|&group| {
        let files = |paths: Vec<PathBuf>| paths.iter().flat_map(|path| files::of(path)).collect::<Vec<PathBuf>>();
        let [old, new] = mixture.sources(group).map(files);
        settings.has(group) || !same_data(&old, &new)
    }))
}

fn same_data(old: &[PathBuf], new: &[PathBuf]) -> bool {
    old.len() == new.len() && old.iter().zip(new).all(|(old, new)| old == new || same_bytes(old, new).unwrap_or(false))
}

fn same_bytes(old: &Path, new: &Path) -> std::io::Result<bool> {
    let mut of = [std::fs::File::open(old)?, std::fs::File::open(new)?];
    if of[0].metadata()?.len() != of[1].metadata()?.len() {
        return Ok(false);
    }
    let mut pieces = [vec![0u8; 1 << 20], vec![0u8; 1 << 20]];
    loop {
        let mut lengths = [0; 2];
        for ((file, piece), length) in of.iter_mut().zip(&mut pieces).zip(&mut lengths) {
            *length = file.take(1 << 20).read_to_end({
                piece.clear();
                piece
            })?;
        }
        if pieces[0] != pieces[1] {
            return Ok(false);
        }
        if lengths[0] == 0 {
            return Ok(true);
        }
    }
}

/// Grades and prices the units with each set of groups of the new project and the rest of the old one, and hands on the units as they
/// come out. Sets that share what decides grades are graded once; they come one after the other, else in the order given.
///
/// # Errors
/// What a run says, and with which set.
pub fn revalue(
    mixture: &Mixture,
    sets: &[Groups],
    watch: &dyn Watch,
    mut each: impl FnMut(Groups, &Release) -> Outcome<()>,
) -> Result<(), (Groups, Fault)> {
    let mut parts: Vec<Groups> = Vec::new();
    for set in sets {
        if !parts.contains(&set.grading()) {
            parts.push(set.grading());
        }
    }
    for part in parts {
        let mut graded: Option<Release> = None;
        for &set in sets.iter().filter(|set| set.grading() == part) {
            let release = again(mixture, set, graded.take(), watch).map_err(|fault| (set, fault))?;
            each(set, graded.insert(release)).map_err(|fault| (set, fault))?;
        }
    }
    Ok(())
}

/// The units with one set; `graded` has them graded already.
fn again(mixture: &Mixture, set: Groups, graded: Option<Release>, watch: &dyn Watch) -> Outcome<Release> {
    cancel::checkpoint()?;
    let project = mixture.project(set)?;
    let mut release = match graded {
        Some(mut release) => {
            sampled(&project, &mut release)?;
            release
        }
        None => {
            let mut survey = ingest::survey(&project, watch)?;
            refuse_denied(&survey)?;
            let graded_area = survey.graded_area.take();
            survey.graded_area.clone_from(&graded_area);
            let mut release = super::grade(&project, survey, watch)?;
            denied(&release.findings)?;
            let ground = zoning::Ground { districts: None, graded_area: graded_area.as_ref() };
            zoning::zone(&project, &mut release, ground, false, watch);
            release
        }
    };
    if project.prices.is_some() {
        super::price(&project, &mut release, watch)?;
    }
    Ok(release)
}

/// Puts the samples of another set in place of those before, and takes the prices away.
fn sampled(project: &Project, release: &mut Release) -> Outcome<()> {
    let (sold, rejected, mut findings) = ingest::samples(project)?;
    denied(&findings)?;
    let policies = ingest::policies(project)?;
    let rows = samples::rows(project, &policies, sold, rejected, &mut findings)?;
    (release.samples, release.rejected) = (rows.samples, rows.rejected);
    release.findings = findings;
    release.cells.clear();
    release.units.prices.clear();
    Ok(())
}

/// The district most of each unit lies in, as its place among the names; `u32::MAX` where none. `None` where the project names no districts.
///
/// # Errors
/// What reading the districts says.
pub fn districts(project: &Project, units: &UnitRows) -> Outcome<Option<(Vec<u32>, Texts)>> {
    let Some(layer) = ingest::districts(project)? else { return Ok(None) };
    let most = |shares: Vec<(u32, f64)>| {
        let most = shares.into_iter().reduce(|most, share| if share.1 > most.1 { share } else { most });
        most.map_or(u32::MAX, |(district, _)| district)
    };
    let homes = zoning::shares(units, Some(&layer)).into_iter().map(most).collect();
    Ok(Some((homes, layer.labels)))
}
