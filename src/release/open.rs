//! Opens a sealed release: every file is digested before it is believed.

use super::content::{Head, Release};
use super::grade_map::{self, AREAS, CHANGES, GradeMap, ZONES};
use super::manifest::{CORRECTIONS, FORMAT, GATE, INDEX, MANIFEST, MAPPING, Manifest, PROJECT, SEAL, Seal, UNITS};
use super::parcels::{self, PARCELS};
use super::places::{self, Places};
use super::tables_samples::{self, DERIVATIONS, REJECTED, SAMPLES};
use super::{digest, layers, rows_read, tables, tables_read};
use crate::ingest::survey::BarrierLayers;
use crate::land::{Fault, Outcome};
use crate::say;
use std::path::{Component, Path, PathBuf};

/// What a release says of itself, without its rows.
#[derive(Clone, Debug)]
pub struct Cover {
    pub manifest: Manifest,
    pub seal: Seal,
}

/// Opens a release as it was sealed.
///
/// # Errors
/// `not-a-release`, `newer-format`, `damaged-release` naming every file that is not as it was sealed, `cancelled`.
pub fn open(path: &Path) -> Outcome<Release> {
    let Cover { manifest, .. } = whole(path)?;
    read(path, &manifest)
}

/// What a release says of itself, with every file digested: as it was sealed.
///
/// # Errors
/// As [`open`].
pub(super) fn whole(path: &Path) -> Outcome<Cover> {
    let cover = open_head(path)?;
    let manifest = &cover.manifest;
    let paths: Vec<PathBuf> = manifest.outputs.iter().map(|output| path.join(&output.path)).collect();
    let mut faults = Vec::new();
    for (output, found) in manifest.outputs.iter().zip(digest::of_each(&paths)) {
        match found {
            Ok(found) if found.sha256 == output.sha256 => {}
            Err(fault) if fault.code == "cancelled" => return Err(fault),
            Ok(_) | Err(_) => faults.push(damaged(path, &output.path)),
        }
    }
    Fault::of_all(faults).map_or(Ok(cover), Err)
}

fn read(path: &Path, manifest: &Manifest) -> Outcome<Release> {
    let file = |name: &str| manifest.output(name).map(|_| path.join(name)).ok_or_else(|| damaged(path, name));
    let broken = |name: &str| {
        let fault = damaged(path, name);
        move |cause: Fault| if cause.code == "cancelled" { cause } else { because(fault, &cause) }
    };
    let text = |name: &str| match manifest.output(name) {
        None => Ok(String::new()),
        Some(_) => std::fs::read_to_string(path.join(name)).map_err(|_| damaged(path, name)),
    };
    let project = text(PROJECT)?;
    let (uses, factors) = (&manifest.uses, &manifest.factors);
    let units = rows_read::read(&file(UNITS)?, uses, factors).map_err(broken(UNITS))?;
    let cells = tables_read::prices(&file(tables::PRICES)?, uses).map_err(broken(tables::PRICES))?;
    let derivations = manifest.output(DERIVATIONS).map(|_| path.join(DERIVATIONS));
    let samples = tables_samples::read(&file(SAMPLES)?, derivations.as_deref(), uses).map_err(broken(SAMPLES))?;
    let findings = tables_read::findings(&file(tables::FINDINGS)?).map_err(broken(tables::FINDINGS))?;
    let mut all_layers = Vec::with_capacity(manifest.layers.len());
    for name in &manifest.layers {
        all_layers.push(match name {
            None => None,
            Some(name) => Some(layers::read(&file(name)?).map_err(broken(name))?),
        });
    }
    let mut barriers = Vec::new();
    loop {
        let [walls, crossings] = layers::barrier_files(barriers.len());
        if manifest.output(&walls).is_none() {
            break;
        }
        let read = |name: &str| layers::read(&file(name)?).map_err(broken(name));
        let crossings = manifest.output(&crossings).map(|_| read(&crossings)).transpose()?;
        barriers.push(BarrierLayers { walls: read(&walls)?, crossings });
    }
    let network = manifest.output(layers::NETWORK).map(|_| path.join(layers::NETWORK));
    let network = network.map(|file| layers::read(&file).map_err(broken(layers::NETWORK))).transpose()?;
    // Releases made without a map of grades hold none of these.
    let optional = |name: &str| manifest.output(name).map(|_| path.join(name));
    let map = GradeMap {
        zones: optional(ZONES)
            .map(|file| grade_map::read_zones(&file, uses).map_err(broken(ZONES)))
            .transpose()?
            .unwrap_or_default(),
        areas: optional(AREAS)
            .map(|file| grade_map::read_areas(&file, uses).map_err(broken(AREAS)))
            .transpose()?
            .unwrap_or_default(),
        changes: optional(CHANGES)
            .map(|file| grade_map::read_changes(&file, uses).map_err(broken(CHANGES)))
            .transpose()?
            .unwrap_or_default(),
        parcels: optional(PARCELS)
            .map(|file| parcels::read(&file, uses).map_err(broken(PARCELS)))
            .transpose()?
            .unwrap_or_default(),
        places: Places {
            areas: optional(places::AREAS)
                .map(|file| places::read(&file, uses).map_err(broken(places::AREAS)))
                .transpose()?
                .unwrap_or_default(),
            streets: optional(places::STREETS)
                .map(|file| places::read(&file, uses).map_err(broken(places::STREETS)))
                .transpose()?
                .unwrap_or_default(),
        },
    };
    let rejected = optional(REJECTED)
        .map(|file| tables_samples::read_rejected(&file, uses).map_err(broken(REJECTED)))
        .transpose()?
        .unwrap_or_default();
    let uses = uses.clone();
    Ok(Release {
        head: Head {
            corrections: text(CORRECTIONS)?,
            index: text(INDEX)?,
            mapping: text(MAPPING)?,
            gate: text(GATE)?,
            ..manifest.head(project)
        },
        uses,
        units,
        cells,
        samples,
        rejected,
        findings,
        layers: all_layers,
        barriers,
        network,
        map,
    })
}

