//! [`Cost`]: what an item costs, as far as batches have shown.
//!
//! A worker that loses its core in the middle of a batch makes short items look long, and nobody can tell that from items
//! that have become long. So there are two answers. Who asks whether all workers are needed gets the *latest*: a rise is believed
//! at once, or items that block would wait for each other. Who asks whether a piece of work is worth having gets the *steady*
//! one: a rise is believed when the next batch says so too, or each loss of a core would tear the next batches to pieces.

use core::time::Duration;

/// Items below this are tiny: a fence for each would be felt.
pub(crate) const TINY: Duration = Duration::from_micros(1);
/// Items below this are cheap: more workers than cores only get in each other's way.
const CHEAP: Duration = Duration::from_micros(20);
/// Items below this are short enough that the consumer may run one while it waits, and that a large window is small.
const SHORT: Duration = Duration::from_micros(100);

/// Items below this may come so many at once, with many workers, that the consumer naps and takes what has come meanwhile.
const NAPPED: Duration = Duration::from_millis(5);

/// Nanoseconds an item; 0 is unknown.
#[derive(Debug, Default)]
pub(super) struct Cost {
    /// Falls slowly, rises at once.
    latest: u64,
    /// Falls slowly, rises to what two batches in a row agree on.
    steady: u64,
    /// What the last batch said.
    last: u64,
}

impl Cost {
    /// `items` took `took` together.
    pub(super) fn learn(&mut self, items: u32, took: Duration) {
        if items == 0 {
            return;
        }
        let each = (took.as_nanos() as u64 / u64::from(items)).max(1);
        let agreed = if self.last == 0 {
            each
        } else {
            each.min(self.last)
        };
        self.last = each;
        self.latest = follow(self.latest, each);
        self.steady = follow(self.steady, agreed);
    }

    /// What so many items cost, if they are like those before.
    pub(super) fn of(&self, items: u32) -> Duration {
        Duration::from_nanos(self.steady.saturating_mul(items.into()))
    }

    /// How many items are so much work. Without end where nothing is known.
    pub(super) fn items_in(&self, work: Duration) -> usize {
        let items = work.as_nanos().checked_div(self.steady.into());
        items
            .and_then(|items| usize::try_from(items).ok())
            .unwrap_or(usize::MAX)
    }

    pub(super) fn is_tiny(&self) -> bool {
        is_below(self.steady, TINY)
    }

    pub(super) fn is_cheap(&self) -> bool {
        is_below(self.steady, CHEAP)
    }

    /// Whether items were cheap in the last batch as well: as long as they are, surplus workers are not needed.
    pub(super) fn stays_cheap(&self) -> bool {
        is_below(self.latest, CHEAP)
    }

    pub(super) fn is_napped(&self) -> bool {
        is_below(self.steady, NAPPED)
    }

    pub(super) fn is_short(&self) -> bool {
        is_below(self.steady, SHORT)
    }
}

fn follow(known: u64, each: u64) -> u64 {
    if each >= known {
        each
    } else {
        (known * 3 + each) / 4
    }
}

fn is_below(cost: u64, limit: Duration) -> bool {
    cost != 0 && u128::from(cost) < limit.as_nanos()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(batches: &[(u32, Duration)]) -> Cost {
        let mut cost = Cost::default();
        for &(items, took) in batches {
            cost.learn(items, took);
        }
        cost
    }

    const SHORT_BATCH: (u32, Duration) = (100, Duration::from_micros(10));
    const LONG_BATCH: (u32, Duration) = (100, Duration::from_millis(10));

    #[test]
    fn one_long_batch_among_short_ones_calls_all_hands_and_tears_nothing_to_pieces() {
        let cost = after(&[SHORT_BATCH, SHORT_BATCH, LONG_BATCH]);
        assert!(!cost.stays_cheap());
        assert!(cost.is_cheap() && cost.is_tiny() && cost.is_short());
        assert_eq!(cost.of(100), Duration::from_micros(10));
    }

    #[test]
    fn two_long_batches_in_a_row_are_believed() {
        let cost = after(&[SHORT_BATCH, LONG_BATCH, LONG_BATCH]);
        assert!(!cost.is_cheap());
        assert_eq!(cost.of(1), Duration::from_micros(100));
    }

    #[test]
    fn of_long_items_the_consumer_waits_for_each() {
        let cost = |each| after(&[(1, each)]);
        assert!(cost(Duration::from_millis(1)).is_napped());
        assert!(!cost(Duration::from_millis(5)).is_napped() && !after(&[]).is_napped());
        assert!(!cost(Duration::from_millis(1)).is_short());
    }

    #[test]
    fn what_is_unknown_has_no_end() {
        assert_eq!(after(&[]).items_in(Duration::from_micros(1)), usize::MAX);
        assert_eq!(after(&[SHORT_BATCH]).items_in(Duration::from_micros(1)), 10);
        assert_eq!(after(&[LONG_BATCH]).items_in(Duration::from_micros(1)), 0);
    }

    #[test]
    fn the_first_batch_is_believed() {
        assert!(!after(&[]).is_cheap() && !after(&[(0, Duration::ZERO)]).stays_cheap());
        assert!(!after(&[LONG_BATCH]).is_cheap() && after(&[SHORT_BATCH]).is_cheap());
    }
}
