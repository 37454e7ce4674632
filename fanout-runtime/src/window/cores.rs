//! Who makes way for whom, where a consumer that has work of its own shares its core with a worker.
//!
//! Then the consumer is what the run waits for, and each batch of that worker holds it up, while the other workers, with cores of
//! their own, soon find the window full. So while items are cheap
//!
//! - that worker leaves the last quarter of the window to the others, pulls nothing and takes nothing over: they go on meanwhile,
//!   and the consumer makes room for them;
//! - it is told of room again when half of the window is free. One who sleeps on another core is told of what is worth a pull.
//!
//! Three threads on two cores then each have what they need: one worker a whole core, the consumer two thirds of the other, in
//! turns of hundreds of microseconds and not of a batch. Where the consumer sleeps, or has a core of its own, or nobody knows which
//! core is whose, nothing of this happens. Who makes way naps as everybody does to whom too little is left (8. in [`super`]), so
//! items that turn out to be long have all workers a millisecond later.

use super::state::{State, Window};
use crate::pull::Pull;
use crate::stop::Stop;
use crate::sync::thread::current_core;

/// The part of the window that is left to workers on other cores.
const RESERVE: usize = 4;
/// The part of the window that has to be free before a worker is woken on the consumer's core.
const MUCH: usize = 2;

/// Who has to be told of room.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tell {
    Nobody,
    /// Whoever sleeps on another core than the teller's.
    Elsewhere,
    Anybody,
}

impl<P: Pull, O> Window<P, O> {
    /// Calls somebody who waits for room. To be called without the lock.
    pub(super) fn tell_of_room(&self, whom: Tell, stop: &Stop) {
        match whom {
            Tell::Nobody => {}
            Tell::Elsewhere => stop.idle.notify_elsewhere(),
            Tell::Anybody => stop.idle.notify_one(),
        }
    }
}

impl<P: Pull, O> State<P, O> {
    /// The consumer is here, and awake.
    pub(super) fn note_consumer(&mut self) {
        self.consumer_core = current_core();
    }

    /// Whether the calling thread has the core that the consumer was last seen on.
    pub(super) fn is_on_its_core(&self) -> bool {
        self.consumer_core.is_some() && self.consumer_core == current_core()
    }

    /// Whether the consumer is at work, and there is a worker beside the one that asks.
    fn consumer_is_behind(&self, stop: &Stop) -> bool {
        self.busy != 0 && stop.ready.sleepers() == 0
    }

    /// Whether a pull now would bring little, and more room is to be expected soon (8. in [`super`]); or whether it is another's,
    /// because the worker that asks is `in_the_way`.
    pub(super) fn waits_for_room(&self, in_the_way: bool, stop: &Stop) -> bool {
        let makes_way = in_the_way && self.consumer_is_behind(stop);
        self.lacks(if makes_way { self.size / RESERVE } else { 0 })
    }

    /// Whether the worker that asks is to leave all to others.
    pub(super) fn makes_way(&self, in_the_way: bool, stop: &Stop) -> bool {
        in_the_way && self.consumer_is_behind(stop) && self.waits_for_room(true, stop)
    }

    /// Whom to tell of the room that there is: of a little nobody, as long as somebody watches it.
    pub(super) fn whom_to_tell(&self, stop: &Stop) -> Tell {
        if self.room() == 0 {
            Tell::Nobody
        } else if !self.is_watched_for_room(stop) {
            Tell::Anybody
        } else if self.lacks(0) {
            Tell::Nobody
        } else {
            Tell::Elsewhere
        }
    }

    /// Whether there is not much room, and somebody naps who looks at it soon. Then nobody is woken, and not for what could be taken
    /// over either: whoever came would take the consumer's core for it.
    pub(super) fn is_watched_for_room(&self, stop: &Stop) -> bool {
        let much = if self.consumer_is_behind(stop) {
            self.size / MUCH
        } else {
            0
        };
        self.nappers != 0 && self.lacks(much)
    }

    /// Whether there is less room than `so_much`, or than is worth a pull, and that matters.
    fn lacks(&self, so_much: usize) -> bool {
        !P::SHARDED
            && self.cost.is_cheap()
            && !self.little_will_do
            && self.room() < self.worth_a_pull().max(so_much)
    }
}
