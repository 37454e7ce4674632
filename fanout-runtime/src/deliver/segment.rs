//! [`Segment`]: a run of consecutive items with places for their results.
//!
//! A segment is shared; what may be done to it hangs on handles of which there is one at a time:
//!
//! - [`Filler`], while it is filled. Ends as an [`Owner`].
//! - [`Walker`], of the only worker there is, which fills and runs place by place.
//! - [`Owner`], of whoever runs its items. A part that is stolen is a segment with an owner of its own.
//! - [`Batch`], of the consumer: results that were published and are in no other batch.
//! - [`Spare`], of the window, before and after all that.
//!
//! So the unsafe blocks here rest on the claim word ([`super::claim`]) and on these handles, and on nothing outside.

#[cfg(all(test, fanout_loom))]
mod loom_tests;
mod owner;
mod singles;
mod spare;
#[cfg(all(test, not(any(fanout_loom, fanout_shuttle))))]
mod stress_tests;
mod walk;

pub(crate) use owner::{Owner, Ran};
pub(crate) use singles::Single;
pub(crate) use spare::Spare;
pub(crate) use walk::Walker;

use crossbeam_utils::CachePadded;

use super::caught::FirstPanic;
use super::claim::{Claim, Claimed};
use super::slots::Slots;
use crate::pull::Intake;
use crate::stop::Stop;
use crate::sync::atomic::{AtomicU32, AtomicU64, Ordering};
use crate::sync::{Arc, Mutex};

/// The memory of a batch: shared by the segments into which stealing splits it.
#[derive(Debug)]
struct Storage<I, O> {
    items: Slots<I>,
    outs: Slots<O>,
    /// The hash of each item's key, or its number; none where items have neither.
    keys: Box<[AtomicU64]>,
}

impl<I, O> Storage<I, O> {
    fn new(len: usize, keyed: bool) -> Self {
        let keys = if keyed { len } else { 0 };
        Self {
            items: Slots::empty(len),
            outs: Slots::empty(len),
            keys: (0..keys).map(|_| AtomicU64::new(0)).collect(),
        }
    }

    fn len(&self) -> usize {
        self.items.len()
    }
}

/// Where a segment's items are from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// From the input: their numbers follow one another.
    Pulled,
    /// From the input of a run with a feed: each has its number as its key, as the next one may have been pushed.
    Numbered,
    /// From a feed.
    Pushed,
}

/// A range of the places of a [`Storage`], in input order.
#[derive(Debug)]
pub(crate) struct Segment<I, O> {
    storage: Arc<Storage<I, O>>,
    /// The index in the input of place 0.
    base: u64,
    claim: CachePadded<Claim>,
    /// Where the range begins. Moves up while the segment is filled and stolen from; fixed once it is shown.
    low: AtomicU32,
    /// How many places are filled. Written by the filler.
    grown: AtomicU32,
    /// Whether the range is shown. Held while a part is stolen from what is still hidden.
    shown: Mutex<bool>,
    /// Results below this are in a batch, or were.
    listed: AtomicU32,
    kind: Kind,
    /// Nothing is left in it.
    drained: bool,
}

impl<I, O> Segment<I, O> {
    fn part(&self, low: u32, high: u32) -> Owner<I, O> {
        let (claim, owned) = Claim::new(low, high, self.claim.fence());
        let segment = Self {
            storage: self.storage.clone(),
            base: self.base,
            claim: CachePadded::new(claim),
            low: AtomicU32::new(low),
            grown: AtomicU32::new(high),
            shown: Mutex::new(true),
            listed: AtomicU32::new(low),
            kind: self.kind,
            drained: false,
        };
        Owner::of(Arc::new(segment), owned)
    }

    /// Takes all that a hidden segment holds so far, as a segment that stands before it.
    pub(crate) fn steal_hidden(&self) -> Option<Owner<I, O>> {
        let (low, grown) = self.take_hidden()?;
        Some(self.part(low, grown))
    }

