//! A run: what its workers and its consumer share.

mod end;
mod failure;
mod hand;
mod launch;
mod progress;
mod ready;
mod report;

#[cfg(all(test, fanout_loom))]
mod loom_tests;
#[cfg(all(test, fanout_shuttle, not(fanout_loom)))]
mod shuttle_tests;

use crate::builder::hooks::Hooks;
use crate::deliver::caught::{FirstPanic, Payload};
use crate::outcome::ending::Ending;
use crate::pull::Pull;
use crate::stop::{Reason, Stop};
use crate::sync::{Arc, Mutex, OnceLock};
use crate::threads::{Roll, Summoned};
use crate::window::{Threads, Window};
use crate::worker::work::Work;

pub(crate) use end::{End, Fate};
pub(crate) use failure::{Cause, Failures};
pub(crate) use hand::{DropLocals, Hand, Keep, KeepLocals};
pub(crate) use launch::{Launched, Listening, Plan};
pub(crate) use progress::Tally;
pub(crate) use ready::Ready;
pub(crate) use report::Stats;

/// What the workers of a run share, beside the window or the indexes that they work on.
pub(crate) struct Common<W, H, K, E> {
    pub(crate) work: W,
    pub(crate) hooks: H,
    pub(crate) keep: K,
    pub(crate) stop: Arc<Stop>,
    pub(crate) failures: Failures<E>,
    pub(crate) stats: Mutex<Stats>,
    pub(crate) tally: Tally,
    /// How many items there are, where the input says so: for `on_progress` alone.
    pub(crate) advice: Option<u64>,
    pub(crate) item_timeout: Option<core::time::Duration>,
    pub(crate) ordered: bool,
    /// The number of the first helper: 1 where the calling thread is worker 0.
    pub(crate) first_helper: usize,
    pub(crate) roll: OnceLock<Arc<Roll>>,
}

impl<W, H, K, E> Common<W, H, K, E> {
    /// Records why the run cannot go on, then stops it: as a whole, or from `index` on in an ordered run.
    #[cold]
    pub(crate) fn fail(&self, index: u64, cause: Cause<E>) {
        let reason = match cause {
            Cause::Fault(_) => Reason::Failed,
            Cause::Panic(_) => Reason::Panicked,
        };
        self.failures.record(index, cause, self.ordered);
        if self.ordered {
            self.stop.fail_at(index, reason);
        } else {
            self.stop.stop(reason);
        }
    }

    /// A panic that belongs to no item: of a guard, a state, a callback, a `Drop` during clean-up.
    pub(crate) fn fail_astray(&self, payload: Payload) {
        self.failures.record_stray(payload);
        self.stop.stop(Reason::Panicked);
    }

    /// Asks for the next helper.
    pub(crate) fn summon_next(&self) -> Option<Summoned> {
        self.roll.get().map(|roll| roll.summon_one())
    }

    pub(crate) fn threads(&self) -> Threads {
        match self.roll.get() {
            Some(roll) if !roll.refused() || roll.asked() > 0 => Threads::Some,
            _ => Threads::None,
        }
    }
}

/// A run with a window.
pub(crate) struct Run<P: Pull, W: Work<P::Item>, E: Ending<W::Out>, H, K> {
    pub(crate) common: Common<W, H, K, E::Error>,
    pub(crate) window: Window<P, E::Item>,
}

impl<P, W, E, H, K> Run<P, W, E, H, K>
where
    P: Pull,
    W: Work<P::Item>,
    E: Ending<W::Out>,
    H: Hooks,
    K: Keep<W::Local>,
{
    /// Asks for the next helper. After a refusal the window is told how few there are, and the consumer that it may have to
    /// stand in.
    pub(crate) fn summon_next(&self) {
        match self.common.summon_next() {
            Some(Summoned::Refused) => {
                let given = self.common.roll.get().map_or(0, |roll| roll.asked());
                self.window.got_threads(given, &self.common.stop);
            }
            // All have come. Only those that have keys of their own wait to hear it.
            Some(Summoned::Full) if P::SHARDED && self.window.limits().pinned => {
                self.window.got_threads(usize::MAX, &self.common.stop);
            }
            _ => {}
        }
    }

    /// What is left when nobody works on the run any more: drops it, and says how the run ended.
    ///
    /// `everything`: the consumer has handed over the results of the whole input. `reached`: how many it has.
    pub(crate) fn conclude(&self, everything: bool, reached: u64) -> Fate<E::Error> {
        let mut panic = FirstPanic::none();
        self.window.drain(&mut panic);
        self.common.lose(panic);
        self.common.fate(everything, reached)
    }
}
