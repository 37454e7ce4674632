//! The handle of whoever runs a segment's items, and the loop over them.

use super::{Kind, Segment, Storage};
use crate::deliver::claim::{Claim, Owned};
use crate::deliver::place::{Place, Put};
use crate::deliver::slots::Places;
use crate::sync::Arc;
use crate::sync::atomic::{AtomicU64, Ordering};

/// The right to run what nobody else claims of a segment. Dropped, it leaves the segment given up.
#[derive(Debug)]
pub(crate) struct Owner<I, O> {
    segment: Arc<Segment<I, O>>,
    owned: Owned,
}

/// How an owner's run over its items ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ran {
    /// The segment is finished, and whoever saw its last result saw that.
    Finished,
    /// The segment is finished, but a consumer may have seen its last result and not that it is the last; or there was none.
    FinishedUnseen,
    /// An item had no result. What was not claimed stays there.
    GivenUp,
}

impl<I, O> Owner<I, O> {
    pub(super) fn of(segment: Arc<Segment<I, O>>, owned: Owned) -> Self {
        Self { segment, owned }
    }

    pub(crate) fn segment(&self) -> &Arc<Segment<I, O>> {
        &self.segment
    }

    /// Runs the items one after the other: `run` gets an item's index, itself and the place for its result. If it puts none the
    /// segment is given up; as it is if it panics. `published` is told the index of each result, once it is published.
    #[inline]
    pub(crate) fn run<R, T>(self, run: R, published: T) -> Ran
    where
        R: for<'p> FnMut(u64, I, Place<'p, O>) -> Option<Put<'p>>,
        T: FnMut(u64),
    {
        let Self { segment, owned } = self;
        let numbers = Numbers {
            base: segment.base,
            given: (segment.kind != Kind::Pulled).then_some(&*segment.storage.keys),
        };
        let Storage { items, outs, .. } = &*segment.storage;
        let (items, outs) = (items.places(), outs.places());
        run_all(&segment.claim, owned, numbers, items, outs, run, published)
    }
}

/// The indexes in the input of a segment's items.
#[derive(Clone, Copy)]
struct Numbers<'a> {
    base: u64,
    /// Where they do not follow one another.
    given: Option<&'a [AtomicU64]>,
}

impl Numbers<'_> {
    #[inline(always)]
    fn at(self, place: u32) -> u64 {
        match self.given {
            // Relaxed: written before the item was published.
            Some(numbers) => numbers[place as usize].load(Ordering::Relaxed),
            None => self.base + u64::from(place),
        }
    }
}

/// What it uses it is given by itself: so all of it can stay in registers, whatever is written for others to see.
#[inline(always)]
fn run_all<I, O, R, T>(
    claim: &Claim,
    owned: Owned,
    numbers: Numbers<'_>,
    items: Places<'_, I>,
    outs: Places<'_, O>,
    mut run: R,
    mut published: T,
) -> Ran
where
    R: for<'p> FnMut(u64, I, Place<'p, O>) -> Option<Put<'p>>,
    T: FnMut(u64),
{
    let Owned { first, end, fence } = owned;
    let mut place = first;
    let mut index = 0;
    loop {
        // Each step publishes the last result; after it the consumer is told. At the end, as far as it is known, the store that
        // publishes is to say that this was the last.
        let claimed = place < end && claim.claims(place, fence);
        let goes_on = claimed || claim.meets(place, fence);
        if place != first {
            published(index);
        }
        if !goes_on {
            let seen = place == end && place != first;
            return if seen {
                Ran::Finished
            } else {
                Ran::FinishedUnseen
            };
        }
        index = numbers.at(place);
        // SAFETY: a claimed place was unclaimed before, so its item is there, and the claim is this owner's alone; and it is below
        // the end of the segment, which is in the storage.
        let item = unsafe { items.take(place as usize) };
        // SAFETY: the same place; that of a claimed item has no result, and the step that would publish one is the next.
        let for_result = unsafe { Place::new(outs, place) };
        if run(index, item, for_result).is_none() {
            return Ran::GivenUp;
        }
        place += 1;
    }
}
