//! The back end for model checking: loom or shuttle, under the names of the standard one.

use crate::sync::time::Instant;
use std::ops::{Deref, DerefMut};
use std::sync::PoisonError;

#[cfg(fanout_loom)]
use loom as checker;
#[cfg(all(fanout_shuttle, not(fanout_loom)))]
use shuttle as checker;

#[cfg(all(fanout_shuttle, not(fanout_loom)))]
pub(crate) use shuttle::thread_local;

/// As std's, for initialisers in `const { }`, which loom's own macro does not know.
#[cfg(fanout_loom)]
macro_rules! loom_thread_local {
    ($($(#[$attr:meta])* $vis:vis static $name:ident: $ty:ty = const { $init:expr };)*) => {
        $(::loom::thread_local! { $(#[$attr])* $vis static $name: $ty = $init; })*
    };
}
#[cfg(fanout_loom)]
pub(crate) use loom_thread_local as thread_local;

pub(crate) mod atomic {
    pub(crate) use super::checker::sync::atomic::{
        AtomicBool, AtomicIsize, AtomicU8, AtomicU32, AtomicU64, AtomicUsize, Ordering,
    };

    #[cfg(fanout_loom)]
    pub(crate) use loom::sync::atomic::fence;

    /// Shuttle orders all that happens.
    #[cfg(all(fanout_shuttle, not(fanout_loom)))]
    pub(crate) fn fence(_: Ordering) {}
}

pub(crate) mod hint {
    pub(crate) use super::checker::hint::spin_loop;
}

pub(crate) mod os_thread {
    pub(crate) use super::checker::thread::{Builder, JoinHandle, yield_now};
}

#[cfg(fanout_loom)]
pub(crate) mod cell {
    pub(crate) use loom::cell::UnsafeCell;
}

#[derive(Debug, Default)]
pub(crate) struct Mutex<T>(checker::sync::Mutex<T>);

/// Knows its mutex, so that a wait with a deadline can let go of it without waiting.
pub(crate) struct MutexGuard<'a, T> {
    mutex: &'a Mutex<T>,
    inner: checker::sync::MutexGuard<'a, T>,
}

impl<T> Mutex<T> {
    pub(crate) fn new(value: T) -> Self {
        Self(checker::sync::Mutex::new(value))
    }

    pub(crate) fn lock(&self) -> MutexGuard<'_, T> {
        MutexGuard {
            mutex: self,
            inner: self.0.lock().unwrap_or_else(PoisonError::into_inner),
        }
    }
}

impl<T> Deref for MutexGuard<'_, T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.inner
    }
}

impl<T> DerefMut for MutexGuard<'_, T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.inner
    }
}

#[derive(Debug, Default)]
pub(crate) struct Condvar(checker::sync::Condvar);

impl Condvar {
    pub(crate) fn new() -> Self {
        Self(checker::sync::Condvar::new())
    }

    pub(crate) fn wait<'a, T>(&self, guard: MutexGuard<'a, T>) -> MutexGuard<'a, T> {
        let MutexGuard { mutex, inner } = guard;
        let inner = self.0.wait(inner).unwrap_or_else(PoisonError::into_inner);
        MutexGuard { mutex, inner }
    }

    /// Without a clock a deadline is a moment the checker chooses: the lock is let go, anybody may
    /// run or not, and then the time is over. No yield, after which loom would run all others first.
    pub(crate) fn wait_deadline<'a, T>(
        &self,
        guard: MutexGuard<'a, T>,
        deadline: Option<Instant>,
    ) -> (MutexGuard<'a, T>, bool) {
        if deadline.is_none() {
            return (self.wait(guard), false);
        }
        let mutex = guard.mutex;
        drop(guard);
        (mutex.lock(), true)
    }

    pub(crate) fn notify_one(&self) {
        self.0.notify_one();
    }

    pub(crate) fn notify_all(&self) {
        self.0.notify_all();
    }
}

/// A deque that one thread uses at its back, and others at its front; under a lock, which the checkers know.
pub(crate) mod deque {
    use super::Mutex;
    use std::collections::VecDeque;
    use std::sync::Arc;

    pub(crate) struct Own<T>(Arc<Mutex<VecDeque<T>>>);
    pub(crate) struct Others<T>(Arc<Mutex<VecDeque<T>>>);

    impl<T> Own<T> {
        pub(crate) fn new() -> Self {
            Self(Arc::new(Mutex::new(VecDeque::new())))
        }
        pub(crate) fn push(&self, value: T) {
            self.0.lock().push_back(value);
        }
        pub(crate) fn pop(&self) -> Option<T> {
            self.0.lock().pop_back()
        }
        pub(crate) fn others(&self) -> Others<T> {
            Others(Arc::clone(&self.0))
        }
    }

    impl<T> Others<T> {
        pub(crate) fn steal(&self) -> Option<T> {
            self.0.lock().pop_front()
        }
    }
}
