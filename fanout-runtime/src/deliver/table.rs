//! [`Table`]: items in memory and a place for the result of each: no window, nobody waits.
//!
//! # Protocol
//!
//! Each worker has a *lane*: a claim word ([`super::claim`]) over the range of indexes that it is at.
//!
//! 1. `cursor` divides what nobody has been given (from it on) from what is in a lane. A worker takes the next range by
//!    compare-exchange, never beyond `len`, and shows it in its own lane. It marks its lane `filling` before and until then.
//! 2. When nothing is left at the cursor, a worker takes the back half of somebody's lane and shows it in its own, under
//!    `moving`: so whoever looks for something to steal under that lock sees every unclaimed item in some lane, or a lane
//!    that is `filling`.
//! 3. A worker that finds nothing under that lock, with the cursor at the end and no lane filling, is through: every item
//!    is claimed, and nothing is ever unclaimed again.
//! 4. A worker writes down which places it has filled. What nobody claimed, and results that nobody will have, are dropped
//!    when all workers have left.
//! 5. Before there are lanes the table is one thread's, which may run items from the cursor on without any claim
//!    ([`alone`]).

mod alone;
#[cfg(all(test, fanout_loom))]
mod loom_tests;

use core::ops::Range;

use crossbeam_utils::CachePadded;

use super::caught::FirstPanic;
use super::claim::{Claim, Owned};
use super::items::Indexed;
use super::place::{Place, Put};
use super::slots::Slots;
use crate::sync::Mutex;
use crate::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use crate::sync::fence::Fence;
use crate::sync::thread::yield_now;

/// What one worker is at.
#[derive(Debug)]
struct Lane {
    claim: Claim,
    filling: AtomicBool,
    /// Whether its handle was given out.
    given: AtomicBool,
}

/// Items and places for their results.
#[derive(Debug)]
pub(crate) struct Table<X: Indexed, O> {
    items: X,
    outs: Slots<O>,
    len: u32,
    cursor: CachePadded<AtomicU32>,
    /// None until there are workers.
    lanes: Box<[CachePadded<Lane>]>,
    moving: Mutex<()>,
    filled: Mutex<Vec<Range<u32>>>,
}

/// The most items of a table: places are counted in 32 bits.
pub(crate) const MOST_ITEMS: u64 = u32::MAX as u64 - 1;

impl<X: Indexed, O> Table<X, O> {
    /// A table for at most [`MOST_ITEMS`] items.
    pub(crate) fn new(items: X) -> Self {
        let len = items.len();
        assert!(
            len as u64 <= MOST_ITEMS,
            "fanout: a table of {len} items; this is a bug in fanout"
        );
        Self {
            items,
            outs: Slots::empty(len),
            len: len as u32,
            cursor: CachePadded::new(AtomicU32::new(0)),
            lanes: Box::default(),
            moving: Mutex::new(()),
            filled: Mutex::new(Vec::new()),
        }
    }

    /// Makes a lane for each worker.
    pub(crate) fn open_lanes(&mut self, workers: usize) {
        self.lanes = (0..workers)
            .map(|_| {
                CachePadded::new(Lane {
                    claim: Claim::finished(),
                    filling: AtomicBool::new(false),
                    given: AtomicBool::new(false),
                })
            })
            .collect();
    }

