//! [`Segment`]: a run of consecutive items with places for their results, worked on by one owner.

use core::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};

use crossbeam_utils::CachePadded;

use super::claim::{Claim, Claimed};
use super::slots::Slots;
use crate::sync::Arc;
use crate::sync::atomic::{AtomicU32, Ordering};

/// The payload of a panic.
pub(crate) type Payload = Box<dyn Any + Send>;

/// The memory of a batch: shared by the segments into which stealing splits it, used again when they are done.
#[derive(Debug)]
pub(crate) struct Storage<I, O> {
    items: Slots<I>,
    outs: Slots<O>,
}

impl<I, O> Storage<I, O> {
    pub(crate) fn new(len: usize) -> Self {
        Self {
            items: Slots::empty(len),
            outs: Slots::empty(len),
        }
    }

    pub(crate) fn len(&self) -> usize {
        self.items.len()
    }
}

/// A range `[low, high)` of the places of a [`Storage`], in input order.
///
/// While it is *filled* by whoever pulls, its claim word is empty at `low` and `grown` tells how far it is; the puller
/// shows it under the lock of the window. From then on the protocol of [`super::claim`] holds.
#[derive(Debug)]
pub(crate) struct Segment<I, O> {
    storage: Arc<Storage<I, O>>,
    /// The index in the input of place 0.
    base: u64,
    low: AtomicU32,
    claim: CachePadded<Claim>,
    grown: AtomicU32,
    /// Results below this have been taken out. Written by the consumer.
    taken: AtomicU32,
}

impl<I, O> Segment<I, O> {
    /// An empty segment that is about to be filled, for items from `base` on.
    pub(crate) fn growing(storage: Arc<Storage<I, O>>, base: u64) -> Self {
        Self::range(storage, base, 0, 0)
    }

    /// Where the puller puts items: the places, and how many of them are full.
    pub(crate) fn growth(&self) -> (&Slots<I>, &AtomicU32) {
        (&self.storage.items, &self.grown)
    }

    fn range(storage: Arc<Storage<I, O>>, base: u64, low: u32, high: u32) -> Self {
        Self {
            storage,
            base,
            low: AtomicU32::new(low),
            claim: CachePadded::new(Claim::new(low, high)),
            grown: AtomicU32::new(0),
            taken: AtomicU32::new(low),
        }
    }

    /// How many items have been put so far, the stolen ones included; 0 once the segment is shown.
    pub(crate) fn grown(&self) -> u32 {
        // Acquire: pairs with the release of the puller, so that the items are visible.
        self.grown.load(Ordering::Acquire)
    }

    /// Ends the filling: from now on what was not stolen can be claimed. Under the lock of the window.
    pub(crate) fn show(&self) {
        // Relaxed: written under the same lock.
        let low = self.low.load(Ordering::Relaxed);
        self.claim.show(low, self.grown().max(low));
        // Relaxed: nobody else looks at it any more but `drain`, which comes after the run.
        self.grown.store(0, Ordering::Relaxed);
    }

    /// Takes all that a growing segment holds so far, as a segment that stands before it. Under the lock of the window.
    pub(crate) fn steal_growing(&self) -> Option<Self> {
        // Relaxed: written under the same lock.
        let low = self.low.load(Ordering::Relaxed);
        let grown = self.grown();
        if grown <= low {
            return None;
        }
        self.low.store(grown, Ordering::Relaxed);
        self.taken.store(grown, Ordering::Relaxed);
        self.claim.show(grown, grown);
        Some(Self::range(self.storage.clone(), self.base, low, grown))
    }

    /// Takes the back half of what is unclaimed, as a segment that stands behind this one.
    pub(crate) fn steal(&self) -> Option<Self> {
        let (low, high) = self.claim.steal()?;
        Some(Self::range(self.storage.clone(), self.base, low, high))
    }

    /// The index in the input of the item at `place`.
    #[inline]
    pub(crate) fn index(&self, place: u32) -> u64 {
        self.base + u64::from(place)
    }

    /// The owner's step: publishes the last result, claims the next item.
    #[inline]
    pub(crate) fn next(&self) -> Option<u32> {
        self.claim.next()
    }

