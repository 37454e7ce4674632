//! [`Waiting`]: what a consumer that has nothing to hand over waits for.
//!
//! Waking it for every result would cost more than a short item. So while items are short it first *naps*: workers then
//! wake it only when half of the window is finished or one of them has nothing to do. If the nap passes, it sleeps until
//! the very result that it waits for. So a result is never held up for longer than a nap, whatever the other items do.

use core::time::Duration;

use crate::stop::Stop;
use crate::sync::atomic::{AtomicBool, AtomicU64, Ordering};

/// How long a consumer naps.
pub(crate) const NAP: Duration = Duration::from_micros(150);

/// Written by the consumer before it registers as a sleeper; read by workers that have published a result.
#[derive(Debug)]
pub(crate) struct Waiting {
    wanted: AtomicU64,
    naps: AtomicBool,
}

impl Waiting {
    pub(super) fn new() -> Self {
        Self {
            wanted: AtomicU64::new(0),
            naps: AtomicBool::new(false),
        }
    }

    /// The consumer is about to register: for the result at `index`, napping or not.
    pub(crate) fn begin(&self, index: u64, naps: bool) {
        // Relaxed, both: the consumer's last look, a read-modify-write of the segments' words, hands them to the worker
        // whose step it does not see; and a nap ends by itself.
        self.wanted.store(index, Ordering::Relaxed);
        self.naps.store(naps, Ordering::Relaxed);
    }

    /// A worker has published the result at `index`.
    #[inline]
    pub(crate) fn published(&self, index: u64, ordered: bool, stop: &Stop) {
        // All looks are hints; that they do not miss a consumer that fell asleep before the result was published follows
        // from the read-modify-write that published it (`Segment::next`) and the consumer's own last look.
        if stop.ready.sleepers() != 0
            && !self.naps.load(Ordering::Relaxed)
            && (!ordered || self.wanted.load(Ordering::Relaxed) == index)
        {
            stop.ready.notify_all();
        }
    }

    /// There is a lot for a consumer that naps, or nobody who would bring it more.
    pub(super) fn enough(&self, stop: &Stop) {
        // Relaxed: a nap ends by itself.
        if self.naps.load(Ordering::Relaxed) {
            stop.ready.notify_all();
        }
    }
}
