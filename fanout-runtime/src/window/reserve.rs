//! The reserve: batches that were pulled before anybody needs them, while items are cheap and several workers share a source that
//! says when it has nothing.
//!
//! Whoever sends into a channel is a thread beside the workers, and where there are fewer cores than threads it does not run all
//! the time: for as long as it waits for its core, a few milliseconds at times, the workers have what lies in the channel. That is
//! soon used up, and while it lies there the sender soon finds the channel full. So a worker that pulls, and finds more than a
//! batch, goes on: the sender can go on as well, and the others find something to do without the source. Nobody waits for a
//! reserve: who finds the source dry takes what there is.
//!
//! What lies there is taken in like any other item: it counts for the window, of which half stays free for what it is for, it is
//! anybody's (`unowned`; first in, first out), and what a stop finds there is dropped as it is in a batch.

#[cfg(all(test, not(any(fanout_loom, fanout_shuttle))))]
mod tests;

use super::state::{State, Window};
use crate::deliver::segment::Filler;
use crate::pull::Pull;
use crate::pull::batch::Sizer;
use crate::stop::Stop;

/// How many batches it holds for each worker that may be busy.
const EACH: usize = 2;

/// A segment to fill, and for how many items.
type Filling<I, O> = (Filler<I, O>, u32);

impl<P: Pull, O> Window<P, O> {
    /// Puts what was pulled into the reserve, if that wants it, and opens a segment for more. If not, what was pulled is given
    /// back.
    pub(crate) fn pull_on(
        &self,
        (filler, room): Filling<P::Item, O>,
        sizer: &Sizer,
        stop: &Stop,
    ) -> Result<Filling<P::Item, O>, Filling<P::Item, O>> {
        let mut state = self.lock();
        let half = (state.size / 2).max(1);
        let wanted = self.wants_reserve(&state) && state.room() >= half;
        if !wanted || stop.ends_pulling() {
            return Err((filler, room));
        }
        state.took_in(&filler, room);
        let segment = filler.segment().clone();
        match filler.finish() {
            Some(owner) => state.unowned.push_back(owner),
            // Stolen whole.
            None => state.remove(&segment),
        }
        // There is something to take now without waiting for the source.
        self.turn.end();
        let more = self.open_segment(&mut state, sizer);
        drop(state);
        self.call_idle(stop);
        Ok(more)
    }

    /// Whether a batch for the reserve is to be pulled before one is taken from it.
    pub(super) fn wants_reserve(&self, state: &State<P, O>) -> bool {
        P::FLOWS
            && state.feed.is_none()
            && state.given > 1
            && state.cost.is_cheap()
            && state.unowned.len() < EACH * state.busy_limit(&self.limits)
    }
}
