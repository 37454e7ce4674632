//! [`Context`]: what an item can know about the run it is part of.

use core::convert::Infallible;
use core::time::Duration;
use std::sync::OnceLock;

use crate::stop::{CancelReason, CancelToken, Cancelled, Stop};
use crate::sync::Arc;
use crate::sync::time::{self, Instant};

/// What an item can ask about the run it is part of: whether it is still wanted, until when, which item it is and which
/// worker runs it.
///
/// A running item is never interrupted. An item that takes long should look here: [`checkpoint`](Self::checkpoint) between steps,
/// [`sleep`](Self::sleep) instead of `thread::sleep`, [`done`](Self::done) in a `select!` beside a channel.
#[derive(Debug)]
pub struct Context {
    stop: Arc<Stop>,
    worker: usize,
    index: u64,
    item_timeout: Option<Duration>,
    item_deadline: Option<Instant>,
    /// Whether a failure reaches only the items after it, so that an item needs a token of its own.
    own_tokens: bool,
    token: OnceLock<CancelToken>,
}

impl Context {
    pub(crate) fn new(
        stop: Arc<Stop>,
        worker: usize,
        item_timeout: Option<Duration>,
        own_tokens: bool,
    ) -> Self {
        Self {
            stop,
            worker,
            index: 0,
            item_timeout,
            item_deadline: None,
            own_tokens,
            token: OnceLock::new(),
        }
    }

    /// Before each item.
    #[inline]
    pub(crate) fn begin(&mut self, index: u64) {
        self.index = index;
    }

    /// Whether an item has a limit of its own.
    pub(crate) fn has_limit(&self) -> bool {
        self.item_timeout.is_some()
    }

    /// After [`begin`](Self::begin), where it may have: the clock costs more than a short item.
    #[cold]
    pub(crate) fn begin_limit(&mut self) {
        if let Some(limit) = self.item_timeout {
            self.item_deadline = time::now().checked_add(limit);
        }
    }

    /// Whether an item may have a token of its own.
    pub(crate) fn has_token(&self) -> bool {
        self.own_tokens
    }

    /// After each item, where it may.
    #[inline]
    pub(crate) fn end(&mut self) {
        if self.token.get().is_some() {
            self.end_token();
        }
    }

    #[cold]
    fn end_token(&mut self) {
        self.token = OnceLock::new();
        self.stop.item_ended(self.index);
    }

    pub(crate) fn set_worker(&mut self, worker: usize) {
        self.worker = worker;
    }

    /// The position of the item in the input, from 0.
    #[inline]
    pub fn index(&self) -> u64 {
        self.index
    }

    /// The number of the worker that runs the item: below the number of workers, and never used by two calls at once.
    #[inline]
    pub fn worker(&self) -> usize {
        self.worker
    }

    /// Whether the result of this item is not wanted any more: the run has stopped (or failed at an item before this
    /// one), or the deadline of the run or of the item has passed.
    pub fn is_cancelled(&self) -> bool {
        self.why_cancelled().is_some()
    }

    /// `Err` once [`is_cancelled`](Self::is_cancelled): `cx.checkpoint()?` between the steps of a long item.
    ///
    /// # Errors
    /// [`Cancelled`], which says why.
    pub fn checkpoint(&self) -> Result<(), Cancelled> {
        match self.why_cancelled() {
            None => Ok(()),
            Some(reason) => Err(Cancelled::new(reason)),
        }
    }

    fn why_cancelled(&self) -> Option<CancelReason> {
        if !self.stop.admits(self.index) {
            let by_deadline = self.stop.reason() == Some(crate::stop::Reason::Deadline);
            return Some(if by_deadline {
                CancelReason::Deadline
            } else {
                CancelReason::Stopped
            });
        }
        // The clock is read only where there is a deadline.
        self.deadline()?;
        let now = time::now();
        if self.stop.deadline().is_some_and(|deadline| deadline <= now) {
            Some(CancelReason::Deadline)
        } else if self.item_deadline.is_some_and(|deadline| deadline <= now) {
            Some(CancelReason::ItemDeadline)
        } else {
            None
        }
    }

    /// Sleeps for `duration`, or until the item is cancelled or its deadline passes.
    ///
    /// # Errors
    /// [`Cancelled`] if it woke early, or if the item was cancelled already.
    pub fn sleep(&self, duration: Duration) -> Result<(), Cancelled> {
        self.checkpoint()?;
        let now = time::now();
        let until = now.checked_add(duration);
        let wake = match (until, self.deadline()) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (a, b) => a.or(b),
        };
        // Blocks until a stop closes the channel, or until the earlier of the two instants. There is never a message.
        match wake {
            Some(instant) => {
                let _ = self.done().recv_deadline(instant);
            }
            None => {
                let _ = self.done().recv();
            }
        }
        match until {
            Some(until) if time::now() >= until => Ok(()),
            _ => self.checkpoint(),
        }
    }

    /// A channel that never has a message and is closed when the item is cancelled by a stop, a token or the deadline of
    /// the run: for a `select!` beside a channel of your own. It does not tell the item's own deadline. (A deadline needs a
    /// timer thread here. Where the operating system gives none, the channel is closed when a worker next looks at the clock.)
    pub fn done(&self) -> &crossbeam_channel::Receiver<Infallible> {
        self.base_token().done()
    }

    /// A child of the token that cancels this item, to hand on: to a nested run
    /// (`.cancel_with(cx.token())`), to a library, to a thread of your own. Cancelling it does not reach back. What is kept
    /// beyond the run is cancelled when the run is over, however it ended.
    pub fn token(&self) -> CancelToken {
        self.base_token().child()
    }

    fn base_token(&self) -> &CancelToken {
        if self.own_tokens {
            self.token.get_or_init(|| self.stop.item_token(self.index))
        } else {
            self.stop.token()
        }
    }

    /// When this item has to be done: the earlier of the run's deadline and its own.
    pub fn deadline(&self) -> Option<Instant> {
        match (self.stop.deadline(), self.item_deadline) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (a, b) => a.or(b),
        }
    }

    /// How long this item may still take; zero once the deadline has passed.
    pub fn remaining(&self) -> Option<Duration> {
        self.stop.remaining(self.item_deadline)
    }
}
