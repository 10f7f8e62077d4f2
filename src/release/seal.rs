//! Seals a release: a folder written aside, digested, synced, made read-only and renamed into its place, where nothing may stand yet.

use super::content::Release;
use super::manifest::{
    self, CORRECTIONS, GATE, INDEX, MANIFEST, MAPPING, Manifest, Output, PROJECT, SEAL, Seal, UNITS,
};
use super::{consistent, digest, grade_map, layers, rows, tables};
use crate::formats::Part;
use crate::land::{Fault, Outcome, cancel, release_name};
use crate::say;
use jiff::civil::Date;
use std::path::{Path, PathBuf};

/// A sealed release.
#[derive(Clone, Debug)]
pub struct Sealed {
    pub path: PathBuf,
    /// SHA-256 of its manifest, which names every other file's.
    pub content_digest: String,
    /// Every file but the manifest and the seal.
    pub files: Vec<Output>,
}

/// Seals `release` as the folder of its name in `folder`. Inputs without a digest get theirs, found from `project_folder` (where there is
/// none they stay without). Equal releases give equal content digests, whatever the day.
///
/// # Errors
/// `already-sealed` where that name is taken: nothing is ever overwritten; `release-name` for one that is no folder's name;
/// `inconsistent-release` where columns differ in length or keys repeat; `not-finite`; `io`, also for an input that is gone; `cancelled`.
/// After any of them nothing is left in `folder`.
pub fn seal(release: &mut Release, folder: &Path, sealed_on: Date, project_folder: Option<&Path>) -> Outcome<Sealed> {
    release_name::check(&release.head.name)?;
    consistent::check(release)?;
    let target = folder.join(&release.head.name);
    if target.symlink_metadata().is_ok() {
        return Err(already_sealed(&target));
    }
    if let Some(project_folder) = project_folder {
        digest_inputs(release, project_folder)?;
    }
    let part = Part::new(&target)?;
    let sealed = write(release, part.path(), sealed_on)?;
    settle(part.path())?;
    part.commit_new().map_err(|fault| match fault.code {
        "already-there" => already_sealed(&target),
        _ => fault,
    })?;
    sync_folder(folder)?;
    Ok(Sealed { path: target, ..sealed })
}

fn write(release: &Release, folder: &Path, sealed_on: Date) -> Outcome<Sealed> {
    std::fs::create_dir(folder).map_err(|error| unwritable(folder, &error))?;
    let head = &release.head;
    rows::write(&release.units, &release.uses, &head.factors, &head.crs, &folder.join(UNITS))?;
    let mut layer_files = Vec::with_capacity(release.layers.len());
    for (number, (layer, factor)) in release.layers.iter().zip(&head.factors).enumerate() {
        cancel::checkpoint()?;
        layer_files.push(match layer {
            None => None,
            Some(layer) => {
                let name = layers::file_name(number, &factor.key);
                layers::write(layer, &head.crs, &folder.join(&name))?;
                Some(name)
            }
        });
    }
    for (number, barrier) in release.barriers.iter().enumerate() {
        let [walls, crossings] = layers::barrier_files(number);
        layers::write(&barrier.walls, &head.crs, &folder.join(walls))?;
        if let Some(layer) = &barrier.crossings {
            layers::write(layer, &head.crs, &folder.join(crossings))?;
        }
    }
    if let Some(network) = &release.network {
        layers::write(network, &head.crs, &folder.join(layers::NETWORK))?;
    }
    tables::write(release, folder)?;
    grade_map::write(&release.map, &release.uses, &head.crs, folder)?;
    if !head.project.is_empty() {
        put(&folder.join(PROJECT), &head.project)?;
    }
    let texts = [(CORRECTIONS, &head.corrections), (INDEX, &head.index), (MAPPING, &head.mapping), (GATE, &head.gate)];
    for (name, text) in texts {
        if !text.is_empty() {
            put(&folder.join(name), text)?;
        }
    }
    let files = outputs(folder)?;
    let manifest = manifest::text(&Manifest::of(release, layer_files, files.clone()))?;
    let seal = Seal::new(sealed_on, digest::of_bytes(&manifest));
    put(&folder.join(MANIFEST), &manifest)?;
    put(&folder.join(SEAL), &manifest::text(&seal)?)?;
    Ok(Sealed { path: folder.to_path_buf(), content_digest: seal.content_digest, files })
}

