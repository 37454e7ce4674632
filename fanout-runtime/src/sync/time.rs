//! Time, with sums that cannot overflow.

pub(crate) use std::time::Instant;

use std::time::Duration;

/// The moment `delay` after `now`; `None` means never, as no clock reaches it.
pub(crate) fn after(now: Instant, delay: Duration) -> Option<Instant> {
    now.checked_add(delay)
}
