//! [`Feed`]: items that the item function adds to its own run.
//!
//! # Protocol
//!
//! Each worker has a *lane*, a deque of its own: it pushes to and takes from its back, so the newest item is the next
//! (depth first), and others steal from its front, where the oldest are.
//!
//! 1. An item is put into a lane, and *then* counted in `queued`, by a read-modify-write; then somebody idle is called. Who
//!    is about to rest reads `queued` by a read-modify-write as well: either it finds the item, or the pusher finds it
//!    resting (`sync::event`, 2.).
//! 2. Items leave the lanes, and the count, under the window's lock, and in the same step they are in a segment there. So
//!    whoever has that lock finds each item that was counted in a lane or in the window.
//! 3. The run is over when the input has ended, nothing is queued, and no worker is busy: only a busy one could push. An item
//!    that is in a lane and not counted yet was put there by a worker that is still inside an item.
//!
//! So the end is found by whoever puts down the last item, under the lock, and nobody has to look for it.

mod lanes;
#[cfg(all(test, fanout_loom))]
mod loom_tests;

use core::fmt;

use crossbeam_channel::{Receiver, Sender, bounded};

use crate::deliver::caught::FirstPanic;
use crate::stop::Stop;
use crate::sync::Arc;
use crate::sync::atomic::{AtomicBool, AtomicIsize, AtomicU64, AtomicUsize, Ordering};

pub(crate) use lanes::Lane;
use lanes::Lanes;

/// Where the item function puts further items of its own run: a directory's subdirectories, a page's links, a node's
/// children. The run ends when none is left and none is running.
///
/// It belongs to the worker: it cannot be cloned, kept or sent away, and it has nothing that closes it.
///
/// ```
/// use fanout_runtime::{Feed, over};
///
/// // The numbers below 100 whose digits rise, each made from the one without its last digit.
/// let mut rising = over(1..10_u32)
///     .workers(2)
///     .map_feed(|n, feed: &Feed<u32>, _cx| {
///         (n % 10 + 1..10).map(|digit| n * 10 + digit).filter(|n| *n < 100).for_each(|n| feed.push(n));
///         n
///     })
///     .collect_unordered();
/// rising.sort();
/// assert_eq!(rising.len(), 9 + 36);
/// ```
pub struct Feed<I> {
    fed: Arc<Fed<I>>,
    lane: Lane<I>,
    stop: Arc<Stop>,
}

impl<I> Feed<I> {
    /// Adds an item to the run. Never blocks, and never refuses: the feed is the one queue without a bound of its own. As the
    /// newest are taken first, what waits follows the depth of a tree and not its breadth: with one worker the siblings along
    /// one path, with several up to a few dozen times that for each, because short items are taken up to 32 at once.
    ///
    /// After a stop no item starts: then this one is dropped, and counted in
    /// [`Report::dropped_pushes`](crate::Report::dropped_pushes).
    pub fn push(&self, item: I) {
        if self.stop.ends_pulling() {
            self.fed.count_dropped(1);
            drop(item);
            return;
        }
        self.add(item);
    }

    /// Adds an item to the run if there is room: while fewer items are waiting than the window holds.
    ///
    /// # Errors
    /// The item, where there is no room, or after a stop.
    pub fn try_push(&self, item: I) -> Result<(), I> {
        // Relaxed: how much room there is may change at any moment anyway.
        let queued = self.fed.queued.load(Ordering::Relaxed);
        if self.stop.ends_pulling() || queued >= self.fed.room() {
            return Err(item);
        }
        self.add(item);
        Ok(())
    }

    fn add(&self, item: I) {
        self.lane.push((self.fed.number(), item));
        // AcqRel: 1. in the module. Release: the item is in its lane before it is counted. Acquire: an idle worker that looked
        // before this is registered.
        let queued = self.fed.queued.fetch_add(1, Ordering::AcqRel) + 1;
        // Relaxed, both: figures for the report. Only a new peak is written down, so the line is mostly read.
        if queued > self.fed.peak.load(Ordering::Relaxed) {
            self.fed.peak.fetch_max(queued, Ordering::Relaxed);
        }
        self.stop.idle.notify_one();
        // Relaxed: that a listener which matters is seen follows from the step on `queued`, as for those that rest.
        if self.fed.listening.load(Ordering::Relaxed) {
            let _ = self.fed.bell.0.try_send(());
        }
    }

    /// The newest item of this worker's lane.
    pub(crate) fn pop(&self) -> Option<(u64, I)> {
        let newest = self.lane.pop()?;
        self.fed.took(1);
        Some(newest)
    }

    pub(crate) fn fed(&self) -> &Fed<I> {
        &self.fed
    }
}

impl<I> fmt::Debug for Feed<I> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Feed").finish_non_exhaustive()
    }
}

/// What was fed and not taken: all lanes of a run, and the count.
#[doc(hidden)]
pub struct Fed<I> {
    lanes: Lanes<I>,
    /// May be below the truth, and below zero, while a push is under way.
    queued: AtomicIsize,
    /// The number of the next item, pulled or pushed.
    numbers: AtomicU64,
    /// What `try_push` may fill.
    room: AtomicUsize,
    peak: AtomicIsize,
    dropped: AtomicU64,
    /// Rung for a worker that waits in a channel: it cannot wait for an event as well. One ring is enough, and one too many
    /// makes it look once more.
    bell: (Sender<()>, Receiver<()>),
    /// Whether a worker is about to wait so, or does.
    listening: AtomicBool,
}

