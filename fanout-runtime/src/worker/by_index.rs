//! A run over items in memory whose results go straight to their places: no window, nobody waits.
//!
//! # Protocol
//!
//! Each worker has a *lane*: a claim word ([`crate::deliver::claim`]) over the range of indexes that it is at.
//!
//! 1. `cursor` divides what nobody has been given (from it on) from what is in a lane. A worker takes the next range by
//!    compare-exchange, never beyond `len`, and shows it in its own lane. It marks its lane `filling` before and until then.
//! 2. When nothing is left at the cursor, a worker takes the back half of somebody's lane and shows it in its own, under
//!    `moving`: so whoever looks for something to steal under that lock sees every unclaimed item in some lane, or a lane
//!    that is `filling`.
//! 3. A worker that finds nothing under that lock, with the cursor at the end and no lane filling, quits: every item is
//!    claimed, and nothing is ever unclaimed again.
//! 4. Items that nobody claims (after a stop) and results that nobody asked for are dropped by the calling thread, when all
//!    workers have left: a worker writes down which places it has filled.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Instant;

use crossbeam_utils::CachePadded;

use crate::builder::hooks::Hooks;
use crate::deliver::claim::Claim;
use crate::deliver::segment::{Payload, drop_caught};
use crate::deliver::slots::Slots;
use crate::input::Indexed;
use crate::outcome::ending::Ending;
use crate::run::{Cause, Common, Hand, Keep};
use crate::sync::Mutex;
use crate::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use crate::sync::thread::yield_now;
use crate::threads::Help;
use crate::worker::work::Work;

/// What one worker is at.
#[derive(Debug)]
struct Lane {
    claim: Claim,
    filling: AtomicBool,
}

/// The run.
pub(crate) struct IndexRun<X: Indexed, W: Work<X::Item>, E: Ending<W::Out>, H, K> {
    pub(crate) common: Common<W, H, K, E::Error>,
    items: X,
    outs: Slots<E::Item>,
    len: u32,
    cursor: CachePadded<AtomicU32>,
    lanes: Box<[CachePadded<Lane>]>,
    moving: Mutex<()>,
    filled: Mutex<Vec<(u32, u32)>>,
    batch: Option<usize>,
    /// Whether the first worker looks how much there is to do before it wakes others.
    cpu_bound: bool,
}

/// Less work than this is done by one worker before others could be awake.
const WORTH_WAKING: core::time::Duration = core::time::Duration::from_micros(60);

