//! orx-parallel over a slice and over an iterator. Not a stream: it collects.

use orx_parallel::*;

pub fn over_slice<T: Sync, R: Send>(
    items: &[T],
    workers: usize,
    work: impl Fn(&T) -> R + Copy + Send + Sync,
) -> Vec<R> {
    items.par().num_threads(workers).map(work).collect()
}

pub fn over_iterator<I, T, R>(
    input: I,
    workers: usize,
    work: impl Fn(T) -> R + Copy + Send + Sync,
    sink: impl FnMut(R),
) where
    I: Iterator<Item = T> + Send,
    T: Send + Sync,
    R: Send,
{
    let results: Vec<R> = input
        .iter_into_par()
        .num_threads(workers)
        .map(work)
        .collect();
    results.into_iter().for_each(sink);
}
