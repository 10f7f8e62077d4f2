//! Work on many things at once, on this machine (`rayon`): fixed chunks, results in order, so that no thread count changes a bit.

use rayon::prelude::*;
use std::ops::Range;

/// Runs `work` over the chunks of `0..count` and gives their results in order. The chunks depend on `size` alone.
pub fn chunks<T: Send>(count: usize, size: usize, work: impl Fn(Range<usize>) -> T + Sync) -> Vec<T> {
    let size = size.max(1);
    (0..count.div_ceil(size)).into_par_iter().map(|chunk| work(chunk * size..((chunk + 1) * size).min(count))).collect()
}

/// As [`chunks`], with a worker state made once per thread (scratch space; it must not carry results from chunk to chunk).
pub fn chunks_with<S, T: Send>(
    count: usize,
    size: usize,
    state: impl Fn() -> S + Sync + Send,
    work: impl Fn(&mut S, Range<usize>) -> T + Sync + Send,
) -> Vec<T> {
    let size = size.max(1);
    (0..count.div_ceil(size))
        .into_par_iter()
        .map_init(state, |state, chunk| work(state, chunk * size..((chunk + 1) * size).min(count)))
        .collect()
}

/// One value per number of `0..count`, in order.
pub fn map<T: Send>(count: usize, work: impl Fn(usize) -> T + Sync + Send) -> Vec<T> {
    (0..count).into_par_iter().with_min_len(1024).map(work).collect()
}

/// Runs two pieces of work side by side.
pub fn both<A: Send, B: Send>(one: impl FnOnce() -> A + Send, other: impl FnOnce() -> B + Send) -> (A, B) {
    rayon::join(one, other)
}

/// Sets how many threads the process works with; once, at its start. 0 is one per core.
pub fn set_threads(threads: usize) {
    // A second call (in tests) keeps the first one's pool.
    let _ = rayon::ThreadPoolBuilder::new().num_threads(threads).build_global();
}

/// Sorts numbers ascending, by their total order.
pub fn sort(numbers: &mut [f64]) {
    numbers.par_sort_unstable_by(f64::total_cmp);
}

/// Sorts by an order that tells all that differ apart.
pub fn sort_by<T: Send>(items: &mut [T], order: impl Fn(&T, &T) -> std::cmp::Ordering + Sync) {
    items.par_sort_unstable_by(order);
}

/// Works on consecutive pieces of a slice at once, with a worker state made once per thread. Gives each piece's result, in order.
pub fn pieces_mut<S, P: Send, T: Send>(
    pieces: &mut [P],
    size: usize,
    state: impl Fn() -> S + Sync + Send,
    work: impl Fn(&mut S, &mut [P]) -> T + Sync + Send,
) -> Vec<T> {
    pieces.par_chunks_mut(size.max(1)).map_init(state, work).collect()
}
