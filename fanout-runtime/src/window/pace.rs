//! How soon the consumer looks again after a look that brought little.
//!
//! A consumer with a core of its own is faster than workers with short items. It would come back for a few results at a time,
//! and take away from the workers, with each look, the very cache lines that they write to: lock, claim words, the places of
//! the next results. So it waits, awake, until there should be more. Where workers want its core it has no time to come back
//! so soon; and where results come one by one it sleeps between them.

use core::time::Duration;

use super::state::{Limits, State};
use crate::pull::Pull;

/// Which part of the window is not little.
const PART: usize = 8;
/// The longest pause: less than it takes to fall asleep and wake up.
const LONGEST: Duration = Duration::from_micros(10);

impl<P: Pull, O> State<P, O> {
    /// How long the consumer should wait before its next look, after one that brought `results`.
    pub(super) fn pause_after(&self, results: usize, limits: &Limits) -> Duration {
        let enough = self.size / PART;
        let workers = self.given.min(self.busy_limit(limits)).max(1);
        let has_own_core = workers < limits.cores;
        if results > 1 && results < enough && has_own_core && self.cost.is_cheap() {
            let each = enough.div_ceil(workers);
            self.cost.of(each as u32).min(LONGEST)
        } else {
            Duration::ZERO
        }
    }
}
