//! Items that were pushed by items: taken before the input is asked for more.

use super::claim::{Job, Looker};
use super::state::{State, Supplier, Window};
use crate::deliver::segment::Kind;
use crate::pull::Pull;
use crate::stop::Stop;
use crate::sync::Arc;

/// The most items that are taken at once: what a worker has taken is not newest first any more.
const MOST: u32 = 32;

impl<P: Pull, O> Window<P, O> {
    /// Takes from the feed, if there is one, it has something, and there is room for the results.
    pub(super) fn find_fed(
        &self,
        state: &mut State<P, O>,
        looker: &Looker<'_, P::Item>,
        stop: &Stop,
    ) -> Option<Job<P, O>> {
        let feed = state.feed.clone()?;
        if feed.is_empty() || state.room() == 0 || stop.ends_pulling() {
            return None;
        }
        let share = self.share(state).min(state.room()) as u32;
        let room = looker.sizer.size(share.min(MOST));
        let (segment, mut filler) = state.new_segment(room, Kind::Pushed);
        let mut intake = filler.intake(room, false, stop);
        let taken = feed.take(looker.lane, room, |number, item| {
            intake.with_keys(&|_| number, |intake| intake.push(item));
        });
        // `None`: another worker is about to say what it has taken, or a push is not over.
        let owner = filler.finish()?;
        state.alive += taken as usize;
        state.high_water = state.high_water.max(state.alive);
        state.in_flight.push_back(Arc::clone(&segment));
        if matches!(state.source, Supplier::Consumer) && feed.is_empty() {
            // The consumer may pull again. Under the lock, but once for all that was in the feed.
            stop.ready.notify_all();
        }
        Some(Job::Run(state.give(looker.at, owner, looker.now)))
    }

    /// Whether something waits in the feed.
    pub(crate) fn has_fed(&self) -> bool {
        self.lock().has_fed()
    }
}

impl<P: Pull, O> State<P, O> {
    pub(super) fn has_fed(&self) -> bool {
        self.feed.as_ref().is_some_and(|feed| !feed.is_empty())
    }

    /// Whether all that was pushed has been taken, and nothing more can be. (What a stop has dropped has not been.)
    pub(super) fn all_fed_came(&self) -> bool {
        self.no_more_fed() && self.feed.as_ref().is_none_or(|feed| feed.figures().1 == 0)
    }

    /// Whether nothing waits in the feed, and nobody is at work who could push.
    pub(super) fn no_more_fed(&self) -> bool {
        self.feed
            .as_ref()
            .is_none_or(|feed| self.busy == 0 && !self.consumer_runs && feed.is_empty())
    }
}
