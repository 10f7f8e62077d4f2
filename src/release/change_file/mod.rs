//! A change file: what turns one sealed release into another, to the byte (docs/release-format.md).
//!
//! The first line says what it is, the second is a JSON text, the rest are the bytes that are new. Every file of the new release is made of
//! pieces of one file of the old release and of new bytes, and must come to the digest it had.

pub mod delta;

use super::digest::{self, of_bytes};
use super::manifest::{MANIFEST, SEAL};
use super::open::{Cover, is_inside, open_head};
use super::seal::{already_sealed, settle, sync_folder};
use super::verify::verify;
use crate::formats::Part;
use crate::land::{Fault, Outcome, cancel, release_name};
use crate::say;
use delta::{Piece, delta};
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};

const FIRST_LINE: &str = "landgrade change file 1";

#[derive(Serialize, Deserialize)]
struct Head {
    old: Named,
    new: Named,
    files: Vec<Made>,
}

/// A release.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Named {
    pub name: String,
    pub content_digest: String,
}

/// A file of the new release.
#[derive(Serialize, Deserialize)]
struct Made {
    path: String,
    sha256: String,
    pieces: Vec<Piece>,
}

/// What a change file came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    pub old: Named,
    pub new: Named,
    /// Files of the new release.
    pub files: usize,
    /// Bytes of them, and how many are new.
    pub bytes: u64,
    pub fresh: u64,
}

/// Writes the change file from one sealed release to another. Both are verified first.
///
/// # Errors
/// `damaged-release` where either is not as it was sealed; `io`; `cancelled`.
pub fn write(old: &Path, new: &Path, target: &Path) -> Outcome<Change> {
    let (from, to) = (whole(old)?, whole(new)?);
    let (mut files, mut body, mut bytes) = (Vec::new(), Vec::new(), 0);
    for path in digest::files(new)? {
        cancel::checkpoint()?;
        let text = read(&new.join(&path))?;
        // The file of the same name has most in common; a new one has nothing.
        let before = match old.join(&path).is_file() {
            true => read(&old.join(&path))?,
            false => Vec::new(),
        };
        let (pieces, fresh) = match before == text {
            true if text.is_empty() => (Vec::new(), Vec::new()),
            true => (vec![Piece::Old { from: 0, bytes: text.len() as u64 }], Vec::new()),
            false => delta(&before, &text),
        };
        bytes += text.len() as u64;
        body.extend_from_slice(&fresh);
        files.push(Made { sha256: of_bytes(&text), path, pieces });
    }
    let change = Change { old: from, new: to, files: files.len(), bytes, fresh: body.len() as u64 };
    let head = Head { old: change.old.clone(), new: change.new.clone(), files };
    let head = serde_json::to_string(&head).unwrap_or_default();
    let part = Part::new(target)?;
    let mut text = format!("{FIRST_LINE}\n{head}\n").into_bytes();
    text.extend_from_slice(&body);
    let unwritable = |error| Fault::io(say!("cannot write the change file", "无法写出变更文件"), target, &error);
    std::fs::write(part.path(), text).map_err(unwritable)?;
    part.commit()?;
    Ok(change)
}

/// Makes the new release from the old one and a change file, in `folder`; both are verified.
///
/// # Errors
/// `not-a-change-file`; `other-release` where the file is for another release; `damaged-release`; `damaged-change-file`;
/// `already-sealed`; `io`; `cancelled`.
pub fn apply(old: &Path, change_file: &Path, folder: &Path) -> Outcome<(PathBuf, Change)> {
    let text = read(change_file)?;
    let (head, body) = split(&text).ok_or_else(|| no_change_file(change_file))?;
    let from = whole(old)?;
    if from.content_digest != head.old.content_digest {
        return Err(other_release(change_file, &head.old, &from));
    }
    release_name::check(&head.new.name)?;
    let target = folder.join(&head.new.name);
    if target.symlink_metadata().is_ok() {
        return Err(already_sealed(&target));
    }
    let part = Part::new(&target)?;
    let (mut read_on, mut bytes) = (body, 0);
    for made in &head.files {
        cancel::checkpoint()?;
        let file = is_inside(&made.path).then(|| make(old, made, &mut read_on)).transpose()?.flatten();
        let file = file.ok_or_else(|| damaged(change_file, &made.path))?;
        bytes += file.len() as u64;
        let place = part.path().join(&made.path);
        let unwritable = |error| Fault::io(say!("cannot write the release", "无法写出成果包"), &place, &error);
        place.parent().map_or(Ok(()), std::fs::create_dir_all).map_err(unwritable)?;
        std::fs::write(&place, file).map_err(unwritable)?;
    }
    if whole(part.path()).map_err(|_| damaged(change_file, MANIFEST))? != head.new || !read_on.is_empty() {
        return Err(damaged(change_file, SEAL));
    }
    settle(part.path())?;
    part.commit_new()?;
    sync_folder(folder)?;
    let fresh = body.len() as u64;
    Ok((target, Change { old: from, new: head.new, files: head.files.len(), bytes, fresh }))
}

