//! The crossbeam pool of those who have measured: the channels carry vectors of items.

use std::thread;

use crossbeam_channel::bounded;

use super::reorder;

/// Items that go through a channel together.
const BATCH: usize = 256;
/// Batches in a channel.
const DEPTH: usize = 16;

pub fn ordered<I, T, R>(
    input: I,
    workers: usize,
    work: impl Fn(T) -> R + Sync,
    mut sink: impl FnMut(R),
) where
    I: Iterator<Item = T> + Send,
    T: Send,
    R: Send,
{
    pool(input, workers, &work, |batches| {
        reorder::by_number(batches, |batch| batch.into_iter().for_each(&mut sink));
    });
}

pub fn unordered<I, T, R>(
    input: I,
    workers: usize,
    work: impl Fn(T) -> R + Sync,
    mut sink: impl FnMut(R),
) where
    I: Iterator<Item = T> + Send,
    T: Send,
    R: Send,
{
    pool(input, workers, &work, |batches| {
        batches.for_each(|(_, batch)| batch.into_iter().for_each(&mut sink));
    });
}

fn pool<I, T, R>(
    mut input: I,
    workers: usize,
    work: &(impl Fn(T) -> R + Sync),
    consume: impl FnOnce(&mut dyn Iterator<Item = (usize, Vec<R>)>),
) where
    I: Iterator<Item = T> + Send,
    T: Send,
    R: Send,
{
    let (jobs, waiting) = bounded::<(usize, Vec<T>)>(DEPTH);
    let (done, results) = bounded(DEPTH);
    thread::scope(|scope| {
        scope.spawn(move || {
            for number in 0.. {
                let batch: Vec<T> = input.by_ref().take(BATCH).collect();
                if batch.is_empty() || jobs.send((number, batch)).is_err() {
                    break;
                }
            }
        });
        for _ in 0..workers {
            let (waiting, done) = (waiting.clone(), done.clone());
            scope.spawn(move || {
                for (number, batch) in waiting {
                    let batch: Vec<R> = batch.into_iter().map(work).collect();
                    if done.send((number, batch)).is_err() {
                        break;
                    }
                }
            });
        }
        drop(waiting);
        drop(done);
        consume(&mut results.into_iter());
    });
}
