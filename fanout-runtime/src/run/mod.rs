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

use core::time::Duration;

use crate::builder::hooks::Hooks;
use crate::deliver::caught::{FirstPanic, Payload};
use crate::outcome::ending::Ending;
use crate::pull::Pull;
use crate::stop::{Reason, Stop};
use crate::sync::thread::{available_parallelism, current_core};
use crate::sync::time::{self, Instant};
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

/// A helper that has a core has begun by then: it takes some 50 us to wake one that is asleep.
const TIME_TO_BEGIN: Duration = Duration::from_micros(80);

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

    /// Asks for the next helper. `works_on`: whether this thread needs its core.
    pub(crate) fn summon_next(&self, works_on: bool) -> Option<Summoned> {
        let roll = self.roll.get()?;
        let core = if works_on && self.has_core_for(roll.asked()) {
            current_core()
        } else {
            None
        };
        Some(roll.summon_beside(core))
    }

    /// Asks for the next helper of a worker that goes on working.
    pub(crate) fn summon_for<L, G, N>(&self, hand: &mut Hand<L, G, N>) {
        let asked = self.summon_next(true) == Some(Summoned::Asked);
        hand.asked = asked.then(time::now);
    }

    /// After a batch that ended at `now`: if the helper that the owner of this `hand` has asked for has not begun by now, it may be
    /// waiting for this thread's core while another one is idle.
    pub(crate) fn look_for_helper<L, G, N>(&self, hand: &mut Hand<L, G, N>, now: Instant) {
        let due = hand
            .asked
            .is_some_and(|asked| now.saturating_duration_since(asked) >= TIME_TO_BEGIN);
        if due {
            hand.asked = None;
            self.hasten();
        }
    }

    #[cold]
    fn hasten(&self) {
        if let Some(roll) = self.roll.get() {
            if self.has_core_for(roll.inside()) {
                roll.hasten();
            }
        }
    }

    /// Whether there is a core for one more, beside so many helpers.
    fn has_core_for(&self, helpers: usize) -> bool {
        self.first_helper + helpers < available_parallelism()
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
    /// As [`Common::summon_next`]. After a refusal the window is told how few there are, and the consumer that it may have to
    /// stand in.
    pub(crate) fn summon_next(&self, works_on: bool) -> Option<Summoned> {
        let summoned = self.common.summon_next(works_on);
        match summoned {
            Some(Summoned::Refused) => {
                let given = self.common.roll.get().map_or(0, |roll| roll.asked());
                self.window.got_threads(given, &self.common.stop);
            }
            // All have come, as each has asked for the next (`start_second`). Only those that have keys of their own wait to hear it.
            Some(Summoned::Full) if P::SHARDED && self.window.limits().pinned => {
                self.window.got_threads(usize::MAX, &self.common.stop);
            }
            _ => {}
        }
        summoned
    }

    /// For the consumer, which has asked for the first helper and is about to wait: asks for the second as well, if that is a thread
    /// that has to be started. A virtual machine's Linux puts a thread that starts on the core of whoever starts it, unless one
    /// waits there already; the first would have the second on its own core, and keep it from that. Returns whether it has asked.
    ///
    /// Not where each worker has keys of its own: there it matters which numbers are missing after a refusal, and that is known only
    /// if each asks for the next.
    pub(crate) fn start_second(&self) -> bool {
        if P::SHARDED && self.window.limits().pinned {
            return false;
        }
        let common = &self.common;
        let starts = common
            .roll
            .get()
            .is_some_and(|roll| roll.starts_threads() && common.has_core_for(roll.asked()));
        starts && !self.window.nothing_left(&common.stop) && {
            let _ = self.summon_next(false);
            true
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
