//! Paths of a project file, so that parts of two files can stand in one.

use super::Group;
use crate::project::file::ProjectFile;
use std::path::{Path, PathBuf};

/// Every path in the file with the group it belongs to, to change.
fn each(raw: &mut ProjectFile, mut change: impl FnMut(Group, &mut String)) {
    let units = raw.units.source.iter_mut();
    let overlay = raw.units.layers.iter_mut().flatten().map(|layer| &mut layer.source);
    let area = raw.project.graded_area.iter_mut().map(|area| &mut area.source);
    units.chain(overlay).chain(area).for_each(|path| change(Group::Units, path));
    raw.factors.iter_mut().for_each(|factor| change(Group::Layers, &mut factor.source));
    for barrier in &mut raw.barriers {
        change(Group::Layers, &mut barrier.source);
        barrier.crossings.iter_mut().for_each(|crossings| change(Group::Layers, &mut crossings.source));
    }
    raw.network.iter_mut().for_each(|network| change(Group::Layers, &mut network.source));
    if let Some(prices) = &mut raw.prices {
        change(Group::Samples, &mut prices.samples.source);
        prices.corrections.iter_mut().for_each(|path| change(Group::Corrections, path));
    }
}

/// The files with the data of a group, each once, sorted.
pub(super) fn of(raw: &ProjectFile, group: Group) -> Vec<PathBuf> {
    let mut found = Vec::new();
    each(&mut raw.clone(), |its, path| {
        if its == group {
            found.push(PathBuf::from(&*path));
        }
    });
    found.sort();
    found.dedup();
    found
}

/// Paths that start from the folder of the project file start from the root.
pub(super) fn absolute(raw: &mut ProjectFile, path: &Path) {
    let folder = path.parent().unwrap_or(Path::new("."));
    let folder = std::path::absolute(if folder.as_os_str().is_empty() { Path::new(".") } else { folder });
    let folder = folder.unwrap_or_default();
    each(raw, |_, path| *path = folder.join(&*path).to_string_lossy().into_owned());
}

/// Leaves only the names of files: two releases keep their data in folders of their own.
pub(super) fn forget(raw: &mut ProjectFile) {
    each(raw, |_, path| {
        *path = Path::new(path).file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
    });
}
