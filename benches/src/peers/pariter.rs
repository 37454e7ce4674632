//! pariter, with its default buffer.

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
