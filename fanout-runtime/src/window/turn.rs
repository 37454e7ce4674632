//! [`Turn`]: a worker that is through with a batch of cheap items waits for its turn, some microseconds, before it does anything
//! else.
//!
//! Where the source is taken it could take over what has been pulled so far instead, and will if this takes longer. But then
//! items that were made on one thread are dropped on another, which allocators do not like, and both have small batches.
//!
//! Where the window is full it could fall asleep, and will if this takes longer. But the consumer was woken, and has the results
//! of a batch out of the way sooner than a worker is asleep and awake again. It waits for room no longer than it has worked
//! before, or with small batches it would wait more than it works; and not at all on the consumer's core.

use core::time::Duration;

use crate::sync::spin::{Hint, spin_for};

/// A pull of a whole batch of cheap items takes less, and to fall asleep would cost as much.
const PATIENCE: Duration = Duration::from_micros(20);

/// What is in the way of the next pull of cheap items.
#[derive(Debug, Default)]
pub(super) struct Turn {
    /// Somebody pulls.
    taken: Hint,
    /// There is too little room, and nothing else in the way.
    full: Hint,
}

impl Turn {
    /// Whoever takes the source out says so, if items are cheap.
    pub(super) fn begin(&self) {
        self.taken.set(true);
    }

    pub(super) fn end(&self) {
        self.taken.set(false);
    }

    /// Whether room is all that is missing, as far as is known now.
    pub(super) fn set_full(&self, full: bool) {
        self.full.set(full);
    }

    /// Waits for the source.
    pub(super) fn wait(&self) {
        spin_for(PATIENCE, || !self.taken.is_set());
    }

    /// Waits for room if that is all that is missing, but not for longer than `worked`. Returns whether there is some.
    pub(super) fn wait_for_room(&self, worked: Duration) -> bool {
        self.full.is_set() && spin_for(PATIENCE.min(worked), || !self.full.is_set())
    }
}
