//! The consumer's side of the window: which results are there, in which order, and what has been handed over.

use std::collections::VecDeque;

use super::claim::recycle;
use super::state::{State, Supplier, Window};
use crate::deliver::claim::Claimed;
use crate::deliver::segment::{Payload, Segment, drop_caught};
use crate::pull::Pull;
use crate::stop::Stop;
use crate::sync::Arc;

/// Results that are there: the places of a segment from the first that was not taken to `end`.
#[derive(Debug)]
pub(crate) struct Batch<I, O> {
    pub(crate) segment: Arc<Segment<I, O>>,
    pub(crate) end: u32,
}

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

/// What the consumer brings back when it comes for more.
#[derive(Debug)]
pub(crate) struct Handed<I, O> {
    /// How many results it has taken out since it last said so.
    pub(crate) count: usize,
    /// Segments that are used up.
    pub(crate) segments: Vec<Arc<Segment<I, O>>>,
}

impl<P: Pull, O> Window<P, O> {
    /// Adds what is there to `list`, which is empty: in an ordered run from the front without a gap, in an unordered one
    /// from everywhere. `before_sleep`: the consumer has registered as a sleeper and looks for the last time.
    ///
    /// Returns the size of the window as well, so that the consumer can tell what is worth handing over.
    pub(crate) fn take_ready(
        &self,
        list: &mut VecDeque<Batch<P::Item, O>>,
        handed: &mut Handed<P::Item, O>,
        before_sleep: bool,
        stop: &Stop,
    ) -> (Found, usize) {
        let look: fn(&Segment<P::Item, O>) -> Claimed = if before_sleep {
            Segment::look_before_sleep
        } else {
            Segment::look
        };
        let mut state = self.lock();
        let freed = self.account(&mut state, handed);
        if self.limits.ordered {
            while let Some(front) = state.in_flight.front() {
                let finished = add(list, front, look);
                if !finished {
                    break;
                }
                let done = state.in_flight.pop_front();
                recycle_if_empty(&mut state, done, list);
            }
        } else {
            let mut flight = core::mem::take(&mut state.in_flight);
            flight.retain(|segment| !add(list, segment, look));
            state.in_flight = flight;
        }
        let found = if !list.is_empty() {
            Found::Results
        } else if state.ended && state.in_flight.is_empty() {
            Found::Everything
        } else {
            Found::Nothing
        };
        let size = state.size;
        drop(state);
        if freed {
            stop.idle.notify_one();
        }
        (found, size)
    }

    /// Tells what has been handed over, so that there is room for more.
    pub(crate) fn handed_over(&self, handed: &mut Handed<P::Item, O>, stop: &Stop) {
        let mut state = self.lock();
        let freed = self.account(&mut state, handed);
        drop(state);
        if freed {
            stop.idle.notify_one();
        }
    }

    fn account(&self, state: &mut State<P, O>, handed: &mut Handed<P::Item, O>) -> bool {
        let count = core::mem::take(&mut handed.count);
        state.alive -= count;
        for segment in handed.segments.drain(..) {
            recycle(state, segment);
        }
        count != 0
    }

    /// Drops all that is left of the run, when nobody works on it any more. Returns the first panic of a `Drop`; what
    /// comes after it is dropped all the same.
    pub(crate) fn drain(&self) -> Option<Payload> {
        let mut state = self.lock();
        state.ended = true;
        let source = core::mem::replace(&mut state.source, Supplier::Gone);
        let flight = core::mem::take(&mut state.in_flight);
        let unowned = core::mem::take(&mut state.unowned);
        let growing = state.growing.take();
        let running: Vec<_> = state.running.iter_mut().filter_map(Option::take).collect();
        drop(state);
        // Outside the lock: these are drops of user values.
        let mut first = None;
        drop_caught(source, &mut first);
        let running = running.into_iter().map(|running| running.segment);
        for segment in flight
            .into_iter()
            .chain(unowned)
            .chain(growing)
            .chain(running)
        {
            if let Some(payload) = segment.drain() {
                if first.is_none() {
                    first = Some(payload);
                } else {
                    core::mem::forget(payload);
                }
            }
        }
        first
    }
}

/// Adds the results of `segment` that are there and not taken. Returns whether it is finished, so that nothing comes after.
fn add<I, O>(
    list: &mut VecDeque<Batch<I, O>>,
    segment: &Arc<Segment<I, O>>,
    look: fn(&Segment<I, O>) -> Claimed,
) -> bool {
    let claimed = look(segment);
    let end = segment.published(claimed);
    if end > segment.taken() {
        list.push_back(Batch {
            segment: segment.clone(),
            end,
        });
    }
    claimed.is_finished()
}

fn recycle_if_empty<P: Pull, O>(
    state: &mut State<P, O>,
    done: Option<Arc<Segment<P::Item, O>>>,
    list: &VecDeque<Batch<P::Item, O>>,
) {
    if let Some(segment) = done {
        let listed = list
            .back()
            .is_some_and(|batch| Arc::ptr_eq(&batch.segment, &segment));
        if !listed {
            recycle(state, segment);
        }
    }
}
