//! [`Outlet`]: the consumer of a run, whatever terminal it serves: gives the results one by one and ends the run.
//!
//! Here is how it starts and hands over; [`refill`] is what it does when it has nothing, [`end`] how it ends.

mod end;
mod refill;

use core::time::Duration;

use crate::builder::FanOut;
use crate::builder::hooks::Hooks;
use crate::deliver::segment::Batch;
use crate::feed::no_order_with_a_feed;
use crate::input::{Open, Opened};
use crate::outcome::ending::Ending;
use crate::outcome::order::Order;
use crate::pull::{Patience, Pull};
use crate::run::{DropLocals, Hand, Keep, Launched, Listening, Plan, Run};
use crate::stop::{CancelToken, Reason, Stop};
use crate::sync::Arc;
use crate::sync::time::Instant;
use crate::threads::Chain;
use crate::window::{Found, Handed, Limits, Listed, Nap, Supplier, Threads, Window};
use crate::worker::work::Work;

pub(super) type Out<S, W, E> = <E as Ending<<W as Work<<S as Open>::Item>>::Out>>::Item;
pub(super) type Fault<S, W, E> = <E as Ending<<W as Work<<S as Open>::Item>>::Out>>::Error;
type RunOf<S, W, E, H, K> = Run<<S as Open>::Shared, W, E, H, K>;

/// The consumer of a run with a window.
pub(crate) struct Outlet<S, W, E, H, K>
where
    S: Open,
    W: Work<S::Item>,
    E: Ending<W::Out>,
    H: Hooks,
    K: Keep<W::Local>,
{
    /// There until the run is abandoned.
    launched: Option<Launched<RunOf<S, W, E, H, K>>>,
    /// The source, where it has to be pulled by this thread.
    here: Option<S::Here>,
    /// What is being handed over, and what comes after it.
    front: Option<Batch<S::Item, Out<S, W, E>>>,
    ready: Listed<S::Item, Out<S, W, E>>,
    /// How many results of the front can be taken before there is something else to do: to tell workers, or to look for more.
    quiet: usize,
    handed: Handed<S::Item, Out<S, W, E>>,
    /// The index of the next result, in an ordered run; how many there were, in an unordered one.
    next: u64,
    /// How many results have to be handed over before the workers are told, as far as was known at the last look.
    worth_telling: usize,
    /// For the items that this thread runs while it has nothing to hand over.
    hand: Hand<W::Local, H::Guard, W::Lane>,
    helped: bool,
    has_rested: bool,
    /// How long the next nap is.
    nap: Nap,
    /// Whether results come so seldom that it is woken for the next one, and does not nap.
    one_by_one: bool,
    /// How long to wait before the next look.
    pause: Duration,
    /// Whether it had a place among the workers when it last asked, and which threads the run had.
    placed: bool,
    threads: Threads,
    label: &'static str,
    /// The results of the whole input were handed over.
    everything: bool,
    /// Nothing more will be handed over.
    over: bool,
}

/// What the consumer was given.
#[derive(Debug)]
pub(crate) enum Next<T> {
    /// A result.
    Result(T),
    /// Nothing yet, and the patience is over.
    NotReady,
    /// Nothing any more: `end` says how it ended.
    Over,
}

impl<S, W, E, H, K> Outlet<S, W, E, H, K>
where
    S: Open,
    W: Work<S::Item>,
    E: Ending<W::Out>,
    H: Hooks,
    K: Keep<W::Local> + Send + Sync,
    S::Item: Send,
    E::Item: Send,
    E::Error: Send,
{
    /// Starts the run.
    #[track_caller]
    pub(crate) fn start<O: Order>(fan_out: FanOut<S, W, O, E, H>, keep: K) -> Self {
        Self::start_with(fan_out, keep, None)
    }

    /// `stage_of`: the chain of the run that pulls from this one.
    #[track_caller]
    fn start_with<O: Order>(
        fan_out: FanOut<S, W, O, E, H>,
        keep: K,
        stage_of: Option<Chain>,
    ) -> Self {
        const { no_order_with_a_feed(O::ORDERED, S::Shared::SHARDED, W::FEEDS) };
        let may_help = stage_of.is_none();
        let FanOut {
            source,
            work,
            hooks,
            settings,
            ..
        } = fan_out;
        let advice = source.advice();
        let plan = Plan::new(&settings, false);
        let listening = Listening::new(&settings, stage_of);
        let opened = source.open(&listening.link());
        let (supplier, here) = match opened {
            Opened::Shared(source) => (Supplier::Here(source), None),
            Opened::Here(source) => (Supplier::Consumer, Some(source)),
        };
        let limits = Limits {
            workers: plan.workers,
            window: settings.window,
            batch: settings.batch,
            ordered: O::ORDERED,
            may_help: may_help
                && settings.cpu_bound
                && W::STATELESS
                && !H::GUARDS
                && !settings.dedicated
                && !settings.wants_own_threads(),
            cores: crate::sync::thread::available_parallelism(),
            pinned: settings.pinned,
        };
        let feed = work.fed().cloned();
        if let Some(fed) = &feed {
            fed.set_room(settings.feed_room());
            listening.stop.listen_to_bell(fed.bell());
        }
        let parts = (work, hooks, keep);
        let run = Run {
            common: plan.common(&settings, O::ORDERED, advice, parts, listening.stop.clone()),
            window: Window::new(limits, supplier, feed),
        };
        let hand = run.common.hand::<S::Item>(plan.workers, 0, settings.batch);
        let launched = Launched::new(run, listening, plan, |run| &run.common.roll);
        // It waits for results, and the core is free for the helper.
        let _ = launched.run.summon_next(false);
        Self {
            launched: Some(launched),
            here,
            front: None,
            ready: Listed::new(),
            quiet: 0,
            handed: Handed::nothing(),
            next: 0,
            worth_telling: usize::MAX,
            hand,
            helped: false,
            has_rested: false,
            nap: Nap::default(),
            one_by_one: false,
            pause: Duration::ZERO,
            placed: false,
            threads: Threads::Some,
            label: settings.label,
            everything: false,
            over: false,
        }
    }
}

