//! The folder of published files beside a release: what it held when the release was published, and that nothing is written there since.

use super::digest;
use super::life::{Life, Stage};
use crate::land::release_name::PUBLISHED;
use crate::land::{Fault, Outcome};
use crate::say;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The folder beside a release.
pub fn folder(release: &Path, name: &str) -> PathBuf {
    let whole = release.canonicalize().unwrap_or_else(|_| release.to_path_buf());
    whole.with_file_name(format!("{name}{PUBLISHED}"))
}

/// The SHA-256 of every file of a folder by its path inside; nothing where there is no folder.
///
/// # Errors
/// `io`; `cancelled`.
pub(super) fn digests(folder: &Path) -> Outcome<BTreeMap<String, String>> {
    if !folder.is_dir() {
        return Ok(BTreeMap::new());
    }
    let names = digest::files(folder)?;
    let paths: Vec<PathBuf> = names.iter().map(|name| folder.join(name)).collect();
    let found = digest::of_each(&paths).into_iter().zip(names);
    found.map(|(digest, name)| Ok((name, digest?.sha256))).collect()
}

/// Refuses to write into a folder that was handed out with a release, or below it.
///
/// # Errors
/// `handed-out`; what reading the life says.
pub fn refuse(target: &Path) -> Outcome<()> {
    let whole = target.canonicalize().or_else(|_| std::path::absolute(target)).unwrap_or_else(|_| target.to_path_buf());
    for folder in whole.ancestors() {
        let name = folder.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let Some(name) = name.strip_suffix(PUBLISHED).filter(|name| !name.is_empty()) else { continue };
        let release = folder.with_file_name(name);
        let life = if release.is_dir() { Life::read(&release)? } else { None };
        // What was made only after the publication was not handed out with it.
        let entry =
            life.as_ref().filter(|life| life.stage() >= Stage::Published).and_then(|life| life.entry(Stage::Published));
        let Some(entry) = entry.filter(|entry| !entry.files.is_empty()) else { continue };
        let date = &entry.date;
        return Err(Fault::new(
            "handed-out",
            say!(
                "the release {name} was published on {date}: this folder does not change any more",
                "成果 {name} 已于 {date} 公布:该文件夹不再变动"
            ),
            say!("write to another folder with --to", "请用 --to 写到另一个文件夹"),
        )
        .at(target.display()));
    }
    Ok(())
}