/// Every file of a folder with its digest, sorted by path.
fn outputs(folder: &Path) -> Outcome<Vec<Output>> {
    let names = digest::files(folder)?;
    let paths: Vec<PathBuf> = names.iter().map(|name| folder.join(name)).collect();
    let digests = digest::of_each(&paths).into_iter();
    digests
        .zip(names)
        .map(|(digest, path)| digest.map(|it| Output { path, bytes: it.bytes, sha256: it.sha256 }))
        .collect()
}

/// Gives each input that has no digest its own, found from `project_folder`.
///
/// # Errors
/// `io`, also for an input that is gone; `cancelled`.
pub fn digest_inputs(release: &mut Release, project_folder: &Path) -> Outcome<()> {
    let missing = release.head.inputs.iter_mut().filter(|input| input.digest.is_empty()).collect::<Vec<_>>();
    let paths: Vec<PathBuf> = missing.iter().map(|input| project_folder.join(&input.path)).collect();
    for (input, digest) in missing.into_iter().zip(digest::of_each(&paths)) {
        let digest = digest?;
        (input.bytes, input.digest) = (digest.bytes, digest.sha256);
    }
    Ok(())
}

/// Syncs every file and folder to the disk and makes them read-only.
pub(super) fn settle(folder: &Path) -> Outcome<()> {
    for name in digest::files(folder)? {
        cancel::checkpoint()?;
        let path = folder.join(name);
        let settled = std::fs::File::open(&path).and_then(|file| {
            file.sync_all()?;
            let mut permissions = file.metadata()?.permissions();
            make_read_only(&mut permissions, 0o444);
            std::fs::set_permissions(&path, permissions)
        });
        settled.map_err(|error| unwritable(&path, &error))?;
    }
    for path in [folder.join(layers::FOLDER), folder.to_path_buf()].into_iter().filter(|path| path.is_dir()) {
        sync_folder(&path)?;
        settle_folder(&path).map_err(|error| unwritable(&path, &error))?;
    }
    Ok(())
}

#[cfg(unix)]
fn make_read_only(permissions: &mut std::fs::Permissions, mode: u32) {
    use std::os::unix::fs::PermissionsExt;
    permissions.set_mode(mode);
}

#[cfg(not(unix))]
fn make_read_only(permissions: &mut std::fs::Permissions, _: u32) {
    permissions.set_readonly(true);
}

#[cfg(unix)]
fn settle_folder(path: &Path) -> std::io::Result<()> {
    let mut permissions = path.metadata()?.permissions();
    make_read_only(&mut permissions, 0o555);
    std::fs::set_permissions(path, permissions)
}

/// Elsewhere a folder's read-only mark does not keep files from being added.
#[cfg(not(unix))]
fn settle_folder(_: &Path) -> std::io::Result<()> {
    Ok(())
}

#[cfg(unix)]
pub(super) fn sync_folder(path: &Path) -> Outcome<()> {
    std::fs::File::open(path).and_then(|folder| folder.sync_all()).map_err(|error| unwritable(path, &error))
}

/// Elsewhere a folder cannot be opened to be synced.
#[cfg(not(unix))]
pub(super) fn sync_folder(_: &Path) -> Outcome<()> {
    Ok(())
}

fn put(path: &Path, text: &str) -> Outcome<()> {
    std::fs::write(path, text).map_err(|error| unwritable(path, &error))
}

fn unwritable(path: &Path, error: &std::io::Error) -> Fault {
    Fault::io(say!("cannot write the release", "无法写出成果包"), path, error)
}

pub(super) fn already_sealed(target: &Path) -> Fault {
    Fault::new(
        "already-sealed",
        say!("a release of this name is sealed already; it is never overwritten", "已有同名的封存成果包,不会被覆盖"),
        say!("give the new release another name", "请为新的成果包另取名称"),
    )
    .at(target.display())
}

#[cfg(test)]
#[path = "seal_tests.rs"]
mod tests;
