//! How a worker waits for something to do.

#[cfg(all(test, not(any(fanout_loom, fanout_shuttle))))]
mod tests;

use core::time::Duration;

use super::claim::{Finished, Job, Looker, Rest};
use super::state::{State, Window};
use crate::feed::Feed;
use crate::pull::Pull;
use crate::pull::batch::Sizer;
use crate::stop::Stop;
use crate::sync::event::Woken;
use crate::sync::thread::current_core;
use crate::sync::time::{self, Instant};

/// How often the watcher looks (6. in [`super`]), and how long one naps to whom too little is left (8.).
pub(crate) const WORKER_NAP: Duration = Duration::from_millis(1);

/// How a worker looks for something to do.
enum Look {
    /// When it has finished something, or was woken.
    First(Option<Finished>),
    /// When it has registered as a sleeper.
    Last,
}

/// One worker's memory between its rests.
#[derive(Debug, Default)]
pub(crate) struct Resting {
    seen_progress: u64,
    seen_helps: u64,
    /// Whether its last look may have missed what a pull that goes on has brought.
    unsettled: bool,
    /// Whether its last look found something, but too little. Decided by that look: afterwards it might seem enough, and nobody
    /// would tell of it.
    left_little: bool,
    /// Whether it had the consumer's core then.
    on_its_core: bool,
    /// Whether it found nothing because it made way.
    made_way: bool,
    /// Whether its last attempt said that it is held back.
    held_back: bool,
}

impl<P: Pull, O> Window<P, O> {
    /// The next job for a worker thread, which has `finished` one if it had one. Rests until there is one.
    pub(crate) fn next_job(
        &self,
        worker: usize,
        mut finished: Option<Finished>,
        sizer: &Sizer,
        resting: &mut Resting,
        stop: &Stop,
        lane: Option<&Feed<P::Item>>,
    ) -> Job<P, O> {
        // Not who was woken, or ran a single item: where items come one by one, whoever pulls waits for long.
        let batch = finished.as_ref().filter(|finished| finished.items > 1);
        let mut worked = batch.map(|batch| batch.took);
        if worked.is_some() {
            self.turn.wait();
        }
        loop {
            stop.check_deadline();
            let rest = match self.step(
                worker,
                Look::First(finished.take()),
                sizer,
                resting,
                stop,
                lane,
            ) {
                Ok(job) => return job,
                Err(rest) => rest,
            };
            if let (Some(worked), Rest::Idle) = (worked.take(), rest) {
                // On the consumer's core it would keep that from making room.
                let elsewhere = self.limits.cores > 1 && !resting.on_its_core;
                if elsewhere && self.turn.wait_for_room(worked) {
                    continue;
                }
            }
            let event = match rest {
                Rest::Idle => &stop.idle,
                Rest::Surplus => &stop.surplus,
            };
            // Registered first, looked again then (5. in `super`).
            let listener = event.listen();
            stop.settle();
            match self.step(worker, Look::Last, sizer, resting, stop, lane) {
                Ok(job) => return job,
                Err(again) if again != rest => continue,
                Err(_) => {}
            }
            let wake = self.before_rest(rest, resting, stop);
            if wake.naps && resting.made_way {
                listener.naps();
            }
            // Blocks until somebody adds something to be found, a stop, or the earlier of the watcher's nap and the deadline.
            let woken = listener.wait_deadline(wake.until);
            self.after_rest(worker, &wake, woken, resting, stop);
        }
    }

    /// An attempt to find a job. Whoever was held back and is not any more calls the next that is: it may go on as well, or
    /// is to be the watcher.
    fn step(
        &self,
        worker: usize,
        look: Look,
        sizer: &Sizer,
        resting: &mut Resting,
        stop: &Stop,
        lane: Option<&Feed<P::Item>>,
    ) -> Result<Job<P, O>, Rest> {
        let answer = self.attempt(worker, look, sizer, resting, stop, lane);
        let held_back = matches!(answer, Err(Rest::Surplus));
        if resting.held_back && !held_back {
            stop.surplus.notify_one();
        }
        resting.held_back = held_back;
        answer
    }

    fn attempt(
        &self,
        worker: usize,
        look: Look,
        sizer: &Sizer,
        resting: &mut Resting,
        stop: &Stop,
        lane: Option<&Feed<P::Item>>,
    ) -> Result<Job<P, O>, Rest> {
        let (now, here) = (time::now(), current_core());
        let mut watch = false;
        let mut state = self.lock();
        match look {
            Look::First(None) => {}
            Look::First(Some(finished)) => {
                state.busy -= 1;
                watch = self.put_down(&mut state, worker, &finished);
            }
            // Only a pull that goes on brings anything without this lock. A nap ends by itself, and interrupts nobody.
            Look::Last if P::BLOCKS => {
                resting.unsettled = state.is_source_due();
                if state.growing.is_some() && !resting.unsettled {
                    state.settle();
                }
            }
            Look::Last => {}
        }
        let was_held_back = resting.held_back;
        resting.on_its_core = state.is_on_its_core(here);
        let looker = Looker {
            at: worker,
            sizer,
            lane,
            may_block: true,
            makes_way: state.makes_way(resting.on_its_core, stop),
            now,
        };
        let (job, seat_given) = self.try_job(&mut state, &looker, was_held_back, stop);
        resting.left_little =
            job.is_err() && (state.lacks_room(looker.makes_way, stop) || state.leaves_little(stop));
        resting.made_way = job.is_err() && looker.makes_way;
        // Who is held back has not looked whether there is something.
        let nothing = matches!(job, Err(Rest::Idle) | Ok(Job::Quit));
        let enough = self.is_enough(&state, nothing);
        self.turn.set_full(state.lacks_room(false, stop));
        // Looked at only if somebody may be waiting: who waits registered before it looked under this lock, or will look
        // after us.
        let feeds = state.feed.is_some();
        let more = stop.idle.sleepers() != 0
            && matches!(job, Ok(Job::Run(_) | Job::Pull { .. } | Job::Walk { .. }))
            && state.is_more_left(worker, stop);
        drop(state);
        if enough {
            self.waiting.enough(stop);
        }
        if seat_given {
            stop.ready.notify_all();
        }
        if watch || matches!(job, Ok(Job::Quit)) {
            stop.surplus.notify_one();
        }
        if feeds && matches!(job, Ok(Job::Quit)) {
            // Nobody is left who could push (3. in `feed`): that ends the waiting for it.
            stop.idle.notify_all();
            stop.ready.notify_all();
        }
        if more {
            self.call_idle(stop);
        }
        job
    }

