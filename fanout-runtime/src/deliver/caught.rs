//! Dropping user values one by one, so that a `Drop` that panics does not keep the others alive.

use core::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// The payload of a panic.
pub(crate) type Payload = Box<dyn Any + Send>;

/// The first panic of a number of destructors. The payloads of the others are forgotten: dropping a payload may panic
/// again, and there would be nobody left to tell.
#[derive(Debug)]
#[must_use = "a panic may be in it"]
pub(crate) struct FirstPanic(Option<Payload>);

impl FirstPanic {
    pub(crate) fn none() -> Self {
        Self(None)
    }

    /// Drops `value`.
    pub(crate) fn drop<T>(&mut self, value: T) {
        if core::mem::needs_drop::<T>() {
            self.run(move || drop(value));
        }
    }

    /// Runs a destructor.
    pub(crate) fn run(&mut self, destructor: impl FnOnce()) {
        if let Err(payload) = catch_unwind(AssertUnwindSafe(destructor)) {
            if self.0.is_none() {
                self.0 = Some(payload);
            } else {
                core::mem::forget(payload);
            }
        }
    }

    pub(crate) fn into_payload(self) -> Option<Payload> {
        self.0
    }

    /// Where nobody can be told.
    pub(crate) fn forget(self) {
        core::mem::forget(self.0);
    }
}
