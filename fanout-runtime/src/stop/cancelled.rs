//! What an item function gets told when its run is over.

use std::error::Error;
use std::fmt;

/// The run is stopping, or this item has had its time.
///
/// Item functions get it from the context's `checkpoint` and `sleep`, and usually hand it on with `?`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cancelled {
    reason: CancelReason,
}

/// Why something was cancelled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum CancelReason {
    /// The run is stopping: an error, a panic, a cancelled token, or a dropped stream.
    Stopped,
    /// The run's deadline has passed.
    Deadline,
    /// This item's own deadline has passed; the run goes on.
    ItemDeadline,
}

impl Cancelled {
    pub(crate) const fn new(reason: CancelReason) -> Self {
        Self { reason }
    }

    /// Says whether the whole run is over, or just this item's time.
    #[must_use]
    pub const fn reason(&self) -> CancelReason {
        self.reason
    }
}

impl fmt::Display for CancelReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Stopped => "the run was stopped",
            Self::Deadline => "the run's deadline has passed",
            Self::ItemDeadline => "the item's deadline has passed",
        })
    }
}

impl fmt::Display for Cancelled {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "cancelled: {}", self.reason)
    }
}

impl Error for Cancelled {}

#[cfg(all(test, not(any(fanout_loom, fanout_shuttle))))]
mod tests {
    use super::*;

    #[test]
    fn says_which_reason() {
        let texts = [
            CancelReason::Stopped,
            CancelReason::Deadline,
            CancelReason::ItemDeadline,
        ]
        .map(|reason| {
            let cancelled = Cancelled::new(reason);
            assert_eq!(cancelled.reason(), reason);
            Box::<dyn Error + Send + Sync>::from(cancelled).to_string()
        });
        assert_eq!(
            texts,
            [
                "cancelled: the run was stopped",
                "cancelled: the run's deadline has passed",
                "cancelled: the item's deadline has passed",
            ]
        );
    }
}