impl<I> Fed<I> {
    pub(crate) fn new() -> Arc<Self> {
        Arc::new(Self {
            lanes: Lanes::new(),
            queued: AtomicIsize::new(0),
            numbers: AtomicU64::new(0),
            room: AtomicUsize::new(0),
            peak: AtomicIsize::new(0),
            dropped: AtomicU64::new(0),
            bell: bounded(1),
            listening: AtomicBool::new(false),
        })
    }

    /// A worker's own end.
    pub(crate) fn feed(self: &Arc<Self>, stop: &Arc<Stop>) -> Feed<I> {
        Feed {
            fed: Arc::clone(self),
            lane: self.lanes.open(),
            stop: Arc::clone(stop),
        }
    }

    pub(crate) fn bell(&self) -> Receiver<()> {
        self.bell.1.clone()
    }

    /// The caller is about to wait in its source: from here on it is rung for. Returns whether there is something already.
    pub(crate) fn listen(&self) -> bool {
        // Relaxed: handed to the pushers by the step on `queued` in `is_empty`.
        self.listening.store(true, Ordering::Relaxed);
        !self.is_empty()
    }

    /// The caller has waited.
    pub(crate) fn listened(&self) {
        // Relaxed: a ring that comes too late makes the next one who waits look once more.
        self.listening.store(false, Ordering::Relaxed);
        let _ = self.bell.1.try_recv();
    }

    /// In the order in which items come in, by whichever way.
    pub(crate) fn number(&self) -> u64 {
        // Relaxed: only the numbers matter, and a read-modify-write gives each of them once.
        self.numbers.fetch_add(1, Ordering::Relaxed)
    }

    pub(crate) fn set_room(&self, room: usize) {
        // Relaxed: before any worker begins, and advice.
        self.room.store(room, Ordering::Relaxed);
    }

    fn room(&self) -> isize {
        // Relaxed: advice.
        isize::try_from(self.room.load(Ordering::Relaxed)).unwrap_or(isize::MAX)
    }

    /// Whether nothing is waiting, as far as it was counted. For a worker that is about to rest, too: 1. in the module.
    pub(crate) fn is_empty(&self) -> bool {
        // AcqRel, and a read-modify-write that changes nothing: Acquire, so that what was counted is found; Release hands the
        // registration of the caller to the next pusher.
        self.queued.fetch_add(0, Ordering::AcqRel) <= 0
    }

    /// Takes up to `most` items, from the caller's `own` lane if there are any, else one from another. Under the window's
    /// lock.
    pub(crate) fn take(
        &self,
        own: Option<&Feed<I>>,
        most: u32,
        mut put: impl FnMut(u64, I),
    ) -> u32 {
        let mut taken = 0;
        if let Some(own) = own {
            while taken < most {
                let Some((number, item)) = own.lane.pop() else {
                    break;
                };
                put(number, item);
                taken += 1;
            }
        }
        if taken == 0 {
            if let Some((number, item)) = self.lanes.steal() {
                put(number, item);
                taken = 1;
            }
        }
        self.took(taken);
        taken
    }

    fn took(&self, taken: u32) {
        // AcqRel: continues what the pushes released; under the window's lock, or where one thread is all there is.
        self.queued.fetch_sub(taken as isize, Ordering::AcqRel);
    }

    /// So many items were pushed, and will not start.
    pub(crate) fn count_dropped(&self, items: u64) {
        // Relaxed: a count for the report.
        self.dropped.fetch_add(items, Ordering::Relaxed);
    }

    /// Drops what is left when nobody works on the run any more.
    pub(crate) fn drain(&self, panic: &mut FirstPanic) {
        while let Some((_, item)) = self.lanes.steal() {
            self.count_dropped(1);
            panic.drop(item);
        }
    }

    /// The most that were waiting at once, and how many were dropped because of a stop.
    pub(crate) fn figures(&self) -> (usize, u64) {
        // Relaxed, both: when nobody works on the run any more.
        let peak = usize::try_from(self.peak.load(Ordering::Relaxed)).unwrap_or(0);
        (peak, self.dropped.load(Ordering::Relaxed))
    }
}

/// What a worker has for its item function, beside its state: a [`Feed`], or nothing.
#[doc(hidden)]
pub trait HasFeed<I> {
    fn feed(&self) -> Option<&Feed<I>>;
}

impl<I> HasFeed<I> for () {
    fn feed(&self) -> Option<&Feed<I>> {
        None
    }
}

impl<I> HasFeed<I> for Feed<I> {
    fn feed(&self) -> Option<&Feed<I>> {
        Some(self)
    }
}

/// For a `const` block where a run begins, as what excludes what is known only there.
pub(crate) const fn no_order_with_a_feed(ordered: bool, sharded: bool, feeds: bool) {
    assert!(
        !(ordered && feeds),
        "FO121: `ordered` and a feed exclude each other: an item that is pushed has no place in the order of the input; leave `ordered` out"
    );
    assert!(
        !(sharded && feeds),
        "FO121: `shard_by` and a feed exclude each other: an item that is pushed has no place in the order of its key; leave `shard_by` out"
    );
}