    /// Takes out the item at `place`.
    ///
    /// # Safety
    /// The caller claimed `place` by [`next`](Self::next), and calls this once for it.
    #[inline]
    pub(crate) unsafe fn item(&self, place: u32) -> I {
        // SAFETY: a claimed place was unclaimed before, so its item is there, and the claim is the caller's alone.
        unsafe { self.storage.items.take(place as usize) }
    }

    /// Puts the result of the item at `place`.
    ///
    /// # Safety
    /// The caller claimed `place`, has not called `next` since, and calls this once for it.
    #[inline]
    pub(crate) unsafe fn put(&self, place: u32, out: O) {
        // SAFETY: the place of a claimed item has no result yet, and the consumer looks at it only after the next `next`.
        unsafe { self.storage.outs.put(place as usize, out) };
    }

    /// What the claim word says.
    #[inline]
    pub(crate) fn look(&self) -> Claimed {
        self.claim.look()
    }

    /// As [`look`](Self::look), for a consumer about to sleep.
    pub(crate) fn look_before_sleep(&self) -> Claimed {
        self.claim.look_before_sleep()
    }

    /// The next place whose result was not taken.
    #[inline]
    pub(crate) fn taken(&self) -> u32 {
        // Relaxed: the consumer's own, handed on only through the lock of the window.
        self.taken.load(Ordering::Relaxed)
    }

    /// The end of the results that are there, if the word says `claimed`.
    #[inline]
    pub(crate) fn published(&self, claimed: Claimed) -> u32 {
        // Relaxed: changed only while the segment grows, under the lock of the window, and published with the word.
        claimed.published(self.low.load(Ordering::Relaxed))
    }

    /// Takes the result at `place`.
    ///
    /// # Safety
    /// Only the consumer calls this, with `place == taken()` below what [`published`](Self::published) said for a look of its own.
    #[inline]
    pub(crate) unsafe fn take_out(&self, place: u32) -> O {
        self.taken.store(place + 1, Ordering::Relaxed);
        // SAFETY: published, so there and visible to this thread; `taken` has moved on, so nobody takes it again.
        unsafe { self.storage.outs.take(place as usize) }
    }

    /// Drops what is left: results that nobody took, items that nobody claimed. Returns the first panic of a `Drop`; the
    /// others are dropped all the same.
    ///
    /// To be called when nobody works on the segment any more.
    pub(crate) fn drain(&self) -> Option<Payload> {
        let claimed = self.look();
        let growing = self.grown();
        let low = self.low.load(Ordering::Relaxed);
        let mut first = None;
        let results = self.taken()..self.published(claimed);
        self.taken
            .store(results.end.max(results.start), Ordering::Relaxed);
        for place in results {
            // SAFETY: published and not taken; `taken` was moved past it above.
            let out = unsafe { self.storage.outs.take(place as usize) };
            drop_caught(out, &mut first);
        }
        // A segment whose filling never ended shows nothing yet, and holds `[low, grown)`.
        let items = if growing > low {
            low..growing
        } else {
            claimed.front..claimed.back
        };
        self.grown.store(0, Ordering::Relaxed);
        self.claim.show(self.taken() + 1, self.taken());
        for place in items {
            // SAFETY: unclaimed, so the item is there; the word was closed above.
            let item = unsafe { self.storage.items.take(place as usize) };
            drop_caught(item, &mut first);
        }
        first
    }

    /// The storage, if no other part of the batch is in use.
    pub(crate) fn into_storage(self) -> Option<Storage<I, O>> {
        let storage = self.storage.clone();
        drop(self);
        Arc::try_unwrap(storage).ok()
    }
}

impl<I, O> Drop for Segment<I, O> {
    fn drop(&mut self) {
        // Every way out drains first, and a drained or used-up segment has nothing left; this is for the ways that the
        // engine does not know (a stream that is leaked and then freed). A panic of a `Drop` ends here.
        if let Some(payload) = self.drain() {
            core::mem::forget(payload);
        }
    }
}

/// Drops `value`; a panic is kept in `first`, or forgotten if there is one already (dropping a payload may panic again).
pub(crate) fn drop_caught<T>(value: T, first: &mut Option<Payload>) {
    if !core::mem::needs_drop::<T>() {
        return;
    }
    if let Err(payload) = catch_unwind(AssertUnwindSafe(move || drop(value))) {
        if first.is_none() {
            *first = Some(payload);
        } else {
            core::mem::forget(payload);
        }
    }
}
