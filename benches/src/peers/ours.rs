//! fanout itself, streaming.

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
    let run = fanout::over(input).workers(workers).ordered();
    for result in run.map(move |item, _| work(item)).stream() {
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
    let run = fanout::over(input).workers(workers);
    for result in run.map(move |item, _| work(item)).stream() {
        sink(result);
    }
}
