//! A release as a package: layers, tables, documents and maps by the rules, what is handed in, metadata, the check's report, the manifest.

mod documents;
mod given;
mod layers;
mod map;

use super::check::{self, Checked, pages};
use super::rules::Names;
use super::{Rules, Subject, manifest, metadata};
use crate::formats::{Part, Together};
use crate::land::progress::Watch;
use crate::land::{Fault, Lang, Outcome, Text};
use crate::project::Project;
use crate::release::{Release, State};
use crate::say;
use std::path::{Path, PathBuf};

/// What is packed and how.
pub struct Options<'a> {
    pub rules: &'a Rules,
    /// 县级行政区代码, six digits, and the name.
    pub code: &'a str,
    pub name: &'a str,
    /// The folder of documents, maps and layers that the program cannot make.
    pub given: Option<&'a Path>,
    /// Other packages, whose border the grading range is held against.
    pub neighbours: &'a [PathBuf],
    /// Whether a package that does not pass is kept.
    pub incomplete: bool,
}

/// A release with what it was sealed with.
pub struct Packed<'a> {
    pub release: &'a Release,
    /// None of an imported one.
    pub project: Option<&'a Project>,
    pub content_digest: &'a str,
    pub sealed_on: &'a str,
}

/// A package that was made.
pub struct Built {
    pub folder: PathBuf,
    /// From the package's folder, sorted.
    pub files: Vec<String>,
    /// What was handed in and not taken, what the release has none of.
    pub notes: Vec<Text>,
    pub checked: Checked,
}

/// Makes the package in a new folder inside `target`.
///
/// # Errors
/// `bad-county-code`, `no-base-date`, `package-exists`, `package-use`, `package-value`, `package-not-passed` with the codes of the rules
/// that are broken, and what the writers say; nothing is left then.
pub fn build(packed: &Packed<'_>, options: &Options<'_>, target: &Path, watch: &dyn Watch) -> Outcome<Built> {
    let release = packed.release;
    let names = names(release, options)?;
    let subject = Subject::new(release, options.rules, &names)?;
    let folder = target.join(names.put(&options.rules.folder, None));
    if folder.exists() {
        return Err(Fault::new(
            "package-exists",
            say!("a package of this name stands there already", "同名成果包已存在"),
            say!("move it away, or choose another folder with --to", "请移走,或用 --to 另选文件夹"),
        )
        .at(folder.display()));
    }
    let existed = target.is_dir();
    std::fs::create_dir_all(target)
        .map_err(|error| Fault::io(say!("cannot make the folder", "无法建立文件夹"), target, &error))?;
    let made = make(packed, &subject, options, &folder, watch);
    if made.is_err() && !existed {
        // Where others put something there meanwhile it stays.
        let _ = std::fs::remove_dir(target);
    }
    made
}

fn make(
    packed: &Packed<'_>,
    subject: &Subject<'_>,
    options: &Options<'_>,
    folder: &Path,
    watch: &dyn Watch,
) -> Outcome<Built> {
    let rules = options.rules;
    let together = Together::new(folder)?;
    let aside = together.path().to_path_buf();
    watch.begin(&say!("layers and tables", "图层和表"), 1);
    let mut notes = Vec::new();
    let placed = |fault| together.placed(fault);
    if let Some(given) = options.given {
        given::take(given, subject, &aside, &mut notes).map_err(placed)?;
    }
    layers::write(subject, &aside, &mut notes).map_err(placed)?;
    layers::tables(subject, &aside, &mut notes).map_err(placed)?;
    watch.advance(1);
    documents::write(packed, subject, &aside, &mut notes, watch).map_err(placed)?;
    if packed.release.head.state() == State::Draft {
        notes.push(say!("the release is a draft, the metadata say so", "成果为草案,元数据中已注明"));
    }
    let items = metadata::of(subject, packed.content_digest, packed.sealed_on);
    put(&aside, &rules.metadata.file, &metadata::text(&items)).map_err(placed)?;
    let way = check::Options { rules, neighbours: options.neighbours, folder: &aside, named: folder, unlisted: true };
    let checked = check::check(&way, watch).map_err(placed)?;
    if !options.incomplete {
        checked.demand()?;
    }
    watch.begin(&say!("report and manifest", "检查报告和清单"), 1);
    for (name, text) in pages::files(&checked, Lang::Zh) {
        put(&aside, &format!("{}/{name}", rules.report), &text).map_err(placed)?;
    }
    let lines = manifest::of(&aside, &rules.manifest)?;
    put(&aside, &rules.manifest, &manifest::text(&lines)).map_err(placed)?;
    watch.advance(1);
    let mut files: Vec<String> = lines.into_iter().map(|line| line.name).chain([rules.manifest.clone()]).collect();
    files.sort_unstable();
    together.ready()?;
    together.commit(&mut [])?;
    Ok(Built { folder: folder.to_path_buf(), files, notes, checked })
}

/// What stands for the words of patterns.
fn names(release: &Release, options: &Options<'_>) -> Outcome<Names> {
    let code = options.code.trim();
    if code.len() != 6 || !code.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(Fault::new(
            "bad-county-code",
            say!("\"{code}\" is no code of a county", "「{code}」不是县级行政区代码"),
            say!("give its six digits: --place 510402", "请给出六位代码:--place 510402"),
        ));
    }
    let Some(date) = &release.head.base_date else {
        return Err(Fault::new(
            "no-base-date",
            say!("the release states no base date", "成果未说明估价期日"),
            say!("state it in the project, or with import --base-date", "请在项目文件中写明,或导入时用 --base-date"),
        ));
    };
    let year = date.chars().take(4).collect();
    Ok(Names {
        code: code.to_string(),
        name: options.name.trim().to_string(),
        year,
        release: release.head.name.clone(),
    })
}

/// Where a file of the package goes, with its folder made.
fn place(aside: &Path, path: &str) -> Outcome<PathBuf> {
    let target = aside.join(path);
    if let Some(folder) = target.parent() {
        std::fs::create_dir_all(folder)
            .map_err(|error| Fault::io(say!("cannot make the folder", "无法建立文件夹"), folder, &error))?;
    }
    Ok(target)
}

fn put(aside: &Path, path: &str, text: &str) -> Outcome<()> {
    let part = Part::new(place(aside, path)?)?;
    std::fs::write(part.path(), text)
        .map_err(|error| Fault::io(say!("cannot write the file", "无法写出文件"), part.target(), &error))?;
    part.commit().map(drop)
}
