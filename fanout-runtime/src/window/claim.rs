//! What a worker does next: pull, run, rest or quit.

use core::time::Duration;

use super::cores::Tell;
use super::state::{Running, State, Supplier, Window};
use crate::deliver::segment::{Filler, Owner, Walker};
use crate::feed::Feed;
use crate::pull::Pull;
use crate::pull::batch::Sizer;
use crate::stop::Stop;
use crate::sync::Arc;
use crate::sync::time::{self, Instant};

/// What a worker has been given to do.
pub(crate) enum Job<P: Pull, O> {
    /// Run the items of a segment.
    Run(Owner<P::Item, O>),
    /// Pull up to `room` items, and then [`Window::pulled`].
    Pull {
        source: P,
        filler: Filler<P::Item, O>,
        room: u32,
    },
    /// Pull up to `room` items, run each before the next is pulled, and then [`Window::walked`].
    Walk {
        source: P,
        walker: Walker<P::Item, O>,
        room: u32,
    },
    /// There is nothing to do any more.
    Quit,
}

/// Why a worker that has the source found nothing but that.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Elsewhere {
    /// Something is left to its owner because it is little (8. in [`super`]): with how much progress so far.
    Little(u64),
    /// All is claimed.
    Nothing,
}

/// Who looks for something to do.
pub(super) struct Looker<'a, I> {
    /// Where the window keeps what it is at.
    pub(super) at: usize,
    pub(super) sizer: &'a Sizer,
    /// Its own end of the feed, if there is one.
    pub(super) lane: Option<&'a Feed<I>>,
    /// Whether it can afford to be inside the source.
    pub(super) may_block: bool,
    /// Whether it leaves the last room to others ([`super::cores`]).
    pub(super) makes_way: bool,
    pub(super) now: Instant,
}

/// Why a worker was given nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Rest {
    /// There is nothing to be found.
    Idle,
    /// Held back (6. in [`super`]).
    Surplus,
}

/// What a worker did since it last asked.
#[derive(Debug)]
pub(crate) struct Finished {
    pub(crate) items: u32,
    pub(crate) took: Duration,
}

impl Finished {
    pub(crate) fn nothing() -> Self {
        Self {
            items: 0,
            took: Duration::ZERO,
        }
    }
}

impl<P: Pull, O> Window<P, O> {
    /// One attempt to find a job for a worker thread. The flag says that the consumer was given a place and is to be told.
    pub(super) fn try_job(
        &self,
        state: &mut State<P, O>,
        looker: &Looker<'_, P::Item>,
        was_held_back: bool,
        stop: &Stop,
    ) -> (Result<Job<P, O>, Rest>, bool) {
        if stop.is_stopped() {
            return (Ok(Job::Quit), false);
        }
        let mut seat_given = false;
        if state.consumer_wants_seat && state.seat.is_none() && state.cost.is_short() {
            state.consumer_wants_seat = false;
            state.seat = Some(looker.at);
            seat_given = true;
        }
        // Who naps comes back soon, and whoever is held back stays so. But a nap keeps nobody from work who is awake.
        let napping = if was_held_back { state.nappers } else { 0 };
        let taken = state.busy + napping;
        let held_back = state.seat == Some(looker.at) || taken >= state.busy_limit(&self.limits);
        let job = if held_back {
            None
        } else {
            self.find(state, looker, stop)
        };
        let answer = match job {
            Some(job) => {
                state.busy += 1;
                Ok(job)
            }
            None if state.is_over(stop) && state.shards.is_empty() => Ok(Job::Quit),
            None if held_back => Err(Rest::Surplus),
            None => Err(Rest::Idle),
        };
        (answer, seat_given)
    }

    /// Whether there is nothing to be found now, and never will be.
    pub(crate) fn nothing_left(&self, stop: &Stop) -> bool {
        let state = self.lock();
        state.is_over(stop) && state.shards.is_empty()
    }

    /// Finds something to run or to pull.
    pub(super) fn find(
        &self,
        state: &mut State<P, O>,
        looker: &Looker<'_, P::Item>,
        stop: &Stop,
    ) -> Option<Job<P, O>> {
        if P::SHARDED {
            return self.find_sharded(state, looker, stop);
        }
        let &Looker { at, now, .. } = looker;
        if let Some(owner) = state.steal_stuck(&self.limits, stop, now) {
            return Some(Job::Run(state.give(at, owner, now)));
        }
        if self.wants_reserve(state) {
            if let Some(job) = self.begin_pull(state, looker, stop) {
                return Some(job);
            }
        }
        if let Some(owner) = state.unowned.pop_front() {
            return Some(Job::Run(state.give(at, owner, now)));
        }
        if let Some(job) = self.find_fed(state, looker, stop) {
            return Some(job);
        }
        if let Some(job) = self.begin_pull(state, looker, stop) {
            return Some(job);
        }
        if looker.makes_way && state.waits_for_room(true) {
            return None;
        }
        let stolen = state.steal(&self.limits, stop)?;
        Some(Job::Run(state.give(at, stolen, now)))
    }

