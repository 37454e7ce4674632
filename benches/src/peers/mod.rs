//! The peers, a file for each family, and the contenders of a streaming row made of all of them.

pub mod chili;
pub mod crossbeam_batched;
pub mod crossbeam_pool;
pub mod hash_lanes;
pub mod mutex_iter;
pub mod mutex_queue;
pub mod orx;
pub mod orx_tree;
pub mod ours;
pub mod paralight;
pub mod pariter;
pub mod rayon;
pub mod rayon_tree;
mod reorder;
pub mod tokio_blocking;

use crate::harness::{Contender, LOOP, OURS};
use crate::load::{in_any_order, in_order};

/// A row whose results are streamed to a loop: how the input is made, what is done to an item, what a result counts.
#[derive(Debug, Clone, Copy)]
pub struct Streamed<M, W, D> {
    pub input: M,
    pub work: W,
    pub digest: D,
    pub workers: usize,
}

impl<'a, M, W, D, I, T, R> Streamed<M, W, D>
where
    M: Fn() -> I + Copy + 'a,
    I: Iterator<Item = T> + Send + 'static,
    W: Fn(T) -> R + Copy + Send + Sync + 'static,
    D: Fn(R) -> u64 + Copy + 'a,
    T: Send + Sync + 'static,
    R: Send + 'static,
{
    /// Results in input order, and a checksum that depends on it.
    pub fn ordered(self) -> Vec<Contender<'a>> {
        let Self {
            input,
            work,
            digest,
            workers,
        } = self;
        // Each contender keeps one for itself.
        let pool = self.rayon_pool();
        let chunks = self.rayon_pool();
        let sum = move |sum: &mut u64, result| *sum = in_order(*sum, digest(result));
        vec![
            contender(LOOP, move |out| input().map(work).for_each(|r| sum(out, r))),
            contender(OURS, move |out| {
                ours::ordered(input(), workers, work, |r| sum(out, r))
            }),
            contender("rayon collect-all", move |out| {
                rayon::collect_all(&pool, input(), work, |r| sum(out, r))
            }),
            contender("rayon chunk-wise", move |out| {
                rayon::chunk_wise(&chunks, input(), work, |r| sum(out, r))
            }),
            contender("crossbeam pool", move |out| {
                crossbeam_pool::ordered(input(), workers, work, |r| sum(out, r))
            }),
            contender("crossbeam, batched", move |out| {
                crossbeam_batched::ordered(input(), workers, work, |r| sum(out, r))
            }),
            contender("Mutex<iter>", move |out| {
                mutex_iter::ordered(input(), workers, work, |r| sum(out, r))
            }),
            contender("pariter", move |out| {
                pariter::ordered(input(), workers, None, work, |r| sum(out, r))
            }),
            contender("pariter, buffer 256", move |out| {
                pariter::ordered(input(), workers, pariter::DEEP, work, |r| sum(out, r))
            }),
            contender("orx collect-all", move |out| {
                orx::over_iterator(input(), workers, work, |r| sum(out, r))
            }),
        ]
    }

    /// Results as they are finished.
    pub fn unordered(self) -> Vec<Contender<'a>> {
        let Self {
            input,
            work,
            digest,
            workers,
        } = self;
        let pool = self.rayon_pool();
        let bridge = self.rayon_pool();
        let chunks = self.rayon_pool();
        let sum = move |sum: &mut u64, result| *sum = in_any_order(*sum, digest(result));
        vec![
            contender(LOOP, move |out| input().map(work).for_each(|r| sum(out, r))),
            contender(OURS, move |out| {
                ours::unordered(input(), workers, work, |r| sum(out, r))
            }),
            contender("rayon collect-all", move |out| {
                rayon::collect_all(&pool, input(), work, |r| sum(out, r))
            }),
            contender("rayon chunk-wise", move |out| {
                rayon::chunk_wise(&chunks, input(), work, |r| sum(out, r))
            }),
            contender("rayon par_bridge", move |out| {
                rayon::bridge(&bridge, input(), work, |r| sum(out, r))
            }),
            contender("crossbeam pool", move |out| {
                crossbeam_pool::unordered(input(), workers, work, |r| sum(out, r))
            }),
            contender("crossbeam, batched", move |out| {
                crossbeam_batched::unordered(input(), workers, work, |r| sum(out, r))
            }),
            contender("Mutex<iter>", move |out| {
                mutex_iter::unordered(input(), workers, work, |r| sum(out, r))
            }),
            contender("pariter", move |out| {
                pariter::ordered(input(), workers, None, work, |r| sum(out, r))
            }),
            contender("pariter, buffer 256", move |out| {
                pariter::ordered(input(), workers, pariter::DEEP, work, |r| sum(out, r))
            }),
            contender("orx collect-all", move |out| {
                orx::over_iterator(input(), workers, work, |r| sum(out, r))
            }),
        ]
    }

    fn rayon_pool(&self) -> ::rayon::ThreadPool {
        rayon::pool(self.workers)
    }
}

fn contender<'a>(name: &'static str, run: impl Fn(&mut u64) + 'a) -> Contender<'a> {
    Contender::new(name, move || {
        let mut sum = 0;
        run(&mut sum);
        sum
    })
}
