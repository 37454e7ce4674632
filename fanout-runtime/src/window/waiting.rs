//! [`Waiting`]: what a consumer that has nothing to hand over waits for.
//!
//! Waking it for every result would cost more than a short item, and a tenth of one that takes 100 us. So unless items are long it
//! first *naps*: workers then wake
//! it only when no whole batch fits into the window any more or one of them has nothing to do. If the nap passes and has
//! brought next to nothing, it sleeps until the very result that it waits for. So a result is never held up for longer than a
//! nap ([`super::pace`]), whatever the other items do.

use crate::stop::Stop;
use crate::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use crate::sync::fence::Fence;
use crate::sync::spin::Hint;

/// Written by the consumer before it registers as a sleeper; read by workers that have published a result.
#[derive(Debug)]
pub(crate) struct Waiting {
    wanted: AtomicU64,
    naps: AtomicBool,
    /// Whether a worker has waited for the source since the consumer last asked: how long naps are hangs on it, and nothing else.
    dry: Hint,
}

impl Waiting {
    pub(super) fn new() -> Self {
        Self {
            wanted: AtomicU64::new(0),
            naps: AtomicBool::new(false),
            dry: Hint::default(),
        }
    }

    /// The consumer is about to register: for the result at `index`, napping or not.
    pub(crate) fn begin(&self, index: u64, naps: bool) {
        // Relaxed, both: the worker whose step the consumer's last look does not see sees what the consumer has written before
        // (`State::settle`); and a nap ends by itself.
        self.wanted.store(index, Ordering::Relaxed);
        self.naps.store(naps, Ordering::Relaxed);
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

    /// Whether the consumer naps now: a hint.
    pub(crate) fn naps(&self, stop: &Stop) -> bool {
        stop.ready.sleepers() != 0 && self.naps.load(Ordering::Relaxed)
    }

    /// A worker waits for the source, which has nothing for now.
    pub(crate) fn note_dry(&self) {
        // Not written again and again: the line is read for each result.
        if !self.dry.is_set() {
            self.dry.set(true);
        }
    }

    /// Whether a worker has waited for the source since this was asked last. For the consumer.
    pub(crate) fn was_dry(&self) -> bool {
        let dry = self.dry.is_set();
        if dry {
            self.dry.set(false);
        }
        dry
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
    use crate::sync::time;

    #[test]
    fn a_finished_segment_wakes_who_sleeps_and_not_who_naps() {
        for (naps, woken) in [(true, Woken::TimedOut), (false, Woken::Notified)] {
            let (waiting, stop) = (Waiting::new(), Stop::new(None));
            waiting.begin(0, naps);
            let consumer = stop.ready.listen();
            assert_eq!(waiting.naps(&stop), naps);
            waiting.finished(&stop);
            assert_eq!(consumer.wait_deadline(Some(time::now())), woken);
            // It is awake.
            assert!(!waiting.naps(&stop));
        }
    }

    #[test]
    fn a_source_was_dry_once_for_each_wait() {
        let waiting = Waiting::new();
        assert!(!waiting.was_dry());
        waiting.note_dry();
        waiting.note_dry();
        assert!(waiting.was_dry() && !waiting.was_dry());
    }
}
