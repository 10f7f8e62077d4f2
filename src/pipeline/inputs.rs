//! The files a run reads, as the release lists them.

use crate::ingest::readers::files;
use crate::land::{Fault, Outcome};
use crate::project::Project;
use crate::release::{Input, digest};
use crate::say;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// Every input of the project, once, sorted by path; each with the files that belong to it. Digests are left to the sealing.
pub(super) fn of(project: &Project) -> Vec<Input> {
    let folder = project.path.parent().map(Path::to_path_buf).unwrap_or_default();
    let mut paths: Vec<PathBuf> = project.units.sources().map(|source| source.path.clone()).collect();
    paths.extend(project.graded_area.iter().map(|source| source.path.clone()));
    paths.extend(project.factors.iter().map(|factor| factor.source.path.clone()));
    paths.extend(project.rules_file.clone());
    for barrier in &project.barriers {
        paths.push(barrier.source.path.clone());
        paths.extend(barrier.crossings.iter().map(|crossings| crossings.source.path.clone()));
    }
    paths.extend(project.network.iter().map(|network| network.source.path.clone()));
    paths.extend(project.zones.districts.iter().map(|(source, _)| source.path.clone()));
    if let Some(parcels) = &project.zones.parcels {
        paths.push(parcels.source.path.clone());
        paths.extend(parcels.front.iter().map(|front| front.streets.path.clone()));
    }
    if let Some(prices) = &project.prices {
        paths.push(prices.samples.source.path.clone());
        paths.extend(prices.index_file.clone());
        paths.extend(prices.corrections_file.clone());
    }
    paths.sort();
    paths.dedup();
    let mut paths: Vec<PathBuf> = paths.iter().flat_map(|path| files::of(path)).collect();
    paths.sort();
    paths.dedup();
    let input = |path: &PathBuf| Input {
        path: path.strip_prefix(&folder).unwrap_or(path).to_string_lossy().replace('\\', "/"),
        bytes: std::fs::metadata(path).map_or(0, |data| data.len()),
        digest: String::new(),
    };
    paths.iter().map(input).collect()
}

/// Refuses to write over a file that the project reads, or the project file itself.
///
/// # Errors
/// `input-overwritten`.
pub fn spare(project: &Project, target: &Path) -> Outcome<()> {
    let Ok(target) = target.canonicalize() else { return Ok(()) };
    let folder = project.path.parent().map(Path::to_path_buf).unwrap_or_default();
    let inputs = of(project).into_iter().map(|input| folder.join(input.path)).chain([project.path.clone()]);
    let mut same = inputs.filter(|input| input.canonicalize().is_ok_and(|input| input == target));
    if same.next().is_none() {
        return Ok(());
    }
    Err(Fault::new(
        "input-overwritten",
        say!("this is an input of the project: it would be overwritten", "这是项目的输入文件,会被覆盖"),
        say!("write to another file", "请写到其他文件"),
    )
    .at(target.display()))
}

/// How the inputs stood when a run began, so that the digests sealed at its end are those of what it read.
pub struct Seen(Vec<(PathBuf, Vec<Mark>)>);

/// A file's length and the time it was last written.
type Mark = Option<(u64, SystemTime)>;

impl Seen {
    /// Looks at every input of the project.
    pub fn now(project: &Project) -> Seen {
        let folder = project.path.parent().map(Path::to_path_buf).unwrap_or_default();
        let paths = of(project).into_iter().map(|input| folder.join(input.path));
        Seen(paths.map(|path| (path.clone(), marks(&path))).collect())
    }

    /// Whether they stand as they did.
    ///
    /// # Errors
    /// `input-changed` for each that does not.
    pub fn still(&self) -> Outcome<()> {
        let changed = self.0.iter().filter(|(path, seen)| marks(path) != *seen);
        let faults = changed.map(|(path, _)| {
            Fault::new(
                "input-changed",
                say!("the file was changed while the run was reading it", "运行期间该文件被改动"),
                say!("let no other program write to it, and run again", "请勿让其他程序写入该文件,然后重新运行"),
            )
            .at(path.display())
        });
        Fault::of_all(faults.collect()).map_or(Ok(()), Err)
    }
}

/// Of a folder: of every file in it.
fn marks(path: &Path) -> Vec<Mark> {
    let of = |path: &Path| path.metadata().and_then(|data| Ok((data.len(), data.modified()?))).ok();
    match path.is_dir() {
        true => digest::files(path).unwrap_or_default().iter().map(|name| of(&path.join(name))).collect(),
        false => vec![of(path)],
    }
}

#[cfg(test)]
#[path = "inputs_tests.rs"]
mod tests;
