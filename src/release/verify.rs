//! Verifies a sealed release: digests every file again, and the inputs where they are at hand.

use super::digest::{self, Digest};
use super::handed_out;
use super::life::{Life, Stage};
use super::manifest::{MANIFEST, Manifest, SEAL, Seal};
use super::open::{Cover, read_head};
use crate::land::Outcome;
use crate::land::release_name::PUBLISHED;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// What became of a release since it was sealed.
#[derive(Clone, Debug)]
pub struct Verification {
    pub manifest: Manifest,
    pub seal: Seal,
    /// Files with other bytes than were sealed, sorted; the manifest and the seal among them.
    pub changed: Vec<String>,
    /// Files that are gone.
    pub missing: Vec<String>,
    /// Files that were not there.
    pub extra: Vec<String>,
    /// How many files of the folder published beside it were looked at; `None` where none is known.
    pub published: Option<usize>,
    /// Every input with its state, in the manifest's order; empty where no folder of inputs was given.
    pub inputs: Vec<(String, InputState)>,
}

/// What became of an input.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InputState {
    Same,
    Changed,
    Missing,
    /// The release was sealed without its digest.
    Unrecorded,
}

impl Verification {
    /// Whether the release is what was sealed, to the byte.
    pub fn is_whole(&self) -> bool {
        self.changed.is_empty() && self.missing.is_empty() && self.extra.is_empty()
    }

    /// Whether every input is as it was; also where none was looked at.
    pub fn has_its_inputs(&self) -> bool {
        self.inputs.iter().all(|(_, state)| *state == InputState::Same)
    }
}

/// Digests a release's files again, and those of its inputs that are found from `project_folder`.
///
/// # Errors
/// `not-a-release`, `newer-format`; `damaged-release` where the manifest or the seal cannot be read at all; `cancelled`.
pub fn verify(path: &Path, project_folder: Option<&Path>) -> Outcome<Verification> {
    let (Cover { manifest, seal }, head) = read_head(path)?;
    let mut changed: Vec<String> = head.map(String::from).into_iter().collect();
    let mut missing = Vec::new();
    let wanted: Vec<(&str, &str)> =
        manifest.outputs.iter().map(|output| (output.path.as_str(), output.sha256.as_str())).collect();
    for ((name, _), state) in wanted.iter().zip(states(&wanted, path, true)?) {
        match state {
            InputState::Missing => missing.push((*name).to_string()),
            InputState::Changed | InputState::Unrecorded => changed.push((*name).to_string()),
            InputState::Same => {}
        }
    }
    let mut extra = Vec::new();
    let mut published = None;
    let life = if head.is_none() { Life::read(path) } else { Ok(None) };
    match life {
        Err(fault) if fault.code != "damaged-life" => return Err(fault),
        // It stands beside the folder.
        Err(_) => changed.push(format!("../{}.life.json", manifest.name)),
        Ok(life) => {
            if let Some(entry) = life.as_ref().and_then(|life| life.entry(Stage::Published)) {
                let lists = [&mut changed, &mut missing, &mut extra];
                published = handed_out(path, &manifest.name, &entry.files, lists)?;
            }
        }
    }
    changed.sort_unstable();
    let known: BTreeSet<&str> = wanted.iter().map(|(name, _)| *name).chain([MANIFEST, SEAL]).collect();
    extra.extend(digest::files(path)?.into_iter().filter(|name| !known.contains(name.as_str())));
    extra.extend(digest::empty_folders(path)?);
    let inputs = match project_folder {
        None => Vec::new(),
        Some(folder) => {
            let wanted: Vec<(&str, &str)> =
                manifest.inputs.iter().map(|input| (input.path.as_str(), input.digest.as_str())).collect();
            let names = manifest.inputs.iter().map(|input| input.path.clone());
            names.zip(states(&wanted, folder, false)?).collect()
        }
    };
    Ok(Verification { manifest, seal, changed, missing, extra, published, inputs })
}

/// Holds the folder of published files against what it was when the release was published; the number of files, or `None` where the folder
/// is not beside the release or nothing is noted of it.
fn handed_out(
    release: &Path,
    name: &str,
    noted: &BTreeMap<String, String>,
    [changed, missing, extra]: [&mut Vec<String>; 3],
) -> Outcome<Option<usize>> {
    let folder = handed_out::folder(release, name);
    if noted.is_empty() || !folder.is_dir() {
        return Ok(None);
    }
    let found = handed_out::digests(&folder)?;
    let called = |file: &str| format!("../{name}{PUBLISHED}/{file}");
    for (file, digest) in noted {
        match found.get(file) {
            None => missing.push(called(file)),
            Some(now) if now != digest => changed.push(called(file)),
            Some(_) => {}
        }
    }
    extra.extend(found.keys().filter(|file| !noted.contains_key(*file)).map(|file| called(file)));
    Ok(Some(noted.len()))
}

/// What became of files with known digests; `sealed_here`: files of the release, which holds no links.
fn states(wanted: &[(&str, &str)], folder: &Path, sealed_here: bool) -> Outcome<Vec<InputState>> {
    let paths: Vec<PathBuf> = wanted.iter().map(|(name, _)| folder.join(name)).collect();
    let found = digest::of_each(&paths).into_iter().zip(paths.iter().zip(wanted));
    // A link may lead anywhere, and other bytes tomorrow.
    let is_link = |path: &PathBuf| path.symlink_metadata().is_ok_and(|found| found.file_type().is_symlink());
    found
        .map(|(digest, (path, (_, sealed)))| match digest {
            Err(fault) if fault.code == "cancelled" => Err(fault),
            Ok(_) if sealed_here && is_link(path) => Ok(InputState::Changed),
            Err(_) if path.exists() => Ok(InputState::Changed),
            Err(_) => Ok(InputState::Missing),
            Ok(_) if sealed.is_empty() => Ok(InputState::Unrecorded),
            Ok(Digest { sha256, .. }) if sha256 == *sealed => Ok(InputState::Same),
            Ok(_) => Ok(InputState::Changed),
        })
        .collect()
}

#[cfg(test)]
#[path = "verify_tests.rs"]
mod tests;
