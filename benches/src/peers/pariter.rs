//! pariter.

use pariter::IteratorExt;

/// Deep enough that nobody waits for every single item.
pub const DEEP: Option<usize> = Some(256);

/// `buffer`: `None` is pariter's own choice.
pub fn ordered<I, T, R>(
    input: I,
    workers: usize,
    buffer: Option<usize>,
    work: impl Fn(T) -> R + Copy + Send + Sync + 'static,
    sink: impl FnMut(R),
) where
    I: Iterator<Item = T> + Send + 'static,
    T: Send + 'static,
    R: Send + 'static,
{
    let options = |options: pariter::ParallelMapBuilder<I>| {
        let options = options.threads(workers);
        match buffer {
            None => options,
            Some(size) => options.buffer_size(size),
        }
    };
    input.parallel_map_custom(options, work).for_each(sink);
}
