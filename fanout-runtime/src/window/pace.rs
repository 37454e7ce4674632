//! How soon the consumer looks again.
//!
//! After a look that brought little, *awake*: a consumer with a core of its own is faster than workers with short items. It would
//! come back for a few results at a time, and take away from the workers, with each look, the very cache lines that they
//! write to: lock, claim words, the places of the next results. So it pauses until there should be more. Where workers want
//! its core it has no time to come back so soon; and where results come one by one it sleeps between them.
//!
//! After a look that brought nothing, *asleep*: until the next result where they come one by one, and so seldom that they are
//! worth it; else for a nap, as long as items take no more than some milliseconds ([`super::waiting`]). Where workers want its core each nap takes
//! something away from an item, so naps get longer as long as many results come during each. Not while a worker waits for the
//! input: what comes last, before it has nothing again, is to be handed over soon. (And a worker that begins to wait while the
//! consumer has a long nap wakes it after a short one.)

use core::time::Duration;

use super::state::{Limits, State, Supplier};
use crate::pull::Pull;

/// Which part of the window is not little.
const PART: usize = 8;
/// The longest pause: less than it takes to fall asleep and wake up.
const LONGEST_PAUSE: Duration = Duration::from_micros(10);

/// How long a consumer naps, if nothing is known: a result that comes alone is not held up for longer.
pub(crate) const NAP: Duration = Duration::from_micros(150);
/// How long it naps at most.
const LONGEST_NAP: Duration = Duration::from_millis(2);
/// So many results in one nap are many.
const MANY: usize = 3;
/// So few after one sleep come one by one.
pub(crate) const ONE_BY_ONE: usize = 2;

/// How long the consumer naps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Nap(Duration);

impl Default for Nap {
    fn default() -> Self {
        Self(NAP)
    }
}

impl Nap {
    pub(crate) fn length(self) -> Duration {
        self.0
    }

    /// Whether to be woken after so long is not too often.
    pub(crate) fn is_long(slept: Duration) -> bool {
        slept >= NAP / 2
    }

    /// The nap after one that passed and brought `results`. `costs`: whether it took something away from the workers.
    pub(crate) fn next(self, results: usize, costs: bool) -> Self {
        if costs && results >= MANY {
            Self((self.0 * 2).min(LONGEST_NAP))
        } else {
            Self::default()
        }
    }
}

impl<P: Pull, O> State<P, O> {
    /// How long the consumer should wait before its next look, after one that brought `results`.
    pub(super) fn pause_after(&self, results: usize, limits: &Limits) -> Duration {
        let enough = self.size / PART;
        let few = results > 1 && results < enough;
        // Not where the consumer has work itself: in the place of a worker, or because only it can pull.
        let only_consumes =
            self.given != 0 && self.seat.is_none() && !matches!(self.source, Supplier::Consumer);
        if few && only_consumes && self.cost.is_cheap() && !self.consumer_is_in_the_way(limits) {
            let each = enough.div_ceil(self.most_busy(limits));
            self.cost.of(each as u32).min(LONGEST_PAUSE)
        } else {
            Duration::ZERO
        }
    }

    /// Whether workers want the core that the consumer runs on.
    pub(super) fn consumer_is_in_the_way(&self, limits: &Limits) -> bool {
        self.most_busy(limits) >= limits.cores
    }

    fn most_busy(&self, limits: &Limits) -> usize {
        self.given.min(self.busy_limit(limits)).max(1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn naps_get_longer_where_many_results_come_and_each_costs_something() {
        let first = Nap::default();
        let second = first.next(MANY, true);
        assert_eq!(second.length(), 2 * NAP);
        let much_later = (0..9).fold(second, |nap, _| nap.next(MANY, true));
        assert_eq!(much_later.length(), LONGEST_NAP);
        // Few, none, or at no cost: as if nothing was known.
        for (results, costs) in [(MANY - 1, true), (0, true), (MANY, false)] {
            assert_eq!(much_later.next(results, costs), first);
        }
    }
}
