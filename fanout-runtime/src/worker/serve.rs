//! The worker's loop: pull or be given a segment, run its items, until there is nothing left.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Instant;

use crossbeam_utils::CachePadded;

use crate::builder::hooks::Hooks;
use crate::deliver::segment::{Segment, drop_caught};
use crate::outcome::ending::Ending;
use crate::outcome::report::Progress;
use crate::pull::{Intake, Pull, Supply};
use crate::run::{Cause, Common, Hand, Keep, Run};
use crate::sync::Arc;
use crate::sync::atomic::Ordering;
use crate::threads::Help;
use crate::window::{Finished, Job, Resting, Supplier};
use crate::worker::work::Work;

type SegmentOf<P, W, E> =
    Arc<Segment<<P as Pull>::Item, <E as Ending<<W as Work<<P as Pull>::Item>>::Out>>::Item>>;

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
        // In a chain: whoever begins asks for the next before it enters user code, so that items that wait for each other
        // find each other, and a short run does not wake more threads than it needs.
        if !self.window.nothing_left(&self.common.stop) {
            self.common.summon_next();
        }
        self.serve(worker);
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
    /// Works as `worker` until there is nothing left.
    pub(crate) fn serve(&self, worker: usize) {
        let mut hand = self.common.hand(worker, worker, self.window.limits().batch);
        let mut resting = Resting::default();
        let mut finished = None;
        loop {
            let job = self.window.next_job(
                worker,
                finished.take(),
                &hand.sizer,
                &mut resting,
                &self.common.stop,
            );
            finished = Some(match job {
                Job::Quit => break,
                Job::Run(segment) => self.run(&mut hand, &segment),
                Job::Pull {
                    source,
                    segment,
                    room,
                } => self.pull_and_run(&mut hand, source, segment, room, true),
            });
            if hand.retired {
                self.window
                    .retire(worker, finished.take(), &self.common.stop);
                break;
            }
        }
        self.common.lay_down(hand);
    }

    /// Pulls into `segment` and runs what came. With `may_wait` it blocks where the source has nothing for now.
    pub(crate) fn pull_and_run(
        &self,
        hand: &mut Hand<W::Local, H::Guard>,
        source: P,
        segment: SegmentOf<P, W, E>,
        room: u32,
        may_wait: bool,
    ) -> Finished {
        match self.pull(hand, source, segment, room, may_wait) {
            Some(segment) => self.run(hand, &segment),
            None => Finished::nothing(),
        }
    }

    fn pull(
        &self,
        hand: &mut Hand<W::Local, H::Guard>,
        mut source: P,
        segment: SegmentOf<P, W, E>,
        room: u32,
        may_wait: bool,
    ) -> Option<SegmentOf<P, W, E>> {
        let stop = &*self.common.stop;
        let supplier = loop {
            let supply = self.common.pull_into(hand, &mut source, &segment, room);
            match supply {
                None | Some(Supply::End) => {
                    self.common.caught(|| drop(source));
                    break Supplier::Gone;
                }
                Some(Supply::Dry) if may_wait && segment.grown() == 0 => {
                    // While this worker waits nobody else can pull, so nothing that could be taken over comes up
                    // later: what is there now is taken before.
                    if let Some(other) = self.window.find_without_pulling(hand.at, stop) {
                        self.window
                            .pulled(&segment, room, Supplier::Here(source), None, stop);
                        return Some(other);
                    }
                    // Blocks until there is something, a stop or the deadline.
                    source.wait(stop);
                    if stop.check_deadline() || stop.bound() != u64::MAX {
                        break Supplier::Here(source);
                    }
                }
                Some(Supply::Dry | Supply::More) => break Supplier::Here(source),
            }
        };
        self.window
            .pulled(&segment, room, supplier, Some(hand.at), stop)
            .then_some(segment)
    }

    /// Runs the items of `segment` until it is finished, the run stops, or an item fails.
    pub(crate) fn run(
        &self,
        hand: &mut Hand<W::Local, H::Guard>,
        segment: &SegmentOf<P, W, E>,
    ) -> Finished {
        let before = hand.items;
        let began = Instant::now();
        if let Err(payload) = catch_unwind(AssertUnwindSafe(|| self.run_items(hand, segment))) {
            hand.retired = true;
            crate::threads::do_not_reuse();
            self.common.fail(hand.cx.index(), Cause::Panic(payload));
        }
        let took = began.elapsed();
        let items = (hand.items - before) as u32;
        hand.busy += took;
        hand.sizer.learn(items, took.max(hand.pulling));
        hand.pulling = core::time::Duration::ZERO;
        self.common.tell_progress(u64::from(items));
        Finished { items, took }
    }

    fn run_items(&self, hand: &mut Hand<W::Local, H::Guard>, segment: &SegmentOf<P, W, E>) {
        let stop = &*self.common.stop;
        hand.cx.begin(segment.index(segment.look().front));
        let Some(()) = self.common.begin_local::<P::Item, E>(hand) else {
            return;
        };
        let mut published = None;
        loop {
            let claimed = segment.next();
            if let Some(index) = published {
                self.window
                    .waiting
                    .published(index, self.common.ordered, stop);
            }
            let Some(place) = claimed else {
                if published.is_none() {
                    // All of it was stolen. The consumer may have found the stolen part's results behind a segment that
                    // was not finished, or wait for this last one to end.
                    self.common.stop.ready.notify_all();
                }
                return;
            };
            let index = segment.index(place);
            // SAFETY: claimed just now.
            let item = unsafe { segment.item(place) };
            if !stop.admits(index) || stop.check_deadline() {
                let mut panic = None;
                drop_caught(item, &mut panic);
                if let Some(payload) = panic {
                    self.common.fail_astray(payload);
                }
                return;
            }
            match self.common.call::<P::Item, E>(hand, index, item) {
                Ok(out) => {
                    // SAFETY: claimed by this worker, and `next` was not called since.
                    unsafe { segment.put(place, out) };
                    published = Some(index);
                }
                Err(error) => {
                    self.common.fail(index, Cause::Fault(error));
                    return;
                }
            }
        }
    }
}

