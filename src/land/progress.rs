//! Progress of long work, told to whoever watches.

use super::Text;

/// Is told when a step begins and how far it has come; called from several threads.
pub trait Watch: Sync {
    /// A step begins, of `total` pieces of work (0: unknown).
    fn begin(&self, step: &Text, total: u64);
    /// Some pieces more are done.
    fn advance(&self, pieces: u64);
}

/// Watches nothing.
pub struct Unwatched;

impl Watch for Unwatched {
    fn begin(&self, _: &Text, _: u64) {}
    fn advance(&self, _: u64) {}
}
