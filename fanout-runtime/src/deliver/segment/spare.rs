//! A used-up segment, with its memory, for another batch: so that a run in full swing asks the allocator for nothing.

use crossbeam_utils::CachePadded;

use super::{Filler, Kind, Segment, Storage};
use crate::deliver::claim::Claim;
use crate::sync::atomic::{AtomicU32, Ordering};
use crate::sync::fence::Fence;
use crate::sync::{Arc, Mutex};

/// A segment in which nothing is left, and that nobody else has, nor any part of its batch.
#[derive(Debug)]
pub(crate) struct Spare<I, O>(Arc<Segment<I, O>>);

impl<I, O> Segment<I, O> {
    /// Lets go of a segment. If all others have done so, and nothing is left in it, its memory can be used again.
    pub(crate) fn into_spare(mut self: Arc<Self>) -> Option<Spare<I, O>> {
        let segment = Arc::get_mut(&mut self)?;
        let claimed = segment.claim.look();
        // Relaxed: the exclusive borrow says that nobody else is here.
        let all_listed = segment.listed.load(Ordering::Relaxed) == segment.published(claimed);
        if !claimed.is_finished() || !all_listed {
            return None;
        }
        // Parts that were stolen have the same storage.
        Arc::get_mut(&mut segment.storage)?;
        Some(Spare(self))
    }
}

impl<I, O> Spare<I, O> {
    /// A segment that was never used, for so many items. `keyed`: each has a key, or a number of its own.
    pub(crate) fn new(len: usize, keyed: bool) -> Self {
        Self(Arc::new(Segment {
            storage: Arc::new(Storage::new(len, keyed)),
            base: 0,
            claim: CachePadded::new(Claim::finished()),
            low: AtomicU32::new(0),
            grown: AtomicU32::new(0),
            shown: Mutex::new(true),
            listed: AtomicU32::new(0),
            kind: Kind::Pulled,
            drained: true,
        }))
    }

    /// How many places it has.
    pub(crate) fn len(&self) -> usize {
        self.0.storage.len()
    }

    /// A hidden segment for items from `base` on, and the handle to fill it. `fence`: between whoever fills or owns it and
    /// everybody else.
    pub(crate) fn open(
        self,
        base: u64,
        kind: Kind,
        fence: Fence,
    ) -> (Arc<Segment<I, O>>, Filler<I, O>) {
        let Self(mut segment) = self;
        let Some(fresh) = Arc::get_mut(&mut segment) else {
            unreachable!("fanout: somebody has a spare segment; this is a bug in fanout");
        };
        fresh.base = base;
        fresh.claim = CachePadded::new(Claim::hidden(fence));
        fresh.low = AtomicU32::new(0);
        fresh.grown = AtomicU32::new(0);
        fresh.shown = Mutex::new(false);
        fresh.listed = AtomicU32::new(0);
        fresh.kind = kind;
        fresh.drained = false;
        let filler = Filler {
            segment: segment.clone(),
        };
        (segment, filler)
    }
}