    /// The handle of a worker's lane. There is one: a second call for the same worker is a bug.
    pub(crate) fn lane(&self, worker: usize) -> LaneOwner<'_, X, O> {
        // Relaxed: the swap alone decides who is first.
        let given = self.lanes[worker].given.swap(true, Ordering::Relaxed);
        assert!(
            !given,
            "fanout: a lane was given out twice; this is a bug in fanout"
        );
        LaneOwner {
            table: self,
            lane: &self.lanes[worker],
            owned: None,
            stopped: None,
            low: 0,
            filled: Vec::new(),
        }
    }

    /// Whether everything has been claimed or is being.
    pub(crate) fn nothing_left(&self) -> bool {
        // Blocks while a worker moves items from lane to lane: they are in neither meanwhile.
        let _moving = self.moving.lock();
        // Acquire: who sees the cursor at the end sees the lanes that took it there (1.).
        self.cursor.load(Ordering::Acquire) >= self.len
            && !self.lanes.iter().any(|lane| {
                // Acquire: who sees that a lane is not filling any more sees what it was filled with.
                lane.filling.load(Ordering::Acquire) || lane.claim.look().unclaimed() > 0
            })
    }

    /// How many items are in no lane yet: an estimate.
    pub(crate) fn left_at_cursor(&self) -> u32 {
        // Relaxed: an estimate.
        self.len - self.cursor.load(Ordering::Relaxed).min(self.len)
    }

    /// When the workers have left: how many results there are from the first on without a gap.
    pub(crate) fn reached(&self) -> u64 {
        let mut filled = self.filled.lock();
        filled.sort_unstable_by_key(|range| range.start);
        let mut end = 0;
        for range in &*filled {
            if range.start != end {
                break;
            }
            end = range.end;
        }
        u64::from(end)
    }

    /// When the workers have left: all results in input order, if they are all there. Drops what is left if not, and the
    /// items that nobody claimed.
    pub(crate) fn finish(mut self, panic: &mut FirstPanic) -> Option<Vec<O>> {
        self.drop_unclaimed(panic);
        let filled = core::mem::take(&mut *self.filled.lock());
        let outs = core::mem::replace(&mut self.outs, Slots::empty(0));
        let count: u64 = filled
            .iter()
            .map(|range| u64::from(range.end - range.start))
            .sum();
        if count == u64::from(self.len) {
            // SAFETY: each place was claimed once, and written down once when its result was put; so as many results as
            // places are a result in each place. The table is this thread's own.
            return Some(unsafe { outs.into_vec() });
        }
        // SAFETY: a place is written down once, when its result was put; the list was taken, and the table is ours.
        unsafe { drop_filled(&outs, filled, panic) };
        None
    }

    fn drop_unclaimed(&mut self, panic: &mut FirstPanic) {
        // Relaxed: the exclusive borrow says that nobody else is here.
        let cursor = self.cursor.swap(self.len, Ordering::Relaxed);
        let mut unclaimed = Vec::with_capacity(self.lanes.len() + 1);
        unclaimed.push(cursor..self.len);
        for lane in &mut self.lanes {
            let claimed = lane.claim.look();
            lane.claim.close();
            unclaimed.push(claimed.front()..claimed.back);
        }
        if core::mem::needs_drop::<X::Item>() {
            for place in unclaimed.into_iter().flatten() {
                // SAFETY: from the cursor to `len`, or unclaimed in a lane: so the item is there; both were closed above.
                panic.drop(unsafe { X::take(self.items.places(), place as usize) });
            }
        }
    }
}

impl<X: Indexed, O> Drop for Table<X, O> {
    fn drop(&mut self) {
        // After `finish` there is nothing left; this is for ways out that unwind past it.
        let mut panic = FirstPanic::none();
        self.drop_unclaimed(&mut panic);
        let filled = core::mem::take(&mut *self.filled.lock());
        // SAFETY: as in `finish`.
        unsafe { drop_filled(&self.outs, filled, &mut panic) };
        panic.forget();
    }
}

/// Drops the results in the places of `filled`.
///
/// # Safety
/// Each of these places is one of `outs` and full, nobody else touches it, and it counts as empty from now on.
unsafe fn drop_filled<O>(outs: &Slots<O>, filled: Vec<Range<u32>>, panic: &mut FirstPanic) {
    if core::mem::needs_drop::<O>() {
        for place in filled.into_iter().flatten() {
            // SAFETY: the caller's promise.
            panic.run(|| unsafe { outs.places().drop_at(place as usize) });
        }
    }
}

