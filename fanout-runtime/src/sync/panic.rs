//! Panics that nobody is left to be told of.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Calls `f`, and keeps to itself that it panicked, which the panic hook has reported. True if `f`
/// returned.
///
/// Unwind safety is the caller's: what `f` leaves behind must be fit to be seen.
pub(crate) fn swallow(f: impl FnOnce()) -> bool {
    match catch_unwind(AssertUnwindSafe(f)) {
        Ok(()) => true,
        Err(payload) => {
            discard(payload);
            false
        }
    }
}

/// Drops the payload of a panic, whose destructor is the user's and may panic, too. The payload of that
/// second panic is forgotten: there would be no end to it.
pub(crate) fn discard(payload: Box<dyn Any + Send>) {
    if let Err(second) = catch_unwind(AssertUnwindSafe(move || drop(payload))) {
        std::mem::forget(second);
    }
}

#[cfg(all(test, not(any(fanout_loom, fanout_shuttle))))]
mod tests {
    use super::*;
    use std::panic::panic_any;
    use std::sync::atomic::{AtomicUsize, Ordering};

    static DROPS: AtomicUsize = AtomicUsize::new(0);

    /// Of no size, so that forgetting one leaks nothing that a leak checker would find.
    struct PanicsWhenDropped;

    impl Drop for PanicsWhenDropped {
        fn drop(&mut self) {
            DROPS.fetch_add(1, Ordering::Relaxed);
            panic_any(Self);
        }
    }

    #[test]
    fn a_payload_that_panics_without_end_is_swallowed() {
        assert!(!swallow(|| panic_any(PanicsWhenDropped)));
        assert_eq!(DROPS.load(Ordering::Relaxed), 1);
        assert!(swallow(|| ()));
    }
}
