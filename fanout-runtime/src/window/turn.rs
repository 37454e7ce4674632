//! [`Turn`]: a worker that finds the source taken waits for its turn, some microseconds, where items are cheap.
//!
//! It could take over what has been pulled so far instead, and will if this takes longer. But then items that were made on one
//! thread are dropped on another, which allocators do not like, and both have small batches.

use core::time::Duration;

use crate::sync::spin::{Hint, spin_for};

/// A pull of a whole batch of cheap items takes less, and to fall asleep would cost as much.
const PATIENCE: Duration = Duration::from_micros(20);

/// Whether somebody pulls cheap items.
#[derive(Debug, Default)]
pub(super) struct Turn(Hint);

impl Turn {
    /// Whoever takes the source out says so, if items are cheap.
    pub(super) fn begin(&self) {
        self.0.set(true);
    }

    pub(super) fn end(&self) {
        self.0.set(false);
    }

    pub(super) fn wait(&self) {
        spin_for(PATIENCE, || !self.0.is_set());
    }
}
