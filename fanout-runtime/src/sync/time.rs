//! Time, with sums that cannot overflow.

pub(crate) use std::time::Instant;

use std::time::Duration;

/// What the clock says.
#[cfg(not(any(fanout_loom, fanout_shuttle)))]
#[inline]
pub(crate) fn now() -> Instant {
    Instant::now()
}

/// The checkers have no clock, and what is decided by one has to be the same in every execution: so all is done at once.
#[cfg(any(fanout_loom, fanout_shuttle))]
pub(crate) fn now() -> Instant {
    static ONLY_MOMENT: std::sync::OnceLock<Instant> = std::sync::OnceLock::new();
    *ONLY_MOMENT.get_or_init(Instant::now)
}

/// The moment `delay` after `now`; `None` means never, as no clock reaches it.
pub(crate) fn after(now: Instant, delay: Duration) -> Option<Instant> {
    now.checked_add(delay)
}
