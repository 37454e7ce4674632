//! paralight, which knows slices alone: the results have their places before it begins.

use std::num::NonZeroUsize;

use paralight::prelude::*;

pub fn pool(workers: usize) -> ThreadPool {
    ThreadPoolBuilder {
        num_threads: NonZeroUsize::new(workers)
            .map_or(ThreadCount::AvailableParallelism, ThreadCount::Count),
        range_strategy: RangeStrategy::WorkStealing,
        cpu_pinning: CpuPinningPolicy::No,
    }
    .build()
}

pub fn over_slice(
    pool: &mut ThreadPool,
    items: &[u64],
    work: impl Fn(&u64) -> u64 + Sync,
) -> Vec<u64> {
    let mut all = vec![0; items.len()];
    (all.par_iter_mut(), items.par_iter())
        .zip_eq()
        .with_thread_pool(pool)
        .for_each(|(place, item)| *place = work(item));
    all
}