    fn take_hidden(&self) -> Option<(u32, u32)> {
        let shown = self.shown.lock();
        // Relaxed: written under the same lock.
        let low = self.low.load(Ordering::Relaxed);
        // Acquire: pairs with the filler's release, so that the items are visible.
        let grown = self.grown.load(Ordering::Acquire);
        if *shown || grown <= low {
            return None;
        }
        self.low.store(grown, Ordering::Relaxed);
        drop(shown);
        Some((low, grown))
    }

    /// Takes the back half of what is unclaimed, as a segment that stands behind this one.
    pub(crate) fn steal(&self) -> Option<Owner<I, O>> {
        let (low, high) = self.claim.steal()?;
        Some(self.part(low, high))
    }

    /// The index in the input of the first unclaimed item, and how many there are.
    pub(crate) fn unclaimed(&self) -> (u64, u32) {
        let claimed = self.claim.look();
        (self.index(claimed.front()), claimed.unclaimed())
    }

    /// Whether its items were pushed by others.
    pub(crate) fn was_pushed(&self) -> bool {
        self.kind == Kind::Pushed
    }

    #[inline]
    fn index(&self, place: u32) -> u64 {
        match self.storage.keys.get(place as usize) {
            // Relaxed: written before the item was published.
            Some(number) if self.kind != Kind::Pulled => number.load(Ordering::Relaxed),
            _ => self.base + u64::from(place),
        }
    }

    /// The results that are there and in no batch yet, and whether the segment is finished, so that there will be no more.
    pub(crate) fn list(self: &Arc<Self>) -> (Option<Batch<I, O>>, bool) {
        let claimed = self.claim.look();
        let end = self.published(claimed);
        // Relaxed: a read-modify-write hands each range to one caller whatever its ordering; the results were made
        // visible by the look at the word.
        let next = self.listed.fetch_max(end, Ordering::Relaxed);
        let batch = (next < end).then(|| Batch {
            segment: self.clone(),
            next,
            end,
        });
        (batch, claimed.is_finished())
    }

    /// The end of the results that are there, if the word says `claimed`.
    fn published(&self, claimed: Claimed) -> u32 {
        if claimed.is_hidden() {
            return 0;
        }
        // Relaxed: fixed before the word was shown, which the look at it has acquired.
        claimed.published(self.low.load(Ordering::Relaxed))
    }

    /// Drops what is left: results that are in no batch, items that nobody claimed.
    fn drain(&mut self, panic: &mut FirstPanic) {
        if core::mem::replace(&mut self.drained, true) {
            return;
        }
        // Relaxed, all: the exclusive borrow says that nobody else is here.
        let claimed = self.claim.look();
        let (results, items) = if claimed.is_hidden() {
            let low = self.low.load(Ordering::Relaxed);
            (0..0, low..self.grown.load(Ordering::Relaxed))
        } else {
            let listed = self.listed.load(Ordering::Relaxed);
            (
                listed..self.published(claimed),
                claimed.front()..claimed.back,
            )
        };
        if core::mem::needs_drop::<O>() {
            for place in results {
                // SAFETY: published, so in the storage, and in no batch; exclusive, and drained once.
                panic.run(|| unsafe { self.storage.outs.places().drop_at(place as usize) });
            }
        }
        if core::mem::needs_drop::<I>() {
            for place in items {
                // SAFETY: unclaimed, so in the storage and the item is there; exclusive, and drained once.
                panic.run(|| unsafe { self.storage.items.places().drop_at(place as usize) });
            }
        }
    }

    /// Drops what is left in each of `segments`, which nobody uses any more.
    pub(crate) fn drain_all(segments: impl Iterator<Item = Arc<Self>>, panic: &mut FirstPanic) {
        for segment in segments {
            // `None`: listed twice, and the last one drains it.
            if let Some(mut segment) = Arc::into_inner(segment) {
                segment.drain(panic);
            }
        }
    }
}

impl<I, O> Drop for Segment<I, O> {
    fn drop(&mut self) {
        // The engine drains what a run leaves; this is for a run that a leaked and then freed stream leaves. A panic ends
        // here.
        let mut panic = FirstPanic::none();
        self.drain(&mut panic);
        panic.forget();
    }
}

