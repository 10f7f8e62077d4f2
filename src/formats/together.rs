//! Several outputs that appear together: written into a folder aside, put in their places when all of them are whole.

use super::part::no_folder;
use super::shapefile::INDEXES;
use super::{Part, Written};
use crate::land::{Fault, Outcome, cancel};
use crate::say;
use std::path::{Path, PathBuf};

/// A folder of outputs under way. Dropped without [`Together::commit`], nothing of it is left.
pub struct Together {
    folder: PathBuf,
    part: Part,
    /// Whether the folder stands already: its files of the same names are then replaced, others stay.
    stands: bool,
}

impl Together {
    /// Starts the outputs of `folder`, in a folder of their own beside it, or in it where it stands already, so that what cannot be
    /// written is known before anything is made.
    ///
    /// # Errors
    /// `file-in-the-way`; `io` where nothing can be written there.
    pub fn new(folder: &Path) -> Outcome<Together> {
        if folder.exists() && !folder.is_dir() {
            return Err(Fault::new(
                "file-in-the-way",
                say!("a file stands where the folder should go", "目标位置已有同名文件"),
                say!("choose another folder, or move the file away", "请换一个文件夹,或移走该文件"),
            )
            .at(folder.display()));
        }
        let stands = folder.is_dir();
        let part = if stands { Part::new(folder.join("outputs"))? } else { Part::new(folder)? };
        std::fs::create_dir(part.path())
            .map_err(|error| Fault::io(say!("cannot write into the folder", "无法写入文件夹"), folder, &error))?;
        Ok(Together { folder: folder.to_path_buf(), part, stands })
    }

    /// Where to write the files.
    pub fn path(&self) -> &Path {
        self.part.path()
    }

    /// A fault of a writer, with the place the file was to have in place of the one it is written at.
    pub fn placed(&self, mut fault: Fault) -> Fault {
        let [aside, inside, folder] =
            [self.part.path(), self.part.target(), &self.folder].map(|path| path.display().to_string());
        for fault in std::iter::once(&mut fault.place).chain(fault.also.iter_mut().map(|fault| &mut fault.place)) {
            let place = fault.take();
            *fault = place.map(|place| match place.strip_prefix(&aside).or_else(|| place.strip_prefix(&inside)) {
                Some(rest) => format!("{folder}{rest}"),
                None => place,
            });
        }
        fault
    }

    /// The last moment to stop: what follows is put in place without asking again.
    ///
    /// # Errors
    /// `cancelled`; `folder-in-the-way` where a file's place is taken by a folder.
    pub fn ready(&self) -> Outcome<()> {
        for name in names(self.path())?.into_iter().filter(|_| self.stands) {
            no_folder(&self.folder.join(&name), &self.path().join(&name))?;
        }
        cancel::checkpoint()
    }

    /// Puts every file in its place and tells `written` where that is and what it replaced. Indexes that other programs left beside an
    /// earlier shapefile go, as they belong to its rows.
    ///
    /// # Errors
    /// `io` where a file cannot be put there.
    pub fn commit(self, written: &mut [Written]) -> Outcome<()> {
        let Together { folder, part, stands } = self;
        for file in written {
            for path in std::iter::once(&mut file.path).chain(&mut file.beside) {
                *path = folder.join(path.strip_prefix(part.path()).map(Path::to_path_buf).unwrap_or_default());
            }
            file.replaced = stands && file.path.exists();
        }
        if !stands {
            return part.put();
        }
        for name in names(part.path())? {
            let target = folder.join(&name);
            std::fs::rename(part.path().join(&name), &target).map_err(|error| unplaced(&target, &error))?;
            if target.extension().is_some_and(|ending| ending == "shp") {
                // One that is not there need not go.
                INDEXES.iter().for_each(|ending| drop(std::fs::remove_file(target.with_extension(ending))));
            }
        }
        Ok(())
    }
}

/// The files, sorted.
fn names(folder: &Path) -> Outcome<Vec<std::ffi::OsString>> {
    let entries = std::fs::read_dir(folder).and_then(|entries| entries.collect::<Result<Vec<_>, _>>());
    let mut names: Vec<_> =
        entries.map_err(|error| unplaced(folder, &error))?.iter().map(std::fs::DirEntry::file_name).collect();
    names.sort();
    Ok(names)
}

fn unplaced(path: &Path, error: &std::io::Error) -> Fault {
    Fault::io(say!("cannot put the output in its place", "无法将输出放到位"), path, error)
}

#[cfg(test)]
#[path = "together_tests.rs"]
mod tests;
