//! Values that are counted: how many are alive, how many were at most, whether each was dropped once.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Counts the [`Counted`] values that were made from it.
#[derive(Debug, Clone, Default)]
pub struct Census(Arc<Mutex<Counts>>);

#[derive(Debug, Default)]
struct Counts {
    alive: HashSet<u64>,
    made: u64,
    most: usize,
    dropped_twice: u64,
}

/// A value whose life is in a [`Census`].
#[derive(Debug)]
pub struct Counted {
    pub value: u64,
    id: u64,
    census: Census,
}

impl Census {
    pub fn new() -> Self {
        Self::default()
    }

    /// A new counted value.
    pub fn make(&self, value: u64) -> Counted {
        let mut counts = self.lock();
        let id = counts.made;
        counts.made += 1;
        counts.alive.insert(id);
        counts.most = counts.most.max(counts.alive.len());
        Counted {
            value,
            id,
            census: self.clone(),
        }
    }

    pub fn alive(&self) -> usize {
        self.lock().alive.len()
    }
    /// The most that were alive at any time.
    pub fn most(&self) -> usize {
        self.lock().most
    }
    pub fn made(&self) -> u64 {
        self.lock().made
    }

    /// Every value that was made has been dropped, and none of them twice.
    #[track_caller]
    pub fn assert_all_gone(&self) {
        let counts = self.lock();
        assert_eq!(counts.dropped_twice, 0, "values were dropped twice");
        assert_eq!(
            counts.alive.len(),
            0,
            "of {} values some are still alive",
            counts.made
        );
    }

    /// As [`assert_all_gone`](Self::assert_all_gone), for values that another thread is about to drop.
    pub fn wait_until_all_gone(&self) {
        while self.alive() > 0 {
            std::thread::yield_now();
        }
        self.assert_all_gone();
    }

    fn lock(&self) -> MutexGuard<'_, Counts> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        let mut counts = self.census.lock();
        if !counts.alive.remove(&self.id) {
            counts.dropped_twice += 1;
        }
    }
}
