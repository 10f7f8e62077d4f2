//! The files a run reads, as the release lists them.

use crate::project::Project;
use crate::release::Input;
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

fn is_shapefile(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("shp"))
}

fn siblings(path: &Path) -> Vec<PathBuf> {
    let endings = ["dbf", "shx", "prj", "cpg", "DBF", "SHX", "PRJ", "CPG"];
    endings.iter().map(|ending| path.with_extension(ending)).filter(|path| path.exists()).collect()
}
