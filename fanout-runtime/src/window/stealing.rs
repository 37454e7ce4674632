//! Taking over what somebody else has not come to.

use super::state::{Limits, Running, STUCK, State, WORTH_AN_INTERRUPT, WORTH_STEALING};
use crate::deliver::segment::{Owner, Segment, Single};
use crate::pull::Pull;
use crate::stop::Stop;
use crate::sync::Arc;
use crate::sync::time::{self, Instant};

#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Before,
    Behind,
}

impl<I, O> Running<I, O> {
    /// Whether there is an unclaimed item in the segment that may still start.
    pub(super) fn is_worth_stealing(&self, stop: &Stop) -> bool {
        let (first, count) = self.segment.unclaimed();
        count > 0 && stop.admits(first)
    }
}

impl<P: Pull, O> State<P, O> {
    /// Puts the items of a pull in their places, and says which may run.
    pub(super) fn admit(
        &mut self,
        beside: &Arc<Segment<P::Item, O>>,
        singles: Vec<Single<P::Item, O>>,
    ) {
        for (hash, owner) in singles {
            self.insert(beside, &owner, Side::Before);
            self.shards.admit(hash, owner, &mut self.unowned);
        }
    }

    /// Admits what a pull that goes on has brought so far. Returns whether there was anything.
    pub(super) fn admit_hidden(&mut self) -> bool {
        let Some(growing) = self.growing.clone() else {
            return false;
        };
        let singles = growing.steal_hidden_singles();
        let any = !singles.is_empty();
        self.admit(&growing, singles);
        any
    }

    /// What `worker` is to run now, where items have keys.
    pub(super) fn take_runnable(&mut self, worker: usize) -> Option<Owner<P::Item, O>> {
        let owner = self.shards.take(worker, self.given, &mut self.unowned)?;
        Some(self.give(worker, owner, time::now()))
    }

    /// Takes from a segment that somebody else is at.
    pub(super) fn steal(&mut self, limits: &Limits, stop: &Stop) -> Option<Owner<P::Item, O>> {
        if let Some(growing) = self.growing.clone() {
            if let Some(part) = growing.steal_hidden() {
                self.insert(&growing, &part, Side::Before);
                return Some(part);
            }
        }
        loop {
            let victim = self
                .running
                .iter()
                .flatten()
                .filter(|running| running.is_worth_stealing(stop) && self.pays(running))
                .max_by_key(|running| {
                    let (first, count) = running.segment.unclaimed();
                    if limits.ordered {
                        // The lowest index: the consumer waits for it first.
                        u64::MAX - first
                    } else {
                        u64::from(count)
                    }
                })?
                .segment
                .clone();
            // Its owner may have claimed the last of it meanwhile. Then there may be another victim, which nobody would
            // tell this worker of once it sleeps.
            if let Some(part) = victim.steal() {
                self.insert(&victim, &part, Side::Behind);
                return Some(part);
            }
        }
    }

    /// Whether taking over half of what is left brings more than it costs (8. in [`super`]).
    pub(super) fn pays(&self, running: &Running<P::Item, O>) -> bool {
        let left = running.segment.unclaimed().1;
        // Of a source that does not flow what is left is all that there is.
        let worth = if self.cost.is_tiny() && P::FLOWS {
            WORTH_AN_INTERRUPT
        } else {
            WORTH_STEALING
        };
        !self.cost.is_cheap() || self.little_will_do || self.cost.of(left) >= worth
    }

    /// Whether something is left to its owner only because it is little.
    pub(super) fn leaves_little(&self, stop: &Stop) -> bool {
        self.cost.is_cheap() && self.is_anything_stealable(stop)
    }

    /// Looks at one worker after the other, one a call: takes of what is left of its batch if it has been at it for long.
    pub(super) fn steal_stuck(
        &mut self,
        limits: &Limits,
        stop: &Stop,
        now: Instant,
    ) -> Option<Owner<P::Item, O>> {
        self.probe = if self.probe >= limits.workers {
            0
        } else {
            self.probe + 1
        };
        let running = self.running[self.probe].as_ref()?;
        if now.saturating_duration_since(running.since) < STUCK || !running.is_worth_stealing(stop)
        {
            return None;
        }
        let victim = running.segment.clone();
        let part = victim.steal()?;
        self.insert(&victim, &part, Side::Behind);
        Some(part)
    }

    /// Puts a stolen part beside the segment that it is from (3. in [`super`]).
    fn insert(&mut self, beside: &Arc<Segment<P::Item, O>>, part: &Owner<P::Item, O>, side: Side) {
        // A segment with unclaimed items has not been delivered whole, so it is there.
        let at = self.position(beside).map_or(self.in_flight.len(), |at| {
            at + usize::from(side == Side::Behind)
        });
        self.in_flight.insert(at, part.segment().clone());
    }

    fn position(&self, segment: &Arc<Segment<P::Item, O>>) -> Option<usize> {
        self.in_flight
            .iter()
            .rposition(|other| Arc::ptr_eq(other, segment))
    }

    pub(super) fn remove(&mut self, segment: &Arc<Segment<P::Item, O>>) {
        if let Some(at) = self.position(segment) {
            self.in_flight.remove(at);
        }
    }
}
