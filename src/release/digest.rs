//! SHA-256 of files, read in pieces and several at a time.

use crate::land::{Fault, Outcome, cancel};
use crate::{say, scale};
use sha2::{Digest as _, Sha256};
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

/// Bytes read at a time.
const PIECE: usize = 1 << 20;

/// A file's length and digest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Digest {
    pub bytes: u64,
    /// SHA-256, hexadecimal, lower case.
    pub sha256: String,
}

/// The digest of a text or bytes in memory.
pub fn of_bytes(bytes: impl AsRef<[u8]>) -> String {
    hexadecimal(&Sha256::digest(bytes))
}

/// The digest of a file. Of a folder (a File Geodatabase is one): the digest of the lines `digest  path` of its files, sorted by path, as
/// `sha256sum` prints them, and the sum of their lengths.
///
/// # Errors
/// `io`; `cancelled`.
pub fn of(path: &Path) -> Outcome<Digest> {
    if path.is_dir() { of_folder(path) } else { of_file(path) }
}

/// The digests of several files and folders, in order.
pub fn of_each(paths: &[PathBuf]) -> Vec<Outcome<Digest>> {
    scale::chunks(paths.len(), 1, |which| of(&paths[which.start]))
}

fn of_file(path: &Path) -> Outcome<Digest> {
    let unreadable = |error| Fault::io(say!("cannot read the file", "无法读取文件"), path, &error);
    let mut file = File::open(path).map_err(unreadable)?;
    let (mut hash, mut bytes, mut piece) = (Sha256::new(), 0, vec![0; PIECE]);
    loop {
        cancel::checkpoint()?;
        match file.read(&mut piece).map_err(unreadable)? {
            0 => return Ok(Digest { bytes, sha256: hexadecimal(&hash.finalize()) }),
            read => {
                bytes += read as u64;
                hash.update(&piece[..read]);
            }
        }
    }
}

fn of_folder(folder: &Path) -> Outcome<Digest> {
    let (mut bytes, mut lines) = (0, String::new());
    for name in files(folder)? {
        let file = of_file(&folder.join(&name))?;
        bytes += file.bytes;
        lines.push_str(&format!("{}  {name}\n", file.sha256));
    }
    Ok(Digest { bytes, sha256: of_bytes(lines) })
}

/// Every file in a folder and those in it, as paths from the folder with `/` between, sorted by their bytes. Links are named, not followed.
///
/// # Errors
/// `io`.
pub fn files(folder: &Path) -> Outcome<Vec<String>> {
    let mut found = Vec::new();
    collect(folder, "", &mut found)?;
    found.sort_unstable();
    Ok(found)
}

fn collect(folder: &Path, prefix: &str, found: &mut Vec<String>) -> Outcome<()> {
    let unreadable = |error| Fault::io(say!("cannot list the folder", "无法列出文件夹"), folder, &error);
    for entry in std::fs::read_dir(folder).map_err(unreadable)? {
        let entry = entry.map_err(unreadable)?;
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if entry.file_type().map_err(unreadable)?.is_dir() {
            collect(&entry.path(), &format!("{name}/"), found)?;
        } else {
            found.push(name);
        }
    }
    Ok(())
}

/// Folders without anything in them, below a folder, with `/` at the end; sorted.
///
/// # Errors
/// `io`.
pub fn empty_folders(folder: &Path) -> Outcome<Vec<String>> {
    let mut found = Vec::new();
    empty(folder, "", &mut found)?;
    found.sort_unstable();
    Ok(found)
}

fn empty(folder: &Path, prefix: &str, found: &mut Vec<String>) -> Outcome<()> {
    let unreadable = |error| Fault::io(say!("cannot list the folder", "无法列出文件夹"), folder, &error);
    let mut count = 0;
    for entry in std::fs::read_dir(folder).map_err(unreadable)? {
        let entry = entry.map_err(unreadable)?;
        count += 1;
        if entry.file_type().map_err(unreadable)?.is_dir() {
            empty(&entry.path(), &format!("{prefix}{}/", entry.file_name().to_string_lossy()), found)?;
        }
    }
    if count == 0 && !prefix.is_empty() {
        found.push(prefix.to_string());
    }
    Ok(())
}

fn hexadecimal(digest: &[u8]) -> String {
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
#[path = "digest_tests.rs"]
mod tests;