/// Where [`LaneOwner::each`] has stopped.
#[derive(Debug)]
struct Stopped {
    /// At a place that it could not claim, or whose item has no result.
    at: Owned,
    has_result: bool,
}

/// The handle of one worker's lane.
#[derive(Debug)]
pub(crate) struct LaneOwner<'t, X: Indexed, O> {
    table: &'t Table<X, O>,
    lane: &'t Lane,
    /// There while there may be something to run.
    owned: Option<Owned>,
    /// There after it has been run, until it is clear whether it goes on.
    stopped: Option<Stopped>,
    /// From here on what was claimed is not in `filled` yet: all of it has results, but for the last.
    low: u32,
    /// The places that have results, as ranges.
    filled: Vec<Range<u32>>,
}

impl<'t, X: Indexed, O> LaneOwner<'t, X, O> {
    /// Runs the items of the lane one after the other: `run` gets an item's index, itself and the place for its result. To be
    /// called as long as the lane [`goes_on`](Self::goes_on).
    ///
    /// It calls nothing but `run`, and what it uses it has by value, so that all of it stays in registers. `LIGHT`: only if
    /// [`is_light`](Self::is_light) said so.
    #[inline(always)]
    pub(crate) fn each<const LIGHT: bool, R>(&mut self, mut run: R)
    where
        R: for<'p> FnMut(u64, X::Item, Place<'p, O>) -> Option<Put<'p>>,
    {
        let Some(Owned { first, end, fence }) = self.owned.take() else {
            return;
        };
        assert!(
            !LIGHT || fence == Fence::Asymmetric,
            "fanout: a lane was run without its fence; this is a bug in fanout"
        );
        // A constant, where it is known.
        let fence = if LIGHT { Fence::Asymmetric } else { fence };
        let claim = &self.lane.claim;
        let (items, outs) = (self.table.items.places(), self.table.outs.places());
        let mut place = first;
        let mut has_result = true;
        while has_result && claim.claims(place, fence) {
            // SAFETY: claimed just now, and every claim is of another place: lanes are filled with ranges that the cursor
            // passed once, or that were taken out of another lane. So below `len`, and once.
            let item = unsafe { X::take(items, place as usize) };
            // SAFETY: the same place; that of a claimed item has no result yet, and nobody reads it before the workers have left.
            let for_result = unsafe { Place::new(outs, place) };
            // If this panics, the place is the last that was claimed, and is not written down as one that has a result.
            has_result = run(u64::from(place), item, for_result).is_some();
            place += u32::from(has_result);
        }
        self.stopped = Some(Stopped {
            at: Owned {
                first: place,
                end,
                fence,
            },
            has_result,
        });
    }

    /// Whether the owner's steps are without a fence's instruction.
    pub(crate) fn is_light(&self) -> bool {
        let fence = self.owned.as_ref().map(|owned| owned.fence);
        fence == Some(Fence::Asymmetric)
    }

    /// Sees to what [`each`](Self::each) has stopped at. Returns whether there is something in the lane for it to run.
    pub(crate) fn goes_on(&mut self) -> bool {
        if let Some(Stopped { mut at, has_result }) = self.stopped.take() {
            if !has_result {
                self.leave_out(at.first);
                at.first += 1;
            } else if !self.lane.claim.meets(at.first, at.fence) {
                self.write_down();
                return false;
            }
            self.owned = Some(at);
        }
        self.owned.is_some()
    }

    /// Fills the empty lane: with at most `size` items from the cursor, or with half of what is in another lane. `admits`
    /// says whether an item may still start. `fence`: between this worker and those who may take from its lane. `None`: nothing
    /// is left that may start; else the index of the first.
    pub(crate) fn fill(
        &mut self,
        size: impl Fn(u32) -> u32,
        admits: impl Fn(u64) -> bool,
        fence: Fence,
    ) -> Option<u64> {
        assert!(
            self.stopped.is_none(),
            "fanout: a lane was filled that goes on; this is a bug in fanout"
        );
        debug_assert_eq!(self.lane.claim.look().unclaimed(), 0);
        self.fill_from_cursor(size, &admits, fence)
            .or_else(|| self.fill_from_another(&admits, fence))
            .map(|owned| {
                let first = owned.first;
                self.owned = Some(owned);
                self.low = first;
                u64::from(first)
            })
    }

    /// Writes down where there are results: so once for a range, and not for each item.
    #[cold]
    fn write_down(&mut self) {
        let end = self.lane.claim.look().published(self.low);
        self.note(end);
        self.low = end;
    }

    /// A place that was claimed has no result.
    #[cold]
    fn leave_out(&mut self, place: u32) {
        self.note(place);
        self.low = place + 1;
    }

    /// There are results from `low` on to `end`.
    fn note(&mut self, end: u32) {
        if self.low < end {
            self.filled.push(self.low..end);
        }
    }

    fn fill_from_cursor(
        &self,
        size: impl Fn(u32) -> u32,
        admits: impl Fn(u64) -> bool,
        fence: Fence,
    ) -> Option<Owned> {
        let table = self.table;
        // Relaxed: looked at again by the compare-exchange.
        let mut seen = table.cursor.load(Ordering::Relaxed);
        if seen >= table.len || !admits(u64::from(seen)) {
            return None;
        }
        // Relaxed: published by the release of the compare-exchange below, for those who acquire the cursor.
        self.lane.filling.store(true, Ordering::Relaxed);
        let range = loop {
            if seen >= table.len {
                break None;
            }
            // Guided: the ranges get smaller towards the end, so that the workers end together.
            let share = ((table.len - seen) / (2 * table.lanes.len() as u32)).max(1);
            let end = seen.saturating_add(size(share).max(1)).min(table.len);
            // Bounded by `len`: a fetch_add could run past it and wrap. Release: see above. Acquire: it hands on what
            // earlier claimers released to those who find the cursor at the end.
            match table
                .cursor
                .compare_exchange_weak(seen, end, Ordering::AcqRel, Ordering::Relaxed)
            {
                Ok(_) => break Some((seen, end)),
                Err(changed) => seen = changed,
            }
        };
        let owned = range.map(|(low, end)| self.lane.claim.show_again(low, end, fence));
        // Release: who sees that the lane is not filling any more sees what it was filled with.
        self.lane.filling.store(false, Ordering::Release);
        owned
    }

    fn fill_from_another(&self, admits: impl Fn(u64) -> bool, fence: Fence) -> Option<Owned> {
        let table = self.table;
        let worth = |lane: &Lane| {
            let claimed = lane.claim.look();
            if admits(u64::from(claimed.front())) {
                claimed.unclaimed()
            } else {
                0
            }
        };
        // Blocks while another worker moves items from lane to lane, or waits for a third to fill its own.
        let moving = table.moving.lock();
        loop {
            let victim = table.lanes.iter().max_by_key(|lane| worth(lane));
            if let Some(victim) = victim.filter(|victim| worth(victim) > 0) {
                if let Some((low, high)) = victim.claim.steal() {
                    let owned = self.lane.claim.show_again(low, high, fence);
                    drop(moving);
                    return Some(owned);
                }
                continue;
            }
            // Acquire, both: as in `nothing_left`.
            let cursor = table.cursor.load(Ordering::Acquire);
            let filling = table
                .lanes
                .iter()
                .any(|lane| lane.filling.load(Ordering::Acquire));
            if filling {
                // A few instructions away from having something, or from having nothing.
                yield_now();
            } else if table.lanes.iter().all(|lane| worth(lane) == 0) {
                // Whatever is at the cursor is beyond what may start: it was looked at before.
                debug_assert!(cursor >= table.len || !admits(u64::from(cursor)));
                return None;
            }
        }
    }
}

impl<X: Indexed, O> Drop for LaneOwner<'_, X, O> {
    fn drop(&mut self) {
        self.write_down();
        self.table.filled.lock().append(&mut self.filled);
    }
}
