//! pariter, with its default buffer and with a deep one.

use pariter::IteratorExt;

pub fn ordered<I, T, R>(
    input: I,
    workers: usize,
    work: impl Fn(T) -> R + Copy + Send + Sync + 'static,
    sink: impl FnMut(R),
) where
    I: Iterator<Item = T> + Send + 'static,
    T: Send + 'static,
    R: Send + 'static,
{
    input
        .parallel_map_custom(|options| options.threads(workers), work)
        .for_each(sink);
}

/// With a buffer deep enough that nobody waits for every single item.
pub fn buffered<I, T, R>(
    input: I,
    workers: usize,
    work: impl Fn(T) -> R + Copy + Send + Sync + 'static,
    sink: impl FnMut(R),
) where
    I: Iterator<Item = T> + Send + 'static,
    T: Send + 'static,
    R: Send + 'static,
{
    input
        .parallel_map_custom(|options| options.threads(workers).buffer_size(256), work)
        .for_each(sink);
}
