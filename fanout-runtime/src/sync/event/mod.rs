//! The event count: the only thing a thread of this crate sleeps on while a run is going on.
//!
//! A thread that waits for a condition does
//!
//! ```text
//! loop {
//!     if condition() { break }
//!     let listener = event.listen();      // (1) register
//!     if condition() { break }            // (2) re-check
//!     listener.wait();                    // (3) sleep
//! }
//! ```
//!
//! and a thread that changes the condition does
//!
//! ```text
//! change();                               // (a)
//! event.notify_one();                     // (b)
//! ```
//!
//! # Why no wake-up is lost
//!
//! 1. `waiting` is the number of seats that are `Waiting`; it changes only under the queue's lock.
//! 2. (a) and (2) must be ordered with each other: both under one mutex; or both read-modify-writes
//!    of one atomic, with at least Release in (2) and at least Acquire in (a); or with a fence (see
//!    [`super::fence`]) between (a) and (b) and one between (1) and (2). (A plain load in (2) is not
//!    enough: both sides could then read the past, each missing the other's write.)
//! 3. So either (2) comes after (a) and sees the change; or (2) comes before (a), and then the
//!    registration (1) comes before (b): the notifier cannot read a `waiting` older than (1).
//!    If it then reads 0, or finds nobody under the lock, somebody has called this listener since. (The same
//!    holds for `sound` and listeners that do not nap. `notify_elsewhere` promises nothing: it may find somebody and call nobody.)
//! 4. A called seat stays `Called` until its listener has taken notice, so a listener that is not yet
//!    asleep does not fall asleep.
//! 5. A call made by `notify_one` whose listener goes away without waiting is handed to the next one
//!    that waits, wherever that is: the notifier meant one sleeper, and this one was none. A call made by `notify_all`
//!    is not handed on: everybody it was meant for has been called.
//! 6. A wait whose deadline has passed looks at its seat under the lock. If it was called, it says
//!    `Notified`; the caller then looks at the condition before it heeds its deadline.
//!
//! # Locks
//!
//! The queue's lock is a leaf, held for a few instructions, and never while a bell is rung: a thread
//! that wakes up would run into it at once.

mod queue;

#[cfg(all(test, fanout_loom))]
mod loom_tests;
#[cfg(all(test, fanout_shuttle, not(fanout_loom)))]
mod shuttle_tests;
#[cfg(all(test, not(any(fanout_loom, fanout_shuttle))))]
mod tests;

use self::queue::{Call, Queue, SeatId};
use crate::sync::atomic::{AtomicUsize, Ordering};
use crate::sync::thread::current_core;
use crate::sync::time::Instant;
use crate::sync::{Condvar, Mutex};
use crossbeam_utils::CachePadded;
use std::fmt;
use std::mem::ManuallyDrop;
use std::sync::Arc;

/// See the module's documentation.
///
/// Padded as a whole: notifiers read `waiting` on their hot path, and a neighbour's writes must not
/// take that line away from them.
pub(crate) struct Event {
    shared: CachePadded<Shared>,
}

struct Shared {
    /// Invariant 1.
    waiting: AtomicUsize,
    /// Those of them that do not nap: as invariant 1.
    sound: AtomicUsize,
    queue: Mutex<Queue>,
}

/// How a wait with a deadline ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use]
pub(crate) enum Woken {
    /// Called. The condition may be true; look before giving up because of a deadline.
    Notified,
    /// The deadline has passed and nobody has called.
    TimedOut,
}

impl Event {
    pub(crate) fn new() -> Self {
        Self {
            shared: CachePadded::new(Shared {
                waiting: AtomicUsize::new(0),
                sound: AtomicUsize::new(0),
                queue: Mutex::new(Queue::new()),
            }),
        }
    }

    /// Registers the calling thread as a sleeper. It re-checks its condition after this, and then
    /// either drops the listener or waits with it.
    pub(crate) fn listen(&self) -> Listener<'_> {
        let mut queue = self.shared.queue.lock();
        let seat = queue.take_seat();
        self.shared.publish(&queue);
        Listener { event: self, seat }
    }

    /// Calls the listener that has waited longest, of those that fell asleep on another core than this thread's, if there are any
    /// near the front. When nobody listens this is one load.
    #[inline]
    pub(crate) fn notify_one(&self) {
        if self.shared.anybody_waits() {
            self.shared.call_one(false);
        }
    }

    /// As [`notify_one`](Self::notify_one), but for nobody if all who listen nap.
    #[inline]
    pub(crate) fn notify_one_of_the_sound(&self) {
        // Relaxed: as in `anybody_waits`.
        if self.shared.sound.load(Ordering::Relaxed) != 0 {
            self.shared.call_one(false);
        }
    }

    /// Calls the listener that has waited longest of those that fell asleep on another core, if there is one near the front. No
    /// substitute for [`notify_one`](Self::notify_one): it is for a caller that knows of somebody who looks again without being
    /// called.
    pub(crate) fn notify_elsewhere(&self) {
        if self.shared.anybody_waits() {
            self.shared.call_one(true);
        }
    }

    /// Calls every listener that is registered now.
    #[inline]
    pub(crate) fn notify_all(&self) {
        if self.shared.anybody_waits() {
            self.shared.call_all();
        }
    }

    /// How many listeners wait uncalled: a hint, out of date when it arrives.
    #[inline]
    pub(crate) fn sleepers(&self) -> usize {
        // Relaxed: a hint decides nothing that must be right.
        self.shared.waiting.load(Ordering::Relaxed)
    }
}

