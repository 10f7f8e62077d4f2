//! The wish to stop, asked for by Ctrl-C and looked at between chunks of work.

use super::{Fault, Outcome};
use std::sync::atomic::{AtomicBool, Ordering};

static WANTED: AtomicBool = AtomicBool::new(false);

/// Asks every running stage to stop at its next checkpoint.
pub fn request() {
    WANTED.store(true, Ordering::Relaxed);
}

/// Whether a stop has been asked for.
pub fn requested() -> bool {
    WANTED.load(Ordering::Relaxed)
}

/// A checkpoint: stages call it between chunks and pass the fault up, so that their part files are removed.
///
/// # Errors
/// `cancelled` once a stop has been asked for.
pub fn checkpoint() -> Outcome<()> {
    if requested() { Err(Fault::cancelled()) } else { Ok(()) }
}
