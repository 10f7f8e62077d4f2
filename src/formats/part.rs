//! Outputs that appear whole or not at all: written beside their place, renamed into it when done, removed when anything fails.

use crate::land::{Fault, Outcome, cancel};
use crate::say;
use std::path::{Path, PathBuf};

/// A file (or folder) under way. Dropped without [`Part::commit`], it is removed.
pub struct Part {
    target: PathBuf,
    part: PathBuf,
    /// Folders made on the way to it, the deepest first.
    made: Vec<PathBuf>,
    done: bool,
}

impl Part {
    /// Starts an output: makes the parent folder, clears what interrupted runs left of it.
    ///
    /// # Errors
    /// `io` where the folder cannot be written; `sealed-folder` inside a sealed release, which never changes.
    pub fn new(target: impl Into<PathBuf>) -> Outcome<Part> {
        let target = target.into();
        refuse_sealed(&target)?;
        let name = target.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let part = target.with_file_name(format!(".{name}.{}.part", std::process::id()));
        let folders = target.ancestors().skip(1).filter(|folder| !folder.as_os_str().is_empty());
        let made = folders.take_while(|folder| !folder.exists()).map(Path::to_path_buf).collect();
        // Whatever fails from here on, its drop takes the folders away again.
        let part = Part { target, part, made, done: false };
        if let Some(folder) = part.target.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            std::fs::create_dir_all(folder)
                .map_err(|e| Fault::io(say!("cannot make the folder", "无法创建文件夹"), folder, &e))?;
        }
        clear_stale(&part.target, &name)?;
        Ok(part)
    }

    /// Where to write.
    pub fn path(&self) -> &Path {
        &self.part
    }

    /// Where the output will stand.
    pub fn target(&self) -> &Path {
        &self.target
    }

    /// Puts the whole output in its place; tells whether it took an earlier one's.
    ///
    /// # Errors
    /// `cancelled` where a stop was asked for; `io` where the rename fails.
    pub fn commit(self) -> Outcome<bool> {
        cancel::checkpoint()?;
        let replaced = self.target.exists();
        no_folder(&self.target, &self.part)?;
        if self.target.is_dir() {
            remove(&self.target)
                .map_err(|e| Fault::io(say!("cannot replace the folder", "无法替换文件夹"), &self.target, &e))?;
        }
        self.put()?;
        Ok(replaced)
    }

    /// Puts the whole output in its place, where nothing may stand yet; what stands there is left as it is.
    ///
    /// # Errors
    /// `already-there`; otherwise as [`Part::commit`].
    pub fn commit_new(self) -> Outcome<()> {
        cancel::checkpoint()?;
        // A folder that appears after this look is safe too: renaming onto a folder with something in it fails.
        if self.target.symlink_metadata().is_ok() {
            return Err(Fault::new(
                "already-there",
                say!("something of this name is there already", "已有同名的文件或文件夹"),
                say!("choose another name, or move it away", "请换一个名称,或将其移走"),
            )
            .at(self.target.display()));
        }
        self.put()
    }

    /// Puts it in its place without asking whether a stop is wanted.
    pub(super) fn put(mut self) -> Outcome<()> {
        std::fs::rename(&self.part, &self.target)
            .map_err(|e| Fault::io(say!("cannot put the output in its place", "无法将输出放到位"), &self.target, &e))?;
        self.done = true;
        Ok(())
    }
}

impl Drop for Part {
    fn drop(&mut self) {
        if !self.done {
            // Nothing more can be done about a part that cannot be removed; the next run clears it.
            let _ = clear(&self.part);
            // Only those that are empty go.
            self.made.iter().for_each(|folder| drop(std::fs::remove_dir(folder)));
        }
    }
}

/// Clears what interrupted runs left of an output. A part bears the number of the process that writes it: those of running ones stay.
fn clear_stale(target: &Path, name: &str) -> Outcome<()> {
    let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    for entry in entries {
        let file = entry.file_name().to_string_lossy().into_owned();
        let inside = file.strip_prefix('.').and_then(|file| file.strip_prefix(name)?.strip_prefix('.'));
        let number = inside.and_then(|rest| rest.strip_suffix(".part")?.parse::<u32>().ok());
        if number.is_some_and(|number| number == std::process::id() || !runs(number)) {
            let part = entry.path();
            clear(&part).map_err(|e| Fault::io(say!("cannot write here", "无法在此写入"), target, &e))?;
        }
    }
    Ok(())
}

/// Whether a process of the number runs; where that cannot be told, none does.
fn runs(process: u32) -> bool {
    Path::new("/proc").join(process.to_string()).exists()
}

/// A file takes no folder's place.
///
/// # Errors
/// `folder-in-the-way`.
pub(super) fn no_folder(target: &Path, part: &Path) -> Outcome<()> {
    if !target.is_dir() || part.is_dir() {
        return Ok(());
    }
    Err(Fault::new(
        "folder-in-the-way",
        say!("a folder stands where the file should go", "目标位置已有同名文件夹"),
        say!("choose another name, or move the folder away", "请换一个名称,或移走该文件夹"),
    )
    .at(target.display()))
}

fn remove(path: &Path) -> std::io::Result<()> {
    let removed = if path.is_dir() { std::fs::remove_dir_all(path) } else { std::fs::remove_file(path) };
    match removed {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(()),
        other => other,
    }
}

/// Removes a part, also one whose folders were made read-only.
fn clear(part: &Path) -> std::io::Result<()> {
    loosen(part)?;
    remove(part)
}

/// Makes a folder and those in it writable; a link is not followed.
#[cfg(unix)]
fn loosen(path: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    if !path.symlink_metadata().is_ok_and(|what| what.is_dir()) {
        return Ok(());
    }
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o755))?;
    std::fs::read_dir(path)?.try_for_each(|entry| loosen(&entry?.path()))
}

/// Elsewhere folders are never made read-only.
#[cfg(not(unix))]
fn loosen(_: &Path) -> std::io::Result<()> {
    Ok(())
}

fn refuse_sealed(target: &Path) -> Outcome<()> {
    let Some(sealed) = target.ancestors().skip(1).find(|folder| folder.join("seal.json").is_file()) else {
        return Ok(());
    };
    Err(Fault::new(
        "sealed-folder",
        say!("this folder is a sealed release", "该文件夹是已封存的成果"),
        say!("write into another folder", "请写到其他文件夹"),
    )
    .at(sealed.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dropped_part_leaves_nothing_and_a_committed_one_replaces() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("deep/prices.csv");
        let part = Part::new(&target).unwrap();
        std::fs::write(part.path(), "half").unwrap();
        drop(part);
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0, "also the folder it made is gone");

        // What a dead process left goes, what a running one writes stays: number 1 runs, and no number is as large as the other.
        let (dead, running) =
            (target.with_file_name(".prices.csv.4194999.part"), target.with_file_name(".prices.csv.1.part"));
        std::fs::create_dir_all(target.parent().unwrap()).unwrap();
        [&dead, &running].iter().for_each(|part| std::fs::write(part, "half").unwrap());
        drop(Part::new(&target).unwrap());
        assert_eq!((dead.exists(), running.exists()), (false, Path::new("/proc/1").exists()));

        for (text, replaced) in [("first", false), ("second", true)] {
            let part = Part::new(&target).unwrap();
            std::fs::write(part.path(), text).unwrap();
            assert_eq!(part.commit().unwrap(), replaced);
            assert_eq!(std::fs::read_to_string(&target).unwrap(), text);
        }
    }
}
