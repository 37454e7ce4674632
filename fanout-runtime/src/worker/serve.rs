//! The worker's loop over a window: pull or be given a segment, run its items, until there is nothing left.

use core::time::Duration;
use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::builder::hooks::Hooks;
use crate::deliver::segment::{Filler, Owner, Ran};
use crate::feed::HasFeed;
use crate::outcome::ending::Ending;
use crate::pull::{Patience, Pull, Supply};
use crate::run::{Cause, Hand, Keep, Run};
use crate::sync::Arc;
use crate::sync::fence::Fence;
use crate::sync::time::{self, Instant};
use crate::threads::{Help, Summoned};
use crate::window::{Elsewhere, Finished, Job, Resting, Supplier, WORKER_NAP};
use crate::worker::work::Work;

impl<P, W, E, H, K> Help for Run<P, W, E, H, K>
where
    P: Pull + Send,
    P::Item: Send,
    W: Work<P::Item>,
    E: Ending<W::Out>,
    E::Item: Send,
    E::Error: Send,
    H: Hooks,
    K: Keep<W::Local> + Sync,
{
    /// A worker from its first step to its last. Never unwinds.
    fn help(&self, helper: usize) {
        let worker = self.common.first_helper + helper;
        let mut asked = None;
        // In a chain: whoever begins asks for the next before it enters user code, so that items that wait for each other
        // find each other, and a short run does not wake more threads than it needs.
        if !self.window.nothing_left(&self.common.stop) {
            let summoned = self.summon_next(true);
            // Who comes last was asked for by another, and may be waiting for this core all the same.
            asked = matches!(summoned, Some(Summoned::Asked | Summoned::Full)).then(time::now);
        }
        self.serve(worker, asked);
    }
}

