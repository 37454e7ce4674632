//! Cancels tokens at deadlines: one thread for the whole process.
//!
//! Needed only where somebody may sleep on the token itself (`done()` in a `select!`, a channel): the
//! run's own waits know their deadline. The thread is started by the first registration, sleeps
//! exactly until the next deadline, and ends when it has had nothing to do for a second.
//!
//! 1. `running` is true exactly while the thread will look at the entries again before it ends. Both
//!    it and the entries change only under the lock, so a registration either finds a thread that
//!    will see it, or starts one.
//! 2. Tokens are cancelled, and dropped, outside the lock.
//! 3. If the system refuses the thread the entry stays, and [`TimerGuard::is_armed`] says `false`
//!    until a later registration gets a thread, which then serves all entries. Whoever relies on the
//!    deadline asks, and otherwise looks at the clock itself.
//!
//! In a forked child the thread is gone and the lock may be held for ever by a thread that was not
//! copied. So each process has a timer of its own, found by its id.

use super::token::CancelToken;
use crate::sync::time::{self, Instant};
use std::fmt;

#[cfg(not(any(fanout_loom, fanout_shuttle)))]
mod thread;

#[cfg(all(test, not(any(fanout_loom, fanout_shuttle))))]
mod tests;

/// Takes the deadline back when dropped, if it has not come.
#[must_use = "dropping it takes the deadline back"]
pub(crate) struct TimerGuard {
    #[cfg(not(any(fanout_loom, fanout_shuttle)))]
    entry: Option<thread::Entry>,
}

impl fmt::Debug for TimerGuard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TimerGuard")
            .field("armed", &self.is_armed())
            .finish_non_exhaustive()
    }
}

impl TimerGuard {
    /// Whether a thread stands ready to cancel the token in time, or has done so. `false` means that
    /// the system gave no thread: look at the clock instead.
    pub(crate) fn is_armed(&self) -> bool {
        #[cfg(not(any(fanout_loom, fanout_shuttle)))]
        return self.entry.as_ref().is_none_or(thread::Entry::is_armed);
        // The model checkers have no time that could pass.
        #[cfg(any(fanout_loom, fanout_shuttle))]
        false
    }
}

/// Cancels `token` at `when`; at once, and on this thread, if that moment has passed.
pub(crate) fn cancel_at(token: &CancelToken, when: Instant) -> TimerGuard {
    if when <= time::now() {
        token.cancel();
        #[cfg(not(any(fanout_loom, fanout_shuttle)))]
        return TimerGuard { entry: None };
    }
    TimerGuard {
        #[cfg(not(any(fanout_loom, fanout_shuttle)))]
        entry: Some(thread::of_this_process().register(token.clone(), when)),
    }
}
