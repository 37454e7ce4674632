//! [`Hand`]: what one worker has for itself. A local of its loop, never shared.

use core::time::Duration;
use std::panic::{AssertUnwindSafe, catch_unwind};

use super::Common;
use crate::builder::hooks::Hooks;
use crate::pull::batch::Sizer;
use crate::sync::Mutex;
use crate::sync::time::Instant;
use crate::window::TINY;
use crate::worker::context::Context;
use crate::worker::work::Work;

use crossbeam_utils::CachePadded;

/// A worker's own: its number, its state, what it has done.
///
/// The state is in a box of its own cache lines: it may hold counters that are written at every item, and the frames of
/// two workers may be neighbours in memory.
pub(crate) struct Hand<L, G, N> {
    /// Where the window keeps what this worker is at.
    pub(crate) at: usize,
    pub(crate) cx: Context,
    pub(crate) local: Option<CachePadded<L>>,
    pub(crate) guard: Option<G>,
    /// What it pushes further items with.
    pub(crate) lane: N,
    pub(crate) sizer: Sizer,
    pub(crate) items: u64,
    pub(crate) busy: Duration,
    pub(crate) pulling: Duration,
    /// The state cannot be trusted any more, so this worker takes no further items.
    pub(crate) retired: bool,
    /// When this worker asked for a helper, until that has had time to begin.
    pub(crate) asked: Option<Instant>,
}

impl<L, G, N> Hand<L, G, N> {
    pub(crate) fn new(at: usize, cx: Context, lane: N, batch: Option<usize>) -> Self {
        Self {
            at,
            cx,
            local: None,
            guard: None,
            lane,
            sizer: Sizer::new(batch),
            items: 0,
            busy: Duration::ZERO,
            pulling: Duration::ZERO,
            retired: false,
            asked: None,
        }
    }

    /// Whether a fence for each item would be felt.
    pub(crate) fn items_are_tiny(&self) -> bool {
        self.items != 0 && self.busy.as_nanos() < TINY.as_nanos() * u128::from(self.items)
    }
}

/// What becomes of a worker's state at the end.
pub(crate) trait Keep<L> {
    /// Called on the worker's thread.
    fn keep(&self, worker: usize, local: L);
}

/// States are dropped where they were made.
#[derive(Debug)]
pub(crate) struct DropLocals;

impl<L> Keep<L> for DropLocals {
    fn keep(&self, _: usize, local: L) {
        drop(local);
    }
}

/// States are kept for the caller.
#[derive(Debug)]
pub(crate) struct KeepLocals<L>(Mutex<Vec<(usize, L)>>);

impl<L> KeepLocals<L> {
    pub(crate) fn new() -> Self {
        Self(Mutex::new(Vec::new()))
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.lock().is_empty()
    }

    /// The states, in worker order.
    pub(crate) fn take(&self) -> Vec<L> {
        let mut kept = core::mem::take(&mut *self.0.lock());
        kept.sort_by_key(|(worker, _)| *worker);
        kept.into_iter().map(|(_, local)| local).collect()
    }
}

impl<L: Send> Keep<L> for KeepLocals<L> {
    fn keep(&self, worker: usize, local: L) {
        self.0.lock().push((worker, local));
    }
}

impl<W, H: Hooks, K, E> Common<W, H, K, E> {
    /// A worker's own things, before its first item.
    pub(crate) fn hand<I>(
        &self,
        at: usize,
        worker: usize,
        batch: Option<usize>,
    ) -> Hand<W::Local, H::Guard, W::Lane>
    where
        W: Work<I>,
    {
        let own_tokens = self.ordered;
        let cx = Context::new(self.stop.clone(), worker, self.item_timeout, own_tokens);
        Hand::new(at, cx, self.work.lane(&self.stop), batch)
    }

    /// A worker lays down its things: what it did is counted first, as its state and its guard are user values whose
    /// `Drop` may panic.
    pub(crate) fn lay_down<L, N>(&self, hand: Hand<L, H::Guard, N>)
    where
        K: Keep<L>,
    {
        let worker = hand.cx.worker();
        self.stats.lock().add(worker, hand.items, hand.busy);
        let Hand {
            local,
            guard,
            retired,
            ..
        } = hand;
        if let Some(local) = local {
            let local = CachePadded::into_inner(local);
            self.caught(|| {
                if retired {
                    drop(local);
                } else {
                    self.keep.keep(worker, local);
                }
            });
        }
        self.caught(|| drop(guard));
    }

    /// Runs user code that belongs to no item. Returns whether it came to its end.
    pub(crate) fn caught(&self, f: impl FnOnce()) -> bool {
        match catch_unwind(AssertUnwindSafe(f)) {
            Ok(()) => true,
            Err(payload) => {
                crate::threads::do_not_reuse();
                self.fail_astray(payload);
                false
            }
        }
    }
}
