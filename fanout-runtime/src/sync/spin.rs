//! Waiting for something that is microseconds away, without sleeping.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// A hint that one thread gives to others; nothing but time depends on it. So it is std's everywhere: what the checkers would do with
/// it is all the same, and much.
#[derive(Debug, Default)]
pub(crate) struct Hint(AtomicBool);

impl Hint {
    #[inline]
    pub(crate) fn set(&self, on: bool) {
        // Relaxed: a hint.
        self.0.store(on, Ordering::Relaxed);
    }

    #[inline]
    pub(crate) fn is_set(&self) -> bool {
        // Relaxed: a hint.
        self.0.load(Ordering::Relaxed)
    }
}

/// Looks until `condition` holds, or `limit` is over. Returns whether it holds.
#[cfg(not(any(fanout_loom, fanout_shuttle)))]
#[inline]
pub(crate) fn spin_for(limit: Duration, condition: impl Fn() -> bool) -> bool {
    /// Looks between two at the clock.
    const LOOKS: u32 = 32;

    if condition() {
        return true;
    }
    let began = super::time::now();
    while super::time::now().saturating_duration_since(began) < limit {
        for _ in 0..LOOKS {
            if condition() {
                return true;
            }
            std::hint::spin_loop();
        }
    }
    false
}

/// The checkers have no clock; the time is over at once, or just not.
#[cfg(any(fanout_loom, fanout_shuttle))]
pub(crate) fn spin_for(_: Duration, condition: impl Fn() -> bool) -> bool {
    condition()
}
