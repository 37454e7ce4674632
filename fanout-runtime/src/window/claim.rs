//! What a worker does next: pull, run, rest or quit.

use core::time::Duration;
use std::time::Instant;

use super::state::{Limits, Running, STUCK, State, Supplier, Window};
use crate::deliver::segment::{Segment, Storage};
use crate::pull::Pull;
use crate::pull::batch::Sizer;
use crate::stop::Stop;
use crate::sync::Arc;

/// What a worker has been given to do.
pub(crate) enum Job<P: Pull, O> {
    /// Run the items of a segment.
    Run(Arc<Segment<P::Item, O>>),
    /// Pull up to `room` items into a segment, and then [`Window::pulled`].
    Pull {
        source: P,
        segment: Arc<Segment<P::Item, O>>,
        room: u32,
    },
    /// There is nothing to do any more.
    Quit,
}

/// Why a worker was given nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Rest {
    /// There is nothing to be found.
    Idle,
    /// Held back (6. in [`super`]).
    Surplus,
}

/// Which threads the run got from the operating system.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Threads {
    /// As many as it asked for so far.
    AsAsked,
    /// Fewer.
    Fewer,
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

/// What a worker did since it last asked.
#[derive(Debug)]
pub(crate) struct Finished {
    pub(crate) items: u32,
    pub(crate) took: Duration,
}

impl<P: Pull, O> Window<P, O> {
    /// One attempt to find a job for a worker thread. The flag says that the consumer was given a place and is to be told.
    pub(super) fn try_job(
        &self,
        state: &mut State<P, O>,
        worker: usize,
        sizer: &Sizer,
        stop: &Stop,
        now: Instant,
    ) -> (Result<Job<P, O>, Rest>, bool) {
        if stop.is_stopped() {
            return (Ok(Job::Quit), false);
        }
        let mut seat_given = false;
        if state.consumer_wants_seat && state.seat.is_none() && state.is_short() {
            state.consumer_wants_seat = false;
            state.seat = Some(worker);
            seat_given = true;
        }
        if state.seat == Some(worker) || state.busy >= state.busy_limit(&self.limits) {
            let over = self.is_over(state, stop);
            return (
                if over {
                    Ok(Job::Quit)
                } else {
                    Err(Rest::Surplus)
                },
                seat_given,
            );
        }
        let job = self.find(state, worker, sizer, stop, now, true);
        if job.is_some() {
            state.busy += 1;
        }
        let answer = match job {
            Some(job) => Ok(job),
            None if self.is_over(state, stop) => Ok(Job::Quit),
            None => Err(Rest::Idle),
        };
        (answer, seat_given)
    }

    /// Whether there is nothing to be found now, and never will be.
    pub(crate) fn nothing_left(&self, stop: &Stop) -> bool {
        self.is_over(&self.lock(), stop)
    }

    fn is_over(&self, state: &State<P, O>, stop: &Stop) -> bool {
        let no_more_pulls = state.ended || stop.bound() != u64::MAX;
        no_more_pulls
            && state.growing.is_none()
            && state.unowned.is_empty()
            && !state
                .running
                .iter()
                .flatten()
                .any(|running| worth_stealing(&running.segment, stop))
    }

    /// Finds something to run or to pull. `may_block`: whether the caller can afford to be inside the source.
    fn find(
        &self,
        state: &mut State<P, O>,
        worker: usize,
        sizer: &Sizer,
        stop: &Stop,
        now: Instant,
        may_block: bool,
    ) -> Option<Job<P, O>> {
        if let Some(segment) = steal_stuck(state, &self.limits, stop, now) {
            return Some(give(state, worker, segment, now));
        }
        if let Some(segment) = state.unowned.pop_front() {
            return Some(give(state, worker, segment, now));
        }
        if may_block || !P::BLOCKS {
            if let Some(job) = self.begin_pull(state, sizer, stop) {
                return Some(job);
            }
        }
        self.steal(state, stop)
            .map(|segment| give(state, worker, segment, now))
    }

    /// Something that is there already, and can be run at once by `worker`.
    pub(crate) fn find_without_pulling(
        &self,
        worker: usize,
        stop: &Stop,
    ) -> Option<Arc<Segment<P::Item, O>>> {
        let now = Instant::now();
        let mut state = self.lock();
        let segment = match state.unowned.pop_front() {
            Some(segment) => segment,
            None => self.steal(&mut state, stop)?,
        };
        match give(&mut state, worker, segment, now) {
            Job::Run(segment) => Some(segment),
            Job::Pull { .. } | Job::Quit => None,
        }
    }

