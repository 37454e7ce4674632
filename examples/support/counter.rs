//! [`Counter`]: a number that threads wait for.

use std::sync::{Condvar, Mutex};
use std::time::Duration;

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

    /// Adds one.
    pub fn tick(&self) {
        *self.value.lock().expect("nobody panics with it") += 1;
        self.changed.notify_all();
    }

    pub fn get(&self) -> usize {
        *self.value.lock().expect("nobody panics with it")
    }

    /// Waits until it is at least `n`, but no longer than `patience`. Returns whether it is.
    pub fn wait_for(&self, n: usize, patience: Duration) -> bool {
        let value = self.value.lock().expect("nobody panics with it");
        let (_value, end) = self
            .changed
            .wait_timeout_while(value, patience, |value| *value < n)
            .expect("nobody panics with it");
        !end.timed_out()
    }
}
