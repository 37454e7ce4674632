//! [`Lanes`]: the workers' deques. crossbeam-deque's, and a plain one under the model checkers, which do not know it.

use crate::sync::Mutex;
use crate::sync::deque::{Others, Own};

/// A numbered item.
type Fed<I> = (u64, I);

/// A worker's own lane: used at its back, and by this thread alone.
pub(crate) type Lane<I> = Own<Fed<I>>;

/// The other ends of all lanes.
pub(super) struct Lanes<I>(Mutex<Vec<Others<Fed<I>>>>);

impl<I> Lanes<I> {
    pub(super) fn new() -> Self {
        Self(Mutex::new(Vec::new()))
    }

    /// A new lane.
    pub(super) fn open(&self) -> Lane<I> {
        let own = Own::new();
        self.0.lock().push(own.others());
        own
    }

    /// The oldest item of the first lane that has one.
    pub(super) fn steal(&self) -> Option<Fed<I>> {
        self.0.lock().iter().find_map(Others::steal)
    }
}
