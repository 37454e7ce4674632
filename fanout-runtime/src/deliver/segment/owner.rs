//! The handle of whoever runs a segment's items, and the loop over them.

use super::{Kind, Segment, Storage};
use crate::deliver::claim::{Claim, Owned, Step};
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

    /// Runs the items one after the other: `run` makes the result of an item from its index and itself, or none, and then
    /// the segment is given up; as it is if `run` panics. `published` is told the index of each result, once it is published.
    #[inline]
    pub(crate) fn run(
        self,
        run: impl FnMut(u64, I) -> Option<O>,
        published: impl FnMut(u64),
    ) -> Ran {
        let Self { segment, owned } = self;
        let numbers = Numbers {
            base: segment.base,
            given: (segment.kind != Kind::Pulled).then_some(&*segment.storage.keys),
        };
        run_all(
            &segment.claim,
            owned,
            numbers,
            &segment.storage,
            run,
            published,
        )
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
fn run_all<I, O>(
    claim: &Claim,
    mut owned: Owned,
    numbers: Numbers<'_>,
    storage: &Storage<I, O>,
    mut run: impl FnMut(u64, I) -> Option<O>,
    mut published: impl FnMut(u64),
) -> Ran {
    let mut last = None;
    loop {
        // This step publishes the last result; after it the consumer is told.
        let step = claim.next(&mut owned);
        if let Some(index) = last {
            published(index);
        }
        let place = match step {
            Step::Claimed(place) => place,
            Step::Finished if last.is_some() => return Ran::Finished,
            Step::Finished | Step::FinishedLater => return Ran::FinishedUnseen,
        };
        let index = numbers.at(place);
        // SAFETY: a claimed place was unclaimed before, so its item is there, and the claim is this owner's alone; and it is below
        // the end of the segment, which is in the storage.
        let item = unsafe { storage.items.take(place as usize) };
        let Some(out) = run(index, item) else {
            return Ran::GivenUp;
        };
        // SAFETY: the place of a claimed item has no result, and no step was made since that would have published it.
        unsafe { storage.outs.put(place as usize, out) };
        last = Some(index);
    }
}
