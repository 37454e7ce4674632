//! [`Waiting`]: what a consumer that has nothing to hand over waits for.
//!
//! Waking it for every result would cost more than a short item, and a tenth of one that takes 100 us. So unless items are long it
//! first *naps*: workers then wake it only when no whole batch fits into the window any more, or one of them has nothing to do, or
//! has waited for the source for as long as a short nap. If the nap passes and has brought next to nothing, it sleeps until the
//! very result that it waits for. So a result is never held up for longer than a nap ([`super::pace`]), whatever the other items do.

use super::pace::{NAP, Nap};
use crate::stop::Stop;
use crate::sync::Mutex;
use crate::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use crate::sync::fence::Fence;
use crate::sync::spin::Hint;
use crate::sync::time::{self, Instant};

/// Written by the consumer before it registers as a sleeper; read by workers that have published a result.
#[derive(Debug)]
pub(crate) struct Waiting {
    wanted: AtomicU64,
    naps: AtomicBool,
    /// Whether that nap is longer than a short one.
    long: Hint,
    /// Whether a worker waits for the source: how long naps are hangs on it, and nothing else.
    dry: Hint,
    /// When a worker first waited for the source during a long nap.
    dry_since: Mutex<Option<Instant>>,
}

impl Waiting {
    pub(super) fn new() -> Self {
        Self {
            wanted: AtomicU64::new(0),
            naps: AtomicBool::new(false),
            long: Hint::default(),
            dry: Hint::default(),
            dry_since: Mutex::new(None),
        }
    }

    /// The consumer is about to register: for the result at `index`, and for a nap or not.
    pub(crate) fn begin(&self, index: u64, nap: Option<Nap>) {
        // Relaxed, both: the worker whose step the consumer's last look does not see sees what the consumer has written before
        // (`State::settle`); and a nap ends by itself.
        self.wanted.store(index, Ordering::Relaxed);
        self.naps.store(nap.is_some(), Ordering::Relaxed);
        let long = nap.is_some_and(|nap| nap != Nap::default());
        if long {
            // Blocks for a few instructions of a worker that begins to wait.
            *self.dry_since.lock() = None;
        }
        self.long.set(long);
    }

    /// A worker has published the result at `index`.
    #[inline]
    pub(crate) fn published(&self, index: u64, ordered: bool, stop: &Stop) {
        // All looks are hints; that they do not miss a consumer that fell asleep before the result was published follows
        // from the fence after the store that published it (`Claim::claims`) and that before the consumer's last look.
        if stop.ready.sleepers() != 0
            && !self.naps.load(Ordering::Relaxed)
            && (!ordered || self.wanted.load(Ordering::Relaxed) == index)
        {
            stop.ready.notify_all();
        }
    }

    /// A segment was finished, and whoever saw its last result may not have seen that.
    pub(crate) fn finished(&self, stop: &Stop) {
        // Against a consumer that registers, and then looks whether the segment is finished: the fence is between the store that
        // said so and the look at `naps`, which the consumer writes before it registers.
        Fence::Even.light();
        // Relaxed: a nap ends by itself.
        if !self.naps.load(Ordering::Relaxed) {
            stop.ready.notify_all();
        }
    }

    /// A worker waits for the source from now on, which has nothing. Returns when the consumer is to be told, if it has a long nap: as
    /// late as at the end of a short one, counted from when a worker first waited meanwhile.
    pub(crate) fn begin_dry(&self, stop: &Stop) -> Option<Instant> {
        self.dry.set(true);
        if stop.ready.sleepers() == 0 || !self.long.is_set() {
            return None;
        }
        // Blocks for a few instructions of a consumer that begins a nap.
        let since = *self.dry_since.lock().get_or_insert_with(time::now);
        Some(since + NAP)
    }

    /// It does not wait any more.
    pub(crate) fn end_dry(&self) {
        self.dry.set(false);
    }

    pub(crate) fn is_dry(&self) -> bool {
        self.dry.is_set()
    }

    /// There is a lot for a consumer that naps, or nobody who would bring it more.
    pub(crate) fn enough(&self, stop: &Stop) {
        // Relaxed: a nap ends by itself.
        if self.naps.load(Ordering::Relaxed) {
            stop.ready.notify_all();
        }
    }
}

#[cfg(all(test, not(any(fanout_loom, fanout_shuttle))))]
mod tests {
    use super::*;
    use crate::sync::event::Woken;

    fn long() -> Nap {
        Nap::default().next(100, true)
    }

    #[test]
    fn a_finished_segment_wakes_who_sleeps_and_not_who_naps() {
        for (nap, woken) in [(Some(long()), Woken::TimedOut), (None, Woken::Notified)] {
            let (waiting, stop) = (Waiting::new(), Stop::new(None));
            waiting.begin(0, nap);
            let consumer = stop.ready.listen();
            waiting.finished(&stop);
            assert_eq!(consumer.wait_deadline(Some(time::now())), woken);
        }
    }

    #[test]
    fn who_waits_for_the_source_tells_a_consumer_that_naps_for_long() {
        let (waiting, stop) = (Waiting::new(), Stop::new(None));
        // Nobody sleeps; the nap is short; it is none.
        waiting.begin(0, Some(long()));
        assert_eq!(waiting.begin_dry(&stop), None);
        let _consumer = stop.ready.listen();
        waiting.begin(0, Some(Nap::default()));
        assert_eq!(waiting.begin_dry(&stop), None);
        waiting.begin(0, None);
        assert_eq!(waiting.begin_dry(&stop), None);
        // It is told as late as counted from the first wait during this nap.
        waiting.begin(0, Some(long()));
        let first = waiting.begin_dry(&stop).expect("it naps for long");
        assert!(waiting.is_dry());
        waiting.end_dry();
        assert!(!waiting.is_dry());
        assert_eq!(waiting.begin_dry(&stop), Some(first));
        let before = time::now();
        waiting.begin(0, Some(long()));
        assert!(waiting.begin_dry(&stop) >= Some(before + NAP));
    }
}
