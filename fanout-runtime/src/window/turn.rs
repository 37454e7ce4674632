//! [`Turn`]: a worker that finds the source taken waits for its turn, some microseconds, where items are cheap.
//!
//! It could take over what has been pulled so far instead, and will if this takes longer. But then items that were made on one
//! thread are dropped on another, which allocators do not like, and both have small batches.

use core::time::Duration;

use crate::sync::atomic::{AtomicBool, Ordering};
use crate::sync::spin::spin_for;

/// A pull of a whole batch of cheap items takes less, and to fall asleep would cost as much.
const PATIENCE: Duration = Duration::from_micros(20);

/// Whether somebody pulls cheap items. A hint: nothing but time depends on it.
#[derive(Debug)]
pub(super) struct Turn(AtomicBool);

impl Turn {
    pub(super) fn new() -> Self {
        Self(AtomicBool::new(false))
    }

    /// Whoever takes the source out says so, if items are cheap.
    pub(super) fn begin(&self) {
        // Relaxed, here and below: a hint.
        self.0.store(true, Ordering::Relaxed);
    }

    pub(super) fn end(&self) {
        self.0.store(false, Ordering::Relaxed);
    }

    pub(super) fn wait(&self) {
        spin_for(PATIENCE, || !self.0.load(Ordering::Relaxed));
    }
}