    /// Whether there is a lot for a consumer that naps, or nobody who would bring it more, after a worker looked for work and found
    /// `nothing`, or has not.
    pub(super) fn is_enough(&self, state: &State<P, O>, nothing: bool) -> bool {
        if P::SHARDED && !self.limits.ordered {
            // What waits for its key fills the window, too, and brings the consumer nothing.
            state.put_down.len() >= state.size / (2 * self.limits.workers)
                || (nothing && state.busy == 0)
        } else {
            state.room() < self.whole_batch(state) || nothing
        }
    }

    fn before_rest(&self, rest: Rest, resting: &mut Resting, stop: &Stop) -> Wake {
        let mut state = self.lock();
        let naps = rest == Rest::Idle && (resting.unsettled || resting.left_little);
        if naps {
            state.nappers += 1;
            state.made_way += usize::from(resting.made_way);
            resting.seen_progress = state.progress;
        }
        let watcher = match rest {
            Rest::Idle => false,
            Rest::Surplus => {
                // Where nothing moves nobody looks; but a place that the consumer has and does not use is wanted back.
                let settled = state.all_hands
                    && state.progress == resting.seen_progress
                    && (state.seat.is_none() || state.consumer_runs);
                let watch = !state.has_watcher && !settled;
                state.has_watcher |= watch;
                resting.seen_progress = state.progress;
                resting.seen_helps = state.helps;
                watch
            }
        };
        drop(state);
        let until = (watcher || naps).then(|| time::now() + WORKER_NAP);
        Wake {
            until: match (until, stop.deadline()) {
                (Some(a), Some(b)) => Some(a.min(b)),
                (a, b) => a.or(b),
            },
            watcher,
            naps,
        }
    }

    fn after_rest(&self, worker: usize, wake: &Wake, woken: Woken, resting: &Resting, stop: &Stop) {
        if wake.naps {
            let mut state = self.lock();
            state.nappers -= 1;
            state.made_way -= usize::from(resting.made_way);
            // If nothing has moved, whoever is idle takes what there is (8. in `super`).
            state.little_will_do |=
                woken == Woken::TimedOut && state.progress == resting.seen_progress;
        }
        if !wake.watcher {
            return;
        }
        let mut state = self.lock();
        state.has_watcher = false;
        let call = woken == Woken::TimedOut && state.look_around(resting);
        let has_place = state.busy < state.busy_limit(&self.limits);
        let is_for_others = has_place && state.seat == Some(worker);
        drop(state);
        if call {
            // The others sleep without a limit, and this worker may be inside an item for long from now on.
            stop.surplus.notify_all();
        } else if is_for_others {
            // The consumer has its own place, so it stays held back where others need not.
            stop.surplus.notify_one();
        }
        // Else it watches on, or goes to work and calls the next (`step`).
    }
}

struct Wake {
    until: Option<Instant>,
    watcher: bool,
    /// Whether there is something, but too little, so that it looks again soon.
    naps: bool,
}

impl<P: Pull, O> State<P, O> {
    /// The watcher's look, a nap after the last. Returns whether those who are held back have to come.
    pub(super) fn look_around(&mut self, resting: &Resting) -> bool {
        let call = self.progress == resting.seen_progress && !self.all_hands;
        self.all_hands |= call;
        // Those who come take what there is (8. in `super`).
        self.little_will_do |= call;
        // A consumer that has not helped since is busy with something of its own: its place is wanted back.
        let back = self.seat.is_some() && self.helps == resting.seen_helps && !self.consumer_runs;
        if back {
            self.seat = None;
            self.consumer_wants_seat = false;
        }
        call || back
    }
}

impl<P: Pull, O> Window<P, O> {
    /// A worker that takes no further jobs says what it did last.
    pub(crate) fn retire(&self, worker: usize, finished: Option<Finished>, stop: &Stop) {
        let Some(finished) = finished else { return };
        let mut state = self.lock();
        state.busy -= 1;
        let _ = self.put_down(&mut state, worker, &finished);
        drop(state);
        // One less is busy, so one that was held back may go on.
        stop.surplus.notify_all();
        stop.idle.notify_one();
    }
}
