//! A table that one thread has to itself: no lane, no claim, nobody to take anything away.

use core::ops::Range;

use super::Table;
use crate::deliver::items::Indexed;
use crate::deliver::place::{Place, Put};
use crate::sync::Mutex;
use crate::sync::atomic::{AtomicU32, Ordering};

impl<X: Indexed, O> Table<X, O> {
    /// The index of the next item, if there is one.
    pub(crate) fn next_alone(&mut self) -> Option<u64> {
        // Relaxed: the exclusive borrow says that nobody else is here.
        let next = self.cursor.load(Ordering::Relaxed);
        (next < self.len).then_some(next.into())
    }

    /// Runs the next items, `count` at most, until one has no result or `goes_on`, which is asked between two, says no. `run`
    /// gets an item's index, itself and the place for its result.
    #[inline]
    pub(crate) fn each_alone<R>(
        &mut self,
        count: u32,
        mut goes_on: impl FnMut() -> bool,
        mut run: R,
    ) where
        R: for<'p> FnMut(u64, X::Item, Place<'p, O>) -> Option<Put<'p>>,
    {
        // Relaxed: as above.
        let first = self.cursor.load(Ordering::Relaxed);
        let end = first.saturating_add(count).min(self.len);
        let (items, outs) = (self.items.places(), self.outs.places());
        let mut done = Done {
            first,
            results: first,
            taken: first,
            cursor: &self.cursor,
            filled: &self.filled,
        };
        while done.taken < end && (done.taken == first || goes_on()) {
            let place = done.taken;
            // Before anything can panic: what is beyond the cursor is dropped by others.
            done.taken += 1;
            // SAFETY: it was at the cursor and below `len`; `done` moves the cursor past it, however this ends, so it is taken once; the
            // table is this thread's.
            let item = unsafe { X::take(items, place as usize) };
            // SAFETY: the same place; that of an item that was just taken has no result; the table is this thread's.
            let for_result = unsafe { Place::new(outs, place) };
            if run(place.into(), item, for_result).is_none() {
                return;
            }
            done.results = done.taken;
        }
    }
}

/// Writes down, however it ends, how far it went: that no other thread looks in between is what makes a loop of this fast.
struct Done<'t> {
    first: u32,
    /// From the first on, all before it have results.
    results: u32,
    /// From the first on, all before it were taken.
    taken: u32,
    cursor: &'t AtomicU32,
    filled: &'t Mutex<Vec<Range<u32>>>,
}

impl Drop for Done<'_> {
    #[inline(always)]
    fn drop(&mut self) {
        // By value: it is in registers until now.
        let (taken, results) = (self.taken, self.first..self.results);
        write_down(self.cursor, taken, self.filled, results);
    }
}

#[cold]
fn write_down(
    cursor: &AtomicU32,
    taken: u32,
    filled: &Mutex<Vec<Range<u32>>>,
    results: Range<u32>,
) {
    // Relaxed: the table is one thread's.
    cursor.store(taken, Ordering::Relaxed);
    if results.is_empty() {
        return;
    }
    let mut filled = filled.lock();
    match filled.last_mut() {
        Some(last) if last.end == results.start => last.end = results.end,
        _ => filled.push(results),
    }
}

#[cfg(all(test, not(any(fanout_loom, fanout_shuttle))))]
mod tests {
    use std::panic::{AssertUnwindSafe, catch_unwind};
    use std::sync::Arc;

    use super::*;
    use crate::deliver::caught::FirstPanic;
    use crate::deliver::items::ArrayItems;
    use crate::sync::fence::Fence;

    type Counted = Arc<()>;

    /// Five items and a table of them.
    fn table(count: &Counted) -> Table<ArrayItems<Counted>, Counted> {
        Table::new(ArrayItems::new(vec![count.clone(); 5]))
    }

    #[test]
    fn lanes_go_on_where_it_was_left() {
        let mut table = Table::new(ArrayItems::new(vec![0, 1, 2, 3, 4]));
        table.each_alone(
            1,
            || true,
            |index, item: u64, place| Some(place.put((index, item))),
        );
        table.each_alone(
            2,
            || true,
            |index, item, place| Some(place.put((index, item))),
        );
        assert_eq!(table.next_alone(), Some(3));
        table.open_lanes(1);
        let mut lane = table.lane(0);
        while lane.fill(|share| share, |_| true, Fence::Even).is_some() {
            while lane.goes_on() {
                lane.each::<false, _>(|index, item, place| Some(place.put((index, item))));
            }
        }
        drop(lane);
        assert_eq!((table.next_alone(), table.reached()), (None, 5));
        let all = table.finish(&mut FirstPanic::none());
        assert_eq!(all, Some((0..5).map(|n| (n, n)).collect()));
    }

    #[test]
    fn it_stops_where_it_is_told() {
        let mut table = Table::new(ArrayItems::new(vec![0, 1, 2, 3, 4]));
        let mut asked = 0;
        let twice = || {
            asked += 1;
            asked < 3
        };
        table.each_alone(5, twice, |index, _: u64, place| Some(place.put(index)));
        assert_eq!(table.next_alone(), Some(3));
    }

    #[test]
    fn what_has_no_result_is_left_out_and_the_rest_is_dropped_once() {
        for gap in 0..5 {
            for by_panic in [false, true] {
                let count = Counted::default();
                let mut table = table(&count);
                let ended = catch_unwind(AssertUnwindSafe(|| {
                    table.each_alone(
                        5,
                        || true,
                        |index, item, place| {
                            assert!(index != gap || !by_panic, "on purpose");
                            (index != gap).then(|| place.put(item))
                        },
                    );
                }));
                assert_eq!(ended.is_err(), by_panic);
                assert_eq!(table.reached(), gap);
                // Nobody would go on; but it would be no more than a gap.
                table.each_alone(5, || true, |_, item, place| Some(place.put(item)));
                assert_eq!(table.reached(), gap);
                assert!(table.finish(&mut FirstPanic::none()).is_none());
                assert_eq!(Arc::strong_count(&count), 1, "{gap} {by_panic}");
            }
        }
    }
}