impl<X, W, E, H, K> IndexRun<X, W, E, H, K>
where
    X: Indexed,
    W: Work<X::Item>,
    E: Ending<W::Out>,
    H: Hooks,
    K: Keep<W::Local>,
{
    pub(crate) fn new(
        common: Common<W, H, K, E::Error>,
        items: X,
        workers: usize,
        batch: Option<usize>,
        cpu_bound: bool,
    ) -> Self {
        // The caller has made sure that it fits.
        let len = items.len() as u32;
        Self {
            common,
            items,
            outs: Slots::empty(len as usize),
            len,
            cursor: CachePadded::new(AtomicU32::new(0)),
            lanes: (0..workers)
                .map(|_| {
                    CachePadded::new(Lane {
                        claim: Claim::new(0, 0),
                        filling: AtomicBool::new(false),
                    })
                })
                .collect(),
            moving: Mutex::new(()),
            filled: Mutex::new(Vec::new()),
            batch,
            cpu_bound,
        }
    }

    /// Works as `worker` until nothing is left to claim.
    pub(crate) fn serve(&self, worker: usize) {
        let mut hand = self.common.hand(worker, worker, self.batch);
        let mut filled = Vec::new();
        // The first worker of a run of short items asks for company only if there is enough to do.
        let mut alone = worker == 0 && self.cpu_bound;
        if worker == 0 && !alone {
            self.common.summon_next();
        }
        while !hand.retired {
            if alone && hand.items != 0 && self.is_worth_waking(&hand) {
                alone = false;
                self.common.summon_next();
            }
            let Some(low) = self
                .claim_range(&hand, worker)
                .or_else(|| self.steal(worker))
            else {
                break;
            };
            let end = self.run(&mut hand, &self.lanes[worker], low);
            if end > low {
                filled.push((low, end));
            }
        }
        self.filled.lock().append(&mut filled);
        self.common.lay_down(hand);
    }

    fn is_worth_waking(&self, hand: &Hand<W::Local, H::Guard>) -> bool {
        // Relaxed: an estimate.
        let left = self.len - self.cursor.load(Ordering::Relaxed).min(self.len);
        hand.busy.as_nanos() * u128::from(left) > WORTH_WAKING.as_nanos() * u128::from(hand.items)
    }

    /// Whether everything has been given to somebody.
    fn nothing_left(&self) -> bool {
        // Acquire: who sees the cursor at the end sees the lanes that took it there (1.).
        self.cursor.load(Ordering::Acquire) >= self.len
            && !self.lanes.iter().any(|lane| {
                lane.filling.load(Ordering::Acquire) || lane.claim.look().unclaimed() > 0
            })
    }

    /// Takes the next range at the cursor into the worker's own lane.
    fn claim_range(&self, hand: &Hand<W::Local, H::Guard>, worker: usize) -> Option<u32> {
        let lane = &self.lanes[worker];
        // Relaxed: looked at again by the compare-exchange.
        let mut seen = self.cursor.load(Ordering::Relaxed);
        if seen >= self.len || !self.common.stop.admits(u64::from(seen)) {
            return None;
        }
        // Relaxed: published by the release of the compare-exchange below, for those who acquire the cursor.
        lane.filling.store(true, Ordering::Relaxed);
        let range = loop {
            if seen >= self.len {
                break None;
            }
            let share = if self.batch.is_some() {
                u32::MAX
            } else {
                // Guided: the ranges get smaller towards the end, so that the workers end together.
                ((self.len - seen) / (2 * self.lanes.len() as u32)).max(1)
            };
            let end = seen.saturating_add(hand.sizer.size(share)).min(self.len);
            // Bounded by `len`: a fetch_add could run past it and wrap. Release: see above. Acquire: nothing is read because
            // of it; it continues what earlier claimers released to those who find the cursor at the end.
            match self
                .cursor
                .compare_exchange_weak(seen, end, Ordering::AcqRel, Ordering::Relaxed)
            {
                Ok(_) => break Some((seen, end)),
                Err(changed) => seen = changed,
            }
        };
        if let Some((low, end)) = range {
            lane.claim.show(low, end);
        }
        // Release: who sees that the lane is not filling any more sees what it was filled with.
        lane.filling.store(false, Ordering::Release);
        range.map(|(low, _)| low)
    }

    /// Takes the back half of the lane with most in it into the worker's own (2.). `None`: there is nothing left (3.).
    fn steal(&self, worker: usize) -> Option<u32> {
        // Blocks while another worker moves items from lane to lane, or waits for a third to fill its own.
        let moving = self.moving.lock();
        loop {
            let victim = self
                .lanes
                .iter()
                .max_by_key(|lane| self.worth_stealing(lane))
                .filter(|lane| self.worth_stealing(lane) > 0);
            if let Some((low, high)) = victim.and_then(|victim| victim.claim.steal()) {
                self.lanes[worker].claim.show(low, high);
                drop(moving);
                return Some(low);
            }
            if victim.is_some() {
                continue;
            }
            // Acquire: as in `nothing_left`. A lane that fills now will have something in a few instructions.
            let filling = self
                .lanes
                .iter()
                .any(|lane| lane.filling.load(Ordering::Acquire));
            if !filling {
                if self.nothing_left() || self.is_stopped() {
                    return None;
                }
                // Shown between the two looks.
                continue;
            }
            yield_now();
        }
    }

    fn is_stopped(&self) -> bool {
        let low = self
            .lanes
            .iter()
            .map(|lane| lane.claim.look())
            .filter(|claimed| claimed.unclaimed() > 0)
            .map(|claimed| claimed.front)
            .min();
        // Acquire: as in `nothing_left`.
        let low = low.unwrap_or_else(|| self.cursor.load(Ordering::Acquire));
        !self.common.stop.admits(u64::from(low))
    }

    fn worth_stealing(&self, lane: &Lane) -> u32 {
        let claimed = lane.claim.look();
        if claimed.unclaimed() > 0 && self.common.stop.admits(u64::from(claimed.front)) {
            claimed.unclaimed()
        } else {
            0
        }
    }

    /// Runs the items of the worker's own lane, from `low` on. Returns the end of the results that were put.
    fn run(&self, hand: &mut Hand<W::Local, H::Guard>, lane: &Lane, low: u32) -> u32 {
        let before = hand.items;
        let began = Instant::now();
        let mut end = low;
        let caught = catch_unwind(AssertUnwindSafe(|| {
            self.run_items(hand, lane, low, &mut end)
        }));
        if let Err(payload) = caught {
            hand.retired = true;
            crate::threads::do_not_reuse();
            self.common.fail(hand.cx.index(), Cause::Panic(payload));
        }
        let took = began.elapsed();
        let items = (hand.items - before) as u32;
        hand.busy += took;
        hand.sizer.learn(items, took);
        self.common.tell_progress(u64::from(items));
        end
    }

    fn run_items(&self, hand: &mut Hand<W::Local, H::Guard>, lane: &Lane, low: u32, end: &mut u32) {
        let stop = &*self.common.stop;
        hand.cx.begin(u64::from(low));
        let Some(()) = self.common.begin_local::<X::Item, E>(hand) else {
            return;
        };
        while let Some(place) = lane.claim.next() {
            let index = u64::from(place);
            // SAFETY: claimed just now, and every claim is of another place: lanes are filled with ranges that the cursor
            // passed once, or that were taken out of another lane.
            let item = unsafe { self.items.take(place as usize) };
            if !stop.admits(index) || stop.check_deadline() {
                let mut panic = None;
                drop_caught(item, &mut panic);
                if let Some(payload) = panic {
                    self.common.fail_astray(payload);
                }
                // What comes after it will not start either; the lane may be filled again, so it has to be empty.
                continue;
            }
            match self.common.call::<X::Item, E>(hand, index, item) {
                Ok(out) => {
                    // SAFETY: the place of a claimed item has no result yet, and nobody reads it before the workers have
                    // left.
                    unsafe { self.outs.put(place as usize, out) };
                    *end = place + 1;
                }
                Err(error) => self.common.fail(index, Cause::Fault(error)),
            }
        }
    }

    /// When the workers have left: drops the items that nobody claimed.
    pub(crate) fn drain_items(&self) -> Option<Payload> {
        let mut first = None;
        if !core::mem::needs_drop::<X::Item>() {
            return first;
        }
        // Relaxed: the workers have left, and how they did makes all they wrote visible.
        let cursor = self.cursor.swap(self.len, Ordering::Relaxed);
        let lanes = self.lanes.iter().map(|lane| {
            let claimed = lane.claim.look();
            lane.claim.show(1, 0);
            claimed.front..claimed.back
        });
        for place in lanes.flatten().chain(cursor..self.len) {
            // SAFETY: unclaimed: beyond the cursor, or in a lane whose word says so; both were closed above.
            let item = unsafe { self.items.take(place as usize) };
            drop_caught(item, &mut first);
        }
        first
    }

    /// When the workers have left: all results in input order if they are all there, which is when nothing stopped the run.
    pub(crate) fn results(&mut self) -> Option<Vec<E::Item>> {
        let filled = core::mem::take(&mut *self.filled.lock());
        let outs = core::mem::replace(&mut self.outs, Slots::empty(0));
        let count: u64 = filled.iter().map(|(low, end)| u64::from(end - low)).sum();
        if count == u64::from(self.len) {
            // SAFETY: each place was claimed once, so as many results as places are a result in each place.
            return Some(unsafe { outs.into_vec(self.len as usize) });
        }
        let mut first = None;
        for place in filled.into_iter().flat_map(|(low, end)| low..end) {
            // SAFETY: a worker wrote down that it has put it, and the list was taken.
            drop_caught(unsafe { outs.take(place as usize) }, &mut first);
        }
        if let Some(payload) = first {
            self.common.failures.record_stray(payload);
        }
        None
    }
}

impl<X, W, E, H, K> Help for IndexRun<X, W, E, H, K>
where
    X: Indexed,
    X::Item: Send,
    W: Work<X::Item>,
    E: Ending<W::Out>,
    E::Item: Send,
    E::Error: Send,
    H: Hooks,
    K: Keep<W::Local> + Sync,
{
    /// A helper from its first step to its last. Never unwinds.
    fn help(&self, helper: usize) {
        let worker = self.common.first_helper + helper;
        if !self.nothing_left() && !self.common.stop.is_stopped() {
            self.common.summon_next();
        }
        self.serve(worker);
    }
}
