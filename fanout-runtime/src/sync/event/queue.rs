//! Who waits, in the order of arrival: a doubly linked list whose nodes live in a vector.
//!
//! Seats are reused, so waiting allocates only when more threads wait at once than ever before.

use crate::sync::Condvar;
use crate::sync::thread::CoreId;
use std::sync::Arc;

pub(super) type SeatId = usize;

/// How many in line are looked at for one on another core.
const NEAR: usize = 8;

/// No seat: the end of a list.
const NONE: SeatId = usize::MAX;

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Vacant,
    Waiting,
    /// `for_one`: by `notify_one`, so the call must reach a sleeper (invariant 5 of the module).
    Called {
        for_one: bool,
    },
}

pub(super) enum Call {
    Made,
    NotYet,
}

struct Seat {
    state: State,
    /// Sleeping on the bell, as opposed to registered only. Spares a system call.
    asleep: bool,
    /// Looks again soon by itself.
    naps: bool,
    /// Where its sleeper fell asleep, and wakes up unless the system has a better idea.
    core: Option<CoreId>,
    /// One per seat, because only its sleeper is to wake up. Shared with whoever is about to ring it.
    bell: Arc<Condvar>,
    /// Neighbours in the waiting list; `next` also links the vacant seats.
    prev: SeatId,
    next: SeatId,
}

pub(super) struct Queue {
    seats: Vec<Seat>,
    first: SeatId,
    last: SeatId,
    vacant: SeatId,
    waiting: usize,
    /// How many of those who wait nap.
    napping: usize,
}

impl Queue {
    pub(super) fn new() -> Self {
        Self {
            seats: Vec::new(),
            first: NONE,
            last: NONE,
            vacant: NONE,
            waiting: 0,
            napping: 0,
        }
    }

    /// The number of seats in state `Waiting`.
    pub(super) fn waiting(&self) -> usize {
        self.waiting
    }

    /// How many of those wait until they are called.
    pub(super) fn sound(&self) -> usize {
        self.waiting - self.napping
    }

    pub(super) fn take_seat(&mut self) -> SeatId {
        let id = match self.vacant {
            NONE => {
                self.seats.push(Seat {
                    state: State::Vacant,
                    asleep: false,
                    naps: false,
                    core: None,
                    bell: Arc::new(Condvar::new()),
                    prev: NONE,
                    next: NONE,
                });
                self.seats.len() - 1
            }
            id => {
                self.vacant = self.seats[id].next;
                id
            }
        };
        let last = self.last;
        let seat = &mut self.seats[id];
        debug_assert!(seat.state == State::Vacant && !seat.asleep);
        seat.state = State::Waiting;
        seat.prev = last;
        seat.next = NONE;
        match last {
            NONE => self.first = id,
            last => self.seats[last].next = id,
        }
        self.last = id;
        self.waiting += 1;
        id
    }

    /// Frees the seat. True if it held a call that was meant for one sleeper.
    #[must_use = "a call for one sleeper is handed on or used up, knowingly"]
    pub(super) fn leave_seat(&mut self, id: SeatId) -> bool {
        let state = self.seats[id].state;
        if state == State::Waiting {
            self.unlink(id);
        }
        let vacant = self.vacant;
        let seat = &mut self.seats[id];
        seat.state = State::Vacant;
        seat.next = vacant;
        self.vacant = id;
        state == State::Called { for_one: true }
    }

    /// Calls the first in line that does not share its core with the caller, who is `here`, or else the first: a caller goes on,
    /// and whoever wakes up on its core waits for it or holds it up. The bell is to be rung after the lock is released; there is none if
    /// nobody waits or if the one who does is not asleep.
    #[must_use = "the bell must be rung"]
    pub(super) fn call_one(&mut self, here: fn() -> Option<CoreId>) -> Option<Arc<Condvar>> {
        // Whoever is alone need not be asked where.
        let id = match self.waiting {
            0 | 1 => self.first,
            _ => self.first_beside(here()).unwrap_or(self.first),
        };
        self.call(id, true)
    }

    /// As [`call_one`](Self::call_one), but nobody on the caller's core.
    #[must_use = "the bell must be rung"]
    pub(super) fn call_elsewhere(&mut self, here: fn() -> Option<CoreId>) -> Option<Arc<Condvar>> {
        let id = self.first_beside(here())?;
        self.call(id, true)
    }

    /// The first in line that is not known to sleep on `core`, if it is near the front.
    fn first_beside(&self, core: Option<CoreId>) -> Option<SeatId> {
        let mut id = self.first;
        for _ in 0..NEAR {
            let seat = self.seats.get(id)?;
            if seat.core.is_none() || seat.core != core {
                return Some(id);
            }
            id = seat.next;
        }
        None
    }

    #[must_use = "the bells must be rung"]
    pub(super) fn call_everybody(&mut self) -> Vec<Arc<Condvar>> {
        let mut bells = Vec::new();
        while self.first != NONE {
            bells.extend(self.call(self.first, false));
        }
        bells
    }

    fn call(&mut self, id: SeatId, for_one: bool) -> Option<Arc<Condvar>> {
        if id == NONE {
            return None;
        }
        self.unlink(id);
        let seat = &mut self.seats[id];
        seat.state = State::Called { for_one };
        seat.asleep.then(|| Arc::clone(&seat.bell))
    }

    pub(super) fn call_of(&self, id: SeatId) -> Call {
        match self.seats[id].state {
            State::Called { .. } => Call::Made,
            State::Waiting | State::Vacant => Call::NotYet,
        }
    }

    pub(super) fn falls_asleep(&mut self, id: SeatId, core: Option<CoreId>) {
        let seat = &mut self.seats[id];
        seat.asleep = true;
        seat.core = core;
    }

    /// From now on, if it has not been called.
    pub(super) fn naps(&mut self, id: SeatId) {
        let seat = &mut self.seats[id];
        if seat.state == State::Waiting && !seat.naps {
            seat.naps = true;
            self.napping += 1;
        }
    }

    pub(super) fn wakes_up(&mut self, id: SeatId) {
        let seat = &mut self.seats[id];
        seat.asleep = false;
        seat.core = None;
    }

    pub(super) fn bell(&self, id: SeatId) -> Arc<Condvar> {
        Arc::clone(&self.seats[id].bell)
    }

    /// Takes a waiting seat out of the list; its state is the caller's to change.
    fn unlink(&mut self, id: SeatId) {
        let Seat { prev, next, .. } = self.seats[id];
        match prev {
            NONE => self.first = next,
            prev => self.seats[prev].next = next,
        }
        match next {
            NONE => self.last = prev,
            next => self.seats[next].prev = prev,
        }
        self.waiting -= 1;
        self.napping -= usize::from(core::mem::take(&mut self.seats[id].naps));
    }
}

#[cfg(all(test, not(any(fanout_loom, fanout_shuttle))))]
impl Queue {
    pub(super) fn seats(&self) -> usize {
        self.seats.len()
    }

    pub(super) fn asleep(&self) -> usize {
        self.seats.iter().filter(|seat| seat.asleep).count()
    }
}
