//! The worker's loop over a table: fill the lane, run its items, until there is nothing left. And what the first worker does
//! before there are others.

use core::time::Duration;
use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::builder::hooks::Hooks;
use crate::deliver::table::{LaneOwner, Table};
use crate::input::Indexed;
use crate::outcome::ending::Ending;
use crate::pull::batch::Sizer;
use crate::run::{Cause, Common, Hand, Keep};
use crate::sync::fence::Fence;
use crate::sync::time::{self, Instant};
use crate::threads::Help;
use crate::worker::work::Work;

/// A run over a table.
pub(crate) struct IndexRun<X: Indexed, W: Work<X::Item>, E: Ending<W::Out>, H, K> {
    pub(crate) common: Common<W, H, K, E::Error>,
    pub(crate) table: Table<X, E::Item>,
    pub(crate) batch: Option<usize>,
}

/// Less work than this is done by one worker before others could help: to wake one costs the waker some microseconds, and takes
/// until it runs several times as long.
const WORTH_WAKING: Duration = Duration::from_micros(100);

impl<X, W, E, H, K> IndexRun<X, W, E, H, K>
where
    X: Indexed,
    W: Work<X::Item>,
    E: Ending<W::Out>,
    H: Hooks,
    K: Keep<W::Local>,
{
    /// What the first worker has for itself.
    pub(crate) fn first_hand(&self) -> Hand<W::Local, H::Guard, W::Lane> {
        self.hand(0)
    }

    fn hand(&self, worker: usize) -> Hand<W::Local, H::Guard, W::Lane> {
        let mut hand = self.common.hand::<X::Item>(worker, worker, self.batch);
        hand.sizer = Sizer::in_memory(self.batch);
        hand
    }

    /// The only worker: runs all items. A batch in which they turn out to be long is cut short for the sake of who is told of
    /// progress, and for nobody else.
    pub(crate) fn serve_alone(&mut self, hand: &mut Hand<W::Local, H::Guard, W::Lane>) {
        while let Some(first) = self.next_alone(hand) {
            let mut allowance = Allowance::of(hand);
            self.some_alone(hand, first, || !H::PROGRESS || allowance.goes_on());
        }
    }

    /// Before there are others: runs items until there is more to do than one should do alone. Returns whether it is through.
    pub(crate) fn begin_alone(&mut self, hand: &mut Hand<W::Local, H::Guard, W::Lane>) -> bool {
        while let Some(first) = self.next_alone(hand) {
            if self.is_worth_waking(hand) {
                return false;
            }
            let mut allowance = Allowance::of(hand);
            self.some_alone(hand, first, || allowance.goes_on());
        }
        true
    }

    /// The index of the next item, if it may start.
    fn next_alone(&mut self, hand: &Hand<W::Local, H::Guard, W::Lane>) -> Option<u64> {
        let first = self.table.next_alone()?;
        (!hand.retired && self.common.stop.admits(first)).then_some(first)
    }

    /// Runs a batch from `first` on, or as much of it as `goes_on`.
    fn some_alone(
        &mut self,
        hand: &mut Hand<W::Local, H::Guard, W::Lane>,
        first: u64,
        goes_on: impl FnMut() -> bool,
    ) {
        let Self { common, table, .. } = self;
        let size = hand.sizer.size(u32::MAX);
        let plain = hand.is_plain(&common.stop);
        common.timed(hand, |hand| {
            if plain {
                Self::run_alone::<true>(common, table, hand, first, size, goes_on);
            } else {
                Self::run_alone::<false>(common, table, hand, first, size, goes_on);
            }
        });
    }

    /// A function of its own, of the loop and little else, and one for each kind: so that the loop has the registers.
    #[inline(never)]
    fn run_alone<const PLAIN: bool>(
        common: &Common<W, H, K, E::Error>,
        table: &mut Table<X, E::Item>,
        hand: &mut Hand<W::Local, H::Guard, W::Lane>,
        first: u64,
        size: u32,
        goes_on: impl FnMut() -> bool,
    ) {
        let Some(mut ready) = common.begin_local::<X::Item, E>(hand, first) else {
            return;
        };
        if PLAIN {
            ready.be_plain();
        }
        table.each_alone(size, goes_on, |index, item, place| {
            common.one::<X::Item, E>(&mut ready, index, item, place, || ())
        });
    }

    fn is_worth_waking(&self, hand: &Hand<W::Local, H::Guard, W::Lane>) -> bool {
        let left = u128::from(self.table.left_at_cursor());
        hand.items != 0
            && hand.busy.as_nanos() * left > WORTH_WAKING.as_nanos() * u128::from(hand.items)
    }

    /// Runs what is in the lane, as far as nothing else is to be seen to. Returns whether the worker's state is there.
    fn run_on(
        &self,
        hand: &mut Hand<W::Local, H::Guard, W::Lane>,
        lane: &mut LaneOwner<'_, X, E::Item>,
        first: u64,
    ) -> bool {
        if lane.is_light() && hand.is_plain(&self.common.stop) {
            self.run_on_as::<true>(hand, lane, first)
        } else {
            self.run_on_as::<false>(hand, lane, first)
        }
    }

    /// As [`run_alone`](Self::run_alone): a function of its own, and one for each kind.
    #[inline(never)]
    fn run_on_as<const LIGHT: bool>(
        &self,
        hand: &mut Hand<W::Local, H::Guard, W::Lane>,
        lane: &mut LaneOwner<'_, X, E::Item>,
        first: u64,
    ) -> bool {
        let common = &self.common;
        let Some(mut ready) = common.begin_local::<X::Item, E>(hand, first) else {
            return false;
        };
        if LIGHT {
            ready.be_plain();
        }
        lane.each::<LIGHT, _>(|index, item, place| {
            common.one::<X::Item, E>(&mut ready, index, item, place, || ())
        });
        true
    }

    /// Works as the worker whose `hand` it is until nothing is left to claim.
    pub(crate) fn serve(&self, mut hand: Hand<W::Local, H::Guard, W::Lane>) {
        let stop = &*self.common.stop;
        let mut lane = self.table.lane(hand.at);
        while !hand.retired {
            let fixed = self.batch.is_some();
            let size = |share| hand.sizer.size(if fixed { u32::MAX } else { share });
            let tiny = hand.items_are_tiny();
            if tiny {
                Fence::prepare();
            }
            let fence = Fence::asymmetric_if(tiny);
            let Some(first) = lane.fill(size, |index| stop.admits(index), fence) else {
                break;
            };
            self.common.timed(&mut hand, |hand| {
                while lane.goes_on() && self.run_on(hand, &mut lane, first) {}
            });
        }
        drop(lane);
        self.common.lay_down(hand);
    }
}

