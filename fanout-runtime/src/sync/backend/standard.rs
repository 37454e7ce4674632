//! The back end that users run: std, without lock poisoning.
//!
//! Poisoning is swallowed because it answers the wrong question here: user code never runs under a
//! lock of this crate, so a lock that was held during an unwind still guards consistent state, and a
//! `PoisonError` would only turn the first panic into a second one somewhere else.

use crate::sync::time::{self, Instant};
use std::sync::{Condvar as StdCondvar, Mutex as StdMutex, PoisonError};

pub(crate) use std::sync::MutexGuard;
pub(crate) use std::thread_local;

pub(crate) mod atomic {
    pub(crate) use std::sync::atomic::{
        AtomicBool, AtomicIsize, AtomicU8, AtomicU32, AtomicU64, AtomicUsize, Ordering, fence,
    };
}

pub(crate) mod hint {
    pub(crate) use std::hint::spin_loop;
}

pub(crate) mod os_thread {
    pub(crate) use std::thread::{Builder, JoinHandle, yield_now};
}

/// A mutex that never reports poisoning.
#[derive(Debug, Default)]
pub(crate) struct Mutex<T: ?Sized>(StdMutex<T>);

impl<T> Mutex<T> {
    pub(crate) const fn new(value: T) -> Self {
        Self(StdMutex::new(value))
    }
}

impl<T: ?Sized> Mutex<T> {
    /// Blocks while another thread holds the lock; that is brief for every lock of this crate, or
    /// said otherwise where the lock is declared.
    #[inline]
    pub(crate) fn lock(&self) -> MutexGuard<'_, T> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A condition variable to go with [`Mutex`].
#[derive(Debug, Default)]
pub(crate) struct Condvar(StdCondvar);

impl Condvar {
    pub(crate) const fn new() -> Self {
        Self(StdCondvar::new())
    }

    /// Blocks until notified, or spuriously: callers loop over their condition.
    pub(crate) fn wait<'a, T>(&self, guard: MutexGuard<'a, T>) -> MutexGuard<'a, T> {
        self.0.wait(guard).unwrap_or_else(PoisonError::into_inner)
    }

    /// As [`wait`](Self::wait), but until `deadline` at the latest (`None`: no such limit). The flag
    /// says that the deadline has passed, not that no notification came.
    pub(crate) fn wait_deadline<'a, T>(
        &self,
        guard: MutexGuard<'a, T>,
        deadline: Option<Instant>,
    ) -> (MutexGuard<'a, T>, bool) {
        let Some(deadline) = deadline else {
            return (self.wait(guard), false);
        };
        let left = deadline.saturating_duration_since(time::now());
        if left.is_zero() {
            return (guard, true);
        }
        let (guard, timeout) = self
            .0
            .wait_timeout(guard, left)
            .unwrap_or_else(PoisonError::into_inner);
        (guard, timeout.timed_out())
    }

    pub(crate) fn notify_one(&self) {
        self.0.notify_one();
    }

    pub(crate) fn notify_all(&self) {
        self.0.notify_all();
    }
}

/// A deque that one thread uses at its back, and others at its front.
pub(crate) mod deque {
    use crossbeam_deque::{Steal, Stealer, Worker};

    pub(crate) struct Own<T>(Worker<T>);
    pub(crate) struct Others<T>(Stealer<T>);

    impl<T> Own<T> {
        pub(crate) fn new() -> Self {
            Self(Worker::new_lifo())
        }
        pub(crate) fn push(&self, value: T) {
            self.0.push(value);
        }
        pub(crate) fn pop(&self) -> Option<T> {
            self.0.pop()
        }
        pub(crate) fn others(&self) -> Others<T> {
            Others(self.0.stealer())
        }
    }

    impl<T> Others<T> {
        pub(crate) fn steal(&self) -> Option<T> {
            loop {
                match self.0.steal() {
                    Steal::Success(value) => return Some(value),
                    Steal::Empty => return None,
                    // Another took it meanwhile, so somebody gets on.
                    Steal::Retry => {}
                }
            }
        }
    }
}
