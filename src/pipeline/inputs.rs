//! The files a run reads, as the release lists them.

use crate::land::{Fault, Outcome};
use crate::project::Project;
use crate::release::Input;
use crate::say;
use std::path::{Path, PathBuf};

/// Every input of the project, once, sorted by path; a shapefile with the files beside it. Digests are left to the sealing.
pub(super) fn of(project: &Project) -> Vec<Input> {
    let folder = project.path.parent().map(Path::to_path_buf).unwrap_or_default();
    let mut paths: Vec<PathBuf> = vec![project.units.source.path.clone()];
    paths.extend(project.graded_area.iter().map(|source| source.path.clone()));
    paths.extend(project.factors.iter().map(|factor| factor.source.path.clone()));
    if let Some(prices) = &project.prices {
        paths.push(prices.samples.source.path.clone());
        paths.extend(prices.index_file.clone());
    }
    let beside: Vec<PathBuf> = paths.iter().filter(|path| is_shapefile(path)).flat_map(|path| siblings(path)).collect();
    paths.extend(beside);
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

fn is_shapefile(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("shp"))
}

fn siblings(path: &Path) -> Vec<PathBuf> {
    let endings = ["dbf", "shx", "prj", "cpg", "DBF", "SHX", "PRJ", "CPG"];
    endings.iter().map(|ending| path.with_extension(ending)).filter(|path| path.exists()).collect()
}