impl<S, W, E, H> Outlet<S, W, E, H, DropLocals>
where
    S: Open,
    W: Work<S::Item>,
    E: Ending<W::Out>,
    H: Hooks,
    S::Item: Send,
    E::Item: Send,
    E::Error: Send,
{
    /// Starts a run that another run pulls from: its consumer never runs its items, unless there is nobody else.
    pub(crate) fn start_stage<O: Order>(fan_out: FanOut<S, W, O, E, H>, chain: Chain) -> Self {
        Self::start_with(fan_out, DropLocals, Some(chain))
    }
}

impl<S, W, E, H, K> Outlet<S, W, E, H, K>
where
    S: Open,
    W: Work<S::Item>,
    E: Ending<W::Out>,
    H: Hooks,
    K: Keep<W::Local>,
{
    fn run(&self) -> &RunOf<S, W, E, H, K> {
        match &self.launched {
            Some(launched) => &launched.run,
            None => unreachable!(
                "fanout: an abandoned run was asked for a result; this is a bug in fanout"
            ),
        }
    }

    pub(crate) fn stop(&self) -> &Arc<Stop> {
        &self.run().common.stop
    }

    /// Waits until there is a result to take, the run is over or the deadline has passed.
    pub(crate) fn wait(&mut self, deadline: Option<Instant>) {
        let nothing_listed = self.front.iter().chain(&self.ready).all(Batch::is_empty);
        if nothing_listed && !self.over {
            while self.next_batch() {}
            let _ = self.refill(deadline.map_or(Patience::Wait, Patience::Until));
        }
    }

    /// The next result, if it is there and to take it is all that there is to do.
    #[inline(always)]
    pub(crate) fn take(&mut self) -> Option<Out<S, W, E>> {
        self.quiet = self.quiet.checked_sub(1)?;
        let out = self.front.as_mut().and_then(Batch::take);
        debug_assert!(out.is_some(), "as many are there as were counted");
        self.next += 1;
        self.handed.count += 1;
        out
    }

    /// The next result.
    #[inline]
    pub(crate) fn next(&mut self, patience: Patience) -> Next<Out<S, W, E>> {
        match self.take() {
            Some(out) => Next::Result(out),
            None => self.next_and_more(patience),
        }
    }

    /// The next result, and whatever there is to do.
    #[inline(never)]
    fn next_and_more(&mut self, patience: Patience) -> Next<Out<S, W, E>> {
        loop {
            if let Some(out) = self.front.as_mut().and_then(Batch::take) {
                self.next += 1;
                self.handed.count += 1;
                self.tell_handed();
                let until_telling = self.worth_telling.saturating_sub(self.handed.count + 1);
                self.quiet = self.front.as_ref().map_or(0, Batch::len).min(until_telling);
                return Next::Result(out);
            }
            if self.next_batch() {
                continue;
            }
            if self.over {
                return Next::Over;
            }
            match self.refill(patience) {
                Found::Results => {}
                Found::Nothing => return Next::NotReady,
                Found::Everything => return Next::Over,
            }
        }
    }

    /// The index of the item whose result was given last.
    #[inline]
    pub(crate) fn last_index(&self) -> u64 {
        self.front.as_ref().map_or(0, Batch::last_index)
    }

    /// Puts the front away, which is used up, and begins with the next. Returns whether there is one.
    fn next_batch(&mut self) -> bool {
        if let Some(batch) = self.front.take() {
            self.handed.segments.push(batch.segment());
        }
        self.front = self.ready.pop_front();
        self.front.is_some()
    }

    /// Workers that wait for room are told of as much as is worth a pull: a wake-up costs more than a short item.
    #[inline]
    fn tell_handed(&mut self) {
        if self.handed.count >= self.worth_telling {
            let mut handed = core::mem::replace(&mut self.handed, Handed::nothing());
            self.run().window.handed_over(&mut handed, self.stop());
            self.handed = handed;
        }
    }

    /// From now on cancelling `token` stops the run.
    pub(crate) fn listen_to(&mut self, token: &CancelToken, reason: Reason) {
        if let Some(launched) = &mut self.launched {
            launched.listening.listen_to(token, reason);
        }
    }

    /// Whether this thread is one of the run's own workers.
    pub(crate) fn is_inside(&self) -> bool {
        self.launched.as_ref().is_some_and(Launched::is_inside)
    }
}
