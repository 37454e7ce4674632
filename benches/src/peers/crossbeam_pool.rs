//! The pool that most people write: a channel of jobs, a channel of results, a thread that fills the first.

use crossbeam_channel::{Receiver, bounded};
use std::thread;

use super::reorder;

/// Deep enough that nobody waits for every single item.
const DEPTH: usize = 1024;

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
    let (jobs, waiting) = bounded(DEPTH);
    thread::scope(|scope| {
        scope.spawn(move || {
            for item in input {
                if jobs.send(item).is_err() {
                    break;
                }
            }
        });
        on_channel(waiting, workers, &work, |results| {
            results.iter().for_each(&mut sink)
        });
    });
}

pub fn ordered<I, T, R>(input: I, workers: usize, work: impl Fn(T) -> R + Sync, sink: impl FnMut(R))
where
    I: Iterator<Item = T> + Send,
    T: Send,
    R: Send,
{
    let (jobs, waiting) = bounded(DEPTH);
    thread::scope(|scope| {
        scope.spawn(move || {
            for job in input.enumerate() {
                if jobs.send(job).is_err() {
                    break;
                }
            }
        });
        let numbered = |(number, item)| (number, work(item));
        on_channel(waiting, workers, &numbered, |results| {
            reorder::by_number(results.iter(), sink)
        });
    });
}

/// `workers` threads that share the receiver of jobs.
pub fn on_channel<T, R>(
    jobs: Receiver<T>,
    workers: usize,
    work: &(impl Fn(T) -> R + Sync),
    consume: impl FnOnce(Receiver<R>),
) where
    T: Send,
    R: Send,
{
    let (done, results) = bounded(DEPTH);
    thread::scope(|scope| {
        for _ in 0..workers {
            let (jobs, done) = (jobs.clone(), done.clone());
            scope.spawn(move || {
                for job in jobs {
                    if done.send(work(job)).is_err() {
                        break;
                    }
                }
            });
        }
        // The one that is forgotten so easily: with it the results would never end.
        drop(done);
        drop(jobs);
        consume(results);
    });
}
