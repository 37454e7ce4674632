//! [`Window`]: the state, and what is decided from what was measured.

use core::time::Duration;
use std::collections::VecDeque;
use std::time::Instant;

use crossbeam_utils::CachePadded;

use super::cost::Cost;
use super::shards::Shards;
use super::turn::Turn;
use super::waiting::Waiting;
use crate::deliver::segment::{Owner, Segment, Spare};
use crate::feed::Fed;
use crate::pull::Pull;
use crate::stop::Stop;
use crate::sync::fence::Fence;
use crate::sync::thread::CoreId;
use crate::sync::{Arc, Mutex, MutexGuard};

/// Less work than this is left to the worker that has it, while items are cheap.
pub(super) const WORTH_STEALING: Duration = Duration::from_micros(20);
/// As much, where a thief interrupts all cores for it (the heavy side of the fence of tiny items), and only waits for a source
/// that flows.
pub(super) const WORTH_AN_INTERRUPT: Duration = Duration::from_micros(50);
/// A worker that has been at one batch for so long is stuck in it: its rest is taken before anything else.
pub(super) const STUCK: Duration = Duration::from_millis(1);

/// What was decided before the run began.
#[derive(Debug, Clone)]
pub(crate) struct Limits {
    /// N: the most calls at once.
    pub(crate) workers: usize,
    /// The window that was asked for.
    pub(crate) window: Option<usize>,
    pub(crate) batch: Option<usize>,
    pub(crate) ordered: bool,
    /// Whether the consumer may run items while it waits.
    pub(crate) may_help: bool,
    pub(crate) cores: usize,
    /// Whether a key belongs to one worker for the whole run, where items have keys.
    pub(crate) pinned: bool,
}

/// Where the source is.
pub(crate) enum Supplier<P> {
    /// Free to be taken by the next worker that wants to pull.
    Here(P),
    /// With a worker that is pulling.
    Out,
    /// With the consumer, for good.
    Consumer,
    /// Gone: `ended` is set.
    Gone,
}

/// A segment that a worker is at.
pub(super) struct Running<I, O> {
    pub(super) segment: Arc<Segment<I, O>>,
    pub(super) since: Instant,
}

pub(crate) struct State<P: Pull, O> {
    pub(super) source: Supplier<P>,
    pub(super) ended: bool,
    /// Items pulled so far: the index of the next.
    pub(super) pulled: u64,
    /// Items taken in and not delivered, with those that a pull may still bring.
    pub(super) alive: usize,
    /// The most of those.
    pub(super) size: usize,
    /// How many results were handed over since `size` last grew by flow.
    pub(super) handed_over: usize,
    pub(super) high_water: usize,
    /// In input order.
    pub(super) in_flight: VecDeque<Arc<Segment<P::Item, O>>>,
    /// Put down by their workers and not looked at by the consumer since: kept where items have keys and no order.
    pub(super) put_down: Vec<Arc<Segment<P::Item, O>>>,
    /// By worker; the consumer's own is the last.
    pub(super) running: Vec<Option<Running<P::Item, O>>>,
    /// Segments without an owner, in input order.
    pub(super) unowned: VecDeque<Owner<P::Item, O>>,
    /// The segment that is being filled.
    pub(super) growing: Option<Arc<Segment<P::Item, O>>>,
    /// Worker threads that run or pull.
    pub(super) busy: usize,
    /// The number of the worker whose place the consumer has.
    pub(super) seat: Option<usize>,
    pub(super) consumer_runs: bool,
    pub(super) consumer_wants_seat: bool,
    /// How often the consumer has helped.
    pub(super) helps: u64,
    /// How many segments were finished: whether anything moves.
    pub(super) progress: u64,
    pub(super) has_watcher: bool,
    /// How many workers there are: fewer than asked for after a refusal, and none where the consumer is the only one.
    pub(super) given: usize,
    /// Whether `given` is final. A pinned run pulls nothing before: a queue that changed hands later could be that of a worker
    /// which is inside an item, or waits for its source.
    pub(super) crew_known: bool,
    /// What items have pushed, where they can.
    pub(super) feed: Option<Arc<Fed<P::Item>>>,
    /// Which items may run, where they have keys.
    pub(super) shards: Shards<P::Item, O>,
    pub(super) all_hands: bool,
    /// Whether any room is worth a pull, and any rest of a batch worth taking over (8. in [`super`]).
    pub(super) little_will_do: bool,
    /// How many workers nap because what there is for them is too little (8. in [`super`]).
    pub(super) nappers: usize,
    /// How many of those have made way for the consumer ([`super::cores`]).
    pub(super) made_way: usize,
    /// Asymmetric as soon as any segment was opened so.
    pub(super) fence: Fence,
    pub(super) cost: Cost,
    /// The next worker whose segment is looked at for being stuck.
    pub(super) probe: usize,
    /// Last in, first out: the one used last is still in the cache.
    pub(super) spare: Vec<Spare<P::Item, O>>,
    /// How many places there are in `spare`.
    pub(super) spare_places: usize,
    /// Which core the consumer was last seen on.
    pub(super) consumer_core: Option<CoreId>,
}

