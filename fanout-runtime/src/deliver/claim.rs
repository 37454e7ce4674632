//! [`Claim`]: who may touch which places of a run of items. For its owner no lock, and no more than a store and a load an item.
//!
//! # Protocol
//!
//! A run of items is a range of places, worked on from the front by one *owner*; idle workers take from its back.
//! `front` is written by the owner alone, `back` by whoever holds `meeting`:
//!
//! 1. `[front, back)` is unclaimed: the item is there, and whoever claims it may take it out.
//! 2. The owner claims the place `front` by adding one to it; *then* it looks at `back`. If the place is below, it is the
//!    owner's. It claims the next only after it has put the result of the last: so the same store *publishes* that result,
//!    and `[low, front - 1)` are results that are there. (`low`: where the range begins.)
//! 3. If the place is not below `back`, owner and thief may have met. The owner takes the lock and looks again: a thief inside
//!    it may have lowered `back` for a moment only. If it has not, the range is *finished*: `front` says so, and stays.
//! 4. A thief takes the lock, lowers `back` to the middle of `[front, back)`, and *then* looks at `front` again. If the owner has
//!    not come beyond the middle, `[middle, back)` is the thief's, as a range of its own. Else it puts `back` where it was,
//!    and tries again with what is left.
//! 5. A range that is still being filled is *hidden*: `front` says so, and gives nothing away until it is shown, once.
//! 6. An owner that gives up (error, panic, stop) leaves everything as it is: what it has put before the item in its hands
//!    is published, the item in its hands is its own to drop, `[front, back)` stays unclaimed.
//! 7. A range that is *walked* by a worker that has nobody beside it never holds an item: `back` stays 0, and `front` is
//!    `n + 1` when `n` results are there, so that they are published and nothing is unclaimed. It is finished as in 3.
//!
//! Why no place is claimed twice: each side writes its word and then looks at the other's, with a fence in between
//! ([`Fence`]), so at least one of them sees the other. If the owner does, it waits for the thief to end; if only the thief does,
//! it gives back. (This is the protocol of Cilk-5's "THE", Frigo, Leiserson and Randall, 1998, which steals from the front.)

use crate::sync::Mutex;
use crate::sync::atomic::{AtomicBool, AtomicU32, AtomicU64, Ordering};
use crate::sync::fence::Fence;

/// The claim words of a range.
#[derive(Debug)]
pub(crate) struct Claim {
    /// The first place that the owner has not claimed, and [`FINISHED`] or [`HIDDEN`].
    front: AtomicU64,
    back: AtomicU32,
    /// Whether the owner has the light side of an asymmetric fence. Fixed while the range is shown.
    asymmetric: AtomicBool,
    /// Held for some instructions, and for the heavy side of a fence.
    meeting: Mutex<()>,
}

/// There are and will be no more results than those that are published.
const FINISHED: u64 = 1 << 32;
/// The range is still being filled (5.).
const HIDDEN: u64 = 1 << 33;

/// What the words say at one moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Claimed {
    word: u64,
    pub(crate) back: u32,
}

impl Claimed {
    /// The first place that the owner has not claimed.
    #[inline]
    pub(crate) fn front(self) -> u32 {
        self.word as u32
    }

    /// The end of the results that are there, in a range that begins at `low`.
    #[inline]
    pub(crate) fn published(self, low: u32) -> u32 {
        if self.is_hidden() {
            low
        } else {
            low.max(self.front().saturating_sub(1))
        }
    }

    /// Whether the range is still being filled (5.).
    #[inline]
    pub(crate) fn is_hidden(self) -> bool {
        self.word & HIDDEN != 0
    }

    /// Whether the range is finished (3.).
    #[inline]
    pub(crate) fn is_finished(self) -> bool {
        self.word & FINISHED != 0
    }

    /// How many items nobody has claimed. (Too few while a thief is at it.)
    #[inline]
    pub(crate) fn unclaimed(self) -> u32 {
        if self.word & (HIDDEN | FINISHED) == 0 {
            self.back.saturating_sub(self.front())
        } else {
            0
        }
    }
}

/// What the owner of a range knows without looking: its own step costs no more than it has to.
#[derive(Debug)]
pub(crate) struct Owned {
    /// The first place to claim.
    pub(crate) first: u32,
    /// `back` as it was when the range was shown: it only falls.
    pub(crate) end: u32,
    /// Between the owner and everybody else.
    pub(crate) fence: Fence,
}

impl Claim {
    /// A range that is still being filled. `fence`: between its owner and everybody else.
    pub(crate) fn hidden(fence: Fence) -> Self {
        Self::with(HIDDEN, 0, fence)
    }

    /// A range, and what its owner has to know.
    pub(crate) fn new(low: u32, high: u32, fence: Fence) -> (Self, Owned) {
        let owned = Owned {
            first: low,
            end: high,
            fence,
        };
        (Self::with(low.into(), high, fence), owned)
    }

    /// A range in which nothing is left.
    pub(crate) fn finished() -> Self {
        Self::with(FINISHED, 0, Fence::Even)
    }

    fn with(front: u64, back: u32, fence: Fence) -> Self {
        Self {
            front: AtomicU64::new(front),
            back: AtomicU32::new(back),
            asymmetric: AtomicBool::new(fence == Fence::Asymmetric),
            meeting: Mutex::new(()),
        }
    }

