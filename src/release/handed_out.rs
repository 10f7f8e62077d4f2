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

/// Refuses to write into the folder that was handed out with a release.
///
/// # Errors
/// `handed-out`; what reading the life says.
pub fn refuse(release: &Path, name: &str, target: &Path) -> Outcome<()> {
    let own = folder(release, name);
    let same = target.canonicalize().is_ok_and(|target| own.canonicalize().is_ok_and(|own| own == target));
    let life = if same { Life::read(release)? } else { None };
    let Some(life) = life.filter(|life| life.stage() >= Stage::Published) else { return Ok(()) };
    let date = life.entry(Stage::Published).map_or(String::new(), |entry| entry.date.clone());
    Err(Fault::new(
        "handed-out",
        say!(
            "the release was published on {date}: this folder does not change any more",
            "成果已于 {date} 公布:该文件夹不再变动"
        ),
        say!("write to another folder with --to", "请用 --to 写到另一个文件夹"),
    )
    .at(target.display()))
}
