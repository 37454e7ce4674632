//! Pushed items as most people write it: one queue under a lock, and a count of what is not done, which tells the end.

use std::collections::VecDeque;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;

struct Queue<T> {
    waiting: VecDeque<T>,
    /// Items that wait or run: without those that run, the first idle worker would end everything.
    open: usize,
    asleep: usize,
    peak: usize,
}

/// Returns the sum of what `work` returns for each node below `root`, and the most that ever waited.
pub fn run<T, I>(
    root: T,
    workers: usize,
    children: impl Fn(&T) -> I + Sync,
    work: impl Fn(&T) -> u64 + Sync,
) -> (u64, usize)
where
    T: Send,
    I: Iterator<Item = T>,
{
    let queue = Mutex::new(Queue {
        waiting: VecDeque::from([root]),
        open: 1,
        asleep: 0,
        peak: 1,
    });
    let changed = Condvar::new();
    let worker = || {
        let mut sum = 0_u64;
        while let Some(item) = next(lock(&queue), &changed) {
            sum = sum.wrapping_add(work(&item));
            let mut queue = lock(&queue);
            let before = queue.waiting.len();
            queue.waiting.extend(children(&item));
            let more = queue.waiting.len() - before;
            queue.open = queue.open + more - 1;
            queue.peak = queue.peak.max(queue.waiting.len());
            // A single child is for this worker, and a call that nobody hears is a system call all the same.
            if queue.asleep > 0 && (more > 1 || queue.open == 0) {
                changed.notify_all();
            }
        }
        sum
    };
    let sum = thread::scope(|scope| {
        let threads: Vec<_> = (0..workers).map(|_| scope.spawn(worker)).collect();
        threads.into_iter().fold(0_u64, |sum, thread| {
            sum.wrapping_add(thread.join().unwrap_or_default())
        })
    });
    let peak = lock(&queue).peak;
    (sum, peak)
}

/// The oldest item; waits for one while there may be one.
fn next<'a, T>(mut queue: MutexGuard<'a, Queue<T>>, changed: &Condvar) -> Option<T> {
    loop {
        if let Some(item) = queue.waiting.pop_front() {
            return Some(item);
        }
        if queue.open == 0 {
            return None;
        }
        queue.asleep += 1;
        queue = changed.wait(queue).unwrap_or_else(PoisonError::into_inner);
        queue.asleep -= 1;
    }
}

fn lock<T>(queue: &Mutex<Queue<T>>) -> MutexGuard<'_, Queue<T>> {
    queue.lock().unwrap_or_else(PoisonError::into_inner)
}
