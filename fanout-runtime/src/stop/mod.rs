//! The one stop state of a run: first error, panic, token, deadline and a dropped stream all end here.
//!
//! # Protocol
//!
//! 1. `bound` is the index from which on no item starts. It begins at `u64::MAX` and only falls. A worker looks at it
//!    before each item.
//! 2. A *stop* sets `bound` to 0: nothing starts any more. A *failure in an ordered run* at index `k` lowers it to `k`:
//!    items below `k` still run (and may lower it further), so that the consumer gets what the sequential loop would
//!    have given it.
//! 3. Whoever lowers `bound` records why *before* (the failure in its slot, the reason here), so that nobody who sees the
//!    stop finds no reason for it, and wakes everybody *after*. The first reason stays.
//! 4. All waiting of a run is on `idle`, `surplus` and `ready` (see [`crate::window`]), on the channel of a token's
//!    `done()`, or inside user code. A stop wakes the first four; nothing can wake the last.

mod cancelled;
mod into_timeout;
mod into_token;
pub(crate) mod timer;
pub(crate) mod token;

use core::time::Duration;
use std::sync::OnceLock;

use crossbeam_utils::CachePadded;

use crate::sync::atomic::{AtomicU8, AtomicU64, Ordering};
use crate::sync::event::Event;
use crate::sync::time::{self, Instant};
use crate::sync::{Arc, Mutex};
use crate::threads::Chain;

pub use cancelled::{CancelReason, Cancelled};
pub use into_timeout::IntoTimeout;
pub use into_token::IntoToken;
pub use token::CancelToken;

/// Why a run was stopped before the end of its input.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Reason {
    Failed = 1,
    Panicked = 2,
    Cancelled = 3,
    Deadline = 4,
    /// By the consumer: a stream was dropped or stopped, a closure returned `Err`.
    Consumer = 5,
    /// The run is over; what is left is told so.
    Over = 6,
}

impl Reason {
    fn from_u8(value: u8) -> Option<Self> {
        Some(match value {
            1 => Self::Failed,
            2 => Self::Panicked,
            3 => Self::Cancelled,
            4 => Self::Deadline,
            5 => Self::Consumer,
            6 => Self::Over,
            _ => return None,
        })
    }
}

/// The stop state. Shared by everything that can stop a run or has to be woken when it stops, and owned by all of them
/// together: a token's callback may still hold it when the run is gone.
#[derive(Debug)]
#[doc(hidden)]
pub struct Stop {
    // Read before every item by every worker, written a few times in a run: on its own cache lines, so that the events
    // beside it do not take the readers' copies away.
    bound: CachePadded<AtomicU64>,
    reason: AtomicU8,
    /// Why the run was stopped as a whole, where that is not why it was stopped first.
    cut: AtomicU8,
    token: CancelToken,
    deadline: Option<Instant>,
    timer: OnceLock<timer::TimerGuard>,
    /// Rung when an item is pushed, for whoever waits in a channel meanwhile.
    bell: OnceLock<crossbeam_channel::Receiver<()>>,
    /// Tokens of running items, by index, where a failure above must not reach items below.
    items: Mutex<Vec<(u64, CancelToken)>>,
    /// Workers that have nothing to do.
    pub(crate) idle: Event,
    /// Workers held back, because more of them would only be in each other's way.
    pub(crate) surplus: Event,
    /// The consumer, waiting for the next result.
    pub(crate) ready: Event,
}

impl Stop {
    pub(crate) fn new(deadline: Option<Instant>) -> Arc<Self> {
        Arc::new(Self {
            bound: CachePadded::new(AtomicU64::new(u64::MAX)),
            reason: AtomicU8::new(0),
            cut: AtomicU8::new(0),
            token: CancelToken::new(),
            deadline,
            timer: OnceLock::new(),
            bell: OnceLock::new(),
            items: Mutex::new(Vec::new()),
            idle: Event::new(),
            surplus: Event::new(),
            ready: Event::new(),
        })
    }

    /// Whether the item at `index` may still start.
    #[inline]
    pub(crate) fn admits(&self, index: u64) -> bool {
        // Relaxed: it is a signal to do less, and no data is read because of it. A worker that sees it late has one item
        // in hand that then counts as running.
        index < self.bound.load(Ordering::Relaxed)
    }

    /// Whether the run was stopped, or failed at some item: then nothing more is pulled.
    #[inline]
    pub(crate) fn ends_pulling(&self) -> bool {
        // Relaxed: as in `admits`.
        self.bound.load(Ordering::Relaxed) != u64::MAX
    }

    /// The index at which results end, for the consumer.
    #[inline]
    pub(crate) fn bound(&self) -> u64 {
        // Acquire, pairing with the release in `stop` and `fail_at`: who sees the bound finds the reason and the failure
        // that were recorded before it.
        self.bound.load(Ordering::Acquire)
    }

    /// For a thread that has registered as a sleeper: from here on it sees every stop whose waker might not have seen the
    /// registration (see `sync::event`).
    pub(crate) fn settle(&self) {
        // A read-modify-write that changes nothing. AcqRel: it pairs with those in `stop` and `fail_at`, in either order.
        self.bound.fetch_min(u64::MAX, Ordering::AcqRel);
    }

    /// Whether nothing starts any more.
    pub(crate) fn is_stopped(&self) -> bool {
        self.bound() == 0
    }

    /// The first reason for which the run was stopped.
    pub(crate) fn reason(&self) -> Option<Reason> {
        // Acquire, as in `bound`.
        Reason::from_u8(self.reason.load(Ordering::Acquire))
    }

