//! [`Waiting`]: what a consumer that has nothing to hand over waits for.
//!
//! Waking it for every result would cost more than a short item, and a tenth of one that takes 100 us. So unless items are long it
//! first *naps*: workers then wake
//! it only when no whole batch fits into the window any more or one of them has nothing to do. If the nap passes and has
//! brought next to nothing, it sleeps until the very result that it waits for. So a result is never held up for longer than a
//! nap ([`super::pace`]), whatever the other items do.

use crate::stop::Stop;
use crate::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use crate::sync::spin::Hint;

/// Written by the consumer before it registers as a sleeper; read by workers that have published a result.
#[derive(Debug)]
pub(crate) struct Waiting {
    wanted: AtomicU64,
    naps: AtomicBool,
    /// Whether the source has ever had nothing for a while: how long naps are hangs on it, and nothing else.
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

    /// The source has nothing for now.
    pub(crate) fn note_dry(&self) {
        // Written once: the line is read for each result.
        if !self.dry.is_set() {
            self.dry.set(true);
        }
    }

    pub(super) fn was_dry(&self) -> bool {
        self.dry.is_set()
    }

    /// There is a lot for a consumer that naps, or nobody who would bring it more.
    pub(super) fn enough(&self, stop: &Stop) {
        // Relaxed: a nap ends by itself.
        if self.naps.load(Ordering::Relaxed) {
            stop.ready.notify_all();
        }
    }
}