    /// Takes the source out and makes room, if it is there and there is room.
    fn begin_pull(&self, state: &mut State<P, O>, sizer: &Sizer, stop: &Stop) -> Option<Job<P, O>> {
        if state.ended || state.room() == 0 || stop.bound() != u64::MAX {
            return None;
        }
        match core::mem::replace(&mut state.source, Supplier::Out) {
            Supplier::Here(source) => {
                let (segment, room) = self.open_segment(state, sizer);
                Some(Job::Pull {
                    source,
                    segment,
                    room,
                })
            }
            elsewhere => {
                state.source = elsewhere;
                None
            }
        }
    }

    /// A segment at the back, with room for as many items as `sizer` says and the window allows.
    fn open_segment(
        &self,
        state: &mut State<P, O>,
        sizer: &Sizer,
    ) -> (Arc<Segment<P::Item, O>>, u32) {
        let workers = self.limits.workers;
        let share = if self.limits.batch.is_some() {
            state.size
        } else if workers == 1 && P::BLOCKS {
            // Nobody could take an item out of the hands of the one worker while it waits for the next.
            1
        } else {
            (state.size / (2 * workers)).max(1)
        };
        let room = sizer.size(share.min(state.room()) as u32);
        state.alive += room as usize;
        let storage = match state.spare.pop() {
            Some(spare) if spare.len() >= room as usize => spare,
            _ => Storage::new(room as usize),
        };
        let segment = Arc::new(Segment::growing(Arc::new(storage), state.pulled));
        state.in_flight.push_back(segment.clone());
        state.growing = Some(segment.clone());
        (segment, room)
    }

    /// For the consumer, where it holds the source: a segment to fill, if there is room.
    pub(crate) fn begin_consumer_pull(
        &self,
        sizer: &Sizer,
        stop: &Stop,
    ) -> Option<(Arc<Segment<P::Item, O>>, u32)> {
        let mut state = self.lock();
        if state.ended || state.room() == 0 || stop.bound() != u64::MAX {
            return None;
        }
        Some(self.open_segment(&mut state, sizer))
    }

    /// Ends a pull: gives back the room that was not used, shows the segment, and puts the source back (`None`: the end).
    ///
    /// With `owner` the segment is then that worker's to run, and otherwise anybody's. Returns whether there is anything to
    /// run in it.
    pub(crate) fn pulled(
        &self,
        segment: &Arc<Segment<P::Item, O>>,
        room: u32,
        source: Supplier<P>,
        owner: Option<usize>,
        stop: &Stop,
    ) -> bool {
        let brought = segment.grown();
        let ended = matches!(source, Supplier::Gone);
        let mut state = self.lock();
        state.alive -= (room - brought) as usize;
        state.high_water = state.high_water.max(state.alive);
        state.pulled += u64::from(brought);
        state.growing = None;
        state.source = source;
        state.ended |= ended;
        segment.show();
        let left = segment.look().unclaimed() > 0;
        if left {
            match owner {
                Some(worker) => {
                    state.running[worker] = Some(Running {
                        segment: segment.clone(),
                        since: Instant::now(),
                    });
                }
                None => state.unowned.push_back(segment.clone()),
            }
        } else {
            // Empty, or stolen whole: nobody would ever finish it.
            remove(&mut state, segment);
        }
        drop(state);
        if ended {
            stop.idle.notify_all();
            stop.surplus.notify_all();
            stop.ready.notify_all();
        } else {
            stop.idle.notify_one();
        }
        left
    }

    /// A worker is through with its segment, or gave up on it.
    pub(super) fn put_down(
        &self,
        state: &mut State<P, O>,
        worker: usize,
        finished: &Finished,
    ) -> bool {
        if state.running[worker].take().is_none() {
            return false;
        }
        state.learn(&self.limits, finished.items, finished.took);
        state.progress += 1;
        // Things move again, so that somebody has to watch them.
        let watch = state.all_hands && state.is_cheap();
        if watch {
            state.all_hands = false;
        }
        watch
    }

    /// For the consumer: a job, if it has a place among the workers or is given one.
    pub(crate) fn consumer_job(
        &self,
        sizer: &Sizer,
        stop: &Stop,
        threads: Threads,
    ) -> Helping<P, O> {
        let now = Instant::now();
        let mut state = self.lock();
        if threads == Threads::AsAsked {
            // A source that may block is not for a thread that has results to hand over; and where it cannot pull, there is
            // little for it to do.
            if !self.limits.may_help || !state.is_short() || P::BLOCKS {
                return match state.seat {
                    Some(_) => Helping::NothingToDo,
                    None => Helping::NoPlace,
                };
            }
        } else if state.busy < self.limits.workers {
            // The operating system gave fewer threads than asked for, so the last number is nobody's.
            state.seat = Some(self.limits.workers - 1);
        }
        let Some(worker) = state.seat else {
            state.consumer_wants_seat = true;
            return Helping::NoPlace;
        };
        let at = self.limits.workers;
        let may_block = threads == Threads::None;
        match self.find(&mut state, at, sizer, stop, now, may_block) {
            None => Helping::NothingToDo,
            Some(job) => {
                state.consumer_runs = true;
                state.helps += 1;
                Helping::Job(job, worker)
            }
        }
    }

