//! [`Gauge`]: who is inside something, and how many at once.

use std::collections::HashMap;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::{self, ThreadId};
use std::time::Duration;

/// Counts those inside, by thread, and remembers the most there were at once.
#[derive(Debug, Default)]
pub struct Gauge {
    counts: Mutex<Counts>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct Counts {
    inside: usize,
    most: usize,
    /// Somebody has waited for more to come in, and nobody did.
    in_vain: bool,
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
        self.changed.notify_all();
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
        self.counts.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Inside<'_> {
    /// Stays inside until `n` have been so at once, but no longer than `patience`. Where one has waited in vain, the others
    /// do not wait any more.
    pub fn meet(&self, n: usize, patience: Duration) {
        let changed = &self.0.changed;
        // Whoever came late has missed nothing: what counts is the most there ever were.
        let apart = |counts: &mut Counts| counts.most < n && !counts.in_vain;
        let end = changed.wait_timeout_while(self.0.lock(), patience, apart);
        let (mut counts, _) = end.unwrap_or_else(PoisonError::into_inner);
        counts.in_vain |= counts.most < n;
    }
}

impl Drop for Inside<'_> {
    fn drop(&mut self) {
        self.0.lock().inside -= 1;
    }
}
