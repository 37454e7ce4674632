//! The steps of a worker in which user code runs, whatever the input: pull, begin, call, tell.

use std::panic::{AssertUnwindSafe, catch_unwind};

use crossbeam_utils::CachePadded;

use crate::builder::hooks::Hooks;
use crate::deliver::caught::FirstPanic;
use crate::deliver::place::{Place, Put};
use crate::deliver::segment::Filler;
use crate::outcome::ending::Ending;
use crate::outcome::report::Progress;
use crate::pull::{Pull, Supply};
use crate::run::{Cause, Common, Hand, Ready};
use crate::sync::time;
use crate::worker::work::Work;

impl<W, H: Hooks, K, F> Common<W, H, K, F> {
    /// Pulls into a segment. `None`: the source panicked, and must not be asked again.
    pub(crate) fn pull_into<P: Pull, L, N, O>(
        &self,
        hand: &mut Hand<L, H::Guard, N>,
        source: &mut P,
        filler: &mut Filler<P::Item, O>,
        room: u32,
    ) -> Option<Supply>
    where
        W: Work<P::Item>,
    {
        let mut intake = filler.intake(room, P::BLOCKS, &self.stop);
        let began = time::now();
        let supply = catch_unwind(AssertUnwindSafe(|| match self.work.fed() {
            None => source.pull(&mut intake),
            // Pulled and pushed items are numbered together.
            Some(fed) => intake.with_keys(&|_| fed.number(), |intake| source.pull(intake)),
        }));
        hand.pulling = time::now().saturating_duration_since(began);
        match supply {
            Ok(supply) => Some(supply),
            Err(payload) => {
                crate::threads::do_not_reuse();
                // At the index that the item would have had: what came before it still counts.
                self.fail(filler.next_index(), Cause::Panic(payload));
                None
            }
        }
    }

    /// What a worker calls the item function with. Before its first item, that at `index`, its guard and its state are made.
    /// `None`: the state failed to begin, and the run with it.
    #[inline(always)]
    pub(crate) fn begin_local<'h, I, E>(
        &'h self,
        hand: &'h mut Hand<W::Local, H::Guard, W::Lane>,
        index: u64,
    ) -> Option<Ready<'h, W::Local, W::Lane>>
    where
        W: Work<I>,
        E: Ending<W::Out, Error = F>,
    {
        if hand.local.is_none() {
            hand.cx.begin(index);
            self.make_local::<I, E>(hand)?;
        }
        Ready::of(hand, &self.stop)
    }

    #[cold]
    fn make_local<I, E>(&self, hand: &mut Hand<W::Local, H::Guard, W::Lane>) -> Option<()>
    where
        W: Work<I>,
        E: Ending<W::Out, Error = F>,
    {
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
        Some(())
    }

    /// Calls the item function. Inlined wherever there is a loop over items: a call of it would cost as much as it does.
    #[inline(always)]
    pub(crate) fn call<I, E>(
        &self,
        ready: &mut Ready<'_, W::Local, W::Lane>,
        index: u64,
        item: I,
    ) -> Result<E::Item, F>
    where
        W: Work<I>,
        E: Ending<W::Out, Error = F>,
    {
        let given = ready.begin(index);
        let out = self.work.call(item, given.local, given.lane, given.cx);
        ready.end();
        E::judge(out)
    }

    /// Runs an item, and puts its result. Not if it may not start any more, or fails: then nothing after it starts either.
    #[inline(always)]
    pub(crate) fn one<'p, I, E>(
        &self,
        ready: &mut Ready<'_, W::Local, W::Lane>,
        index: u64,
        item: I,
        place: Place<'p, E::Item>,
        not_started: impl FnOnce(),
    ) -> Option<Put<'p>>
    where
        W: Work<I>,
        E: Ending<W::Out, Error = F>,
    {
        if !ready.may_start(index) {
            self.give_up(item);
            not_started();
            return None;
        }
        match self.call::<I, E>(ready, index, item) {
            Ok(out) => Some(place.put(out)),
            Err(error) => {
                self.fail(index, Cause::Fault(error));
                None
            }
        }
    }

    /// Drops an item that does not start any more.
    #[cold]
    pub(crate) fn give_up<I>(&self, item: I) {
        let mut panic = FirstPanic::none();
        panic.drop(item);
        self.lose(panic);
    }

    /// Tells `on_progress` that `items` more are done.
    pub(crate) fn tell_progress(&self, items: u64) {
        if H::PROGRESS && items != 0 {
            self.tally.add(items, |finished| {
                self.caught(|| {
                    self.hooks.progress(Progress {
                        finished,
                        total: self.advice,
                    });
                })
            });
        }
    }
}
