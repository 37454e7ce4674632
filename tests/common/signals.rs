//! What threads of a test tell each other: tests wait for these and never for time.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// Closed until it is opened, then open for ever.
#[derive(Debug, Default)]
pub struct Gate(Counter);

impl Gate {
    pub fn new() -> Self {
        Self::default()
    }
    pub fn open(&self) {
        self.0.add(1);
    }
    pub fn is_open(&self) -> bool {
        self.0.get() > 0
    }
    pub fn wait(&self) {
        self.0.wait_for(1);
    }
}

/// A number that only grows, and that can be waited for.
#[derive(Debug, Default)]
pub struct Counter {
    value: Mutex<usize>,
    changed: Condvar,
}

impl Counter {
    pub fn new() -> Self {
        Self::default()
    }
    /// Adds `n` and returns what there was before.
    pub fn add(&self, n: usize) -> usize {
        let mut value = self.lock();
        let before = *value;
        *value += n;
        drop(value);
        self.changed.notify_all();
        before
    }
    /// Adds one.
    pub fn tick(&self) {
        self.add(1);
    }
    pub fn get(&self) -> usize {
        *self.lock()
    }
    /// Waits until it is at least `n`.
    pub fn wait_for(&self, n: usize) {
        let mut value = self.lock();
        while *value < n {
            value = self
                .changed
                .wait(value)
                .unwrap_or_else(PoisonError::into_inner);
        }
    }
    fn lock(&self) -> MutexGuard<'_, usize> {
        // A test's own panic in an item must not make the others fail.
        self.value.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
