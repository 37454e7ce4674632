//! No dispatcher: the workers take items from the iterator themselves, one at a time, under a lock.

use std::sync::{Mutex, PoisonError};
use std::thread;

use crossbeam_channel::bounded;

use super::reorder;

/// Deep enough that nobody waits for every single item.
const DEPTH: usize = 1024;

pub fn unordered<I, T, R>(
    input: I,
    workers: usize,
    work: impl Fn(T) -> R + Sync,
    sink: impl FnMut(R),
) where
    I: Iterator<Item = T> + Send,
    R: Send,
{
    pool(input, workers, &work, |results| results.for_each(sink));
}

pub fn ordered<I, T, R>(input: I, workers: usize, work: impl Fn(T) -> R + Sync, sink: impl FnMut(R))
where
    I: Iterator<Item = T> + Send,
    R: Send,
{
    let numbered = |(number, item)| (number, work(item));
    pool(input.enumerate(), workers, &numbered, |results| {
        reorder::by_number(results, sink)
    });
}

fn pool<I, T, R>(
    input: I,
    workers: usize,
    work: &(impl Fn(T) -> R + Sync),
    consume: impl FnOnce(&mut dyn Iterator<Item = R>),
) where
    I: Iterator<Item = T> + Send,
    R: Send,
{
    let input = Mutex::new(input);
    let take = || input.lock().unwrap_or_else(PoisonError::into_inner).next();
    let (done, results) = bounded(DEPTH);
    thread::scope(|scope| {
        for _ in 0..workers {
            let done = done.clone();
            scope.spawn(move || {
                while let Some(item) = take() {
                    if done.send(work(item)).is_err() {
                        break;
                    }
                }
            });
        }
        drop(done);
        consume(&mut results.into_iter());
    });
}
