//! Rows formatted in fixed chunks on every core and written in order, a few chunks in memory at a time.

use crate::land::{Fault, Outcome, cancel};
use crate::{say, scale};
use std::fs::File;
use std::io::Write;
use std::ops::Range;
use std::path::{Path, PathBuf};

/// Chunks formatted while as many earlier ones are written.
const AT_ONCE: usize = 8;

/// Makes the chunks of `0..rows` in parallel and hands them over in order. The chunks depend on `size` alone.
///
/// # Errors
/// The first fault of `make` or `take`, in row order; `cancelled` once a stop is asked for.
pub(super) fn in_order<T: Send>(
    rows: usize,
    size: usize,
    make: impl Fn(Range<usize>) -> Outcome<T> + Sync,
    take: impl FnMut(T) -> Outcome<()> + Send,
) -> Outcome<()> {
    in_batches(rows, (size, AT_ONCE), make, take)
}

/// As [`in_order`], with so many chunks under way: small ones, many at once, leave no core waiting for the last of a batch.
pub(super) fn in_batches<T: Send>(
    rows: usize,
    (size, at_once): (usize, usize),
    make: impl Fn(Range<usize>) -> Outcome<T> + Sync,
    mut take: impl FnMut(T) -> Outcome<()> + Send,
) -> Outcome<()> {
    let batch = size * at_once;
    let make_from = |start: usize| {
        scale::chunks(batch.min(rows - start), size, |range| make(range.start + start..range.end + start))
    };
    let mut ready = make_from(0);
    for start in (batch..rows).step_by(batch) {
        cancel::checkpoint()?;
        let (taken, next) = scale::both(|| ready.into_iter().try_for_each(|chunk| take(chunk?)), || make_from(start));
        taken?;
        ready = next;
    }
    cancel::checkpoint()?;
    ready.into_iter().try_for_each(|chunk| take(chunk?))
}

/// A file under way that names its place in every fault.
pub(super) struct Sink {
    file: File,
    path: PathBuf,
}

impl Sink {
    /// # Errors
    /// `io` where the file cannot be made.
    pub fn create(path: &Path) -> Outcome<Sink> {
        let file = File::create(path).map_err(|error| fault(path, &error))?;
        Ok(Sink { file, path: path.to_path_buf() })
    }

    /// # Errors
    /// `io` where the disk does not take the bytes.
    pub fn write(&mut self, bytes: &[u8]) -> Outcome<()> {
        self.file.write_all(bytes).map_err(|error| fault(&self.path, &error))
    }
}

/// An output that could not be written.
pub(super) fn fault(path: &Path, error: &std::io::Error) -> Fault {
    Fault::io(say!("cannot write the output", "无法写出文件"), path, error)
}
