//! [`Claim`]: who may touch which places of a run of items. One word, one atomic step an item.
//!
//! # Protocol
//!
//! A run of items is a range of places, worked on from the front by one *owner*; idle workers take from its back.
//! The word holds `front` and `back`:
//!
//! 1. `[front, back)` is unclaimed: the item is there, and whoever claims it may take it out.
//! 2. The owner claims by adding one to `front`. If the old `front` was below `back`, that place is the owner's. It claims
//!    the next only after it has put the result of the last: so the same step *publishes* that result, and
//!    `[low, front - 1)` are results that are there. (`low`: where the range begins.)
//! 3. If the old `front` was `back`, the range is *finished*: the word is now `front == back + 1`, the last result is
//!    published by the same step, and nobody changes the word again.
//! 4. A thief lowers `back` to the middle of `[front, back)` by compare-exchange; `[middle, back)` is then its own, as a
//!    range of its own.
//! 5. A range that is still being filled is *hidden*: the word says so and gives nothing away until it is shown, once.
//! 6. An owner that gives up (error, panic, stop) leaves the word as it is: what it has put before the item in its hands
//!    is published, the item in its hands is its own to drop, `[front, back)` stays unclaimed.
//!
//! 7. A range that is *walked* by a worker that has nobody beside it never holds an item: its owner has the word say
//!    `front == back == n + 1` when `n` results are there, so that they are published and nothing is unclaimed, and ends it
//!    as in 3.
//!
//! Why this is enough: `front` only rises and only by the owner, `back` only falls and never below `front`, so every
//! place is claimed by at most one. Each change is a read-modify-write of one word, so a later one sees all the effects
//! that come before an earlier one (release sequence).

use crate::sync::atomic::{AtomicU64, Ordering};

/// The claim word of a range.
#[derive(Debug)]
pub(crate) struct Claim(AtomicU64);

/// What the word says at one moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Claimed {
    pub(crate) front: u32,
    pub(crate) back: u32,
}

impl Claimed {
    const fn pack(self) -> u64 {
        ((self.front as u64) << 32) | self.back as u64
    }
    const fn unpack(word: u64) -> Self {
        Self {
            front: (word >> 32) as u32,
            back: word as u32,
        }
    }
    /// The end of the results that are there, in a range that begins at `low`.
    #[inline]
    pub(crate) fn published(self, low: u32) -> u32 {
        if self.is_hidden() {
            low
        } else {
            low.max(self.front.saturating_sub(1))
        }
    }

    /// Whether the range is still being filled (5.).
    #[inline]
    pub(crate) fn is_hidden(self) -> bool {
        self == HIDDEN
    }
    /// Whether the range is finished (3.).
    #[inline]
    pub(crate) fn is_finished(self) -> bool {
        self.front > self.back
    }
    /// How many items nobody has claimed.
    #[inline]
    pub(crate) fn unclaimed(self) -> u32 {
        self.back.saturating_sub(self.front)
    }
}

const ONE_AT_FRONT: u64 = 1 << 32;

/// Neither finished nor anything unclaimed. No range is shown at the last place there is.
const HIDDEN: Claimed = Claimed {
    front: u32::MAX,
    back: u32::MAX,
};

impl Claim {
    /// A range that is still being filled.
    pub(crate) fn hidden() -> Self {
        Self(AtomicU64::new(HIDDEN.pack()))
    }

    pub(crate) fn new(low: u32, high: u32) -> Self {
        Self(AtomicU64::new(
            Claimed {
                front: low,
                back: high,
            }
            .pack(),
        ))
    }

    /// The owner's step: publishes the result of the last item and claims the next. `None`: finished.
    ///
    /// To be called by the owner alone, and not again after `None`.
    #[inline]
    pub(crate) fn next(&self) -> Option<u32> {
        // AcqRel. Release: the result just put is visible to the consumer that acquires the word. Acquire: so that a
        // consumer that registered as a sleeper before its own read-modify-write of this word is seen by our check for
        // sleepers after this one (see `sync::event`).
        let before = Claimed::unpack(self.0.fetch_add(ONE_AT_FRONT, Ordering::AcqRel));
        (before.front < before.back).then_some(before.front)
    }

    /// A thief's step: takes the back half (rounded up) of what is unclaimed, and returns it.
    pub(crate) fn steal(&self) -> Option<(u32, u32)> {
        // Relaxed: the compare-exchange decides; this is a guess.
        let mut seen = self.0.load(Ordering::Relaxed);
        loop {
            let now = Claimed::unpack(seen);
            if now.unclaimed() == 0 {
                return None;
            }
            let middle = now.front + now.unclaimed() / 2;
            let after = Claimed {
                front: now.front,
                back: middle,
            };
            // Acquire: the items in the stolen part were put there before the range was shown. Release keeps the
            // release sequence of the owner's results (a read-modify-write continues it whatever its ordering; AcqRel
            // says what is meant).
            match self.0.compare_exchange_weak(
                seen,
                after.pack(),
                Ordering::AcqRel,
                Ordering::Relaxed,
            ) {
                Ok(_) => return Some((middle, now.back)),
                Err(changed) => seen = changed,
            }
        }
    }

    /// Shows a range, in the place of one that was hidden or is finished.
    ///
    /// Only while nobody else changes the word: a hidden word and a finished one are left alone by owners and thieves.
    pub(crate) fn show(&self, front: u32, back: u32) {
        // Release: the items are there before the range is.
        self.0
            .store(Claimed { front, back }.pack(), Ordering::Release);
    }

    /// Publishes the first `results` of a range that is walked (7.).
    ///
    /// To be called by its owner alone.
    #[inline]
    pub(crate) fn walk(&self, results: u32) {
        let at = results + 1;
        // AcqRel, and a read-modify-write although nobody else changes the word: as in `next`.
        self.0.swap(
            Claimed {
                front: at,
                back: at,
            }
            .pack(),
            Ordering::AcqRel,
        );
    }

    /// Ends a range that was walked, with `results` in all (7.).
    pub(crate) fn end_walk(&self, results: u32) {
        // AcqRel: as in `walk`.
        self.0.swap(
            Claimed {
                front: results + 1,
                back: results,
            }
            .pack(),
            Ordering::AcqRel,
        );
    }

    /// What the word says.
    #[inline]
    pub(crate) fn look(&self) -> Claimed {
        // Acquire: results published by the word can be taken.
        Claimed::unpack(self.0.load(Ordering::Acquire))
    }

    /// What the word says, by a read-modify-write: for a consumer that has registered as a sleeper and looks for the last
    /// time. Either it sees the owner's latest step, or the owner's next check for sleepers sees the registration.
    pub(crate) fn look_before_sleep(&self) -> Claimed {
        // AcqRel: Release hands the registration to the owner's next `next`; Acquire as in `look`.
        Claimed::unpack(self.0.fetch_add(0, Ordering::AcqRel))
    }
}
