//! fanout itself, streaming, as its users write it: an annotated function.

use fanout::fan_out;

#[fan_out(ordered)]
fn in_order<T, R, W>(item: T, #[shared] work: W) -> R
where
    T: Send,
    R: Send,
    W: Fn(T) -> R + Send + Sync,
{
    work(item)
}

#[fan_out]
fn in_any_order<T, R, W>(item: T, #[shared] work: W) -> R
where
    T: Send,
    R: Send,
    W: Fn(T) -> R + Send + Sync,
{
    work(item)
}

pub fn ordered<I, T, R>(
    input: I,
    workers: usize,
    work: impl Fn(T) -> R + Send + Sync + 'static,
    mut sink: impl FnMut(R),
) where
    I: Iterator<Item = T> + Send + 'static,
    T: Send + 'static,
    R: Send + 'static,
{
    for result in in_order(input, work).workers(workers) {
        sink(result);
    }
}

pub fn unordered<I, T, R>(
    input: I,
    workers: usize,
    work: impl Fn(T) -> R + Send + Sync + 'static,
    mut sink: impl FnMut(R),
) where
    I: Iterator<Item = T> + Send + 'static,
    T: Send + 'static,
    R: Send + 'static,
{
    for result in in_any_order(input, work).workers(workers) {
        sink(result);
    }
}
