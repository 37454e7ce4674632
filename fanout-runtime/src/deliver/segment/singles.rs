//! A batch taken apart into segments of one item each, so that each can wait for its turn by itself.

use super::{Filler, Owner, Segment};
use crate::sync::Arc;
use crate::sync::atomic::Ordering;

/// One item with the hash of its key.
pub(crate) type Single<I, O> = (u64, Owner<I, O>);

impl<I, O> Segment<I, O> {
    /// Takes all that a hidden segment holds so far, item by item, to stand before it.
    pub(crate) fn steal_hidden_singles(&self) -> Vec<Single<I, O>> {
        self.take_hidden()
            .map_or_else(Vec::new, |(low, grown)| self.singles(low, grown))
    }

    fn singles(&self, low: u32, high: u32) -> Vec<Single<I, O>> {
        (low..high)
            .map(|place| (self.key(place), self.part(place, place + 1)))
            .collect()
    }

    /// The index in the input of a segment's first item.
    pub(crate) fn first(&self) -> u64 {
        // Relaxed: fixed before the segment was shown; of the one that is being filled it only grows.
        self.index(self.low.load(Ordering::Relaxed))
    }

    /// The hash of the key of a segment's first item.
    pub(crate) fn first_key(&self) -> u64 {
        // Relaxed: fixed before the segment was made.
        self.key(self.low.load(Ordering::Relaxed))
    }

    fn key(&self, place: u32) -> u64 {
        // Relaxed: written by the filler before it published the item, and the caller has that.
        self.storage.keys[place as usize].load(Ordering::Relaxed)
    }
}

impl<I, O> Filler<I, O> {
    /// Ends the filling as [`finish`](Self::finish) does, but hands out the items one by one. The segment itself is left
    /// hidden, and empty.
    pub(crate) fn finish_singles(self) -> (Arc<Segment<I, O>>, Vec<Single<I, O>>) {
        let segment = self.segment;
        let singles = segment.steal_hidden_singles();
        *segment.shown.lock() = true;
        (segment, singles)
    }
}
