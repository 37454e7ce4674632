//! [`Feed`]: the consumer of a run, whatever terminal it serves: gives the results one by one and ends the run.

use crate::builder::FanOut;
use crate::builder::hooks::Hooks;
use crate::deliver::caught::FirstPanic;
use crate::deliver::segment::Batch;
use crate::input::{Open, Opened};
use crate::outcome::ending::Ending;
use crate::outcome::order::Order;
use crate::outcome::report::Ended;
use crate::pull::{Patience, Supply};
use crate::run::{DropLocals, End, Fate, Hand, Keep, Launched, Listening, Plan, Run};
use crate::stop::{CancelToken, Reason, Stop};
use crate::sync::event::Woken;
use crate::sync::time::{self, Instant};
use crate::sync::{Arc, hint};
use crate::threads::Chain;
use crate::window::{
    Finished, Found, Handed, Helping, Job, Limits, Listed, NAP, Supplier, Threads, Window,
};
use crate::worker::work::Work;

pub(super) type Out<S, W, E> = <E as Ending<<W as Work<<S as Open>::Item>>::Out>>::Item;
pub(super) type Fault<S, W, E> = <E as Ending<<W as Work<<S as Open>::Item>>::Out>>::Error;
type RunOf<S, W, E, H, K> = Run<<S as Open>::Shared, W, E, H, K>;

/// How often a consumer with a place among the workers looks for something to do before it sleeps, and how long it waits
/// between two looks: about 20 us in all.
const SPINS: u32 = 40;
const SPIN: u32 = 16;

/// The consumer of a run with a window.
pub(crate) struct Feed<S, W, E, H, K>
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
    ready: Listed<S::Item, Out<S, W, E>>,
    handed: Handed<S::Item, Out<S, W, E>>,
    /// The index of the next result, in an ordered run; how many there were, in an unordered one.
    next: u64,
    /// The size of the window when it was last seen.
    window: usize,
    /// For the items that this thread runs while it has nothing to hand over.
    hand: Hand<W::Local, H::Guard>,
    helped: bool,
    /// Whether the last nap passed with nothing to hand over after it.
    napped: bool,
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
    /// The result of the item at an index.
    Result(u64, T),
    /// Nothing yet, and the patience is over.
    NotReady,
    /// Nothing any more: `end` says how it ended.
    Over,
}

impl<S, W, E, H, K> Feed<S, W, E, H, K>
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
    pub(crate) fn start<O: Order>(fan_out: FanOut<S, W, O, E, H>, keep: K) -> Self {
        Self::start_with(fan_out, keep, None)
    }

    /// `stage_of`: the chain of the run that pulls from this one.
    fn start_with<O: Order>(
        fan_out: FanOut<S, W, O, E, H>,
        keep: K,
        stage_of: Option<Chain>,
    ) -> Self {
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
        };
        let parts = (work, hooks, keep);
        let run = Run {
            common: plan.common(&settings, O::ORDERED, advice, parts, listening.stop.clone()),
            window: Window::new(limits, supplier),
        };
        let hand = run.common.hand(plan.workers, 0, settings.batch);
        let launched = Launched::new(run, listening, plan, |run| &run.common.roll);
        launched.run.summon_next();
        Self {
            launched: Some(launched),
            here,
            ready: Listed::new(),
            handed: Handed::nothing(),
            next: 0,
            window: usize::MAX,
            hand,
            helped: false,
            napped: false,
            placed: false,
            threads: Threads::Some,
            label: settings.label,
            everything: false,
            over: false,
        }
    }
}

impl<S, W, E, H> Feed<S, W, E, H, DropLocals>
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

