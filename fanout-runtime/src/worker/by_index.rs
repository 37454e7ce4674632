//! The worker's loop over a table: fill the lane, run its items, until there is nothing left.

use core::time::Duration;
use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::builder::hooks::Hooks;
use crate::deliver::caught::FirstPanic;
use crate::deliver::table::{LaneOwner, Table};
use crate::input::Indexed;
use crate::outcome::ending::Ending;
use crate::pull::batch::Sizer;
use crate::run::{Cause, Common, Hand, Keep};
use crate::sync::fence::Fence;
use crate::sync::time;
use crate::threads::Help;
use crate::worker::work::Work;

/// A run over a table.
pub(crate) struct IndexRun<X: Indexed, W: Work<X::Item>, E: Ending<W::Out>, H, K> {
    pub(crate) common: Common<W, H, K, E::Error>,
    pub(crate) table: Table<X, E::Item>,
    pub(crate) batch: Option<usize>,
    /// Whether the first worker looks how much there is to do before it wakes others.
    pub(crate) cpu_bound: bool,
}

/// Less work than this is done by one worker before others could be awake.
const WORTH_WAKING: Duration = Duration::from_micros(60);

impl<X, W, E, H, K> IndexRun<X, W, E, H, K>
where
    X: Indexed,
    W: Work<X::Item>,
    E: Ending<W::Out>,
    H: Hooks,
    K: Keep<W::Local>,
{
    /// Works as `worker` until nothing is left to claim.
    pub(crate) fn serve(&self, worker: usize) {
        let stop = &*self.common.stop;
        let mut hand = self.common.hand::<X::Item>(worker, worker, self.batch);
        hand.sizer = Sizer::in_memory(self.batch);
        let mut lane = self.table.lane(worker);
        // The first worker of a run of short items asks for company only if there is enough to do.
        let mut alone = worker == 0 && self.cpu_bound;
        if worker == 0 && !alone {
            let _ = self.common.summon_next();
        }
        while !hand.retired {
            if alone && self.is_worth_waking(&hand) {
                alone = false;
                let _ = self.common.summon_next();
            }
            let fixed = self.batch.is_some();
            let size = |share| hand.sizer.size(if fixed { u32::MAX } else { share });
            let fence = Fence::asymmetric_if(hand.items_are_tiny());
            let Some(first) = lane.fill(size, |index| stop.admits(index), fence) else {
                break;
            };
            self.run(&mut hand, &mut lane, first);
        }
        drop(lane);
        self.common.lay_down(hand);
    }

    fn is_worth_waking(&self, hand: &Hand<W::Local, H::Guard, W::Lane>) -> bool {
        let left = u128::from(self.table.left_at_cursor());
        hand.items != 0
            && hand.busy.as_nanos() * left > WORTH_WAKING.as_nanos() * u128::from(hand.items)
    }

    /// Runs the items of the lane.
    fn run(
        &self,
        hand: &mut Hand<W::Local, H::Guard, W::Lane>,
        lane: &mut LaneOwner<'_, X, E::Item>,
        first: u64,
    ) {
        let before = hand.items;
        let began = time::now();
        let caught = catch_unwind(AssertUnwindSafe(|| self.run_items(hand, lane, first)));
        if let Err(payload) = caught {
            hand.retired = true;
            crate::threads::do_not_reuse();
            self.common.fail(hand.cx.index(), Cause::Panic(payload));
        }
        let took = time::now().saturating_duration_since(began);
        let items = (hand.items - before) as u32;
        hand.busy += took;
        hand.sizer.learn(items, took);
        self.common.tell_progress(u64::from(items));
    }

    fn run_items(
        &self,
        hand: &mut Hand<W::Local, H::Guard, W::Lane>,
        lane: &mut LaneOwner<'_, X, E::Item>,
        first: u64,
    ) {
        let stop = &*self.common.stop;
        let Some(mut ready) = self.common.begin_local::<X::Item, E>(hand, first) else {
            return;
        };
        lane.each(|index, item| {
            if !stop.admits(index) || stop.check_deadline() {
                let mut panic = FirstPanic::none();
                panic.drop(item);
                self.common.lose(panic);
                // What comes after it will not start either; the lane may be filled again, so it has to be empty.
                return None;
            }
            match self.common.call::<X::Item, E>(&mut ready, index, item) {
                Ok(out) => Some(out),
                Err(error) => {
                    self.common.fail(index, Cause::Fault(error));
                    None
                }
            }
        });
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
        if !self.table.nothing_left() && !self.common.stop.is_stopped() {
            let _ = self.common.summon_next();
        }
        self.serve(worker);
    }
}