impl Finished {
    pub(crate) fn nothing() -> Self {
        Self {
            items: 0,
            took: core::time::Duration::ZERO,
        }
    }
}

impl<W, H: Hooks, K, F> Common<W, H, K, F> {
    /// Pulls into a segment that is this worker's to fill. `None`: the source panicked, and must not be asked again.
    pub(crate) fn pull_into<P: Pull, L, O>(
        &self,
        hand: &mut Hand<L, H::Guard>,
        source: &mut P,
        segment: &Segment<P::Item, O>,
        room: u32,
    ) -> Option<Supply> {
        let (items, grown) = segment.growth();
        let idle = P::BLOCKS.then_some(&self.stop.idle);
        // SAFETY: the segment was opened with `room` places for this puller, and nothing was put into it before: it is
        // pulled into again only after a pull that brought nothing.
        let mut intake = unsafe { Intake::batch(items, grown, room, idle) };
        let began = Instant::now();
        let supply = catch_unwind(AssertUnwindSafe(|| source.pull(&mut intake)));
        hand.pulling = began.elapsed();
        match supply {
            Ok(supply) => Some(supply),
            Err(payload) => {
                crate::threads::do_not_reuse();
                // At the index that the item would have had: what came before it still counts.
                self.fail(segment.index(segment.grown()), Cause::Panic(payload));
                None
            }
        }
    }

    /// Makes the worker's guard and state before its first item. `None`: the state failed to begin, and the run with it.
    pub(crate) fn begin_local<I, E>(&self, hand: &mut Hand<W::Local, H::Guard>) -> Option<()>
    where
        W: Work<I>,
        E: Ending<W::Out, Error = F>,
    {
        if hand.local.is_none() {
            if hand.guard.is_none() {
                hand.guard = Some(self.hooks.worker_started(hand.cx.worker()));
            }
            match self.work.init() {
                Ok(local) => hand.local = Some(CachePadded::new(local)),
                Err(out) => {
                    hand.retired = true;
                    if let Err(error) = E::judge(out) {
                        self.fail(hand.cx.index(), Cause::Fault(error));
                        return None;
                    }
                    unreachable!(
                        "fanout: a state failed to begin without an error; this is a bug in fanout"
                    );
                }
            }
        }
        Some(())
    }

    /// Calls the item function.
    #[inline]
    pub(crate) fn call<I, E>(
        &self,
        hand: &mut Hand<W::Local, H::Guard>,
        index: u64,
        item: I,
    ) -> Result<E::Item, F>
    where
        W: Work<I>,
        E: Ending<W::Out, Error = F>,
    {
        hand.cx.begin(index);
        let Some(local) = &mut hand.local else {
            unreachable!("fanout: an item without its worker's state; this is a bug in fanout");
        };
        let out = self.work.call(item, local, &hand.cx);
        hand.cx.end();
        hand.items += 1;
        E::judge(out)
    }

    /// Tells `on_progress` that `items` more are done.
    pub(crate) fn tell_progress(&self, items: u64) {
        if H::PROGRESS && items != 0 {
            // Relaxed: a count, from which nothing follows.
            let finished = self.finished.fetch_add(items, Ordering::Relaxed) + items;
            self.caught(|| {
                self.hooks.progress(Progress {
                    finished,
                    total: self.advice,
                });
            });
        }
    }
}