    /// Why the run was stopped as a whole.
    pub(crate) fn cut(&self) -> Option<Reason> {
        // Acquire, as in `bound`.
        Reason::from_u8(self.cut.load(Ordering::Acquire))
    }

    /// Stops the run: nothing starts any more, everybody who waits is woken. The first reason stays.
    pub(crate) fn stop(&self, reason: Reason) {
        record(&self.reason, reason);
        record(&self.cut, reason);
        // Release: the reason (and the failure, recorded by the caller) is visible to whoever acquires the bound.
        let before = self.bound.swap(0, Ordering::AcqRel);
        if before != 0 {
            self.token.cancel();
            self.wake_all();
        }
    }

    /// An ordered run failed at `index`: nothing from there on starts, what is before goes on.
    pub(crate) fn fail_at(&self, index: u64, reason: Reason) {
        record(&self.reason, reason);
        // Release and acquire: as in `stop`, and the order of several failures is that of their bounds.
        let before = self.bound.fetch_min(index, Ordering::AcqRel);
        if index < before {
            if index == 0 {
                self.token.cancel();
            }
            let above: Vec<CancelToken> = {
                let mut items = self.items.lock();
                let (above, below) = std::mem::take(&mut *items)
                    .into_iter()
                    .partition(|(item, _)| *item >= index);
                *items = below;
                let above: Vec<(u64, CancelToken)> = above;
                above.into_iter().map(|(_, token)| token).collect()
            };
            // Outside the lock: cancelling calls wakers.
            above.iter().for_each(CancelToken::cancel);
            self.wake_all();
        }
    }

    fn wake_all(&self) {
        self.idle.notify_all();
        self.surplus.notify_all();
        self.ready.notify_all();
    }

    /// When the run has to be over.
    #[inline]
    pub(crate) fn deadline(&self) -> Option<Instant> {
        self.deadline
    }

    /// Looks at the clock where there is a deadline, and stops the run if it has passed.
    #[inline]
    pub(crate) fn check_deadline(&self) -> bool {
        match self.deadline {
            None => false,
            Some(deadline) => self.look_at_clock(deadline),
        }
    }

    /// Not inlined into the loops over items, which then have their registers for themselves.
    #[cold]
    fn look_at_clock(&self, deadline: Instant) -> bool {
        let passed = deadline <= time::now();
        if passed {
            self.stop(Reason::Deadline);
        }
        passed
    }

    /// The run's own token: cancelled by a stop and, from now on, by the deadline.
    pub(crate) fn token(&self) -> &CancelToken {
        if let Some(deadline) = self.deadline {
            self.timer
                .get_or_init(|| timer::cancel_at(&self.token, deadline));
        }
        &self.token
    }

    /// Calls `callback` when the run stops as a whole.
    pub(crate) fn on_stop(
        &self,
        callback: impl Fn() + Send + Sync + 'static,
    ) -> token::Registration {
        self.token.on_cancel(callback)
    }

    /// A token for the item at `index`, cancelled when the run stops or fails at or below it.
    pub(crate) fn item_token(&self, index: u64) -> CancelToken {
        let token = self.token().child();
        self.items.lock().push((index, token.clone()));
        // A failure may have come between the item's start and this registration, and looked through the list before.
        if !self.admits(index) {
            token.cancel();
        }
        token
    }

    /// Forgets the tokens of the item at `index`.
    pub(crate) fn item_ended(&self, index: u64) {
        let ended: Vec<(u64, CancelToken)> = {
            let mut items = self.items.lock();
            let (ended, rest) = std::mem::take(&mut *items)
                .into_iter()
                .partition(|(item, _)| *item == index);
            *items = rest;
            ended
        };
        drop(ended);
    }

    /// From now on who waits in a channel is woken by `bell` as well. To be called once, before the run begins.
    pub(crate) fn listen_to_bell(&self, bell: crossbeam_channel::Receiver<()>) {
        let _ = self.bell.set(bell);
    }

    /// The earlier of the deadline and `until`.
    pub(crate) fn deadline_or(&self, until: Option<Instant>) -> Option<Instant> {
        [self.deadline, until].into_iter().flatten().min()
    }

    /// Waits on a channel until it has a message, is closed, the run stops, its deadline passes or it is `until`.
    pub(crate) fn wait_for_message<T>(
        &self,
        messages: &crossbeam_channel::Receiver<T>,
        until: Option<Instant>,
    ) {
        let mut select = crossbeam_channel::Select::new();
        select.recv(messages);
        select.recv(self.token.done());
        if let Some(bell) = self.bell.get() {
            select.recv(bell);
        }
        // Blocks until a sender, the last sender's drop, or a stop (which closes `done`) wakes it; or until the deadline or
        // `until`, which the caller then sees. The message is left where it is.
        match self.deadline_or(until) {
            None => {
                select.ready();
            }
            Some(instant) => {
                let _ = select.ready_deadline(instant);
            }
        }
    }

    /// How long an item may still take.
    pub(crate) fn remaining(&self, item_deadline: Option<Instant>) -> Option<Duration> {
        self.deadline_or(item_deadline)
            .map(|deadline| deadline.saturating_duration_since(time::now()))
    }
}

/// Writes down `reason` unless there is one already, which stays.
fn record(place: &AtomicU8, reason: Reason) {
    // AcqRel / Acquire: the reason is part of what the bound publishes, and it may be read alone.
    let _ = place.compare_exchange(0, reason as u8, Ordering::AcqRel, Ordering::Acquire);
}

/// What a stage inside a chain is given to hold on to: the stop state of the run that pulls from it, and the chain.
#[derive(Debug, Clone)]
#[doc(hidden)]
pub struct StageLink {
    pub(crate) stop: Arc<Stop>,
    pub(crate) chain: Chain,
}