impl<P, W, E, H, K> Run<P, W, E, H, K>
where
    P: Pull,
    W: Work<P::Item>,
    E: Ending<W::Out>,
    H: Hooks,
    K: Keep<W::Local>,
{
    /// Works as `worker` until there is nothing left. `asked`: when it asked for the next.
    fn serve(&self, worker: usize, asked: Option<Instant>) {
        let stop = &*self.common.stop;
        let mut hand = self
            .common
            .hand::<P::Item>(worker, worker, self.window.limits().batch);
        hand.asked = asked;
        let mut resting = Resting::default();
        let mut finished = None;
        loop {
            let lane = hand.lane.feed();
            let job = self.window.next_job(
                worker,
                finished.take(),
                &hand.sizer,
                &mut resting,
                stop,
                lane,
            );
            finished = Some(match job {
                Job::Quit => break,
                Job::Run(owner) => self.run(&mut hand, owner),
                Job::Pull {
                    source,
                    filler,
                    room,
                } => self.pull_and_run(&mut hand, source, filler, room, Patience::Wait),
                Job::Walk {
                    source,
                    walker,
                    room,
                } => self.walk(&mut hand, source, walker, room),
            });
            if hand.items_are_tiny() {
                Fence::prepare();
            }
            if hand.retired {
                self.window.retire(worker, finished.take(), stop);
                break;
            }
        }
        self.common.lay_down(hand);
    }

    /// Pulls, and runs what came. Where the source has nothing for now it blocks, as long as `patience` says.
    pub(crate) fn pull_and_run(
        &self,
        hand: &mut Hand<W::Local, H::Guard, W::Lane>,
        source: P,
        filler: Filler<P::Item, E::Item>,
        room: u32,
        patience: Patience,
    ) -> Finished {
        match self.pull(hand, source, filler, room, patience) {
            Some(owner) => self.run(hand, owner),
            None => Finished::nothing(),
        }
    }

    fn pull(
        &self,
        hand: &mut Hand<W::Local, H::Guard, W::Lane>,
        mut source: P,
        mut filler: Filler<P::Item, E::Item>,
        mut room: u32,
        patience: Patience,
    ) -> Option<Owner<P::Item, E::Item>> {
        let stop = &*self.common.stop;
        // What had been done when this worker found that only little is left, and waited.
        let mut beside = None;
        let supplier = loop {
            let supply = self.common.pull_into(hand, &mut source, &mut filler, room);
            match supply {
                None | Some(Supply::End) => {
                    self.common.caught(|| drop(source));
                    break Supplier::Gone;
                }
                Some(Supply::Dry) if patience != Patience::Never && filler.grown() == 0 => {
                    // While this worker waits nobody else can pull, so nothing that could be taken over comes up
                    // later, but for what is pushed: what is there now is taken before. Listening first, looked then: what
                    // somebody pushes and takes in between has rung.
                    let fed = self.common.work.fed();
                    if fed.is_some_and(|fed| fed.listen()) {
                        fed.into_iter().for_each(|fed| fed.listened());
                        break Supplier::Here(source);
                    }
                    let elsewhere = match self.window.find_without_pulling(hand.at, stop) {
                        Ok(other) => {
                            fed.into_iter().for_each(|fed| fed.listened());
                            let source = Supplier::Here(source);
                            self.window.pulled(filler, room, source, None, stop);
                            return Some(other);
                        }
                        Err(elsewhere) => elsewhere,
                    };
                    // Blocks until there is something, a stop or the deadline, or the patience is over.
                    match elsewhere {
                        Elsewhere::Nothing => self.wait_in(&mut source, patience),
                        Elsewhere::Little(progress) if beside == Some(progress) => {
                            fed.into_iter().for_each(|fed| fed.listened());
                            self.window.waited_beside_little(progress);
                        }
                        Elsewhere::Little(progress) => {
                            beside = Some(progress);
                            self.wait_in(&mut source, patience.at_most(time::now() + WORKER_NAP));
                        }
                    }
                    if stop.check_deadline()
                        || stop.ends_pulling()
                        || patience.is_over()
                        || (W::FEEDS && self.window.has_fed())
                    {
                        break Supplier::Here(source);
                    }
                }
                // Not the consumer, which has results to hand over.
                Some(Supply::More) if P::FLOWS && patience == Patience::Wait => {
                    match self.window.pull_on((filler, room), &hand.sizer, stop) {
                        Ok(more) => (filler, room) = more,
                        Err(enough) => {
                            (filler, room) = enough;
                            break Supplier::Here(source);
                        }
                    }
                }
                Some(Supply::Dry | Supply::More) => break Supplier::Here(source),
            }
        };
        let last = filler.segment().clone();
        let owner = self
            .window
            .pulled(filler, room, supplier, Some(hand.at), stop)?;
        if !Arc::ptr_eq(owner.segment(), &last) {
            // From the reserve: what it took to pull is another batch's.
            hand.pulling = Duration::ZERO;
        }
        Some(owner)
    }

    /// Waits for the source, or for an item that another worker pushes.
    pub(super) fn wait_in(&self, source: &mut P, patience: Patience) {
        match self.common.work.fed() {
            None => self.wait_and_tell(source, patience),
            Some(fed) => {
                // Listening first, looked again then.
                if !fed.listen() {
                    self.wait_and_tell(source, patience);
                }
                fed.listened();
            }
        }
    }

    /// Waits for the source. The consumer may have a long nap, and what is there is to be handed over as soon as after a short one.
    fn wait_and_tell(&self, source: &mut P, patience: Patience) {
        let stop = &*self.common.stop;
        let waiting = &self.window.waiting;
        if let Some(end) = waiting.begin_dry(stop) {
            if !time::has_passed(end) {
                // Blocks as below, but not for longer than the results that are there may wait.
                source.wait(stop, patience.at_most(end).until());
            }
            if patience.is_over() || !time::has_passed(end) {
                waiting.end_dry();
                return;
            }
            waiting.enough(stop);
        }
        // Blocks until there may be an item, the source has ended, the run stops, its deadline passes or the patience is over.
        source.wait(stop, patience.until());
        waiting.end_dry();
    }

    /// Runs the items of a segment until it is finished, the run stops, or an item fails.
    pub(crate) fn run(
        &self,
        hand: &mut Hand<W::Local, H::Guard, W::Lane>,
        owner: Owner<P::Item, E::Item>,
    ) -> Finished {
        let before = hand.items;
        let began = time::now();
        if let Err(payload) = catch_unwind(AssertUnwindSafe(|| self.run_items(hand, owner))) {
            hand.retired = true;
            crate::threads::do_not_reuse();
            self.common.fail(hand.cx.index(), Cause::Panic(payload));
        }
        let now = time::now();
        let took = now.saturating_duration_since(began);
        let items = (hand.items - before) as u32;
        hand.busy += took;
        hand.sizer.learn(items, took.max(hand.pulling));
        self.common.look_for_helper(hand, now);
        hand.pulling = Duration::ZERO;
        self.common.tell_progress(u64::from(items));
        Finished { items, took }
    }

    fn run_items(
        &self,
        hand: &mut Hand<W::Local, H::Guard, W::Lane>,
        owner: Owner<P::Item, E::Item>,
    ) {
        let stop = &*self.common.stop;
        let first = owner.segment().unclaimed().0;
        let pushed = owner.segment().was_pushed();
        let Some(mut ready) = self.common.begin_local::<P::Item, E>(hand, first) else {
            return;
        };
        let not_started = || {
            if let (Some(fed), true) = (self.common.work.fed(), pushed) {
                fed.count_dropped(1);
            }
        };
        let (waiting, ordered) = (&self.window.waiting, self.common.ordered);
        let ran = owner.run(
            |index, item, place| {
                self.common
                    .one::<P::Item, E>(&mut ready, index, item, place, not_started)
            },
            |index| waiting.published(index, ordered, stop),
        );
        if ran == Ran::FinishedUnseen {
            // The consumer may have found results behind a segment that was not finished, or wait for this last one
            // to end: all of it was stolen, or its last result was published before its end.
            waiting.finished(stop);
        }
    }
}
