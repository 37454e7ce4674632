//! A segment whose items never lie in it: its only worker has each in its hands, and puts the result.

use super::{Filler, Segment};
use crate::sync::Arc;
use crate::sync::fence::Fence;

/// The handle of a worker that has nobody beside it. Dropped, it leaves the segment given up: what was put stays there.
#[derive(Debug)]
pub(crate) struct Walker<I, O> {
    segment: Arc<Segment<I, O>>,
    results: u32,
    /// Between the worker and the consumer.
    fence: Fence,
}

impl<I, O> Filler<I, O> {
    /// Walks the segment, which is empty, in the place of filling it first. To be called before anybody else looks at it.
    pub(crate) fn walk(self) -> Walker<I, O> {
        let segment = self.segment;
        debug_assert_eq!(segment.unclaimed().1, 0);
        // Where it begins is 0, as it was opened: nobody takes part of a segment that nothing was put into.
        let fence = segment.claim.begin_walk();
        *segment.shown.lock() = true;
        Walker {
            segment,
            results: 0,
            fence,
        }
    }
}

impl<I, O> Walker<I, O> {
    /// How many results were put.
    #[inline]
    pub(crate) fn results(&self) -> u32 {
        self.results
    }

    /// The index in the input of the next item.
    #[inline]
    pub(crate) fn next_index(&self) -> u64 {
        self.segment.index(self.results)
    }

    pub(crate) fn segment(&self) -> &Arc<Segment<I, O>> {
        &self.segment
    }

    /// Puts the result of the next item, and publishes it.
    ///
    /// # Panics
    /// If there is no room.
    #[inline]
    pub(crate) fn put(&mut self, out: O) {
        assert!(
            (self.results as usize) < self.segment.storage.len(),
            "fanout: a walk went beyond its segment; this is a bug in fanout"
        );
        // SAFETY: looked at above that there is such a place; places from `results` on are empty, as the segment was when this
        // handle was made, and the word says that they are not published; nobody else puts into it.
        unsafe {
            self.segment
                .storage
                .outs
                .places()
                .put(self.results as usize, out)
        };
        self.results += 1;
        self.segment.claim.walk(self.results, self.fence);
    }

    /// The segment is finished: there will be no more.
    pub(crate) fn finish(self) {
        self.segment.claim.end_walk(self.results);
    }
}

#[cfg(all(test, not(any(fanout_loom, fanout_shuttle))))]
mod tests {
    use super::super::{Kind, Spare};
    use crate::sync::Arc;
    use crate::sync::fence::Fence;

    #[test]
    fn what_a_walk_that_was_given_up_has_put_is_dropped_once() {
        let result = Arc::new(());
        let (segment, filler) =
            Spare::<u32, Arc<()>>::new(3, false).open(0, Kind::Pulled, Fence::Even);
        let mut walker = filler.walk();
        walker.put(result.clone());
        walker.put(result.clone());
        drop(walker);
        drop(segment);
        assert_eq!(Arc::strong_count(&result), 1);
    }
}