impl<S, W, E, H, K> Feed<S, W, E, H, K>
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
        let nothing_listed = self.ready.iter().all(Batch::is_empty);
        if nothing_listed && !self.over {
            while !self.ready.is_empty() {
                self.put_away();
            }
            let _ = self.refill(deadline.map_or(Patience::Wait, Patience::Until));
        }
    }

    /// The next result.
    #[inline]
    pub(crate) fn next(&mut self, patience: Patience) -> Next<Out<S, W, E>> {
        loop {
            if let Some(batch) = self.ready.front_mut() {
                if let Some((index, out)) = batch.take() {
                    self.next += 1;
                    self.handed.count += 1;
                    self.tell_handed();
                    return Next::Result(index, out);
                }
                self.put_away();
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

    /// A listed batch is used up.
    fn put_away(&mut self) {
        if let Some(batch) = self.ready.pop_front() {
            self.handed.segments.push(batch.segment());
        }
    }

    /// Workers that wait for room are told of it a quarter of the window at a time: a wake-up costs more than an item.
    #[inline]
    fn tell_handed(&mut self) {
        if self.handed.count > self.window / 4 {
            let mut handed = core::mem::replace(&mut self.handed, Handed::nothing());
            self.run().window.handed_over(&mut handed, self.stop());
            self.handed = handed;
        }
    }

    /// Lists more results, working or waiting for them. `Everything` here means that there will be no more, for whatever
    /// reason.
    #[cold]
    fn refill(&mut self, patience: Patience) -> Found {
        let mut spun = 0;
        let mut tried = false;
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
            let moved = if self.is_alone() {
                self.help(patience) || self.pull_here()
            } else {
                self.pull_here() || self.help(patience)
            };
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
        let stop = self.run().common.stop.clone();
        let nap = !self.napped && self.run().window.items_are_short();
        self.run().window.waiting.begin(self.next, nap);
        let listener = stop.ready.listen();
        stop.settle();
        match self.look(true) {
            Found::Nothing => {}
            found => return Some(found),
        }
        if self.is_stopped() || self.place_is_new() {
            return None;
        }
        let nap_ends = nap.then(|| time::now() + NAP);
        let until = [patience.until(), nap_ends, stop.deadline()]
            .into_iter()
            .flatten()
            .min();
        // Blocks until the result that is waited for is published, the end is seen, a place among the workers is given to
        // this thread, a stop, or the earliest of nap, patience and deadline.
        let woken = listener.wait_deadline(until);
        self.napped = nap && woken == Woken::TimedOut;
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
        let (found, window) = run.window.take_ready(
            &mut self.ready,
            &mut self.handed,
            before_sleep,
            &run.common.stop,
        );
        self.window = window;
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
        let (job, worker) =
            match run
                .window
                .consumer_job(&self.hand.sizer, &run.common.stop, self.threads)
            {
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
            Job::Quit => Finished::nothing(),
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

    /// Stops the run for `reason` unless it has stopped or is complete, waits for its workers, drops what is left of it,
    /// and gives the report. To be called once.
    pub(crate) fn end(&mut self, reason: Reason) -> End<Fault<S, W, E>, K, W> {
        self.over = true;
        let Some(launched) = self.launched.take() else {
            unreachable!("fanout: a run was ended twice; this is a bug in fanout");
        };
        launched.stop().stop(reason);
        launched.dismiss();
        let run = &*launched.run;
        let workers = run.window.limits().workers;
        let spent = run.common.hand(workers, 0, None);
        let hand = core::mem::replace(&mut self.hand, spent);
        if self.helped {
            run.common.lay_down(hand);
        }
        run.common.caught(|| drop(self.here.take()));
        // What is listed and was not taken: the window does not have it any more.
        let mut panic = FirstPanic::none();
        for mut batch in self.ready.drain(..) {
            batch.drain(&mut panic);
        }
        run.common.lose(panic);
        self.handed.segments.clear();
        let fate = run.conclude(self.everything, self.next);
        let ended = match (&fate, reason) {
            (Fate::Stopped, Reason::Panicked) => Ended::Panicked,
            (fate, _) => fate.ended(),
        };
        let high_water = run.window.high_water();
        let report_panic = run
            .common
            .give_report(self.label, workers, high_water, ended);
        let common = launched.into_run().common;
        End {
            fate,
            report_panic,
            keep: common.keep,
            work: common.work,
        }
    }
}

impl<S, W, E, H, K> Feed<S, W, E, H, K>
where
    S: Open + 'static,
    W: Work<S::Item> + 'static,
    E: Ending<W::Out>,
    H: Hooks + 'static,
    K: Keep<W::Local> + Send + Sync + 'static,
    S::Item: Send + 'static,
    E::Item: Send + 'static,
    E::Error: Send + 'static,
{
    /// Stops the run without waiting for it: the last worker out ends it.
    pub(crate) fn abandon(mut self) {
        let Some(launched) = self.launched.take() else {
            return;
        };
        launched.stop().stop(Reason::Consumer);
        let (label, reached) = (self.label, self.next);
        let spent = launched.run.common.hand(0, 0, None);
        let hand = core::mem::replace(&mut self.hand, spent);
        if self.helped {
            launched.run.common.lay_down(hand);
        }
        launched.abandon(move |run| {
            let fate = run.conclude(false, reached);
            let (workers, high_water) = (run.window.limits().workers, run.window.high_water());
            let report_panic = run
                .common
                .give_report(label, workers, high_water, fate.ended());
            core::mem::forget(report_panic);
            fate.forget();
        });
    }
}

impl<S, W, E, H, K> Drop for Feed<S, W, E, H, K>
where
    S: Open,
    W: Work<S::Item>,
    E: Ending<W::Out>,
    H: Hooks,
    K: Keep<W::Local>,
{
    /// For the ways out that are not a terminal's own: a panic of the consumer, a stream that is dropped.
    fn drop(&mut self) {
        if self.launched.is_none() {
            return;
        }
        let reason = if std::thread::panicking() {
            Reason::Panicked
        } else {
            Reason::Consumer
        };
        // A destructor must not panic because of somebody else's panic: it is told in the report.
        self.end(reason).forget();
    }
}