/// A file from its pieces; `None` where they do not come to its digest. Takes what is new off `fresh`.
fn make(old: &Path, made: &Made, fresh: &mut &[u8]) -> Outcome<Option<Vec<u8>>> {
    let needs_old = made.pieces.iter().any(|piece| matches!(piece, Piece::Old { .. }));
    let before = old.join(&made.path);
    let before = if needs_old && before.is_file() { read(&before)? } else { Vec::new() };
    let mut file = Vec::new();
    for piece in &made.pieces {
        let bytes = match *piece {
            Piece::Old { from, bytes } => {
                let end = from.checked_add(bytes).and_then(|end| usize::try_from(end).ok());
                end.and_then(|end| before.get(from as usize..end))
            }
            Piece::New { bytes } => {
                let cut = usize::try_from(bytes).ok().and_then(|bytes| fresh.split_at_checked(bytes));
                cut.map(|(own, rest)| {
                    *fresh = rest;
                    own
                })
            }
        };
        let Some(bytes) = bytes else { return Ok(None) };
        file.extend_from_slice(bytes);
    }
    Ok((of_bytes(&file) == made.sha256).then_some(file))
}

fn split(text: &[u8]) -> Option<(Head, &[u8])> {
    let rest = text.strip_prefix(FIRST_LINE.as_bytes())?.strip_prefix(b"\n")?;
    let end = rest.iter().position(|byte| *byte == b'\n')?;
    Some((serde_json::from_slice(&rest[..end]).ok()?, &rest[end + 1..]))
}

/// A release whose files are all as they were sealed.
fn whole(path: &Path) -> Outcome<Named> {
    let Cover { manifest, seal } = open_head(path)?;
    let found = verify(path, None)?;
    if let Some(name) = found.changed.iter().chain(&found.missing).chain(&found.extra).next() {
        return Err(super::open::damaged(path, name));
    }
    Ok(Named { name: manifest.name, content_digest: seal.content_digest })
}

fn read(path: &Path) -> Outcome<Vec<u8>> {
    std::fs::read(path).map_err(|error| Fault::io(say!("cannot read the file", "无法读取文件"), path, &error))
}

fn no_change_file(path: &Path) -> Fault {
    Fault::new(
        "not-a-change-file",
        say!("this is no change file", "这不是变更文件"),
        say!(
            "landgrade compare OLD NEW --change-file FILE writes one",
            "变更文件由 landgrade compare 旧期 新期 --change-file 文件 写出"
        ),
    )
    .at(path.display())
}

fn other_release(path: &Path, wanted: &Named, found: &Named) -> Fault {
    let (Named { name: wanted, content_digest: its }, Named { name: found, content_digest: own }) = (wanted, found);
    Fault::new(
        "other-release",
        say!(
            "the change file starts from the release {wanted} ({its}), and this is {found} ({own})",
            "变更文件的起点是成果 {wanted}({its}),而给出的是 {found}({own})"
        ),
        say!("give the release it was made from", "请给出制作变更文件时的旧期成果"),
    )
    .at(path.display())
}

fn damaged(path: &Path, name: &str) -> Fault {
    Fault::new(
        "damaged-change-file",
        say!("{name} does not come out as it was", "{name} 不能还原为原来的内容"),
        say!("take the change file from where it was made again", "请重新取得变更文件"),
    )
    .at(path.display())
}

#[cfg(test)]
#[path = "change_file_tests.rs"]
mod tests;