/// The window of a run.
pub(crate) struct Window<P: Pull, O> {
    pub(super) limits: Limits,
    pub(crate) waiting: CachePadded<Waiting>,
    pub(super) turn: CachePadded<Turn>,
    state: Mutex<State<P, O>>,
}

impl<P: Pull, O> Window<P, O> {
    pub(crate) fn new(
        limits: Limits,
        source: Supplier<P>,
        feed: Option<Arc<Fed<P::Item>>>,
    ) -> Self {
        let size = super::size::first(&limits);
        Self {
            state: Mutex::new(State {
                source,
                ended: false,
                pulled: 0,
                alive: 0,
                size,
                handed_over: 0,
                high_water: 0,
                in_flight: VecDeque::new(),
                put_down: Vec::new(),
                running: (0..=limits.workers).map(|_| None).collect(),
                unowned: VecDeque::new(),
                growing: None,
                busy: 0,
                seat: None,
                consumer_runs: false,
                consumer_wants_seat: false,
                helps: 0,
                progress: 0,
                has_watcher: false,
                given: limits.workers,
                crew_known: !(P::SHARDED && limits.pinned),
                feed,
                shards: Shards::new(P::SHARDED && limits.pinned, limits.workers),
                all_hands: false,
                little_will_do: false,
                nappers: 0,
                made_way: 0,
                fence: Fence::Even,
                cost: Cost::default(),
                probe: 0,
                spare: Vec::new(),
                spare_places: 0,
                consumer_core: None,
            }),
            waiting: CachePadded::new(Waiting::new()),
            turn: CachePadded::new(Turn::default()),
            limits,
        }
    }

    pub(crate) fn limits(&self) -> &Limits {
        &self.limits
    }

    /// It is known how many threads there are: so many, or as many as were asked for.
    pub(crate) fn got_threads(&self, given: usize, stop: &Stop) {
        let mut state = self.lock();
        state.given = state.given.min(given);
        state.crew_known = true;
        drop(state);
        // Workers may pull now, where they waited for this; and the consumer may have to stand in for them.
        stop.idle.notify_all();
        stop.ready.notify_all();
    }

    /// Blocks only for as long as another thread is inside one of the short steps of this folder.
    pub(super) fn lock(&self) -> MutexGuard<'_, State<P, O>> {
        self.state.lock()
    }

    pub(crate) fn high_water(&self) -> usize {
        self.lock().high_water
    }

    /// Whether items are so short that the consumer may not have to be woken for each.
    pub(crate) fn may_nap(&self) -> bool {
        self.lock().cost.is_napped()
    }
}

impl<P: Pull, O> State<P, O> {
    /// The fence for a segment that is opened now.
    pub(super) fn fence_for_next(&mut self) -> Fence {
        let fence = Fence::asymmetric_if(self.cost.is_tiny());
        if fence == Fence::Asymmetric {
            self.fence = fence;
        }
        fence
    }

    /// For a thread that has registered as a sleeper and looks for the last time: between the two. Whoever publishes an item or
    /// a result, and is not seen by the look that follows, sees the sleeper. (A segment that is opened later is opened
    /// under the lock, by somebody who sees it, too.)
    pub(super) fn settle(&self) {
        self.fence.heavy();
    }

    /// How many worker threads may be busy now.
    pub(super) fn busy_limit(&self, limits: &Limits) -> usize {
        let seat = usize::from(self.seat.is_some());
        let most = limits.workers - seat;
        // A worker that has keys of its own is in nobody's way, and nobody can do its work.
        let anybody = !(P::SHARDED && limits.pinned);
        if anybody && self.cost.stays_cheap() && !self.all_hands {
            most.min(limits.cores.saturating_sub(seat).max(1))
        } else {
            most
        }
    }

    pub(super) fn room(&self) -> usize {
        self.size.saturating_sub(self.alive)
    }

    /// Learns what `items` cost that took `took` together, and lets the window grow.
    pub(super) fn learn(&mut self, limits: &Limits, items: u32, took: Duration) {
        self.cost.learn(items, took);
        if items != 0 {
            self.grow_by_cost(limits);
        }
    }
}
