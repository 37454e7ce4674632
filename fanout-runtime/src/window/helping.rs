//! The consumer in a worker's place.
//!
//! Only in a run whose items never wait for each other (`cpu_bound`): a consumer inside an item hands nothing over, so an
//! item that waits for one that the full window keeps out would wait for ever. And where there is no thread but this one.
//!
//! A consumer that has nothing to hand over asks for a place. The next worker that comes for a job gives up its own and
//! is held back (6. in [`super`]); the watcher takes the place back when the consumer does not use it.

use super::claim::{Finished, Job, Looker};
use super::state::Window;
use crate::feed::Feed;
use crate::pull::Pull;
use crate::pull::batch::Sizer;
use crate::stop::Stop;
use crate::sync::time;

/// Which threads the run got from the operating system.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Threads {
    /// At least one, or none was asked for yet.
    Some,
    /// None at all: the calling thread is the only worker.
    None,
}

/// What the consumer can do while it has nothing to hand over.
pub(crate) enum Helping<P: Pull, O> {
    /// A job, and the number of the worker in whose place it is done.
    Job(Job<P, O>, usize),
    /// It has a place, and there is nothing to do.
    NothingToDo,
    /// All places are taken; it has asked for one where that makes sense.
    NoPlace,
}

impl<P: Pull, O> Window<P, O> {
    /// A job for the consumer, if it has a place among the workers or is given one.
    pub(crate) fn consumer_job(
        &self,
        sizer: &Sizer,
        stop: &Stop,
        threads: Threads,
        lane: Option<&Feed<P::Item>>,
    ) -> Helping<P, O> {
        let now = time::now();
        let mut state = self.lock();
        if threads == Threads::Some {
            // A source that may block is not for a thread that has results to hand over; and where it cannot pull, there is
            // little for it to do.
            let pinned = P::SHARDED && self.limits.pinned;
            if !self.limits.may_help || !state.cost.is_short() || P::BLOCKS || pinned {
                return match state.seat {
                    Some(_) => Helping::NothingToDo,
                    None => Helping::NoPlace,
                };
            }
        } else {
            // There is nobody else, so any number is nobody's.
            state.seat = Some(0);
        }
        let Some(worker) = state.seat else {
            state.consumer_wants_seat = true;
            return Helping::NoPlace;
        };
        let at = self.limits.workers;
        let looker = Looker {
            at,
            sizer,
            lane,
            may_block: threads == Threads::None,
            makes_way: false,
            now,
        };
        match self.find(&mut state, &looker, stop) {
            None => Helping::NothingToDo,
            Some(job) => {
                state.consumer_runs = true;
                state.helps += 1;
                let more = state.is_more_left(at, stop);
                drop(state);
                if more {
                    // As a worker does: the one that was called for this work has given its place away.
                    self.call_idle(stop);
                }
                Helping::Job(job, worker)
            }
        }
    }

    /// The consumer is through with what [`consumer_job`](Self::consumer_job) gave it.
    pub(crate) fn consumer_done(&self, finished: &Finished, stop: &Stop) {
        let mut state = self.lock();
        let at = self.limits.workers;
        let _ = self.put_down(&mut state, at, finished);
        state.consumer_runs = false;
        if finished.items == 0 {
            // The source had nothing for now. Somebody who can wait for it is wanted more than this thread.
            state.seat = None;
        }
        let more = P::SHARDED && state.is_more_left(at, stop);
        drop(state);
        if more {
            self.call_idle(stop);
        }
        // The worker whose place this is may be resting without a watch because nothing moved.
        stop.surplus.notify_one();
    }

    /// Whether the consumer has a place among the workers.
    pub(crate) fn consumer_has_place(&self) -> bool {
        self.lock().seat.is_some()
    }
}