    /// The fence between the owner and everybody else.
    pub(crate) fn fence(&self) -> Fence {
        // Relaxed: written before the range was shown, or under `meeting`.
        if self.asymmetric.load(Ordering::Relaxed) {
            Fence::Asymmetric
        } else {
            Fence::Even
        }
    }

    /// The owner's step: publishes the result of the last item and claims `place`, the next. As far as it goes without a call: a
    /// loop of nothing else keeps what it uses in registers. Returns whether the place is the owner's; if not,
    /// [`meets`](Self::meets) is to follow.
    ///
    /// To be called by the owner alone, and not again after the range is finished.
    #[inline(always)]
    pub(crate) fn claims(&self, place: u32, fence: Fence) -> bool {
        // Release: the result just put is visible to whoever acquires the word.
        self.front.store(u64::from(place) + 1, Ordering::Release);
        // Against a thief, which lowers `back` and then looks at `front`; and against a consumer, which registers as a sleeper and
        // then looks at `front`, while the owner checks for sleepers after this step.
        fence.light();
        // Relaxed: no data hangs on it.
        place < self.back.load(Ordering::Relaxed)
    }

    /// The owner has come as far as `back` was (3.), by a step or because it knows where the end is: waits for the thief, if there
    /// is one. Returns whether `place` is the owner's; if not, the range is finished, and the last result published.
    #[cold]
    pub(crate) fn meets(&self, place: u32, fence: Fence) -> bool {
        let next = u64::from(place) + 1;
        // Blocks while a thief is between its two looks.
        let meeting = self.meeting.lock();
        // Relaxed: written under the lock.
        if place < self.back.load(Ordering::Relaxed) {
            // `front` says so already, and was put before the fence: whoever comes here without has come to the end.
            return true;
        }
        // Release: as in `claims`.
        self.front.store(FINISHED | next, Ordering::Release);
        drop(meeting);
        // As in `claims`, for the consumer.
        fence.light();
        false
    }

    /// A thief's step: takes the back half (rounded up) of what is unclaimed, and returns it.
    pub(crate) fn steal(&self) -> Option<(u32, u32)> {
        // Blocks while the owner ends the range or another thief takes a part; never while somebody is inside an item.
        let _meeting = self.meeting.lock();
        loop {
            // `back` as it was when the range was shown, or as a thief left it: not before the look at `front` says that it is
            // shown at all.
            let before = self.look();
            let back = before.back;
            if before.unclaimed() == 0 {
                return None;
            }
            let middle = before.front() + before.unclaimed() / 2;
            // Relaxed: no data hangs on it; the order with the look at `front` is the fence's.
            self.back.store(middle, Ordering::Relaxed);
            self.fence().heavy();
            if self.look().front() <= middle {
                return Some((middle, back));
            }
            // Relaxed: an owner that has seen the lower one waits for the lock.
            self.back.store(back, Ordering::Relaxed);
        }
    }

    /// Shows a range, in the place of one that is hidden.
    pub(crate) fn show(&self, low: u32, high: u32) -> Owned {
        // Relaxed: published by the store below.
        self.back.store(high, Ordering::Relaxed);
        // Release: the items are there before the range is.
        self.front.store(low.into(), Ordering::Release);
        Owned {
            first: low,
            end: high,
            fence: self.fence(),
        }
    }

    /// Shows a range, in the place of one that is finished. By its owner.
    pub(crate) fn show_again(&self, low: u32, high: u32, fence: Fence) -> Owned {
        // Blocks while a thief finds out that there is nothing to take.
        let _meeting = self.meeting.lock();
        // Relaxed: as in `fence`.
        self.asymmetric
            .store(fence == Fence::Asymmetric, Ordering::Relaxed);
        self.show(low, high)
    }

    /// Nothing is left in the range: what was unclaimed is the caller's, who has it to itself.
    pub(crate) fn close(&mut self) {
        *self = Self::finished();
    }

    /// Begins to walk a range that is hidden (7.).
    pub(crate) fn begin_walk(&self) -> Fence {
        // Release: for symmetry; nothing is there.
        self.front.store(1, Ordering::Release);
        self.fence()
    }

    /// Publishes the first `results` of a range that is walked (7.).
    ///
    /// To be called by its owner alone.
    #[inline]
    pub(crate) fn walk(&self, results: u32, fence: Fence) {
        // Release, and a fence: as in `claims`. There is no thief, as there is nothing unclaimed.
        self.front.store(u64::from(results) + 1, Ordering::Release);
        fence.light();
    }

    /// Ends a range that was walked, with `results` in all (7.).
    pub(crate) fn end_walk(&self, results: u32) {
        // Release: as in `walk`. No fence: the results were published before, and the window's lock follows.
        self.front
            .store(FINISHED | (u64::from(results) + 1), Ordering::Release);
    }

    /// What the words say.
    #[inline]
    pub(crate) fn look(&self) -> Claimed {
        // Acquire: results published by the word can be taken, and `back` is at least as new as what the range was shown with.
        let word = self.front.load(Ordering::Acquire);
        Claimed {
            word,
            // Relaxed: no data hangs on it.
            back: self.back.load(Ordering::Relaxed),
        }
    }
}