    fn find_sharded(
        &self,
        state: &mut State<P, O>,
        looker: &Looker<'_, P::Item>,
        stop: &Stop,
    ) -> Option<Job<P, O>> {
        if let Some(owner) = state.take_runnable(looker.at) {
            return Some(Job::Run(owner));
        }
        if let Some(job) = self.begin_pull(state, looker, stop) {
            return Some(job);
        }
        if state.admit_hidden() && self.limits.pinned {
            // Under the lock, which is rare: a pull that goes on has brought something for who rests.
            stop.idle.notify_all();
        }
        state.take_runnable(looker.at).map(Job::Run)
    }

    /// Something that is there already, and can be run at once by `worker`, which has the source.
    pub(crate) fn find_without_pulling(
        &self,
        worker: usize,
        stop: &Stop,
    ) -> Result<Owner<P::Item, O>, Elsewhere> {
        let mut state = self.lock();
        if P::SHARDED {
            return state.take_runnable(worker).ok_or(Elsewhere::Nothing);
        }
        let there = state
            .unowned
            .pop_front()
            .or_else(|| state.steal(&self.limits, stop));
        match there {
            Some(owner) => Ok(state.give(worker, owner, time::now())),
            None if state.leaves_little(stop) => Err(Elsewhere::Little(state.progress)),
            None => Err(Elsewhere::Nothing),
        }
    }

    /// A worker has waited in the source, for a nap at most, and it has nothing yet. If nothing has moved since it knew of so
    /// much `progress`, it takes what there is (8. in [`super`]).
    pub(crate) fn waited_beside_little(&self, progress: u64) {
        let mut state = self.lock();
        state.little_will_do |= state.progress == progress;
    }

    /// A worker is through with its segment, or gave up on it. Returns whether somebody has to watch (6. in [`super`]),
    /// because things move again.
    pub(super) fn put_down(
        &self,
        state: &mut State<P, O>,
        worker: usize,
        finished: &Finished,
    ) -> bool {
        let Some(running) = state.running[worker].take() else {
            return false;
        };
        if P::SHARDED {
            let hash = running.segment.first_key();
            state.shards.finished(hash, &mut state.unowned);
            if !self.limits.ordered {
                state.put_down.push(running.segment);
            }
        } else {
            state.recycle(running.segment);
        }
        state.learn(&self.limits, finished.items, finished.took);
        state.progress += 1;
        let watch = state.all_hands && state.cost.stays_cheap();
        if watch {
            state.all_hands = false;
        }
        state.little_will_do &= !state.cost.is_cheap();
        watch
    }
}

impl<P: Pull, O> State<P, O> {
    pub(super) fn is_over(&self, stop: &Stop) -> bool {
        let no_more_pulls = self.ended || stop.ends_pulling();
        no_more_pulls
            && self.growing.is_none()
            && self.unowned.is_empty()
            && self.no_more_fed()
            // What the consumer is at may make an item runnable, and it need not be the one that runs it.
            && !(P::SHARDED && self.consumer_runs)
            && !self.is_anything_stealable(stop)
    }

    pub(super) fn is_anything_stealable(&self, stop: &Stop) -> bool {
        !P::SHARDED
            && self
                .running
                .iter()
                .flatten()
                .any(|running| running.is_worth_stealing(stop))
    }

    /// Whether there is something for one more worker, after `worker` was given a job.
    pub(super) fn is_more_left(&self, worker: usize, stop: &Stop) -> bool {
        let can_pull = matches!(self.source, Supplier::Here(_))
            && !self.ended
            && self.whom_to_tell(stop) == Tell::Anybody
            && !stop.ends_pulling();
        can_pull
            || self.has_fed()
            || !self.unowned.is_empty()
            || (!P::SHARDED
                && !self.is_watched_for_room(stop)
                && self.running.iter().enumerate().any(|(at, running)| {
                    running.as_ref().is_some_and(|running| {
                        // One is for the worker itself.
                        running.is_worth_stealing(stop)
                            && self.pays(running)
                            && running.segment.unclaimed().1 > u32::from(at == worker)
                    })
                }))
    }

    /// Writes down what `worker` is at.
    pub(super) fn give(
        &mut self,
        worker: usize,
        owner: Owner<P::Item, O>,
        now: Instant,
    ) -> Owner<P::Item, O> {
        self.running[worker] = Some(Running {
            segment: Arc::clone(owner.segment()),
            since: now,
        });
        owner
    }
}
