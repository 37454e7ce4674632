//! Room before the pull, and what becomes of what it brought.

use super::claim::{Job, Looker};
use super::cores::Tell;
use super::state::{Limits, Running, State, Supplier, Window};
use crate::deliver::segment::{Filler, Kind, Owner, Segment, Spare, Walker};
use crate::pull::Pull;
use crate::pull::batch::{Sizer, TARGET};
use crate::stop::Stop;
use crate::sync::Arc;
use crate::sync::time;

/// Memory of a batch below this, in bytes, may be larger than is needed now.
const AMPLE: usize = 64 << 10;

/// How many batches of each worker the window holds: the one that it works on, and one that waits for the consumer.
const EACH: usize = 2;
/// How many batches there are beside them, of what is handed over meanwhile, or few workers would wait for room.
const HANDED: usize = 2;
/// A batch is not made smaller than this for those: then what each costs would be felt more.
const LARGE: usize = 128;

impl<P: Pull, O> Window<P, O> {
    /// Takes the source out and makes room, if it is there and there is room.
    pub(super) fn begin_pull(
        &self,
        state: &mut State<P, O>,
        looker: &Looker<'_, P::Item>,
        stop: &Stop,
    ) -> Option<Job<P, O>> {
        if P::BLOCKS && !looker.may_block {
            return None;
        }
        let no_room = state.room() == 0 || state.waits_for_room(looker.makes_way);
        if state.ended || !state.crew_known || no_room || stop.ends_pulling() {
            return None;
        }
        match core::mem::replace(&mut state.source, Supplier::Out) {
            Supplier::Here(source) if state.is_alone(looker.at, &self.limits) => {
                let (walker, room) = self.open_walk(state, looker);
                Some(Job::Walk {
                    source,
                    walker,
                    room,
                })
            }
            Supplier::Here(source) => {
                if state.cost.is_cheap() {
                    self.turn.begin();
                }
                let (filler, room) = self.open_segment(state, looker.sizer);
                Some(Job::Pull {
                    source,
                    filler,
                    room,
                })
            }
            elsewhere => {
                state.source = elsewhere;
                None
            }
        }
    }

    /// For the consumer, where it holds the source: a segment to fill, if there is room.
    pub(crate) fn begin_consumer_pull(
        &self,
        sizer: &Sizer,
        stop: &Stop,
    ) -> Option<(Filler<P::Item, O>, u32)> {
        let mut state = self.lock();
        if !state.may_be_pulled(stop) {
            return None;
        }
        Some(self.open_segment(&mut state, sizer))
    }

    /// Whether the consumer, which holds the source, may pull now: for its last look before it sleeps.
    pub(crate) fn consumer_may_pull(&self, stop: &Stop) -> bool {
        self.lock().may_be_pulled(stop)
    }

    /// There is something to do for one more worker; each tells the next. Where a worker has keys of its own nobody else can
    /// do its work, so all look.
    pub(super) fn call_idle(&self, stop: &Stop) {
        if P::SHARDED && self.limits.pinned {
            stop.idle.notify_all();
        } else {
            stop.idle.notify_one();
        }
    }

    /// The most items for one pull.
    pub(super) fn share(&self, state: &State<P, O>) -> usize {
        if P::BLOCKS && (state.given <= 1 || (P::SHARDED && self.limits.pinned)) {
            // Nobody could take an item out of the hands of the one worker, or one of its own keys, while it waits for the
            // next.
            1
        } else if self.limits.batch.is_some() {
            state.size
        } else {
            self.whole_batch(state)
        }
    }

    /// How many items a batch has where nobody says how many and they are cheap.
    pub(super) fn whole_batch(&self, state: &State<P, O>) -> usize {
        // Those that are held back pull nothing; if they are called, they take over what they need.
        let workers = state.busy_limit(&self.limits).max(1);
        most_of(state.size, workers)
    }

    /// A segment at the back, with room for as many items as `sizer` says and the window allows.
    pub(super) fn open_segment(
        &self,
        state: &mut State<P, O>,
        sizer: &Sizer,
    ) -> (Filler<P::Item, O>, u32) {
        let share = self.share(state);
        debug_assert!(state.room() != 0, "room before the pull");
        let room = sizer.size(share.min(state.room()) as u32);
        state.alive += room as usize;
        let kind = if state.feed.is_some() {
            Kind::Numbered
        } else {
            Kind::Pulled
        };
        let (segment, filler) = state.new_segment(room, kind);
        state.in_flight.push_back(segment.clone());
        state.growing = Some(segment);
        (filler, room)
    }

    /// A segment at the back for a worker that pulls and runs item by item.
    fn open_walk(
        &self,
        state: &mut State<P, O>,
        looker: &Looker<'_, P::Item>,
    ) -> (Walker<P::Item, O>, u32) {
        let share = most_of(state.size, 1);
        let room = looker.sizer.size(share.min(state.room()) as u32);
        state.alive += room as usize;
        let (segment, filler) = state.new_segment(room, Kind::Pulled);
        state.in_flight.push_back(segment.clone());
        state.running[looker.at] = Some(Running {
            segment,
            since: looker.now,
        });
        (filler.walk(), room)
    }