impl fmt::Debug for Event {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Event")
            .field("sleepers", &self.sleepers())
            .finish_non_exhaustive()
    }
}

impl Shared {
    #[inline]
    fn anybody_waits(&self) -> bool {
        // Relaxed: that a registration which matters is seen follows from invariant 3, which makes
        // it happen before this load; a load never returns a value older than one that happened
        // before it. Everything else is read under the lock.
        self.waiting.load(Ordering::Relaxed) != 0
    }

    /// Called with the queue's lock held, after every change of the queue.
    fn publish(&self, queue: &Queue) {
        // Relaxed: all stores are made under the lock, so their order is the lock's order; what
        // carries them to a notifier is the condition's own synchronisation (invariant 2).
        self.waiting.store(queue.waiting(), Ordering::Relaxed);
        self.sound.store(queue.sound(), Ordering::Relaxed);
    }

    #[cold]
    fn call_one(&self, elsewhere: bool) {
        let mut queue = self.queue.lock();
        let bell = if elsewhere {
            queue.call_elsewhere(current_core)
        } else {
            queue.call_one(current_core)
        };
        self.publish(&queue);
        drop(queue);
        ring(bell);
    }

    #[cold]
    fn call_all(&self) {
        let mut queue = self.queue.lock();
        let bells = queue.call_everybody();
        self.publish(&queue);
        drop(queue);
        for bell in bells {
            bell.notify_one();
        }
    }
}

/// A bell that rings late, when its seat has a new owner, is a spurious wake-up for that one and no
/// more: sleepers look at their seat.
fn ring(bell: Option<Arc<Condvar>>) {
    if let Some(bell) = bell {
        bell.notify_one();
    }
}

/// A registered sleeper. Dropping it without waiting is what one does when the re-check succeeded.
#[must_use = "a listener that is dropped at once registers nobody"]
pub(crate) struct Listener<'a> {
    event: &'a Event,
    seat: SeatId,
}

impl Listener<'_> {
    /// This one looks again soon, whether it is called or not: it waits with a near deadline.
    pub(crate) fn naps(&self) {
        let shared = &self.event.shared;
        let mut queue = shared.queue.lock();
        queue.naps(self.seat);
        shared.publish(&queue);
    }

    /// Blocks until called; returns at once if that has happened since `listen`.
    #[cfg(test)]
    pub(crate) fn wait(self) {
        // Without a deadline there is no other way to end than a call.
        let _ = self.wait_deadline(None);
    }

    /// Blocks until called, but not beyond `deadline` (`None`: no limit).
    pub(crate) fn wait_deadline(self, deadline: Option<Instant>) -> Woken {
        // The seat is left below, not by `Drop`; nothing in between unwinds.
        let listener = ManuallyDrop::new(self);
        let (shared, seat) = (&listener.event.shared, listener.seat);
        let mut queue = shared.queue.lock();
        let bell = queue.bell(seat);
        let mut late = false;
        let woken = loop {
            match queue.call_of(seat) {
                Call::Made => break Woken::Notified,
                Call::NotYet if late => break Woken::TimedOut,
                Call::NotYet => {}
            }
            queue.falls_asleep(seat, current_core());
            // Sleeps with no lock but the queue's, which the wait gives up.
            (queue, late) = bell.wait_deadline(queue, deadline);
            queue.wakes_up(seat);
        };
        // The call, if there was one, is used up here and not handed on.
        let _ = queue.leave_seat(seat);
        shared.publish(&queue);
        woken
    }
}

impl Drop for Listener<'_> {
    fn drop(&mut self) {
        let mut queue = self.event.shared.queue.lock();
        let had_call_for_one = queue.leave_seat(self.seat);
        // Invariant 5.
        let bell = if had_call_for_one {
            queue.call_one(current_core)
        } else {
            None
        };
        self.event.shared.publish(&queue);
        drop(queue);
        ring(bell);
    }
}
