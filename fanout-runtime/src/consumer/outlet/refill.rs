//! What the consumer does while it has nothing to hand over: look, pull or run where it may, wait.

use super::Outlet;
use crate::builder::hooks::Hooks;
use crate::feed::HasFeed;
use crate::input::Open;
use crate::outcome::ending::Ending;
use crate::pull::{Patience, Supply};
use crate::run::Keep;
use crate::sync::event::Woken;
use crate::sync::spin::spin_for;
use crate::sync::{hint, time};
use crate::window::{Found, Helping, Job, NAP, Nap, ONE_BY_ONE, Supplier, Threads};
use crate::worker::work::Work;

/// How often a consumer with a place among the workers looks for something to do before it sleeps, and how long it waits
/// between two looks: about 20 us in all.
const SPINS: u32 = 40;
const SPIN: u32 = 16;

impl<S, W, E, H, K> Outlet<S, W, E, H, K>
where
    S: Open,
    W: Work<S::Item>,
    E: Ending<W::Out>,
    H: Hooks,
    K: Keep<W::Local>,
{
    /// Lists more results, working or waiting for them. `Everything` here means that there will be no more, for whatever
    /// reason.
    #[cold]
    pub(super) fn refill(&mut self, patience: Patience) -> Found {
        let mut spun = 0;
        let mut tried = false;
        if patience != Patience::Never && !self.pause.is_zero() {
            spin_for(self.pause, || self.is_stopped());
        }
        loop {
            match self.look(false) {
                Found::Nothing => {}
                found => return found,
            }
            if self.stop().check_deadline() || self.is_stopped() {
                return self.look_once_more();
            }
            if patience == Patience::Never {
                // Where nobody else pulls, or runs what was pulled, nothing would ever be there.
                let moved = (self.is_alone() && self.help(patience)) || self.pull_here();
                if moved && !tried {
                    tried = true;
                    continue;
                }
                return Found::Nothing;
            }
            // Alone it runs what it has pulled before it pulls more: the input may wait for that.
            let alone = self.is_alone();
            let moved = (alone && self.help(patience)) || self.pull_here() || self.help(patience);
            if moved {
                spun = 0;
            } else if self.placed && spun < SPINS {
                // A worker's place is this thread's, so a core is: the next batch to take from is a few microseconds away,
                // and falling asleep for it would cost more.
                spun += 1;
                for _ in 0..SPIN {
                    hint::spin_loop();
                }
            } else if let Some(found) = self.rest(patience) {
                return found;
            }
        }
    }

    /// Waits for something to change; `Some` if that is not needed, or the patience is over.
    fn rest(&mut self, patience: Patience) -> Option<Found> {
        if !core::mem::replace(&mut self.has_rested, true) && self.run().start_second() {
            return None;
        }
        let stop = self.run().common.stop.clone();
        let nap = !self.one_by_one && self.run().window.may_nap();
        // A long nap is for a flow.
        let nap = nap.then(|| {
            if self.run().window.waiting.is_dry() {
                Nap::default()
            } else {
                self.nap
            }
        });
        self.run().window.waiting.begin(self.next, nap);
        let listener = stop.ready.listen();
        stop.settle();
        // A nap ends by itself, so it need not be the last look.
        match self.look(nap.is_none()) {
            Found::Nothing => {}
            found => return Some(found),
        }
        if self.is_stopped() || self.place_is_new() || self.may_pull_here() {
            return None;
        }
        let began = time::now();
        let nap_ends = nap.map(|nap| began + nap.length());
        let until = [patience.until(), nap_ends, stop.deadline()]
            .into_iter()
            .flatten()
            .min();
        // Blocks until the result that is waited for is published, the end is seen, a place among the workers is given to
        // this thread, a stop, or the earliest of nap, patience and deadline.
        let woken = listener.wait_deadline(until);
        let slept = time::now().saturating_duration_since(began);
        self.one_by_one = if nap.is_some() {
            // One that was ended later than a short one was, because there is nothing more for now, tells as much.
            woken == Woken::TimedOut || slept >= NAP
        } else {
            Nap::is_long(slept)
        };
        if woken == Woken::TimedOut && patience.is_over() {
            return Some(match self.look(false) {
                Found::Nothing if self.is_stopped() => self.look_once_more(),
                found => found,
            });
        }
        None
    }

    fn look(&mut self, before_sleep: bool) -> Found {
        let Some(launched) = &self.launched else {
            return Found::Everything;
        };
        let run = &launched.run;
        let looked = run.window.take_ready(
            &mut self.ready,
            &mut self.handed,
            before_sleep,
            &run.common.stop,
        );
        let found = looked.found;
        self.worth_telling = looked.worth_telling;
        self.pause = looked.pause;
        if self.one_by_one {
            self.nap = self.nap.next(looked.results, looked.naps_cost);
            self.one_by_one = looked.results <= ONE_BY_ONE;
        }
        if found == Found::Everything {
            self.everything = true;
            self.over = true;
        }
        found
    }

    /// Whether the operating system gave no thread, so that this one is the only worker.
    fn is_alone(&self) -> bool {
        self.run().common.threads() == Threads::None
    }

    /// Whether no result will come that is not there yet.
    fn is_stopped(&self) -> bool {
        let bound = self.stop().bound();
        bound == 0 || (self.run().common.ordered && bound <= self.next)
    }

    /// After a stop: what was finished before is still handed over, and then it is over.
    fn look_once_more(&mut self) -> Found {
        match self.look(false) {
            Found::Nothing => {
                self.over = true;
                Found::Everything
            }
            found => found,
        }
    }

    fn may_pull_here(&self) -> bool {
        let run = self.run();
        self.here.is_some() && run.window.consumer_may_pull(&run.common.stop)
    }

    /// Pulls for the workers, where the source is this thread's.
    fn pull_here(&mut self) -> bool {
        let (Some(launched), Some(mut source)) = (&self.launched, self.here.take()) else {
            return false;
        };
        let run = &*launched.run;
        let stop = &*run.common.stop;
        let Some((mut filler, room)) = run.window.begin_consumer_pull(&self.hand.sizer, stop)
        else {
            self.here = Some(source);
            return false;
        };
        let supply = run
            .common
            .pull_into(&mut self.hand, &mut source, &mut filler, room);
        self.hand.sizer.learn(filler.grown(), self.hand.pulling);
        let supplier = match supply {
            None | Some(Supply::End) => {
                run.common.caught(|| drop(source));
                Supplier::Gone
            }
            Some(Supply::More | Supply::Dry) => {
                self.here = Some(source);
                Supplier::Consumer
            }
        };
        run.window.pulled(filler, room, supplier, None, stop);
        true
    }

    /// Runs a batch while there is nothing to hand over, if this thread has a place among the workers.
    fn help(&mut self, patience: Patience) -> bool {
        let Some(launched) = &self.launched else {
            return false;
        };
        if self.hand.retired {
            return false;
        }
        let run = &*launched.run;
        self.threads = run.common.threads();
        let (job, worker) = match run.window.consumer_job(
            &self.hand.sizer,
            &run.common.stop,
            self.threads,
            self.hand.lane.feed(),
        ) {
            Helping::Job(job, worker) => (job, worker),
            Helping::NothingToDo => {
                self.placed = true;
                return false;
            }
            Helping::NoPlace => {
                self.placed = false;
                return false;
            }
        };
        self.helped = true;
        self.hand.cx.set_worker(worker);
        let finished = match job {
            Job::Run(owner) => run.run(&mut self.hand, owner),
            Job::Pull {
                source,
                filler,
                room,
            } => run.pull_and_run(
                &mut self.hand,
                source,
                filler,
                room,
                if self.threads == Threads::None {
                    patience
                } else {
                    Patience::Never
                },
            ),
            Job::Walk { .. } | Job::Quit => {
                unreachable!(
                    "fanout: the consumer was given a worker's job; this is a bug in fanout"
                )
            }
        };
        run.window.consumer_done(&finished, &run.common.stop);
        // A source with nothing for now is nothing to do, or this thread would look at it without end.
        self.placed = finished.items != 0;
        finished.items != 0 || self.hand.retired
    }

    /// Whether this thread was given a place among the workers after it last asked, or should ask again because a thread
    /// was refused.
    fn place_is_new(&self) -> bool {
        let run = self.run();
        !self.hand.retired
            && ((!self.placed && run.window.consumer_has_place())
                || run.common.threads() != self.threads)
    }
}