    /// Ends a walk: gives back the room that was not used, and puts the source back (or says that it is gone).
    pub(crate) fn walked(
        &self,
        walker: Walker<P::Item, O>,
        room: u32,
        source: Supplier<P>,
        given_up: bool,
        stop: &Stop,
    ) {
        let results = walker.results();
        let ended = matches!(source, Supplier::Gone);
        let segment = walker.segment().clone();
        if !given_up {
            walker.finish();
        }
        let mut state = self.lock();
        // An item that failed has its room until the end, as it has in a batch.
        let brought = results + u32::from(given_up).min(room - results);
        state.alive -= (room - brought) as usize;
        // Seen now, and not while it went on; but where anything came, something was there.
        state.high_water = state
            .high_water
            .max(state.alive)
            .max(brought.min(1) as usize);
        state.pulled += u64::from(brought);
        state.source = source;
        state.ended |= ended;
        if results == 0 && !given_up {
            state.remove(&segment);
        }
        drop(state);
        if ended {
            stop.ready.notify_all();
        }
    }

    /// Ends a pull: gives back the room that was not used, shows the segment, and puts the source back (or says that it is
    /// gone).
    ///
    /// With `worker` what is in it, or else what was pulled before and is nobody's, is that worker's to run, and returned;
    /// otherwise it is anybody's.
    pub(crate) fn pulled(
        &self,
        filler: Filler<P::Item, O>,
        room: u32,
        source: Supplier<P>,
        worker: Option<usize>,
        stop: &Stop,
    ) -> Option<Owner<P::Item, O>> {
        let ended = matches!(source, Supplier::Gone);
        let segment = filler.segment().clone();
        let mut state = self.lock();
        state.took_in(&filler, room);
        self.turn.end();
        state.growing = None;
        state.source = source;
        state.ended |= ended;
        let mine = if P::SHARDED {
            let (segment, singles) = filler.finish_singles();
            state.admit(&segment, singles);
            state.remove(&segment);
            worker.and_then(|worker| state.take_runnable(worker))
        } else {
            match filler.finish() {
                Some(owner) => state.unowned.push_back(owner),
                // Empty, or stolen whole: nobody would ever finish it.
                None => state.remove(&segment),
            }
            // The oldest, where there is a reserve.
            worker.and_then(|worker| {
                let owner = state.unowned.pop_front()?;
                Some(state.give(worker, owner, time::now()))
            })
        };
        // Who was given nothing does not look after what nobody has.
        let quiet = mine.is_some() && state.is_watched_for_room(stop);
        // What was delivered while a source that flows was out has been told to nobody.
        let of_room = if quiet && P::FLOWS {
            state.whom_to_tell(stop)
        } else {
            Tell::Nobody
        };
        drop(state);
        if ended {
            stop.idle.notify_all();
            stop.surplus.notify_all();
            stop.ready.notify_all();
        } else if quiet {
            self.tell_of_room(of_room, stop);
        } else {
            self.call_idle(stop);
        }
        mine
    }
}

/// The most items of one batch, in a window of a `size` that so many workers share.
pub(super) fn most_of(size: usize, workers: usize) -> usize {
    let each = (size / (EACH * workers)).max(1);
    (size / (EACH * workers + HANDED)).max(each.min(LARGE))
}

impl<P: Pull, O> State<P, O> {
    /// Whether nobody but `worker`, a thread, could take an item out of its hands while it waits for the source.
    fn is_alone(&self, worker: usize, limits: &Limits) -> bool {
        P::BLOCKS
            && !P::SHARDED
            && self.feed.is_none()
            && self.given == 1
            && worker < limits.workers
    }

    /// Counts what a pull has brought, and gives back the room that it did not use.
    pub(super) fn took_in(&mut self, filler: &Filler<P::Item, O>, room: u32) {
        let brought = filler.grown();
        self.alive -= (room - brought) as usize;
        self.high_water = self.high_water.max(self.alive);
        self.pulled += u64::from(brought);
    }

    /// How much room is worth a pull, and telling of: for a batch, or a quarter of the window where that is less.
    pub(super) fn worth_a_pull(&self) -> usize {
        self.cost.items_in(TARGET).min(self.size / 4).max(1)
    }

    /// Whether the source comes back in some microseconds, as far as is known: somebody pulls cheap items.
    pub(super) fn is_source_due(&self) -> bool {
        self.growing.is_some() && self.cost.is_cheap() && !self.little_will_do
    }

    /// Whether room is all that is missing for a pull.
    pub(super) fn lacks_room(&self, makes_way: bool, stop: &Stop) -> bool {
        matches!(self.source, Supplier::Here(_))
            && !self.ended
            && self.crew_known
            && !stop.ends_pulling()
            && self.waits_for_room(makes_way)
    }

    /// Not while the feed has anything: it comes first, or an input without end would fill it without bound.
    fn may_be_pulled(&self, stop: &Stop) -> bool {
        !self.ended
            && self.crew_known
            && self.room() != 0
            && !stop.ends_pulling()
            && !self.has_fed()
    }

    /// A segment for at least `room` items: one that was used before, if there is.
    fn spare(&mut self, room: usize, keyed: bool) -> Spare<P::Item, O> {
        while let Some(spare) = self.spare.pop() {
            self.spare_places -= spare.len();
            if spare.len() >= room {
                return spare;
            }
        }
        // Batches differ a little in size, and what is too small for the next cannot be used again.
        let each = size_of::<P::Item>() + size_of::<O>();
        let ample = room.next_power_of_two();
        let len = if ample * each <= AMPLE { ample } else { room };
        Spare::new(len, keyed)
    }

    /// A hidden segment for `room` items, which is nowhere yet.
    pub(super) fn new_segment(
        &mut self,
        room: u32,
        kind: Kind,
    ) -> (Arc<Segment<P::Item, O>>, Filler<P::Item, O>) {
        let spare = self.spare(room as usize, P::SHARDED || kind != Kind::Pulled);
        let fence = self.fence_for_next();
        spare.open(self.pulled, kind, fence)
    }
}