    /// Whether the consumer has a place among the workers.
    pub(crate) fn consumer_has_place(&self) -> bool {
        self.lock().seat.is_some()
    }

    /// The consumer is through with what [`consumer_job`](Self::consumer_job) gave it.
    pub(crate) fn consumer_done(&self, finished: &Finished, stop: &Stop) {
        let mut state = self.lock();
        let at = self.limits.workers;
        let _ = self.put_down(&mut state, at, finished);
        state.consumer_runs = false;
        drop(state);
        // A worker whose place this is may be resting without a watch because nothing moved.
        stop.surplus.notify_one();
    }

    /// Takes from a segment that somebody else is at.
    fn steal(&self, state: &mut State<P, O>, stop: &Stop) -> Option<Arc<Segment<P::Item, O>>> {
        if let Some(growing) = state.growing.clone() {
            if let Some(part) = growing.steal_growing() {
                return Some(insert(state, &growing, part, Side::Before));
            }
        }
        let ordered = self.limits.ordered;
        let victim = state
            .running
            .iter()
            .flatten()
            .filter(|running| worth_stealing(&running.segment, stop))
            .max_by_key(|running| {
                let claimed = running.segment.look();
                if ordered {
                    // The lowest index: the consumer waits for it first.
                    u64::MAX - running.segment.index(claimed.front)
                } else {
                    u64::from(claimed.unclaimed())
                }
            })?
            .segment
            .clone();
        let part = victim.steal()?;
        Some(insert(state, &victim, part, Side::Behind))
    }
}

/// Whether there is an unclaimed item in `segment` that may still start.
fn worth_stealing<I, O>(segment: &Segment<I, O>, stop: &Stop) -> bool {
    let claimed = segment.look();
    claimed.unclaimed() > 0 && stop.admits(segment.index(claimed.front))
}

/// Looks at one worker after the other, one a call: takes what is left of its batch if it has been at it for long.
fn steal_stuck<P: Pull, O>(
    state: &mut State<P, O>,
    limits: &Limits,
    stop: &Stop,
    now: Instant,
) -> Option<Arc<Segment<P::Item, O>>> {
    state.probe = if state.probe >= limits.workers {
        0
    } else {
        state.probe + 1
    };
    let running = state.running[state.probe].as_ref()?;
    if now.saturating_duration_since(running.since) < STUCK
        || !worth_stealing(&running.segment, stop)
    {
        return None;
    }
    let victim = running.segment.clone();
    let part = victim.steal()?;
    Some(insert(state, &victim, part, Side::Behind))
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Before,
    Behind,
}

/// Puts a stolen part beside the segment that it is from (3. in [`super`]).
fn insert<P: Pull, O>(
    state: &mut State<P, O>,
    beside: &Arc<Segment<P::Item, O>>,
    part: Segment<P::Item, O>,
    side: Side,
) -> Arc<Segment<P::Item, O>> {
    let part = Arc::new(part);
    // A segment with unclaimed items has not been delivered whole, so it is there.
    let at = position(state, beside).map_or(state.in_flight.len(), |at| {
        at + usize::from(side == Side::Behind)
    });
    state.in_flight.insert(at, part.clone());
    part
}

fn position<P: Pull, O>(state: &State<P, O>, segment: &Arc<Segment<P::Item, O>>) -> Option<usize> {
    state
        .in_flight
        .iter()
        .position(|other| Arc::ptr_eq(other, segment))
}

fn remove<P: Pull, O>(state: &mut State<P, O>, segment: &Arc<Segment<P::Item, O>>) {
    if let Some(at) = position(state, segment) {
        state.in_flight.remove(at);
    }
}

/// Keeps the memory of a used-up segment for the next pull, if no other part of the batch is in use.
pub(super) fn recycle<P: Pull, O>(state: &mut State<P, O>, segment: Arc<Segment<P::Item, O>>) {
    if state.spare.len() < 4 {
        if let Some(storage) = Arc::into_inner(segment).and_then(Segment::into_storage) {
            state.spare.push(storage);
        }
    }
}

fn give<P: Pull, O>(
    state: &mut State<P, O>,
    worker: usize,
    segment: Arc<Segment<P::Item, O>>,
    now: Instant,
) -> Job<P, O> {
    state.running[worker] = Some(Running {
        segment: segment.clone(),
        since: now,
    });
    Job::Run(segment)
}
