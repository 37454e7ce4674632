//! fanout itself, streaming, as its users write it: an annotated function.

use fanout::fan_out;

#[fan_out]
fn worked_on<T, R, W>(item: T, #[shared] work: W) -> R
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
    sink: impl FnMut(R),
) where
    I: Iterator<Item = T> + Send + 'static,
    T: Send + 'static,
    R: Send + 'static,
{
    let run = worked_on(input, work).workers(workers).ordered();
    run.stream().for_each(sink);
}

pub fn unordered<I, T, R>(
    input: I,
    workers: usize,
    work: impl Fn(T) -> R + Send + Sync + 'static,
    sink: impl FnMut(R),
) where
    I: Iterator<Item = T> + Send + 'static,
    T: Send + 'static,
    R: Send + 'static,
{
    let run = worked_on(input, work).workers(workers);
    run.stream().for_each(sink);
}