/// Reads what a release says of itself: the manifest, checked against the seal, and the seal.
///
/// # Errors
/// `not-a-release`, `newer-format`, `damaged-release`.
pub fn open_head(path: &Path) -> Outcome<Cover> {
    match read_head(path)? {
        (cover, None) => Ok(cover),
        (_, Some(name)) => Err(damaged(path, name)),
    }
}

/// The manifest and the seal, and which of them is not as it was sealed.
pub(super) fn read_head(path: &Path) -> Outcome<(Cover, Option<&'static str>)> {
    let text = |name: &str| std::fs::read(path.join(name));
    let manifest = text(MANIFEST).map_err(|_| not_a_release(path))?;
    check_format(&manifest, path)?;
    let seal_text = text(SEAL).map_err(|_| damaged(path, SEAL))?;
    let seal: Seal = serde_json::from_slice(&seal_text).map_err(|_| damaged(path, SEAL))?;
    let content: Manifest = serde_json::from_slice(&manifest).map_err(|_| damaged(path, MANIFEST))?;
    if content.outputs.iter().any(|output| !is_inside(&output.path)) {
        return Err(damaged(path, MANIFEST));
    }
    let changed = if seal.check != seal.checked() || super::manifest::text(&seal)?.as_bytes() != seal_text {
        Some(SEAL)
    } else {
        (seal.content_digest != digest::of_bytes(&manifest)).then_some(MANIFEST)
    };
    Ok((Cover { manifest: content, seal }, changed))
}

fn check_format(manifest: &[u8], path: &Path) -> Outcome<()> {
    let value: serde_json::Value = serde_json::from_slice(manifest).map_err(|_| damaged(path, MANIFEST))?;
    let format = value.get("format").and_then(serde_json::Value::as_u64).ok_or_else(|| not_a_release(path))?;
    if format > u64::from(FORMAT) {
        return Err(Fault::new(
            "newer-format",
            say!(
                "the release has format {format}; this program reads formats up to {FORMAT}",
                "成果包格式为 {format},本程序最高支持 {FORMAT}"
            ),
            say!("use a newer landgrade", "请使用更新版本的 landgrade"),
        )
        .at(path.display()));
    }
    Ok(())
}

/// Whether a path from a manifest stays within the release's folder.
pub(super) fn is_inside(path: &str) -> bool {
    let path = Path::new(path);
    path.components().next().is_some() && path.components().all(|part| matches!(part, Component::Normal(_)))
}

fn not_a_release(path: &Path) -> Fault {
    Fault::new(
        "not-a-release",
        say!("there is no sealed release here", "此处没有封存的成果包"),
        say!("give the folder that holds {MANIFEST}", "请给出含有 {MANIFEST} 的文件夹"),
    )
    .at(path.display())
}

pub(super) fn damaged(path: &Path, name: &str) -> Fault {
    Fault::new(
        "damaged-release",
        say!("{name} is not as it was sealed", "{name} 与封存时不一致"),
        say!(
            "take the release from a copy that `landgrade verify` finds whole",
            "请改用经 `landgrade verify` 验证完好的副本"
        ),
    )
    .at(path.join(name).display())
}

/// A file that is as it was sealed, and yet cannot be read.
fn because(mut fault: Fault, cause: &Fault) -> Fault {
    fault.what.en.push_str(&format!(": {}", cause.what.en));
    fault.what.zh.push_str(&format!(":{}", cause.what.zh));
    fault
}

#[cfg(test)]
#[path = "open_tests.rs"]
mod tests;
