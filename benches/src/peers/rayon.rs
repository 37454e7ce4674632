//! rayon, in the ways in which its users stream or collect.

use crossbeam_channel::bounded;
use rayon::prelude::*;
use rayon::{ThreadPool, ThreadPoolBuilder};

/// Items of a chunk in [`chunk_wise`].
const CHUNK: usize = 4096;

pub fn pool(workers: usize) -> ThreadPool {
    match ThreadPoolBuilder::new().num_threads(workers).build() {
        Ok(pool) => pool,
        Err(error) => panic!("rayon has no threads: {error}"),
    }
}

/// Everything in memory, before and after. Not a stream.
pub fn collect_all<T: Send, R: Send>(
    pool: &ThreadPool,
    input: impl Iterator<Item = T>,
    work: impl Fn(T) -> R + Send + Sync,
    sink: impl FnMut(R),
) {
    let all: Vec<T> = input.collect();
    let results: Vec<R> = pool.install(|| all.into_par_iter().map(work).collect());
    results.into_iter().for_each(sink);
}

/// A chunk at a time: bounded, in order, and nothing overlaps.
pub fn chunk_wise<T: Send, R: Send>(
    pool: &ThreadPool,
    mut input: impl Iterator<Item = T>,
    work: impl Fn(T) -> R + Send + Sync,
    mut sink: impl FnMut(R),
) {
    loop {
        let chunk: Vec<T> = input.by_ref().take(CHUNK).collect();
        if chunk.is_empty() {
            return;
        }
        let results: Vec<R> = pool.install(|| chunk.into_par_iter().map(&work).collect());
        results.into_iter().for_each(&mut sink);
    }
}

/// Through a channel, as they are finished.
pub fn bridge<T: Send, R: Send>(
    pool: &ThreadPool,
    input: impl Iterator<Item = T> + Send,
    work: impl Fn(T) -> R + Send + Sync,
    sink: impl FnMut(R),
) {
    let (done, results) = bounded(1024);
    std::thread::scope(|scope| {
        scope.spawn(move || {
            pool.install(|| {
                input.par_bridge().for_each(|item| {
                    // Nobody hangs up before the end.
                    let _ = done.send(work(item));
                });
            });
        });
        results.into_iter().for_each(sink);
    });
}
