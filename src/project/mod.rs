//! The project file: what was written, then what it means, with every problem reported at once.

mod barriers;
mod breaks;
mod check;
pub mod draft;
mod factors;
pub mod file;
mod groups;
mod index;
mod lines;
pub mod mix;
mod network;
mod parcels;
mod places;
pub mod plan;
mod prices;
pub mod rules;
mod samples;
mod standard;
pub mod system;
mod units;
mod uses;
mod weights;
mod zones;

pub use index::index_by_use;
pub use plan::{FactorKind, FactorPlan, GroupPlan, Project, Source, UsePlan};

use crate::land::{Fault, Outcome};
use crate::say;
use std::path::Path;

impl Project {
    /// Reads and checks a project file.
    ///
    /// # Errors
    /// Every problem found, each with its line: unknown keys with the nearest known one, missing files, weights that do not sum to 1, …
    pub fn read(path: &Path) -> Outcome<Project> {
        if path.is_dir() {
            let inside = path.join("project.toml");
            let shown = inside.display();
            let help = if inside.is_file() {
                say!("give {shown}", "请给出 {shown}")
            } else {
                say!(
                    "give the project file itself; landgrade new drafts one",
                    "请给出项目文件本身;可用 landgrade new 起草"
                )
            };
            let what = say!("this is a folder, not a project file", "这是文件夹,不是项目文件");
            return Err(Fault::new("folder-for-file", what, help).at(path.display()));
        }
        let text = std::fs::read_to_string(path)
            .map_err(|e| Fault::io(say!("cannot read the project file", "无法读取项目文件"), path, &e))?;
        Project::parse(&text, path)
    }

    /// Checks the text of a project file that stands at `path`; relative paths in it start from its folder.
    ///
    /// # Errors
    /// As [`Project::read`].
    pub fn parse(text: &str, path: &Path) -> Outcome<Project> {
        let raw = file::parse(text, path)?;
        check::check(raw, text, path, check::Files::Needed)
    }

    /// The project of a sealed release: as [`Project::parse`], but the files it names may be gone, and an index file is not read.
    ///
    /// # Errors
    /// As [`Project::parse`]; `not-explainable` for an imported release, which has no project.
    pub fn sealed(text: &str, path: &Path) -> Outcome<Project> {
        of_release(text, path, check::Files::Unneeded)
    }

    /// As [`Project::sealed`], with the index file read where it is at hand: `path` is where the project file stood.
    ///
    /// # Errors
    /// As [`Project::sealed`]; `bad-index` where the file is there and cannot be read.
    pub fn sealed_with_inputs(text: &str, path: &Path) -> Outcome<Project> {
        of_release(text, path, check::Files::IfThere)
    }
}

fn of_release(text: &str, path: &Path, files: check::Files) -> Outcome<Project> {
    if text.is_empty() {
        return Err(Fault::new(
            "not-explainable",
            say!("an imported release holds results only, not what they come from", "导入的成果只有结果,没有计算依据"),
            say!("take a release that was made here", "请使用本程序计算的成果"),
        ));
    }
    let raw = file::parse(text, path)?;
    check::check(raw, text, path, files)
}

#[cfg(test)]
#[path = "project_tests.rs"]
mod tests;
