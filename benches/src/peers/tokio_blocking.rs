//! tokio's threads for blocking work, as many at once as there are workers.

use futures::{StreamExt, stream};
use tokio::runtime::{Builder, Runtime};
use tokio::task::spawn_blocking;

pub fn runtime(workers: usize) -> Runtime {
    match Builder::new_multi_thread()
        .worker_threads(1)
        .max_blocking_threads(workers)
        .build()
    {
        Ok(runtime) => runtime,
        Err(error) => panic!("tokio has no threads: {error}"),
    }
}

pub fn unordered<T, R>(
    runtime: &Runtime,
    input: impl Iterator<Item = T>,
    workers: usize,
    work: impl Fn(T) -> R + Copy + Send + 'static,
    mut sink: impl FnMut(R),
) where
    T: Send + 'static,
    R: Send + 'static,
{
    runtime.block_on(async {
        let mut results = stream::iter(input)
            .map(|item| spawn_blocking(move || work(item)))
            .buffer_unordered(workers);
        while let Some(result) = results.next().await {
            match result {
                Ok(result) => sink(result),
                Err(error) => panic!("an item of tokio's: {error}"),
            }
        }
    });
}
