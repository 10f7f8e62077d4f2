//! Several output files of one run: all of them appear, or none.

use landgrade::formats::{Together, Written};
use landgrade::land::Outcome;
use std::path::{Path, PathBuf};

/// Files under way, one set per folder.
pub struct Outputs {
    sets: Vec<Set>,
    count: usize,
}

struct Set {
    folder: PathBuf,
    together: Together,
    /// Each with its place in the order they were written in.
    files: Vec<Written>,
    places: Vec<usize>,
}

impl Outputs {
    pub fn new() -> Outputs {
        Outputs { sets: Vec::new(), count: 0 }
    }

    /// Writes a file aside: `write` is given where to.
    ///
    /// # Errors
    /// What `write` says, with the place the file was to have; what [`Together::new`] says of its folder.
    pub fn write(&mut self, target: &Path, write: impl FnOnce(&Path) -> Outcome<Written>) -> Outcome<()> {
        let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        // A folder that does not stand yet comes into being whole, with those inside it.
        let holds = |set: &Set| set.folder == folder || (!set.folder.exists() && folder.starts_with(&set.folder));
        let at = match self.sets.iter().position(holds) {
            Some(at) => at,
            None => {
                let (folder, together) = (folder.to_path_buf(), Together::new(folder)?);
                self.sets.push(Set { folder, together, files: Vec::new(), places: Vec::new() });
                self.sets.len() - 1
            }
        };
        let Set { folder, together, files, places } = &mut self.sets[at];
        let aside = together.path().join(target.strip_prefix(folder).unwrap_or(target));
        files.push(write(&aside).map_err(|fault| together.placed(fault))?);
        places.push(self.count);
        self.count += 1;
        Ok(())
    }

    /// Puts every file in its place; they come back in the order they were written in.
    ///
    /// # Errors
    /// `cancelled`; `io` where one cannot be put there.
    pub fn commit(self) -> Outcome<Vec<Written>> {
        self.sets.iter().try_for_each(|set| set.together.ready())?;
        let mut all = Vec::with_capacity(self.count);
        for Set { together, mut files, places, .. } in self.sets {
            together.commit(&mut files)?;
            all.extend(places.into_iter().zip(files));
        }
        all.sort_by_key(|(place, _)| *place);
        Ok(all.into_iter().map(|(_, file)| file).collect())
    }
}
