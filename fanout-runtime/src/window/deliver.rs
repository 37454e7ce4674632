//! The consumer's side of the window: which results are there, in which order, and what has been handed over.

use core::time::Duration;
use std::collections::VecDeque;

use super::cores::Tell;
use super::state::{State, Supplier, Window};
use crate::deliver::caught::FirstPanic;
use crate::deliver::segment::{Batch, Segment};
use crate::pull::Pull;
use crate::stop::Stop;
use crate::sync::Arc;
use crate::sync::thread::current_core;

/// What the consumer found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Found {
    /// Results, which were added to the list.
    Results,
    /// Nothing that is not in the list already.
    Nothing,
    /// All results of the whole input were handed over.
    Everything,
}

/// What a look of the consumer came to.
#[derive(Debug)]
pub(crate) struct Looked {
    pub(crate) found: Found,
    /// How many results have to be handed over before that is worth telling the workers, which wait for room.
    pub(crate) worth_telling: usize,
    /// How many results were added to the list.
    pub(crate) results: usize,
    /// How long to wait before the next look ([`super::pace`]).
    pub(crate) pause: Duration,
    /// Whether a nap costs the workers something: they want the consumer's core.
    pub(crate) naps_cost: bool,
}

/// What the consumer brings back when it comes for more.
#[derive(Debug)]
pub(crate) struct Handed<I, O> {
    /// How many results it has taken out since it last said so.
    pub(crate) count: usize,
    /// Segments that are used up.
    pub(crate) segments: Vec<Arc<Segment<I, O>>>,
}

impl<I, O> Handed<I, O> {
    pub(crate) fn nothing() -> Self {
        Self {
            count: 0,
            segments: Vec::new(),
        }
    }
}

/// The batches that the consumer has and has not handed over yet.
pub(crate) type Listed<I, O> = VecDeque<Batch<I, O>>;

impl<P: Pull, O> Window<P, O> {
    /// Adds what is there to `list`, which is empty: in an ordered run from the front without a gap, in an unordered one
    /// from everywhere. `before_sleep`: the consumer has registered as a sleeper and looks for the last time.
    pub(crate) fn take_ready(
        &self,
        list: &mut Listed<P::Item, O>,
        handed: &mut Handed<P::Item, O>,
        before_sleep: bool,
        stop: &Stop,
    ) -> Looked {
        let here = current_core();
        let mut state = self.lock();
        state.consumer_core = here;
        let mut freed = state.account(handed);
        self.turn.set_full(state.lacks_room(false, stop));
        if before_sleep {
            state.settle();
        }
        if self.limits.ordered {
            while let Some(front) = state.in_flight.front() {
                let (batch, finished) = front.list();
                let empty = batch.is_none();
                list.extend(batch);
                if !finished {
                    break;
                }
                let done = state.in_flight.pop_front();
                if empty {
                    done.into_iter().for_each(|segment| state.recycle(segment));
                }
            }
        } else if P::SHARDED {
            // Each item is a segment, so there are many: only those with a worker, or put down since, can have a result.
            let State {
                running,
                put_down,
                in_flight,
                ..
            } = &mut *state;
            let mut look = |segment: &Arc<Segment<P::Item, O>>| {
                let (batch, finished) = segment.list();
                list.extend(batch);
                if finished {
                    let first = segment.first();
                    let at = in_flight.partition_point(|other| other.first() < first);
                    if in_flight
                        .get(at)
                        .is_some_and(|other| Arc::ptr_eq(other, segment))
                    {
                        in_flight.remove(at);
                    }
                }
            };
            // In this order: of a key, what was put down came before what is running, and is handed over before it.
            put_down.drain(..).for_each(|segment| look(&segment));
            running
                .iter()
                .flatten()
                .for_each(|running| look(&running.segment));
        } else {
            state.in_flight.retain(|segment| {
                let (batch, finished) = segment.list();
                if finished && batch.is_none() {
                    handed.segments.push(segment.clone());
                }
                list.extend(batch);
                !finished
            });
        }
        let found = if !list.is_empty() {
            Found::Results
        } else if state.ended && state.in_flight.is_empty() && state.all_fed_came() {
            Found::Everything
        } else {
            if state.grow_by_flow(&self.limits) {
                freed = true;
                self.turn.set_full(state.lacks_room(false, stop));
            }
            Found::Nothing
        };
        let results = list.iter().map(Batch::len).sum();
        let looked = Looked {
            found,
            worth_telling: state.worth_a_pull(),
            results,
            pause: state.pause_after(results, &self.limits),
            naps_cost: state.consumer_is_in_the_way(&self.limits),
        };
        let whom = if freed {
            state.whom_to_tell(stop)
        } else {
            Tell::Nobody
        };
        drop(state);
        self.tell_of_room(whom, stop);
        looked
    }

    /// Tells what has been handed over, so that there is room for more.
    pub(crate) fn handed_over(&self, handed: &mut Handed<P::Item, O>, stop: &Stop) {
        let here = current_core();
        let mut state = self.lock();
        state.consumer_core = here;
        let whom = if state.account(handed) {
            state.whom_to_tell(stop)
        } else {
            Tell::Nobody
        };
        self.turn.set_full(state.lacks_room(false, stop));
        drop(state);
        self.tell_of_room(whom, stop);
    }

    /// Drops all that is left of the run, when nobody works on it any more.
    pub(crate) fn drain(&self, panic: &mut FirstPanic) {
        let mut state = self.lock();
        state.ended = true;
        let source = core::mem::replace(&mut state.source, Supplier::Gone);
        let flight = core::mem::take(&mut state.in_flight);
        let feed = state.feed.take();
        state.unowned.clear();
        state.put_down.clear();
        state.shards.clear();
        state.growing = None;
        state.running.iter_mut().for_each(|running| *running = None);
        drop(state);
        // Outside the lock: these are drops of user values.
        panic.drop(source);
        if let Some(feed) = feed {
            let pushed = flight.iter().filter(|segment| segment.was_pushed());
            feed.count_dropped(pushed.map(|segment| u64::from(segment.unclaimed().1)).sum());
            feed.drain(panic);
        }
        Segment::drain_all(flight.into_iter(), panic);
    }
}

impl<P: Pull, O> State<P, O> {
    /// Returns whether there is more room than before.
    fn account(&mut self, handed: &mut Handed<P::Item, O>) -> bool {
        let count = core::mem::take(&mut handed.count);
        self.alive -= count;
        self.handed_over = self.handed_over.saturating_add(count);
        for segment in handed.segments.drain(..) {
            self.recycle(segment);
        }
        count != 0
    }

    /// Lets go of a segment, and keeps its memory for the next pull if it was the last to have it.
    pub(super) fn recycle(&mut self, segment: Arc<Segment<P::Item, O>>) {
        // As much as the window can need, with places to spare in each; beyond that it is of batches that were smaller.
        if self.spare_places >= 2 * self.size {
            return;
        }
        if let Some(spare) = segment.into_spare() {
            self.spare_places += spare.len();
            self.spare.push(spare);
        }
    }
}
