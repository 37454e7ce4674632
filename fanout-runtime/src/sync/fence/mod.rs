//! [`Fence`]: the order between "I write, then I look" on one side and "I look, after I wrote" on the other.
//!
//! Two threads that each write a word and then read the other's must not both read the past. That takes a fence between write and
//! read on both sides; release and acquire do not give it. Where one side does this for each item and the other a few times
//! a batch, the fence can be *asymmetric*: the often side only keeps its compiler from reordering ([`Fence::light`]), and the seldom
//! side has the operating system run a full fence on every core that runs a thread of this process ([`Fence::heavy`]).
//! A light and a heavy fence are ordered as two full ones would be; two light ones are not ordered at all.
//!
//! The idea is that of Dice, Huang and Yang ("Asymmetric Dekker synchronization", 2001); the names are those of C++'s
//! P1202 and of folly. On Linux the heavy side is `membarrier`, elsewhere both sides are full fences.

#[cfg(all(test, not(any(fanout_loom, fanout_shuttle))))]
mod tests;

use super::backend::atomic::{Ordering, fence};

/// Who pays for the order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fence {
    /// Both sides the same: where the light side is not more frequent by far than the heavy one.
    Even,
    /// The heavy side alone. It costs some microseconds there.
    Asymmetric,
}

impl Fence {
    /// Asks the operating system whether it knows how, once in a process. That may take it 10 ms, so nobody else waits for the
    /// answer: not to be called under a lock.
    #[inline]
    pub(crate) fn prepare() {
        system::prepare();
    }

    /// [`Asymmetric`](Self::Asymmetric) if that is `wanted` and the operating system is known to know how.
    pub(crate) fn asymmetric_if(wanted: bool) -> Self {
        if wanted && system::knows_how() {
            Self::Asymmetric
        } else {
            Self::Even
        }
    }

    /// The often side, between its write and its look.
    #[inline]
    pub(crate) fn light(self) {
        match self {
            Self::Even => fence(Ordering::SeqCst),
            Self::Asymmetric => system::light(),
        }
    }

    /// The seldom side, between its write and its look. Never blocks on another thread of the program.
    pub(crate) fn heavy(self) {
        match self {
            Self::Even => fence(Ordering::SeqCst),
            Self::Asymmetric => system::heavy(),
        }
    }
}

#[cfg(all(
    any(target_os = "linux", target_os = "android"),
    not(any(fanout_loom, fanout_shuttle))
))]
mod system {
    use std::sync::atomic::{AtomicU8, Ordering, compiler_fence, fence};
    use std::time::Duration;

    use rustix::thread::{MembarrierCommand, membarrier, membarrier_query};

    const UNKNOWN: u8 = 0;
    const ASKED: u8 = 1;
    const GRANTED: u8 = 2;
    /// Also where the kernel refuses what it had granted: a sandbox was closed meanwhile.
    const REFUSED: u8 = 3;

    static ANSWER: AtomicU8 = AtomicU8::new(UNKNOWN);

    #[inline]
    pub(super) fn knows_how() -> bool {
        // Acquire: pairs with the release in `ask`, so that the process is registered before anybody relies on it. Whoever
        // misses a refusal finds out by itself, in `heavy`.
        ANSWER.load(Ordering::Acquire) == GRANTED
    }

    #[inline]
    pub(super) fn prepare() {
        // Relaxed: the first to ask is decided in `ask`.
        if ANSWER.load(Ordering::Relaxed) == UNKNOWN {
            ask();
        }
    }

    #[cold]
    fn ask() {
        // Relaxed: a read-modify-write has one winner whatever its ordering.
        let first = ANSWER.compare_exchange(UNKNOWN, ASKED, Ordering::Relaxed, Ordering::Relaxed);
        if first.is_ok() {
            // Blocks until every core has passed through the kernel's scheduler.
            let answer = if register() { GRANTED } else { REFUSED };
            // Release: see `knows_how`.
            ANSWER.store(answer, Ordering::Release);
        }
    }

    fn register() -> bool {
        membarrier_query().contains_command(MembarrierCommand::PrivateExpedited)
            && membarrier(MembarrierCommand::RegisterPrivateExpedited).is_ok()
    }

    #[inline]
    pub(super) fn light() {
        compiler_fence(Ordering::SeqCst);
    }

    pub(super) fn heavy() {
        if membarrier(MembarrierCommand::PrivateExpedited).is_err() {
            without_the_kernel();
        }
    }

    #[cold]
    fn without_the_kernel() {
        // Relaxed: whoever misses it finds out by itself.
        ANSWER.store(REFUSED, Ordering::Relaxed);
        wait_for_writes();
    }

    /// What a write that has left its thread's registers waits for is room in a cache, and it waits for that less than a
    /// microsecond: no architecture promises a limit, each has one. So time is a fence, if there is no other.
    pub(super) fn wait_for_writes() {
        fence(Ordering::SeqCst);
        std::thread::sleep(Duration::from_millis(1));
        fence(Ordering::SeqCst);
    }
}

#[cfg(not(all(
    any(target_os = "linux", target_os = "android"),
    not(any(fanout_loom, fanout_shuttle))
)))]
mod system {
    use super::{Ordering, fence};

    pub(super) fn prepare() {}

    /// The model checkers explore both kinds.
    pub(super) fn knows_how() -> bool {
        cfg!(any(fanout_loom, fanout_shuttle))
    }
    pub(super) fn light() {
        fence(Ordering::SeqCst);
    }
    pub(super) fn heavy() {
        fence(Ordering::SeqCst);
    }
}
