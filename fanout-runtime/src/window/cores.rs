//! Who makes way for whom, where a consumer that has work of its own shares its core with a worker.
//!
//! Then the consumer is what the run waits for, and each batch of that worker holds it up, while the other workers, with cores of
//! their own, soon find the window full. So while items are cheap
//!
//! - that worker makes way once only a quarter of the window is free: it pulls nothing and takes over nothing of what others are at,
//!   and naps. The others go on meanwhile, and the consumer makes room for them;
//! - while one has made way, the consumer tells of room only those who sleep on another core, until half of the window is free.
//!
//! Three threads on two cores then each have what they need: one worker a whole core, the consumer two thirds of the other, in
//! turns of hundreds of microseconds and not of a batch. Nobody makes way for a consumer that sleeps, that was last seen on another core,
//! or where the system does not say which core is whose. (One that blocks in the loop's own code looks as if it was at work: the last
//! quarter of the window waits for it, and it is the one who is waited for.) Who makes way naps as everybody does to whom too
//! little is left (8. in [`super`]), so if nothing moves for a nap it takes what there is.

use super::state::{State, Supplier, Window};
use crate::pull::Pull;
use crate::stop::Stop;
use crate::sync::thread::CoreId;

/// The part of the window that is left to workers on other cores.
const RESERVE: usize = 4;
/// The part of the window that has to be free before a worker is woken on the consumer's core.
const MUCH: usize = 2;

/// Who has to be told of room.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tell {
    Nobody,
    /// Somebody who sleeps on another core than the teller's, if anybody near the front of the line does.
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
    /// Whether `here` is the core that the consumer was last seen on.
    pub(super) fn is_on_its_core(&self, here: Option<CoreId>) -> bool {
        here.is_some() && here == self.consumer_core
    }

    /// Whether a worker that looks for something to do, `on_its_core`, is to make way where there is little room. To be asked once a
    /// look: the consumer may fall asleep meanwhile, and a look that goes by both answers finds nothing and does not nap.
    pub(super) fn makes_way(&self, on_its_core: bool, stop: &Stop) -> bool {
        // Somebody else is at work, who does not make way.
        on_its_core && self.busy != 0 && stop.ready.sleepers() == 0
    }

    /// Whether a pull now would bring little, and more room is to be expected soon (8. in [`super`]); or whether the room is left to
    /// others, because the worker that asks `makes_way`.
    pub(super) fn waits_for_room(&self, makes_way: bool) -> bool {
        self.lacks(if makes_way { self.size / RESERVE } else { 0 })
    }

    /// Whom to tell of the room that there is: of a little nobody, as long as somebody watches it.
    pub(super) fn whom_to_tell(&self, stop: &Stop) -> Tell {
        // Who waits for a source that somebody is at is told when it comes back.
        let out = P::FLOWS && matches!(self.source, Supplier::Out);
        if self.room() == 0 || (out && self.feed.is_none()) {
            Tell::Nobody
        } else if !self.is_watched_for_room(stop) {
            Tell::Anybody
        } else if self.lacks(0) {
            Tell::Nobody
        } else {
            Tell::Elsewhere
        }
    }

    /// Whether there is not much room, and somebody naps who looks at it soon. Then nobody else is woken, and not for what could be
    /// taken over either: who has made way would take the consumer's core for it.
    pub(super) fn is_watched_for_room(&self, stop: &Stop) -> bool {
        let in_the_way = self.made_way != 0 && stop.ready.sleepers() == 0 && self.busy != 0;
        self.nappers != 0 && self.lacks(if in_the_way { self.size / MUCH } else { 0 })
    }

    /// Whether there is less room than `so_much`, or than is worth a pull, and that matters.
    fn lacks(&self, so_much: usize) -> bool {
        !P::SHARDED
            && self.cost.is_cheap()
            && !self.little_will_do
            && self.room() < self.worth_a_pull().max(so_much)
    }
}
