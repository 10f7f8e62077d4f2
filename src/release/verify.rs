//! Verifies a sealed release: digests every file again, and the inputs where they are at hand.

use super::digest::{self, Digest};
use super::life::Life;
use super::manifest::{MANIFEST, Manifest, SEAL, Seal};
use super::open::{Cover, read_head};
use crate::land::Outcome;
use std::collections::BTreeSet;
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
    for ((name, _), state) in wanted.iter().zip(states(&wanted, path)?) {
        match state {
            InputState::Missing => missing.push((*name).to_string()),
            InputState::Changed | InputState::Unrecorded => changed.push((*name).to_string()),
            InputState::Same => {}
        }
    }
    if head.is_none()
        && let Err(fault) = Life::read(path)
    {
        if fault.code != "damaged-life" {
            return Err(fault);
        }
        // It stands beside the folder.
        changed.push(format!("../{}.life.json", manifest.name));
    }
    changed.sort_unstable();
    let known: BTreeSet<&str> = wanted.iter().map(|(name, _)| *name).chain([MANIFEST, SEAL]).collect();
    let extra = digest::files(path)?.into_iter().filter(|name| !known.contains(name.as_str())).collect();
    let inputs = match project_folder {
        None => Vec::new(),
        Some(folder) => {
            let wanted: Vec<(&str, &str)> =
                manifest.inputs.iter().map(|input| (input.path.as_str(), input.digest.as_str())).collect();
            let names = manifest.inputs.iter().map(|input| input.path.clone());
            names.zip(states(&wanted, folder)?).collect()
        }
    };
    Ok(Verification { manifest, seal, changed, missing, extra, inputs })
}

/// What became of files with known digests.
fn states(wanted: &[(&str, &str)], folder: &Path) -> Outcome<Vec<InputState>> {
    let paths: Vec<PathBuf> = wanted.iter().map(|(name, _)| folder.join(name)).collect();
    let found = digest::of_each(&paths).into_iter().zip(paths.iter().zip(wanted));
    found
        .map(|(digest, (path, (_, sealed)))| match digest {
            Err(fault) if fault.code == "cancelled" => Err(fault),
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