/// What a look at the clock costs.
const LOOK: Duration = Duration::from_nanos(30);

/// How long a thread runs items that nobody could take from it: an item that turns out to be long is the last of them.
struct Allowance {
    began: Instant,
    /// After so many items it looks at the clock: that is not to cost more than a hundredth of what they do.
    every: u32,
    /// How many are left until then.
    left: u32,
}

impl Allowance {
    fn of<L, G, N>(hand: &Hand<L, G, N>) -> Self {
        let so_far = hand.busy.as_nanos().max(1);
        let every = LOOK.as_nanos() * u128::from(hand.items) * 100 / so_far;
        let every = every.clamp(1, 16) as u32;
        Self {
            began: time::now(),
            every,
            left: every,
        }
    }

    #[inline]
    fn goes_on(&mut self) -> bool {
        self.left -= 1;
        if self.left != 0 {
            return true;
        }
        self.left = self.every;
        time::now().saturating_duration_since(self.began) < WORTH_WAKING
    }
}

impl<W, H: Hooks, K, F> Common<W, H, K, F> {
    /// Runs a batch, and learns from the time that it took.
    fn timed<L, N>(
        &self,
        hand: &mut Hand<L, H::Guard, N>,
        batch: impl FnOnce(&mut Hand<L, H::Guard, N>),
    ) {
        let before = hand.items;
        let began = time::now();
        if let Err(payload) = catch_unwind(AssertUnwindSafe(|| batch(hand))) {
            hand.retired = true;
            crate::threads::do_not_reuse();
            self.fail(hand.cx.index(), Cause::Panic(payload));
        }
        let now = time::now();
        let took = now.saturating_duration_since(began);
        let items = (hand.items - before) as u32;
        hand.busy += took;
        hand.sizer.learn(items, took);
        self.look_for_helper(hand, now);
        self.tell_progress(u64::from(items));
    }
}

impl<X, W, E, H, K> Help for IndexRun<X, W, E, H, K>
where
    X: Indexed,
    X::Item: Send,
    W: Work<X::Item>,
    E: Ending<W::Out>,
    E::Item: Send,
    E::Error: Send,
    H: Hooks,
    K: Keep<W::Local> + Sync,
{
    /// A helper from its first step to its last. Never unwinds.
    fn help(&self, helper: usize) {
        let worker = self.common.first_helper + helper;
        let mut hand = self.hand(worker);
        if !self.table.nothing_left() && !self.common.stop.is_stopped() {
            self.common.summon_for(&mut hand);
        }
        self.serve(hand);
    }
}
