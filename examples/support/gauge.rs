//! [`Gauge`]: who is inside something, and how many at once.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread::{self, ThreadId};

/// Counts those inside, by thread, and remembers the most there were at once.
#[derive(Debug, Default)]
pub struct Gauge(Mutex<Counts>);

#[derive(Debug, Default)]
struct Counts {
    inside: usize,
    most: usize,
    by_thread: HashMap<ThreadId, usize>,
}

/// Somebody inside; leaves when dropped.
#[must_use = "dropping it is leaving"]
#[derive(Debug)]
pub struct Inside<'a>(&'a Gauge);

impl Gauge {
    pub fn new() -> Self {
        Self::default()
    }

    pub fn enter(&self) -> Inside<'_> {
        let mut counts = self.lock();
        counts.inside += 1;
        counts.most = counts.most.max(counts.inside);
        *counts.by_thread.entry(thread::current().id()).or_default() += 1;
        drop(counts);
        Inside(self)
    }

    /// How many are inside.
    pub fn inside(&self) -> usize {
        self.lock().inside
    }

    /// The most that were inside at once.
    pub fn most(&self) -> usize {
        self.lock().most
    }

    /// How often each thread was inside, the busiest first.
    pub fn by_thread(&self) -> Vec<usize> {
        let mut counts: Vec<usize> = self.lock().by_thread.values().copied().collect();
        counts.sort_unstable_by(|a, b| b.cmp(a));
        counts
    }

    fn lock(&self) -> MutexGuard<'_, Counts> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Inside<'_> {
    fn drop(&mut self) {
        self.0.lock().inside -= 1;
    }
}
