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

/// Whether the moment has passed until which somebody waits. In the checkers, where a wait with a limit does not wait, it has.
pub(crate) fn has_passed(limit: Instant) -> bool {
    cfg!(any(fanout_loom, fanout_shuttle)) || limit <= now()
}

/// The moment `delay` after `now`; `None` means never, as no clock reaches it.
pub(crate) fn after(now: Instant, delay: Duration) -> Option<Instant> {
    now.checked_add(delay)
}