/// The handle of whoever fills a segment.
#[derive(Debug)]
pub(crate) struct Filler<I, O> {
    segment: Arc<Segment<I, O>>,
}

impl<I, O> Filler<I, O> {
    /// Room for items up to the place `end`. `blocks`: whether the source may block after any of them.
    pub(crate) fn intake<'a>(
        &'a mut self,
        end: u32,
        blocks: bool,
        stop: &'a Stop,
    ) -> Intake<'a, I> {
        let end = end.min(self.segment.storage.len() as u32);
        // Relaxed: written through this handle alone.
        let next = self.segment.grown.load(Ordering::Relaxed);
        let (items, grown) = (self.segment.storage.items.places(), &self.segment.grown);
        // SAFETY: `end` is not beyond the storage; places from `grown` on are empty, only the filler puts into them, and the intake
        // borrows it exclusively.
        unsafe {
            Intake::batch(
                items,
                grown,
                &self.segment.storage.keys,
                next..end,
                blocks.then(|| self.segment.claim.fence()),
                stop,
            )
        }
    }

    /// How many items were put, those that were stolen meanwhile included.
    pub(crate) fn grown(&self) -> u32 {
        // Relaxed: written through this handle alone.
        self.segment.grown.load(Ordering::Relaxed)
    }

    /// The index that the next item has in the input.
    pub(crate) fn next_index(&self) -> u64 {
        self.segment.index(self.grown())
    }

    pub(crate) fn segment(&self) -> &Arc<Segment<I, O>> {
        &self.segment
    }

    /// Shows the segment. `None`: there is nothing in it (nothing came, or all was stolen).
    pub(crate) fn finish(self) -> Option<Owner<I, O>> {
        let segment = self.segment;
        let mut shown = segment.shown.lock();
        // Relaxed, both: written under this lock, and by this thread.
        let low = segment.low.load(Ordering::Relaxed);
        let grown = segment.grown.load(Ordering::Relaxed);
        segment.listed.store(low, Ordering::Relaxed);
        let owned = segment.claim.show(low, grown);
        *shown = true;
        drop(shown);
        (grown > low).then(|| Owner::of(segment, owned))
    }
}

/// Results that are there, for the consumer to take.
#[derive(Debug)]
pub(crate) struct Batch<I, O> {
    segment: Arc<Segment<I, O>>,
    next: u32,
    end: u32,
}

impl<I, O> Batch<I, O> {
    /// The next result.
    #[inline]
    pub(crate) fn take(&mut self) -> Option<O> {
        if self.next == self.end {
            return None;
        }
        let place = self.next;
        self.next += 1;
        // SAFETY: listed in this batch alone and so published and visible, and so below the end of the storage; `next` has moved
        // on, so it is taken once.
        Some(unsafe { self.segment.storage.outs.places().take(place as usize) })
    }

    /// The index of the item whose result was taken last.
    #[inline]
    pub(crate) fn last_index(&self) -> u64 {
        self.segment.index(self.next.saturating_sub(1))
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.next == self.end
    }

    /// How many results were not taken.
    pub(crate) fn len(&self) -> usize {
        (self.end - self.next) as usize
    }

    /// The segment, when the batch is used up.
    pub(crate) fn segment(&self) -> Arc<Segment<I, O>> {
        self.segment.clone()
    }

    /// Drops the results that were not taken.
    pub(crate) fn drain(&mut self, panic: &mut FirstPanic) {
        let left = core::mem::replace(&mut self.next, self.end)..self.end;
        if core::mem::needs_drop::<O>() {
            for place in left {
                // SAFETY: as in `take`: listed in this batch alone, and `next` has moved past it.
                panic.run(|| unsafe { self.segment.storage.outs.places().drop_at(place as usize) });
            }
        }
    }
}

impl<I, O> Drop for Batch<I, O> {
    fn drop(&mut self) {
        // As for a segment: only what a leaked stream leaves.
        let mut panic = FirstPanic::none();
        self.drain(&mut panic);
        panic.forget();
    }
}
